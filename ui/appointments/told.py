"""What is said of an act that succeeded: what it was, and what went where because of it."""

from datetime import datetime

from loket.appointments.messages import Appointment, ConfirmBy
from loket.kit.i18n import Words
from ui.appointments.naming import when


def booked(appointment: Appointment, words: Words) -> str:
    """``Afspraak K-48213 vastgelegd · mail en sms onderweg``; paper says so itself."""
    said = words("Appointment {reference} booked", reference=appointment.reference)
    if not appointment.confirm:
        return _joined(said, words("no confirmation asked"))
    return _joined(said, on_its_way(appointment, words))


def moved(appointment: Appointment, words: Words) -> str:
    moment = when(appointment.starts_at, words)
    reference = appointment.reference
    said = words("{reference} moved to {moment}", reference=reference, moment=moment)
    return _joined(said, on_its_way(appointment, words))


def cancelled(appointment: Appointment, now: datetime, words: Words) -> str:
    """Of what is over nobody is told any more."""
    said = words("{reference} cancelled", reference=appointment.reference)
    ahead = appointment.starts_at > now
    return _joined(said, on_its_way(appointment, words) if ahead else "")


def on_its_way(appointment: Appointment, words: Words) -> str:
    """What the server sends, as was asked; to which address stands on the card."""
    by_mail = ConfirmBy.MAIL in appointment.confirm and bool(appointment.email)
    by_sms = ConfirmBy.SMS in appointment.confirm and bool(appointment.phone)
    if by_mail and by_sms:
        return words("mail and text message on their way")
    if by_mail:
        return words("mail on its way")
    return words("text message on its way") if by_sms else ""


def ways(appointment: Appointment, words: Words) -> str:
    """``Bevestiging: mail, sms, papier``, for the card."""
    names = {
        ConfirmBy.MAIL: words("mail"),
        ConfirmBy.SMS: words("text message"),
        ConfirmBy.PAPER: words("paper"),
    }
    asked = ", ".join(name for way, name in names.items() if way in appointment.confirm)
    return words("Confirmation: {ways}", ways=asked) if asked else ""


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
