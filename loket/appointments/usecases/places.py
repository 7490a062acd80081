"""Taking and giving back places of a calendar: the only writers of its cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.exc import IntegrityError

from loket.appointments.messages import CalendarChanged
from loket.appointments.queries.free import Asked, Search, read_taken, span_of
from loket.appointments.queries.plans import Plans, read_terms
from loket.appointments.rules.capacity import Capacity, nearest, places_for
from loket.appointments.rules.cells import cell_of, is_whole
from loket.appointments.rules.lengths import Length, ProductTerms, length_of, strictest
from loket.appointments.rules.life import (
    BeyondHorizon,
    InsideNotice,
    MomentClosed,
    MomentPast,
    MomentTaken,
    NotOffered,
    TooLong,
    TooManyPersons,
)
from loket.appointments.rules.schedule import DayPlan, Opening
from loket.appointments.tables import CalendarRow, CellRow, HoldRow
from loket.catalogue.messages import Product, Queue
from loket.catalogue.offer import Offer
from loket.kit.clock import local_day
from loket.store.work import Work

_CALENDAR = CalendarRow.metadata.tables["appointment_calendar"]
_CELL = CellRow.metadata.tables["appointment_cell"]
_HOLD = HoldRow.metadata.tables["appointment_hold"]
_TAKE_CALENDAR = (
    select(_CALENDAR.c.version).where(_CALENDAR.c.queue_id == bindparam("queue")).with_for_update()
)
_TAKE = insert(_CELL)
_GIVE_BACK = delete(_CELL).where(_CELL.c.appointment_id == bindparam("appointment"))
_LAPSED = delete(_HOLD).where(
    _HOLD.c.queue_id == bindparam("queue"), _HOLD.c.expires_at <= bindparam("now")
)
_LET_GO = delete(_HOLD).where(_HOLD.c.id == bindparam("hold")).returning(_HOLD)
_LET_GO_OWN = _LET_GO.where(_HOLD.c.counter_id == bindparam("counter"))


@dataclass(frozen=True)
class Wanted:
    """A moment that is wanted, for what, and where."""

    queue: Queue
    products: Sequence[Product]
    persons: int
    starts_at: datetime
    public_only: bool = False


@dataclass(frozen=True)
class Taker:
    """For whom the places are: exactly one of the two."""

    appointment_id: str | None = None
    hold_id: str | None = None


@dataclass(frozen=True)
class Calendars:
    """Acts on calendars: what they read of the schedule is kept in memory."""

    plans: Plans
    offer: Offer

    def hold_calendars(self, work: Work, queue_ids: set[str]) -> None:
        """Hold the calendars until the end of the transaction, always in the same order."""
        for queue_id in sorted(queue_ids):
            row = work.connection.execute(_TAKE_CALENDAR, {"queue": queue_id}).one_or_none()
            if row is None:
                raise NotOffered(product=self.offer.queue(queue_id).name)
            work.connection.execute(_LAPSED, {"queue": queue_id, "now": work.recorded_at})

    def check(self, work: Work, wanted: Wanted) -> Length:
        """How long it takes; refused outside the notice, the horizon and the persons allowed."""
        of_each = read_terms(work.connection, wanted.products)
        terms = strictest(of_each)
        if wanted.persons > terms.most_persons:
            raise TooManyPersons(most=terms.most_persons)
        _check_when(work, wanted, terms)
        return length_of(of_each, wanted.persons)

    def take(self, work: Work, wanted: Wanted, length: Length, taker: Taker) -> None:
        """Take a place for each five minutes, or refuse with the free moments that are near.

        The calendar is held by this transaction; the primary key of the cells stands behind it.
        The length is as it was checked: the terms may change at this moment.
        """
        asked = _asked(work, wanted)
        search = Search(work.connection, self.plans, self.offer, asked)
        plan = self.plans.of(work.connection, self.offer, wanted.queue)
        # A buffer may reach past midnight.
        days = plan.between(on := local_day(wanted.starts_at), on + timedelta(days=1))
        _check_fits(days[0], _opening(days[0], wanted, search), wanted, length, search)
        self._write(work, wanted, length, taker, days, search)

    def _write(
        self,
        work: Work,
        wanted: Wanted,
        length: Length,
        taker: Taker,
        days: Sequence[DayPlan],
        search: Search,
    ) -> None:
        span = span_of(days[0].day, days[-1].day)
        capacity = Capacity.of([opening for day in days for opening in day.openings], span)
        taken = read_taken(work.connection, wanted.queue.id, span, work.recorded_at)
        only = wanted.public_only
        cells = capacity.cells_of(cell_of(wanted.starts_at), length, public_only=only)
        places = places_for(taken, capacity, cells, public_only=only) if cells else None
        if cells is None or places is None:
            raise MomentTaken(near=_near(search, wanted))
        rows = [
            {
                "queue_id": wanted.queue.id,
                "cell": cell,
                "place": place,
                "places": int(capacity.places[cell - span.first]),
                "appointment_id": taker.appointment_id,
                "hold_id": taker.hold_id,
            }
            for cell, place in zip(cells, places, strict=True)
        ]
        try:
            work.connection.execute(_TAKE, rows)
        except IntegrityError as error:
            raise MomentTaken(near="") from error


def give_back(work: Work, appointment_id: str) -> None:
    """Leave the places that an appointment takes."""
    work.connection.execute(_GIVE_BACK, {"appointment": appointment_id})


def let_go_hold(work: Work, hold_id: str) -> Any:
    """Leave a held moment; its row, or None when it lapsed before."""
    return work.connection.execute(_LET_GO, {"hold": hold_id}).one_or_none()


def let_go_own_hold(work: Work, hold_id: str) -> Any:
    """The same, for what this desk keeps; what another keeps, or a wish, stays kept."""
    own = {"hold": hold_id, "counter": work.actor.counter_id}
    return work.connection.execute(_LET_GO_OWN, own).one_or_none()


def announce_calendar(work: Work, site_id: str, queue_id: str, starts_at: datetime | None) -> None:
    work.announce(
        site_id, "calendar_changed", CalendarChanged(queue_id=queue_id, starts_at=starts_at)
    )


def _asked(work: Work, wanted: Wanted) -> Asked:
    return Asked(wanted.products, wanted.persons, work.recorded_at)


def _check_when(work: Work, wanted: Wanted, terms: ProductTerms) -> None:
    """Not in the past, not inside the notice, not beyond the horizon."""
    if wanted.starts_at < work.recorded_at:
        raise MomentPast
    if wanted.starts_at < work.recorded_at + timedelta(hours=terms.notice_hours):
        raise InsideNotice(hours=terms.notice_hours)
    days = (local_day(wanted.starts_at) - local_day(work.recorded_at)).days
    if days > terms.horizon_days:
        raise BeyondHorizon(days=terms.horizon_days)


def _opening(day: DayPlan, wanted: Wanted, search: Search) -> Opening:
    """The period in whose grid the moment lies."""
    for opening in day.openings:
        since = wanted.starts_at - opening.starts_at
        on_grid = not since % timedelta(minutes=opening.grid_minutes)
        if opening.starts_at <= wanted.starts_at < opening.ends_at and on_grid:
            return opening
    raise MomentClosed(reason=day.reason, near=_near(search, wanted))


def _check_fits(
    day: DayPlan, opening: Opening, wanted: Wanted, length: Length, search: Search
) -> None:
    """Refuse what takes more time than there is before the openings end."""
    first = cell_of(wanted.starts_at)
    end = _end_of_openings(day, opening)
    if first + length.cells > end or not is_whole(wanted.starts_at):
        raise TooLong(
            minutes=length.minutes,
            left=(end - first) * 5,
            near=_near(search, wanted),
        )


def _end_of_openings(day: DayPlan, opening: Opening) -> int:
    """Where the openings end that join on to this one."""
    end = opening.ends_at
    for other in sorted(day.openings, key=lambda one: one.starts_at):
        if other.starts_at <= end < other.ends_at:
            end = other.ends_at
    return cell_of(end)


def _near(search: Search, wanted: Wanted) -> str:
    free = search.near(wanted.queue, local_day(wanted.starts_at))
    return ",".join(moment.isoformat() for moment in nearest(free, wanted.starts_at))
