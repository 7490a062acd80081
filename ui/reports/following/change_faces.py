"""What became another in a report, in one sentence: from what to what."""

from collections.abc import Callable, Mapping
from datetime import date

from loket.kit.i18n import Words, mark
from loket.reports.rules.kinds import ReportKind, Urgency
from ui.reports.following.naming import KINDS, URGENCIES, Town

_NAMES: dict[str, str] = {
    "title": mark("Title"),
    "kind": mark("Kind"),
    "category": mark("Category"),
    "place": mark("Place"),
    "urgency": mark("Urgency"),
}


def changed(facts: Mapping[str, str], town: Town, words: Words) -> str:
    """``Soort: Melding → Klacht, antwoord uiterlijk 30 april 2026``."""
    what = facts.get("what", "")
    if what not in _NAMES:
        return words("Details changed")
    say = _SAYS.get(what, _as_it_is)
    former = say(facts.get("former", ""), town, words) or words("none")
    now = say(facts.get("now", ""), town, words) or words("none")
    parts = [f"{words(_NAMES[what])}: {former} → {now}"]
    if "until" in facts:
        day = words.slip_day(date.fromisoformat(facts["until"]))
        parts.append(words("answer by {day}", day=day))
    if "sent" in facts:
        parts.append(words("team warned"))
    return ", ".join(parts)


def _as_it_is(value: str, _town: Town, _words: Words) -> str:
    return value


def _kind(value: str, _town: Town, words: Words) -> str:
    return words(KINDS[ReportKind(value)]) if value else ""


def _urgency(value: str, _town: Town, words: Words) -> str:
    return words(URGENCIES[Urgency(value)]) if value else ""


def _category(value: str, town: Town, _words: Words) -> str:
    return town.category(value)


_SAYS: dict[str, Callable[[str, Town, Words], str]] = {
    "kind": _kind,
    "urgency": _urgency,
    "category": _category,
}
