"""Who works in Heidebeek, where, and who of them is offered at the sign-in screen."""

from dataclasses import dataclass

from loket.staff.messages import Demonstration, DemonstrationUser
from loket.staff.rules import Role

PASSWORD = "heidebeek"  # noqa: S105 - everybody may look around in the demonstration


@dataclass(frozen=True)
class Person:
    """A member of staff, and the desks at which they usually sit, the usual one first."""

    username: str
    name: str
    role: Role
    desks: tuple[str, ...]
    offered: bool = False

    @property
    def id(self) -> str:
        return f"u-{self.username}"

    @property
    def roles(self) -> frozenset[Role]:
        """Who welcomes today calls at a counter tomorrow, and calls the queue of the onthaal."""
        return frozenset({self.role, Role.COUNTER} if self.role is Role.DESK else {self.role})


def _welcome(username: str, name: str, *desks: str, offered: bool = False) -> Person:
    return Person(username, name, Role.DESK, desks, offered)


def _counter(username: str, name: str, *desks: str, offered: bool = False) -> Person:
    return Person(username, name, Role.COUNTER, desks, offered)


PEOPLE = (
    _welcome("sofie", "Sofie Vermeulen", "onthaal-1", "onthaal-2", "kcc-1", offered=True),
    _counter("tom", "Tom Claes", "loket-3", "loket-1", "loket-2", offered=True),
    _counter("lies", "Lies Bogaert", "snel-1", "snel-2", "loket-3", offered=True),
    _welcome("yasmine", "Yasmine El Amrani", "kcc-1", "onthaal-2", "onthaal-1", offered=True),
    Person("an", "An Desmet", Role.SUPERVISOR, ("toezicht",), offered=True),
    Person("hanne", "Hanne Goossens", Role.COORDINATOR, ("toezicht",), offered=True),
    Person("wim", "Wim Aerts", Role.ADMINISTRATOR, ("toezicht",), offered=True),
    _welcome("marc", "Marc Thys", "onthaal-2", "kcc-1", "onthaal-1"),
    _counter("dirk", "Dirk Mertens", "loket-1", "loket-2", "loket-4"),
    _counter("nele", "Nele Pauwels", "loket-2", "loket-4", "loket-1"),
    _counter("leen", "Leen Coppens", "loket-4", "loket-3", "loket-2"),
    _counter("piet", "Piet Segers", "loket-5"),
    _counter("els", "Els Vandamme", "loket-5"),
    _counter("sara", "Sara Willems", "loket-6", "loket-7"),
    _counter("bea", "Bea Lambrecht", "loket-7", "loket-6"),
    _counter("kim", "Kim Nijs", "snel-2", "snel-1"),
    _counter("griet", "Griet Maes", "kortbeek-1"),
    _counter("jef", "Jef Wouters", "kortbeek-2"),
    _welcome("rita", "Rita Cools", "kortbeek-onthaal"),
)


def demonstration() -> Demonstration:
    """What the sign-in screen offers: one person for every kind of work."""
    return Demonstration(
        active=True,
        users=[
            DemonstrationUser(
                username=person.username, password=PASSWORD, name=person.name, role=person.role
            )
            for person in PEOPLE
            if person.offered
        ],
    )
