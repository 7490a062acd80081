"""Addresses as they are typed and compared: ``kerkstr 48 bus 2``, ``St.-Pietersln 5, Kortbeek``."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from loket.kit.text import folded

_TITLES: Final = {
    "st": "sint",
    "burg": "burgemeester",
    "dr": "dokter",
    "prof": "professor",
    "pres": "president",
    "kard": "kardinaal",
    "past": "pastoor",
    "kan": "kanunnik",
    "gen": "generaal",
    "olv": "onzelievevrouw",
}
"""How the first words of a street's name are cut short."""
_ENDINGS: Final = (
    ("straat", ("str",)),
    ("steenweg", ("stwg", "steenw", "stw")),
    ("laan", ("ln",)),
    ("plein", ("pl",)),
    ("dreef", ("dr",)),
    ("weg", ("wg",)),
)
"""How the last part is cut short."""
_NUMBER = re.compile(
    r"(?<=[\s,])(?P<number>\d{1,4}(?:\s?(?!b\s\d)[a-z](?=$|[\s,/]))?)"
    r"(?:\s*(?:\b(?:bus|bte|box|b)\.?\s*|/)(?P<box>[0-9a-z]{1,6})\b)?"
    r"(?=$|[\s,])"
)
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class TypedAddress:
    """One way to read what was typed, folded; empty where a part is missing."""

    street: str
    number: str = ""
    box: str = ""
    place: str = ""
    """A municipality or a postal code."""


def readings(text: str) -> tuple[TypedAddress, ...]:
    """Every way to read an address: a number may belong to the name of the street."""
    plain = folded(text).strip()
    found = [
        reading
        for match in _NUMBER.finditer(plain)
        if (reading := _split(plain, match)) is not None
    ]
    street, _comma, place = plain.partition(",")
    return (*found, TypedAddress(street.strip(), place=place.strip()))


def _split(plain: str, match: re.Match[str]) -> TypedAddress | None:
    street = plain[: match.start()].strip(" ,")
    if not any(letter.isalpha() for letter in street):
        return None
    number = match["number"].replace(" ", "")
    place = plain[match.end() :].strip(" ,")
    return TypedAddress(street, number, match["box"] or "", place)


def street_keys(name: str) -> tuple[str, ...]:
    """How a name is compared: without spaces and signs; first as it stands, then written out."""
    parts = words(name)
    plain = "".join(parts)
    full = "".join(_written_out(parts))
    return (plain,) if full == plain else (plain, full)


def words(text: str) -> list[str]:
    """Folded words."""
    return _WORD.findall(folded(text))


def _written_out(parts: list[str]) -> list[str]:
    if not parts:
        return []
    first, last = parts[:-1], parts[-1]
    return [*(_TITLES.get(part, part) for part in first), _ending(last, alone=bool(first))]


def _ending(word: str, *, alone: bool) -> str:
    """``alone``: the cut-short word may stand by itself, as in ``Gentse stwg``."""
    for full, cuts in _ENDINGS:
        for cut in cuts:
            if word.endswith(cut) and (alone or len(word) > len(cut) + 1):
                return word.removesuffix(cut) + full
    return word


def label_of(street: str, number: str, municipality: str) -> str:
    """``Kerkstraat 48, Heidebeek``."""
    return f"{street} {number}, {municipality}" if number else f"{street}, {municipality}"


_TOWN = re.compile(
    r"(?:^|[\s,])(?:"
    r"(?P<code>[1-9]\d{3})\s+|\d{1,4}[a-zA-Z]?(?:\s*(?:bus|bte|box|b|/)\.?\s*\w+)?\s*,\s*"
    r")(?P<town>[^\W\d_a-z][^\d,]*)$"
)
"""After a postal code, or after a house number and a comma: what begins with a capital letter."""


def names_another_town(text: str, places: Collection[str], names: Collection[str]) -> bool:
    """Whether an address, as it was typed, says that it is in a town that is not ours.

    ``places``: our municipalities and postal codes; ``names``: what else is ours, such as quarters;
    both folded, without spaces. What says no town is taken to be here.
    """
    found = _TOWN.search(text.strip())
    if found is None:
        return False
    code, said = found["code"], found["town"]
    town = "".join(words(said))
    ours = town in places or town in names or code in places
    return bool(town) and not ours


def full_number(number: str, box: str) -> str:
    """``48 bus 2``, as it stands on an envelope."""
    return f"{number} bus {box}" if box else number
