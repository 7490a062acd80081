"""A mail that comes in, from its bytes to where it stands; the doors are in ``loket.server``."""

import hashlib
import logging
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import insert
from sqlalchemy.dialects import postgresql, sqlite

from loket.catalogue.offer import Offer, Offers
from loket.channels.incoming.message import Incoming, Nature, Unreadable, WhyUnread
from loket.channels.incoming.reading import read
from loket.channels.settings import ChannelSettings, own_name, reply_address
from loket.channels.tags import ids_named, ids_to, is_ours
from loket.correspondence.usecases.posting import came_back
from loket.kit.ids import new_id
from loket.reports.messages.mailing import MailChanged
from loket.reports.queries.mails import (
    MAIL,
    MAIL_CONTENT,
    Found,
    by_message,
    by_subject,
    of_sender,
)
from loket.reports.rules.mails import Judged, MailState, WhyLoose, references_in
from loket.reports.usecases.mailing.landing import judged, land
from loket.staff.usecases import NOBODY
from loket.store.work import Request, Store, Work
from loket.wire.base import WireOut

log = logging.getLogger(__name__)
_HEAD: Final = 100_000
"""Bytes kept of a mail that cannot be read: its headers, and how it begins."""


class Outcome(StrEnum):
    LANDED = "landed"
    LOOSE = "loose"
    KNOWN = "known"
    """It came before."""
    OWN = "own"
    """From ourselves: answering that would never end."""
    UNREADABLE = "unreadable"


class MailTaken(WireOut):
    """What became of it."""

    outcome: Outcome


@dataclass(frozen=True)
class OwnAddresses:
    """What the town is called in mail."""

    reply_address: str
    """Empty: answers are known by what they refer to alone."""
    sender: str = ""

    @classmethod
    def of(cls, settings: ChannelSettings) -> "OwnAddresses":
        return cls(reply_address(settings), own_name(settings))

    def include(self, address: str) -> bool:
        if not address:
            return False
        own = self.reply_address and is_ours(address, self.reply_address)
        return bool(own) or address.lower() == self.sender.lower()

    def answered(self, mail: Incoming) -> list[str]:
        """Ids of the messages that it answers: by where it goes, then by what it refers to."""
        tagged = ids_to(mail.recipients, self.reply_address) if self.reply_address else []
        return list(dict.fromkeys([*tagged, *ids_named(mail.references)]))


def take_in(
    store: Store, offers: Offers, own: OwnAddresses, raw: bytes, *, delivered_to: str = ""
) -> Outcome:
    """Take one mail in; whatever stands in it, this ends with it somewhere, once.

    Raises only what the store raises, after which the same mail may come again.
    """
    try:
        mail = read(raw, delivered_to=delivered_to)
    except Unreadable as error:
        return _keep_unread(store, offers, raw, error.why)
    if own.include(mail.sender):
        log.info("a mail of our own came in: left alone")
        return Outcome.OWN
    files = judged(mail.files)
    with store.work(Request(NOBODY)) as work:
        return take_mail(work, offers.now(work.connection), own, mail, files, raw).outcome


def take_mail(
    work: Work, offer: Offer, own: OwnAddresses, mail: Incoming, files: Judged, raw: bytes
) -> MailTaken:
    """Put a mail in its file, or on the pile of what found none."""
    ids = own.answered(mail)
    found, about = by_message(work.connection, ids), None
    if found is None:
        found, about = _by_subject(work, mail)
    if mail.nature is Nature.RETURNED:
        return _returned(work, offer, mail, ids, found, raw)
    if found is None:
        return _loose(work, offer, mail, raw, _why(mail, about), about)
    ident = _insert(work, mail, state=MailState.LANDED, report_id=found.report_id)
    if ident is None:
        return MailTaken(outcome=Outcome.KNOWN)
    land(work, offer, found, mail, files, ident)
    return work.commit(MailTaken(outcome=Outcome.LANDED))


def _by_subject(work: Work, mail: Incoming) -> tuple[Found | None, str | None]:
    """A report that the subject names, where its sender has to do with it; or else which."""
    reports = by_subject(work.connection, references_in(mail.subject))
    found = (of_sender(work.connection, row, mail.sender) for row in reports)
    first = next((one for one in found if one is not None), None)
    return first, reports[0].id if reports else None


