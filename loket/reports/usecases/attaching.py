"""Photos and files of a report."""

import base64
import binascii
import hashlib
from collections.abc import Iterable
from typing import Any

from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.exc import IntegrityError

from loket.catalogue.offer import Offer
from loket.kit.ids import new_id
from loket.reports.messages.following import Attachment
from loket.reports.messages.taking import AttachFile
from loket.reports.photos import checked
from loket.reports.queries.files import ATTACHMENT, CONTENT
from loket.reports.queries.reports import held_report
from loket.reports.rules.attachments import (
    MOST_OF_A_REPORT,
    AttachmentExists,
    AttachmentRefused,
    Kept,
    TooManyAttachments,
    file_name,
)
from loket.reports.rules.flow import ReportAct
from loket.reports.usecases.ledger import change, tell
from loket.staff.rules import Permission
from loket.store.work import Work

_MANY = select(func.count()).where(ATTACHMENT.c.report_id == bindparam("report"))


def readable(command: AttachFile) -> Kept:
    """The file, checked and drawn again; before the transaction, since a photo takes its time."""
    try:
        content = base64.b64decode(command.content, validate=True)
    except binascii.Error as error:
        raise AttachmentRefused from error
    return checked(content)


def attach_file(
    work: Work, offer: Offer, report_id: str, command: AttachFile, kept: Kept
) -> Attachment:
    """Add a photo or file to what was reported."""
    work.allow(Permission.TAKE_REPORT)
    row = held_report(work.connection, report_id)
    if not room_left(work, report_id):
        raise TooManyAttachments(limit=MOST_OF_A_REPORT)
    row = change(work, row)
    name = file_name(command.name, kept.media_type)
    seq = tell(work, offer, row, ReportAct.ATTACH, attachment=command.id)
    add_file(work, row, command.id, name, kept, seq)
    return work.commit(
        Attachment(
            id=command.id,
            name=name,
            media_type=kept.media_type,
            size=len(kept.content),
            entry_seq=seq,
            has_thumbnail=kept.thumbnail is not None,
        )
    )


def room_left(work: Work, report_id: str) -> int:
    """How many files may still be added to a report."""
    many: int = work.connection.execute(_MANY, {"report": report_id}).scalar_one()
    return max(0, MOST_OF_A_REPORT - many)


def add_files(work: Work, row: Any, files: Iterable[tuple[str, Kept]], seq: int) -> None:
    """Keep what came along with a line of the history, under the names it had."""
    for name, kept in files:
        add_file(work, row, new_id(), file_name(name, kept.media_type), kept, seq)


def add_file(work: Work, row: Any, ident: str, name: str, kept: Kept, seq: int) -> None:
    """Keep a file with a line of the history; does not commit."""
    values = {
        "id": ident,
        "report_id": row.id,
        "entry_seq": seq,
        "name": name,
        "media_type": kept.media_type,
        "size": len(kept.content),
        "sha256": hashlib.sha256(kept.content).hexdigest(),
        "added_at": work.now,
        "user_id": work.actor.user_id or None,
    }
    try:
        work.connection.execute(insert(ATTACHMENT), values)
    except IntegrityError as error:
        raise AttachmentExists(attachment=ident) from error
    bytes_of = {"attachment_id": ident, "content": kept.content, "thumbnail": kept.thumbnail}
    work.connection.execute(insert(CONTENT), bytes_of)
