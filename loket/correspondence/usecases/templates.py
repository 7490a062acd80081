"""The town's own texts: changed, and given up for the usual ones."""

from typing import Any, Final

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from loket.catalogue.offer import Offer
from loket.correspondence.messages import (
    ChangeTemplate,
    MessageTemplate,
    ResetTemplate,
    TemplateKey,
)
from loket.correspondence.queries import TEMPLATE, template_of, usual_message_template
from loket.correspondence.rules import Template, TemplateChangedMeanwhile, check_template
from loket.kit.ids import new_id
from loket.staff.rules import Permission
from loket.store.work import Work

_OF_KEY = (
    TEMPLATE.c.kind == bindparam("of_kind"),
    TEMPLATE.c.channel == bindparam("of_channel"),
    TEMPLATE.c.language == bindparam("of_language"),
    TEMPLATE.c.product_id.is_not_distinct_from(bindparam("of_product")),
)
_CHANGE: Final = (
    update(TEMPLATE)
    .where(*_OF_KEY, TEMPLATE.c.version == bindparam("seen"))
    .values(
        title=bindparam("new_title"),
        text=bindparam("new_text"),
        version=TEMPLATE.c.version + 1,
        changed_at=bindparam("now"),
        changed_by=bindparam("by"),
    )
    .returning(TEMPLATE)
)
_RESET: Final = delete(TEMPLATE).where(*_OF_KEY).returning(TEMPLATE.c.id)
_OF_ALL: Final = select(TEMPLATE).where(*_OF_KEY)


def change_template(work: Work, offer: Offer, command: ChangeTemplate) -> MessageTemplate:
    """Give a message a text of the town's own; only over the version that its author saw."""
    work.allow(Permission.MANAGE_TEMPLATES)
    if command.product_id is not None:
        offer.product(command.product_id)
    text = "\n".join(line.rstrip() for line in command.text.splitlines())
    check_template(command.kind, command.channel, Template(command.title, text))
    row = _changed(work, command, text) if command.seen_version else _made(work, command, text)
    work.record("change_template", "template", row.id, version=row.version)
    return work.commit(template_of(row))


def _changed(work: Work, command: ChangeTemplate, text: str) -> Any:
    asked = {
        **_key(command),
        "seen": command.seen_version,
        "new_title": command.title,
        "new_text": text,
        "now": work.now,
        "by": work.actor.user_id or None,
    }
    row = work.connection.execute(_CHANGE, asked).one_or_none()
    if row is None:
        raise TemplateChangedMeanwhile
    return row


def _made(work: Work, command: ChangeTemplate, text: str) -> Any:
    row = {
        "id": new_id(),
        "kind": str(command.kind),
        "channel": str(command.channel),
        "language": command.language,
        "product_id": command.product_id,
        "title": command.title,
        "text": text,
        "version": 1,
        "changed_at": work.now,
        "changed_by": work.actor.user_id or None,
    }
    try:
        return work.connection.execute(insert(TEMPLATE).returning(TEMPLATE), row).one()
    except IntegrityError as error:
        raise TemplateChangedMeanwhile from error


def reset_template(work: Work, command: ResetTemplate) -> MessageTemplate:
    """Give the town's own text up; the answer is what holds now."""
    work.allow(Permission.MANAGE_TEMPLATES)
    gone = work.connection.execute(_RESET, _key(command)).scalar_one_or_none()
    if gone is not None:
        work.record("reset_template", "template", gone)
    of_all = work.connection.execute(_OF_ALL, _key(command) | {"of_product": None}).one_or_none()
    if of_all is not None:
        return work.commit(template_of(of_all))
    usual = usual_message_template(command.kind, command.channel, command.language)
    return work.commit(usual)


def _key(command: TemplateKey) -> dict[str, Any]:
    return {
        "of_kind": str(command.kind),
        "of_channel": str(command.channel),
        "of_language": command.language,
        "of_product": command.product_id,
    }
