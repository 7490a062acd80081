"""The check of a national number; nothing here keeps one."""

from typing import Final

_DIGITS: Final = 11
_BASE: Final = 97
_BORN_SINCE_2000: Final = 2_000_000_000
"""Put before the nine digits of somebody born in or after 2000."""


def is_national_number(text: str) -> bool:
    """Whether the last two digits fit the nine before: 97 less the remainder, in either century.

    Royal decree of 3 April 1984. Numbers of people outside the register (month + 20 or + 40)
    follow the same rule.
    """
    if len(text) != _DIGITS or not (text.isascii() and text.isdigit()):
        return False
    body, check = int(text[:9]), int(text[9:])
    return check in (_BASE - body % _BASE, _BASE - (_BORN_SINCE_2000 + body) % _BASE)
