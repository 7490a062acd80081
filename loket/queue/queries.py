"""Reading the queue: tickets, the board of a site, a clerk's own day, measured service times."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from statistics import mean
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, bindparam, func, select

from loket.catalogue.measured import Measured
from loket.catalogue.offer import Offer
from loket.kit.clock import local_day
from loket.queue.by_hand import queue_now, settings_on
from loket.queue.messages import (
    Board,
    CallReason,
    CounterNow,
    OwnDay,
    Ticket,
    TicketCard,
    Waits,
)
from loket.queue.rules.life import (
    AT_COUNTER,
    Interval,
    Standing,
    TicketKind,
    TicketState,
    UnknownTicket,
)
from loket.queue.rules.opening import PauseReason
from loket.queue.tables import (
    IS_ALIVE,
    IS_WAITING,
    CounterPresenceRow,
    TicketIntervalRow,
    TicketRow,
)
from loket.staff.rules import short_name
from loket.staff.tables import UserRow
from loket.store.work import Actor
from loket.visits.messages import Language
from loket.visits.tables import VisitRow

TICKET = TicketRow.metadata.tables["ticket"]
_INTERVAL = TicketIntervalRow.metadata.tables["ticket_interval"]
_VISIT = VisitRow.metadata.tables["visit"]
_PRESENCE = CounterPresenceRow.metadata.tables["counter_presence"]
_PERSON = UserRow.metadata.tables["staff_user"]
MEASURED_WEEKS = 13

CARDS = (
    select(
        TICKET,
        _VISIT.c.visitor_name,
        _VISIT.c.note,
        _INTERVAL.c.remark,
        _PERSON.c.name.label("parked_by_name"),
    )
    .join(_VISIT, _VISIT.c.id == TICKET.c.visit_id)
    .join(
        _INTERVAL,
        and_(_INTERVAL.c.ticket_id == TICKET.c.id, _INTERVAL.c.to_at.is_(None)),
    )
    .join(_PERSON, _PERSON.c.id == TICKET.c.parked_by, isouter=True)
)
_CARD = CARDS.where(TICKET.c.id == bindparam("ticket"), TICKET.c.site_id == bindparam("site"))
_CARD_BY_CODE = CARDS.where(
    TICKET.c.code == bindparam("code"), TICKET.c.site_id == bindparam("site")
)
ALIVE_CARDS = CARDS.where(
    TICKET.c.site_id == bindparam("site"),
    TICKET.c.day == bindparam("day"),
    IS_ALIVE,
).order_by(TICKET.c.arrived_at, TICKET.c.id)
_PRESENT = select(_PRESENCE).where(
    _PRESENCE.c.site_id == bindparam("site"), _PRESENCE.c.since >= bindparam("since")
)
_WAITING_IN = (
    select(func.count())
    .select_from(TICKET)
    .where(
        TICKET.c.queue_id == bindparam("queue"),
        TICKET.c.day == bindparam("day"),
        IS_WAITING,
    )
)


def ticket_of(row: Any, standing: Standing, version: int) -> Ticket:
    """A ticket's row, and where it stands, as a message."""
    return Ticket(
        id=row.id,
        number=row.label,
        code=row.code,
        site_id=row.site_id,
        queue_id=standing.queue_id,
        product_id=standing.product_id,
        product_ids=_products(standing.product_id, row.more_products),
        visit_id=row.visit_id,
        kind=TicketKind(row.kind),
        state=standing.state,
        version=version,
        arrived_at=row.arrived_at,
        appointment_at=row.appointment_at,
        issued_at=row.issued_at,
        state_since=standing.since,
        first_called_at=standing.first_called_at,
        last_called_at=standing.last_called_at,
        serving_since=standing.serving_since,
        calls=standing.calls,
        counter_id=standing.counter_id,
        only_counter_id=standing.only_counter_id,
        parked_by=standing.parked_by,
        priority=row.priority,
        language=Language(row.language),
        why=_reason(standing),
    )


def _reason(standing: Standing) -> CallReason | None:
    if standing.why is None or standing.state not in AT_COUNTER:
        return None
    return CallReason.model_validate(standing.why)


