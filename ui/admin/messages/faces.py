"""Messages as they are read on the screen."""

from datetime import datetime
from typing import Final

from loket.channels.faults import SendFault
from loket.correspondence.messages import OutgoingMessage
from loket.correspondence.rules import (
    EXPIRED,
    TO_SEND_AGAIN,
    TO_WITHDRAW,
    Field,
    MessageChannel,
    MessageKind,
    MessageState,
)
from loket.kit.clock import local_day
from loket.kit.i18n import Words, mark
from loket.wire.contact import number_shown
from ui.admin.messages.state import Pile, Row, Shown

FILTERS: Final = (
    (Pile.WAITING, mark("Waiting to go out"), "ph.hourglass-medium-bold"),
    (Pile.FAILED, mark("Failed"), "ph.warning-bold"),
    (Pile.IN_DOUBT, mark("In doubt"), "ph.question-bold"),
    (Pile.PLANNED, mark("Planned"), "ph.calendar-bold"),
    (Pile.SENT, mark("Sent"), "ph.check-circle-bold"),
)
EMPTY: Final = {
    Pile.WAITING: (mark("Nothing waits"), mark("Everything that was due has gone out.")),
    Pile.PLANNED: (
        mark("Nothing planned"),
        mark("Reminders of appointments stand here until the day before."),
    ),
    Pile.FAILED: (mark("Nothing failed"), mark("A refused message would stand here.")),
    Pile.IN_DOUBT: (
        mark("Nothing in doubt"),
        mark("A message of which nobody knows whether it arrived would stand here."),
    ),
    Pile.SENT: (mark("Nothing sent yet"), mark("Messages stand here once they are out.")),
}
_BANDS: Final = {
    MessageState.WAITING: (mark("Waits"), "ph.hourglass-medium-bold", "wait"),
    MessageState.SENDING: (mark("Is being sent"), "ph.paper-plane-tilt-bold", "call"),
    MessageState.SENT: (mark("Sent"), "ph.check-circle-bold", "serve"),
    MessageState.FAILED: (mark("Not sent"), "ph.warning-bold", "late"),
    MessageState.IN_DOUBT: (mark("Perhaps sent"), "ph.question-bold", "wait"),
    MessageState.WITHDRAWN: (mark("Withdrawn"), "ph.x-circle-bold", "done"),
}
KINDS: Final = {
    MessageKind.APPOINTMENT_BOOKED: mark("Appointment booked"),
    MessageKind.APPOINTMENT_MOVED: mark("Appointment moved"),
    MessageKind.APPOINTMENT_CANCELLED: mark("Appointment cancelled"),
    MessageKind.APPOINTMENT_REMINDER: mark("Reminder of an appointment"),
    MessageKind.APPOINTMENT_MISFIT: mark("Asked to choose another moment"),
    MessageKind.WISH_OFFERED: mark("Earlier moment offered"),
    MessageKind.REPORT_RECEIVED: mark("Receipt of a report"),
    MessageKind.REPORT_REPLIED: mark("Reply to a report"),
    MessageKind.REPORT_ALERT: mark("Warning of something dangerous"),
    MessageKind.REPORT_FORWARDED: mark("Report for another party"),
}
CHANNELS: Final = {
    MessageChannel.MAIL: (mark("E-mail"), "ph.envelope-simple"),
    MessageChannel.SMS: (mark("Text message"), "ph.chat-text"),
}
LANGUAGES: Final = {
    "nl": mark("Dutch"),
    "fr": mark("French"),
    "en": mark("English"),
    "de": mark("German"),
}
_REASONS: Final = {
    SendFault.RECIPIENT_REFUSED: mark(
        "There is no such address or number. Ask for the right one and send it again."
    ),
    SendFault.MESSAGE_REFUSED: mark(
        "The mail server or gateway refused this message. Call the person instead."
    ),
    SendFault.SENDER_REFUSED: mark(
        "The mail server or gateway refuses us. Warn the administrator: nothing goes out now."
    ),
    SendFault.UNREACHABLE: mark("The mail server or gateway does not answer. It goes by itself."),
    SendFault.BUSY: mark("The other side asked to come back later. It goes by itself."),
    SendFault.BROKEN_OFF: mark("The line broke before the message was there. It goes by itself."),
    SendFault.UNCERTAIN: mark(
        "The line broke while it was handed over: it may have arrived. Ask the person, "
        "and send it again if it did not."
    ),
    SendFault.NOT_WRITABLE: mark("The folder for outgoing messages cannot be written."),
    SendFault.RETURNED: mark(
        "It came back: the mail could not be delivered. Ask for the right address and send it "
        "again."
    ),
}
_GIVEN_UP: Final = mark("It was tried for three days. Send it again, or call the person.")
_OVER: Final = mark("What it says was over before it could go out.")
FIELDS: Final = {
    Field.NAME: mark("name of the person"),
    Field.MOMENT: mark("day and hour"),
    Field.DAY: mark("day"),
    Field.TIME: mark("hour"),
    Field.EARLIER: mark("when it was before"),
    Field.PLACE: mark("building and address"),
    Field.PRODUCT: mark("what it is for"),
    Field.REFERENCE: mark("reference"),
    Field.BRING: mark("what to bring"),
    Field.FEE: mark("what it costs"),
    Field.REASON: mark("why"),
    Field.ANSWER_BY: mark("answer before"),
    Field.LINK: mark("page on the internet"),
    Field.TOWN: mark("name of the town"),
    Field.PHONE: mark("telephone of the town"),
    Field.SUBJECT: mark("what a report is about"),
    Field.SAID: mark("what was said"),
    Field.TERM: mark("last day for the answer"),
}


