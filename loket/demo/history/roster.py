"""Who sits at which desk on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from loket.catalogue.messages import Catalogue, Counter, DeskKind
from loket.demo.history.chance import Chance
from loket.demo.people import Person

_ABSENT = 0.12
"""How often a desk that others can replace stays empty; one a day at most."""
_AT_USUAL_DESK = 3.0


@dataclass(frozen=True, eq=False)
class Seat:
    """A desk with a person at it for the day."""

    counter: Counter
    person: Person

    def serves(self, queue_id: str) -> bool:
        return queue_id in self.counter.first_choice or queue_id in self.counter.second_choice


def seats_of_day(
    chance: Chance, catalogue: Catalogue, people: Sequence[Person], *, site_id: str
) -> list[Seat]:
    """Fill the desks of a site, scarce ones first; nobody sits at two."""
    free = {person.id: person for person in people}
    seats: list[Seat] = []
    everybody_came = True
    counters = [counter for counter in catalogue.counters if counter.site_id == site_id]
    for counter in sorted(counters, key=lambda c: sum(c.code in p.desks for p in people)):
        able = [person for person in free.values() if counter.code in person.desks]
        if not able:
            continue
        if everybody_came and _shares_its_queues(counter, counters) and chance.happens(_ABSENT):
            everybody_came = False
            continue
        weights = [_AT_USUAL_DESK if p.desks[0] == counter.code else 1.0 for p in able]
        person = chance.choices(able, weights)[0]
        del free[person.id]
        seats.append(Seat(counter, person))
    return seats


def welcome_seats(seats: Iterable[Seat]) -> list[Seat]:
    return [seat for seat in seats if seat.counter.kind is DeskKind.WELCOME]


def _shares_its_queues(counter: Counter, counters: Sequence[Counter]) -> bool:
    if counter.kind is not DeskKind.COUNTER:
        return False
    others = {queue for other in counters if other is not counter for queue in other.first_choice}
    return bool(counter.first_choice) and set(counter.first_choice) <= others
