"""Outgoing messages and their templates on the wire."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from loket.correspondence.rules import (
    TEXT_LENGTH,
    TITLE_LENGTH,
    MessageChannel,
    MessageKind,
    MessageState,
)
from loket.wire.base import Id, Moment, WireIn, WireOut
from loket.wire.contact import LONGEST_ADDRESS

CitizenLanguage = Literal["nl", "fr", "en", "de"]


class OutgoingMessage(WireOut):
    """A message as a desk may see it."""

    id: str
    channel: MessageChannel
    kind: MessageKind
    subject_id: str
    site_id: str
    product_id: str | None
    language: str
    recipient: str
    title: str
    text: str
    """These three are empty once they were erased, and where ``hidden``."""
    has_calendar: bool
    hidden: bool
    """About a department whose visitors this desk does not know."""
    state: MessageState
    fault: str
    attempts: int
    made_at: Moment
    due_at: Moment
    until_at: Moment | None
    next_try_at: Moment
    sent_at: Moment | None
    changed_at: Moment


class MessagesAsked(WireIn):
    """Which messages: in which state, or about what; the newest first, page by page."""

    state: MessageState | None = None
    planned: bool | None = None
    """Only those whose time is still to come, such as reminders; or only those that are due."""
    subject_id: Id | None = None
    before: Id | None = None
    """The ``next`` of the page before."""
    many: int = Field(default=50, ge=1, le=200)


class MessageCounts(WireOut):
    """How many ask for attention, in the whole town."""

    waiting: int
    """Due, and not sent yet."""
    planned: int
    """To be sent by themselves at a later moment."""
    failed: int
    in_doubt: int


class MessagePage(WireOut):
    messages: list[OutgoingMessage]
    next: str | None
    """None: these are the last ones."""
    counts: MessageCounts


class SendAgain(WireIn):
    """Send it after all; to another address or number where the old one was wrong."""

    recipient: str | None = Field(default=None, min_length=1, max_length=LONGEST_ADDRESS)


class MessageChanged(WireOut):
    """Event ``message_changed``: where a message stands; ids and codes only."""

    message_id: str
    subject_id: str
    kind: MessageKind
    channel: MessageChannel
    state: MessageState


class TemplateKey(WireIn):
    """Which text: of all products, or of one."""

    kind: MessageKind
    channel: MessageChannel
    language: CitizenLanguage
    product_id: Id | None = None


class ChangeTemplate(TemplateKey):
    title: Annotated[str, StringConstraints(strip_whitespace=True, max_length=TITLE_LENGTH)] = ""
    text: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=TEXT_LENGTH)
    ]
    seen_version: int = Field(ge=0)
    """Of the text that was changed; 0: the usual one."""


class ResetTemplate(TemplateKey):
    """Back to the usual text; one product's back to that of all products."""


class MessageTemplate(WireOut):
    """A text of the town's own, or the usual one where ``version`` is 0."""

    kind: MessageKind
    channel: MessageChannel
    language: str
    product_id: str | None
    title: str
    text: str
    version: int
    changed_at: Moment | None


class MessageTemplates(WireOut):
    """The text for all products of every kind, channel and language; and those of one product."""

    templates: list[MessageTemplate]
