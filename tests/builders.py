"""A small town and the ways into it: what tests begin with."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from argon2 import PasswordHasher
from sqlalchemy import Connection, insert

from loket.catalogue import tables as catalogue
from loket.catalogue.identity import SERIES
from loket.kit.clock import FixedClock
from loket.staff.rules import Role
from loket.staff.usecases import NOBODY, NewUser, add_users
from loket.store.tables import EventStreamRow
from loket.store.work import Request, Store
from loket.wire.base import WireOut

MONDAY_NINE = datetime(2026, 3, 16, 8, 0, tzinfo=UTC)
"""Monday 16 March 2026, 09:00 in Belgium."""
QUICK_HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PASSWORD = "heidebeek"
SITE, OTHER_SITE = "site-stadhuis", "site-kortbeek"
BURGERZAKEN, SNEL, SOCIAAL = "q-burgerzaken", "q-snel", "q-sociaal"
EID, RIJBEWIJS, AFHALEN, LEEFLOON, HUWELIJK = (
    "p-eid",
    "p-rijbewijs",
    "p-afhalen",
    "p-leefloon",
    "p-huwelijk",
)
COUNTERS = ("loket-1", "loket-2", "loket-3", "snel-1", "sociaal-1", "onthaal-1")


class Done(WireOut):
    """Nothing to say."""


def _rows() -> Iterable[tuple[Any, list[dict[str, Any]]]]:
    yield (
        catalogue.TownRow,
        [
            {
                "id": 1,
                "name": "Stad Heidebeek",
                "phone": "050 00 00 00",
                "email": "onthaal@heidebeek.example",
                "phone_hours": "ma–vr 9–12 uur",
                "privacy_email": "privacy@heidebeek.example",
                "public_address": "",
                "slip_languages": ["en"],
            }
        ],
    )
    yield catalogue.CatalogueVersionRow, [{"id": 1, "version": 1, "changed_at": MONDAY_NINE}]
    yield (
        catalogue.SiteRow,
        [
            _placed(0, id=SITE, code="stadhuis", name="Stadhuis", address="Markt 1", hours=""),
            _placed(1, id=OTHER_SITE, code="kortbeek", name="Kortbeek", address="Dorp", hours=""),
        ],
    )
    yield EventStreamRow, [{"site_id": s, "last_number": 0} for s in (SITE, OTHER_SITE)]
    yield (
        catalogue.DepartmentRow,
        [
            _placed(0, id="d-bz", code="bz", name="Burgerzaken", confidential=False),
            _placed(1, id="d-soc", code="soc", name="Sociaal Huis", confidential=True),
        ],
    )
    yield (
        catalogue.ServiceRow,
        [
            _placed(0, id="s-bz", code="bz", department_id="d-bz", name="Loket"),
            _placed(1, id="s-snel", code="snel", department_id="d-bz", name="Snelloket"),
            _placed(2, id="s-soc", code="soc", department_id="d-soc", name="Steun"),
        ],
    )
    yield catalogue.SeriesRow, [{"id": f"{SERIES}{p}", "prefix": p} for p in "APSWT"]
    yield (
        catalogue.QueueRow,
        [
            _queue(0, BURGERZAKEN, "Burgerzaken", "A", "P"),
            _queue(1, SNEL, "Snelloket", "S", "S"),
            _queue(2, SOCIAAL, "Sociaal Huis", "W", "T"),
        ],
    )
    yield (
        catalogue.ServiceAtSiteRow,
        [
            {"service_id": service, "site_id": SITE, "queue_id": queue}
            for service, queue in (("s-bz", BURGERZAKEN), ("s-snel", SNEL), ("s-soc", SOCIAAL))
        ],
    )
    elsewhere = _counter(len(COUNTERS), "kortbeek-1") | {"site_id": OTHER_SITE}
    yield (
        catalogue.CounterRow,
        [*(_counter(nr, code) for nr, code in enumerate(COUNTERS)), elsewhere],
    )
    serves = {"loket": (BURGERZAKEN, SNEL), "snel": (SNEL,), "sociaal": (SOCIAAL,), "onthaal": ()}
    yield (
        catalogue.CounterQueueRow,
        [
            {"counter_id": f"c-{code}", "queue_id": queue, "choice": place + 1, "position": place}
            for code in COUNTERS
            for place, queue in enumerate(serves[code.partition("-")[0]])
        ],
    )
    yield (
        catalogue.OpeningHoursRow,
        [
            {
                "site_id": site,
                "queue_id": None,
                "weekday": weekday,
                "opens": time(9),
                "closes": time(18),
                "valid_from": date(2020, 1, 1),
                "valid_to": None,
            }
            for site in (SITE, OTHER_SITE)
            for weekday in range(1, 6)
        ],
    )
    yield (
        catalogue.ProductRow,
        [
            _product(0, EID, "Identiteitskaart – aanvraag", "eID", "s-bz", minutes=12, fee=2500),
            _product(1, RIJBEWIJS, "Rijbewijs – aanvraag", "Rijbewijs", "s-bz", minutes=10),
            _product(2, AFHALEN, "Rijbewijs – afhalen", "Afhalen", "s-snel", minutes=2),
            _product(3, LEEFLOON, "Leefloon", "Leefloon", "s-soc", minutes=25),
            _product(4, HUWELIJK, "Huwelijk", "Huwelijk", "s-bz", access="appointment"),
        ],
    )
    yield catalogue.QuickProductRow, [{"site_id": SITE, "place": 1, "product_id": EID}]
    yield (
        catalogue.PriorityReasonRow,
        [_placed(0, code="mobility", name="Mobiliteit", icon="ph.wheelchair") | {"retired": None}],
    )


def _placed(position: int, **values: Any) -> dict[str, Any]:
    return {**values, "position": position, "retired": False}


def _queue(position: int, ident: str, name: str, walk_in: str, appointment: str) -> dict[str, Any]:
    return _placed(
        position,
        id=ident,
        code=ident,
        site_id=SITE,
        name=name,
        icon="ph.users",
        walk_in_series_id=f"{SERIES}{walk_in}",
        appointment_series_id=f"{SERIES}{appointment}",
        norm_minutes=20,
    )


def _counter(position: int, code: str) -> dict[str, Any]:
    kind = "welcome" if code.startswith("onthaal") else "counter"
    name = code.replace("-", " ").capitalize()
    return _placed(position, id=f"c-{code}", code=code, site_id=SITE, name=name, kind=kind)


def _product(
    position: int,
    ident: str,
    name: str,
    short: str,
    service: str,
    *,
    minutes: int = 10,
    fee: int | None = None,
    access: str = "both",
) -> dict[str, Any]:
    return _placed(
        position,
        id=ident,
        code=ident,
        name=name,
        short_name=short,
        synonyms=[],
        service_id=service,
        access=access,
        usual_minutes=minutes,
        bring=["Huidige identiteitskaart", "Recente pasfoto"],
        fee_cents=fee,
        clerk_text="",
        links=[],
        icon="ph.car",
    )


def fill(connection: Connection) -> None:
    """Put the small town into a migrated database."""
    for table, rows in _rows():
        columns = table.__table__.columns.keys()
        kept = [{k: v for k, v in row.items() if k in columns} for row in rows]
        connection.execute(insert(table), kept)


STAFF = [
    NewUser("sofie", "Sofie Vermeulen", PASSWORD, frozenset({Role.DESK}), id="u-sofie"),
    NewUser("tom", "Tom Claes", PASSWORD, frozenset({Role.COUNTER}), id="u-tom"),
    NewUser("nele", "Nele Peeters", PASSWORD, frozenset({Role.COUNTER}), id="u-nele"),
    NewUser("els", "Els Goossens", PASSWORD, frozenset({Role.COORDINATOR}), id="u-els"),
    NewUser("an", "An De Smet", PASSWORD, frozenset({Role.SUPERVISOR}), id="u-an"),
    NewUser("hanne", "Hanne Goossens", PASSWORD, frozenset({Role.COORDINATOR}), id="u-hanne"),
]


def settle(store: Store) -> None:
    """The town and its staff, in one database."""
    with store.database.writers.begin() as connection:
        fill(connection)
    with store.work(Request(NOBODY)) as work:
        add_users(work, STAFF, QUICK_HASHER)
        work.commit(Done())


@dataclass
class Town:
    """A settled store with a clock that tests move."""

    store: Store
    clock: FixedClock = field(default_factory=lambda: FixedClock(MONDAY_NINE))
