"""Reading displays: which one asks, which there are, and what a site says on them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from loket.displays.messages import Display, Displays, SiteMessage, SiteMessageNow
from loket.displays.rules import Message
from loket.displays.tables import DisplayPairingRow, DisplayRow, SiteMessageRow
from loket.staff.queries import digest

_DISPLAY = DisplayRow.metadata.tables["display"]
_PAIRING = DisplayPairingRow.metadata.tables["display_pairing"]
_MESSAGE = SiteMessageRow.metadata.tables["site_message"]

_BY_TOKEN = select(_DISPLAY).where(
    _DISPLAY.c.token_hash == bindparam("token"), _DISPLAY.c.revoked_at.is_(None)
)
_OF_TOWN = select(_DISPLAY).order_by(_DISPLAY.c.paired_at, _DISPLAY.c.id)
_CODE_OF = select(_PAIRING.c.code, _PAIRING.c.expires_at).where(
    _PAIRING.c.token_hash == bindparam("token")
)
_CURRENT = select(_MESSAGE).where(
    _MESSAGE.c.site_id == bindparam("site"), _MESSAGE.c.cleared_at.is_(None)
)


def find_display(connection: Connection, token: str) -> Any | None:
    """The row of the display that has this secret, unless it was revoked."""
    return connection.execute(_BY_TOKEN, {"token": digest(token)}).one_or_none()


def find_pairing(connection: Connection, token: str) -> Any | None:
    """Code and end of the pairing that waits for the screen with this secret."""
    return connection.execute(_CODE_OF, {"token": digest(token)}).one_or_none()


def display_of(row: Any) -> Display:
    return Display(
        id=row.id,
        site_id=row.site_id,
        name=row.name,
        chime=row.chime,
        speech=row.speech,
        paired_at=row.paired_at,
        revoked_at=row.revoked_at,
        last_seen_at=row.last_seen_at,
    )


def read_displays(connection: Connection) -> Displays:
    """All of the town, revoked ones too: who looks wants to know that it is over."""
    return Displays(displays=[display_of(row) for row in connection.execute(_OF_TOWN)])


def read_site_message(connection: Connection, site_id: str) -> SiteMessageNow:
    """What was set and not cleared, also when its time is over or still to come."""
    row = connection.execute(_CURRENT, {"site": site_id}).one_or_none()
    return SiteMessageNow(site_id=site_id, message=None if row is None else message_of(row))


def message_of(row: Any) -> SiteMessage:
    return SiteMessage(
        texts=row.texts, from_at=row.from_at, until_at=row.until_at, set_at=row.set_at
    )


def message_at(connection: Connection, site_id: str, moment: datetime) -> dict[str, str] | None:
    """The texts that hold at a moment, if any do."""
    found = read_site_message(connection, site_id).message
    if found is None:
        return None
    message = Message(found.texts, found.from_at, found.until_at)
    return message.texts if message.holds_at(moment) else None
