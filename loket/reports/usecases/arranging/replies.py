"""Replies that stand ready: added, changed, and taken away."""

from typing import Any, Final

from sqlalchemy import bindparam, delete

from loket.catalogue.offer import Offer
from loket.kit.ids import new_id
from loket.reports.messages.arranging import SeenArrangement, SetReply
from loket.reports.messages.following import ReplyTemplate, ReplyTemplates
from loket.reports.queries.arrangements import REPLY_TEMPLATE, category_row, read_reply_templates
from loket.reports.rules.kinds import ArrangementStale, NothingSaid
from loket.reports.rules.replies import check_reply
from loket.reports.usecases.arranging.telling import add_row, announce, change_row, check_name
from loket.staff.rules import Permission
from loket.store.work import Work

_REMOVE: Final = (
    delete(REPLY_TEMPLATE)
    .where(REPLY_TEMPLATE.c.id == bindparam("ident"))
    .where(REPLY_TEMPLATE.c.version == bindparam("seen"))
    .returning(REPLY_TEMPLATE.c.id)
)


def add_reply(work: Work, offer: Offer, command: SetReply) -> ReplyTemplate:
    """One more that stands ready."""
    work.allow(Permission.ARRANGE_REPORTS)
    ident = new_id()
    add_row(work, REPLY_TEMPLATE, {**_values(work, command), "id": ident})
    return _kept(work, offer, "add_report_reply", ident, 1)


def change_reply(work: Work, offer: Offer, reply_id: str, command: SetReply) -> ReplyTemplate:
    """Another text, from the next answer on."""
    work.allow(Permission.ARRANGE_REPORTS)
    values = _values(work, command)
    version = change_row(work, REPLY_TEMPLATE, reply_id, command.seen_version, values)
    return _kept(work, offer, "change_report_reply", reply_id, version)


def remove_reply(
    work: Work, offer: Offer, reply_id: str, command: SeenArrangement
) -> ReplyTemplates:
    """It stands ready no more; what was sent with it stays as it was. Gives what is left."""
    work.allow(Permission.ARRANGE_REPORTS)
    asked = {"ident": reply_id, "seen": command.seen_version}
    if work.connection.execute(_REMOVE, asked).one_or_none() is None:
        known = {one.id for one in read_reply_templates(work.connection).templates}
        if reply_id in known:
            raise ArrangementStale
        return work.commit(read_reply_templates(work.connection))
    work.record("remove_report_reply", "report_reply", reply_id)
    announce(work, offer, "replies")
    return work.commit(read_reply_templates(work.connection))


def _values(work: Work, command: SetReply) -> dict[str, Any]:
    check_name(command.name)
    text = "\n".join(line.rstrip() for line in command.text.splitlines())
    if not text:
        raise NothingSaid
    check_reply(text)
    category_row(work.connection, command.category_id)
    return {
        "name": command.name,
        "language": command.language,
        "act": str(command.act) if command.act else "",
        "category_id": command.category_id,
        "text": text,
    }


def _kept(work: Work, offer: Offer, act: str, ident: str, version: int) -> ReplyTemplate:
    work.record(act, "report_reply", ident, version=version)
    announce(work, offer, "replies")
    found = {one.id: one for one in read_reply_templates(work.connection).templates}
    return work.commit(found[ident])
