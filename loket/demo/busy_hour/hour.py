"""What comes when: who sits down, who arrives, and what makes this hour no other."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import func, select

from loket.catalogue.messages import Access
from loket.catalogue.offer import Offer, Offers
from loket.demo.busy_hour.desks import Desk, Desks, Script
from loket.demo.busy_hour.waits import Waits
from loket.demo.day import STARTS
from loket.demo.history.chance import Chance
from loket.demo.history.demand import Demand, Wish
from loket.demo.people import PEOPLE, Person
from loket.kit.clock import FixedClock, local_day
from loket.kit.errors import Conflict
from loket.queue.messages import IssueTicket
from loket.queue.queries import measured
from loket.queue.rules.life import TICKET_CODE_KIND
from loket.queue.tables import TicketRow
from loket.queue.usecases.issuing import issue_ticket
from loket.queue.usecases.seating import Seating
from loket.staff.queries import KnownUser
from loket.staff.rules import permissions_of
from loket.staff.usecases import Done
from loket.store.engine import Database
from loket.store.work import Actor, Request, Store
from loket.visits.messages import StartVisit

SITE = "stadhuis"
ENDS = STARTS + timedelta(minutes=72)
"""Twelve past ten, the moment of the supervisor's picture."""
SEED = 416
_HERE_BEFORE_NINE = ("sofie", "tom", "lies", "an")
"""Who may be played by somebody who looks around; the others sit at their counters already."""
_NAMES = (
    ("Marleen De Smedt", "mobility", "Graag lage balie"),
    ("Omar Bouzid", "", ""),
    ("Lotte Verstraete", "", ""),
    ("Ruben De Clercq", "", ""),
    ("Mehmet Yilmaz", "", ""),
    ("Annelies Thys", "", ""),
)
"""Visitors who say who they are, with priority and note; all others stay without a name."""
_MORE = {"snelloket": 0.8, "burgerzaken": 0.3}
"""The share of another Monday that comes as well."""
_SAYS_NAME, _PRIORITY = 0.2, 0.03


class DayBegun(Conflict):
    """Tickets were given today: the hour is played into an untouched morning only."""

    code = "demo.day_begun"


def play_busy_hour(database: Database, *, seed: int = SEED) -> datetime:
    """Play it into the loaded town; the moment of its last act, from which the day goes on."""
    clock = FixedClock(STARTS - timedelta(minutes=8))
    store = Store(database, clock)
    with store.reading() as reads:
        if reads.scalar(select(func.count()).where(TicketRow.day == local_day(STARTS))):
            raise DayBegun
    _Hour(store, Script(clock, Chance(f"busy hour {seed}"))).play()
    return clock.now()


class _Hour:
    """The town hall from eight to nine till the end."""

    def __init__(self, store: Store, script: Script) -> None:
        self._store, self._script, self._chance = store, script, script.chance
        self._offers = Offers(script.clock, measured)
        self._waits = Waits(store, self._offers)
        self._names = list(_NAMES)
        with store.reading() as reads:
            self._offer = self._offers.now(reads)
        catalogue = self._offer.catalogue
        self._site = next(site.id for site in catalogue.sites if site.code == SITE)
        self._queues = {queue.code: queue.id for queue in catalogue.queues}
        self._desks = Desks(store, self._offer, script, _desks(self._offer, self._site))
        by_code = self._desks.by_code
        self._issuers = [by_code[code].actor for code in ("onthaal-1", "onthaal-2")]

    def play(self) -> None:
        self._sit_down()
        self._plan_arrivals()
        self._plan_turns()
        self._script.play(ENDS)

    def _sit_down(self) -> None:
        seating = Seating(self._offers)
        for person in PEOPLE:
            if person.username in _HERE_BEFORE_NINE:
                self._script.clock.advance(seconds=50)
                user = KnownUser(person.id, person.username, person.name, "", person.roles)
                actor = self._desks.by_code[person.desks[0]].actor
                with self._store.work(Request(actor)) as work:
                    seating.take(work, person.desks[0], user)
                    work.record("sign_in", "user", person.id)
                    work.commit(Done())

    def _plan_arrivals(self) -> None:
        """As the town asks on a Monday; the last one comes as the hour ends."""
        coming = self._wishes()
        for wish in coming[:-1]:
            self._script.at(wish.at, lambda wish=wish: self._arrive(wish))  # type: ignore[misc]
        self._script.at(ENDS, lambda: self._arrive(coming[-1]))

    def _wishes(self) -> list[Wish]:
        """An ordinary Monday, and some of another one on top of it."""
        demand = Demand(self._offer.catalogue, self._offer.timetable)
        today, more = (
            demand.of_day(self._chance, site_id=self._site, day=local_day(STARTS)) for _ in range(2)
        )
        more = [one for one in more if self._chance.happens(_MORE.get(one.queue.code, 0.0))]
        coming = (one for one in (*today, *more) if STARTS <= one.at < ENDS and _walks_in(one))
        return sorted(coming, key=lambda one: (one.at, one.queue.id))

    def _plan_turns(self) -> None:
        desks, by_code = self._desks, self._desks.by_code
        elsewhere = self._queues["sociaal-huis"]
        photo, form = "maakt pasfoto", "vult formulier in"
        an = by_code["toezicht"].actor
        for minute, turn in (
            (8, lambda: desks.refers("loket-1", elsewhere)),
            (12, lambda: desks.parks("loket-2", form, back=timedelta(minutes=9))),
            (20, lambda: desks.pauses("snel-2", _minute(30))),
            (24, lambda: desks.close("loket-4", an)),
            (30, lambda: desks.comes_back("snel-2")),
            (45, lambda: desks.parks("loket-3", photo, back=None)),
            (48, lambda: desks.pauses("loket-6", _minute(90))),
        ):
            self._script.at(_minute(minute), turn)

    def _arrive(self, wish: Wish) -> None:
        chance, now = self._chance, self._script.clock.now()
        name, priority, note = self._who(wish)
        command = IssueTicket(
            id=chance.id(now),
            visit=StartVisit(id=chance.id(now), visitor_name=name, priority=priority, note=note),
            product_id=wish.product.id,
            code=chance.code(TICKET_CODE_KIND),
        )
        with self._store.work(Request(chance.choice(self._issuers))) as work:
            issue_ticket(work, self._offer, command, self._waits)
        self._desks.wake(wish.queue.id)

    def _who(self, wish: Wish) -> tuple[str, str, str]:
        known = wish.queue.code == "burgerzaken" and self._names
        if known and self._chance.happens(_SAYS_NAME):
            return self._names.pop(0)
        return "", "mobility" if self._chance.happens(_PRIORITY) else "", ""


def _walks_in(wish: Wish) -> bool:
    return wish.product.access is not Access.APPOINTMENT


def _minute(of_hour: float) -> datetime:
    return STARTS + timedelta(minutes=of_hour)


def _desks(offer: Offer, site_id: str) -> Iterable[Desk]:
    for person in _one_per_desk():
        counter = offer.desk(person.desks[0])
        if counter.site_id == site_id:
            permissions = permissions_of(person.roles)
            yield Desk(counter, Actor(person.id, counter.id, site_id, permissions))


def _one_per_desk() -> Iterable[Person]:
    """As in :mod:`loket.demo.load`: who comes first in the list sits there."""
    taken: set[str] = set()
    for person in PEOPLE:
        if person.desks[0] not in taken:
            taken.add(person.desks[0])
            yield person
