"""Somebody with an appointment is there, or did not come."""

from typing import Any

from sqlalchemy import bindparam, select

from loket.appointments.messages import (
    Appointment,
    AppointmentAsked,
    CheckedIn,
    CheckIn,
)
from loket.appointments.queries.appointments import APPOINTMENT, read_appointment
from loket.appointments.queries.plans import read_terms
from loket.appointments.rules.lengths import ProductTerms, usual_terms
from loket.appointments.rules.life import (
    AnotherDay,
    AppointmentAct,
    AppointmentState,
    NotYetAbsent,
    OtherSite,
    TooEarly,
    TooLate,
)
from loket.appointments.rules.life import WrongState as LifeWrongState
from loket.appointments.tables import IS_BOOKED
from loket.appointments.usecases.ledger import held, note_in_visit, write
from loket.appointments.usecases.notices import forget_reminder
from loket.catalogue.offer import Offer
from loket.kit.clock import begin_of, local_day
from loket.queue.messages import IssueTicket
from loket.queue.rules.life import TicketState, WrongState
from loket.queue.usecases.issuing import give_to_booked
from loket.queue.usecases.ledger import hold, move
from loket.staff.rules import Permission
from loket.store.work import Actor, Request, Store, Work
from loket.visits.messages import ActKind
from loket.visits.usecases import undo_act
from loket.wire.base import WireOut

_LEFT = (
    select(APPOINTMENT.c.id)
    .where(IS_BOOKED, APPOINTMENT.c.starts_at < bindparam("today"))
    .order_by(APPOINTMENT.c.id)
    .with_for_update()
)
"""Taken at once: who is moved or cancelled at this moment is not among them."""
_OF_TICKET = select(APPOINTMENT.c.id).where(APPOINTMENT.c.ticket_id == bindparam("ticket"))
_LOST = {TicketState.WITHDRAWN, TicketState.EXPIRED}


def check_in(work: Work, offer: Offer, appointment_id: str, command: CheckIn) -> CheckedIn:
    """They are there: a ticket in the class of appointments, in the queue from their moment on."""
    work.allow(Permission.ISSUE_TICKET)
    row = held(work, appointment_id, AppointmentAct.CHECK_IN, command.seen_version)
    if row.site_id != work.actor.site_id:
        raise OtherSite(reference=row.reference, site=row.site_id)
    _check_ticket_lost(work, row)
    if local_day(row.starts_at) != local_day(work.recorded_at):
        raise AnotherDay(reference=row.reference)
    if not command.anyway:
        _check_time(work, row, _terms(work, offer, row))
    queue = offer.queue(row.queue_id)
    visit = command.visit
    if not visit.visitor_name:
        visit = visit.model_copy(update={"visitor_name": row.name})
    issued = give_to_booked(
        work,
        offer,
        IssueTicket(
            id=command.ticket_id,
            visit=visit,
            product_id=row.product_id,
            more_product_ids=_in_same_queue(offer, row),
        ),
        queue,
        row.starts_at,
    )
    now = write(
        work,
        row,
        AppointmentAct.CHECK_IN,
        state=str(AppointmentState.ARRIVED),
        ticket_id=issued.ticket.id,
    )
    forget_reminder(work, row.id)
    note_in_visit(work, offer, visit.id, now, AppointmentAct.CHECK_IN)
    appointment = read_appointment(work.connection, offer, work.actor, row.id)
    return work.commit(CheckedIn(appointment=appointment, issued=issued))


def _check_ticket_lost(work: Work, row: Any) -> None:
    """Who checked in before does so again only when that ticket ended without service.

    The ticket is held: taking its end back waits, and is then refused by :func:`may_revive`.
    """
    if row.ticket_id is not None and hold(work, row.ticket_id).standing.state not in _LOST:
        raise LifeWrongState(reference=row.reference, state=row.state)


def may_revive(work: Work, ticket_id: str) -> bool:
    """Whether a withdrawn ticket is still that of its appointment; the ticket is held."""
    return work.connection.scalar(_OF_TICKET, {"ticket": ticket_id}) is not None


def undo_check_in(
    work: Work, offer: Offer, appointment_id: str, command: AppointmentAsked
) -> Appointment:
    """It was somebody else: the ticket is withdrawn, as long as nobody called it."""
    work.allow(Permission.WITHDRAW_TICKET)
    row = held(work, appointment_id, AppointmentAct.UNDO_CHECK_IN, command.seen_version)
    ticket = hold(work, row.ticket_id)
    if ticket.standing.state is not TicketState.WAITING:
        raise WrongState(
            number=ticket.row.label, state=ticket.standing.state, wanted=TicketState.WAITING
        )
    move(work, ticket, TicketState.WITHDRAWN, act="withdraw_ticket")
    write(
        work,
        row,
        AppointmentAct.UNDO_CHECK_IN,
        state=str(AppointmentState.BOOKED),
        ticket_id=None,
    )
    undo_act(work, ticket.row.visit_id, ActKind.CHECKED_IN, row.id)
    return work.commit(read_appointment(work.connection, offer, work.actor, row.id))


def note_absent(
    work: Work, offer: Offer, appointment_id: str, command: AppointmentAsked
) -> Appointment:
    """They did not come; who comes after all can still be checked in."""
    work.allow(Permission.BOOK_APPOINTMENT)
    row = held(work, appointment_id, AppointmentAct.NO_SHOW, command.seen_version)
    if work.recorded_at < row.starts_at:
        raise NotYetAbsent(reference=row.reference)
    write(work, row, AppointmentAct.NO_SHOW, state=str(AppointmentState.NO_SHOW))
    return work.commit(read_appointment(work.connection, offer, work.actor, row.id))


class _Absent(WireOut):
    appointments: int


def end_appointments(store: Store) -> None:
    """Whoever was expected on an earlier day and did not come is noted absent."""
    nobody = Actor("", "", "", frozenset())
    today = begin_of(local_day(store.clock.now()))
    with store.work(Request(nobody)) as work:
        left = list(work.connection.scalars(_LEFT, {"today": today}))
        for appointment_id in left:
            row = held(work, appointment_id, AppointmentAct.NO_SHOW)
            write(work, row, AppointmentAct.NO_SHOW, state=str(AppointmentState.NO_SHOW))
        if left:
            work.commit(_Absent(appointments=len(left)))


def _check_time(work: Work, row: Any, terms: ProductTerms) -> None:
    if work.recorded_at < row.starts_at - terms.early:
        raise TooEarly(reference=row.reference, minutes=terms.early_minutes)
    if work.recorded_at > row.starts_at + terms.late:
        raise TooLate(reference=row.reference, minutes=terms.late_minutes)


def _terms(work: Work, offer: Offer, row: Any) -> ProductTerms:
    """Of a product that left the catalogue the usual ones."""
    product = offer.find_product(row.product_id)
    return read_terms(work.connection, [product])[0] if product else usual_terms(row.minutes)


def _in_same_queue(offer: Offer, row: Any) -> list[str]:
    """What is served in the same turn; the rest asks for a ticket of its own afterwards."""
    found = [offer.find_product(product) for product in row.more_products]
    here = [p for p in found if p and offer.queue_for(p, row.site_id) == offer.queue(row.queue_id)]
    return [product.id for product in here]
