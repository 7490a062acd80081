"""Whose a report is, and where it stands: the coordinator's and the departments' decisions."""

from typing import Any

from loket.catalogue.offer import Offer
from loket.reports.messages.following import (
    AssignReport,
    DeclareInadmissible,
    JudgeComplaint,
    LinkReport,
    MoveReport,
    ReferReport,
    ReplyTo,
    ReturnReport,
    Seen,
)
from loket.reports.messages.taking import Report
from loket.reports.queries.arrangements import open_party, read_regulation
from loket.reports.queries.hiding import sight_of
from loket.reports.queries.reports import held_report
from loket.reports.rules.flow import (
    ENDED,
    ReportAct,
    ReportState,
    WrongReportState,
    check_complaint,
    check_reason,
)
from loket.reports.rules.kinds import (
    LinkedToItself,
    ReportKind,
    UnknownDepartment,
    UnknownParty,
)
from loket.reports.rules.routing import Goal, check_goal
from loket.reports.rules.terms import check_extension
from loket.reports.usecases.handing import check_handler
from loket.reports.usecases.ledger import change, commit_report, due_of, held, move, tell
from loket.reports.usecases.notices import forward
from loket.reports.usecases.talking import say_to_citizens
from loket.staff.rules import Permission
from loket.store.work import Work

_BY_HAND = frozenset(
    {
        ReportAct.START,
        ReportAct.RESUME,
        ReportAct.AWAIT_THIRD,
        ReportAct.RESOLVE,
        ReportAct.CLOSE,
        ReportAct.REOPEN,
    }
)
"""Moves that need no more than a reason."""


def assign_report(work: Work, offer: Offer, report_id: str, command: AssignReport) -> Report:
    """To a department, or to a party outside that is asked by mail."""
    work.allow(Permission.DISPATCH_REPORT)
    goal = Goal(command.department_id, command.party_id)
    check_goal(goal)
    if goal.department_id is not None:
        _check_department(offer, goal.department_id)
    if command.handler_id is not None:
        check_handler(work, offer, command.handler_id, goal.department_id)
    party = _party(work, goal.party_id) if goal.party_id is not None else None
    row = held(work, offer, report_id, command.seen_version)
    # Before the move: a report that is assigned has somebody it is assigned to.
    row = change(
        work,
        row,
        department_id=goal.department_id,
        party_id=goal.party_id,
        handler_id=command.handler_id,
        routed_by=None,
    )
    row = move(
        work,
        offer,
        row,
        ReportAct.ASSIGN,
        text=command.note,
        department=goal.department_id,
        party=goal.party_id,
        handler=command.handler_id,
        sent=str(row.version + 1) if party is not None else None,
    )
    if party is not None:
        forward(work, offer, row, party)
    return commit_report(work, offer, row)


def return_report(work: Work, offer: Offer, report_id: str, command: ReturnReport) -> Report:
    """Not ours: back to the coordinator, counted, and why."""
    work.allow(Permission.HANDLE_REPORT)
    check_reason(ReportAct.RETURN, command.reason)
    row = held(work, offer, report_id, command.seen_version)
    former = row.department_id or row.party_id
    row = move(work, offer, row, ReportAct.RETURN, text=command.reason, former=former)
    row = change(
        work, row, department_id=None, party_id=None, handler_id=None, returns=row.returns + 1
    )
    return commit_report(work, offer, row)


def move_report(work: Work, offer: Offer, report_id: str, command: MoveReport) -> Report:
    """Begin, go on, wait for a third party, resolve, close, or open again."""
    work.allow(Permission.HANDLE_REPORT)
    if command.act not in _BY_HAND:
        raise WrongReportState(act=command.act)
    check_reason(command.act, command.reason)
    row = held(work, offer, report_id, command.seen_version)
    row = move(work, offer, row, command.act, text=command.reason)
    if command.close and command.act is ReportAct.RESOLVE:
        row = move(work, offer, row, ReportAct.CLOSE)
    return commit_report(work, offer, row)


def refer_report(work: Work, offer: Offer, report_id: str, command: ReferReport) -> Report:
    """Not for us; the citizen is told whom to ask."""
    work.allow(Permission.DISPATCH_REPORT)
    row = held(work, offer, report_id, command.seen_version)
    row = move(work, offer, row, ReportAct.REFER, to=command.to)
    row = say_to_citizens(work, offer, row, command.text, to=ReplyTo.ALL)
    return commit_report(work, offer, change(work, row, answered_at=work.now))


def declare_inadmissible(
    work: Work, offer: Offer, report_id: str, command: DeclareInadmissible
) -> Report:
    """A complaint that is not handled; the citizen is told why."""
    work.allow(Permission.DISPATCH_REPORT)
    row = held(work, offer, report_id, command.seen_version)
    check_complaint(ReportKind(row.kind))
    row = move(
        work,
        offer,
        row,
        ReportAct.DECLARE_INADMISSIBLE,
        also={"inadmissible": str(command.reason)},
        reason=str(command.reason),
    )
    row = say_to_citizens(work, offer, row, command.text, to=ReplyTo.ALL)
    return commit_report(work, offer, change(work, row, answered_at=work.now))


def extend_term(work: Work, offer: Offer, report_id: str, command: Seen) -> Report:
    """Once, where the regulation knows an extension."""
    work.allow(Permission.HANDLE_REPORT)
    row = held(work, offer, report_id, command.seen_version)
    if ReportState(row.state) in ENDED:
        raise WrongReportState(state=row.state, act=ReportAct.EXTEND)
    regulation = read_regulation(work.connection, ReportKind(row.kind), row.registered_at)
    check_extension(regulation, extended=row.extended_at is not None)
    due = due_of(work, row, extended=True).due
    row = change(work, row, extended_at=work.now, answer_due=due)
    tell(work, offer, row, ReportAct.EXTEND, until=due.isoformat())
    return commit_report(work, offer, row)


def link_report(work: Work, offer: Offer, report_id: str, command: LinkReport) -> Report:
    """The same matter as another: that one goes on for both, and both histories say so."""
    work.allow(Permission.HANDLE_REPORT)
    if command.to_id == report_id:
        raise LinkedToItself
    # In one order, so that two who link crosswise do not wait for each other.
    rows = {one: held_report(work.connection, one) for one in sorted((report_id, command.to_id))}
    row, other = held(work, offer, report_id, command.seen_version), rows[command.to_id]
    sight_of(work.actor, offer).check(other)
    if other.linked_id is not None:
        raise LinkedToItself
    row = change(work, row, linked_id=other.id)
    tell(work, offer, row, ReportAct.LINK, to=other.reference)
    tell(work, offer, other, ReportAct.LINK, from_=row.reference)
    return commit_report(work, offer, row)


def judge_complaint(work: Work, offer: Offer, report_id: str, command: JudgeComplaint) -> Report:
    """Whether it was founded, and whether it is solved: the council counts both."""
    work.allow(Permission.HANDLE_REPORT)
    row = held(work, offer, report_id, command.seen_version)
    check_complaint(ReportKind(row.kind))
    row = change(work, row, founded=str(command.founded), solved=str(command.solved))
    tell(
        work,
        offer,
        row,
        ReportAct.JUDGE,
        founded=str(command.founded),
        solved=str(command.solved),
    )
    return commit_report(work, offer, row)


def _check_department(offer: Offer, department_id: str) -> None:
    if all(part.id != department_id for part in offer.catalogue.departments):
        raise UnknownDepartment(department=department_id)


def _party(work: Work, party_id: str) -> Any:
    row = open_party(work.connection, party_id)
    if row is None:
        raise UnknownParty(party=party_id)
    return row
