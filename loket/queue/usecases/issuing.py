"""Where a ticket is made, and its number."""

from dataclasses import dataclass
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any, Protocol

from sqlalchemy import Connection, bindparam, insert, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from loket.catalogue.messages import Access, Product, Queue
from loket.catalogue.offer import Offer
from loket.kit.clock import local_day
from loket.kit.ids import new_code, new_id, new_page_token
from loket.queue.by_hand import check_open, setting_of
from loket.queue.forecaster import SiteForecast
from loket.queue.messages import IssuedTicket, IssueTicket, WaitRange
from loket.queue.queries import open_counters, seated_people, waiting_in
from loket.queue.rules.life import (
    FIRST_NUMBER,
    LAST_NUMBER,
    TICKET_CODE_KIND,
    AppointmentOnly,
    Interval,
    NotServedHere,
    NumberNotLeased,
    SeriesExhausted,
    Standing,
    TicketExists,
    TicketKind,
    TicketState,
    expected_wait,
    issued,
    label,
)
from loket.queue.rules.opening import ByHand
from loket.queue.rules.refusals import ProductElsewhere, ProductThere
from loket.queue.rules.waits.told import rule_of_thumb
from loket.queue.tables import NumberLeaseRow, SeriesDayRow
from loket.queue.turns import range_of
from loket.queue.usecases.ledger import (
    ENTER_STATE,
    TICKET,
    HeldTicket,
    announce,
    find_held,
    hold,
    interval_values,
    stand,
    standing_values,
)
from loket.queue.usecases.products import add_at_issue, note_asked
from loket.staff.rules import Permission
from loket.store.work import Work
from loket.visits.messages import ActKind
from loket.visits.queries import read_visit, visit_of
from loket.visits.usecases import OpenVisit, note_act, open_visit

_SERIES_DAY = SeriesDayRow.metadata.tables["series_day"]
_LEASE = NumberLeaseRow.metadata.tables["number_lease"]


def _next_number(dialect: str) -> Any:
    upsert = (sqlite if dialect == "sqlite" else postgresql).insert(_SERIES_DAY)
    return upsert.on_conflict_do_update(
        index_elements=["site_id", "day", "series_id"],
        set_={"last_number": _SERIES_DAY.c.last_number + 1},
        where=_SERIES_DAY.c.last_number < LAST_NUMBER,
    ).returning(_SERIES_DAY.c.last_number)


_NEXT_NUMBER = {name: _next_number(name) for name in ("sqlite", "postgresql")}
_USE_LEASE = (
    update(_LEASE)
    .where(
        _LEASE.c.site_id == bindparam("site"),
        _LEASE.c.day == bindparam("on"),
        _LEASE.c.series_id == bindparam("series"),
        _LEASE.c.number == bindparam("leased"),
        _LEASE.c.counter_id == bindparam("counter"),
        _LEASE.c.used_at.is_(None),
    )
    .values(used_at=bindparam("at"))
)
_ADD_TICKET = insert(TICKET)
_RENUMBER = (
    update(TICKET)
    .where(TICKET.c.id == bindparam("ticket"))
    .values(number=bindparam("number"), label=bindparam("label"))
)


class Forecasts(Protocol):
    """Who knows the waits of a site."""

    def of(self, site_id: str) -> SiteForecast | None: ...


@dataclass(frozen=True)
class _Promise:
    ahead: int
    wait: WaitRange | None

    @property
    def minutes(self) -> int | None:
        return self.wait.middle if self.wait else None


def issue_ticket(
    work: Work, offer: Offer, command: IssueTicket, forecasts: Forecasts
) -> IssuedTicket:
    """Give a ticket for a product; its visit begins in the same transaction if it is new."""
    work.allow(Permission.ISSUE_TICKET)
    if command.leased_number is not None:
        known = find_held(work, command.id)
        if known is not None:
            return _renumber(work, offer, command, known)
    product, queue = _what_and_where(work, offer, command)
    visit = open_visit(work, offer, command.visit)
    known_waits = forecasts.of(queue.site_id)
    promise = _promise(work, offer, product, queue, visit.values.priority, known_waits)
    return work.commit(_give(work, offer, command, queue, visit, promise))


