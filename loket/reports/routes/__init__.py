"""Reports over HTTP."""

from fastapi import APIRouter

from loket.reports.routes import attachments, dispatching, informing, reading, taking, talking

router = APIRouter(tags=["reports"])
for room in (reading, taking, dispatching, talking, informing, attachments):
    router.include_router(room.router)
