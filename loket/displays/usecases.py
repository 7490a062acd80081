"""Acts on displays: pair, change, revoke; and what a site says on them."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from loket.catalogue.offer import Offer
from loket.displays.messages import (
    Display,
    DisplayDetails,
    DisplaysChanged,
    PairDisplay,
    SetSiteMessage,
    SiteMessageNow,
)
from loket.displays.queries import display_of, read_site_message
from loket.displays.rules import (
    CODE_LASTS,
    CODES_AT_ONCE,
    SEEN_EVERY,
    Message,
    MessageSetMeanwhile,
    TooManyCodes,
    UnknownDisplay,
    UnknownPairingCode,
    check_message,
    code_of,
)
from loket.displays.tables import DisplayPairingRow, DisplayRow, SiteMessageRow
from loket.kit.ids import new_id, new_pairing_code, new_token
from loket.staff.queries import digest
from loket.staff.rules import Permission
from loket.staff.usecases import NOBODY, Done
from loket.store.work import Request, Store, Work

_DISPLAY = DisplayRow.metadata.tables["display"]
_PAIRING = DisplayPairingRow.metadata.tables["display_pairing"]
_MESSAGE = SiteMessageRow.metadata.tables["site_message"]

_FORGET_CODES = delete(_PAIRING).where(_PAIRING.c.expires_at <= bindparam("now"))
_WAITING_CODES = select(func.count()).select_from(_PAIRING)
_IS_TAKEN = select(_PAIRING.c.code).where(_PAIRING.c.code == bindparam("code"))
# Taken and used up in one statement: of two colleagues who confirm it at once, one gets it.
_TAKE_CODE = (
    delete(_PAIRING)
    .where(_PAIRING.c.code == bindparam("typed"), _PAIRING.c.expires_at > bindparam("now"))
    .returning(_PAIRING.c.token_hash)
)
_FIND = select(_DISPLAY).where(_DISPLAY.c.id == bindparam("display")).with_for_update()
_STANDING = (_DISPLAY.c.id == bindparam("display"), _DISPLAY.c.revoked_at.is_(None))
_CHANGE = (
    update(_DISPLAY)
    .where(*_STANDING)
    .values(name=bindparam("called"), chime=bindparam("rings"), speech=bindparam("speaks"))
)
_REVOKE = update(_DISPLAY).where(*_STANDING).values(revoked_at=bindparam("now"))
_SEEN = (
    update(_DISPLAY)
    .where(
        *_STANDING,
        _DISPLAY.c.last_seen_at.is_(None) | (_DISPLAY.c.last_seen_at <= bindparam("before")),
    )
    .values(last_seen_at=bindparam("now"))
)
_CLEAR = (
    update(_MESSAGE)
    .where(_MESSAGE.c.site_id == bindparam("site"), _MESSAGE.c.cleared_at.is_(None))
    .values(cleared_at=bindparam("now"))
)


class Offered(NamedTuple):
    """A code for a screen to show, and the secret that it keeps."""

    code: str
    token: str
    expires_at: datetime


def offer_code(store: Store) -> Offered:
    """A code for a screen that is not paired; anybody may ask, so few wait at a time."""
    with store.work(Request(NOBODY)) as work:
        work.connection.execute(_FORGET_CODES, {"now": work.now})
        if work.connection.execute(_WAITING_CODES).scalar_one() >= CODES_AT_ONCE:
            raise TooManyCodes(retry_after=int(CODE_LASTS.total_seconds()))
        offered = Offered(_free_code(work), new_token(), work.now + CODE_LASTS)
        row = {
            "code": offered.code,
            "token_hash": digest(offered.token),
            "created_at": work.now,
            "expires_at": offered.expires_at,
        }
        work.connection.execute(insert(_PAIRING), row)
        work.commit(Done())
    return offered


def _free_code(work: Work) -> str:
    # The key guards it; looking first only spares a screen the rare refusal.
    code = new_pairing_code()
    while work.connection.execute(_IS_TAKEN, {"code": code}).one_or_none() is not None:
        code = new_pairing_code()
    return code


def pair_display(work: Work, offer: Offer, command: PairDisplay) -> Display:
    """Make the screen that shows a code a display of a site; the code is used up."""
    work.allow(Permission.MANAGE_DISPLAYS)
    site = command.site_id or work.actor.site_id
    offer.check_site(site)
    asked = {"typed": code_of(command.code), "now": work.now}
    secret = work.connection.execute(_TAKE_CODE, asked).scalar_one_or_none()
    if secret is None:
        raise UnknownPairingCode
    row = {
        "id": new_id(),
        "site_id": site,
        "name": command.name,
        "token_hash": secret,
        "chime": command.chime,
        "speech": command.speech,
        "paired_at": work.now,
        "paired_by": work.actor.user_id or None,
        "revoked_at": None,
        "last_seen_at": None,
    }
    work.connection.execute(insert(_DISPLAY), row)
    return _written(work, row["id"], "pair_display")


def change_display(work: Work, display_id: str, command: DisplayDetails) -> Display:
    """Another name, or whether it rings and speaks."""
    work.allow(Permission.MANAGE_DISPLAYS)
    values = {"called": command.name, "rings": command.chime, "speaks": command.speech}
    changed = work.connection.execute(_CHANGE, {"display": display_id, **values})
    if changed.rowcount != 1:
        raise UnknownDisplay
    return _written(work, display_id, "change_display")


def revoke_display(work: Work, display_id: str) -> Display:
    """End it: whatever holds its secret is told that there is nothing here."""
    work.allow(Permission.MANAGE_DISPLAYS)
    revoked = work.connection.execute(_REVOKE, {"display": display_id, "now": work.now})
    if revoked.rowcount != 1:
        raise UnknownDisplay
    return _written(work, display_id, "revoke_display")


def _written(work: Work, display_id: str, act: str) -> Display:
    row: Any = work.connection.execute(_FIND, {"display": display_id}).one()
    work.record(act, "display", display_id, site=row.site_id)
    work.announce(row.site_id, "displays_changed", DisplaysChanged(site_id=row.site_id))
    return work.commit(display_of(row))


def note_seen(store: Store, display: Any) -> None:
    """A display is there; kept to the minute."""
    now = store.clock.now()
    if display.last_seen_at is not None and now - display.last_seen_at < SEEN_EVERY:
        return
    with store.work(Request(NOBODY)) as work:
        seen = {"display": display.id, "now": now, "before": now - SEEN_EVERY}
        work.connection.execute(_SEEN, seen)
        work.commit(Done())


def set_site_message(
    work: Work, offer: Offer, site_id: str, command: SetSiteMessage
) -> SiteMessageNow:
    """Say something at the foot of a site's displays; it replaces what stood there."""
    work.allow(Permission.MANAGE_DISPLAYS)
    offer.check_site(site_id)
    texts = {str(language): text for language, text in command.texts.items()}
    message = Message(texts, command.from_at or work.now, command.until_at)
    check_message(message)
    work.connection.execute(_CLEAR, {"site": site_id, "now": work.now})
    row = {
        "id": new_id(),
        "site_id": site_id,
        "texts": message.texts,
        "from_at": message.from_at,
        "until_at": message.until_at,
        "set_at": work.now,
        "set_by": work.actor.user_id or None,
        "cleared_at": None,
    }
    try:
        work.connection.execute(insert(_MESSAGE), row)
    except IntegrityError as error:
        raise MessageSetMeanwhile from error
    return _told(work, site_id, "set_site_message")


def clear_site_message(work: Work, offer: Offer, site_id: str) -> SiteMessageNow:
    """Go back to the usual sentence; where nothing was said nothing changes."""
    work.allow(Permission.MANAGE_DISPLAYS)
    offer.check_site(site_id)
    work.connection.execute(_CLEAR, {"site": site_id, "now": work.now})
    return _told(work, site_id, "clear_site_message")


def _told(work: Work, site_id: str, act: str) -> SiteMessageNow:
    work.record(act, "site", site_id)
    work.announce(site_id, "displays_changed", DisplaysChanged(site_id=site_id))
    return work.commit(read_site_message(work.connection, site_id))
