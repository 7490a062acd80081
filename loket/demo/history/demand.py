"""How many people come, at what hour, for which queue and which product."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate

from loket.catalogue.hours import Period, Timetable
from loket.catalogue.messages import Access, Catalogue, Product, Queue
from loket.demo.history.chance import Chance
from loket.kit.clock import local

# Tickets on an ordinary day, per queue; the sum of the town hall is what picture 06 expects: 210.
DAILY = {
    "burgerzaken": 78,
    "snelloket": 66,
    "vreemdelingenzaken": 11,
    "sociaal-huis": 14,
    "omgeving": 8,
    "wonen": 6,
    "kind-en-gezin": 4,
    "mobiliteit": 6,
    "milieu": 4,
    "vrije-tijd": 5,
    "economie": 2,
    "financien": 3,
    "onthaal": 3,
    "kortbeek": 16,
    "kortbeek-sociaal": 4,
}
_WEEKDAYS = {1: 1.38, 2: 1.0, 3: 0.95, 4: 1.0, 5: 0.67, 6: 0.4, 7: 0.0}
"""Monday is the peak; on Friday only the morning is open."""
_HOURS = {
    9: 1.3,
    10: 1.35,
    11: 1.15,
    12: 0.7,
    13: 1.1,
    14: 1.1,
    15: 0.9,
    16: 0.85,
    17: 0.7,
    18: 0.6,
}
_BY_APPOINTMENT = {
    "burgerzaken": 0.28,
    "vreemdelingenzaken": 0.6,
    "sociaal-huis": 0.4,
    "omgeving": 0.4,
    "wonen": 0.4,
    "kind-en-gezin": 0.3,
    "kortbeek": 0.25,
    "kortbeek-sociaal": 0.4,
}
_SLICE = timedelta(minutes=15)

_ASKED: Mapping[str, float] = {
    "identiteitskaart-aanvraag": 15,
    "reispas-aanvraag": 9,
    "rijbewijs-aanvraag": 7,
    "voorlopig-rijbewijs": 5,
    "kids-id-aanvraag": 6,
    "adreswijziging": 11,
    "reispas-aanvraag-minderjarige": 4,
    "rijbewijs-vernieuwing-10-jaar": 3,
    "rijbewijzen-03": 2,
    "geboorteaangifte": 2,
    "huwelijk-aangifte": 1.5,
    "overlijdensaangifte": 1,
    "eid-reispas-afhalen": 26,
    "identiteitskaart-afhalen": 7,
    "rijbewijs-afhalen": 8,
    "reispas-afhalen": 5,
    "uittreksel-strafregister": 10,
    "attest-gezinssamenstelling": 7,
    "attest-woonst": 5,
    "huisvuilzakken": 9,
    "internationaal-rijbewijs": 3,
    "wettiging-handtekening": 3,
    "omgevingsloket": 9,
    "sociaal-huis": 10,
    "premieadvies": 6,
    "verblijfskaart-aanvraag": 5,
    "bewonerskaart-aanvraag": 6,
    "afvalcontainer-aanvraag": 4,
    "algemene-inlichtingen": 6,
}
_RARE = 0.12
"""Weight of every product that is not named above."""


@dataclass(frozen=True)
class Wish:
    """Somebody who comes: when, for what, and whether they have an appointment."""

    at: datetime
    queue: Queue
    product: Product
    appointment_at: datetime | None
    """None: walks in."""

    @property
    def by_appointment(self) -> bool:
        return self.appointment_at is not None


class Demand:
    """What the people of the town ask of one catalogue."""

    def __init__(self, catalogue: Catalogue, timetable: Timetable) -> None:
        self._timetable = timetable
        self._products = {queue.id: _served(catalogue, queue) for queue in catalogue.queues}
        self.queues = catalogue.queues

    def of_day(self, chance: Chance, *, site_id: str, day: date) -> list[Wish]:
        """Everybody who takes a ticket at a site on a day, in order of arrival."""
        wishes = [
            wish
            for queue in self.queues
            if queue.site_id == site_id
            for wish in self._of_queue(chance, queue, day)
        ]
        return sorted(wishes, key=lambda wish: (wish.at, wish.queue.id))

    def periods(self, queue: Queue, day: date) -> Sequence[Period]:
        return self._timetable.on(day, site_id=queue.site_id, queue_id=queue.id).periods

    def _of_queue(self, chance: Chance, queue: Queue, day: date) -> list[Wish]:
        periods = self.periods(queue, day)
        mean = DAILY[queue.code] * _WEEKDAYS[day.isoweekday()] * self._share_of_usual(queue, day)
        count = chance.poisson(mean)
        if not count:
            return []
        slices = [start for period in periods for start in _slices(period)]
        starts = chance.choices(slices, [_HOURS[local(at).hour] for at in slices], k=count)
        return [self._wish(chance, queue, start, first=slices[0]) for start in starts]

    def _share_of_usual(self, queue: Queue, day: date) -> float:
        """Less than 1 on a day with shorter hours than the same weekday around it."""
        around = [day + timedelta(weeks=weeks) for weeks in (-2, -1, 0, 1, 2)]
        usual = max(_minutes(self.periods(queue, other)) for other in around)
        return _minutes(self.periods(queue, day)) / usual if usual else 0.0

    def _wish(self, chance: Chance, queue: Queue, start: datetime, *, first: datetime) -> Wish:
        booked = chance.happens(_BY_APPOINTMENT.get(queue.code, 0.0))
        products, weights = self._products[queue.id][booked]
        product = chance.choices(products, cum_weights=weights)[0]
        at = start + (chance.seconds(-480, 120) if booked else chance.seconds(0, 779))
        return Wish(max(first, at), queue, product, start if booked else None)


_Weighted = tuple[list[Product], list[float]]
"""Products and their weights, added up."""


def _served(catalogue: Catalogue, queue: Queue) -> dict[bool, _Weighted]:
    """What can be asked in a queue: by whom walks in (False), and by appointment (True)."""
    services = set(queue.service_ids)
    products = [product for product in catalogue.products if product.service_id in services]
    unasked = {False: Access.APPOINTMENT, True: Access.WALK_IN}
    return {
        booked: _weighted([product for product in products if product.access is not left_out])
        for booked, left_out in unasked.items()
    }


def _weighted(products: list[Product]) -> _Weighted:
    return products, list(accumulate(_ASKED.get(product.code, _RARE) for product in products))


def _minutes(periods: Sequence[Period]) -> float:
    return sum((p.closes_at - p.opens_at).total_seconds() for p in periods) / 60


def _slices(period: Period) -> list[datetime]:
    count = int((period.closes_at - period.opens_at) / _SLICE)
    return [period.opens_at + nr * _SLICE for nr in range(count)]
