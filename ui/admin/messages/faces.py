"""Messages as they are read on the screen."""

from datetime import datetime
from typing import Final

from loket.correspondence.messages import OutgoingMessage
from loket.correspondence.rules import (
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
from ui.core.post_words import BANDS, why_not_sent

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
        reason=why_not_sent(message.state, message.fault, words),
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
    return BANDS[message.state]


def _nothing(words: Words, message: OutgoingMessage) -> str:
    if message.hidden:
        return words("Only the department itself reads what stands here.")
    return words("Recipient and text were erased after their time.")


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
