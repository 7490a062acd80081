"""From all that is known of the report that is typed to one state."""

from dataclasses import dataclass
from datetime import datetime

from loket.geography.messages import AddressHit, TownMap
from loket.geography.rules.spots import Spot
from loket.kit.clock import local_day
from loket.kit.i18n import Words
from loket.reports.messages.taking import Arrangements, Category, LikeReport, LikeReports
from loket.reports.rules.alike import NEAR_METRES, RECENT
from loket.reports.rules.attachments import MOST_FILES
from loket.reports.rules.kinds import TEXT_LENGTH, Urgency
from loket.reports.rules.suggesting import Suggested
from ui.core.directory import Directory
from ui.reports.taking import terms
from ui.reports.taking.draft import Draft
from ui.reports.taking.files import Attached
from ui.reports.taking.naming import STATES, TITLES, whose
from ui.reports.taking.people import reporter
from ui.reports.taking.state import (
    AlikeState,
    CategoryRow,
    CategoryState,
    DangerFace,
    FileFace,
    FilesState,
    LikeRow,
    PlaceState,
    TakingState,
    TermFace,
)
from ui.widgets.results import Result

_MOST = 3
"""Of those alike: as many as stand on the map with a number."""


@dataclass(frozen=True)
class Known:
    """What a state is made from."""

    words: Words
    now: datetime
    draft: Draft
    arrangements: Arrangements | None
    directory: Directory | None
    suggested: tuple[Suggested, ...]
    query: str | None
    found: tuple[Category, ...]
    hit: int
    likes: LikeReports | None
    likes_failed: bool
    files: tuple[Attached, ...]
    files_wrong: str
    reading: bool
    places: tuple[AddressHit, ...] | None
    place_hit: int
    town_map: TownMap | None
    restored: str
    reading_card: bool
    busy: bool


def whole(known: Known) -> TakingState:
    draft, words = known.draft, known.words
    return TakingState(
        draft_id=draft.id,
        title=words(TITLES[draft.kind]),
        visit=_visit(draft, words),
        kind=draft.kind,
        text=draft.text,
        count=words("{n} / {most}", n=len(draft.text.strip()), most=TEXT_LENGTH),
        text_wrong=_text_wrong(draft, words),
        restored=known.restored,
        urgency=draft.urgency,
        audience=draft.audience,
        category=_category(known),
        files=_files(known),
        place=_place(known),
        alike=_alike(known),
        reporter=reporter(draft, known.directory, words, reading_card=known.reading_card),
        terms=_terms(known),
        danger=_danger(known),
        main=_main(draft, words),
        only=words("Link only") if draft.linked else words("Register only"),
        busy=known.busy,
    )


def category_of(arrangements: Arrangements | None, category_id: str) -> Category | None:
    every = arrangements.categories if arrangements else []
    return next((one for one in every if one.id == category_id), None)


def _visit(draft: Draft, words: Words) -> str:
    visit = draft.visit
    if visit is None:
        return ""
    named = bool(visit.visitor_name)
    who = words("Visit of {name}", name=visit.visitor_name) if named else words("The present visit")
    if draft.since is None:
        return who
    return words("{visit}, since {time}", visit=who, time=words.time(draft.since))


def _text_wrong(draft: Draft, words: Words) -> str:
    if not draft.too_long:
        missing = draft.text_wrong and "text" in draft.left
        return words("Write down what is the matter") if missing else ""
    return words.plural(
        "{n} sign too many. Shorten it; nothing is cut off.",
        "{n} signs too many. Shorten it; nothing is cut off.",
        draft.too_long,
    )


def _main(draft: Draft, words: Words) -> str:
    if draft.linked is not None:
        return words("Link and\nprint receipt")
    return words("Register and\nprint receipt")


# category


def _category(known: Known) -> CategoryState:
    rows = tuple(_category_rows(known))
    hits = None
    if known.query is not None:
        hits = tuple(
            Result(one.id, one.name, _whose(one, known), "ph.tag", chosen=place == known.hit)
            for place, one in enumerate(known.found)
        )
    return CategoryState(rows, _category_note(known), known.query or "", hits)


def _category_rows(known: Known) -> list[CategoryRow]:
    draft = known.draft
    rows = []
    for one in known.suggested:
        category = category_of(known.arrangements, one.id)
        if category is not None:
            rows.append(_row(category, known, percent=one.confidence))
    if draft.category_id and draft.category_id not in {row.id for row in rows}:
        chosen = category_of(known.arrangements, draft.category_id)
        if chosen is not None:
            rows = [_row(chosen, known, percent=None), *rows[:2]]
    return rows


