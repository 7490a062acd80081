"""Which file a mail belongs to, and the mails that found none."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, bindparam, func, select

from loket.correspondence.queries import MESSAGE
from loket.correspondence.rules import ANSWERABLE, MessageChannel, MessageKind
from loket.reports.messages.mailing import LooseMail, LooseMails
from loket.reports.queries.arrangements import PARTY
from loket.reports.queries.hiding import Sight
from loket.reports.queries.reports import REPORT, REPORTER
from loket.reports.rules.mails import MailSettled, MailState, UnknownMail, WhyLoose
from loket.reports.tables import MailContentRow, MailRow

MAIL = MailRow.metadata.tables["report_mail"]
MAIL_CONTENT = MailContentRow.metadata.tables["report_mail_content"]
MOST_SHOWN: Final = 300
_SENT: Final = select(MESSAGE).where(
    MESSAGE.c.id.in_(bindparam("ids", expanding=True)),
    MESSAGE.c.channel == str(MessageChannel.MAIL),
    MESSAGE.c.kind.in_([str(kind) for kind in ANSWERABLE]),
)
_PERSON: Final = select(REPORTER).where(REPORTER.c.id == bindparam("reporter"))
_NAMED: Final = (
    select(REPORT)
    .where(REPORT.c.reference.in_(bindparam("references", expanding=True)))
    .order_by(REPORT.c.serial)
)
_ONE_REPORT: Final = select(REPORT).where(REPORT.c.id == bindparam("report"))
_OF_ADDRESS: Final = (
    select(REPORTER)
    .where(
        REPORTER.c.report_id == bindparam("report"),
        func.lower(REPORTER.c.email) == bindparam("address"),
    )
    .order_by(REPORTER.c.place)
    .limit(1)
)
_PARTY: Final = select(PARTY).where(
    PARTY.c.id == bindparam("party"), func.lower(PARTY.c.email) == bindparam("address")
)
_PARTY_WRITTEN_TO: Final = (
    select(PARTY.c.id).where(func.lower(PARTY.c.email) == bindparam("address")).limit(1)
)
_LOOSE: Final = (
    select(MAIL, REPORT.c.reference, REPORT.c.department_id, REPORT.c.counter_id)
    .outerjoin(REPORT, REPORT.c.id == MAIL.c.report_id)
    .where(MAIL.c.state == str(MailState.LOOSE))
    .order_by(MAIL.c.arrived_at, MAIL.c.id)
)
_HOLD: Final = select(MAIL).where(MAIL.c.id == bindparam("mail")).with_for_update()
_CONTENT: Final = select(MAIL_CONTENT.c.content).where(MAIL_CONTENT.c.mail_id == bindparam("mail"))


@dataclass(frozen=True)
class Found:
    """Whose mail it is: of somebody who has to do with a report, or of a party that handles it."""

    report_id: str
    reporter_id: str | None = None
    party_id: str | None = None
    known_as: frozenset[str] = frozenset()
    """Their addresses, in lower case."""


def by_message(connection: Connection, ids: Sequence[str]) -> Found | None:
    """Whom we wrote to in the first of these messages that is about a report."""
    rows = {row.id: row for row in connection.execute(_SENT, {"ids": ids})}
    first = next((rows[ident] for ident in ids if ident in rows), None)
    if first is None:
        return None
    written = frozenset({first.recipient.lower()} - {""})
    if first.kind == MessageKind.REPORT_FORWARDED:
        return _of_party(connection, first, written)
    person = connection.execute(_PERSON, {"reporter": first.subject_id}).one_or_none()
    if person is None:
        return None
    known = written | frozenset({person.email.lower()} - {""})
    return Found(person.report_id, reporter_id=person.id, known_as=known)


def _of_party(connection: Connection, message: Any, written: frozenset[str]) -> Found:
    address = message.recipient.lower()
    party = connection.execute(_PARTY_WRITTEN_TO, {"address": address}).scalar_one_or_none()
    if party is None:  # its address changed, or who was written to is erased
        row = connection.execute(_ONE_REPORT, {"report": message.subject_id}).one()
        party = row.party_id
    return Found(message.subject_id, party_id=party or "", known_as=written)


def by_subject(connection: Connection, references: Sequence[str]) -> Sequence[Any]:
    """Reports that are named."""
    return connection.execute(_NAMED, {"references": references}).all() if references else []


def of_sender(connection: Connection, report: Any, sender: str) -> Found | None:
    """Somebody who has to do with this report, by their address."""
    if not sender:
        return None
    address = sender.lower()
    asked = {"report": report.id, "address": address}
    person = connection.execute(_OF_ADDRESS, asked).one_or_none()
    if person is not None:
        return Found(report.id, reporter_id=person.id, known_as=frozenset({address}))
    asked = {"party": report.party_id, "address": address}
    party = connection.execute(_PARTY, asked).one_or_none() if report.party_id else None
    return Found(report.id, party_id=party.id, known_as=frozenset({address})) if party else None


def read_loose(connection: Connection, sight: Sight) -> LooseMails:
    """What somebody looks at, the oldest first; about what is confidential only who may know."""
    rows = [
        row
        for row in connection.execute(_LOOSE)
        if row.reference is None or sight.sees(row.department_id, row.counter_id)
    ]
    return LooseMails(mails=[_loose(row) for row in rows[:MOST_SHOWN]], total=len(rows))


def _loose(row: Any) -> LooseMail:
    return LooseMail(
        id=row.id,
        arrived_at=row.arrived_at,
        sender=row.sender,
        sender_name=row.sender_name,
        subject=row.subject,
        text=row.text,
        files=list(row.files),
        why=WhyLoose(row.why),
        reference=row.reference or "",
    )


def held_mail(connection: Connection, mail_id: str, sight: Sight) -> Any:
    """A mail that is loose, held until the end of the transaction."""
    row = connection.execute(_HOLD, {"mail": mail_id}).one_or_none()
    if row is None:
        raise UnknownMail(mail=mail_id)
    if row.report_id is not None:
        about = connection.execute(_ONE_REPORT, {"report": row.report_id}).one()
        if not sight.sees(about.department_id, about.counter_id):
            raise UnknownMail(mail=mail_id)
    if row.state != MailState.LOOSE:
        raise MailSettled(mail=mail_id)
    return row


def content_of(connection: Connection, mail_id: str) -> bytes:
    """Its bytes; none where too many came to be kept, or where somebody settled it."""
    found: bytes | None = connection.execute(_CONTENT, {"mail": mail_id}).scalar_one_or_none()
    return found or b""
