"""Reading appointments: one, those of some days, those that answer a name or a number."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, or_, select

from loket.appointments.messages import Appointment, AppointmentFile, Appointments, ConfirmBy, Step
from loket.appointments.queries.plans import read_terms
from loket.appointments.rules.lengths import usual_terms
from loket.appointments.rules.life import (
    AppointmentAct,
    AppointmentState,
    UnknownAppointment,
)
from loket.appointments.tables import AppointmentRow, StepRow
from loket.catalogue.offer import Offer
from loket.kit.text import folded
from loket.queue.rules.life import TicketState
from loket.queue.tables import TicketRow
from loket.store.work import Actor
from loket.visits.messages import Channel, Language

APPOINTMENT = AppointmentRow.metadata.tables["appointment"]
_STEP = StepRow.metadata.tables["appointment_step"]
_TICKET = TicketRow.metadata.tables["ticket"]
_WITH_TICKET = select(
    APPOINTMENT,
    _TICKET.c.label.label("ticket_label"),
    _TICKET.c.state.label("ticket_state"),
    _TICKET.c.counter_id.label("ticket_counter"),
).outerjoin(_TICKET, _TICKET.c.id == APPOINTMENT.c.ticket_id)
_ONE = _WITH_TICKET.where(APPOINTMENT.c.id == bindparam("appointment"))
_BY_CODE = _WITH_TICKET.where(APPOINTMENT.c.code == bindparam("code"))
_IN_QUEUE = _WITH_TICKET.where(
    APPOINTMENT.c.queue_id == bindparam("queue"),
    APPOINTMENT.c.starts_at >= bindparam("begin"),
    APPOINTMENT.c.starts_at < bindparam("end"),
    APPOINTMENT.c.state != str(AppointmentState.CANCELLED),
).order_by(APPOINTMENT.c.starts_at, APPOINTMENT.c.id)
_OF_IDS = _WITH_TICKET.where(APPOINTMENT.c.id.in_(bindparam("ids", expanding=True))).order_by(
    APPOINTMENT.c.starts_at, APPOINTMENT.c.id
)
_AT_SITE = _WITH_TICKET.where(
    APPOINTMENT.c.site_id == bindparam("site"),
    APPOINTMENT.c.starts_at >= bindparam("begin"),
    APPOINTMENT.c.starts_at < bindparam("end"),
    APPOINTMENT.c.state != str(AppointmentState.CANCELLED),
).order_by(APPOINTMENT.c.starts_at, APPOINTMENT.c.id)
_FOUND = (
    _WITH_TICKET.where(
        or_(
            APPOINTMENT.c.reference == bindparam("reference"),
            APPOINTMENT.c.code == bindparam("code"),
            APPOINTMENT.c.phone == bindparam("phone"),
            APPOINTMENT.c.name_key.like(bindparam("name"), escape="\\"),
        ),
        APPOINTMENT.c.starts_at >= bindparam("since"),
    )
    .order_by(APPOINTMENT.c.starts_at, APPOINTMENT.c.id)
    .limit(bindparam("most"))
)
_STEPS = (
    select(_STEP).where(_STEP.c.appointment_id == bindparam("appointment")).order_by(_STEP.c.seq)
)
MOST_FOUND = 50


def name_key(name: str) -> str:
    """A name as it is searched: lower case, without accents."""
    return folded(name)[:80]


def read_appointment(
    connection: Connection, offer: Offer, actor: Actor, appointment_id: str
) -> Appointment:
    row = connection.execute(_ONE, {"appointment": appointment_id}).one_or_none()
    if row is None:
        raise UnknownAppointment(appointment=appointment_id)
    return _shown(connection, offer, actor, [row])[0]


def find_by_code(connection: Connection, offer: Offer, actor: Actor, code: str) -> Appointment:
    """The appointment of a scanned barcode."""
    row = connection.execute(_BY_CODE, {"code": code}).one_or_none()
    if row is None:
        raise UnknownAppointment(appointment=code)
    return _shown(connection, offer, actor, [row])[0]


def read_file(
    connection: Connection, offer: Offer, actor: Actor, appointment_id: str
) -> AppointmentFile:
    """An appointment with everything that happened to it."""
    appointment = read_appointment(connection, offer, actor, appointment_id)
    steps = [
        Step(
            act=AppointmentAct(row.act),
            at=row.at,
            user_id=row.user_id,
            counter_id=row.counter_id,
            starts_at=row.starts_at,
            reason=row.reason,
        )
        for row in connection.execute(_STEPS, {"appointment": appointment_id})
    ]
    return AppointmentFile(appointment=appointment, steps=steps)


def of_queue(
    connection: Connection,
    offer: Offer,
    actor: Actor,
    *,
    queue_id: str,
    begin: datetime,
    end: datetime,
) -> list[Appointment]:
    """All that begin between two moments, without the cancelled ones."""
    asked = {"queue": queue_id, "begin": begin, "end": end}
    return _shown(connection, offer, actor, connection.execute(_IN_QUEUE, asked).all())


def of_ids(
    connection: Connection, offer: Offer, actor: Actor, ids: Sequence[str]
) -> list[Appointment]:
    """These, by the time they begin."""
    return _shown(connection, offer, actor, connection.execute(_OF_IDS, {"ids": list(ids)}).all())


def of_site(
    connection: Connection,
    offer: Offer,
    actor: Actor,
    *,
    site_id: str,
    begin: datetime,
    end: datetime,
) -> list[Appointment]:
    asked = {"site": site_id, "begin": begin, "end": end}
    return _shown(connection, offer, actor, connection.execute(_AT_SITE, asked).all())


def find(
    connection: Connection, offer: Offer, actor: Actor, *, text: str, phone: str, since: datetime
) -> Appointments:
    """By reference, barcode, telephone (E.164) or a part of the name, from a day on."""
    plain = name_key(text.strip())
    escaped = plain.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
    asked = {
        "reference": _reference(text),
        "code": text.strip().upper(),
        "phone": phone or "-",
        "name": f"%{escaped}%" if escaped else "-",
        "since": since,
        "most": MOST_FOUND + 1,
    }
    rows = [
        row
        for row in connection.execute(_FOUND, asked)
        if may_know(actor, offer, row) or _named(row, asked)
    ]
    found = _shown(connection, offer, actor, rows[:MOST_FOUND])
    return Appointments(appointments=found, more=len(rows) > MOST_FOUND)


def _named(row: Any, asked: Mapping[str, Any]) -> bool:
    """By its own number: a name or telephone tells nothing of a confidential department."""
    return bool(row.reference == asked["reference"] or row.code == asked["code"])


def _reference(text: str) -> str:
    """``k48213`` → ``K-48213``."""
    typed = text.strip().upper().replace(" ", "").replace("-", "")
    return f"K-{typed[1:]}" if typed[:1] == "K" and typed[1:].isdigit() else "-"


def _shown(
    connection: Connection, offer: Offer, actor: Actor, rows: Iterable[Any]
) -> list[Appointment]:
    listed = list(rows)
    late = _late_minutes(connection, offer, {row.product_id for row in listed})
    return [
        appointment_of(row, hidden=not may_know(actor, offer, row), late=late[row.product_id])
        for row in listed
    ]


def _late_minutes(connection: Connection, offer: Offer, products: set[str]) -> Mapping[str, int]:
    known = [p for p in (offer.find_product(product) for product in sorted(products)) if p]
    terms = read_terms(connection, known) if known else []
    usual = dict.fromkeys(products, usual_terms(1).late_minutes)
    return usual | {p.id: t.late_minutes for p, t in zip(known, terms, strict=True)}


def may_know(actor: Actor, offer: Offer, row: Any) -> bool:
    """Who comes for a confidential department has a name only where it is served or was booked."""
    products = [row.product_id, *row.more_products]
    if not any(offer.is_confidential(product) for product in products):
        return True
    own = {row.counter_id, *offer.counters_of(row.queue_id)}
    return actor.counter_id in own


def appointment_of(row: Any, *, hidden: bool, late: int) -> Appointment:
    return Appointment(
        id=row.id,
        reference=row.reference,
        code="" if hidden else row.code,
        site_id=row.site_id,
        queue_id=row.queue_id,
        product_ids=[] if hidden else [row.product_id, *row.more_products],
        starts_at=row.starts_at,
        minutes=row.minutes,
        persons=row.persons,
        state=AppointmentState(row.state),
        name="" if hidden else row.name,
        phone="" if hidden else row.phone,
        email="" if hidden else row.email,
        language=Language(row.language),
        note="" if hidden else row.note,
        confirm=[ConfirmBy(way) for way in row.confirm],
        remind=row.remind,
        channel=Channel(row.channel),
        booked_at=row.booked_at,
        version=row.version,
        ticket=row.ticket_label or "",
        ticket_id=row.ticket_id,
        ticket_state=TicketState(row.ticket_state) if row.ticket_state else None,
        counter_id=row.ticket_counter,
        late_minutes=late,
    )
