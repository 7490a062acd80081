"""A schedule while it is edited: values only, put beside what is kept."""

from dataclasses import dataclass, replace
from typing import TypeAlias

from loket.appointments.messages import (
    ChangeSchedule,
    Schedule,
    ScheduleException,
    SchedulePeriod,
)

Part: TypeAlias = SchedulePeriod | ScheduleException


@dataclass(frozen=True)
class Draft:
    """Periods and exceptions, each in the order in which they were made."""

    periods: tuple[SchedulePeriod, ...] = ()
    exceptions: tuple[ScheduleException, ...] = ()

    @classmethod
    def of(cls, schedule: Schedule | ChangeSchedule) -> "Draft":
        return cls(tuple(schedule.periods), tuple(schedule.exceptions))

    def command(self, seen_version: int) -> ChangeSchedule:
        return ChangeSchedule(
            seen_version=seen_version,
            periods=list(self.periods),
            exceptions=list(self.exceptions),
        )

    @property
    def parts(self) -> tuple[Part, ...]:
        return (*self.periods, *self.exceptions)

    def find(self, part_id: str) -> Part | None:
        return next((part for part in self.parts if part.id == part_id), None)

    def having(self, part: Part) -> "Draft":
        """With this part in the place of the one with its id, or at the end."""
        if isinstance(part, SchedulePeriod):
            return replace(self, periods=_with(self.periods, part))
        return replace(self, exceptions=_with(self.exceptions, part))

    def without(self, part_id: str) -> "Draft":
        return Draft(
            tuple(one for one in self.periods if one.id != part_id),
            tuple(one for one in self.exceptions if one.id != part_id),
        )


def _with(parts: tuple, part: Part) -> tuple:  # type: ignore[type-arg]
    if any(one.id == part.id for one in parts):
        return tuple(part if one.id == part.id else one for one in parts)
    return (*parts, part)
