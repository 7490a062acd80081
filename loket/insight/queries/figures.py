"""Reading figures: one pass over the tickets of a period, reckoned in arrays."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Select, and_, bindparam, case, func, or_, select

from loket.catalogue.offer import Offer
from loket.insight.messages import FigureRow, Figures, TicketLine, TicketLines, Times
from loket.insight.rules.choices import IN_ORDER, By, Outcome, check_period, outcome
from loket.insight.rules.figures import NOT_KNOWN, Seconds, local_hour, spread
from loket.queue.tables import TicketIntervalRow, TicketRow
from loket.store.durations import epoch_seconds, seconds_between
from loket.visits.tables import VisitRow

_TICKET = TicketRow.metadata.tables["ticket"]
_INTERVAL = TicketIntervalRow.metadata.tables["ticket_interval"]
_VISIT = VisitRow.metadata.tables["visit"]
_AT_ONCE = 20_000
"""Rows fetched in one go: a long period never stands in memory as rows."""

_SERVING = _INTERVAL.c.state == "serving"
_SERVED_SECONDS = func.sum(
    case((_SERVING, seconds_between(_INTERVAL.c.from_at, _INTERVAL.c.to_at)))
).label("service_seconds")
_NO_SHOWS = func.sum(case((_INTERVAL.c.state == "no_show", 1), else_=0)).label("no_shows")
_TRANSFERS = func.sum(case((_INTERVAL.c.state == "transferred", 1), else_=0)).label("transfers")
_READY_AT = case(
    (_TICKET.c.appointment_at > _TICKET.c.arrived_at, _TICKET.c.appointment_at),
    else_=_TICKET.c.arrived_at,
)
_WAITED = seconds_between(_READY_AT, _TICKET.c.first_called_at)


def _of_period(*columns: Any) -> Select[Any]:
    """Every ticket of a period at some sites, with what its intervals add up to."""
    return (
        select(_TICKET.c.id, *columns, _SERVED_SECONDS, _NO_SHOWS, _TRANSFERS)
        .join(_VISIT, _VISIT.c.id == _TICKET.c.visit_id)
        .join(
            _INTERVAL,
            and_(_INTERVAL.c.ticket_id == _TICKET.c.id, _INTERVAL.c.undone_at.is_(None)),
        )
        .where(
            _TICKET.c.site_id.in_(bindparam("sites", expanding=True)),
            _TICKET.c.day.between(bindparam("first"), bindparam("last")),
        )
        # Both are keys, so the other columns follow from them.
        .group_by(_TICKET.c.id, _VISIT.c.id)
    )


_FIGURES = _of_period(
    _TICKET.c.state,
    _TICKET.c.product_id,
    _TICKET.c.queue_id,
    _TICKET.c.counter_id,
    _TICKET.c.day,
    _VISIT.c.channel,
    epoch_seconds(_TICKET.c.arrived_at).label("arrived"),
    _WAITED.label("waited"),
    seconds_between(_TICKET.c.arrived_at, _TICKET.c.ended_at).label("stayed"),
)


@dataclass(frozen=True)
class Period:
    """Days, both included, at some sites."""

    first: date
    last: date
    sites: tuple[str, ...]

    def __post_init__(self) -> None:
        check_period(self.first, self.last)

    def parameters(self) -> dict[str, Any]:
        return {"first": self.first, "last": self.last, "sites": list(self.sites)}


@dataclass(frozen=True)
class _Tickets:
    """The tickets of a period in columns."""

    keys: NDArray[np.int64]
    names: list[str]
    """What ``keys`` count into."""
    outcomes: NDArray[np.int64]
    waiting: Seconds
    service: Seconds
    total: Seconds
    transfers: NDArray[np.int64]
    within_norm: NDArray[np.int64]

    def where(self, chosen: NDArray[np.bool_]) -> "_Tickets":
        return _Tickets(
            self.keys[chosen],
            self.names,
            self.outcomes[chosen],
            self.waiting[chosen],
            self.service[chosen],
            self.total[chosen],
            self.transfers[chosen],
            self.within_norm[chosen],
        )


_OUTCOMES = list(Outcome)
_COLUMNS = 7


def read_figures(connection: Connection, offer: Offer, period: Period, by: By) -> Figures:
    """The figures of a period, a row for each of what ``by`` says."""
    tickets = _tickets(connection, offer, period, by)
    rows = [
        _row(tickets.where(tickets.keys == place), key, _name_of(offer, by, key))
        for place, key in enumerate(tickets.names)
    ]
    rows.sort(key=(lambda row: row.key) if by in IN_ORDER else (lambda row: -row.tickets))
    return Figures(
        first=period.first.isoformat(),
        last=period.last.isoformat(),
        by=by,
        rows=rows,
        together=_row(tickets, "", ""),
    )


def _row(tickets: _Tickets, key: str, name: str) -> FigureRow:
    counts = np.bincount(tickets.outcomes, minlength=len(_OUTCOMES))
    ended = dict(zip(_OUTCOMES, counts.tolist(), strict=True))
    return FigureRow(
        key=key,
        name=name,
        tickets=int(tickets.keys.size),
        served=ended[Outcome.SERVED],
        no_shows=ended[Outcome.NO_SHOW],
        withdrawn=ended[Outcome.WITHDRAWN],
        unserved=ended[Outcome.UNSERVED],
        transfers=int(tickets.transfers.sum()),
        waiting=_times(tickets.waiting),
        service=_times(tickets.service),
        total=_times(tickets.total),
        within_norm=int(tickets.within_norm.sum()),
    )


def _times(seconds: Seconds) -> Times:
    found = spread(seconds)
    return Times(count=found.count, mean=found.mean, p50=found.p50, p90=found.p90, max=found.max)


def _tickets(connection: Connection, offer: Offer, period: Period, by: By) -> _Tickets:
    key_of = _keys(offer, by)
    norms = {queue.id: queue.norm_minutes * 60 for queue in offer.catalogue.queues}
    places: dict[str, int] = defaultdict(lambda: len(places))
    parts = [np.empty((0, _COLUMNS), dtype=np.int64)]
    rows = connection.execution_options(yield_per=_AT_ONCE).execute(_FIGURES, period.parameters())
    for some in rows.partitions():
        lines = [_reckoned(row, places[key_of(row)], norms) for row in some]
        parts.append(np.array(lines, dtype=np.int64))
    columns = np.concatenate(parts).T
    return _Tickets(columns[0], list(places), *columns[1:])


def _reckoned(row: Any, place: int, norms: Mapping[str, int]) -> tuple[int, ...]:
    ended = outcome(row.state, no_shows=row.no_shows)
    # Called before the moment of the appointment is not a wait of less than nothing.
    waited = NOT_KNOWN if row.waited is None else max(0, row.waited)
    served = ended is Outcome.SERVED
    return (
        place,
        _OUTCOMES.index(ended),
        waited,
        row.service_seconds if served and row.service_seconds is not None else NOT_KNOWN,
        max(0, row.stayed) if served and row.stayed is not None else NOT_KNOWN,
        row.transfers,
        int(waited != NOT_KNOWN and waited <= norms.get(row.queue_id, 0)),
    )


def _keys(offer: Offer, by: By) -> Callable[[Any], str]:
    """What a row of the table is for, from a ticket."""
    services = {product.id: product.service_id for product in offer.catalogue.products}
    keys: dict[By, Callable[[Any], str]] = {
        By.SERVICE: lambda ticket: services.get(ticket.product_id, ""),
        By.PRODUCT: lambda ticket: str(ticket.product_id),
        By.QUEUE: lambda ticket: str(ticket.queue_id),
        By.COUNTER: lambda ticket: ticket.counter_id or "",
        By.CHANNEL: lambda ticket: str(ticket.channel),
        By.HOUR: lambda ticket: local_hour(ticket.arrived // 3600),
        By.WEEKDAY: lambda ticket: str(ticket.day.isoweekday()),
        By.DAY: lambda ticket: str(ticket.day.isoformat()),
        By.MONTH: lambda ticket: str(ticket.day.isoformat()[:7]),
    }
    return keys[by]


def _name_of(offer: Offer, by: By, key: str) -> str:
    catalogue = offer.catalogue
    named: Mapping[By, Any] = {
        By.SERVICE: catalogue.services,
        By.PRODUCT: catalogue.products,
        By.QUEUE: catalogue.queues,
        By.COUNTER: catalogue.counters,
    }
    return next((thing.name for thing in named.get(by, ()) if thing.id == key), "")


# One ticket a line

_COUNT = (
    select(func.count())
    .select_from(_TICKET)
    .where(
        _TICKET.c.site_id.in_(bindparam("sites", expanding=True)),
        _TICKET.c.day.between(bindparam("first"), bindparam("last")),
    )
)
_LINES = (
    _of_period(
        *(column for column in _TICKET.c if column.name != "id"),
        _VISIT.c.channel,
        _WAITED.label("waited"),
        seconds_between(_TICKET.c.arrived_at, _TICKET.c.ended_at).label("stayed"),
    )
    .where(
        or_(
            _TICKET.c.day > bindparam("after_day"),
            and_(_TICKET.c.day == bindparam("after_day"), _TICKET.c.id > bindparam("after_id")),
        )
    )
    .order_by(_TICKET.c.day, _TICKET.c.id)
    .limit(bindparam("many"))
)


def read_lines(
    connection: Connection, offer: Offer, period: Period, *, after: str, many: int
) -> TicketLines:
    """A page of the tickets of a period, after the place where the last page ended."""
    day, _space, ident = after.partition("_")
    begin = date.fromisoformat(day) if day else date(1970, 1, 1)
    asked = {**period.parameters(), "after_day": begin, "after_id": ident, "many": many + 1}
    rows = list(connection.execute(_LINES, asked))
    page = list(islice(rows, many))
    last = page[-1] if len(rows) > many else None
    return TicketLines(
        total=connection.execute(_COUNT, period.parameters()).scalar_one(),
        lines=list(_lines(offer, page)),
        after="" if last is None else f"{last.day.isoformat()}_{last.id}",
    )


def _lines(offer: Offer, rows: list[Any]) -> Iterator[TicketLine]:
    catalogue = offer.catalogue
    sites = {site.id: site.name for site in catalogue.sites}
    queues = {queue.id: queue.name for queue in catalogue.queues}
    services = {service.id: service.name for service in catalogue.services}
    products = {product.id: product for product in catalogue.products}
    counters = {counter.id: counter.name for counter in catalogue.counters}
    for row in rows:
        product = products.get(row.product_id)
        ended = outcome(row.state, no_shows=row.no_shows)
        yield TicketLine(
            day=row.day.isoformat(),
            number=row.label,
            site=sites.get(row.site_id, ""),
            queue=queues.get(row.queue_id, ""),
            service=services.get(product.service_id, "") if product else "",
            product=product.name if product else "",
            channel=row.channel,
            kind=row.kind,
            arrived_at=row.arrived_at,
            appointment_at=row.appointment_at,
            first_called_at=row.first_called_at,
            ended_at=row.ended_at,
            outcome=ended,
            waiting=None if row.waited is None else max(0, row.waited),
            service_time=row.service_seconds if ended is Outcome.SERVED else None,
            total=row.stayed if ended is Outcome.SERVED else None,
            promised_minutes=row.promised_minutes,
            counter=counters.get(row.counter_id or "", ""),
            calls=row.calls,
            transfers=row.transfers,
        )