def _why(mail: Incoming, about: str | None) -> WhyLoose:
    if mail.nature is Nature.MACHINE:
        return WhyLoose.MACHINE
    return WhyLoose.STRANGER if about else WhyLoose.NO_FILE


def _returned(
    work: Work, offer: Offer, mail: Incoming, ids: list[str], found: Found | None, raw: bytes
) -> MailTaken:
    """A mail of ours came back: the message itself says so from now on."""
    known = came_back(work, ids)
    if not known and found is None:
        return _loose(work, offer, mail, raw, WhyLoose.MACHINE, None)
    report_id = found.report_id if found else None
    if _insert(work, mail, state=MailState.LANDED, report_id=report_id) is None:
        return MailTaken(outcome=Outcome.KNOWN)
    return work.commit(MailTaken(outcome=Outcome.LANDED))


def _loose(
    work: Work, offer: Offer, mail: Incoming, raw: bytes, why: WhyLoose, about: str | None
) -> MailTaken:
    ident = _insert(work, mail, state=MailState.LOOSE, why=str(why), report_id=about)
    if ident is None:
        return MailTaken(outcome=Outcome.KNOWN)
    work.connection.execute(insert(MAIL_CONTENT), {"mail_id": ident, "content": raw})
    work.record("mail_came_in", "mail", ident, why=why)
    tell_of_mail(work, offer, ident, MailState.LOOSE)
    return work.commit(MailTaken(outcome=Outcome.LOOSE))


def tell_of_mail(work: Work, offer: Offer, mail_id: str, state: MailState) -> None:
    """The pile of loose mails changed, on every desk."""
    for site in offer.catalogue.sites:
        work.announce(site.id, "report_mail_changed", MailChanged(mail_id=mail_id, state=state))


_INSERT: Final = {
    name: dialect.insert(MAIL).on_conflict_do_nothing(index_elements=["key"]).returning(MAIL.c.id)
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}


def _insert(work: Work, mail: Incoming, *, state: MailState, **more: Any) -> str | None:
    """Its row; None where it came before, or came by another way at this moment."""
    row = {
        "id": new_id(),
        "key": mail.key,
        "arrived_at": work.now,
        "sender": mail.sender,
        "sender_name": mail.sender_name,
        "subject": mail.subject,
        "text": mail.text,
        "files": [file.name for file in mail.files],
        "state": str(state),
        "why": "",
        "report_id": None,
        "settled_at": None if state is MailState.LOOSE else work.now,
        "settled_by": None,
        "reason": "",
        **more,
    }
    made: str | None = work.connection.execute(
        _INSERT[work.connection.dialect.name], row
    ).scalar_one_or_none()
    return made


_UNREAD: Final = {WhyUnread.TOO_LARGE: WhyLoose.TOO_LARGE, WhyUnread.TANGLED: WhyLoose.TANGLED}


def _keep_unread(store: Store, offers: Offers, raw: bytes, why: WhyUnread) -> Outcome:
    """What cannot be read goes on the pile with what its headers say, and how it begins."""
    if why not in _UNREAD:
        return Outcome.UNREADABLE
    head = raw[:_HEAD].partition(b"\r\n\r\n")[0].partition(b"\n\n")[0]
    mail = _headers_of(head, raw)
    with store.work(Request(NOBODY)) as work:
        offer = offers.now(work.connection)
        _loose(work, offer, mail, raw[:_HEAD], _UNREAD[why], None)
    return Outcome.UNREADABLE


def _headers_of(head: bytes, raw: bytes) -> Incoming:
    """Its headers as a mail of their own, without a word of what it says."""
    lines = head.replace(b"\r\n", b"\n").split(b"\n")
    plain = [line for line in lines if not line.lower().startswith(b"content-")]
    mail = read(b"\n".join(plain) + b"\n\n")
    if b"message-id:" in head.lower():
        return mail
    return replace(mail, key=hashlib.sha256(raw).hexdigest())
