"""Appointments over HTTP."""

from fastapi import APIRouter

from loket.appointments.routes import acts, feeds, overviews, reading, scheduling, wishing

router = APIRouter()
for room in (reading, acts, feeds, overviews, scheduling, wishing):
    router.include_router(room.router)
