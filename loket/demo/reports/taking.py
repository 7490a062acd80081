"""Taking reports down as the desks of a town do, and letting them live until now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection

from loket.demo.history.chance import Chance
from loket.demo.reports.citizens import Citizen, citizen
from loket.demo.reports.dates import Dates
from loket.demo.reports.life import NEW_ROW, Life
from loket.demo.reports.moments import is_working
from loket.demo.reports.places import Somewhere, Town, read_town
from loket.demo.reports.staff import Desk, Staff, read_staff
from loket.demo.reports.story import Story
from loket.demo.reports.texts import Said, something_said, told
from loket.kit.clock import local, local_day
from loket.reports.messages.taking import Category
from loket.reports.queries.arrangements import read_arrangements, read_regulation
from loket.reports.rules.flow import ReportAct
from loket.reports.rules.kinds import (
    CODE_KIND,
    Audience,
    PlaceKind,
    ReportKind,
    Urgency,
    reference,
    title_from,
)
from loket.visits.messages import Channel

_MILLION: Final = 1_000_000
_UNSORTED, _MISTAKEN = 0.05, 0.03
"""Of some nobody chose a category; of some the clerk chose another one."""
_AFTER_HOURS: Final = (Channel.WEB, Channel.APP, Channel.MAIL)


@dataclass(frozen=True)
class Matter:
    """What a report says, before anybody did anything with it."""

    number: int
    at: datetime
    kind: ReportKind
    text: str
    category: Category | None
    place: Somewhere | None
    channel: Channel
    by: Desk
    reporter: Citizen
    title: str = ""
    """Empty: as the server makes it."""
    recorded_at: datetime | None = None
    """Later where a desk had no connection."""
    urgent: bool = False
    on_spot: bool = False


class TownReports:
    """Makes lives of reports for the town in a database."""

    def __init__(self, connection: Connection, chance: Chance, now: datetime) -> None:
        self.chance = chance
        self.now = now
        self.town: Town = read_town(connection)
        self.staff: Staff = read_staff(connection)
        arranged = read_arrangements(connection).categories
        self.categories: Mapping[str, Category] = {
            one.code: one for one in arranged if not one.closed
        }
        self._codes = list(self.categories)
        regulations = {kind: read_regulation(connection, kind) for kind in ReportKind}
        self._dates = Dates(regulations, local_day(now))
        self._story = Story(chance, self.staff, self.town, now)

    def any_life(self, number: int, at: datetime, codes: Sequence[str] = ()) -> Life:
        """A report about anything (of ``codes``), and all that happened to it."""
        matter = self.any_matter(number, at, codes)
        life = self.taken(matter)
        self._story.live(life, matter.by)
        return life

    def any_matter(self, number: int, at: datetime, codes: Sequence[str] = ()) -> Matter:
        chance = self.chance
        said = something_said(chance, codes)
        place = self._place(said)
        channel = self.staff.channel(chance) if is_working(at) else chance.choice(_AFTER_HOURS)
        category = self._chosen(said)
        return Matter(
            number=number,
            at=at,
            kind=said.kind,
            text=told(chance, said, place),
            category=category,
            place=place,
            channel=channel,
            by=self.staff.taker(chance, channel),
            reporter=citizen(chance, place or self.town.anywhere(chance)),
            urgent=bool(category and category.alerts and chance.happens(0.12)),
            on_spot=chance.happens(0.16),
        )

    def _place(self, said: Said) -> Somewhere | None:
        if not said.somewhere or self.chance.happens(0.03):
            return None
        found = self.town.anywhere(self.chance)
        return found.moved(self.chance.uniform(-12, 12), self.chance.uniform(-12, 12))

    def _chosen(self, said: Said) -> Category | None:
        if self.chance.happens(_UNSORTED):
            return None
        if self.chance.happens(_MISTAKEN):
            return self.categories[self.chance.choice(self._codes)]
        return self.categories[said.code]

    def taken(self, matter: Matter) -> Life:
        """Registered, sent to whose it is, confirmed: what happens in one moment."""
        life = Life(self._row(matter), self._dates, self.chance, self.now)
        first = life.add_reporter(matter.reporter)
        life.tell(ReportAct.REGISTER, matter.by, reporter=first, channel=matter.channel)
        category = matter.category
        if category is not None:
            life.assign(matter.by, category.department_id, category.party_id, "category")
        self._confirm(life, matter, first)
        life.dated()
        return life

    def _confirm(self, life: Life, matter: Matter, first: str) -> None:
        way = str(matter.reporter.answer_by)
        written = way in {"mail", "sms"} and not matter.reporter.anonymous
        on_paper = matter.channel is Channel.DESK
        if not (written or on_paper):
            return
        life.row["confirmed_at"] = matter.at
        paper = {"paper": "yes" if on_paper else None}
        channel = way if written else ""
        life.tell(ReportAct.CONFIRM, matter.by, reporter=first, channel=channel, facts=paper)

    def _row(self, matter: Matter) -> dict[str, Any]:
        year, day = local(matter.at).year, local_day(matter.at)
        name = matter.category.name if matter.category else ""
        place = matter.place
        address = place.address if place else ""
        return {
            **NEW_ROW,
            "id": self.chance.id(matter.at),
            "serial": year * _MILLION + matter.number,
            "reference": reference(year, matter.number),
            "code": self.chance.code(CODE_KIND),
            "site_id": matter.by.site_id,
            "kind": str(matter.kind),
            "title": matter.title or title_from(matter.text, name, address),
            "text": matter.text,
            "category_id": matter.category.id if matter.category else None,
            "suggested": self._suggested(matter.category),
            "place_kind": str(_place_kind(matter)),
            "address": address,
            "street_id": place.street_id if place else None,
            "lat": place.lat if place else None,
            "lon": place.lon if place else None,
            "quarter": place.quarter if place else "",
            "outside": False,
            "urgency": str(Urgency.DANGEROUS if matter.urgent else Urgency.NORMAL),
            "audience": str(Audience.ON_MAP if self.chance.happens(0.2) else Audience.TOWN_ONLY),
            "channel": str(matter.channel),
            "language": matter.reporter.language,
            "counter_id": matter.by.counter_id,
            "user_id": matter.by.user_id,
            "registered_at": matter.at,
            "recorded_at": matter.recorded_at or matter.at,
            "receipt_due": self._dates.receipt(matter.kind, day),
            "answer_due": self._dates.answer(matter.kind, day),
        }

    def _suggested(self, category: Category | None) -> list[tuple[str, int]]:
        """What the desk suggested: mostly what was chosen."""
        if category is None or self.chance.happens(0.1):
            return []
        sure = self.chance.randrange(45, 97)
        other = self.categories[self.chance.choice(self._codes)].id
        pair = [(category.id, sure), (other, self.chance.randrange(1, 100 - sure))]
        return pair if category.id != other else pair[:1]


def _place_kind(matter: Matter) -> PlaceKind:
    if matter.place is None:
        return PlaceKind.NONE
    return PlaceKind.SPOT if matter.on_spot else PlaceKind.ADDRESS
