"""What a person decides about a message that did not go by itself."""

from typing import Any, Final

from sqlalchemy import bindparam, update

from loket.catalogue.offer import Offer
from loket.correspondence.messages import OutgoingMessage, SendAgain
from loket.correspondence.queries import MESSAGE, held_message, may_see, message_of
from loket.correspondence.rules import (
    TO_SEND_AGAIN,
    TO_WITHDRAW,
    MessageChannel,
    MessageExpired,
    MessageForgotten,
    MessageHidden,
    MessageNotToSend,
    MessageOnItsWay,
    MessageSentAlready,
    MessageState,
    RecipientUnreadable,
)
from loket.correspondence.usecases.posting import announce
from loket.staff.rules import Permission
from loket.store.work import Work
from loket.wire.contact import email_address, is_mobile, phone_number

_THIS = MESSAGE.c.id == bindparam("message")
_WAIT: Final = (
    update(MESSAGE)
    .where(_THIS)
    .values(
        state=str(MessageState.WAITING),
        recipient=bindparam("to"),
        fault="",
        due_at=bindparam("now"),
        next_try_at=bindparam("now"),
        changed_at=bindparam("now"),
    )
    .returning(MESSAGE)
)
_WITHDRAW: Final = (
    update(MESSAGE)
    .where(_THIS)
    .values(state=str(MessageState.WITHDRAWN), changed_at=bindparam("now"))
    .returning(MESSAGE)
)


def send_again(work: Work, offer: Offer, message_id: str, command: SendAgain) -> OutgoingMessage:
    """Put a message that waits, failed or is in doubt in the post once more, for now."""
    work.allow(Permission.SEE_MESSAGES)
    row = held_message(work.connection, message_id)
    _check_to_send(work, row)
    if command.recipient is not None and not may_see(row, offer, work.actor):
        raise MessageHidden
    to = _recipient(row, command)
    asked = {"message": message_id, "to": to, "now": work.now}
    changed = work.connection.execute(_WAIT, asked).one()
    return _told(work, offer, "send_again", changed)


def _check_to_send(work: Work, row: Any) -> None:
    state = MessageState(row.state)
    if state is MessageState.SENDING:
        raise MessageOnItsWay
    if state not in TO_SEND_AGAIN:
        raise MessageNotToSend(state=state)
    if not row.recipient:
        raise MessageForgotten
    if row.until_at is not None and row.until_at <= work.now:
        raise MessageExpired


def _recipient(row: Any, command: SendAgain) -> str:
    if command.recipient is None:
        return str(row.recipient)
    try:
        if row.channel == MessageChannel.MAIL:
            return email_address(command.recipient.strip())
        number = phone_number(command.recipient.strip())
    except ValueError as error:
        raise RecipientUnreadable from error
    if not is_mobile(number):
        raise RecipientUnreadable
    return number


def withdraw_message(work: Work, offer: Offer, message_id: str) -> OutgoingMessage:
    """Never send it; what was withdrawn already stays so."""
    work.allow(Permission.SEE_MESSAGES)
    row = held_message(work.connection, message_id)
    state = MessageState(row.state)
    if state is MessageState.SENDING:
        raise MessageOnItsWay
    if state is MessageState.SENT:
        raise MessageSentAlready
    if state not in TO_WITHDRAW:
        return work.commit(message_of(row, offer, work.actor))
    asked = {"message": message_id, "now": work.now}
    return _told(work, offer, "withdraw_message", work.connection.execute(_WITHDRAW, asked).one())


def _told(work: Work, offer: Offer, act: str, row: Any) -> OutgoingMessage:
    work.record(act, "message", row.id)
    announce(work, row.site_id, row._mapping)  # noqa: SLF001 - so SQLAlchemy calls it
    return work.commit(message_of(row, offer, work.actor))
