"""What every act on an appointment writes: its row, its history, the journal, the event."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from loket.appointments.messages import AppointmentChanged
from loket.appointments.queries.appointments import APPOINTMENT
from loket.appointments.rules.life import (
    FIRST_REFERENCE,
    FROM,
    AppointmentAct,
    AppointmentStale,
    AppointmentState,
    UnknownAppointment,
    WrongState,
    reference,
)
from loket.appointments.tables import ReferenceRow, StepRow
from loket.catalogue.offer import Offer
from loket.kit.ids import new_id
from loket.store.work import Work
from loket.visits.messages import ActKind
from loket.visits.usecases import note_act

_STEP = StepRow.metadata.tables["appointment_step"]
_REFERENCE = ReferenceRow.metadata.tables["appointment_reference"]
_HOLD = select(APPOINTMENT).where(APPOINTMENT.c.id == bindparam("appointment")).with_for_update()
_CHANGE = update(APPOINTMENT).where(APPOINTMENT.c.id == bindparam("appointment"))
_ADD_STEP = insert(_STEP)


def _next_reference(dialect: str) -> Any:
    upsert = (sqlite if dialect == "sqlite" else postgresql).insert(_REFERENCE)
    return upsert.on_conflict_do_update(
        index_elements=["id"], set_={"last_number": _REFERENCE.c.last_number + 1}
    ).returning(_REFERENCE.c.last_number)


_NEXT_REFERENCE = {name: _next_reference(name) for name in ("sqlite", "postgresql")}


def new_reference(work: Work) -> str:
    """The next reference; each is given once."""
    row = {"id": 1, "last_number": FIRST_REFERENCE}
    statement = _NEXT_REFERENCE[work.connection.dialect.name]
    return reference(work.connection.execute(statement, row).scalar_one())


def held(
    work: Work, appointment_id: str, act: AppointmentAct, seen_version: int | None = None
) -> Any:
    """Take an appointment for an act that its state allows and whose picture was fresh."""
    row = work.connection.execute(_HOLD, {"appointment": appointment_id}).one_or_none()
    if row is None:
        raise UnknownAppointment(appointment=appointment_id)
    if seen_version is not None and seen_version != row.version:
        raise AppointmentStale(reference=row.reference, state=row.state, version=row.version)
    if AppointmentState(row.state) not in FROM[act]:
        raise WrongState(reference=row.reference, state=row.state)
    return row


def write(work: Work, row: Any, act: AppointmentAct, *, reason: str = "", **values: Any) -> Any:
    """Write an appointment as it now is and everywhere what was done; gives the new row."""
    version = row.version + 1
    work.connection.execute(_CHANGE, {"appointment": row.id, **values, "version": version})
    now = work.connection.execute(_HOLD, {"appointment": row.id}).one()
    tell(work, now, act, before=row.starts_at, reason=reason)
    if now.site_id != row.site_id:
        tell_site(work, row.site_id, now, act, queue_id=row.queue_id, before=row.starts_at)
    return now


def tell(
    work: Work, row: Any, act: AppointmentAct, *, before: datetime | None = None, reason: str = ""
) -> None:
    """Write the step in its history and the journal, and tell the desks of its site."""
    work.connection.execute(
        _ADD_STEP,
        {
            "appointment_id": row.id,
            "seq": row.version,
            "act": str(act),
            "at": work.now,
            "user_id": work.actor.user_id or None,
            "counter_id": work.actor.counter_id or None,
            "queue_id": row.queue_id,
            "starts_at": row.starts_at,
            "reason": reason,
        },
    )
    work.record(f"{act}_appointment", "appointment", row.id, version=row.version)
    tell_site(work, row.site_id, row, act, queue_id=row.queue_id, before=before)


def tell_site(
    work: Work,
    site_id: str,
    row: Any,
    act: AppointmentAct,
    *,
    queue_id: str,
    before: datetime | None,
) -> None:
    moved = before if before != row.starts_at else None
    event = AppointmentChanged(
        act=act,
        appointment_id=row.id,
        queue_id=queue_id,
        starts_at=row.starts_at,
        before=moved,
        state=AppointmentState(row.state),
    )
    work.announce(site_id, "appointment_changed", event)


_KINDS = {
    AppointmentAct.BOOK: ActKind.APPOINTMENT_BOOKED,
    AppointmentAct.MOVE: ActKind.APPOINTMENT_MOVED,
    AppointmentAct.CANCEL: ActKind.APPOINTMENT_CANCELLED,
    AppointmentAct.CHECK_IN: ActKind.CHECKED_IN,
}


def note_in_visit(work: Work, offer: Offer, visit_id: str, row: Any, act: AppointmentAct) -> None:
    """Write in the visit what was done with the appointment; does not commit."""
    note_act(
        work,
        offer,
        visit_id,
        {
            "id": new_id(),
            "kind": str(_KINDS[act]),
            "ticket_id": None,
            "product_id": row.product_id,
            "text": "",
            "about_id": row.id,
            "reference": row.reference,
            "at": row.starts_at,
        },
    )
