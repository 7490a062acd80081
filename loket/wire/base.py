"""Base models: what comes in forbids extra keys, what goes out has no defaults and is frozen."""

from datetime import UTC, date, datetime
from typing import Annotated
from unicodedata import category

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs its offset from UTC")
    try:
        found = moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("a moment outside the years that can be counted") from error
    _counted(found)
    return found


def _counted(day: date) -> date:
    """Refuse the first and the last year: their ends have no local time, or no next day."""
    if not date.min.year < day.year < _LAST_YEAR:
        raise ValueError("a day outside the years that can be counted")
    return day


_LAST_YEAR = 9000


def readable(text: str) -> str:
    """Refuse characters that no screen shows: line ends, tabs, and NUL, which no database keeps."""
    if any(category(character) in _NOT_SHOWN for character in text):
        raise ValueError("control characters have no place in a line")
    return text


_NOT_SHOWN = {"Cc", "Cs", "Zl", "Zp"}
Moment = Annotated[datetime, AfterValidator(_utc)]
"""An aware moment, in UTC once read."""

Day = Annotated[date, AfterValidator(_counted)]
"""A day of which the next, and a year on, can be reckoned."""

Id = Annotated[str, StringConstraints(min_length=1, max_length=36, pattern=r"^[A-Za-z0-9._-]+$")]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]{12}$")]
Line = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=80), AfterValidator(readable)
]
"""One line of free text."""


class WireIn(BaseModel):
    """A request: extra keys are refused, so that a typing error is not silently dropped."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class WireOut(BaseModel):
    """An answer: every field is always there; readers ignore fields they do not know yet."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Versioned(WireOut):
    """A whole thing that a server hands out and a desk keeps; another version, another thing."""

    version: str
