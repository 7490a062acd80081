"""What somebody does with a mail that found no file."""

from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, update

from loket.catalogue.offer import Offer
from loket.channels.incoming.message import Incoming, Nature, Unreadable
from loket.channels.incoming.reading import read
from loket.reports.messages.mailing import LinkMail, LooseMails, PutMailAside, RegisterMail
from loket.reports.messages.taking import Registered, RegisterReport, Report, ReporterDetails
from loket.reports.queries.hiding import sight_of
from loket.reports.queries.mails import (
    MAIL,
    MAIL_CONTENT,
    Found,
    content_of,
    held_mail,
    of_sender,
    read_loose,
)
from loket.reports.queries.reports import held_report
from loket.reports.rules.flow import ReportAct
from loket.reports.rules.kinds import AnswerBy, ReportKind
from loket.reports.rules.mails import Judged, MailState, as_report, shortened
from loket.reports.usecases.attaching import add_files
from loket.reports.usecases.ledger import change, commit_report, tell
from loket.reports.usecases.locating import Locate
from loket.reports.usecases.mailing.landing import judged, land
from loket.reports.usecases.mailing.taking_in import tell_of_mail
from loket.reports.usecases.registering import registered, reindex, take_down
from loket.staff.rules import Permission
from loket.store.work import Work
from loket.visits.messages import Channel

_SETTLE: Final = (
    update(MAIL)
    .where(MAIL.c.id == bindparam("mail"))
    .values(
        state=bindparam("to"),
        settled_at=bindparam("now"),
        settled_by=bindparam("by"),
        reason=bindparam("said"),
        report_id=bindparam("report"),
    )
)
_FORGET_CONTENT: Final = delete(MAIL_CONTENT).where(MAIL_CONTENT.c.mail_id == bindparam("mail"))


@dataclass(frozen=True)
class Reread:
    """A mail that was kept, read once more; None where only its headers were kept."""

    mail: Incoming | None
    files: Judged


def reread(connection: Connection, mail_id: str) -> Reread:
    """What stands in it; before the transaction, since photos take their time."""
    try:
        mail = read(content_of(connection, mail_id))
    except Unreadable:
        return Reread(None, Judged())
    return Reread(replace(mail, nature=Nature.PERSON), judged(mail.files))


def link_mail(
    work: Work, offer: Offer, mail_id: str, command: LinkMail, reread_one: Reread
) -> Report:
    """It belongs with this report: there it stands as if it had found its way by itself."""
    work.allow(Permission.TAKE_REPORT)
    sight = sight_of(work.actor, offer)
    kept = held_mail(work.connection, mail_id, sight)
    row = held_report(work.connection, command.report_id)
    sight.check(row)
    found = of_sender(work.connection, row, kept.sender) or Found(row.id)
    row = land(work, offer, found, _mail_of(kept, reread_one), reread_one.files, mail_id)
    _settle(work, offer, mail_id, MailState.LANDED, report_id=row.id)
    return commit_report(work, offer, row)


def register_mail(
    work: Work,
    offer: Offer,
    locate: Locate,
    mail_id: str,
    command: RegisterMail,
    reread_one: Reread,
) -> Registered:
    """It is a new report, of whoever sent it; they are told that it was received."""
    work.allow(Permission.TAKE_REPORT)
    kept = held_mail(work.connection, mail_id, sight_of(work.actor, offer))
    mail = _mail_of(kept, reread_one)
    words = mail.words or kept.subject or kept.sender or "…"
    taken = take_down(work, offer, locate, _report_of(command, kept, words))
    row = _with_the_rest(work, offer, taken.row, words, reread_one.files)
    _settle(work, offer, mail_id, MailState.LANDED, report_id=row.id)
    return work.commit(registered(work, replace(taken, row=row)))


def put_mail_aside(work: Work, offer: Offer, mail_id: str, command: PutMailAside) -> LooseMails:
    """Nothing is done with it, and it says why; what is left is the answer."""
    work.allow(Permission.TAKE_REPORT)
    sight = sight_of(work.actor, offer)
    kept = held_mail(work.connection, mail_id, sight)
    to = MailState.ASIDE
    _settle(work, offer, mail_id, to, report_id=kept.report_id, reason=command.reason)
    return work.commit(read_loose(work.connection, sight))


def _mail_of(kept: Any, reread_one: Reread) -> Incoming:
    if reread_one.mail is not None:
        return reread_one.mail
    return Incoming(
        key=kept.key,
        nature=Nature.PERSON,
        sender=kept.sender,
        sender_name=kept.sender_name,
        recipients=(),
        references="",
        subject=kept.subject,
        text=kept.text,
        words=kept.text,
    )


def _report_of(command: RegisterMail, kept: Any, words: str) -> RegisterReport:
    return RegisterReport(
        id=command.id,
        kind=ReportKind.ISSUE,
        text=as_report(words),
        channel=Channel.MAIL,
        reporter=ReporterDetails(
            name=kept.sender_name or kept.sender[:80],
            email=kept.sender or None,
            answer_by=AnswerBy.MAIL,
        )
        if kept.sender
        else ReporterDetails(),
    )


def _with_the_rest(work: Work, offer: Offer, row: Any, words: str, files: Judged) -> Any:
    """What does not fit in its text, and what was sent along, in lines of their own."""
    if as_report(words) != words:
        row = change(work, row)
        tell(work, offer, row, ReportAct.NOTE, text=shortened(words), channel=str(AnswerBy.MAIL))
    if files.kept or files.refused:
        row = change(work, row)
        seq = tell(work, offer, row, ReportAct.ATTACH, refused=", ".join(files.refused))
        add_files(work, row, files.kept, seq)
    reindex(work, row)
    return row


def _settle(
    work: Work,
    offer: Offer,
    mail_id: str,
    to: MailState,
    *,
    report_id: str | None,
    reason: str = "",
) -> None:
    values = {
        "mail": mail_id,
        "to": str(to),
        "now": work.now,
        "by": work.actor.user_id,
        "said": reason,
        "report": report_id,
    }
    work.connection.execute(_SETTLE, values)
    if to is MailState.LANDED:
        work.connection.execute(_FORGET_CONTENT, {"mail": mail_id})
    work.record(f"mail_{to}", "mail", mail_id, report=report_id)
    tell_of_mail(work, offer, mail_id, to)
