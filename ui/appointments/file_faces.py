"""What the card of an appointment says: what it is, what became of it, what can be done."""

from typing import TYPE_CHECKING

from loket.appointments.messages import Appointment, Step
from loket.appointments.rules.life import FROM, AppointmentAct, CancelReason
from loket.kit.clock import local_day
from loket.kit.i18n import Words, mark
from loket.queue.rules.life import TicketState
from loket.wire.contact import number_shown
from ui.appointments import told
from ui.appointments.naming import CHIPS, full_product, look_of, said_name, when
from ui.appointments.state import FileState, StepFace

if TYPE_CHECKING:
    from ui.appointments.showing import Known

REASONS: dict[CancelReason, str] = {
    CancelReason.CITIZEN: mark("The visitor asked for it"),
    CancelReason.TOWN: mark("The town cannot do it"),
    CancelReason.MISTAKE: mark("Booked by mistake"),
}
_STEPS: dict[AppointmentAct, tuple[str, str]] = {
    AppointmentAct.BOOK: (mark("Booked for {moment}"), "ph.calendar-plus"),
    AppointmentAct.MOVE: (mark("Moved to {moment}"), "ph.arrows-left-right"),
    AppointmentAct.CHANGE: (mark("Details changed"), "ph.pencil-simple"),
    AppointmentAct.CANCEL: (mark("Appointment cancelled"), "ph.x"),
    AppointmentAct.CHECK_IN: (mark("Visitor checked in"), "ph.sign-in"),
    AppointmentAct.UNDO_CHECK_IN: (mark("Check-in taken back"), "ph.arrow-counter-clockwise"),
    AppointmentAct.NO_SHOW: (mark("Did not come"), "ph.user-minus"),
}


def file_state(known: "Known") -> FileState:
    """The card of the appointment that is open."""
    if known.file is None:
        return FileState()
    words, appointment = known.words, known.file.appointment
    chip, icon, tone = chip_of(appointment, known)
    today = local_day(appointment.starts_at) == local_day(known.now)
    past = appointment.starts_at <= known.now
    parts = [
        known.town.site_name(appointment.site_id),
        words("{minutes} min", minutes=appointment.minutes),
        words.plural("{n} person", "{n} persons", appointment.persons)
        if appointment.persons > 1
        else "",
    ]
    return FileState(
        id=appointment.id,
        reference=appointment.reference,
        chip=chip,
        chip_icon=icon,
        chip_tone=tone,
        name=said_name(appointment, words),
        when=when(appointment.starts_at, words),
        product=full_product(appointment.product_ids, known.town.products()),
        detail=" · ".join(part for part in parts if part),
        reach=tuple(_reach(appointment, words)),
        steps=tuple(_step(step, known) for step in reversed(known.file.steps)),
        can_check_in=_may_check_in(appointment) and today,
        can_undo=_may(appointment, AppointmentAct.UNDO_CHECK_IN),
        can_move=_may(appointment, AppointmentAct.MOVE),
        can_cancel=_may(appointment, AppointmentAct.CANCEL),
        can_change=_may(appointment, AppointmentAct.CHANGE),
        can_no_show=_may(appointment, AppointmentAct.NO_SHOW) and past,
        anyway=known.anyway,
        cancelling=known.cancelling,
        reasons=tuple((reason, words(text)) for reason, text in REASONS.items()),
        busy=known.busy,
    )


def chip_of(appointment: Appointment, known: "Known") -> tuple[str, str, str]:
    """Word, icon and tone; of who is late also how much."""
    word, icon, tone = CHIPS[look_of(appointment, known.now)]
    parts = [known.words(word), appointment.ticket, _where(appointment, known)]
    return " · ".join(part for part in parts if part), icon, tone


def _where(appointment: Appointment, known: "Known") -> str:
    counter = known.town.own.counter(appointment.counter_id or "")
    return counter.name if counter else ""


def _may_check_in(appointment: Appointment) -> bool:
    """Again, too, when the ticket of the first time ended without service."""
    lost = appointment.ticket_state in {None, TicketState.WITHDRAWN, TicketState.EXPIRED}
    return lost and _may(appointment, AppointmentAct.CHECK_IN)


def _may(appointment: Appointment, act: AppointmentAct) -> bool:
    return appointment.state in FROM[act]


def _reach(appointment: Appointment, words: Words) -> list[tuple[str, str]]:
    phone = number_shown(appointment.phone) if appointment.phone else ""
    ways = [
        ("ph.phone", phone),
        ("ph.envelope-simple", appointment.email),
        ("ph.paper-plane-tilt", told.ways(appointment, words)),
        ("ph.note", appointment.note),
    ]
    return [(icon, text) for icon, text in ways if text]


def _step(step: Step, known: "Known") -> StepFace:
    words = known.words
    text, icon = _STEPS[step.act]
    said = words(text, moment=when(step.starts_at, words)) if "{" in text else words(text)
    counter = known.town.own.counter(step.counter_id or "")
    reason = next((words(why) for code, why in REASONS.items() if code == step.reason), "")
    parts = [when(step.at, words), counter.name if counter else "", reason]
    return StepFace(said, " · ".join(part for part in parts if part), icon)