def _products(served_for: str, more: list[str] | None) -> list[str]:
    return [served_for, *(product for product in more or () if product != served_for)]


def standing_of(row: Any) -> Standing:
    """Where a ticket stands, from its row."""
    return Standing(
        state=TicketState(row.state),
        since=row.since,
        counter_id=row.counter_id,
        first_called_at=row.first_called_at,
        last_called_at=row.last_called_at,
        serving_since=row.serving_since,
        ended_at=row.ended_at,
        calls=row.calls,
        why=row.why,
        queue_id=row.queue_id,
        product_id=row.product_id,
        only_counter_id=row.only_counter_id,
        parked_by=row.parked_by,
    )


def interval_of(row: Any) -> Interval:
    """A state a ticket was in, from its row."""
    return Interval(
        seq=row.seq,
        state=TicketState(row.state),
        from_at=row.from_at,
        counter_id=row.counter_id,
        user_id=row.user_id,
        calls=row.calls,
        last_call_at=row.last_call_at,
        why=row.why,
        queue_id=row.queue_id,
        product_id=row.product_id,
        only_counter_id=row.only_counter_id,
    )


def card_of(row: Any, *, hidden: bool) -> TicketCard:
    """A ticket's card; ``hidden``: for who may not know the visitor."""
    return TicketCard(
        ticket=ticket_of(row, standing_of(row), row.version),
        visitor_name="" if hidden else row.visitor_name,
        note="" if hidden else row.note,
        remark="" if hidden else row.remark,
        parked_by=short_name(row.parked_by_name or ""),
    )


def _is_hidden(row: Any, actor: Actor, offer: Offer) -> bool:
    """Who comes for a confidential department has a name only at the counters that serve it."""
    if not offer.is_confidential(row.product_id):
        return False
    return actor.counter_id not in offer.counters_of(row.queue_id)


def read_card(connection: Connection, ticket_id: str, actor: Actor, offer: Offer) -> TicketCard:
    row = connection.execute(_CARD, {"ticket": ticket_id, "site": actor.site_id}).one_or_none()
    if row is None:
        raise UnknownTicket(ticket=ticket_id)
    return card_of(row, hidden=_is_hidden(row, actor, offer))


def find_by_code(connection: Connection, code: str, actor: Actor, offer: Offer) -> TicketCard:
    """The ticket whose slip was scanned; of another day too, unlike its number."""
    row = connection.execute(_CARD_BY_CODE, {"code": code, "site": actor.site_id}).one_or_none()
    if row is None:
        raise UnknownTicket(ticket=code)
    return card_of(row, hidden=_is_hidden(row, actor, offer))


def waiting_in(connection: Connection, queue_id: str, day: date) -> int:
    """How many wait in a queue on a day."""
    return int(connection.execute(_WAITING_IN, {"queue": queue_id, "day": day}).scalar_one())


class Seated(NamedTuple):
    """Somebody at a counter, and whether they pause."""

    clerk: str
    calls: bool
    pause: PauseReason | None = None
    paused_since: datetime | None = None
    pause_until: datetime | None = None

    @property
    def open(self) -> bool:
        return self.calls and self.pause is None


def seated_people(connection: Connection, site_id: str, moment: datetime) -> dict[str, Seated]:
    """By counter id who sits there, among those who came today."""
    since = moment - timedelta(hours=16)
    rows = connection.execute(_PRESENT, {"site": site_id, "since": since})
    today = local_day(moment)
    return {row.counter_id: seated_of(row) for row in rows if local_day(row.since) == today}


def seated_of(row: Any) -> Seated:
    pause = PauseReason(row.pause_reason) if row.pause_reason else None
    return Seated(row.clerk, row.calls, pause, row.paused_at, row.pause_until)


def open_counters(offer: Offer, queue_id: str, seated: Mapping[str, Seated]) -> int:
    """How many of a queue's counters have somebody who calls, and does not pause."""
    callers = (counter for counter in offer.counters_of(queue_id) if counter in seated)
    return sum(seated[counter].open for counter in callers)


