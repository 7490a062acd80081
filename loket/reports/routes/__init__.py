"""Reports over HTTP."""

from fastapi import APIRouter

from loket.reports.routes import attachments, dispatching, mailing, reading, taking, talking

router = APIRouter(tags=["reports"])
for room in (reading, taking, dispatching, talking, attachments, mailing):
    router.include_router(room.router)
