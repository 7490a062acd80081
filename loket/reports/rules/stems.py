"""Words as they are searched: folded, and as Dutch stems (Snowball), on both databases the same."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import snowballstemmer

from loket.kit.text import folded

_WORD: Final = re.compile(r"[^\W_]+")
_SHORTEST: Final = 2
_IN_EVERY_TEXT: Final = (
    "aan al als bij dan dat de der des deze die dit door een en er had heb hebben heeft het hier "
    "hij hun ik in is ja je kan me men met mij mijn na naar niet nog nu of om ons ook op over te "
    "tegen toch tot u uit uw van veel voor was wat we wel werd wij wordt worden ze zei zich zij "
    "zijn zo"
)
_EMPTY: Final = frozenset(_IN_EVERY_TEXT.split())
MOST_WORDS: Final = 12


def words_of(text: str) -> list[str]:
    """The words that say something, folded, in the order of the text."""
    found = _WORD.findall(folded(text))
    return [word for word in found if len(word) >= _SHORTEST and word not in _EMPTY]


def stems_of(text: str) -> frozenset[str]:
    """The stems of a text, each once: what two texts have in common is counted in these."""
    return frozenset(map(stem, words_of(text)))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """``meldingen`` → ``meld``."""
    return str(_STEMMER.stemWord(word))


_STEMMER = snowballstemmer.stemmer("dutch")


def indexed(texts: Iterable[str]) -> str:
    """What the index keeps of texts: each word and its stem, once."""
    words = dict.fromkeys(word for text in texts for word in words_of(text))
    return " ".join(dict.fromkeys([*words, *map(stem, words)]))


def searched(text: str) -> list[tuple[str, str]]:
    """The words of a question, as a beginning and as a stem; all of them must be there."""
    return [(word, stem(word)) for word in words_of(text)[:MOST_WORDS]]
