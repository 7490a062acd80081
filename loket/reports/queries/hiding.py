"""Whose reports a desk may know: those of confidential departments only their own counters do."""

from dataclasses import dataclass

from loket.catalogue.offer import Offer
from loket.staff.rules import Permission
from loket.store.work import Actor


@dataclass(frozen=True)
class Sight:
    """What one person at one desk may see of reports."""

    hidden: frozenset[str]
    """Ids of departments."""
    counter_id: str

    def sees(self, department_id: str | None, counter_id: str | None) -> bool:
        """Who took it down, and the department itself."""
        return department_id not in self.hidden or counter_id == self.counter_id


def sight_of(actor: Actor, offer: Offer) -> Sight:
    """The coordinator dispatches everything, and sees it."""
    if Permission.DISPATCH_REPORT in actor.permissions:
        return Sight(frozenset(), actor.counter_id)
    own = departments_at(actor.counter_id, offer)
    return Sight(frozenset(secret_departments(offer) - own), actor.counter_id)


def secret_departments(offer: Offer) -> frozenset[str]:
    """Those whose matters only they know."""
    return frozenset(part.id for part in offer.catalogue.departments if part.confidential)


def departments_at(counter_id: str, offer: Offer) -> set[str]:
    """The departments that a counter works for."""
    counters = {counter.id: counter for counter in offer.catalogue.counters}
    counter = counters.get(counter_id)
    if counter is None:
        return set()
    department_of = {service.id: service.department_id for service in offer.catalogue.services}
    queues = (*counter.first_choice, *counter.second_choice)
    served = (queue for queue in offer.catalogue.queues if queue.id in queues)
    return {department_of[service] for queue in served for service in queue.service_ids}