def counter_now(counter_id: str, seated: Mapping[str, Seated]) -> CounterNow:
    """A counter as the board shows it."""
    found = seated.get(counter_id, Seated("", calls=False))
    return CounterNow(
        counter_id=counter_id,
        clerk=found.clerk,
        open=found.open,
        pause=found.pause,
        paused_since=found.paused_since,
        pause_until=found.pause_until,
    )


def read_board(  # noqa: PLR0913 - a board has this much in it
    connection: Connection,
    epoch: str,
    site: str,
    offer: Offer,
    moment: datetime,
    *,
    number: int,
    waits: Waits | None,
) -> Board:
    """A site as it is after event ``number``, without its cards."""
    seated = seated_people(connection, site, moment)
    by_hand = settings_on(connection, local_day(moment))
    return Board(
        site_id=site,
        epoch=epoch,
        number=number,
        made_at=moment,
        queues=[
            queue_now(
                offer,
                queue,
                moment,
                open_counters=open_counters(offer, queue.id, seated),
                hand=by_hand.get(queue.id),
            )
            for queue in offer.catalogue.queues
            if queue.site_id == site
        ],
        counters=[
            counter_now(counter.id, seated)
            for counter in offer.catalogue.counters
            if counter.site_id == site
        ],
        cards=[],
        waits=waits,
    )


_OWN_INTERVALS = (
    select(
        _INTERVAL.c.state,
        _INTERVAL.c.from_at,
        _INTERVAL.c.to_at,
        TICKET.c.arrived_at,
        TICKET.c.first_called_at,
        TICKET.c.serving_since,
    )
    .join(TICKET, TICKET.c.id == _INTERVAL.c.ticket_id)
    .where(
        _INTERVAL.c.user_id == bindparam("user"),
        _INTERVAL.c.from_at >= bindparam("since"),
        _INTERVAL.c.undone_at.is_(None),
    )
)


_SAT_DOWN = select(func.min(_PRESENCE.c.since)).where(
    _PRESENCE.c.user_id == bindparam("user"), _PRESENCE.c.since >= bindparam("since")
)


def read_own_day(connection: Connection, user_id: str, midnight: datetime) -> OwnDay:
    """What a clerk did today: served, times in seconds, no-shows; since they first sat down."""
    asked = {"user": user_id, "since": midnight}
    rows = list(connection.execute(_OWN_INTERVALS, asked))
    by_state: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        by_state[row.state].append(row)
    served = [row.from_at - row.serving_since for row in by_state["done"] if row.serving_since]
    waits = [
        row.first_called_at - row.arrived_at
        for row in by_state["called"]
        if row.from_at == row.first_called_at  # called again after parking is not a first wait
    ]
    # Where they sit now may be their second desk of the day: what they did first is older.
    sat_down = connection.scalar(_SAT_DOWN, asked)
    begins = [row.from_at for row in rows] + ([sat_down] if sat_down is not None else [])
    return OwnDay(
        since=min(begins, default=midnight),
        served=len(served),
        mean_service=_mean_seconds(served),
        mean_wait=_mean_seconds(waits),
        no_shows=len(by_state["no_show"]),
    )


def _mean_seconds(times: list[timedelta]) -> int:
    return round(mean(time.total_seconds() for time in times)) if times else 0


def measured(connection: Connection, day: date) -> dict[str, Measured]:
    """What the thirteen weeks before a day tell of each product."""
    ticket = TICKET.c
    rows = connection.execute(
        select(ticket.product_id, ticket.serving_since, ticket.ended_at).where(
            ticket.state == "done",
            ticket.day >= day - timedelta(weeks=MEASURED_WEEKS),
            ticket.day < day,
            ticket.serving_since.is_not(None),
        )
    )
    times: dict[str, list[timedelta]] = defaultdict(list)
    for row in rows:
        times[row.product_id].append(row.ended_at - row.serving_since)
    return {
        product: Measured(max(1, _mean_seconds(served)), len(served))
        for product, served in times.items()
    }
