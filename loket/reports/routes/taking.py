"""Taking reports down: acts that a desk may deliver later."""

from fastapi import APIRouter, Response

from loket.reports.messages.taking import JoinReport, Registered, RegisterReport
from loket.reports.routes.within import Within
from loket.reports.usecases import registering
from loket.web.acting import Deferrable
from loket.wire.base import Id

router = APIRouter()


@router.post("/reports", operation_id="register_report", response_model=Registered, status_code=201)
def register_report(body: RegisterReport, act: Deferrable, within: Within) -> Response:
    """Take a report down."""
    return act.once(
        body,
        lambda work: registering.register_report(work, within.offer(work), within.locate, body),
        status=201,
    )


@router.post(
    "/reports/{report_id}/reporters",
    operation_id="join_report",
    response_model=Registered,
    status_code=201,
)
def join_report(report_id: Id, body: JoinReport, act: Deferrable, within: Within) -> Response:
    """One more citizen with what is known already."""
    return act.once(
        body,
        lambda work: registering.join_report(work, within.offer(work), report_id, body),
        status=201,
    )
