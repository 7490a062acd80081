"""Reports over HTTP."""

from fastapi import APIRouter

from loket.reports.routes import arranging, attachments, dispatching, reading, taking, talking

router = APIRouter(tags=["reports"])
for room in (reading, taking, dispatching, talking, attachments, arranging):
    router.include_router(room.router)