def row_of(words: Words, message: OutgoingMessage, now: datetime) -> Row:
    kind = words(KINDS[message.kind])
    tried = words.plural("tried {n} time", "tried {n} times", message.attempts)
    shows_tries = message.attempts > 1 and message.state is not MessageState.SENT
    return Row(
        key=message.id,
        title=_recipient(words, message),
        detail=f"{kind} · {tried}" if shows_tries else kind,
        time=when(words, _moment_of(message), now),
        icon=CHANNELS[message.channel][1],
    )


def _moment_of(message: OutgoingMessage) -> datetime:
    """What the list tells: when it goes, or when it came to stand as it does."""
    waits = message.state is MessageState.WAITING
    return message.next_try_at if waits else message.changed_at


def when(words: Words, moment: datetime, now: datetime) -> str:
    """``10:15`` today, and ``di 17 maart 10:15`` on any other day."""
    time = words.time(moment)
    day = local_day(moment)
    return time if day == local_day(now) else f"{words.short_day(day)} {time}"


def _recipient(words: Words, message: OutgoingMessage) -> str:
    if message.hidden:
        return words("Visitor of another department")
    if not message.recipient:
        return words("Erased")
    by_sms = message.channel is MessageChannel.SMS
    return number_shown(message.recipient) if by_sms else message.recipient


def shown_of(words: Words, message: OutgoingMessage, now: datetime) -> Shown:
    name, icon, tone = _band(message, now)
    known = bool(message.recipient) and not message.hidden
    waits = message.state is MessageState.WAITING
    moment = when(words, _moment_of(message), now)
    return Shown(
        key=message.id,
        state=words(name),
        icon=icon,
        tone=tone,
        when=words("goes at {time}", time=moment) if waits else moment,
        reason=_reason(words, message),
        facts=_facts(words, message, now),
        recipient=_recipient(words, message) if known else "",
        title=message.title,
        text=message.text or _nothing(words, message),
        send=words("Send now") if waits else words("Send again"),
        may_send=message.state in TO_SEND_AGAIN and (known or message.hidden),
        may_redirect=message.state in TO_SEND_AGAIN and known,
        may_withdraw=message.state in TO_WITHDRAW,
    )


def _band(message: OutgoingMessage, now: datetime) -> tuple[str, str, str]:
    """What is not due yet does not wait: nothing is wrong, and nobody has to do anything."""
    if message.state is MessageState.WAITING and message.due_at > now:
        return (mark("Planned"), "ph.calendar-bold", "done")
    return _BANDS[message.state]


def _nothing(words: Words, message: OutgoingMessage) -> str:
    if message.hidden:
        return words("Only the department itself reads what stands here.")
    return words("Recipient and text were erased after their time.")


def _reason(words: Words, message: OutgoingMessage) -> str:
    if message.fault == EXPIRED:
        return words(_OVER)
    if not message.fault or message.state in {MessageState.SENT, MessageState.WITHDRAWN}:
        return ""
    fault = SendFault(message.fault)
    passing = {SendFault.UNREACHABLE, SendFault.BUSY, SendFault.BROKEN_OFF}
    if message.state is MessageState.FAILED and fault in passing:
        return words(_GIVEN_UP)
    return words(_REASONS[fault])


def _facts(words: Words, message: OutgoingMessage, now: datetime) -> tuple[tuple[str, str], ...]:
    channel = words(CHANNELS[message.channel][0])
    if message.has_calendar:
        channel = words("{channel}, with a calendar item", channel=channel)
    return (
        (words("To"), _recipient(words, message)),
        (words("Message"), words(KINDS[message.kind])),
        (words("By"), channel),
        (words("Language"), words(LANGUAGES.get(message.language, message.language))),
        (words("Written"), when(words, message.made_at, now)),
        (words("Attempts"), words.number(message.attempts)),
    )
