"""How long an appointment takes, and how early and late it can be made and kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from loket.appointments.rules.cells import CELL_MINUTES, cells_for

LONGEST_MINUTES = 8 * 60


@dataclass(frozen=True)
class ProductTerms:
    """What holds for appointments for a product; the usual values where the town set none."""

    minutes: int
    """Of service, for one person."""
    extra_person_minutes: int
    buffer_minutes: int = 0
    """Between this one and the next, for writing up; not said to the citizen."""
    notice_hours: int = 0
    """Not sooner than so long from now."""
    horizon_days: int = 84
    """Not later than so many days from now."""
    early_minutes: int = 60
    """So early one may check in."""
    late_minutes: int = 15
    """So late one still has the appointment."""
    most_persons: int = 8

    @property
    def early(self) -> timedelta:
        return timedelta(minutes=self.early_minutes)

    @property
    def late(self) -> timedelta:
        return timedelta(minutes=self.late_minutes)


def usual_terms(usual_minutes: int) -> ProductTerms:
    """For a product of which the town said nothing but how long it usually takes."""
    return ProductTerms(minutes=usual_minutes, extra_person_minutes=usual_minutes)


@dataclass(frozen=True)
class Length:
    """What an appointment takes of a calendar."""

    minutes: int
    """Of service, in whole cells: what is said to the citizen."""
    buffer_minutes: int

    @property
    def cells(self) -> int:
        return cells_for(self.minutes)

    @property
    def buffer_cells(self) -> int:
        return cells_for(self.buffer_minutes)


def length_of(products: Sequence[ProductTerms], persons: int) -> Length:
    """Everything one after the other, for each person; one buffer, the longest, at the end."""
    minutes = sum(terms.minutes + (persons - 1) * terms.extra_person_minutes for terms in products)
    return Length(
        minutes=cells_for(minutes) * CELL_MINUTES,
        buffer_minutes=max(terms.buffer_minutes for terms in products),
    )


def strictest(products: Sequence[ProductTerms]) -> ProductTerms:
    """The bounds within which all of them hold, for several products in one appointment."""
    return ProductTerms(
        minutes=sum(terms.minutes for terms in products),
        extra_person_minutes=sum(terms.extra_person_minutes for terms in products),
        buffer_minutes=max(terms.buffer_minutes for terms in products),
        notice_hours=max(terms.notice_hours for terms in products),
        horizon_days=min(terms.horizon_days for terms in products),
        early_minutes=min(terms.early_minutes for terms in products),
        late_minutes=min(terms.late_minutes for terms in products),
        most_persons=min(terms.most_persons for terms in products),
    )
