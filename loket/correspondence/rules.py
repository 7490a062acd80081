"""The rules of outgoing messages, pure: kinds, states, templates and when to try again."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from loket.kit.errors import Conflict, Invalid, NotAllowed, NotFound


class MessageChannel(StrEnum):
    MAIL = "mail"
    SMS = "sms"


class MessageKind(StrEnum):
    """Why somebody is written to.

    An area that has something new to say adds its kind here, its fields to ``FIELDS`` and its usual
    text to ``wording``.
    """

    APPOINTMENT_BOOKED = "appointment_booked"
    APPOINTMENT_MOVED = "appointment_moved"
    APPOINTMENT_CANCELLED = "appointment_cancelled"
    APPOINTMENT_REMINDER = "appointment_reminder"
    APPOINTMENT_MISFIT = "appointment_misfit"
    """The opening times changed: they must choose another moment."""
    WISH_OFFERED = "wish_offered"
    REPORT_RECEIVED = "report_received"
    REPORT_REPLIED = "report_replied"
    """What a handler wrote, as they wrote it."""
    REPORT_ALERT = "report_alert"
    """To the team, not to a citizen: something dangerous was reported."""
    REPORT_FORWARDED = "report_forwarded"
    """To a party outside the town hall that handles it."""


ANSWERABLE: Final = frozenset(
    {MessageKind.REPORT_RECEIVED, MessageKind.REPORT_REPLIED, MessageKind.REPORT_FORWARDED}
)
"""What is written back to these lands in the file they are about."""


class MessageState(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    """Claimed by a postman, who has not said yet what came of it."""
    SENT = "sent"
    FAILED = "failed"
    IN_DOUBT = "in_doubt"
    """It may have arrived: only a person sends it again."""
    WITHDRAWN = "withdrawn"


TO_SEND_AGAIN: Final = {MessageState.WAITING, MessageState.FAILED, MessageState.IN_DOUBT}
TO_WITHDRAW: Final = TO_SEND_AGAIN
SETTLED: Final = {
    MessageState.SENT,
    MessageState.FAILED,
    MessageState.IN_DOUBT,
    MessageState.WITHDRAWN,
}
HANDED_OVER: Final = frozenset({MessageState.SENDING, MessageState.SENT, MessageState.IN_DOUBT})
"""A mail server has it, or may have it: from there it can come back."""
EXPIRED: Final = "expired"
"""The fault of a message whose moment was over before it could go out."""


class UnknownMessage(NotFound):
    code = "message.unknown"


class MessageOnItsWay(Conflict):
    """It is being sent at this very moment."""

    code = "message.on_its_way"
    final = False


class MessageNotToSend(Conflict):
    """It went out already, or was withdrawn."""

    code = "message.not_to_send"


class MessageSentAlready(Conflict):
    """What went out cannot be withdrawn."""

    code = "message.sent_already"


class MessageExpired(Conflict):
    """What it says is over."""

    code = "message.expired"


class MessageForgotten(Conflict):
    """Recipient and text were erased after their time."""

    code = "message.forgotten"


class MessageHidden(NotAllowed):
    """Who may not read a message does not send it elsewhere either."""

    code = "message.hidden"


class RecipientUnreadable(Invalid):
    """No address, or no number that takes text messages."""

    code = "message.recipient"


class TemplateFieldUnknown(Invalid):
    """``field`` is not one of those that this message has."""

    code = "template.field"


class TemplateBraces(Invalid):
    """A brace that opens or closes nothing."""

    code = "template.braces"


class TemplateEmpty(Invalid):
    """Nothing would be said; or a mail has no subject."""

    code = "template.empty"


class TemplateTitle(Invalid):
    """A text message has no subject, and that of a mail is one line."""

    code = "template.title"


class TemplateChangedMeanwhile(Conflict):
    """A colleague changed the template since it was read."""

    code = "template.changed_meanwhile"


# Templates


class Field(StrEnum):
    """What a template may mention, as a clerk types it between braces."""

    NAME = "naam"
    MOMENT = "moment"
    DAY = "dag"
    TIME = "uur"
    EARLIER = "vroeger"
    PLACE = "plaats"
    PRODUCT = "product"
    REFERENCE = "referentie"
    BRING = "meebrengen"
    FEE = "bedrag"
    REASON = "reden"
    ANSWER_BY = "uiterlijk"
    LINK = "link"
    TOWN = "stad"
    PHONE = "telefoon"
    SUBJECT = "onderwerp"
    SAID = "tekst"
    TERM = "termijn"


_OF_REPORTS: Final = frozenset({Field.SUBJECT, Field.SAID, Field.TERM})
_OF_EACH: Final = frozenset(Field) - {Field.EARLIER, Field.REASON, Field.ANSWER_BY} - _OF_REPORTS
_OF_A_REPORT: Final = _OF_REPORTS | {
    Field.NAME,
    Field.PLACE,
    Field.REFERENCE,
    Field.LINK,
    Field.TOWN,
    Field.PHONE,
}
FIELDS: Final[Mapping[MessageKind, frozenset[Field]]] = {
    MessageKind.APPOINTMENT_BOOKED: _OF_EACH,
    MessageKind.APPOINTMENT_MOVED: _OF_EACH | {Field.EARLIER, Field.REASON},
    MessageKind.APPOINTMENT_CANCELLED: _OF_EACH | {Field.REASON},
    MessageKind.APPOINTMENT_REMINDER: _OF_EACH,
    MessageKind.APPOINTMENT_MISFIT: _OF_EACH | {Field.REASON},
    MessageKind.WISH_OFFERED: _OF_EACH | {Field.ANSWER_BY},
    MessageKind.REPORT_RECEIVED: _OF_A_REPORT,
    MessageKind.REPORT_REPLIED: _OF_A_REPORT,
    MessageKind.REPORT_ALERT: _OF_A_REPORT,
    MessageKind.REPORT_FORWARDED: _OF_A_REPORT,
}


@dataclass(frozen=True)
class Facts:
    """What a message is about; whatever is not known stays empty and its line is left out."""

    name: str = ""
    starts_at: datetime | None = None
    earlier_at: datetime | None = None
    """When it was before it was moved."""
    place: str = ""
    """Building and address in one line."""
    products: tuple[str, ...] = ()
    reference: str = ""
    bring: tuple[str, ...] = ()
    fee_cents: int | None = None
    reason: str = ""
    answer_by: datetime | None = None
    link: str = ""
    subject: str = ""
    """What a report is about."""
    said: str = ""
    """What was reported, or what is answered; its lines are kept."""
    until: date | None = None
    """The last day on which a report is answered."""


@dataclass(frozen=True)
class Template:
    """A text with fields between braces: ``Beste {naam}``."""

    title: str
    """Of mail only."""
    text: str


TITLE_LENGTH: Final = 160
TEXT_LENGTH: Final = 4000
_FIELD: Final = re.compile(r"\{([^{}\n]*)\}")


def check_template(kind: MessageKind, channel: MessageChannel, template: Template) -> None:
    """Refuse what could not be filled in, or would say nothing."""
    has_title = bool(template.title.strip())
    if not template.text.strip() or (channel is MessageChannel.MAIL and not has_title):
        raise TemplateEmpty
    if "\n" in template.title or (channel is MessageChannel.SMS and has_title):
        raise TemplateTitle
    for text in (template.title, template.text):
        _check_fields(kind, text)


def _check_fields(kind: MessageKind, text: str) -> None:
    for name in _FIELD.findall(text):
        if name not in FIELDS[kind]:
            raise TemplateFieldUnknown(field=name[:40])
    if set(_FIELD.sub("", text)) & {"{", "}"}:
        raise TemplateBraces


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its fields filled in.

    A line that mentions fields of which none has a value is left out: who needs to bring nothing
    does not read *Breng mee:*. What is not a field stays as it stands.
    """
    lines = [_filled_line(line, values) for line in text.splitlines() if _says(line, values)]
    return _FEW_BLANK.sub("\n\n", "\n".join(lines)).strip()


