"""What people say about a subject, and how they type it."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

from loket.demo.history.chance import Chance
from loket.demo.reports.places import Somewhere
from loket.reports.rules.kinds import ReportKind

_FILE: Final = Path(__file__).parent.parent / "data" / "meldingsteksten.toml"
_OPENINGS: Final = {
    ReportKind.ISSUE: (
        "",
        "",
        "",
        "Dag, ",
        "Beste, ",
        "Goeiedag, ",
        "Geachte, ",
        "Hallo, ",
        "Mevrouw meldt: ",
        "Meneer meldt: ",
        "Ik wil graag melden: ",
        "Kunnen jullie eens komen kijken: ",
        "Voor de zoveelste keer: ",
    ),
    ReportKind.COMPLAINT: (
        "",
        "Ik wil een klacht indienen: ",
        "Klacht: ",
        "Geachte, ",
        "Dit kan echt niet: ",
        "Mevrouw is heel ontevreden: ",
    ),
    ReportKind.SUGGESTION: (
        "Suggestie: ",
        "Een idee voor de stad: ",
        "Misschien kunnen jullie dit bekijken: ",
        "Voorstel: ",
        "Wat denken jullie hiervan: ",
    ),
    ReportKind.QUESTION: ("Ik had graag geweten: ", "Vraagje: ", "Dag, ", "Beste, ", ""),
}
_SINCE: Final = (
    "sinds vorige week",
    "al drie dagen",
    "sinds maandag",
    "al weken",
    "sinds de storm",
    "al meer dan een maand",
    "sinds het weekend",
    "sinds gisteren",
)
_MORE: Final = (
    "Ik heb foto's als dat helpt.",
    "Dit is al eerder gemeld.",
    "Gisteren was er nog niets aan de hand.",
    "Wanneer komt hier iemand voor?",
    "Het is een drukke straat.",
    "De hele buurt klaagt erover.",
    "Gelieve hier iets aan te doen.",
    "U mag mij altijd bellen.",
    "Er wonen hier veel oudere mensen.",
    "Volgens de buren is dit al langer zo.",
)
_CLOSINGS: Final = (
    "Alvast bedankt.",
    "Met vriendelijke groeten",
    "Mvg",
    "Dank u.",
    "Groetjes",
    "Hopelijk wordt dit snel opgelost.",
)
_AS_SAID: Final = (
    (r"\bniet\b", "nie"),
    (r"\been\b", "n"),
    (r"\bhet\b", "t"),
    (r"ij", "y"),
    (r"\bdat\b", "da"),
    (r"\bik heb\b", "kheb"),
)
_SPACES: Final = re.compile(r"\s+(?=[ ,.?!])|\s{2,}")
_WORD: Final = re.compile(r"[a-z]{5,}")


@dataclass(frozen=True)
class Saying:
    """The sentences of one category, by the kind of report they fit."""

    weight: int
    by_kind: Mapping[ReportKind, tuple[str, ...]]
    more: tuple[str, ...]


@dataclass(frozen=True)
class Said:
    """What somebody came to say."""

    code: str
    kind: ReportKind
    sentence: str

    @property
    def somewhere(self) -> bool:
        """Whether it is about a place."""
        return "{plek}" in self.sentence or "{straat}" in self.sentence


@cache
def sayings() -> Mapping[str, Saying]:
    """All of them, by the code of their category."""
    found = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {code: _saying(one) for code, one in found.items()}


def _saying(one: Mapping[str, Any]) -> Saying:
    kinds = {
        ReportKind.ISSUE: one["wat"],
        ReportKind.COMPLAINT: one.get("klacht", ()),
        ReportKind.SUGGESTION: one.get("suggestie", ()),
        ReportKind.QUESTION: one.get("vraag", ()),
    }
    by_kind = {kind: tuple(said) for kind, said in kinds.items() if said}
    return Saying(one["weight"], by_kind, tuple(one.get("en", ())))


_OF_KIND: Final = {
    ReportKind.ISSUE: 84,
    ReportKind.COMPLAINT: 60,
    ReportKind.SUGGESTION: 8,
    ReportKind.QUESTION: 8,
}


def something_said(chance: Chance, codes: Sequence[str] = ()) -> Said:
    """A subject (one of ``codes``), its kind, and the heart of what is said about it."""
    code = chance.choice(codes) if codes else _any_code(chance)
    by_kind = sayings()[code].by_kind
    kinds = list(by_kind)
    kind = chance.choices(kinds, [_OF_KIND[one] for one in kinds])[0]
    return Said(code, kind, chance.choice(by_kind[kind]))


def _any_code(chance: Chance) -> str:
    return chance.choices(_codes(), cum_weights=_weights())[0]


@cache
def _codes() -> list[str]:
    return list(sayings())


@cache
def _weights() -> list[int]:
    return list(accumulate(one.weight for one in sayings().values()))


def told(chance: Chance, said: Said, place: Somewhere | None) -> str:
    """The whole text as it is taken down: an opening, the matter, what comes with it."""
    matter = said.sentence.replace("{plek}", _where(chance, place))
    matter = matter.replace("{straat}", place.street if place else "straat")
    matter = matter.replace("{sinds}", chance.choice(_SINCE))
    if chance.happens(0.14):
        return typed(chance, _tidied(matter))[:400]
    end = "?" if said.kind is ReportKind.QUESTION else "."
    parts = [chance.choice(_OPENINGS[said.kind]) + matter + end]
    wish = said.kind in {ReportKind.SUGGESTION, ReportKind.QUESTION}
    more = () if wish else sayings()[said.code].more
    for known, often in ((more, 0.62), (() if wish else _MORE, 0.34), (_MORE, 0.12)):
        if known and chance.happens(often):
            parts.append(chance.choice(known))
    if chance.happens(0.25):
        parts.append(chance.choice(_CLOSINGS))
    return typed(chance, _capital(_tidied(" ".join(dict.fromkeys(parts)))))


def _where(chance: Chance, place: Somewhere | None) -> str:
    if place is None:
        return chance.choice(("", "", "bij ons in de buurt"))
    near = chance.random()
    if near < 0.35:  # noqa: PLR2004 - a third names the house
        return f"ter hoogte van {place.street} {place.number}"
    if near < 0.65:  # noqa: PLR2004
        return _in_street(place.street)
    return chance.choice(
        (
            f"aan nummer {place.number}",
            f"voor {place.street} {place.number}",
            f"{_in_street(place.street)} rechtover nummer {place.number}",
            f"op de hoek van de {place.street}",
            "voor onze deur",
            "bij ons in de straat",
            "",
        )
    )


def _in_street(street: str) -> str:
    if street.endswith("plein"):
        return f"op het {street}"
    if street.endswith("arkt"):
        return f"op de {street}"
    return f"in de {street}"


def _tidied(text: str) -> str:
    return _SPACES.sub(lambda found: " " if len(found[0]) > 1 else "", text).strip()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def typed(chance: Chance, text: str) -> str:
    """The same as people type it in a hurry, now and then."""
    if chance.happens(0.18):
        text = text.lower()
    if chance.happens(0.12):
        text = text.replace(".", "").replace(",", "")
    if chance.happens(0.1):
        for written, said in chance.sample(_AS_SAID, 3):
            text = re.sub(written, said, text)
    for _ in range(chance.choices((0, 1, 2, 3), (66, 22, 9, 3))[0]):
        text = _mistyped(chance, text)
    return text


def _mistyped(chance: Chance, text: str) -> str:
    """One word with two letters swapped, one lost, or one twice."""
    words = list(_WORD.finditer(text))
    if not words:
        return text
    word = chance.choice(words)
    at = word.start() + chance.randrange(1, len(word[0]) - 1)
    match chance.randrange(3):
        case 0:
            return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        case 1:
            return text[:at] + text[at + 1 :]
        case _:
            return text[:at] + text[at] + text[at:]
