"""Reading where a ticket stands, for whoever has the token of its page."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from loket.catalogue.citizens import languages_of
from loket.catalogue.offer import Offer
from loket.kit.clock import local_day
from loket.queue.forecaster import SiteForecast
from loket.queue.rules.life import TicketState
from loket.queue.tables import TicketRow
from loket.visitor_page.outlook import outlook
from loket.visitor_page.rules import is_open_on
from loket.visitor_page.wording import Turn

ForecastOf = Callable[[str], SiteForecast | None]
"""The latest forecast of a site, if there is one."""
_TICKET = TicketRow.metadata.tables["ticket"]
_BY_TOKEN = select(_TICKET).where(_TICKET.c.page_token == bindparam("token"))
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")


@dataclass(frozen=True)
class Found:
    """A turn, and where it is."""

    turn: Turn
    town: str
    site: str
    languages: list[str]
    spoken: str
    """The language of the visit, where the town offers it."""
    is_over: bool


def find_turn(
    reads: Connection, offer: Offer, token: str, moment: datetime, forecast_of: ForecastOf
) -> Found | None:
    """None for a token that is unknown, or whose time is over."""
    # What cannot be a token is looked up all the same: each wrong one takes as long.
    sought = token if _TOKEN.fullmatch(token) else ""
    row = reads.execute(_BY_TOKEN, {"token": sought}).one_or_none()
    if row is None or not is_open_on(local_day(moment), _ended_on(row)):
        return None
    town = offer.catalogue.town
    languages = languages_of(town)
    state = TicketState(row.state)
    return Found(
        turn=_turn(reads, offer, row, moment, forecast_of(row.site_id)),
        town=town.name,
        site=next((site.name for site in offer.catalogue.sites if site.id == row.site_id), ""),
        languages=languages,
        spoken=row.language if row.language in languages else "nl",
        is_over=state in {TicketState.DONE, TicketState.WITHDRAWN, TicketState.EXPIRED},
    )


def _ended_on(row: Any) -> Any:
    return row.day if row.ended_at is None else local_day(row.ended_at)


def _turn(
    reads: Connection, offer: Offer, row: Any, moment: datetime, known: SiteForecast | None
) -> Turn:
    counters = {counter.id: counter.name for counter in offer.catalogue.counters}
    waits = row.state == TicketState.WAITING
    return Turn(
        number=row.label,
        state=TicketState(row.state),
        counter=counters.get(row.counter_id or "", ""),
        called_at=row.last_called_at,
        outlook=outlook(reads, offer, row, moment, known) if waits else None,
    )
