"""What is asked for, and how the left panel shows it with the first free moments."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from loket.appointments.messages import FreeDay, FreeMoments
from loket.appointments.rules.life import PartOfDay
from loket.catalogue.messages import Access, Product
from loket.catalogue.search import ProductIndex
from loket.kit.clock import local, local_day
from loket.kit.i18n import Words, mark
from ui.appointments.state import (
    ALL_SITES,
    FreeDayFace,
    MomentFace,
    ProductHit,
    SearchState,
)
from ui.core.directory import Directory

MOST_HITS = 7
_LOOKED_THROUGH = 60
"""So many products are searched before those that are never booked are left out."""
FEW_MOMENTS = 6
NOON = 12 * 60 + 30
"""The morning ends at half past twelve: the rule of :class:`PartOfDay`."""
ACCESS: dict[Access, tuple[str, str]] = {
    Access.APPOINTMENT: (mark("Only by appointment"), "ph.calendar-check-bold"),
    Access.BOTH: (mark("Also without appointment"), "mdi6.walk"),
    Access.WALK_IN: (mark("Without appointment"), "mdi6.walk"),
}


@dataclass(frozen=True)
class Asked:
    """What the clerk asks for."""

    department: str = ""
    product_ids: tuple[str, ...] = ()
    persons: int = 1
    site: str = ALL_SITES
    part: PartOfDay = PartOfDay.ANY
    query: str | None = None
    hit: int = 0
    adding: bool = False
    """What is found comes besides the products there are."""
    opened: frozenset[str] = frozenset()
    """Days of which all moments are shown."""


@dataclass(frozen=True)
class Town:
    """The catalogue, as this screen looks at it; made anew when it changes."""

    directories: Mapping[str, Directory]
    """One for each site."""
    own_site: str
    index: ProductIndex | None = None

    @classmethod
    def of(cls, directory: Directory, index: ProductIndex | None) -> "Town":
        catalogue, own = directory.catalogue, directory.site_id
        made = {site.id: Directory(catalogue, site.id) for site in catalogue.sites}
        return cls({**made, own: directory}, own, index)

    @property
    def own(self) -> Directory:
        return self.directories[self.own_site]

    def site_name(self, site_id: str) -> str:
        directory = self.directories.get(site_id)
        site = directory.site() if directory else None
        return site.name if site else ""

    def products(self) -> Mapping[str, Product]:
        return self.own.products

    def bookable(self, product: Product) -> bool:
        """Whether any site has it by appointment."""
        if product.access is Access.WALK_IN:
            return False
        return any(each.queue_of(product) for each in self.directories.values())

    @cached_property
    def departments(self) -> tuple[tuple[str, str], ...]:
        """Those that offer something by appointment; once for all products, not at each letter."""
        found = {
            department.id
            for product in self.own.catalogue.products
            if self.bookable(product) and (department := self.own.department_of(product))
        }
        return tuple(
            (each.id, each.name) for each in self.own.catalogue.departments if each.id in found
        )

    def queue_id(self, site_id: str, asked: Asked) -> str:
        """Whose calendar belongs to what is asked; empty: the site has none."""
        directory = self.directories.get(site_id)
        if directory is None:
            return ""
        if asked.product_ids:
            product = directory.product(asked.product_ids[0])
            queue = directory.queue_of(product) if product else None
            return queue.id if queue else ""
        for product in directory.catalogue.products:
            queue, department = directory.queue_of(product), directory.department_of(product)
            wanted = department is not None and asked.department in {"", department.id}
            if queue and wanted and product.access is not Access.WALK_IN:
                return queue.id
        return ""

    def found(self, asked: Asked) -> list[Product]:
        """The products that fit what was typed, of the chosen department."""
        if asked.query is None:
            return []
        if not asked.query.strip() or self.index is None:
            hits = sorted(self.own.catalogue.products, key=lambda each: -each.asked)
        else:
            hits = [hit.product for hit in self.index.search(asked.query, _LOOKED_THROUGH)]
        fitting = (each for each in hits if self._fits(each, asked))
        return [product for product, _place in zip(fitting, range(MOST_HITS), strict=False)]

    def _fits(self, product: Product, asked: Asked) -> bool:
        department = self.own.department_of(product)
        of_department = department is not None and asked.department in {"", department.id}
        new = product.id not in asked.product_ids
        return of_department and new and self.bookable(product)


def in_part(moment: datetime, part: PartOfDay) -> bool:
    if part is PartOfDay.ANY:
        return True
    on_wall = local(moment)
    morning = on_wall.hour * 60 + on_wall.minute < NOON
    return morning is (part is PartOfDay.MORNING)


def search_state(
    town: Town,
    asked: Asked,
    free: FreeMoments | None,
    words: Words,
    *,
    today: date,
    moment: tuple[str, datetime] | None,
) -> SearchState:
    """The whole left panel; ``moment`` is the one that is talked about, with its site."""
    products = town.products()
    chosen = [products[each] for each in asked.product_ids if each in products]
    days = _days(town, asked, free, words, today=today, moment=moment)
    access, icon = ACCESS[chosen[0].access] if chosen else ("", "")
    hits = town.found(asked)
    return SearchState(
        departments=(("", words("All departments")), *town.departments),
        department=asked.department,
        query=asked.query,
        hits=tuple(_hit(product, town, words) for product in hits),
        hit=min(asked.hit, max(0, len(hits) - 1)),
        products=tuple((each.id, each.name) for each in chosen),
        adding=asked.adding,
        minutes=_minutes(chosen, free, words),
        access=words(access) if access else "",
        access_icon=icon,
        sites=_sites(town, words),
        site=asked.site,
        persons=asked.persons,
        part=asked.part,
        days=days,
        none=_none(asked, free, days, words),
        reading=bool(chosen) and free is None,
        can_later=free is not None,
        can_wish=bool(chosen),
    )


def _sites(town: Town, words: Words) -> tuple[tuple[str, str], ...]:
    """All of them together first; a town with one site has nothing to choose."""
    if len(town.directories) < 2:  # noqa: PLR2004 - one
        return ()
    named = [(site.id, site.name) for site in town.own.catalogue.sites]
    return ((ALL_SITES, words("All")), *named)


def _hit(product: Product, town: Town, words: Words) -> ProductHit:
    department = town.own.department_of(product)
    minutes = words("{minutes} min", minutes=product.usual_minutes)
    parts = [department.name if department else "", minutes]
    return ProductHit(
        product.id, product.name, " · ".join(part for part in parts if part), product.icon
    )


def _minutes(chosen: list[Product], free: FreeMoments | None, words: Words) -> str:
    if not chosen:
        return ""
    minutes = free.minutes if free else sum(product.usual_minutes for product in chosen)
    return words("{minutes} min", minutes=minutes)


def _none(
    asked: Asked, free: FreeMoments | None, days: tuple[FreeDayFace, ...], words: Words
) -> str:
    if not asked.product_ids:
        return words("Choose a product: its first free moments come here.")
    if free is None or days:
        return ""
    return words("No free moment until {day}.", day=words.short_day(free.searched_to))


def _days(
    town: Town,
    asked: Asked,
    free: FreeMoments | None,
    words: Words,
    *,
    today: date,
    moment: tuple[str, datetime] | None,
) -> tuple[FreeDayFace, ...]:
    several = asked.site == ALL_SITES and len(town.directories) > 1
    shown = []
    for day in free.days if free else []:
        moments = [each for each in day.moments if in_part(each, asked.part)]
        if moments:
            place = town.site_name(day.site_id) if several else ""
            face = _day(day, moments, words, place=place, today=today, asked=asked)
            shown.append(_marked(face, moment))
    return tuple(shown)


def _day(
    day: FreeDay,
    moments: list[datetime],
    words: Words,
    *,
    place: str,
    today: date,
    asked: Asked,
) -> FreeDayFace:
    key = f"{day.day}:{day.site_id}"
    few = moments if key in asked.opened else moments[:FEW_MOMENTS]
    if len(moments) == len(few) + 1:
        few = moments  # "one more" takes the room of the one
    title = words.short_day(day.day)
    said = " ".join(part for part in (title, place) if part)
    return FreeDayFace(
        key=key,
        title=title,
        hint=place or _hint(day.day, len(moments), today, words),
        moments=tuple(
            MomentFace(day.site_id, each, words.time(each), f"{said} {words.time(each)}")
            for each in few
        ),
        more=len(moments) - len(few),
    )


def _hint(day: date, moments: int, today: date, words: Words) -> str:
    match (day - today).days:
        case 0:
            return words("today")
        case 1:
            return words("tomorrow")
    return words.plural("{n} moment", "{n} moments", moments)


def _marked(day: FreeDayFace, moment: tuple[str, datetime] | None) -> FreeDayFace:
    if moment is None or local_day(moment[1]).isoformat() != day.key[:10]:
        return day
    marked = tuple(
        MomentFace(each.site_id, each.starts_at, each.text, each.spoken, chosen=True)
        if (each.site_id, each.starts_at) == moment
        else each
        for each in day.moments
    )
    return FreeDayFace(day.key, day.title, day.hint, marked, day.more)
