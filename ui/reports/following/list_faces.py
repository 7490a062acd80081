"""What the left column says: rows, views, and what can be chosen to see fewer."""

from datetime import date

from loket.kit.i18n import Words, mark
from loket.reports.messages.following import Counts, Filter, Listed, View
from loket.reports.rules.kinds import ReportKind
from ui.core.figures import short_name
from ui.reports.following.form_state import Option
from ui.reports.following.naming import KINDS, Town, badge_of, due_of, joined, place_key
from ui.reports.following.state import FilterFace, Line, ViewFace

VIEWS: tuple[tuple[View, str], ...] = (
    (View.OPEN, mark("Open")),
    (View.LATE, mark("Too late")),
    (View.NEARLY_DUE, mark("Nearly")),
    (View.NEW, mark("New")),
    (View.MINE, mark("Mine")),
    (View.ANSWERED, mark("Answer")),
    (View.RETURNED, mark("Returned")),
)
"""Those that have a chip."""
FURTHER: tuple[tuple[View, str], ...] = (
    (View.WAITING, mark("Waiting")),
    (View.ENDED, mark("Ended reports")),
    (View.ALL, mark("All reports")),
)


def line_of(listed: Listed, town: Town, today: date, words: Words) -> Line:
    """One row; of what is confidential only that it exists."""
    report = listed.report
    due, tone = due_of(report, today, words)
    nobody = words("nobody") if report.department_id else ""
    handler = short_name(listed.handler_name) if listed.handler_name else nobody
    whose = town.whose(report.department_id, report.party_id) or words("not sent on")
    return Line(
        id=report.id,
        reference=report.reference,
        badge=badge_of(report, today, words),
        title=words("Confidential") if report.hidden else _title(listed, words),
        detail="" if report.hidden else joined((whose, handler)),
        due=due,
        due_tone=tone,
    )


def _title(listed: Listed, words: Words) -> str:
    report = listed.report
    if report.kind is ReportKind.ISSUE:
        return report.title
    return f"{words(KINDS[report.kind])}: {report.title}"


def views_of(counts: Counts | None, view: View, words: Words) -> tuple[ViewFace, ...]:
    """The chips, with how many there are in each."""
    return tuple(
        ViewFace(
            view=str(each),
            text=words(name) if counts is None else f"{words(name)} {getattr(counts, str(each))}",
            on=each is view,
        )
        for each, name in VIEWS
    )


def filter_of(
    chosen: Filter,
    counts: Counts | None,
    town: Town,
    saved: dict[str, str],
    words: Words,
    *,
    shown: bool,
) -> FilterFace:
    """Everything there is to choose from."""
    return FilterFace(
        shown=shown,
        chosen=chosen,
        views=tuple((str(view), words(name)) for view, name in (*VIEWS, *FURTHER)),
        kinds=tuple((str(kind), words(name)) for kind, name in KINDS.items()),
        places=places_of(town),
        categories=tuple((one.id, one.name) for one in town.categories),
        quarters=tuple((each, each) for each in (counts.quarters if counts else [])),
        saved=tuple(sorted(saved, key=str.casefold)),
        many=_narrowed(chosen),
    )


def places_of(town: Town) -> tuple[Option, ...]:
    parts = town.catalogue.departments if town.catalogue else []
    parties = town.arrangements.parties if town.arrangements else []
    return (
        *((place_key(part.id, None), part.name) for part in parts),
        *((place_key(None, party.id), party.name) for party in parties),
    )


def _narrowed(chosen: Filter) -> int:
    fields = (
        chosen.kinds,
        chosen.department_ids or chosen.party_ids,
        chosen.category_ids,
        chosen.quarters,
        chosen.since or chosen.until,
    )
    return sum(1 for each in fields if each)
