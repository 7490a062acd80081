"""The figures of a year for the council, counted as Flemish ombudsmen count them.

Decreet Lokaal Bestuur, art. 303 §3, asks a yearly report; which figures stand in it follows the
template of the Vlaamse Ombudsdienst: admissible or not and why, founded, solved, within or over
45 days, by the way it came in and by theme.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import mean, median
from typing import Final


class SectionKey(StrEnum):
    ADMISSIBLE = "admissible"
    INADMISSIBLE = "inadmissible"
    """By reason."""
    FOUNDED = "founded"
    SOLVED = "solved"
    TERM = "term"
    RECEIPT = "receipt"
    DURATION = "duration"
    CHANNEL = "channel"
    THEME = "theme"
    DEPARTMENT = "department"
    MONTH = "month"


@dataclass(frozen=True)
class YearLine:
    """One report, as far as it is counted."""

    channel: str
    theme: str
    department: str
    registered: date
    confirmed: date | None
    answered: date | None
    receipt_due: date
    answer_due: date
    inadmissible: str
    founded: str
    solved: str


@dataclass(frozen=True)
class Section:
    """A table of the report: what is counted, and how often."""

    key: SectionKey
    rows: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Year:
    total: int
    average_days: float | None
    """From registering to the answer; None: nothing was answered."""
    median_days: float | None
    sections: tuple[Section, ...]


_LENGTHS: Final = ((20, "0-20"), (45, "21-45"), (90, "46-90"))
_LONGEST: Final = ">90"
_FORMS: Final = ("yes", "partly", "no")


def counted(lines: Sequence[YearLine], today: date) -> Year:
    """The figures of these reports; what has no answer yet counts as late once its day is over."""
    days = [(line.answered - line.registered).days for line in lines if line.answered]
    admissible = [line for line in lines if not line.inadmissible]
    return Year(
        total=len(lines),
        average_days=round(mean(days), 1) if days else None,
        median_days=float(median(days)) if days else None,
        sections=(
            _fixed(
                SectionKey.ADMISSIBLE,
                ("yes" if not line.inadmissible else "no" for line in lines),
                ("yes", "no"),
            ),
            _most_first(
                SectionKey.INADMISSIBLE, (one.inadmissible for one in lines if one.inadmissible)
            ),
            _fixed(
                SectionKey.FOUNDED,
                (line.founded or "open" for line in admissible),
                (*_FORMS, "open"),
            ),
            _fixed(
                SectionKey.SOLVED, (line.solved or "open" for line in admissible), (*_FORMS, "open")
            ),
            _fixed(
                SectionKey.TERM,
                (_kept(line.answered, line.answer_due, today) for line in lines),
                ("within", "over", "pending"),
            ),
            _fixed(
                SectionKey.RECEIPT,
                (_kept(line.confirmed, line.receipt_due, today) for line in lines),
                ("within", "over", "pending"),
            ),
            _fixed(SectionKey.DURATION, map(_length, days), (*(n for _, n in _LENGTHS), _LONGEST)),
            _most_first(SectionKey.CHANNEL, (line.channel for line in lines)),
            _most_first(SectionKey.THEME, (line.theme for line in lines)),
            _most_first(SectionKey.DEPARTMENT, (line.department for line in lines)),
            _fixed(
                SectionKey.MONTH,
                (f"{line.registered.month:02d}" for line in lines),
                tuple(f"{month:02d}" for month in range(1, 13)),
            ),
        ),
    )


def theme_of(category: str) -> str:
    """``Voetpad – losse tegel`` → ``Voetpad``."""
    return category.partition(" – ")[0]


def _kept(done: date | None, due: date, today: date) -> str:
    if done is None:
        return "over" if due < today else "pending"
    return "within" if done <= due else "over"


def _length(days: int) -> str:
    return next((name for most, name in _LENGTHS if days <= most), _LONGEST)


def _fixed(key: SectionKey, found: Iterable[str], order: Sequence[str]) -> Section:
    many = Counter(found)
    return Section(key, tuple((name, many[name]) for name in order))


def _most_first(key: SectionKey, found: Iterable[str]) -> Section:
    many = sorted(Counter(found).items(), key=lambda pair: (-pair[1], pair[0]))
    return Section(key, tuple(many))
