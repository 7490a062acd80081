"""What a clerk does with appointments: live acts, each once."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from loket.appointments.messages import (
    Appointment,
    AppointmentAsked,
    BookAppointment,
    Booked,
    CancelAppointment,
    ChangeContact,
    CheckedIn,
    CheckIn,
    Hold,
    LetGo,
    LetGoHold,
    MoveAppointment,
    TakeHold,
)
from loket.appointments.usecases import arriving, booking, holding
from loket.appointments.usecases.places import Calendars
from loket.catalogue.offer import Offer
from loket.store.work import Work
from loket.web.acting import Live
from loket.wire.base import Id

router = APIRouter()


class Rooms:
    """What acts on appointments need of the application."""

    def __init__(self, request: Request) -> None:
        self._state = request.app.state

    def offer(self, work: Work) -> Offer:
        offer: Offer = self._state.offers.now(work.connection)
        return offer

    def calendars(self, work: Work) -> Calendars:
        return Calendars(self._state.plans, self.offer(work))


async def rooms(request: Request) -> Rooms:
    return Rooms(request)


Within = Annotated[Rooms, Depends(rooms)]


@router.post("/appointment-holds", operation_id="take_hold", response_model=Hold, status_code=201)
def take_hold(body: TakeHold, act: Live, within: Within) -> Response:
    """Keep a moment while it is talked about."""
    return act.once(
        body,
        lambda work: holding.take_hold(work, within.calendars(work), body),
        status=201,
    )


@router.post(
    "/appointment-holds/{hold_id}/let-go", operation_id="let_go_hold", response_model=LetGo
)
def let_go_hold(hold_id: Id, body: LetGoHold, act: Live, within: Within) -> Response:
    """The moment is free again."""
    return act.once(body, lambda work: holding.let_go(work, within.calendars(work), hold_id))


@router.post(
    "/appointments", operation_id="book_appointment", response_model=Booked, status_code=201
)
def book_appointment(body: BookAppointment, act: Live, within: Within) -> Response:
    """Book a moment; never over capacity."""
    return act.once(
        body,
        lambda work: booking.book_appointment(work, within.calendars(work), body),
        status=201,
    )


@router.post(
    "/appointments/{appointment_id}/move", operation_id="move_appointment", response_model=Booked
)
def move_appointment(
    appointment_id: Id, body: MoveAppointment, act: Live, within: Within
) -> Response:
    """To another moment; the reference stays."""
    return act.once(
        body,
        lambda work: booking.move_appointment(work, within.calendars(work), appointment_id, body),
    )


@router.post(
    "/appointments/{appointment_id}/contact",
    operation_id="change_contact",
    response_model=Appointment,
)
def change_contact(appointment_id: Id, body: ChangeContact, act: Live, within: Within) -> Response:
    """Whose it is and how they are reached."""
    return act.once(
        body,
        lambda work: booking.change_contact(work, within.calendars(work), appointment_id, body),
    )


@router.post(
    "/appointments/{appointment_id}/cancel",
    operation_id="cancel_appointment",
    response_model=Booked,
)
def cancel_appointment(
    appointment_id: Id, body: CancelAppointment, act: Live, within: Within
) -> Response:
    """It does not take place."""
    return act.once(
        body,
        lambda work: booking.cancel_appointment(work, within.calendars(work), appointment_id, body),
    )


@router.post(
    "/appointments/{appointment_id}/check-in", operation_id="check_in", response_model=CheckedIn
)
def check_in(appointment_id: Id, body: CheckIn, act: Live, within: Within) -> Response:
    """They are there; they join the queue."""
    return act.once(
        body, lambda work: arriving.check_in(work, within.offer(work), appointment_id, body)
    )


@router.post(
    "/appointments/{appointment_id}/undo-check-in",
    operation_id="undo_check_in",
    response_model=Appointment,
)
def undo_check_in(
    appointment_id: Id, body: AppointmentAsked, act: Live, within: Within
) -> Response:
    """It was somebody else."""
    return act.once(
        body, lambda work: arriving.undo_check_in(work, within.offer(work), appointment_id, body)
    )


@router.post(
    "/appointments/{appointment_id}/no-show",
    operation_id="note_absent",
    response_model=Appointment,
)
def note_absent(appointment_id: Id, body: AppointmentAsked, act: Live, within: Within) -> Response:
    """They did not come."""
    return act.once(
        body, lambda work: arriving.note_absent(work, within.offer(work), appointment_id, body)
    )
