"""Lending numbers 900 to 999 to a desk, for giving tickets while the server is away."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from loket.catalogue.offer import Offer
from loket.kit.clock import local_day
from loket.queue.messages import Lease, LeaseNumbers, Leases
from loket.queue.rules.life import FIRST_LEASED, LAST_LEASED, OtherCounter
from loket.queue.tables import NumberLeaseRow
from loket.staff.rules import Permission
from loket.store.work import Work

_LEASE = NumberLeaseRow.metadata.tables["number_lease"]
_LEND = {
    "sqlite": sqlite.insert(_LEASE).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(_LEASE).on_conflict_do_nothing(),
}
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
    series = _series_of_site(offer, site_id)
    while new := _missing(work, day, series.values(), command.count):
        # Another desk may be taking the same ones at this moment: what it got we ask anew.
        work.connection.execute(_LEND[work.connection.dialect.name], new)
    given = _given(work, day)
    leases = [
        Lease(series_prefix=prefix, day=day.isoformat(), numbers=given[series_id][0])
        for prefix, series_id in series.items()
    ]
    work.record("lease_numbers", "counter", work.actor.counter_id)
    return work.commit(Leases(leases=leases))


def _missing(work: Work, day: date, series: Iterable[str], count: int) -> list[dict[str, Any]]:
    """Rows for the numbers that the desk still lacks, as far as there are free ones."""
    given = _given(work, day)
    rows = []
    for series_id in series:
        mine, taken = given[series_id]
        free = [n for n in range(FIRST_LEASED, LAST_LEASED + 1) if n not in taken]
        wanted = free[: max(0, count - len(mine))]
        rows += [_row(work, day, series_id, number) for number in wanted]
    return rows


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
