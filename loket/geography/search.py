"""Finding an address while the clerk types: streets by any word, house numbers, small slips."""

import heapq
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from loket.geography.messages import AddressHit, MapStreet
from loket.geography.rules.addresses import (
    TypedAddress,
    full_number,
    label_of,
    readings,
    street_keys,
    words,
)
from loket.geography.rules.spots import Spot, middle_of
from loket.kit.text import folded

# What a street is worth. Whoever types a number or a place that is there means that street.
_WHOLE, _BEGINS, _LATER = 1000.0, 900.0, 800.0
_TYPO, _TYPO_STEP = 600.0, 120.0
_NUMBER_THERE, _PLACE_THERE, _PLACE_ELSEWHERE = 120.0, 150.0, -300.0
_ONE_TYPO_FROM, _TWO_TYPOS_FROM = 4, 8
_PLACE_FROM = 3
"""Fewer letters after a name are not taken for a place."""
_MOST_TYPED = 120


@dataclass(frozen=True)
class _Found:
    """A street, and how the text was read to find it."""

    score: float
    street: int
    reading: TypedAddress


class AddressIndex:
    """All streets, ready to be searched; make a new one for a new map."""

    def __init__(self, streets: Sequence[MapStreet]) -> None:
        self._streets = streets
        self._keys = sorted(_keys(streets))
        self._plain = [key for key, _street, _worth in self._keys]
        self._places = [_places_of(street) for street in streets]
        self._known_places = set().union(*self._places)
        self._beginnings: dict[int, dict[str, list[tuple[int, float]]]] = {}
        self._numbers: dict[int, dict[str, int]] = {}

    def search(self, text: str, limit: int = 8) -> tuple[AddressHit, ...]:
        """The best addresses for what was typed so far, best first."""
        best: dict[int, _Found] = {}
        for reading in self._readings(text[:_MOST_TYPED]):
            for found in self._streets_for(reading):
                known = best.get(found.street)
                if known is None or found.score > known.score:
                    best[found.street] = found
        ranked = heapq.nsmallest(limit, best.values(), key=self._rank)
        return tuple(self._hits(ranked, limit))

    def _readings(self, text: str) -> Iterator[TypedAddress]:
        """All ways to read it; a place may follow without a comma."""
        for reading in readings(text):
            yield reading
            if reading.place:
                continue
            parts = words(reading.street)
            for cut in range(1, len(parts)):
                place = "".join(parts[cut:])
                if len(place) >= _PLACE_FROM and self._is_place(place):
                    street = " ".join(parts[:cut])
                    yield TypedAddress(street, reading.number, reading.box, place)

    def _is_place(self, text: str) -> bool:
        return any(known.startswith(text) for known in self._known_places)

    def _streets_for(self, reading: TypedAddress) -> Iterator[_Found]:
        keys = [key for key in street_keys(reading.street) if key]
        exact = [match for key in keys for match in self._beginning_with(key)]
        for street, worth in exact or [m for key in keys for m in self._typos(key)]:
            yield _Found(worth + self._extra(street, reading), street, reading)

    def _extra(self, street: int, reading: TypedAddress) -> float:
        extra = 0.0
        if reading.number and reading.number in self._numbers_of(street):
            extra += _NUMBER_THERE
        place = "".join(words(reading.place))
        if place:
            there = any(known.startswith(place) for known in self._places[street])
            extra += _PLACE_THERE if there else _PLACE_ELSEWHERE
        return extra

    def _numbers_of(self, street: int) -> dict[str, int]:
        """Place by folded number; made once per street."""
        if street not in self._numbers:
            self._numbers[street] = _folded_numbers(self._streets[street])
        return self._numbers[street]

    def _beginning_with(self, typed: str) -> Iterator[tuple[int, float]]:
        for at in range(bisect_left(self._plain, typed), len(self._keys)):
            key, street, worth = self._keys[at]
            if not key.startswith(typed):
                return
            yield street, _WHOLE if key == typed and worth == _BEGINS else worth

    def _typos(self, typed: str) -> Iterator[tuple[int, float]]:
        """Names of which some beginning is one slip away, or two in a long name."""
        slips = (len(typed) >= _ONE_TYPO_FROM) + (len(typed) >= _TWO_TYPOS_FROM)
        if not slips:
            return
        for length in range(len(typed) - slips, len(typed) + slips + 1):
            beginnings = self._of_length(length)
            near = process.extract(
                typed, beginnings.keys(), scorer=OSA.distance, score_cutoff=slips, limit=None
            )
            for beginning, distance, _ in near:
                for street, share in beginnings[beginning]:
                    yield street, (_TYPO - _TYPO_STEP * distance) * share

    def _of_length(self, length: int) -> dict[str, list[tuple[int, float]]]:
        """Every beginning of that length with its streets; made once per length."""
        if length not in self._beginnings:
            made: dict[str, list[tuple[int, float]]] = {}
            for key, street, worth in self._keys:
                if len(key) >= length:
                    made.setdefault(key[:length], []).append((street, worth / _BEGINS))
            self._beginnings[length] = made
        return self._beginnings[length]

    def _rank(self, found: _Found) -> tuple[float, int, str, str]:
        street = self._streets[found.street]
        return -found.score, len(street.name), street.name, street.municipality

    def _hits(self, ranked: Sequence[_Found], limit: int) -> Iterator[AddressHit]:
        """The best street with what its number may become, then the others, a line each."""
        left = limit
        for place, found in enumerate(ranked):
            others = min(len(ranked) - 1, limit // 2)
            room = min(left, 1 if place else limit - others)
            numbers = self._numbers_of(found.street) if found.reading.number else {}
            for hit in _in_street(self._streets[found.street], numbers, found.reading, room):
                left -= 1
                yield hit
            if left <= 0:
                return


def _in_street(
    street: MapStreet, numbers: dict[str, int], reading: TypedAddress, most: int
) -> list[AddressHit]:
    """The house itself; else, or with room left, what the number may become; else the street."""
    if not reading.number:
        return [street_hit(street)]
    exact = numbers.get(reading.number)
    longer = [at for number, at in numbers.items() if _continues(number, reading.number)]
    further = [house_hit(street, at) for at in longer[: most - 1]]
    if exact is None:
        return [*further, street_hit(street)]
    return [house_hit(street, exact, reading.box), *further]


def _continues(number: str, typed: str) -> bool:
    return number != typed and number.startswith(typed)


def house_hit(street: MapStreet, place: int, box: str = "") -> AddressHit:
    """The house whose number is at that place."""
    return _hit(street, full_number(street.numbers[place], box), street.spot_of(place))


def street_hit(street: MapStreet, spot: Spot | None = None) -> AddressHit:
    """The street as a whole, at a spot or in its middle."""
    at = spot or middle_of(street.lines) or street.spot_of(0)
    return _hit(street, "", at)


def _hit(street: MapStreet, number: str, spot: Spot) -> AddressHit:
    return AddressHit(
        street_id=street.id,
        street=street.name,
        house_number=number,
        postal_code=street.postal_code,
        municipality=street.municipality,
        spot=spot,
        label=label_of(street.name, number, street.municipality),
    )


def _folded_numbers(street: MapStreet) -> dict[str, int]:
    return {folded(number).replace(" ", ""): at for at, number in enumerate(street.numbers)}


def _keys(streets: Sequence[MapStreet]) -> Iterator[tuple[str, int, float]]:
    """From each word on: who types ``smetstraat`` means the Burgemeester De Smetstraat."""
    for nr, street in enumerate(streets):
        parts = words(street.name)
        for at in range(len(parts)):
            worth = _LATER if at else _BEGINS
            for key in street_keys(" ".join(parts[at:])):
                yield key, nr, worth


def _places_of(street: MapStreet) -> frozenset[str]:
    municipality = "".join(words(street.municipality))
    return frozenset({municipality, street.postal_code, street.postal_code + municipality})
