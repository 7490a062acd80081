"""Learning which category a text is about: logistic regression, its chances made honest."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from loket.reports.rules.suggesting import MOST
from loket.reports.suggesting.features import features
from loket.reports.suggesting.model import Model, softmax, vector_of

LEAST: Final = 300
"""Categorised reports below which the keyword table knows better."""
MOST_REPORTS: Final = 8_000
"""The newest: older ones tell little more, and learning takes longer."""
_FEATURES: Final = 9_000
_LEAST_SEEN: Final = 2
_STRENGTH: Final = 12.0
"""The inverse of the penalty on weights; between 4 and 30 little changes."""
_TEMPERATURES: Final = np.linspace(0.4, 2.0, 33)


@dataclass(frozen=True)
class Example:
    """A report that somebody put in a category."""

    text: str
    category_id: str


@dataclass(frozen=True)
class Score:
    """How often the right category was among those suggested, of reports held out."""

    held_out: int
    top1: float
    top3: float
    surest: float
    """Of those suggested with 0.85 to 0.95, how many were right; -1: there were none."""


def split(examples: Sequence[Example]) -> tuple[Sequence[Example], Sequence[Example]]:
    """By time: the newest tenth is held out, as tomorrow's reports are."""
    cut = len(examples) - len(examples) // 10
    return examples[:cut], examples[cut:]


def learn(examples: Sequence[Example], temperature: float = 0.0) -> Model:
    """From examples in the order of time.

    Without a ``temperature`` that was found before, their newest tenth makes chances honest.
    """
    if not temperature:
        older, newer = split(examples)
        temperature = _honest(_fitted(older), newer)
    whole = _fitted(examples)
    return Model(
        whole.categories, whole.places, whole.rarity, whole.weights, whole.bias, temperature
    )


def _fitted(examples: Sequence[Example]) -> Model:
    # Imported here: no server needs it, and it takes a second.
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    places, rarity = _vocabulary(examples)
    rows = _matrix(examples, places, rarity)
    found = LogisticRegression(C=_STRENGTH, max_iter=60, tol=1e-2)
    found.fit(rows, [one.category_id for one in examples])
    weights, bias = found.coef_.T, found.intercept_
    if len(found.classes_) == 2:  # noqa: PLR2004 - of two only the difference is learnt
        weights, bias = np.hstack([-weights, weights]) / 2, np.array([-bias[0], bias[0]]) / 2
    return Model(
        tuple(map(str, found.classes_)),
        places,
        rarity,
        weights.astype(np.float32),
        bias.astype(np.float32),
        1.0,
    )


def _vocabulary(examples: Sequence[Example]) -> tuple[dict[str, int], Any]:
    """The features that stand in most reports, and how much each tells."""
    seen: Counter[str] = Counter()
    for one in examples:
        seen.update(features(one.text).keys())
    kept = [(name, many) for name, many in seen.most_common(_FEATURES) if many >= _LEAST_SEEN]
    counts = np.array([many for _name, many in kept], np.float32)
    rarity = np.log((1 + len(examples)) / (1 + counts)) + 1
    return {name: place for place, (name, _) in enumerate(kept)}, rarity.astype(np.float32)


def _matrix(examples: Sequence[Example], places: dict[str, int], rarity: Any) -> Any:
    from scipy.sparse import csr_array  # noqa: PLC0415 - as above

    columns: list[int] = []
    values: list[float] = []
    ends = [0]
    for one in examples:
        rows, found = vector_of(one.text, places, rarity)
        columns += rows
        values += found
        ends.append(len(columns))
    shape = (len(examples), len(places))
    return csr_array((np.array(values, np.float32), columns, ends), shape=shape)


def _honest(model: Model, examples: Sequence[Example]) -> float:
    """By what to divide scores so that what happened was likeliest."""
    known = {category: at for at, category in enumerate(model.categories)}
    found = [
        (np.asarray(values, np.float32) @ model.weights[rows] + model.bias, known[one.category_id])
        for one in examples
        if one.category_id in known
        for rows, values in (model.vector(one.text),)
    ]
    if not found:
        return 1.0
    scores = np.stack([score for score, _right in found])
    right = np.array([at for _score, at in found])
    return float(min(_TEMPERATURES, key=lambda heat: _surprise(scores / heat, right)))


def _surprise(scores: Any, right: Any) -> float:
    chances = softmax(scores)[np.arange(len(right)), right]
    return float(-np.log(np.maximum(chances, 1e-9)).mean())


def scored(suggest: Any, examples: Sequence[Example]) -> Score:
    """What ``suggest`` (text to suggestions) would have said of reports it never saw."""
    first = three = sure = rightly = 0
    for one in examples:
        found = suggest(one.text)[:MOST]
        right = bool(found) and found[0].id == one.category_id
        first += right
        three += any(each.id == one.category_id for each in found)
        if found and 85 <= found[0].confidence <= 95:  # noqa: PLR2004 - see Score
            sure += 1
            rightly += right
    many = len(examples) or 1
    surest = rightly / sure if sure else -1.0
    return Score(len(examples), first / many, three / many, surest)
