"""The days put together: visits with tickets, questions at the desk, calls by phone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from loket.catalogue.hours import Timetable
from loket.catalogue.messages import Catalogue, Product
from loket.demo.history.chance import Chance
from loket.demo.history.demand import Demand
from loket.demo.history.past import PastAct, PastTicket, PastVisit
from loket.demo.history.room import Room, Waiting, past_ticket
from loket.demo.history.roster import Seat, seats_of_day, welcome_seats
from loket.demo.people import Person
from loket.queue.rules.life import TicketState
from loket.visits.messages import ActKind, Channel, Language

Value = TypeVar("Value")
FIRST_DAY, LAST_DAY = date(2025, 12, 15), date(2026, 3, 13)
_PHONE_DESK = "kcc-1"
_CALLS, _QUESTIONS = 40, 18
"""Calls and mere questions on an ordinary day."""
_REFERRED_TO = ("Politie", "Fluvius", "Ziekenfonds", "FOD Financiën", "Vrederecht", "De Watergroep")
_LANGUAGES = [(Language.NL, 92), (Language.FR, 4), (Language.EN, 3), (Language.DE, 1)]
_PRIORITIES = [("", 95), ("mobility", 3), ("stroller", 2)]


@dataclass(frozen=True)
class Heidebeek:
    """What the history is made from."""

    catalogue: Catalogue
    timetable: Timetable
    people: Sequence[Person]
    seed: str = "heidebeek"

    def history(self, first: date = FIRST_DAY, last: date = LAST_DAY) -> Iterator[PastVisit]:
        """Every visit from the first day to the last, per site and day in order of time."""
        demand = Demand(self.catalogue, self.timetable)
        for ahead in range((last - first).days + 1):
            day = first + timedelta(days=ahead)
            for site in self.catalogue.sites:
                chance = Chance(f"{self.seed} {site.id} {day}")
                yield from _SiteDay(self, demand, chance, site.id, day).visits()


@dataclass(frozen=True)
class _SiteDay:
    town: Heidebeek
    demand: Demand
    chance: Chance
    site_id: str
    day: date

    def visits(self) -> list[PastVisit]:
        wishes = self.demand.of_day(self.chance, site_id=self.site_id, day=self.day)
        if not wishes:
            return []
        seats = seats_of_day(
            self.chance, self.town.catalogue, self.town.people, site_id=self.site_id
        )
        welcome = welcome_seats(seats)
        everybody = Room(self.chance, self.day, seats).play(wishes, welcome)
        visits = [self._visit_with_ticket(somebody) for somebody in everybody]
        busy = len(wishes) / sum(1 for _ in self.demand.queues)
        visits += self._questions(welcome, Channel.DESK, round(_QUESTIONS * min(1.0, busy / 9)))
        phones = [seat for seat in seats if seat.counter.code == _PHONE_DESK]
        visits += self._questions(phones, Channel.PHONE, round(_CALLS * min(1.5, busy / 13)))
        return sorted(visits, key=lambda visit: visit.started_at)

    def _visit_with_ticket(self, somebody: Waiting) -> PastVisit:
        ticket = past_ticket(self.chance, somebody)
        at = ticket.arrived_at
        act = PastAct(self.chance.id(at), ActKind.TICKET_ISSUED, at, ticket.id, ticket.product_id)
        return self._visit(
            at, somebody.issuer, Channel.DESK, (act,), closed_at=_closed(ticket), ticket=ticket
        )

    def _questions(self, seats: list[Seat], channel: Channel, count: int) -> list[PastVisit]:
        products = self.town.catalogue.products
        opens, closes = self._open_hours()
        return [
            self._question(self.chance.choice(products), self.chance.choice(seats), channel, at)
            for at in (self._moment(opens, closes) for _ in range(count if seats else 0))
        ]

    def _question(self, product: Product, seat: Seat, channel: Channel, at: datetime) -> PastVisit:
        if self.chance.happens(0.12):
            where = self.chance.choice(_REFERRED_TO)
            act = PastAct(self.chance.id(at), ActKind.REFERRED, at, None, None, where)
        else:
            act = PastAct(self.chance.id(at), ActKind.INFORMATION_GIVEN, at, None, product.id)
        return self._visit(at, seat, channel, (act,))

    def _visit(
        self,
        at: datetime,
        seat: Seat,
        channel: Channel,
        acts: tuple[PastAct, ...],
        *,
        closed_at: datetime | None = None,
        ticket: PastTicket | None = None,
    ) -> PastVisit:
        started = at - self.chance.seconds(4, 50)
        ended = at + self.chance.seconds(3, 60)
        return PastVisit(
            id=self.chance.id(started),
            site_id=self.site_id,
            day=self.day,
            started_at=started,
            ended_at=ended,
            closed_at=max(closed_at or ended, ended),
            user_id=seat.person.id,
            counter_id=seat.counter.id,
            channel=channel,
            language=_drawn(self.chance, _LANGUAGES),
            priority=_drawn(self.chance, _PRIORITIES) if channel is Channel.DESK else "",
            follow_up_code=self.chance.follow_up_code(),
            acts=acts,
            ticket=ticket,
        )

    def _open_hours(self) -> tuple[datetime, datetime]:
        periods = [
            period
            for queue in self.demand.queues
            if queue.site_id == self.site_id
            for period in self.demand.periods(queue, self.day)
        ]
        return min(p.opens_at for p in periods), max(p.closes_at for p in periods)

    def _moment(self, opens: datetime, closes: datetime) -> datetime:
        return opens + self.chance.seconds(0, int((closes - opens).total_seconds()) - 1)


def _closed(ticket: PastTicket) -> datetime:
    """A visit is over when its ticket is: who did not show may come until the end of the day."""
    last = ticket.stays[-1]
    if last.state in (TicketState.WAITING, TicketState.CALLED, TicketState.SERVING):
        raise AssertionError(f"a ticket was left {last.state}")
    return last.from_at


def _drawn(chance: Chance, weighted: list[tuple[Value, int]]) -> Value:
    values = [value for value, _ in weighted]
    return chance.choices(values, [weight for _, weight in weighted])[0]
