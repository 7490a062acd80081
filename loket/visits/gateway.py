"""Visits from the desk's side."""

from loket.link.delivery import Delivered, Delivery, Queued
from loket.link.http import Request, ServerLink
from loket.link.live import LiveActs
from loket.link.session import Session
from loket.visits.messages import AddAct, ChangeVisit, Receipt, Visit


class VisitsGateway:
    """Typed calls about visits. What changes one may wait in the outbox, in order per visit."""

    def __init__(
        self, link: ServerLink, session: Session, *, live: LiveActs, delivery: Delivery
    ) -> None:
        self._link = link
        self._session = session
        self._live = live
        self._delivery = delivery

    def visit(self, visit_id: str) -> Visit:
        request = Request.get(f"/visits/{visit_id}", Visit)
        return self._link.call(request.with_headers(self._session.bearer()))

    def change(self, visit_id: str, details: ChangeVisit) -> Delivered[Visit] | Queued[None]:
        request = Request.put(f"/visits/{visit_id}", Visit, details)
        return self._delivery.deliver(request, thread=visit_id, kind="change_visit")

    def add_act(self, visit_id: str, act: AddAct) -> Delivered[Visit] | Queued[None]:
        request = Request.post(f"/visits/{visit_id}/acts", Visit, act)
        return self._delivery.deliver(request, thread=visit_id, kind="add_act")

    def end_encounter(self, visit_id: str) -> Delivered[Visit] | Queued[None]:
        request = Request.post(f"/visits/{visit_id}/end", Visit)
        return self._delivery.deliver(request, thread=visit_id, kind="end_encounter")

    def receipt(self, visit_id: str) -> Receipt:
        """A new receipt; its number needs the server now."""
        return self._live.perform(Request.post(f"/visits/{visit_id}/receipts", Receipt))
