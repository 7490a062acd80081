"""What a model looks at in a text: stems, pairs of them, and pieces of words.

Pieces find ``stoeptegels`` in a compound, and a word in which a letter went wrong.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from loket.reports.rules.stems import stem, words_of

_PIECES: Final = (3, 4, 5)
_LONGEST: Final = 400
"""Words of a text that are looked at."""


def features(text: str) -> Counter[str]:
    """Everything that stands in a text, and how often."""
    return Counter(_found(text))


def _found(text: str) -> Iterator[str]:
    words = words_of(text)[:_LONGEST]
    stems = [stem(word) for word in words]
    for one in stems:
        yield f"s{one}"
    for first, second in pairwise(stems):
        yield f"p{first} {second}"
    for word in dict.fromkeys(words):
        whole = f"<{word}>"
        for size in _PIECES:
            for start in range(len(whole) - size + 1):
                yield f"c{whole[start : start + size]}"