def give_to_booked(
    work: Work, offer: Offer, command: IssueTicket, queue: Queue, appointment_at: datetime
) -> IssuedTicket:
    """Give a ticket to somebody who comes for an appointment; does not commit.

    They wait from that moment on, in the class of appointments; a wait is not promised.
    """
    visit = open_visit(work, offer, command.visit)
    ahead = waiting_in(work.connection, queue.id, local_day(work.now))
    return _give(work, offer, command, queue, visit, _Promise(ahead, None), appointment_at)


def _give(  # noqa: PLR0913, PLR0917 - what was decided about a ticket
    work: Work,
    offer: Offer,
    command: IssueTicket,
    queue: Queue,
    visit: OpenVisit,
    promise: _Promise,
    appointment_at: datetime | None = None,
) -> IssuedTicket:
    ticket = _make_ticket(work, offer, command, queue, visit, promise, appointment_at)
    for more in command.more_product_ids:
        note_asked(work, offer, visit.id, ticket.id, more)
    act = note_act(
        work,
        offer,
        visit.id,
        {
            "id": new_id(),
            "kind": str(ActKind.TICKET_ISSUED),
            "ticket_id": ticket.id,
            "product_id": command.product_id,
            "text": "",
        },
    )
    announce(work, ticket, "issue_ticket")
    return IssuedTicket(
        ticket=ticket.message(),
        visit=visit_of(visit.values, [act])
        if visit.is_new and not command.more_product_ids
        else read_visit(work.connection, visit.id, work.actor, offer),
        ahead=promise.ahead,
        wait_minutes=promise.minutes,
        wait=promise.wait,
        page_address=_page_address(offer, ticket),
    )


def _page_address(offer: Offer, ticket: HeldTicket) -> str:
    town = offer.catalogue.town.public_address.rstrip("/")
    token = ticket.row.page_token
    return f"{town}/t/{token}" if town and token else ""


def _renumber(work: Work, offer: Offer, command: IssueTicket, ticket: HeldTicket) -> IssuedTicket:
    """Give a ticket the number that stands on the visitor's paper.

    It was issued here, but the desk never heard so and printed a leased number: that paper is what
    the visitor has in hand. The number first given stays unused.
    """
    if ticket.row.visit_id != command.visit.id or command.leased_number is None:
        raise TicketExists(number=ticket.row.label)
    row = ticket.row
    number = _from_lease(work, row.day, row.series_id, command.leased_number)
    shown = label(row.label[0], number)
    work.connection.execute(_RENUMBER, {"ticket": ticket.id, "number": number, "label": shown})
    now = hold(work, ticket.id)
    renumbered = stand(work, now, now.standing, act="renumber_ticket")
    return work.commit(
        IssuedTicket(
            ticket=renumbered.message(),
            visit=read_visit(work.connection, row.visit_id, work.actor, offer),
            ahead=waiting_in(work.connection, row.queue_id, row.day),
            wait_minutes=row.promised_minutes,
            wait=_promised(row),
            page_address=_page_address(offer, ticket),
        )
    )


def _what_and_where(work: Work, offer: Offer, command: IssueTicket) -> tuple[Product, Queue]:
    product = offer.product(command.product_id)
    if product.access is Access.APPOINTMENT:
        raise AppointmentOnly(product=product.name)
    queue = offer.queue_for(product, work.actor.site_id)
    if queue is None:
        raise NotServedHere(product=product.name)
    hand = setting_of(work.connection, queue.id, local_day(work.now))
    if command.leased_number is not None and hand is not None and hand.state is ByHand.CLOSED:
        hand = None  # the desk could not hear of it, and the visitor has the paper in hand
    check_open(offer, queue, hand, work.now)
    _check_more(work, offer, command, queue)
    return product, queue


def _check_more(work: Work, offer: Offer, command: IssueTicket, queue: Queue) -> None:
    """The other products are served in the same turn, each named once."""
    seen = {command.product_id}
    for product_id in command.more_product_ids:
        product = offer.product(product_id)
        if product_id in seen:
            raise ProductThere(product=product.name)
        seen.add(product_id)
        if product.access is Access.APPOINTMENT:
            raise AppointmentOnly(product=product.name)
        own = offer.queue_for(product, work.actor.site_id)
        if own != queue:
            raise ProductElsewhere(product=product.name, queue=own.name if own else "")


def _promised(row: Any) -> WaitRange | None:
    if row.promised_low is None:
        return None
    return WaitRange(
        low=row.promised_low,
        middle=row.promised_minutes,
        high=row.promised_high,
        sure=row.promised_sure,
    )


