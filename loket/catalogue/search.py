"""Finding a product while the clerk types: ranked from the first letter, forgiving small typos."""

import heapq
import math
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from loket.catalogue.messages import Catalogue, Product

# What a match of one typed word is worth. A weight bridges one step but not two: a product asked
# every day passes one that nobody asks for and that merely has the word in its name.
_FIRST_WORD = 900.0
_SHORT_NAME = 880.0
_LATER_WORD = 800.0
_SYNONYM = 700.0
_INSIDE = 400.0
_INSIDE_SYNONYM = 330.0
_TYPO = 200.0
_TYPO_STEP = 60.0
_WHOLE_WORD = 40.0
_WHOLE_START = 60.0
_MOST_WEIGHT = 140.0
_QUICK = 1000
"""A product on a quick key counts as asked so often while nothing was measured."""

_INSIDE_FROM = 3
"""Fewer letters are inside too many words to mean anything."""
_ONE_TYPO_FROM, _TWO_TYPOS_FROM = 4, 7
_SMALL_WORDS = frozenset(
    ["aan", "de", "een", "en", "het", "in", "met", "of", "om", "op", "te", "van", "voor"]
)


@dataclass(frozen=True)
class Hit:
    """A product found; ``spans`` are the places in its name that were typed."""

    product: Product
    score: float
    spans: tuple[tuple[int, int], ...]


class _Place(NamedTuple):
    """Where a word of the vocabulary stands: in which product, and where in its name."""

    product: int
    worth: float
    offsets: tuple[int, ...]
    """For each letter of the word its place in the name, and the end; empty for a synonym."""


class _Match(NamedTuple):
    """The best a typed word does in one product."""

    score: float
    span: tuple[int, int] | None


_Matches = dict[int, _Match]


class ProductIndex:
    """All products of a town, ready to be searched; build a new one for a new catalogue."""

    def __init__(self, catalogue: Catalogue, asked: Mapping[str, int] | None = None) -> None:
        """``asked`` says how often each product id was asked for; else the products do."""
        self._products = catalogue.products
        counts = _counts(catalogue, asked or {p.id: p.asked for p in catalogue.products if p.asked})
        self._tie = [_tie(product, counts) for product in self._products]
        self._names = [" ".join(word for word, _ in _words(p.name)) for p in self._products]
        self._places = _places(self._products)
        self._vocabulary = sorted(self._places)
        self._all_words = " ".join(self._vocabulary)
        self._begins = list(accumulate((len(word) + 1 for word in self._vocabulary), initial=0))
        self._beginnings: dict[int, dict[str, list[str]]] = {}

    def search(self, text: str, limit: int = 8) -> list[Hit]:
        """The best products for what was typed so far, best first."""
        typed = _typed(text)
        if not typed:
            return []
        start = " ".join(_word for _word, _ in _words(text))
        found = self._together([self._exact(word) for word in typed])
        if not found:
            found = self._together([self._exact(word) or self._typos(word) for word in typed])
        if not found:
            found = self._most([self._exact(word) or self._typos(word) for word in typed])
        ranked = ((self._score(nr, matches, start), nr) for nr, matches in found)
        best = heapq.nlargest(limit, ranked)
        spans = dict(found)
        return [Hit(self._products[nr], score, _spans(spans[nr])) for (score, _), nr in best]

    def _score(
        self, nr: int, matches: Sequence[_Match], start: str
    ) -> tuple[float, tuple[int, str]]:
        weight, tie = self._tie[nr]
        mean = sum(match.score for match in matches) / len(matches)
        whole = _WHOLE_START if self._names[nr].startswith(start) else 0.0
        return mean + whole + weight, tie

    def _together(self, per_word: Sequence[_Matches]) -> list[tuple[int, list[_Match]]]:
        """Products in which every typed word is found, in whatever order."""
        fewest = min(per_word, key=len)
        return [
            (nr, [matches[nr] for matches in per_word])
            for nr in fewest
            if all(nr in matches for matches in per_word)
        ]

    def _most(self, per_word: Sequence[_Matches]) -> list[tuple[int, list[_Match]]]:
        """Products in which all typed words but one are found."""
        if len(per_word) == 1:
            return []
        gathered: dict[int, list[_Match]] = {}
        for matches in per_word:
            for nr, match in matches.items():
                gathered.setdefault(nr, []).append(match)
        enough = len(per_word) - 1
        return [(nr, matches) for nr, matches in gathered.items() if len(matches) >= enough]

    def _exact(self, typed: str) -> _Matches:
        best: _Matches = {}
        for word in self._beginning_with(typed):
            bonus = _WHOLE_WORD if word == typed else 0.0
            for place in self._places[word]:
                _keep(best, place, place.worth + bonus, 0, len(typed))
        if len(typed) >= _INSIDE_FROM:
            self._inside(typed, best)
        return best

    def _inside(self, typed: str, best: _Matches) -> None:
        """Dutch joins words: ``bewijs`` is in ``rijbewijs``; at its end it counts a little more."""
        for word, at in self._containing(typed):
            end = at + len(typed)
            bonus = _WHOLE_WORD if end == len(word) else 0.0
            for place in self._places[word]:
                worth = _INSIDE if place.offsets else _INSIDE_SYNONYM
                _keep(best, place, worth + bonus, at, end)

    def _typos(self, typed: str) -> _Matches:
        """Words of which some beginning is one slip away, or two in a long word."""
        slips = (len(typed) >= _ONE_TYPO_FROM) + (len(typed) >= _TWO_TYPOS_FROM)
        best: _Matches = {}
        if not slips:
            return best
        for length in range(len(typed) - slips, len(typed) + slips + 1):
            beginnings = self._of_length(length)
            near = process.extract(
                typed, beginnings.keys(), scorer=OSA.distance, score_cutoff=slips, limit=None
            )
            for beginning, distance, _ in near:
                for word in beginnings[beginning]:
                    bonus = _WHOLE_WORD if word == beginning else 0.0
                    for place in self._places[word]:
                        share = 1.0 if place.offsets else 0.9
                        worth = (_TYPO - _TYPO_STEP * distance) * share
                        _keep(best, place, worth + bonus, 0, len(word))
        return best

    def _beginning_with(self, typed: str) -> Iterator[str]:
        for at in range(bisect_left(self._vocabulary, typed), len(self._vocabulary)):
            word = self._vocabulary[at]
            if not word.startswith(typed):
                return
            yield word

    def _containing(self, typed: str) -> Iterator[tuple[str, int]]:
        """Words in which it stands after the beginning, found in one text of all of them."""
        found = self._all_words.find(typed)
        while found >= 0:
            nr = bisect_right(self._begins, found) - 1
            if self._begins[nr] < found:
                yield self._vocabulary[nr], found - self._begins[nr]
            found = self._all_words.find(typed, found + len(typed))

    def _of_length(self, length: int) -> dict[str, list[str]]:
        """Every beginning of that length, with the words that begin so; made once per length."""
        if length not in self._beginnings:
            made: dict[str, list[str]] = {}
            for word in self._vocabulary:
                if len(word) >= length:
                    made.setdefault(word[:length], []).append(word)
            self._beginnings[length] = made
        return self._beginnings[length]


