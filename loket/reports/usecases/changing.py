"""What a report is about, made right: each thing that became another is a line of its history."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from loket.catalogue.hours import holiday_name
from loket.catalogue.offer import Offer
from loket.kit.clock import local_day
from loket.reports.messages.following import ChangeReport
from loket.reports.messages.taking import Place, Report
from loket.reports.queries.arrangements import category_row, open_category, read_regulation
from loket.reports.rules.flow import ReportAct, ReportState, WrongReportState
from loket.reports.rules.kinds import PlaceKind, ReportKind, Urgency
from loket.reports.rules.terms import receipt_due
from loket.reports.usecases.ledger import change, commit_report, due_of, held, tell
from loket.reports.usecases.locating import Locate
from loket.reports.usecases.notices import alert_team
from loket.reports.usecases.registering import reindex
from loket.staff.rules import Permission
from loket.store.work import Work


@dataclass(frozen=True)
class _Change:
    """One thing that is another now; ``former`` and ``now`` are words, ids or codes."""

    what: str
    former: str
    now: str
    values: dict[str, Any] = field(default_factory=dict)


def change_report(
    work: Work, offer: Offer, locate: Locate, report_id: str, command: ChangeReport
) -> Report:
    """What it is about, as it now is; its terms follow its kind."""
    work.allow(Permission.HANDLE_REPORT)
    row = held(work, offer, report_id, command.seen_version)
    changes = [one for one in _changes(work, locate, row, command) if one.former != one.now]
    for one in changes:
        row = _changed(work, offer, row, one)
    if changes:
        reindex(work, row)
    return commit_report(work, offer, row)


def _changes(work: Work, locate: Locate, row: Any, command: ChangeReport) -> Iterator[_Change]:
    if command.kind is not None:
        yield _kind(row, command.kind)
    if command.title is not None:
        yield _Change("title", row.title, command.title, {"title": command.title})
    if command.category_id is not None and command.category_id != row.category_id:
        category = open_category(work.connection, command.category_id, work.now)
        values = {"category_id": category.id}
        yield _Change("category", row.category_id or "", category.id, values)
    if command.place is not None:
        yield _place(work, locate, row, command.place)
    if command.urgency is not None:
        now = str(command.urgency)
        yield _Change("urgency", row.urgency, now, {"urgency": now})


def _kind(row: Any, kind: ReportKind) -> _Change:
    """A complaint that becomes something else is no longer judged; an inadmissible one stays."""
    if ReportState(row.state) is ReportState.INADMISSIBLE and str(kind) != row.kind:
        raise WrongReportState(state=row.state, act=ReportAct.CHANGE)
    values: dict[str, Any] = {"kind": str(kind)}
    if kind is not ReportKind.COMPLAINT:
        values |= {"founded": "", "solved": ""}
    return _Change("kind", row.kind, str(kind), values)


def _place(work: Work, locate: Locate, row: Any, place: Place) -> _Change:
    located = locate(work.connection, place)
    values = place.model_dump(exclude={"kind"})
    values |= {"place_kind": str(place.kind), "quarter": located.quarter}
    values["outside"] = located.outside
    former = _where(PlaceKind(row.place_kind), row.address, row.lat, row.lon)
    return _Change("place", former, _where(place.kind, place.address, place.lat, place.lon), values)


def _where(kind: PlaceKind, address: str, lat: float | None, lon: float | None) -> str:
    """An address, or a point in degrees; a metre is the fifth place after the comma."""
    spot = "" if lat is None or lon is None else f"{lat:.5f} {lon:.5f}"
    if kind is PlaceKind.SPOT:
        return f"{address} ({spot})" if address else spot
    return address


def _changed(work: Work, offer: Offer, row: Any, one: _Change) -> Any:
    was_dangerous, category = _dangerous(row), row.category_id
    row = change(work, row, **one.values)
    facts = {"what": one.what, "former": one.former, "now": one.now}
    if one.what == "kind":
        row = _with_terms(work, row)
        facts["until"] = row.answer_due.isoformat()
    newly = _dangerous(row) and (not was_dangerous or category != row.category_id)
    if newly and _alerted(work, offer, row):
        facts["sent"] = str(row.version)
    tell(work, offer, row, ReportAct.CHANGE, **facts)
    return row


def _with_terms(work: Work, row: Any) -> Any:
    """Its dates anew, counted from when it was taken down, by the regulation of its kind."""
    regulation = read_regulation(work.connection, ReportKind(row.kind), row.registered_at)
    receipt = receipt_due(regulation, local_day(row.registered_at), holiday_name).due
    return change(work, row, receipt_due=receipt, answer_due=due_of(work, row).due)


def _dangerous(row: Any) -> bool:
    return Urgency(row.urgency) is Urgency.DANGEROUS


def _alerted(work: Work, offer: Offer, row: Any) -> bool:
    category = category_row(work.connection, row.category_id)
    return alert_team(work, offer, row, category, sequence=row.version)
