"""A town made for load: enough counters for every desk and enough series for every number."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from argon2 import PasswordHasher
from sqlalchemy import insert

from loket.catalogue import tables as catalogue
from loket.catalogue.identity import SERIES
from loket.staff.rules import Role
from loket.staff.usecases import NOBODY, NewUser, add_users
from loket.store.tables import EventStreamRow
from loket.store.work import Request, Store
from loket.wire.base import WireOut

PREFIXES = "ABCDEFGHJKLMNPRSTUVWXYZ"
NUMBERS_PER_SITE = len(PREFIXES) * 899
PASSWORD = "measure"  # noqa: S105 - of a town that lives for a minute
FASTEST_CYCLES = 1500
"""Cycles a second for which numbers must last."""


class Done(WireOut):
    """Nothing to say."""


@dataclass(frozen=True)
class LoadDesk:
    """A desk of the load: where it signs in and what it asks for."""

    username: str
    code: str
    products: tuple[str, ...]


@dataclass(frozen=True)
class LoadTown:
    """Desks over as many sites as the numbers need; groups of four desks share queues."""

    desks: int
    sites: int

    @classmethod
    def for_load(cls, desks: int, seconds: float) -> "LoadTown":
        return cls(desks, max(1, math.ceil(seconds * FASTEST_CYCLES / NUMBERS_PER_SITE)))

    def desk(self, nr: int) -> LoadDesk:
        site = nr % self.sites
        products = tuple(f"p-{site}-{prefix}" for prefix in self._prefixes(nr))
        return LoadDesk(f"clerk-{nr}", f"bench-{nr}", products)

    def _prefixes(self, nr: int) -> list[str]:
        groups = min(11, max(1, self.desks // (4 * self.sites)))
        each = len(PREFIXES) // groups  # no queue in two groups: each calls what it issued
        first = (nr // self.sites) % groups * each
        return [PREFIXES[(first + place) % len(PREFIXES)] for place in range(each)]

    def settle(self, store: Store) -> None:
        """Write the town into a migrated, empty database."""
        with store.database.writers.begin() as connection:
            for table, rows in self._rows(store.clock.now()):
                connection.execute(insert(table), list(rows))
        hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        with store.work(Request(NOBODY)) as work:
            users = [self._user(nr) for nr in range(self.desks)]
            add_users(work, users, hasher)
            work.commit(Done())

    def _user(self, nr: int) -> NewUser:
        return NewUser(f"clerk-{nr}", f"Clerk {nr}", PASSWORD, frozenset({Role.COUNTER}))

    def _rows(self, moment: datetime) -> Iterable[tuple[Any, Iterable[dict[str, Any]]]]:
        sites = range(self.sites)
        named = {"name": "Load", "position": 0, "retired": False}
        yield catalogue.TownRow, [_TOWN]
        version = {"id": 1, "version": 1, "changed_at": moment}
        yield catalogue.CatalogueVersionRow, [version]
        yield (
            catalogue.SiteRow,
            [
                {**named, "id": f"s-{s}", "code": f"s-{s}", "address": "", "hours": ""}
                for s in sites
            ],
        )
        yield EventStreamRow, [{"site_id": f"s-{s}", "last_number": 0} for s in sites]
        yield catalogue.DepartmentRow, [{**named, "id": "d", "code": "d", "confidential": False}]
        yield catalogue.SeriesRow, [{"id": SERIES + p, "prefix": p} for p in PREFIXES]
        places = [(s, p) for s in sites for p in PREFIXES]
        yield (
            catalogue.ServiceRow,
            [
                {**named, "id": f"v-{s}-{p}", "code": f"v-{s}-{p}", "department_id": "d"}
                for s, p in places
            ],
        )
        yield catalogue.QueueRow, [{**named, **_queue(s, p)} for s, p in places]
        yield (
            catalogue.ServiceAtSiteRow,
            [
                {"service_id": f"v-{s}-{p}", "site_id": f"s-{s}", "queue_id": f"q-{s}-{p}"}
                for s, p in places
            ],
        )
        yield catalogue.ProductRow, [{**named, **_product(s, p)} for s, p in places]
        yield catalogue.CounterRow, [{**named, **self._counter(nr)} for nr in range(self.desks)]
        yield (
            catalogue.CounterQueueRow,
            [
                {
                    "counter_id": f"c-{nr}",
                    "queue_id": f"q-{nr % self.sites}-{prefix}",
                    "choice": 1,
                    "position": place,
                }
                for nr in range(self.desks)
                for place, prefix in enumerate(self._prefixes(nr))
            ],
        )
        yield catalogue.OpeningHoursRow, [_always(s, weekday) for s in sites for weekday in _WEEK]

    def _counter(self, nr: int) -> dict[str, Any]:
        site = f"s-{nr % self.sites}"
        return {"id": f"c-{nr}", "code": f"bench-{nr}", "site_id": site, "kind": "counter"}


_WEEK = range(1, 8)
_TOWN = {
    "id": 1,
    "name": "Load",
    "phone": "",
    "email": "",
    "phone_hours": "",
    "privacy_email": "",
    "public_address": "",
    "slip_languages": [],
}


def _queue(site: int, prefix: str) -> dict[str, Any]:
    return {
        "id": f"q-{site}-{prefix}",
        "code": f"q-{site}-{prefix}",
        "site_id": f"s-{site}",
        "icon": "ph.users",
        "walk_in_series_id": SERIES + prefix,
        "appointment_series_id": SERIES + prefix,
        "norm_minutes": 20,
    }


def _product(site: int, prefix: str) -> dict[str, Any]:
    return {
        "id": f"p-{site}-{prefix}",
        "code": f"p-{site}-{prefix}",
        "short_name": "Load",
        "synonyms": [],
        "service_id": f"v-{site}-{prefix}",
        "access": "both",
        "usual_minutes": 10,
        "bring": [],
        "fee_cents": None,
        "clerk_text": "",
        "links": [],
        "icon": "ph.car",
    }


def _always(site: int, weekday: int) -> dict[str, Any]:
    return {
        "site_id": f"s-{site}",
        "queue_id": None,
        "weekday": weekday,
        "opens": time(0),
        "closes": time(23, 59),
        "valid_from": date(2020, 1, 1),
        "valid_to": None,
    }
