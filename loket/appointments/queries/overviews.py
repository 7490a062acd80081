"""How full the calendars were, and what became of the appointments: counted from the rows."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from statistics import fmean, median_low
from typing import Any

from sqlalchemy import Connection, bindparam, select

from loket.appointments.messages import AppointmentOverview, Kept, OverviewAsked, WeekUse
from loket.appointments.queries.appointments import APPOINTMENT
from loket.appointments.queries.plans import Plans
from loket.appointments.rules.life import AppointmentState, CancelReason
from loket.appointments.rules.schedule import DayPlan
from loket.catalogue.messages import Queue
from loket.catalogue.offer import Offer
from loket.kit.clock import begin_of, local_day
from loket.store.durations import epoch_seconds, seconds_between

_ROWS = select(
    APPOINTMENT.c.queue_id,
    APPOINTMENT.c.product_id,
    APPOINTMENT.c.state,
    APPOINTMENT.c.cancel_reason,
    (APPOINTMENT.c.minutes + APPOINTMENT.c.buffer_minutes).label("minutes"),
    epoch_seconds(APPOINTMENT.c.starts_at).label("starts"),
    seconds_between(APPOINTMENT.c.booked_at, APPOINTMENT.c.starts_at).label("lead"),
).where(
    APPOINTMENT.c.site_id.in_(bindparam("sites", expanding=True)),
    APPOINTMENT.c.starts_at >= bindparam("begin"),
    APPOINTMENT.c.starts_at < bindparam("end"),
)
_BY_REASON = {
    str(CancelReason.CITIZEN): "cancelled_by_citizen",
    str(CancelReason.TOWN): "cancelled_by_town",
    str(CancelReason.MISTAKE): "cancelled_by_mistake",
}
_BY_STATE = {
    str(AppointmentState.ARRIVED): "came",
    str(AppointmentState.NO_SHOW): "absent",
    str(AppointmentState.BOOKED): "open",
}
_COUNTED = (*_BY_STATE.values(), *_BY_REASON.values())
_DAY = 86_400


@dataclass
class _Tally:
    """What became of some appointments."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_COUNTED, 0))
    leads: list[int] = field(default_factory=list)

    def add(self, row: Any) -> None:
        if row.state == AppointmentState.CANCELLED:
            self.counts[_BY_REASON[row.cancel_reason]] += 1
        else:
            self.counts[_BY_STATE[row.state]] += 1
            self.leads.append(max(0, row.lead))

    def kept(self, key: str, name: str) -> Kept:
        return Kept(
            key=key,
            name=name,
            booked=sum(self.counts.values()),
            **self.counts,
            lead_days=round(fmean(self.leads) / _DAY, 1) if self.leads else None,
            lead_days_half=round(median_low(self.leads) / _DAY, 1) if self.leads else None,
        )


@dataclass
class _Use:
    """What a week of a queue takes."""

    minutes: int = 0
    many: int = 0


@dataclass(frozen=True)
class Overviews:
    """Looks back at the appointments of some days, in one state of the data."""

    connection: Connection
    plans: Plans
    offer: Offer
    today: date

    def read(self, asked: OverviewAsked) -> AppointmentOverview:
        by_product: dict[str, _Tally] = defaultdict(_Tally)
        by_queue: dict[str, _Tally] = defaultdict(_Tally)
        used: dict[tuple[date, str], _Use] = defaultdict(_Use)
        together, monday = _Tally(), cache(_monday)
        for row in self._rows(asked):
            for tally in (by_product[row.product_id], by_queue[row.queue_id], together):
                tally.add(row)
            if row.state != AppointmentState.CANCELLED:
                use = used[monday(row.starts), row.queue_id]
                use.minutes += row.minutes
                use.many += 1
        products = {product.id: product.name for product in self.offer.catalogue.products}
        return AppointmentOverview(
            first=asked.first,
            last=asked.last,
            weeks=list(self._weeks(asked, used)),
            by_product=_ranked(by_product, products),
            by_queue=_ranked(by_queue, self._queue_names(asked)),
            together=together.kept("", ""),
        )

    def _rows(self, asked: OverviewAsked) -> Iterator[Any]:
        sites = [asked.site] if asked.site else [site.id for site in self.offer.catalogue.sites]
        begin, end = begin_of(asked.first), begin_of(asked.last + timedelta(days=1))
        parameters = {"sites": sites, "begin": begin, "end": end}
        yield from self.connection.execute(_ROWS, parameters)

    def _queues(self, asked: OverviewAsked) -> list[Queue]:
        queues = self.offer.catalogue.queues
        return [queue for queue in queues if asked.site in {None, queue.site_id}]

    def _queue_names(self, asked: OverviewAsked) -> dict[str, str]:
        """With the site where queues of several sites stand together."""
        sites = {site.id: site.name for site in self.offer.catalogue.sites}
        many = asked.site is None and len(sites) > 1
        return {
            queue.id: f"{queue.name} ({sites[queue.site_id]})" if many else queue.name
            for queue in self._queues(asked)
        }

    def _weeks(self, asked: OverviewAsked, used: dict[tuple[date, str], _Use]) -> Iterator[WeekUse]:
        """Each week of each queue in which something was offered or booked."""
        offered = {queue.id: self._offered(queue, asked) for queue in self._queues(asked)}
        names = self._queue_names(asked)
        week = asked.first - timedelta(days=asked.first.weekday())
        while week <= asked.last:
            for queue_id, by_week in offered.items():
                use = used.get((week, queue_id), _Use())
                minutes = self._at_least(by_week.get(week, 0), use, week)
                if minutes or use.many:
                    yield WeekUse(
                        monday=week,
                        queue_id=queue_id,
                        queue=names[queue_id],
                        offered_minutes=minutes,
                        booked_minutes=use.minutes,
                        appointments=use.many,
                    )
            week += timedelta(days=7)

    def _at_least(self, minutes: int, use: _Use, week: date) -> int:
        """What a week that is over offered: no less than what was booked in it.

        Plans are those of now. Where a schedule had more places then, nobody knows how many; what
        was booked was there to be booked. In a week to come, too few places are there to be seen.
        """
        is_over = week + timedelta(days=7) <= self.today
        return max(minutes, use.minutes) if is_over else minutes

    def _offered(self, queue: Queue, asked: OverviewAsked) -> dict[date, int]:
        """Minutes of all places together, by week."""
        found: dict[date, int] = defaultdict(int)
        plan = self.plans.of(self.connection, self.offer, queue)
        for day in plan.between(asked.first, asked.last):
            found[day.day - timedelta(days=day.day.weekday())] += _place_minutes(day)
        return found


def _place_minutes(day: DayPlan) -> int:
    return sum(
        (opening.ends_at - opening.starts_at) // timedelta(minutes=1) * opening.places
        for opening in day.openings
    )


def _monday(seconds: int) -> date:
    """Of the Belgian week in which a moment lies."""
    day = local_day(datetime.fromtimestamp(seconds, UTC))
    return day - timedelta(days=day.weekday())


def _ranked(found: dict[str, _Tally], names: dict[str, str]) -> list[Kept]:
    rows = [tally.kept(key, names.get(key, "")) for key, tally in found.items()]
    return sorted(rows, key=lambda row: (-row.booked, row.name.casefold(), row.key))
