"""Who is told something together: each person once, by their own way."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Protocol

from loket.kit.errors import Conflict, Invalid
from loket.reports.rules.kinds import AnswerBy
from loket.wire.contact import is_mobile

MOST_REPORTS: Final = 5000
"""Who would tell more people than that in one act has the wrong filter."""


class TooManyInvolved(Invalid):
    """More than ``limit`` reports: let the filter show fewer."""

    code = "report.too_many_involved"


class InvolvedChanged(Conflict):
    """There are ``people`` now, another number than was decided about."""

    code = "report.involved_changed"


class InformedMeanwhile(Conflict):
    """``name`` told some of them something after the asker looked."""

    code = "report.informed_meanwhile"


class InformedAlready(Conflict):
    """This was done: the same id was used before."""

    code = "report.informed_already"


class Person(Protocol):
    """A reporter, as the database gives one."""

    @property
    def anonymous(self) -> bool: ...
    @property
    def name_key(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def answer_by(self) -> str: ...


@dataclass(frozen=True)
class Reached:
    """Somebody who is told, with the way."""

    person: Person
    way: AnswerBy
    key: str
    """The same for the same person, and says nothing of who it is."""


@dataclass(frozen=True)
class Everybody:
    """All of them, each once."""

    reached: tuple[Reached, ...]
    unreachable: int
    doubles: int

    def by(self, way: AnswerBy) -> int:
        return Counter(one.way for one in self.reached)[way]


def each_once(people: Iterable[Person]) -> Everybody:
    """Who has the same mail, or the same number, is the same person; the first one stands."""
    known: set[str] = set()
    reached: list[Reached] = []
    unreachable = doubles = 0
    for person in people:
        marks = _marks(person)
        if person.anonymous or not marks:
            unreachable += 1
        elif known & marks:
            doubles += 1
        else:
            reached.append(Reached(person, way_of(person), _key(marks)))
        known |= marks
    return Everybody(tuple(reached), unreachable, doubles)


def way_of(person: Person) -> AnswerBy:
    """Their own; a number that takes no text messages is called."""
    way = AnswerBy(person.answer_by)
    if way is AnswerBy.SMS and not is_mobile(person.phone):
        return AnswerBy.PHONE
    return way


def _marks(person: Person) -> set[str]:
    """By what somebody is known again."""
    marks = {f"mail:{person.email.casefold()}"} if person.email else set()
    if person.phone:
        marks.add(f"phone:{person.phone}")
    if not marks and person.address:
        marks.add(f"post:{person.name_key}|{person.address.casefold()}")
    return marks


def _key(marks: set[str]) -> str:
    return sha256(min(marks).encode()).hexdigest()
