"""A whole report: its people, its history, its dates explained, and what can be done with it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, select

from loket.catalogue.hours import holiday_name
from loket.kit.clock import local_day
from loket.reports.messages.following import Attachment, Entry, Explanation, ReportFile
from loket.reports.queries.arrangements import read_regulation
from loket.reports.queries.hiding import Sight
from loket.reports.queries.letters import promises_of
from loket.reports.queries.reports import (
    REPORT,
    report_of,
    report_row,
    reporter_of,
    reporters_of,
)
from loket.reports.queries.told import read_told
from loket.reports.rules.flow import ENDED, MOVES, ReportAct, ReportState
from loket.reports.rules.kinds import ReportKind
from loket.reports.rules.terms import Explained, Pause, answer_due, receipt_due
from loket.reports.tables import AttachmentContentRow, AttachmentRow, EntryRow
from loket.staff.rules import Permission
from loket.staff.tables import UserRow

_ENTRY = EntryRow.metadata.tables["report_entry"]
ATTACHMENT = AttachmentRow.metadata.tables["report_attachment"]
CONTENT = AttachmentContentRow.metadata.tables["report_attachment_content"]
_USER = UserRow.metadata.tables["staff_user"]
_ENTRIES = (
    select(_ENTRY, _USER.c.name.label("user_name"))
    .outerjoin(_USER, _USER.c.id == _ENTRY.c.user_id)
    .where(_ENTRY.c.report_id == bindparam("report"))
    .order_by(_ENTRY.c.seq)
)
_ATTACHMENTS = (
    select(ATTACHMENT, CONTENT.c.thumbnail.is_not(None).label("has_thumbnail"))
    .join(CONTENT, CONTENT.c.attachment_id == ATTACHMENT.c.id)
    .where(ATTACHMENT.c.report_id == bindparam("report"))
    .order_by(ATTACHMENT.c.added_at, ATTACHMENT.c.id)
)
_NAME = select(_USER.c.name).where(_USER.c.id == bindparam("user"))
_NAMES = select(_USER.c.id, _USER.c.name).where(_USER.c.id.in_(bindparam("users", expanding=True)))
_REFERENCE = select(REPORT.c.reference).where(REPORT.c.id == bindparam("report"))
_LINKED_FROM = (
    select(REPORT.c.reference)
    .where(REPORT.c.linked_id == bindparam("report"))
    .order_by(REPORT.c.serial)
)
_NEEDS = {
    ReportAct.ASSIGN: Permission.DISPATCH_REPORT,
    ReportAct.REFER: Permission.DISPATCH_REPORT,
    ReportAct.DECLARE_INADMISSIBLE: Permission.DISPATCH_REPORT,
}


def read_file(
    connection: Connection,
    sight: Sight,
    report_id: str,
    *,
    today: date,
    permissions: frozenset[str],
) -> ReportFile:
    """A report with everything that is known of it; of a hidden one only that it exists."""
    row = report_row(connection, report_id)
    seen = sight.sees(row.department_id, row.counter_id)
    receipt, answer = _dates(connection, row, today)
    people = reporters_of(connection, report_id) if seen else []
    entries = _entries(connection, report_id, people) if seen else []
    return ReportFile(
        report=report_of(row, sight),
        handler_name=_handler(connection, row) if seen else "",
        colleagues=_colleagues(connection, entries),
        reporters=[reporter_of(one) for one in people],
        entries=entries,
        receipt=_explanation(receipt),
        answer=_explanation(answer),
        linked_reference=_linked_to(connection, row) if seen else "",
        linked_from=list(connection.scalars(_LINKED_FROM, {"report": report_id})) if seen else [],
        promises=promises_of(connection, sight, report_id),
        inadmissible=row.inadmissible,
        founded=row.founded,
        solved=row.solved,
        may=_may(row, permissions) if seen else [],
    )


def _dates(connection: Connection, row: Any, today: date) -> tuple[Explained, Explained]:
    regulation = read_regulation(connection, ReportKind(row.kind), row.registered_at)
    registered = local_day(row.registered_at)
    answer = answer_due(
        regulation,
        registered,
        holiday_name,
        today=today,
        pauses=pauses_of(row.pauses),
        extended=row.extended_at is not None,
    )
    return receipt_due(regulation, registered, holiday_name), answer


def pauses_of(kept: Any) -> list[Pause]:
    """The days on which the town waited for the citizen, as the row keeps them."""
    return [
        Pause(date.fromisoformat(since), date.fromisoformat(until) if until else None)
        for since, until in kept
    ]


def _handler(connection: Connection, row: Any) -> str:
    return connection.scalar(_NAME, {"user": row.handler_id}) or ""


def _linked_to(connection: Connection, row: Any) -> str:
    if row.linked_id is None:
        return ""
    found: str = connection.execute(_REFERENCE, {"report": row.linked_id}).scalar_one()
    return found


def _colleagues(connection: Connection, entries: Sequence[Entry]) -> dict[str, str]:
    mentioned = {one.facts.get(role, "") for one in entries for role in ("handler", "former")}
    rows = connection.execute(_NAMES, {"users": sorted(mentioned - {""})})
    return {row.id: row.name for row in rows}


def _entries(connection: Connection, report_id: str, people: Sequence[Any]) -> list[Entry]:
    told = read_told(connection, report_id, people)
    attached: dict[int, list[Attachment]] = defaultdict(list)
    for row in connection.execute(_ATTACHMENTS, {"report": report_id}):
        attached[row.entry_seq].append(attachment_of(row))
    return [
        Entry(
            seq=row.seq,
            act=ReportAct(row.act),
            at=row.at,
            user_id=row.user_id,
            user_name=row.user_name or "",
            counter_id=row.counter_id,
            reporter_id=row.reporter_id,
            channel=row.channel,
            text=row.text,
            state=ReportState(row.state),
            facts=row.facts,
            attachments=attached[row.seq],
            message=told.by(row),
        )
        for row in connection.execute(_ENTRIES, {"report": report_id})
    ]


def attachment_of(row: Any) -> Attachment:
    return Attachment(
        id=row.id,
        name=row.name,
        media_type=row.media_type,
        size=row.size,
        entry_seq=row.entry_seq,
        has_thumbnail=row.has_thumbnail,
    )


def _explanation(explained: Explained) -> Explanation:
    return Explanation(
        due=explained.due,
        start=explained.start,
        days=explained.days,
        counting=explained.counting,
        extension=explained.extension,
        paused=explained.paused,
        holidays=list(explained.holidays),
    )


def _may(row: Any, permissions: frozenset[str]) -> list[ReportAct]:
    """The acts that the state allows and the asker may do; by way of *start* too."""
    state = ReportState(row.state)
    reach = {act for at, act in MOVES if at is state}
    if state is ReportState.ASSIGNED:
        reach |= {act for at, act in MOVES if at is ReportState.IN_PROGRESS}
    if state not in ENDED:
        reach |= {ReportAct.REPLY, ReportAct.EXTEND, ReportAct.TAKE, ReportAct.HAND}
    reach |= {ReportAct.NOTE, ReportAct.CHANGE, ReportAct.LINK}
    if ReportKind(row.kind) is not ReportKind.COMPLAINT:
        reach.discard(ReportAct.DECLARE_INADMISSIBLE)
    else:
        reach.add(ReportAct.JUDGE)
    needed = ((act, _NEEDS.get(act, Permission.HANDLE_REPORT)) for act in sorted(reach))
    return [act for act, permission in needed if permission in permissions]
