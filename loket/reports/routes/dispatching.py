"""Whose a report is and where it stands: live acts."""

from fastapi import APIRouter, Response

from loket.reports.messages.following import (
    AssignReport,
    ChangeReport,
    DeclareInadmissible,
    JudgeComplaint,
    LinkReport,
    MoveReport,
    ReferReport,
    ReturnReport,
    Seen,
)
from loket.reports.messages.handing import HandReport
from loket.reports.messages.taking import Report
from loket.reports.routes.within import Within
from loket.reports.usecases import changing, dispatching, handing
from loket.web.acting import Live
from loket.wire.base import Id

router = APIRouter()


@router.post("/reports/{report_id}/assign", operation_id="assign_report", response_model=Report)
def assign_report(report_id: Id, body: AssignReport, act: Live, within: Within) -> Response:
    """To a department or a party."""
    return act.once(
        body, lambda work: dispatching.assign_report(work, within.offer(work), report_id, body)
    )


@router.post("/reports/{report_id}/return", operation_id="return_report", response_model=Report)
def return_report(report_id: Id, body: ReturnReport, act: Live, within: Within) -> Response:
    """Not ours: back to the coordinator."""
    return act.once(
        body, lambda work: dispatching.return_report(work, within.offer(work), report_id, body)
    )


@router.post("/reports/{report_id}/move", operation_id="move_report", response_model=Report)
def move_report(report_id: Id, body: MoveReport, act: Live, within: Within) -> Response:
    """Begin, wait, go on, resolve, close, open again."""
    return act.once(
        body, lambda work: dispatching.move_report(work, within.offer(work), report_id, body)
    )


@router.post("/reports/{report_id}/take", operation_id="take_report", response_model=Report)
def take_report(report_id: Id, body: Seen, act: Live, within: Within) -> Response:
    """Somebody makes it theirs."""
    return act.once(
        body, lambda work: handing.take_report(work, within.offer(work), report_id, body)
    )


@router.post("/reports/{report_id}/hand", operation_id="hand_report", response_model=Report)
def hand_report(report_id: Id, body: HandReport, act: Live, within: Within) -> Response:
    """To a colleague, or to nobody."""
    return act.once(
        body, lambda work: handing.hand_report(work, within.offer(work), report_id, body)
    )


@router.post("/reports/{report_id}/refer", operation_id="refer_report", response_model=Report)
def refer_report(report_id: Id, body: ReferReport, act: Live, within: Within) -> Response:
    """Not for us."""
    return act.once(
        body, lambda work: dispatching.refer_report(work, within.offer(work), report_id, body)
    )


@router.post(
    "/reports/{report_id}/inadmissible", operation_id="declare_inadmissible", response_model=Report
)
def declare_inadmissible(
    report_id: Id, body: DeclareInadmissible, act: Live, within: Within
) -> Response:
    """A complaint that is not handled."""
    return act.once(
        body,
        lambda work: dispatching.declare_inadmissible(work, within.offer(work), report_id, body),
    )


@router.post("/reports/{report_id}/extend", operation_id="extend_report", response_model=Report)
def extend_term(report_id: Id, body: Seen, act: Live, within: Within) -> Response:
    """The term is extended, once."""
    return act.once(
        body, lambda work: dispatching.extend_term(work, within.offer(work), report_id, body)
    )


@router.post("/reports/{report_id}/change", operation_id="change_report", response_model=Report)
def change_report(report_id: Id, body: ChangeReport, act: Live, within: Within) -> Response:
    """What it is about, as it now is."""
    return act.once(
        body,
        lambda work: changing.change_report(
            work, within.offer(work), within.locate, report_id, body
        ),
    )


@router.post("/reports/{report_id}/link", operation_id="link_report", response_model=Report)
def link_report(report_id: Id, body: LinkReport, act: Live, within: Within) -> Response:
    """The same matter as another."""
    return act.once(
        body, lambda work: dispatching.link_report(work, within.offer(work), report_id, body)
    )


@router.post("/reports/{report_id}/judge", operation_id="judge_complaint", response_model=Report)
def judge_complaint(report_id: Id, body: JudgeComplaint, act: Live, within: Within) -> Response:
    """Founded or not, solved or not."""
    return act.once(
        body, lambda work: dispatching.judge_complaint(work, within.offer(work), report_id, body)
    )
