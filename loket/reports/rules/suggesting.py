"""Which category a text is about, by the keywords that the town gave each of them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from loket.reports.rules.stems import stem, words_of

MOST: Final = 3
LIKELY: Final = 50
"""Hundredths of confidence from which the first one is chosen until the clerk chooses."""
_OF_A_KEYWORD, _OF_A_NAME = 1.0, 0.45
_IN_A_COMPOUND, _MISTYPED = 0.7, 0.6
_LONG_ENOUGH: Final = 5
"""Shorter words are too easily mistyped into each other, or part of a compound by chance."""
_ALIKE: Final = 0.84
_DOUBT: Final = 0.4
"""Something may be meant that no category of the town has words for."""


@dataclass(frozen=True)
class Subject:
    """A category with the words that speak for it."""

    id: str
    name: str
    keywords: tuple[str, ...]


@dataclass(frozen=True)
class Suggested:
    """A category, with hundredths of confidence."""

    id: str
    confidence: int


@dataclass(frozen=True)
class _Clue:
    """A phrase of one category; all its stems must be said."""

    subject: int
    stems: tuple[str, ...]
    worth: float


class Keywords:
    """The subjects of a town, ready to be asked with every word that is typed."""

    def __init__(self, subjects: Sequence[Subject]) -> None:
        self._subjects = subjects
        clues = [clue for place, one in enumerate(subjects) for clue in _clues(place, one)]
        shared = Counter(clue.stems for clue in clues)
        # What many categories say tells little about any of them.
        self._clues = [
            _Clue(clue.subject, clue.stems, clue.worth / shared[clue.stems]) for clue in clues
        ]

    def suggest(self, text: str, most: int = MOST) -> tuple[Suggested, ...]:
        """The likeliest first; nothing where no word is known."""
        said = sorted({stem(word) for word in words_of(text)})
        scores = [0.0] * len(self._subjects)
        heard: dict[str, float] = {}
        for clue in self._clues:
            scores[clue.subject] += clue.worth * _said(clue.stems, said, heard)
        total = sum(score * score for score in scores) + _DOUBT * _DOUBT
        best = sorted(range(len(scores)), key=lambda place: (-scores[place], place))[:most]
        made = (
            Suggested(self._subjects[place].id, round(100 * scores[place] ** 2 / total))
            for place in best
        )
        return tuple(one for one in made if one.confidence)


def _clues(place: int, subject: Subject) -> Iterable[_Clue]:
    seen = set()
    for phrase in subject.keywords:
        stems = tuple(map(stem, words_of(phrase)))
        if stems and stems not in seen:
            seen.add(stems)
            yield _Clue(place, stems, _OF_A_KEYWORD * (1 + (len(stems) - 1) / 2))
    for word in words_of(subject.name):
        stems = (stem(word),)
        if stems not in seen:
            seen.add(stems)
            yield _Clue(place, stems, _OF_A_NAME)


def _said(stems: tuple[str, ...], said: list[str], heard: dict[str, float]) -> float:
    """How surely the weakest word of a phrase stands in the text; 0: it does not."""
    least = 1.0
    for one in stems:
        if one not in heard:
            heard[one] = _heard(one, said)
        least = min(least, heard[one])
    return least


def _heard(wanted: str, said: list[str]) -> float:
    if wanted in said:
        return 1.0
    if len(wanted) < _LONG_ENOUGH:
        return 0.0
    if any(word.endswith(wanted) or word.startswith(wanted) for word in said):
        return _IN_A_COMPOUND
    near = process.extractOne(wanted, said, scorer=OSA.normalized_similarity, score_cutoff=_ALIKE)
    return _MISTYPED if near else 0.0