def _keep(best: _Matches, place: _Place, score: float, start: int, end: int) -> None:
    known = best.get(place.product)
    if known is None or score > known.score:
        span = (place.offsets[start], place.offsets[end]) if place.offsets else None
        best[place.product] = _Match(score, span)


def _spans(matches: Iterable[_Match]) -> tuple[tuple[int, int], ...]:
    """The places to highlight, in order and without overlap."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted({match.span for match in matches if match.span}):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _counts(catalogue: Catalogue, asked: Mapping[str, int]) -> Mapping[str, int]:
    return asked or {quick.product_id: _QUICK for quick in catalogue.quick_products}


def _tie(product: Product, counts: Mapping[str, int]) -> tuple[float, tuple[int, str]]:
    """How much its daily use weighs (doubling adds the same each time); then short names first."""
    count = counts.get(product.id, 0)
    return min(_MOST_WEIGHT, 13.0 * math.log2(1 + count)), (-len(product.name), product.id)


def _places(products: Sequence[Product]) -> dict[str, list[_Place]]:
    places: dict[str, list[_Place]] = {}
    for nr, product in enumerate(products):
        for position, (word, offsets) in enumerate(_words(product.name)):
            worth = _LATER_WORD if position else _FIRST_WORD
            places.setdefault(word, []).append(_Place(nr, worth, offsets))
        for text, worth in _aliases(product):
            for word, _ in _words(text):
                places.setdefault(word, []).append(_Place(nr, worth, ()))
    return places


def _aliases(product: Product) -> list[tuple[str, float]]:
    return [(product.short_name, _SHORT_NAME), *((text, _SYNONYM) for text in product.synonyms)]


def _typed(text: str) -> list[str]:
    """The words that count; a small word counts while it is all there is, or still being typed."""
    words = [word for word, _ in _words(text)]
    telling = [word for word in words[:-1] if word not in _SMALL_WORDS] + words[-1:]
    if len(telling) > 1 and text[-1:].isspace() and telling[-1] in _SMALL_WORDS:
        telling.pop()
    return telling


def _words(text: str) -> list[tuple[str, tuple[int, ...]]]:
    """Words without accents and capitals; with each the places of its letters in ``text``."""
    found: list[tuple[str, tuple[int, ...]]] = []
    letters: list[str] = []
    offsets: list[int] = []
    for at, character in enumerate(text + " "):
        plain = _plain(character)
        if plain or unicodedata.combining(character):
            letters.extend(plain)
            offsets.extend([at] * len(plain))
        elif letters:
            found.append(("".join(letters), (*offsets, at)))
            letters, offsets = [], []
    return found


def _plain(character: str) -> str:
    """The letter or digit without its accent, lower case; nothing for any other sign."""
    if character.isascii():
        return character.lower() if character.isalnum() else ""
    parts = unicodedata.normalize("NFKD", character).casefold()
    return "".join(part for part in parts if part.isalnum())
