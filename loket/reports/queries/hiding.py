"""Whose reports a desk may know: those of confidential departments only their own counters do."""

from dataclasses import dataclass
from typing import Any

from loket.catalogue.offer import Offer
from loket.reports.rules.kinds import UnknownReport
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

    def check(self, row: Any) -> None:
        """Refuse a report that is hidden as if there were none."""
        if not self.sees(row.department_id, row.counter_id):
            raise UnknownReport(report=row.id)


def sight_of(actor: Actor, offer: Offer) -> Sight:
    """The coordinator dispatches everything, and sees it."""
    own = offer.departments_at(actor.counter_id)
    return Sight(offer.hidden_from(actor.permissions, own), actor.counter_id)
