"""Appointments over HTTP."""

from fastapi import APIRouter

from loket.appointments.routes import acts, feeds, reading, scheduling, wishing

router = APIRouter()
for room in (reading, acts, feeds, scheduling, wishing):
    router.include_router(room.router)