def _row(category: Category, known: Known, *, percent: int | None) -> CategoryRow:
    chosen = category.id == known.draft.category_id
    return CategoryRow(category.id, category.name, _whose(category, known), percent, chosen)


def _whose(category: Category, known: Known) -> str:
    if known.arrangements is None:
        return ""
    return whose(category, known.arrangements, known.directory, known.words)


def _category_note(known: Known) -> str:
    words = known.words
    if known.arrangements is None:
        return words("The categories of the town are not here yet. It can be registered without.")
    if known.draft.text.strip():
        return words("No category fits yet. Search one, or leave it to the coordinator.")
    return words("Categories come here while the text is typed.")


# files


def _files(known: Known) -> FilesState:
    many = len(known.files)
    shown = tuple(FileFace(one.file.id, one.file.name, one.picture) for one in known.files)
    count = known.words("{n} of at most {most}", n=many, most=MOST_FILES)
    return FilesState(shown, count, known.files_wrong, many < MOST_FILES, known.reading)


# place and what is like it


def _place(known: Known) -> PlaceState:
    draft, hits = known.draft, None
    if known.places is not None:
        hits = tuple(
            _hit_of(one, place, chosen=place == known.place_hit)
            for place, one in enumerate(known.places)
        )
    point = None
    if draft.lat is not None and draft.lon is not None:
        point = Spot(draft.lat, draft.lon)
    return PlaceState(
        text=draft.where,
        nowhere=draft.nowhere,
        known=point is not None,
        hits=hits,
        point=point,
        map=known.town_map,
    )


def _hit_of(found: AddressHit, place: int, *, chosen: bool) -> Result:
    street, _, town = found.label.partition(", ")
    return Result(str(place), street, town, "ph.map-pin", chosen=chosen)


def _alike(known: Known) -> AlikeState:
    words, draft = known.words, known.draft
    days = RECENT.days
    near = draft.lat is not None and not draft.nowhere
    within = (
        words("within {metres} m, {days} days", metres=NEAR_METRES, days=days)
        if near
        else words("last {days} days", days=days)
    )
    rows = tuple(_like(known, number, one) for number, one in enumerate(_likes(known), 1))
    if rows:
        return AlikeState(rows, within, "")
    if known.likes_failed:
        note = words("Not compared: the server does not answer.")
    elif known.likes is None:
        note = words("Compared while the text is typed.")
    else:
        note = words("Nothing like it is known.")
    return AlikeState((), within, note)


def _likes(known: Known) -> list[LikeReport]:
    """What was found; the one that is joined stays, whatever is typed after it."""
    found = known.likes.reports if known.likes else []
    joined = known.draft.linked
    if joined is None or joined.id in {one.id for one in found[:_MOST]}:
        return found[:_MOST]
    return [joined, *found[: _MOST - 1]]


def _like(known: Known, number: int, report: LikeReport) -> LikeRow:
    words = known.words
    word, icon, tone = STATES[report.state]
    days = (local_day(known.now) - local_day(report.registered_at)).days
    ago = words.plural("{n} day ago", "{n} days ago", days) if days else words("today")
    metres = "" if report.metres is None else words("{metres} m", metres=report.metres)
    point = None
    if report.lat is not None and report.lon is not None:
        point = Spot(report.lat, report.lon)
    return LikeRow(
        number,
        report.id,
        report.reference,
        words(word),
        icon,
        tone,
        report.title,
        " · ".join(part for part in (metres, ago) if part),
        chosen=known.draft.linked is not None and report.id == known.draft.linked.id,
        point=point,
    )


# the dock


def _terms(known: Known) -> tuple[TermFace, ...]:
    if known.arrangements is None:
        return ()
    today = local_day(known.now)
    return terms.faces(known.arrangements, known.draft.kind, today, known.words)


def _danger(known: Known) -> DangerFace:
    """Who is warned at once; who is not must not be thought to be."""
    words = known.words
    if known.draft.urgency is not Urgency.DANGEROUS:
        return DangerFace()
    category = category_of(known.arrangements, known.draft.category_id)
    if category is None:
        return DangerFace(
            words("Dangerous: choose a category, so that somebody is warned."), urgent=True
        )
    if not category.alerts:
        return DangerFace(
            words("Dangerous: nobody is warned by itself. Call who handles it."), urgent=True
        )
    team = category.alert_name or category.team or _whose(category, known)
    return DangerFace(words("Dangerous: {team} gets a text message at once.", team=team))
