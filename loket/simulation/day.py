"""What happens on a day, whoever is called when: arrivals, their times, counters and their shifts.

As JSON (:func:`read_day`), all times in minutes from ``starts``, which is an ISO moment::

    {"starts": "2026-03-16T08:00:00+00:00",
     "queues": [{"id": "bz", "norm_minutes": 20,
                 "classes": {"appointment": {"rate": 3, "limit_minutes": 10}}}],
     "counters": [{"id": "loket-1", "first": ["bz"], "second": [],
                   "shifts": [[0, 90], [105, 240]]}],
     "visitors": [{"at": 4.5, "queue": "bz", "product": "eid", "minutes": 9.5,
                   "appointment": null, "priority": "", "leaves_after": null, "absent": false}]}

``classes`` may be left out, and each class in it: then the usual rules of the norm hold.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from loket.catalogue.rules import ClassRule, VisitorClass, usual_rules
from loket.kit.errors import Invalid
from loket.queue.rules.life import TicketKind
from loket.queue.rules.order import CounterQueues, QueueRules, Settings, Waiting, governing


class DayUnreadable(Invalid):
    """The file is not a day in the form of this module; ``why`` says where."""

    code = "simulation.day_unreadable"


@dataclass(frozen=True)
class Visitor:
    """Somebody who comes, in minutes from the start of the day."""

    id: str
    at: float
    queue_id: str
    product_id: str
    minutes: float
    """From call to end at the counter."""
    appointment: float | None = None
    priority: str = ""
    leaves_after: float | None = None
    """Patience: goes away after so many minutes; None: stays."""
    absent: bool = False
    """Does not show when called."""

    def waiting(self, starts: datetime) -> Waiting:
        booked = self.appointment is not None
        return Waiting(
            id=self.id,
            number=self.id,
            queue_id=self.queue_id,
            kind=TicketKind.APPOINTMENT if booked else TicketKind.WALK_IN,
            priority=self.priority,
            arrived_at=starts + timedelta(minutes=self.at),
            appointment_at=starts + timedelta(minutes=self.appointment or 0) if booked else None,
        )

    @property
    def waits_from(self) -> float:
        return max(self.at, self.appointment if self.appointment is not None else self.at)


@dataclass(frozen=True)
class Desk:
    """A counter and when somebody sits there."""

    id: str
    queues: CounterQueues
    shifts: tuple[tuple[float, float], ...]

    def open_at(self, minute: float) -> bool:
        return any(begins <= minute < ends for begins, ends in self.shifts)


@dataclass(frozen=True)
class Day:
    """Everything that a policy cannot change."""

    starts: datetime
    visitors: tuple[Visitor, ...]
    desks: tuple[Desk, ...]
    settings: Settings
    closes: Mapping[str, float] = field(default_factory=dict)
    """Minute after which nobody comes to a queue any more; else that of its last visitor."""

    def moment(self, minute: float) -> datetime:
        return self.starts + timedelta(minutes=minute)

    def closing(self, queue_id: str) -> float:
        last = max((one.at for one in self.visitors if one.queue_id == queue_id), default=0.0)
        return self.closes.get(queue_id, last)

    def class_of(self, visitor: Visitor) -> VisitorClass:
        return governing(visitor.waiting(self.starts), self.settings[visitor.queue_id])


def read_day(file: Path) -> Day:
    """A day from a JSON file; :class:`DayUnreadable` says what is wrong with it."""
    try:
        return _day(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise DayUnreadable(file=file.name, why=f"{type(error).__name__}: {error}") from error


def _day(told: Mapping[str, Any]) -> Day:
    day = Day(
        starts=datetime.fromisoformat(told["starts"]),
        visitors=tuple(_visitor(nr, each) for nr, each in enumerate(told["visitors"])),
        desks=tuple(
            Desk(
                each["id"],
                CounterQueues(frozenset(each["first"]), frozenset(each.get("second", []))),
                tuple((float(begins), float(ends)) for begins, ends in each["shifts"]),
            )
            for each in told["counters"]
        ),
        settings={each["id"]: _rules(each) for each in told["queues"]},
    )
    if day.starts.tzinfo is None:
        raise ValueError("starts needs its offset from UTC")
    for queue_id in sorted(_named(day) - set(day.settings)):
        raise ValueError(f"queue {queue_id} is not in queues")
    return day


def _named(day: Day) -> set[str]:
    served = {queue for desk in day.desks for queue in desk.queues.first | desk.queues.second}
    return served | {visitor.queue_id for visitor in day.visitors}


def _visitor(nr: int, told: Mapping[str, Any]) -> Visitor:
    return Visitor(
        id=f"v{nr:04d}",
        at=float(told["at"]),
        queue_id=told["queue"],
        product_id=told.get("product", ""),
        minutes=float(told["minutes"]),
        appointment=_number(told.get("appointment")),
        priority=told.get("priority", ""),
        leaves_after=_number(told.get("leaves_after")),
        absent=bool(told.get("absent", False)),
    )


def _number(told: Any) -> float | None:
    return None if told is None else float(told)


def _rules(told: Mapping[str, Any]) -> QueueRules:
    own = {
        VisitorClass(name): ClassRule(int(rule["rate"]), int(rule["limit_minutes"]))
        for name, rule in told.get("classes", {}).items()
    }
    return usual_rules(int(told.get("norm_minutes", 20))) | own
