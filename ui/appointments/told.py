"""What is said of an act that succeeded: what it was, and what went where because of it."""

from datetime import datetime

from loket.appointments.messages import Appointment, ConfirmBy
from loket.kit.i18n import Words
from loket.wire.contact import number_shown
from ui.appointments.naming import when


def booked(appointment: Appointment, words: Words) -> str:
    """``Afspraak K-48213 vastgelegd · mail naar r.amrani@example.be``; paper says so itself."""
    said = words("Appointment {reference} booked", reference=appointment.reference)
    if not appointment.confirm:
        return _joined(said, words("no confirmation asked"))
    return _joined(said, *went(appointment, words))


def moved(appointment: Appointment, words: Words) -> str:
    moment = when(appointment.starts_at, words)
    reference = appointment.reference
    said = words("{reference} moved to {moment}", reference=reference, moment=moment)
    return _joined(said, *went(appointment, words))


def cancelled(appointment: Appointment, now: datetime, words: Words) -> str:
    """Of what is over nobody is told any more."""
    said = words("{reference} cancelled", reference=appointment.reference)
    ahead = appointment.starts_at > now
    return _joined(said, *(went(appointment, words) if ahead else ()))


def went(appointment: Appointment, words: Words) -> tuple[str, ...]:
    """To whom the server writes, as it was asked for."""
    ways = appointment.confirm
    mail = words("mail to {address}", address=appointment.email)
    number = number_shown(appointment.phone) if appointment.phone else ""
    sms = words("text message to {number}", number=number)
    by_mail = (mail,) if ConfirmBy.MAIL in ways and appointment.email else ()
    return by_mail + ((sms,) if ConfirmBy.SMS in ways and number else ())


def _joined(*parts: str) -> str:
    return " · ".join(parts)