_FEW_BLANK: Final = re.compile(r"\n{3,}")


def _says(line: str, values: Mapping[str, str]) -> bool:
    names = _FIELD.findall(line)
    return not names or any(values.get(name, "") for name in names)


def _filled_line(line: str, values: Mapping[str, str]) -> str:
    return _FIELD.sub(lambda found: values.get(found[1], ""), line).rstrip()


# How long a text message is

_GSM: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_TWICE: Final = frozenset("^{}\\[~]|€")
_SEPTETS, _SEPTETS_EACH = 160, 153
_WIDE, _WIDE_EACH = 70, 67


def sms_parts(text: str) -> int:
    """In how many text messages it goes (3GPP TS 23.038): one ``ë`` makes each of them shorter."""
    if all(sign in _GSM or sign in _GSM_TWICE for sign in text):
        length = sum(2 if sign in _GSM_TWICE else 1 for sign in text)
        one, each = _SEPTETS, _SEPTETS_EACH
    else:
        length = len(text.encode("utf-16-be")) // 2
        one, each = _WIDE, _WIDE_EACH
    return 1 if length <= one else -(-length // each)


# When to try again

FIRST_PAUSE: Final = timedelta(minutes=1)
LONGEST_PAUSE: Final = timedelta(hours=4)
LONGEST_CHANNEL_PAUSE: Final = timedelta(minutes=10)
"""While the channel itself is away: once it is back nobody waits longer than this."""
GIVEN_UP_AFTER: Final = timedelta(days=3)
LEASE: Final = timedelta(minutes=10)
"""Longer than any sending takes: a message that was claimed before that has lost its postman."""
KEPT: Final = timedelta(days=90)


def next_try(now: datetime, attempts: int, chance: float, *, of_channel: bool) -> datetime:
    """When to try again after the ``attempts``-th time failed; ``chance`` lies in 0 … 1.

    1, 2, 4 … minutes, a fifth more or less, so that what failed together does not come together.
    """
    longest = LONGEST_CHANNEL_PAUSE if of_channel else LONGEST_PAUSE
    doubled: int = 2 ** min(attempts - 1, 20)
    pause = min(FIRST_PAUSE * doubled, longest)
    return now + pause * (0.8 + 0.4 * chance)


def gives_up(now: datetime, due_at: datetime) -> bool:
    return now - due_at >= GIVEN_UP_AFTER
