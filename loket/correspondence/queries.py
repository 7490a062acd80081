"""Reading outgoing messages, as a desk may see them, and the town's templates."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from loket.catalogue.offer import Offer
from loket.correspondence.messages import (
    MessageCounts,
    MessagePage,
    MessagesAsked,
    MessageTemplate,
    MessageTemplates,
    OutgoingMessage,
)
from loket.correspondence.rules import (
    MessageChannel,
    MessageKind,
    MessageState,
    Template,
    UnknownMessage,
)
from loket.correspondence.tables import MessageTemplateRow, OutgoingMessageRow
from loket.correspondence.wording import usual_template
from loket.kit.i18n import CITIZEN_LANGUAGES
from loket.store.work import Actor

MESSAGE = OutgoingMessageRow.metadata.tables["outgoing_message"]
TEMPLATE = MessageTemplateRow.metadata.tables["message_template"]

_FIND = select(MESSAGE).where(MESSAGE.c.id == bindparam("message"))
_HOLD = _FIND.with_for_update()
_ATTENTION = (MessageState.WAITING, MessageState.FAILED, MessageState.IN_DOUBT)
_AHEAD = func.count().filter(MESSAGE.c.due_at > bindparam("now"))
_COUNTS = (
    select(MESSAGE.c.state, func.count().label("many"), _AHEAD.label("ahead"))
    .where(MESSAGE.c.state.in_([str(state) for state in _ATTENTION]))
    .group_by(MESSAGE.c.state)
)
_OF_KEY = (
    TEMPLATE.c.kind == bindparam("of_kind"),
    TEMPLATE.c.channel == bindparam("of_channel"),
    TEMPLATE.c.language == bindparam("of_language"),
)
# The product's own text before that of all products.
_TEMPLATE = (
    select(TEMPLATE)
    .where(
        *_OF_KEY,
        TEMPLATE.c.product_id.is_(None) | (TEMPLATE.c.product_id == bindparam("of_product")),
    )
    .order_by(TEMPLATE.c.product_id.is_(None))
    .limit(1)
)
_TEMPLATES = select(TEMPLATE).order_by(TEMPLATE.c.product_id, TEMPLATE.c.id)


def held_message(connection: Connection, message_id: str) -> Any:
    """The row, held until the end of the transaction: no postman claims it meanwhile."""
    row = connection.execute(_HOLD, {"message": message_id}).one_or_none()
    if row is None:
        raise UnknownMessage(message=message_id)
    return row


def read_message(
    connection: Connection, offer: Offer, actor: Actor, message_id: str
) -> OutgoingMessage:
    row = connection.execute(_FIND, {"message": message_id}).one_or_none()
    if row is None:
        raise UnknownMessage(message=message_id)
    return message_of(row, offer, actor)


def read_messages(
    connection: Connection, offer: Offer, actor: Actor, asked: MessagesAsked, now: datetime
) -> MessagePage:
    """A page of messages, the newest first, and how many ask for attention."""
    wanted = select(MESSAGE).order_by(MESSAGE.c.id.desc()).limit(asked.many + 1)
    if asked.state is not None:
        wanted = wanted.where(MESSAGE.c.state == str(asked.state))
    if asked.planned is not None:
        ahead = MESSAGE.c.due_at > now
        wanted = wanted.where(ahead if asked.planned else ~ahead)
    if asked.subject_id is not None:
        wanted = wanted.where(MESSAGE.c.subject_id == asked.subject_id)
    if asked.before is not None:
        wanted = wanted.where(MESSAGE.c.id < asked.before)
    rows = list(connection.execute(wanted))
    more = len(rows) > asked.many
    page = rows[: asked.many]
    return MessagePage(
        messages=[message_of(row, offer, actor) for row in page],
        next=page[-1].id if more else None,
        counts=_counts(connection, now),
    )


def _counts(connection: Connection, now: datetime) -> MessageCounts:
    """What failed before its time asks for attention all the same."""
    rows = connection.execute(_COUNTS, {"now": now}).all()
    found: dict[str, int] = {row.state: row.many for row in rows}
    planned = next((row.ahead for row in rows if row.state == MessageState.WAITING), 0)
    return MessageCounts(
        waiting=found.get(MessageState.WAITING, 0) - planned,
        planned=planned,
        failed=found.get(MessageState.FAILED, 0),
        in_doubt=found.get(MessageState.IN_DOUBT, 0),
    )


def message_of(row: Any, offer: Offer, actor: Actor) -> OutgoingMessage:
    hidden = not may_see(row, offer, actor)
    return OutgoingMessage(
        id=row.id,
        channel=MessageChannel(row.channel),
        kind=MessageKind(row.kind),
        subject_id=row.subject_id,
        site_id=row.site_id,
        product_id=None if hidden else row.product_id,
        language=row.language,
        recipient="" if hidden else row.recipient,
        title="" if hidden else row.title,
        text="" if hidden else row.text,
        has_calendar=row.calendar is not None,
        hidden=hidden,
        state=MessageState(row.state),
        fault=row.fault,
        attempts=row.attempts,
        made_at=row.made_at,
        due_at=row.due_at,
        until_at=row.until_at,
        next_try_at=row.next_try_at,
        sent_at=row.sent_at,
        changed_at=row.changed_at,
    )


def may_see(row: Any, offer: Offer, actor: Actor) -> bool:
    """What a confidential department sends only its own counters read, and who dispatches."""
    if row.department_id in offer.confidential_departments:
        own = offer.departments_at(actor.counter_id)
        return row.department_id not in offer.hidden_from(actor.permissions, own)
    if row.product_id is None or not offer.is_confidential(row.product_id):
        return True
    return actor.counter_id in offer.counters_for(row.product_id, row.site_id)


def template_for(
    connection: Connection,
    kind: MessageKind,
    channel: MessageChannel,
    language: str,
    product_id: str | None,
) -> Template:
    """The text that holds: the product's own, the town's own, or the usual one."""
    key = {"of_kind": str(kind), "of_channel": str(channel), "of_language": language}
    row = connection.execute(_TEMPLATE, {**key, "of_product": product_id}).one_or_none()
    if row is None:
        return usual_template(kind, channel, language)
    return Template(row.title, row.text)


def read_templates(connection: Connection) -> MessageTemplates:
    """Every text there is: the town's own, and the usual ones where it has none."""
    own = [template_of(row) for row in connection.execute(_TEMPLATES)]
    known = {(each.kind, each.channel, each.language) for each in own if each.product_id is None}
    usual = [
        usual_message_template(kind, channel, language)
        for kind in MessageKind
        for channel in MessageChannel
        for language in CITIZEN_LANGUAGES
        if (kind, channel, language) not in known
    ]
    return MessageTemplates(templates=[*own, *usual])


def usual_message_template(
    kind: MessageKind, channel: MessageChannel, language: str
) -> MessageTemplate:
    template = usual_template(kind, channel, language)
    return MessageTemplate(
        kind=kind,
        channel=channel,
        language=language,
        product_id=None,
        title=template.title,
        text=template.text,
        version=0,
        changed_at=None,
    )


def template_of(row: Any) -> MessageTemplate:
    return MessageTemplate(
        kind=MessageKind(row.kind),
        channel=MessageChannel(row.channel),
        language=row.language,
        product_id=row.product_id,
        title=row.title,
        text=row.text,
        version=row.version,
        changed_at=row.changed_at,
    )
