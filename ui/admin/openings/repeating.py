"""The repetitions that the editor knows, beside their recurrence rules (RFC 5545)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from loket.kit.i18n import Words, mark

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAY_NAMES = {
    "MO": mark("Monday"),
    "TU": mark("Tuesday"),
    "WE": mark("Wednesday"),
    "TH": mark("Thursday"),
    "FR": mark("Friday"),
    "SA": mark("Saturday"),
    "SU": mark("Sunday"),
}
DAY_SHORT = {
    "MO": mark("Mon"),
    "TU": mark("Tue"),
    "WE": mark("Wed"),
    "TH": mark("Thu"),
    "FR": mark("Fri"),
    "SA": mark("Sat"),
    "SU": mark("Sun"),
}
PLACES_IN_MONTH = {
    1: mark("first"),
    2: mark("second"),
    3: mark("third"),
    4: mark("fourth"),
    -1: mark("last"),
}
LAST_DAY = -1


class Form(StrEnum):
    """How a period repeats."""

    WEEKS = "weeks"
    MONTH_WEEKDAY = "month_weekday"
    MONTH_DATE = "month_date"
    OTHER = "other"
    """A rule that another program made; it is kept as it is."""


@dataclass(frozen=True)
class Repeat:
    """A repetition as the editor shows it."""

    form: Form
    every: int = 1
    """Weeks or months."""
    weekdays: tuple[str, ...] = ()
    place: int = 1
    """Which of such weekdays in the month; -1 is the last."""
    date: int = 1
    """Of the month; -1 is its last day."""
    rule: str = ""


def rule_of(repeat: Repeat) -> str:
    """The recurrence rule of a repetition."""
    every = f";INTERVAL={repeat.every}" if repeat.every > 1 else ""
    days = ",".join(day for day in WEEKDAYS if day in repeat.weekdays)
    match repeat.form:
        case Form.WEEKS:
            return f"FREQ=WEEKLY{every};BYDAY={days}"
        case Form.MONTH_WEEKDAY:
            return f"FREQ=MONTHLY{every};BYDAY={repeat.place}{days[:2]}"
        case Form.MONTH_DATE:
            return f"FREQ=MONTHLY{every};BYMONTHDAY={repeat.date}"
        case Form.OTHER:
            return repeat.rule


def repeat_of(rule: str) -> Repeat:
    """The repetition behind a rule; ``OTHER`` for one that the editor cannot show."""
    parts = dict(part.partition("=")[::2] for part in rule.upper().split(";"))
    known = _known(parts)
    if known is not None and _same(rule_of(known), parts):
        return known
    return Repeat(Form.OTHER, rule=rule)


def _known(parts: Mapping[str, str]) -> Repeat | None:
    every, days = _number(parts.get("INTERVAL", "1")), parts.get("BYDAY", "")
    if every is None:
        return None
    if parts.get("FREQ") == "WEEKLY":
        return Repeat(Form.WEEKS, every, tuple(days.split(",")))
    place, date = _number(days[:-2]), _number(parts.get("BYMONTHDAY", ""))
    if parts.get("FREQ") == "MONTHLY" and place in PLACES_IN_MONTH:
        return Repeat(Form.MONTH_WEEKDAY, every, (days[-2:],), place=place)
    if parts.get("FREQ") == "MONTHLY" and date is not None:
        return Repeat(Form.MONTH_DATE, every, date=date)
    return None


def _same(rule: str, parts: Mapping[str, str]) -> bool:
    made = dict(part.partition("=")[::2] for part in rule.split(";"))
    given = {name: value for name, value in parts.items() if (name, value) != ("INTERVAL", "1")}
    return {n: set(v.split(",")) for n, v in made.items()} == {
        n: set(v.split(",")) for n, v in given.items()
    }


def _number(text: str) -> int | None:
    try:
        return int(text)
    except ValueError:
        return None


def in_words(repeat: Repeat, words: Words) -> str:
    """``Elke maandag en donderdag``; begins a sentence."""
    match repeat.form:
        case Form.WEEKS:
            return _weeks(repeat, words)
        case Form.MONTH_WEEKDAY:
            day = words(DAY_NAMES[repeat.weekdays[0]])
            place = words(PLACES_IN_MONTH[repeat.place])
            text = words("Every {place} {day} of the month", place=place, day=day)
        case Form.MONTH_DATE if repeat.date == LAST_DAY:
            text = words("Every last day of the month")
        case Form.MONTH_DATE:
            text = words("Every {date}th of the month", date=repeat.date)
        case _:
            return words("By the rule {rule}", rule=repeat.rule)
    if repeat.every > 1:
        text = words("{text}, once in {many} months", text=text, many=repeat.every)
    return text


def _weeks(repeat: Repeat, words: Words) -> str:
    days = _listed([d for d in WEEKDAYS if d in repeat.weekdays], words)
    if repeat.every == 1:
        return words("Every {days}", days=days)
    return words("Once in {many} weeks on {days}", many=repeat.every, days=days)


def _listed(days: list[str], words: Words) -> str:
    if tuple(days) == WEEKDAYS[:5]:
        return words("weekday (Monday to Friday)")
    names = [words(DAY_NAMES[day]) for day in days]
    if len(names) < 2:  # noqa: PLR2004 - nothing to join
        return "".join(names)
    return words("{days} and {last}", days=", ".join(names[:-1]), last=names[-1])
