"""Booking, moving, changing and cancelling appointments."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from loket.appointments.messages import (
    Appointment,
    BookAppointment,
    Booked,
    CancelAppointment,
    ChangeContact,
    ConfirmBy,
    Contact,
    MoveAppointment,
)
from loket.appointments.queries.appointments import APPOINTMENT, name_key, read_appointment
from loket.appointments.queries.plans import queue_of
from loket.appointments.rules.life import (
    CODE_KIND,
    AppointmentAct,
    AppointmentExists,
    AppointmentState,
    NoWayToConfirm,
)
from loket.appointments.usecases.ledger import held, new_reference, note_in_visit, tell, write
from loket.appointments.usecases.notices import forget_reminder, remind, tell_citizen
from loket.appointments.usecases.places import (
    Calendars,
    Taker,
    Wanted,
    announce_calendar,
    give_back,
    let_go_own_hold,
)
from loket.appointments.usecases.wishing import answer_wish, offer_freed, take_wish
from loket.catalogue.messages import Product
from loket.kit.ids import new_code
from loket.staff.rules import Permission
from loket.store.work import Work
from loket.visits.messages import Channel
from loket.visits.usecases import open_visit

_ADD = insert(APPOINTMENT)
_ADDRESSES = {ConfirmBy.MAIL: "email", ConfirmBy.SMS: "phone"}


def book_appointment(work: Work, calendars: Calendars, command: BookAppointment) -> Booked:
    """Book a moment for somebody; in the visit that is going on, if there is one."""
    work.allow(Permission.BOOK_APPOINTMENT)
    offer = calendars.offer
    products = [offer.product(product) for product in command.product_ids]
    queue = queue_of(offer, products, command.site_id)
    check_ways(command.contact, command.confirm)
    wish = _hold(work, calendars, command, queue.id)
    _use_hold(work, calendars, command.hold_id)
    wanted = Wanted(
        queue,
        products,
        command.persons,
        command.starts_at,
        public_only=command.channel is Channel.WEB,
    )
    length = calendars.check(work, wanted)
    visit_id = open_visit(work, offer, command.visit).id if command.visit else None
    values = {
        "id": command.id,
        "reference": new_reference(work),
        "code": new_code(CODE_KIND),
        "site_id": queue.site_id,
        "queue_id": queue.id,
        **_for(products, command.persons),
        "starts_at": command.starts_at,
        "minutes": length.minutes,
        "buffer_minutes": length.buffer_minutes,
        "state": str(AppointmentState.BOOKED),
        **_contact(command.contact),
        "confirm": [str(way) for way in command.confirm],
        "remind": command.remind,
        "channel": str(command.channel),
        "booked_at": work.recorded_at,
        "booked_by": work.actor.user_id,
        "counter_id": work.actor.counter_id,
        "visit_id": visit_id,
        "ticket_id": None,
        "cancel_reason": "",
        "version": 1,
        "sequence": 0,
    }
    row = _insert(work, values)
    calendars.take(work, wanted, length, Taker(appointment_id=command.id))
    tell(work, row, AppointmentAct.BOOK)
    tell_citizen(work, offer, row, AppointmentAct.BOOK)
    if wish is not None:
        answer_wish(work, calendars, wish, command.id)
    return _commit(work, calendars, row, AppointmentAct.BOOK, visit_id)


def move_appointment(
    work: Work, calendars: Calendars, appointment_id: str, command: MoveAppointment
) -> Booked:
    """To another moment, or another site; the reference stays.

    Where everything is so already nothing happens and nobody is told.
    """
    work.allow(Permission.BOOK_APPOINTMENT)
    offer = calendars.offer
    row = held(work, appointment_id, AppointmentAct.MOVE, command.seen_version)
    ids = command.product_ids or [row.product_id, *row.more_products]
    products = [offer.product(product) for product in ids]
    persons = command.persons or row.persons
    confirm = row.confirm
    if command.confirm is not None:
        check_ways(row, command.confirm)
        confirm = [str(way) for way in command.confirm]
    queue = queue_of(offer, products, command.site_id)
    calendars.hold_calendars(work, {queue.id, row.queue_id})
    _use_hold(work, calendars, command.hold_id)
    values = {
        "site_id": queue.site_id,
        "queue_id": queue.id,
        **_for(products, persons),
        "starts_at": command.starts_at,
        "confirm": confirm,
    }
    if row.state == str(AppointmentState.BOOKED) and _is_so(row, values):
        return _answer(work, calendars, row, command.visit_id)
    give_back(work, appointment_id)
    wanted = Wanted(queue, products, persons, command.starts_at)
    length = calendars.check(work, wanted)
    calendars.take(work, wanted, length, Taker(appointment_id=appointment_id))
    now = write(
        work,
        row,
        AppointmentAct.MOVE,
        **values,
        minutes=length.minutes,
        buffer_minutes=length.buffer_minutes,
        state=str(AppointmentState.BOOKED),
        sequence=row.sequence + 1,
    )
    tell_citizen(work, offer, now, AppointmentAct.MOVE, before=row.starts_at)
    offer_freed(work, calendars, offer.queue(row.queue_id), row.starts_at, row.minutes)
    return _commit(work, calendars, now, AppointmentAct.MOVE, command.visit_id)


def change_contact(
    work: Work, calendars: Calendars, appointment_id: str, command: ChangeContact
) -> Appointment:
    """Whose it is and how they are reached, as it now is.

    Who is confirmed to at another address from now on gets the confirmation there.
    """
    work.allow(Permission.BOOK_APPOINTMENT)
    row = held(work, appointment_id, AppointmentAct.CHANGE, command.seen_version)
    check_ways(command.contact, [ConfirmBy(way) for way in row.confirm])
    values = {**_contact(command.contact), "remind": command.remind}
    is_elsewhere = any(
        getattr(row, field) != values[field]
        for way, field in _ADDRESSES.items()
        if way in row.confirm
    )
    if is_elsewhere:  # a calendar takes an item with another address only when its number rose
        values["sequence"] = row.sequence + 1
    now = write(work, row, AppointmentAct.CHANGE, **values)
    if is_elsewhere:
        tell_citizen(work, calendars.offer, now, AppointmentAct.BOOK)
    else:
        forget_reminder(work, appointment_id)
        remind(work, calendars.offer, now)
    return work.commit(
        read_appointment(work.connection, calendars.offer, work.actor, appointment_id)
    )


def cancel_appointment(
    work: Work, calendars: Calendars, appointment_id: str, command: CancelAppointment
) -> Booked:
    """It does not take place; its moment is free again."""
    work.allow(Permission.BOOK_APPOINTMENT)
    row = held(work, appointment_id, AppointmentAct.CANCEL, command.seen_version)
    calendars.hold_calendars(work, {row.queue_id})
    give_back(work, appointment_id)
    now = write(
        work,
        row,
        AppointmentAct.CANCEL,
        reason=str(command.reason),
        state=str(AppointmentState.CANCELLED),
        cancel_reason=str(command.reason),
        sequence=row.sequence + 1,
    )
    tell_citizen(work, calendars.offer, now, AppointmentAct.CANCEL)
    queue = calendars.offer.queue(row.queue_id)
    offer_freed(work, calendars, queue, row.starts_at, row.minutes)
    return _commit(work, calendars, now, AppointmentAct.CANCEL, command.visit_id)


def check_ways(contact: Any, confirm: Sequence[ConfirmBy]) -> None:
    """Refuse to confirm over a way of which the address is not known."""
    if ConfirmBy.MAIL in confirm and not contact.email:
        raise NoWayToConfirm(way=str(ConfirmBy.MAIL))
    if ConfirmBy.SMS in confirm and not contact.phone:
        raise NoWayToConfirm(way=str(ConfirmBy.SMS))


def _commit(
    work: Work, calendars: Calendars, row: Any, act: AppointmentAct, visit_id: str | None
) -> Booked:
    if visit_id is not None:
        note_in_visit(work, calendars.offer, visit_id, row, act)
    return _answer(work, calendars, row, visit_id)


def _answer(work: Work, calendars: Calendars, row: Any, visit_id: str | None) -> Booked:
    return work.commit(
        Booked(
            appointment=read_appointment(work.connection, calendars.offer, work.actor, row.id),
            visit_id=visit_id,
        )
    )


def _is_so(row: Any, values: dict[str, Any]) -> bool:
    return all(getattr(row, name) == value for name, value in values.items())


def _hold(work: Work, calendars: Calendars, command: BookAppointment, queue_id: str) -> Any:
    """Hold the calendar, and the entry of the waiting list that is answered, if it is one."""
    if command.wish_id is not None:
        return take_wish(work, calendars, command.wish_id, queue_id)
    calendars.hold_calendars(work, {queue_id})
    return None


def _use_hold(work: Work, calendars: Calendars, hold_id: str | None) -> None:
    """What was held is free for whoever held it; a hold that lapsed leaves nothing to let go."""
    row = let_go_own_hold(work, hold_id) if hold_id else None
    if row is not None:
        site = calendars.offer.queue(row.queue_id).site_id
        announce_calendar(work, site, row.queue_id, row.starts_at)


def _insert(work: Work, values: dict[str, Any]) -> Any:
    try:
        return work.connection.execute(_ADD.returning(APPOINTMENT), values).one()
    except IntegrityError as error:
        raise AppointmentExists(appointment=values["id"]) from error


def _for(products: Sequence[Product], persons: int) -> dict[str, Any]:
    return {
        "product_id": products[0].id,
        "more_products": [product.id for product in products[1:]],
        "persons": persons,
    }


def _contact(contact: Contact) -> dict[str, Any]:
    return {
        "name": contact.name,
        "name_key": name_key(contact.name),
        "phone": contact.phone or "",
        "email": contact.email or "",
        "language": str(contact.language),
        "note": contact.note,
    }
