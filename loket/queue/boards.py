"""Boards as they are sent: the living tickets of each site, kept ready for the next board."""

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock
from typing import Any

from sqlalchemy import Connection, bindparam, or_

from loket.catalogue.offer import Offer
from loket.kit.clock import local_day
from loket.queue.messages import Waits
from loket.queue.queries import ALIVE_CARDS, CARDS, TICKET, card_of, read_board
from loket.queue.rules.life import ALIVE
from loket.store.feed import PAGE, events_after, last_numbers
from loket.store.work import Actor

_ALIVE = frozenset(str(state) for state in ALIVE)
_CHANGED_CARDS = CARDS.where(
    TICKET.c.site_id == bindparam("site"),
    or_(
        TICKET.c.id.in_(bindparam("tickets", expanding=True)),
        TICKET.c.visit_id.in_(bindparam("visits", expanding=True)),
    ),
)


@dataclass(frozen=True)
class _Kept:
    """A card as it is sent: to who may know the visitor, and to who may not."""

    place: tuple[datetime, str]
    product_id: str
    queue_id: str
    known: str
    unknown: str


@dataclass
class _Site:
    """The living tickets of a site's day, up to an event."""

    day: date = date.min
    number: int = -1
    cards: dict[str, _Kept] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)


class Boards:
    """Makes boards: of five hundred cards only those are read that changed since the last one.

    Every change of a card announces an event in the same transaction, so the number of the last
    event says which ones those are.
    """

    def __init__(self) -> None:
        self._sites: dict[str, _Site] = {}
        self._lock = Lock()

    def board(  # noqa: PLR0913 - who asks, for which site, of what state of the data
        self,
        connection: Connection,
        epoch: str,
        actor: Actor,
        offer: Offer,
        moment: datetime,
        *,
        site_id: str,
        waits: Waits | None,
    ) -> str:
        """The board of a site, as :class:`loket.queue.messages.Board` in JSON.

        ``connection`` reads one consistent state of the data. Who comes to another site than the
        actor's has no name here.
        """
        number = last_numbers(connection).get(site_id, 0)
        cards = self._cards(connection, site_id, local_day(moment), number)
        if site_id == actor.site_id:
            shown = ",".join(_shown(card, actor, offer) for card in cards)
        else:
            shown = ",".join(card.unknown for card in cards)
        frame = read_board(connection, epoch, site_id, offer, moment, number=number, waits=waits)
        return frame.model_dump_json().replace('"cards":[]', f'"cards":[{shown}]', 1)

    def _cards(self, connection: Connection, site_id: str, day: date, number: int) -> list[_Kept]:
        with self._lock:
            site = self._sites.setdefault(site_id, _Site())
        with site.lock:
            if site.day == day and site.number <= number <= site.number + PAGE:
                _catch_up(connection, site_id, site)
            elif site.day != day or site.number < number:
                _read_all(connection, site_id, site, day)
            else:  # this reading began before the one that was kept
                return _in_order(_all_cards(connection, site_id, day))
            site.number = number
            return _in_order(site.cards)


def _in_order(cards: dict[str, _Kept]) -> list[_Kept]:
    return sorted(cards.values(), key=lambda card: card.place)


def _shown(card: _Kept, actor: Actor, offer: Offer) -> str:
    """Who comes for a confidential department has a name only at the counters that serve it."""
    if not offer.is_confidential(card.product_id):
        return card.known
    return card.known if actor.counter_id in offer.counters_of(card.queue_id) else card.unknown


def _read_all(connection: Connection, site_id: str, site: _Site, day: date) -> None:
    site.cards = _all_cards(connection, site_id, day)
    site.day = day


def _all_cards(connection: Connection, site_id: str, day: date) -> dict[str, _Kept]:
    rows = connection.execute(ALIVE_CARDS, {"site": site_id, "day": day})
    return {row.id: _kept(row) for row in rows}


def _catch_up(connection: Connection, site_id: str, site: _Site) -> None:
    """Read again what the events since then are about."""
    told = [json.loads(event.data) for event in events_after(connection, site_id, site.number)]
    tickets = {data["ticket"]["id"] for data in told if "ticket" in data}
    visits = {data["visit_id"] for data in told if "visit_id" in data}
    if not tickets and not visits:
        return
    asked = {"site": site_id, "tickets": sorted(tickets), "visits": sorted(visits)}
    for row in connection.execute(_CHANGED_CARDS, asked):
        if row.state in _ALIVE and row.day == site.day:
            site.cards[row.id] = _kept(row)
        else:
            site.cards.pop(row.id, None)


def _kept(row: Any) -> _Kept:
    known = card_of(row, hidden=False)
    unknown = card_of(row, hidden=True) if _says_who(row) else known
    return _Kept(
        place=(row.arrived_at, row.id),
        product_id=row.product_id,
        queue_id=row.queue_id,
        known=known.model_dump_json(),
        unknown=unknown.model_dump_json(),
    )


def _says_who(row: Any) -> bool:
    return bool(row.visitor_name or row.note or row.remark)