def _promise(
    work: Work,
    offer: Offer,
    product: Product,
    queue: Queue,
    priority: str,
    known: SiteForecast | None,
) -> _Promise:
    ahead = waiting_in(work.connection, queue.id, local_day(work.now))
    seated = seated_people(work.connection, queue.site_id, work.now)
    counters = open_counters(offer, queue.id, seated)
    if not counters:
        return _Promise(ahead, None)  # the forecast may not have seen yet that the last one closed
    wait = known.promise(queue.id, ahead, priority=priority) if known else None
    if wait is None:  # there is none yet, or a counter has just opened
        wait = rule_of_thumb(expected_wait(ahead, product.mean_service_seconds, counters))
    return _Promise(ahead, range_of(wait) if wait else None)


def _make_ticket(  # noqa: PLR0913, PLR0917 - as above
    work: Work,
    offer: Offer,
    command: IssueTicket,
    queue: Queue,
    visit: OpenVisit,
    promise: _Promise,
    appointment_at: datetime | None,
) -> HeldTicket:
    prefix = queue.walk_in_prefix if appointment_at is None else queue.appointment_prefix
    kind = TicketKind.WALK_IN if appointment_at is None else TicketKind.APPOINTMENT
    series = offer.series(prefix)
    number = _number(work, queue.site_id, series, command.leased_number)
    now = issued(work.now, queue_id=queue.id, product_id=command.product_id)
    values = {
        "id": command.id,
        "code": command.code or new_code(TICKET_CODE_KIND),
        "visit_id": visit.id,
        "site_id": queue.site_id,
        "day": local_day(work.now),
        "series_id": series,
        "number": number,
        "label": label(prefix, number),
        "more_products": command.more_product_ids or None,
        "kind": str(kind),
        "priority": visit.values.priority,
        "language": visit.values.language,
        "arrived_at": work.now,
        "issued_at": work.now,
        "appointment_at": appointment_at,
        **_promise_values(promise),
        "version": 1,
        "page_token": new_page_token(),
        **standing_values(now),
    }
    _insert_ticket(work.connection, values)
    _begin_waiting(work, command.id, now)
    add_at_issue(work, command.id, command.more_product_ids)
    work.record("issue_ticket", "ticket", command.id, number=values["label"], queue=queue.id)
    return HeldTicket(SimpleNamespace(**values), now, 1)


def _promise_values(promise: _Promise) -> dict[str, Any]:
    wait = promise.wait
    return {
        "promised_minutes": promise.minutes,
        "promised_low": wait.low if wait else None,
        "promised_high": wait.high if wait else None,
        "promised_sure": wait.sure if wait else None,
    }


def _begin_waiting(work: Work, ticket_id: str, now: Standing) -> None:
    first = Interval(
        1,
        TicketState.WAITING,
        work.now,
        None,
        work.actor.user_id,
        queue_id=now.queue_id,
        product_id=now.product_id,
    )
    work.connection.execute(ENTER_STATE, interval_values(ticket_id, first))


def _insert_ticket(connection: Connection, values: dict[str, Any]) -> None:
    try:
        connection.execute(_ADD_TICKET, values)
    except IntegrityError as error:
        raise TicketExists(number=values["label"]) from error


def _number(work: Work, site: str, series: str, leased: int | None) -> int:
    """The next of the day, without gaps; or the one that the desk gave from its lease."""
    day = local_day(work.now)
    if leased is not None:
        return _from_lease(work, day, series, leased)
    row = {"site_id": site, "day": day, "series_id": series, "last_number": FIRST_NUMBER}
    statement = _NEXT_NUMBER[work.connection.dialect.name]
    number: int | None = work.connection.execute(statement, row).scalar_one_or_none()
    if number is None:
        raise SeriesExhausted(last=LAST_NUMBER)
    return number


def _from_lease(work: Work, day: date, series: str, leased: int) -> int:
    taken = work.connection.execute(
        _USE_LEASE,
        {
            "site": work.actor.site_id,
            "on": day,
            "series": series,
            "leased": leased,
            "counter": work.actor.counter_id,
            "at": work.now,
        },
    )
    if taken.rowcount != 1:
        raise NumberNotLeased(number=leased)
    return leased
