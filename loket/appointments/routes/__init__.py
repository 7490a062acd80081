"""Appointments over HTTP."""

from fastapi import APIRouter

from loket.appointments.routes import acts, reading

router = APIRouter()
for room in (reading, acts):
    router.include_router(room.router)
