"""A mail in the file that it belongs to: a line of the history, and what was sent along."""

from collections.abc import Iterable
from typing import Any

from loket.catalogue.offer import Offer
from loket.channels.incoming.message import File, Incoming, Nature
from loket.reports.photos import checked
from loket.reports.queries.mails import Found
from loket.reports.queries.reports import held_report
from loket.reports.rules.attachments import (
    AttachmentRefused,
    AttachmentTooLarge,
    Kept,
)
from loket.reports.rules.flow import ReportAct
from loket.reports.rules.kinds import AnswerBy
from loket.reports.rules.mails import MOST_FILES_OF_A_MAIL, SMALL, Judged, shortened
from loket.reports.usecases.attaching import add_files, room_left
from loket.reports.usecases.ledger import change, tell
from loket.reports.usecases.registering import reindex
from loket.reports.usecases.talking import await_reaction, heard
from loket.store.work import Work

_MAIL = str(AnswerBy.MAIL)


def judged(files: Iterable[File]) -> Judged:
    """What may be kept, checked as the desk's own files are; logos of signatures are left out.

    Before the transaction, since photos take their time.
    """
    kept: list[tuple[str, Kept]] = []
    refused: list[str] = []
    for file in files:
        if file.inline and len(file.content) < SMALL:
            continue
        good = _checked(file) if len(kept) < MOST_FILES_OF_A_MAIL else None
        if good is None:
            refused.append(file.name)
        else:
            kept.append((file.name, good))
    return Judged(tuple(kept), tuple(refused))


def _checked(file: File) -> Kept | None:
    try:
        return checked(file.content)
    except (AttachmentRefused, AttachmentTooLarge):
        return None


def land(
    work: Work, offer: Offer, found: Found, mail: Incoming, files: Judged, mail_id: str
) -> Any:
    """Put it in the file; gives the report as it then is. Does not commit."""
    row = held_report(work.connection, found.report_id)
    room = room_left(work, row.id) if mail.nature is Nature.PERSON else 0
    added, left_out = files.kept[:room], files.kept[room:]
    refused = [*files.refused, *(name for name, _kept in left_out)]
    row, seq = _told(work, offer, row, found, mail, _facts(found, mail, refused, mail_id))
    add_files(work, row, added, seq)
    return row


def _facts(found: Found, mail: Incoming, refused: list[str], mail_id: str) -> dict[str, str | None]:
    """What its line says besides its words."""
    known = mail.sender.lower() in found.known_as
    text = shortened(mail.words)
    return {
        "mail": mail_id,
        "sender": None if known else mail.sender or None,
        "refused": ", ".join(refused) or None,
        "shortened": "yes" if text != mail.text else None,
    }


def _told(
    work: Work, offer: Offer, row: Any, found: Found, mail: Incoming, facts: dict[str, str | None]
) -> tuple[Any, int]:
    """Its line: said by a citizen or a party, or by nobody."""
    text = shortened(mail.words) or mail.subject
    if mail.nature is Nature.MACHINE:
        row, act = change(work, row), ReportAct.MACHINE_ANSWERED
    elif found.party_id is not None:
        row, act = await_reaction(work, row), ReportAct.PARTY_ANSWERED
    else:
        return heard(work, offer, row, found.reporter_id, _MAIL, text, **facts)
    seq = tell(
        work,
        offer,
        row,
        act,
        text=text,
        channel=_MAIL,
        reporter_id=found.reporter_id,
        party=found.party_id,
        **facts,
    )
    reindex(work, row)
    return row, seq
