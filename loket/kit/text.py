"""Texts as they are compared, not as they are shown."""

import unicodedata


def folded(text: str) -> str:
    """Lower case, without accents: ``Aïcha`` is found by ``aicha``."""
    plain = text.casefold()
    if plain.isascii():
        return plain
    spread = unicodedata.normalize("NFKD", plain)
    return "".join(letter for letter in spread if not unicodedata.combining(letter))
