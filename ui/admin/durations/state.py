"""Everything the section of products and durations shows, as plain values."""

from dataclasses import dataclass
from enum import StrEnum


class Phase(StrEnum):
    LOADING = "loading"
    SHOWN = "shown"
    EMPTY = "empty"
    FAILED = "failed"


@dataclass(frozen=True)
class ProductLine:
    """A product with its terms."""

    id: str
    cells: tuple[str, ...]
    """As :data:`ui.admin.durations.faces.HEADS` names them."""


@dataclass(frozen=True)
class Values:
    """The terms of a product as they are edited."""

    minutes: int = 10
    extra_person_minutes: int = 10
    buffer_minutes: int = 0
    notice_hours: int = 0
    horizon_days: int = 84
    early_minutes: int = 60
    late_minutes: int = 15
    most_persons: int = 8


@dataclass(frozen=True)
class DurationsState:
    """Products, searched; the one that is chosen, edited at the right."""

    phase: Phase = Phase.LOADING
    problem: str = ""
    query: str = ""
    lines: tuple[ProductLine, ...] = ()
    summary: str = ""
    chosen: str = ""
    name: str = ""
    place: str = ""
    usual: bool = True
    """The town set nothing for this product."""
    kept: Values = Values()
    values: Values = Values()
    saving: bool = False

    @property
    def changed(self) -> bool:
        return self.values != self.kept
