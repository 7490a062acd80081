"""Lending numbers 900 to 999 to a desk, for giving tickets while the server is away."""

from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import bindparam, insert, select

from loket.catalogue.offer import Offer
from loket.kit.clock import local_day
from loket.queue.messages import Lease, LeaseNumbers, Leases
from loket.queue.rules import FIRST_LEASED, LAST_LEASED, OtherCounter
from loket.queue.tables import NumberLeaseRow
from loket.staff.rules import Permission
from loket.store.work import Work

_LEASE = NumberLeaseRow.metadata.tables["number_lease"]
_GIVEN = select(_LEASE.c.series_id, _LEASE.c.number, _LEASE.c.counter_id, _LEASE.c.used_at).where(
    _LEASE.c.site_id == bindparam("site"), _LEASE.c.day == bindparam("on")
)


def lease_numbers(work: Work, offer: Offer, site_id: str, command: LeaseNumbers) -> Leases:
    """See to it that the desk has so many unused numbers per series of its site.

    As far as they reach: a hundred numbers per series are shared by all desks.
    """
    work.allow(Permission.ISSUE_TICKET)
    if site_id != work.actor.site_id:
        raise OtherCounter(site=site_id)
    day = local_day(work.now)
    given = _given(work, day)
    leases, new = [], []
    for prefix, series in _series_of_site(offer, site_id).items():
        mine, taken = given[series]
        free = [n for n in range(FIRST_LEASED, LAST_LEASED + 1) if n not in taken]
        added = free[: max(0, command.count - len(mine))]
        new += [_row(work, day, series, number) for number in added]
        leases.append(Lease(series_prefix=prefix, day=day.isoformat(), numbers=[*mine, *added]))
    if new:
        work.connection.execute(insert(_LEASE), new)
    work.record("lease_numbers", "counter", work.actor.counter_id, count=len(new))
    return work.commit(Leases(leases=leases))


def _given(work: Work, day: date) -> dict[str, tuple[list[int], set[int]]]:
    """Per series the unused numbers of this desk, and all numbers that are lent."""
    found: dict[str, tuple[list[int], set[int]]] = defaultdict(lambda: ([], set()))
    place = {"site": work.actor.site_id, "on": day}
    for row in work.connection.execute(_GIVEN, place):
        mine, taken = found[row.series_id]
        taken.add(row.number)
        if row.counter_id == work.actor.counter_id and row.used_at is None:
            mine.append(row.number)
    return found


def _series_of_site(offer: Offer, site_id: str) -> dict[str, str]:
    prefixes = {q.walk_in_prefix for q in offer.catalogue.queues if q.site_id == site_id}
    return {prefix: offer.series(prefix) for prefix in sorted(prefixes)}


def _row(work: Work, day: date, series: str, number: int) -> dict[str, Any]:
    return {
        "site_id": work.actor.site_id,
        "day": day,
        "series_id": series,
        "number": number,
        "counter_id": work.actor.counter_id,
        "used_at": None,
    }
