"""How the messages of a report fare: each belongs to the line of the history that sent it."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select

from loket.correspondence.queries import MESSAGE
from loket.correspondence.rules import MessageChannel, MessageKind, MessageState
from loket.reports.messages.following import EntryMessage
from loket.reports.rules.flow import ReportAct

_KINDS: Final = (
    MessageKind.REPORT_RECEIVED,
    MessageKind.REPORT_REPLIED,
    MessageKind.REPORT_ALERT,
    MessageKind.REPORT_FORWARDED,
)
_OF_REPORT: Final = (
    select(
        MESSAGE.c.id,
        MESSAGE.c.kind,
        MESSAGE.c.channel,
        MESSAGE.c.subject_id,
        MESSAGE.c.sequence,
        MESSAGE.c.state,
        MESSAGE.c.fault,
        MESSAGE.c.recipient,
    )
    .where(MESSAGE.c.subject_id.in_(bindparam("subjects", expanding=True)))
    .where(MESSAGE.c.kind.in_([str(kind) for kind in _KINDS]))
)
_NEVER: Final = -1
_Key = tuple[str, str, int]
"""Kind, subject and sequence."""


class Told:
    """The messages of one report, to be found by what sent them."""

    def __init__(self, rows: Sequence[Any]) -> None:
        self._rows = {(row.kind, row.subject_id, row.sequence): row for row in rows}

    def by(self, entry: Any) -> EntryMessage | None:
        """What a line of the history sent; None: nothing, or nothing by mail or text message."""
        row = self._rows.get(_key(entry))
        if row is None:
            return None
        return EntryMessage(
            id=row.id,
            channel=MessageChannel(row.channel),
            state=MessageState(row.state),
            fault=row.fault,
            recipient=row.recipient,
        )


def read_told(connection: Connection, report_id: str, reporters: Sequence[Any]) -> Told:
    subjects = [report_id, *(one.id for one in reporters)]
    return Told(connection.execute(_OF_REPORT, {"subjects": subjects}).all())


def _key(entry: Any) -> _Key:
    act = ReportAct(entry.act)
    if act is ReportAct.CONFIRM:
        return (MessageKind.REPORT_RECEIVED, entry.reporter_id or "", 1)
    if act is ReportAct.ASSIGN:
        return (MessageKind.REPORT_FORWARDED, entry.report_id, _version(entry))
    if act in {ReportAct.REGISTER, ReportAct.CHANGE}:
        return (MessageKind.REPORT_ALERT, entry.report_id, _version(entry))
    return (MessageKind.REPORT_REPLIED, entry.reporter_id or "", entry.seq)


def _version(entry: Any) -> int:
    """The version of the report when it was sent; 0: when it was taken down."""
    sent = entry.facts.get("sent", "")
    if sent:
        return int(sent)
    return 0 if entry.act == ReportAct.REGISTER else _NEVER
