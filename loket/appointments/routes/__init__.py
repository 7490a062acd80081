"""Appointments over HTTP."""

from fastapi import APIRouter

from loket.appointments.routes import acts, reading, scheduling

router = APIRouter()
for room in (reading, acts, scheduling):
    router.include_router(room.router)
