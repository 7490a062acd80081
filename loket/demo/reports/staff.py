"""Who takes reports down in Heidebeek, and who handles them in each department."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, select

from loket.catalogue.tables import CounterRow, DepartmentRow
from loket.demo.history.chance import Chance
from loket.demo.people import PEOPLE
from loket.visits.messages import Channel

COORDINATOR: Final = "u-hanne"
_HANDLERS: Final = {
    "mob": ("jef", "nele", "jef"),
    "mil": ("els", "griet", "hanne", "els"),
    "omg": ("dirk",),
    "won": ("piet",),
    "soc": ("sara",),
    "kin": ("leen",),
    "vri": ("bea",),
    "eco": ("kim",),
    "fin": ("leen",),
    "ont": ("hanne",),
    "bz": ("tom", "lies"),
}
_TAKEN_BY: Final = {
    Channel.DESK: ("sofie", "marc", "rita", "sofie"),
    Channel.PHONE: ("yasmine",),
    Channel.MAIL: ("yasmine", "hanne"),
    Channel.WEB: ("yasmine", "hanne"),
    Channel.APP: ("yasmine",),
}
_CHANNELS: Final = {
    Channel.DESK: 34,
    Channel.PHONE: 30,
    Channel.MAIL: 14,
    Channel.WEB: 15,
    Channel.APP: 7,
}


@dataclass(frozen=True)
class Desk:
    """Where somebody sits."""

    user_id: str
    counter_id: str
    site_id: str


class Staff:
    """Everybody at the desk where they usually sit."""

    def __init__(self, desks: Mapping[str, Desk], codes: Mapping[str, str]) -> None:
        self._desks = desks
        self._codes = codes

    def channel(self, chance: Chance) -> Channel:
        return chance.choices(list(_CHANNELS), list(_CHANNELS.values()))[0]

    def taker(self, chance: Chance, channel: Channel) -> Desk:
        return self._desks[chance.choice(_TAKEN_BY[channel])]

    def desk(self, username: str) -> Desk:
        return self._desks[username]

    def handler(self, chance: Chance, department_id: str | None) -> Desk:
        """Somebody of the department; of parties outside the coordinator keeps watch."""
        code = self._codes.get(department_id or "", "")
        return self._desks[chance.choice(_HANDLERS.get(code, ("hanne",)))]

    def departments(self) -> list[str]:
        """Ids of those that handle reports, without the confidential one."""
        return [ident for ident, code in self._codes.items() if code in _HANDLERS and code != "soc"]


def read_staff(connection: Connection) -> Staff:
    counters = {row.code: row for row in connection.execute(select(CounterRow.__table__))}
    found = {}
    for person in PEOPLE:
        row = counters[person.desks[0]]
        found[person.username] = Desk(person.id, row.id, row.site_id)
    departments = connection.execute(select(DepartmentRow.__table__))
    return Staff(found, {row.id: row.code for row in departments})
