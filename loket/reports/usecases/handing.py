"""In whose hands a report is: taken on by oneself, or given to a colleague."""

from loket.catalogue.offer import Offer
from loket.reports.messages.following import Seen
from loket.reports.messages.handing import HandReport
from loket.reports.messages.taking import Report
from loket.reports.queries.colleagues import member_of
from loket.reports.rules.flow import ENDED, ReportAct, ReportState, WrongReportState
from loket.reports.rules.kinds import HandlerElsewhere, HandlerMayNot
from loket.reports.usecases.ledger import change, commit_report, held, move, tell
from loket.staff.rules import Permission
from loket.store.work import Work


def take_report(work: Work, offer: Offer, report_id: str, command: Seen) -> Report:
    """Somebody makes it theirs, and begins."""
    work.allow(Permission.HANDLE_REPORT)
    row = held(work, offer, report_id, command.seen_version)
    row = change(work, row, handler_id=work.actor.user_id)
    if ReportState(row.state) is ReportState.ASSIGNED:
        row = move(work, offer, row, ReportAct.START, handler=work.actor.user_id)
    else:
        tell(work, offer, row, ReportAct.TAKE, handler=work.actor.user_id)
    return commit_report(work, offer, row)


def hand_report(work: Work, offer: Offer, report_id: str, command: HandReport) -> Report:
    """It goes to a colleague, who begins when they begin; or to nobody."""
    work.allow(Permission.HANDLE_REPORT)
    row = held(work, offer, report_id, command.seen_version)
    if ReportState(row.state) in ENDED:
        raise WrongReportState(state=row.state, act=ReportAct.HAND)
    if command.handler_id is not None:
        check_handler(work, offer, command.handler_id, row.department_id)
    if command.handler_id == row.handler_id:
        return commit_report(work, offer, row)
    former = row.handler_id
    row = change(work, row, handler_id=command.handler_id)
    tell(work, offer, row, ReportAct.HAND, handler=command.handler_id, former=former)
    return commit_report(work, offer, row)


def check_handler(work: Work, offer: Offer, user_id: str, department_id: str | None) -> None:
    """Refuse who left, who may not handle reports, and who may not see what that department has."""
    member = member_of(work.connection, offer, user_id)
    if member is None or not member.handles:
        raise HandlerMayNot(name=member.name if member else "")
    if not member.knows(offer, department_id):
        raise HandlerElsewhere(name=member.name)
