"""A linear model over the features of a text: small enough to keep in the database.

Kept as plain arrays (npz), never as a pickle: what is read back can do nothing.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from loket.reports.rules.suggesting import MOST, Suggested
from loket.reports.suggesting.features import features

Floats = npt.NDArray[np.float32]
_SEPARATOR: Final = "\n"


@dataclass(frozen=True)
class Model:
    """What was learnt."""

    categories: tuple[str, ...]
    """Ids, one for each column of the weights."""
    places: Mapping[str, int]
    """The row of each feature."""
    rarity: Floats
    """How much a feature tells, by how few reports have it (idf)."""
    weights: Floats
    bias: Floats
    temperature: float
    """By what scores are divided so that 0.9 means nine of ten (Guo et al. 2017)."""

    def suggest(
        self, text: str, closed: frozenset[str] = frozenset(), most: int = MOST
    ) -> tuple[Suggested, ...]:
        """The likeliest first; nothing where nothing in the text is known."""
        chances = self.chances(text, closed)
        if chances is None:
            return ()
        best = np.argsort(-chances, kind="stable")[:most]
        made = (Suggested(self.categories[at], round(100 * float(chances[at]))) for at in best)
        return tuple(one for one in made if one.confidence)

    def chances(self, text: str, closed: frozenset[str] = frozenset()) -> Floats | None:
        """Of each category; those that were closed have none."""
        rows, values = self.vector(text)
        if not rows:
            return None
        scores = np.asarray(values, np.float32) @ self.weights[rows] + self.bias
        for at, category in enumerate(self.categories):
            if category in closed:
                scores[at] = -np.inf
        found: Floats = softmax(scores / self.temperature)
        return found

    def vector(self, text: str) -> tuple[list[int], list[float]]:
        """The rows of the features of a text, and their values."""
        return vector_of(text, self.places, self.rarity)

    def packed(self) -> bytes:
        """As it is kept."""
        kept = io.BytesIO()
        np.savez_compressed(
            kept,
            categories=_bytes(self.categories),
            features=_bytes(list(self.places)),
            rarity=self.rarity,
            weights=self.weights.astype(np.float16),
            bias=self.bias,
            temperature=np.float32(self.temperature),
        )
        return kept.getvalue()

    @classmethod
    def unpacked(cls, kept: bytes) -> "Model":
        """The same again."""
        with np.load(io.BytesIO(kept), allow_pickle=False) as found:
            names = _words(found["features"])
            return cls(
                categories=tuple(_words(found["categories"])),
                places={name: place for place, name in enumerate(names)},
                rarity=found["rarity"],
                weights=found["weights"].astype(np.float32),
                bias=found["bias"],
                temperature=float(found["temperature"]),
            )


def vector_of(
    text: str, places: Mapping[str, int], rarity: Floats
) -> tuple[list[int], list[float]]:
    """Features weighed by how often they stand there and how rare they are, of length one."""
    rows, values = [], []
    for name, many in features(text).items():
        place = places.get(name)
        if place is not None:
            rows.append(place)
            values.append((1 + np.log(many) if many > 1 else 1.0) * rarity[place])
    length = float(np.sqrt(sum(value * value for value in values))) or 1.0
    return rows, [float(value) / length for value in values]


def softmax(scores: Any) -> Any:
    """Scores as chances that sum to one, row by row."""
    spread = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return spread / spread.sum(axis=-1, keepdims=True)


def _bytes(words: Sequence[str]) -> npt.NDArray[np.uint8]:
    return np.frombuffer(_SEPARATOR.join(words).encode(), np.uint8)


def _words(kept: npt.NDArray[np.uint8]) -> list[str]:
    return kept.tobytes().decode().split(_SEPARATOR)
