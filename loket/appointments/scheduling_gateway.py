"""Schedules and terms of products from the desk's side."""

from datetime import date

from loket.appointments.messages import (
    ChangedSchedule,
    ChangedTerms,
    ChangeSchedule,
    Misfits,
    ResetTerms,
    Schedule,
    SchedulePreview,
    SetTerms,
    TellMisfits,
    ToldMisfits,
    TownTerms,
)
from loket.link.http import Request, ServerLink, T
from loket.link.live import LiveActs
from loket.link.session import Session


class SchedulingGateway:
    """Typed calls about when appointments are offered."""

    def __init__(self, link: ServerLink, session: Session, *, live: LiveActs) -> None:
        self._link = link
        self._session = session
        self._live = live

    def schedule(self, queue_id: str) -> Schedule:
        return self._read(Request.get(f"/queues/{queue_id}/schedule", Schedule))

    def preview(
        self, queue_id: str, command: ChangeSchedule, first: date, days: int
    ) -> SchedulePreview:
        """What it would offer, and who would no longer fit; nothing is kept."""
        path = f"/queues/{queue_id}/schedule/preview?first={first.isoformat()}&days={days}"
        return self._read(Request.post(path, SchedulePreview, command))

    def change(self, queue_id: str, command: ChangeSchedule) -> ChangedSchedule:
        path = f"/queues/{queue_id}/schedule"
        return self._live.perform(Request.put(path, ChangedSchedule, command))

    def misfits(self, site_id: str | None) -> Misfits:
        """Who must be called, at one site or at all."""
        asked = f"?site={site_id}" if site_id else ""
        return self._read(Request.get(f"/appointment-misfits{asked}", Misfits))

    def tell_misfits(self, command: TellMisfits) -> ToldMisfits:
        """Write to them that they must choose another moment."""
        return self._live.perform(Request.post("/appointment-misfits/tell", ToldMisfits, command))

    def terms(self) -> TownTerms:
        return self._read(Request.get("/appointment-terms", TownTerms))

    def set_terms(self, product_id: str, command: SetTerms) -> ChangedTerms:
        path = f"/products/{product_id}/appointment-terms"
        return self._live.perform(Request.put(path, ChangedTerms, command))

    def reset_terms(self, product_id: str) -> ChangedTerms:
        path = f"/products/{product_id}/appointment-terms/reset"
        return self._live.perform(Request.post(path, ChangedTerms, ResetTerms()))

    def _read(self, request: Request[T]) -> T:
        return self._link.call(request.with_headers(self._session.bearer()))
