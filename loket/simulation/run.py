"""A day as it goes under a policy: discrete events, by simpy."""

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import simpy

from loket.queue.rules.order import Waiting
from loket.simulation.day import Day, Desk, Visitor
from loket.simulation.policies import Policy

NO_SHOW_MINUTES = 2.3
TURNAROUND = 0.2
"""Minutes between the end of one visitor and the next call."""
_Process: TypeAlias = Generator[simpy.Event, Any, None]


@dataclass
class Outcome:
    """What became of a visitor, in minutes from the start of the day."""

    visitor: Visitor
    called_at: float | None = None
    left_at: float | None = None
    desk_id: str = ""

    @property
    def wait(self) -> float | None:
        """From the later of arrival and appointment to the call; None: never called."""
        if self.called_at is None:
            return None
        return max(0.0, self.called_at - self.visitor.waits_from)


@dataclass
class Room:
    """The waiting room while the day is played."""

    day: Day
    minute: float = 0.0
    line: dict[str, tuple[Visitor, Waiting]] = field(default_factory=dict)
    busy: dict[str, tuple[Visitor, float]] = field(default_factory=dict)
    """By counter who is there, and since which minute."""
    open: set[str] = field(default_factory=set)
    last_waits: dict[str, float] = field(default_factory=dict)
    """By queue the wait of whoever was called last."""


Watch: TypeAlias = Callable[[Room, Visitor], None]
"""Hears of everybody who comes, before they take their place."""


def play_day(day: Day, policy: Policy, watch: Watch | None = None) -> list[Outcome]:
    """Everybody of the day, in order of arrival, and what became of them."""
    return _Play(day, policy, watch).run()


class _Play:
    def __init__(self, day: Day, policy: Policy, watch: Watch | None) -> None:
        self._policy, self._watch = policy, watch
        self._env = simpy.Environment()
        self._room = Room(day)
        self._outcomes = {one.id: Outcome(one) for one in day.visitors}
        self._somebody_came = self._env.event()

    def run(self) -> list[Outcome]:
        day = self._room.day
        self._env.process(self._arrivals(sorted(day.visitors, key=lambda one: one.at)))
        for desk in day.desks:
            self._env.process(self._sit(desk))
        self._env.run()
        return list(self._outcomes.values())

    def _arrivals(self, visitors: list[Visitor]) -> _Process:
        for visitor in visitors:
            yield self._env.timeout(max(0.0, visitor.at - self._env.now))
            self._room.minute = self._env.now
            if self._watch is not None:
                self._watch(self._room, visitor)
            self._room.line[visitor.id] = visitor, visitor.waiting(self._room.day.starts)
            if visitor.leaves_after is not None:
                self._env.process(self._lose_patience(visitor, visitor.leaves_after))
            came, self._somebody_came = self._somebody_came, self._env.event()
            came.succeed()

    def _lose_patience(self, visitor: Visitor, after: float) -> _Process:
        yield self._env.timeout(after)
        if self._room.line.pop(visitor.id, None) is not None:
            self._outcomes[visitor.id].left_at = self._env.now

    def _sit(self, desk: Desk) -> _Process:
        for begins, ends in desk.shifts:
            if ends <= self._env.now:
                continue
            yield self._env.timeout(max(0.0, begins - self._env.now))
            self._room.open.add(desk.id)
            while self._env.now < ends:
                visitor = self._next(desk)
                if visitor is None:
                    yield self._somebody_came | self._env.timeout(ends - self._env.now)
                else:
                    yield from self._serve(desk, visitor)
            self._room.open.discard(desk.id)

    def _next(self, desk: Desk) -> Visitor | None:
        day, room = self._room.day, self._room
        waiting = [who for _visitor, who in room.line.values()]
        chosen = self._policy(waiting, day.moment(self._env.now), day.settings, desk.queues)
        return room.line.pop(chosen.id)[0] if chosen else None

    def _serve(self, desk: Desk, visitor: Visitor) -> _Process:
        outcome = self._outcomes[visitor.id]
        outcome.called_at, outcome.desk_id = self._env.now, desk.id
        self._room.last_waits[visitor.queue_id] = outcome.wait or 0.0
        self._room.busy[desk.id] = visitor, self._env.now
        yield self._env.timeout(NO_SHOW_MINUTES if visitor.absent else visitor.minutes)
        del self._room.busy[desk.id]
        yield self._env.timeout(TURNAROUND)
