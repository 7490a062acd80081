"""Reports over HTTP."""

from fastapi import APIRouter

from loket.reports.routes import (
    arranging,
    attachments,
    dispatching,
    figures,
    informing,
    mailing,
    reading,
    taking,
    talking,
)

router = APIRouter(tags=["reports"])
for room in (
    reading,
    taking,
    dispatching,
    talking,
    attachments,
    arranging,
    figures,
    mailing,
    informing,
):
    router.include_router(room.router)
