"""The catalogue as acts use it: kept in memory, read again when its version changes."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from threading import Lock

from sqlalchemy import Connection, select

from loket.catalogue.hours import Timetable
from loket.catalogue.measured import Measured
from loket.catalogue.messages import Catalogue, Counter, Product, Queue, Service, Site
from loket.catalogue.queries import read_catalogue, read_timetable, read_version
from loket.catalogue.rules import UnknownCounter, UnknownProduct, UnknownQueue, UnknownSite
from loket.catalogue.tables import DepartmentRow, ProductRow, SeriesRow, ServiceRow
from loket.kit.clock import Clock, local_day
from loket.staff.rules import Permission, UnknownDesk

Measure = Callable[[Connection, date], Mapping[str, Measured]]
"""What was measured per product up to a day."""


_CONFIDENTIAL = (
    select(ProductRow.id, DepartmentRow.confidential)
    .join(ServiceRow, ServiceRow.id == ProductRow.service_id)
    .join(DepartmentRow, DepartmentRow.id == ServiceRow.department_id)
)
"""Of retired products too: what was done for them stays confidential."""


class Offer:
    """One version of the catalogue, with ways to find things in it."""

    def __init__(
        self,
        catalogue: Catalogue,
        timetable: Timetable,
        series: Mapping[str, str],
        confidential: Mapping[str, bool],
    ) -> None:
        self.catalogue = catalogue
        self.timetable = timetable
        self._series = series
        self._products = {product.id: product for product in catalogue.products}
        self._queues = {queue.id: queue for queue in catalogue.queues}
        self._counters = {counter.id: counter for counter in catalogue.counters}
        self._codes = {counter.code: counter for counter in catalogue.counters}
        self._services = {service.id: service for service in catalogue.services}
        self._confidential = confidential
        self._secret = frozenset(part.id for part in catalogue.departments if part.confidential)
        self._sites = {site.id: site for site in catalogue.sites}
        self._queue_of = {
            (service, queue.site_id): queue
            for queue in catalogue.queues
            for service in queue.service_ids
        }
        self._counters_of: dict[str, list[str]] = defaultdict(list)
        for counter in catalogue.counters:
            for queue_id in (*counter.first_choice, *counter.second_choice):
                self._counters_of[queue_id].append(counter.id)
        self.priorities = {reason.code for reason in catalogue.priority_reasons}

    def product(self, product_id: str) -> Product:
        try:
            return self._products[product_id]
        except KeyError:
            raise UnknownProduct(product=product_id) from None

    def find_product(self, product_id: str) -> Product | None:
        """The product, as long as it is in the catalogue."""
        return self._products.get(product_id)

    def queue(self, queue_id: str) -> Queue:
        try:
            return self._queues[queue_id]
        except KeyError:
            raise UnknownQueue(queue=queue_id) from None

    def find_queue(self, queue_id: str) -> Queue | None:
        """The queue, as long as it is in the catalogue."""
        return self._queues.get(queue_id)

    def counter(self, counter_id: str) -> Counter:
        try:
            return self._counters[counter_id]
        except KeyError:
            raise UnknownCounter(counter=counter_id) from None

    def desk(self, code: str) -> Counter:
        try:
            return self._codes[code]
        except KeyError:
            raise UnknownDesk(desk=code) from None

    def find_site(self, site_id: str) -> Site | None:
        """The site, as long as it is in the catalogue."""
        return self._sites.get(site_id)

    def check_site(self, site_id: str) -> None:
        if site_id not in self._sites:
            raise UnknownSite(site=site_id)

    def service(self, product: Product) -> Service:
        return self._services[product.service_id]

    def queue_for(self, product: Product, site_id: str) -> Queue | None:
        """The queue of a site that serves the product, if any."""
        return self._queue_of.get((product.service_id, site_id))

    def counters_of(self, queue_id: str) -> list[str]:
        """Ids of the counters that serve a queue, as first or second choice."""
        return self._counters_of.get(queue_id, [])

    def series(self, prefix: str) -> str:
        return self._series[prefix]

    @property
    def prefixes(self) -> Mapping[str, str]:
        """Series id by prefix."""
        return self._series

    def is_confidential(self, product_id: str) -> bool:
        """Whether the product's department shows elsewhere as *andere dienst*.

        A product that left the catalogue stays what it was; one that nobody knows is kept quiet.
        """
        return self._confidential.get(product_id, True)

    @property
    def confidential_departments(self) -> frozenset[str]:
        return self._secret

    def hidden_from(
        self, permissions: AbstractSet[str], departments: AbstractSet[str]
    ) -> frozenset[str]:
        """Of which departments somebody who works for some learns nothing.

        What is confidential is known to its own department, and to who dispatches.
        """
        if Permission.DISPATCH_REPORT in permissions:
            return frozenset()
        return self._secret - departments

    def departments_at(self, counter_id: str) -> set[str]:
        """Ids of the departments that a counter works for; none for a desk that is no counter."""
        counter = self._counters.get(counter_id)
        if counter is None:
            return set()
        queues = (self._queues[queue] for queue in (*counter.first_choice, *counter.second_choice))
        return {self._services[one].department_id for queue in queues for one in queue.service_ids}

    def counters_for(self, product_id: str, site_id: str) -> list[str]:
        """Ids of the counters of a site that serve a product; none once it left the catalogue."""
        product = self._products.get(product_id)
        queue = self.queue_for(product, site_id) if product else None
        return self.counters_of(queue.id) if queue else []


class Offers:
    """Gives the offer of now: one small look at the version, and rarely the whole catalogue."""

    def __init__(self, clock: Clock, measure: Measure) -> None:
        self._clock = clock
        self._measure = measure
        self._lock = Lock()
        self._known: tuple[int, date, Offer] | None = None

    def now(self, connection: Connection) -> Offer:
        """The offer as this transaction sees it; measured times are renewed each day."""
        version = read_version(connection)
        day = local_day(self._clock.now())
        known = self._known
        if known is not None and known[:2] == (version, day):
            return known[2]
        with self._lock:
            offer = self._read(connection, version, day)
            self._known = (version, day, offer)
        return offer

    def _read(self, connection: Connection, version: int, day: date) -> Offer:
        measured = self._measure(connection, day)
        found = read_catalogue(connection, measured, made_at=self._clock.now())
        catalogue = found.model_copy(update={"version": f"{version}-{day:%Y%m%d}"})
        rows = connection.execute(select(SeriesRow.prefix, SeriesRow.id))
        series = {row.prefix: row.id for row in rows}
        secrets = connection.execute(_CONFIDENTIAL)
        confidential = {row.id: row.confidential for row in secrets}
        return Offer(catalogue, read_timetable(connection), series, confidential)
