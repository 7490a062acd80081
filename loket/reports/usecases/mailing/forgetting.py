"""What need not be kept of mail that was settled: who wrote, and what."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, bindparam, delete, select, update

from loket.reports.queries.mails import MAIL, MAIL_CONTENT

_OLD: Final = (MAIL.c.settled_at.is_not(None), MAIL.c.settled_at < bindparam("before"))
_FORGET_CONTENT: Final = delete(MAIL_CONTENT).where(
    MAIL_CONTENT.c.mail_id.in_(select(MAIL.c.id).where(*_OLD))
)
_FORGET: Final = (
    update(MAIL)
    .where(*_OLD, MAIL.c.sender != "")
    .values(sender="", sender_name="", subject="", text="", files=[])
)


def forget_mails(connection: Connection, now: datetime, kept: timedelta) -> int:
    """Erase what was settled long ago; its key stays, so that it never lands twice."""
    asked = {"before": now - kept}
    connection.execute(_FORGET_CONTENT, asked)
    return connection.execute(_FORGET, asked).rowcount
