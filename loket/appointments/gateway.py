"""Appointments from the desk's side: live acts and readings; a request may wait in the outbox."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import quote, urlencode

from loket.appointments.messages import (
    AddWish,
    Appointment,
    AppointmentAsked,
    AppointmentFile,
    AppointmentOverview,
    Appointments,
    BookAppointment,
    Booked,
    Calendar,
    CancelAppointment,
    ChangeContact,
    CheckedIn,
    CheckIn,
    Expected,
    FirstFrees,
    FreeMoments,
    Hold,
    LetGo,
    LetGoHold,
    MoveAppointment,
    OverviewAsked,
    TakeHold,
    Wish,
    Wishes,
    WithdrawWish,
)
from loket.link.delivery import Delivered, Delivery, Kept, Queued
from loket.link.http import Limits, Request, ServerLink, T, parse
from loket.link.live import LiveActs
from loket.link.session import Session

_LONG = Limits(read=60.0)
"""A period of years is reckoned in one go."""


class AppointmentsGateway:
    """Typed calls about appointments."""

    def __init__(
        self, link: ServerLink, session: Session, *, live: LiveActs, delivery: Delivery
    ) -> None:
        self._link = link
        self._session = session
        self._live = live
        self._delivery = delivery

    def overview(self, asked: OverviewAsked) -> AppointmentOverview:
        """How calendars were used, and how appointments were kept."""
        given = urlencode(asked.model_dump(mode="json", exclude_none=True))
        request = Request.get(f"/appointment-overviews?{given}", AppointmentOverview)
        return self._link.call(request.with_headers(self._session.bearer()), limits=_LONG)

    def moments(
        self,
        product_ids: Sequence[str],
        persons: int,
        *,
        site_id: str | None,
        first: date,
        days: int,
        hold_id: str | None = None,
    ) -> FreeMoments:
        """Free moments of these products together, at one site or all of them."""
        asked = {
            "product": list(product_ids),
            "persons": persons,
            "first": first.isoformat(),
            "days": days,
        }
        optional = {"site": site_id, "hold": hold_id}
        given = {name: value for name, value in optional.items() if value}
        return self._read(f"/free-moments?{urlencode({**asked, **given}, doseq=True)}", FreeMoments)

    def first_free(self, product_ids: Sequence[str]) -> FirstFrees:
        query = urlencode({"product": list(product_ids)}, doseq=True)
        return self._read(f"/first-free?{query}", FirstFrees)

    def calendar(self, queue_id: str, first: date, days: int) -> Calendar:
        path = f"/queues/{queue_id}/calendar?first={first.isoformat()}&days={days}"
        return self._read(path, Calendar)

    def expected(self, site_id: str, day: date) -> Expected:
        return self._read(f"/sites/{site_id}/expected?day={day.isoformat()}", Expected)

    def find(self, text: str, since: date | None = None) -> Appointments:
        """By reference, barcode, telephone or a part of the name."""
        since_day = f"&since={since.isoformat()}" if since else ""
        return self._read(f"/appointments?text={quote(text)}{since_day}", Appointments)

    def by_code(self, code: str) -> Appointment:
        """The appointment of a scanned barcode."""
        return self._read(f"/appointments/code/{code}", Appointment)

    def file(self, appointment_id: str) -> AppointmentFile:
        return self._read(f"/appointments/{appointment_id}", AppointmentFile)

    def hold(self, command: TakeHold) -> Hold:
        return self._live.perform(Request.post("/appointment-holds", Hold, command))

    def let_go(self, hold_id: str) -> LetGo:
        path = f"/appointment-holds/{hold_id}/let-go"
        return self._live.perform(Request.post(path, LetGo, LetGoHold()))

    def book(self, command: BookAppointment) -> Booked:
        return self._live.perform(Request.post("/appointments", Booked, command))

    def move(self, appointment_id: str, command: MoveAppointment) -> Booked:
        path = f"/appointments/{appointment_id}/move"
        return self._live.perform(Request.post(path, Booked, command))

    def change(self, appointment_id: str, command: ChangeContact) -> Appointment:
        path = f"/appointments/{appointment_id}/contact"
        return self._live.perform(Request.post(path, Appointment, command))

    def cancel(self, appointment_id: str, command: CancelAppointment) -> Booked:
        path = f"/appointments/{appointment_id}/cancel"
        return self._live.perform(Request.post(path, Booked, command))

    def check_in(self, appointment_id: str, command: CheckIn) -> CheckedIn:
        path = f"/appointments/{appointment_id}/check-in"
        return self._live.perform(Request.post(path, CheckedIn, command))

    def undo_check_in(self, appointment_id: str, command: AppointmentAsked) -> Appointment:
        path = f"/appointments/{appointment_id}/undo-check-in"
        return self._live.perform(Request.post(path, Appointment, command))

    def no_show(self, appointment_id: str, command: AppointmentAsked) -> Appointment:
        path = f"/appointments/{appointment_id}/no-show"
        return self._live.perform(Request.post(path, Appointment, command))

    def add_wish(self, command: AddWish) -> Delivered[Wish] | Queued[None]:
        """Taken down on disk first: it is delivered later when the server does not answer."""
        request = Request.post("/appointment-wishes", Wish, command)
        letter = self._delivery.letter(request, thread=command.id, kind="add_wish")
        answer = self._delivery.hand_in(letter)
        if isinstance(answer, Kept):
            return Queued(None, answer.entry_id)
        return Delivered(parse(answer, Wish))

    def wishes(self) -> Wishes:
        return self._read("/appointment-wishes", Wishes)

    def withdraw_wish(self, wish_id: str) -> Wish:
        path = f"/appointment-wishes/{wish_id}/withdraw"
        return self._live.perform(Request.post(path, Wish, WithdrawWish()))

    def _read(self, path: str, answer: type[T], limits: Limits | None = None) -> T:
        request = Request.get(path, answer).with_headers(self._session.bearer())
        return self._link.call(request, limits=limits or Limits())
