"""What every act on a report writes: its row, a line of its history, the journal, the event."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Connection, bindparam, func, insert, select, update

from loket.catalogue.hours import holiday_name
from loket.catalogue.offer import Offer
from loket.correspondence.usecases.posting import hand_on
from loket.kit.clock import local_day
from loket.reports.messages.taking import Report, ReportChanged
from loket.reports.queries.arrangements import read_regulation
from loket.reports.queries.files import pauses_of
from loket.reports.queries.hiding import sight_of
from loket.reports.queries.reports import REPORT, REPORTER, held_report, report_of
from loket.reports.rules.flow import ReportAct, ReportState, moved, path_to
from loket.reports.rules.kinds import ReportKind, ReportStale
from loket.reports.rules.terms import Explained, answer_due
from loket.reports.tables import EntryRow
from loket.store.work import Work

ENTRY = EntryRow.metadata.tables["report_entry"]
_CHANGE: Final = update(REPORT).where(REPORT.c.id == bindparam("report"))
_NEXT_SEQ: Final = select(func.coalesce(func.max(ENTRY.c.seq), 0) + 1).where(
    ENTRY.c.report_id == bindparam("report")
)
_ADD: Final = insert(ENTRY)
_PEOPLE: Final = select(REPORTER.c.id).where(REPORTER.c.report_id == bindparam("report"))


def held(work: Work, offer: Offer, report_id: str, seen_version: int | None = None) -> Any:
    """Take a report for an act; refused when a colleague was quicker.

    Who may not see a report does nothing with it, and learns no more than that.
    """
    row = held_report(work.connection, report_id)
    sight_of(work.actor, offer).check(row)
    if seen_version is not None and seen_version != row.version:
        raise ReportStale(reference=row.reference, state=row.state)
    return row


def change(work: Work, row: Any, **values: Any) -> Any:
    """Write a report as it now is; gives the new row."""
    if values.get("department_id", row.department_id) != row.department_id:
        people = work.connection.scalars(_PEOPLE, {"report": row.id})
        hand_on(work, [row.id, *people], values["department_id"])
    work.connection.execute(_CHANGE, {"report": row.id, **values, "version": row.version + 1})
    return held_report(work.connection, row.id)


def move(
    work: Work,
    offer: Offer,
    row: Any,
    act: ReportAct,
    also: Mapping[str, Any] = MappingProxyType({}),
    **said: Any,
) -> Any:
    """Bring a report by an act where it goes, by way of *start* where nobody began it.

    ``also`` is written in its row with the last step; ``said`` is what its last line in the
    history says, see :func:`tell`.
    """
    *before, last = path_to(ReportState(row.state), act)
    for step in before:
        row = _step(work, row, step, {})
        tell(work, offer, row, step)
    row = _step(work, row, last, also)
    tell(work, offer, row, last, **said)
    return row


def _step(work: Work, row: Any, act: ReportAct, also: Mapping[str, Any]) -> Any:
    to = moved(ReportState(row.state), act)
    pauses = _pauses_after(work, row, to)
    values: dict[str, Any] = {"state": str(to), "pauses": pauses}
    values["answer_due"] = due_of(work, row, pauses=pauses).due
    return change(work, row, **{**values, **_moments(work, act), **also})


def _moments(work: Work, act: ReportAct) -> dict[str, Any]:
    """What a move does to the moments of a report."""
    if act is ReportAct.RESOLVE:
        return {"resolved_at": work.now, "reaction_due": None}
    if act in {ReportAct.REFER, ReportAct.DECLARE_INADMISSIBLE}:
        return {"resolved_at": work.now, "closed_at": work.now, "reaction_due": None}
    if act is ReportAct.CLOSE:
        return {"closed_at": work.now}
    if act is ReportAct.REOPEN:
        gone = {"resolved_at": None, "closed_at": None, "answered_at": None}
        return gone | {"inadmissible": ""}
    return {}


def _pauses_after(work: Work, row: Any, to: ReportState) -> list[list[str | None]]:
    """The days of waiting: one begins with a question, and ends with any other move."""
    today = local_day(work.now).isoformat()
    pauses = [list(pause) for pause in row.pauses]
    if pauses and pauses[-1][1] is None and to is not ReportState.WAITING_CITIZEN:
        pauses[-1][1] = today
    elif to is ReportState.WAITING_CITIZEN and not (pauses and pauses[-1][1] is None):
        pauses.append([today, None])
    return pauses


def due_of(work: Work, row: Any, *, pauses: Any = None, extended: bool | None = None) -> Explained:
    """Until when a report is answered, as things stand."""
    return due_at(work.connection, row, work.now, pauses=pauses, extended=extended)


def due_at(
    connection: Connection,
    row: Any,
    now: datetime,
    *,
    pauses: Any = None,
    extended: bool | None = None,
) -> Explained:
    """Until when a report is answered, as things stand at a moment."""
    given = row.pauses if pauses is None else pauses
    return answer_due(
        read_regulation(connection, ReportKind(row.kind), row.registered_at),
        local_day(row.registered_at),
        holiday_name,
        today=local_day(now),
        pauses=pauses_of(given),
        extended=row.extended_at is not None if extended is None else extended,
    )


def tell(  # noqa: PLR0913 - one line of the history
    work: Work,
    offer: Offer,
    row: Any,
    act: ReportAct,
    *,
    text: str = "",
    channel: str = "",
    reporter_id: str | None = None,
    **facts: str | None,
) -> int:
    """Write a line of the history and the journal, and tell the desks; gives its number."""
    seq: int = work.connection.execute(_NEXT_SEQ, {"report": row.id}).scalar_one()
    values = entry_values(
        work, row, act, seq, text=text, channel=channel, reporter_id=reporter_id, **facts
    )
    work.connection.execute(_ADD, values)
    work.record(f"{act}_report", "report", row.id, seq=seq)
    changed = ReportChanged(
        report_id=row.id, act=act, state=ReportState(row.state), department_id=row.department_id
    )
    for site in offer.catalogue.sites:
        work.announce(site.id, "report_changed", changed)
    return seq


def entry_values(  # noqa: PLR0913 - one line of the history
    work: Work,
    row: Any,
    act: ReportAct,
    seq: int,
    *,
    text: str = "",
    channel: str = "",
    reporter_id: str | None = None,
    **facts: str | None,
) -> dict[str, Any]:
    """A line of the history as it is kept."""
    return {
        "report_id": row.id,
        "seq": seq,
        "act": str(act),
        "at": work.now,
        "recorded_at": work.recorded_at,
        "user_id": work.actor.user_id or None,
        "counter_id": work.actor.counter_id or None,
        "reporter_id": reporter_id,
        "channel": channel,
        "text": text,
        "state": row.state,
        "facts": {name: value for name, value in facts.items() if value},
    }


def commit_report(work: Work, offer: Offer, row: Any) -> Report:
    """Commit, and answer with the report as the actor may see it."""
    return work.commit(report_of(row, sight_of(work.actor, offer)))
