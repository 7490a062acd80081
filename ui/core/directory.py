"""The catalogue as one site sees it: what belongs to what, looked up by id."""

from loket.catalogue.messages import (
    Catalogue,
    Counter,
    Department,
    DeskKind,
    PriorityReason,
    Product,
    Queue,
    Site,
)

_QUICK_PLACES = range(1, 10)


class Directory:
    """Look-ups on one catalogue for one site; made anew when the catalogue changes."""

    def __init__(self, catalogue: Catalogue, site_id: str) -> None:
        self.catalogue = catalogue
        self.site_id = site_id
        self.products = {product.id: product for product in catalogue.products}
        self.counters = {counter.id: counter for counter in catalogue.counters}
        self.queues = {queue.id: queue for queue in catalogue.queues if queue.site_id == site_id}
        self._by_service = {
            service_id: queue for queue in self.queues.values() for service_id in queue.service_ids
        }
        departments = {department.id: department for department in catalogue.departments}
        self._department = {
            service.id: departments.get(service.department_id) for service in catalogue.services
        }
        self._reasons = {reason.code: reason for reason in catalogue.priority_reasons}

    @property
    def reasons(self) -> list[PriorityReason]:
        return self.catalogue.priority_reasons

    @property
    def languages(self) -> tuple[str, ...]:
        """Dutch, and what the town offers besides."""
        others = [code for code in self.catalogue.town.slip_languages if code != "nl"]
        return ("nl", *others)

    def product(self, product_id: str | None) -> Product | None:
        return self.products.get(product_id or "")

    def queue_of(self, product: Product) -> Queue | None:
        """Which queue of this site serves the product."""
        return self._by_service.get(product.service_id)

    def department_of(self, product: Product) -> Department | None:
        return self._department.get(product.service_id)

    def counter(self, counter_id: str) -> Counter | None:
        return self.counters.get(counter_id)

    def site(self) -> Site | None:
        return next((site for site in self.catalogue.sites if site.id == self.site_id), None)

    def reason(self, code: str) -> PriorityReason | None:
        return self._reasons.get(code)

    def quick(self) -> dict[int, Product]:
        """Products of this site on the quick keys, by place."""
        return {
            place.place: self.products[place.product_id]
            for place in sorted(self.catalogue.quick_products, key=lambda quick: quick.place)
            if place.site_id == self.site_id
            and place.place in _QUICK_PLACES
            and place.product_id in self.products
        }

    def place_of(self, product: Product) -> str:
        """Department and queue, as rows show them: ``Burgerzaken · Loket``."""
        department, queue = self.department_of(product), self.queue_of(product)
        names = [department.name if department else "", queue.name if queue else ""]
        return " · ".join(dict.fromkeys(name for name in names if name))


def calls_tickets(counter: Counter) -> bool:
    """Whether somebody at this desk can call visitors."""
    serves = bool(counter.first_choice or counter.second_choice)
    return serves and counter.kind in {DeskKind.COUNTER, DeskKind.QUICK, DeskKind.WELCOME}
