"""What a scanner typed: codes, also through the keyboard layout it does not know."""

from loket.kit.ids import CODE_LENGTH, is_code

MAX_GAP = 100
"""Milliseconds between two keys of one scan; people are slower, scanners take a few."""
LENGTH = CODE_LENGTH + 1
_DIGITS = dict(zip("&é\"'(§è!çà", "1234567890", strict=True))
_LETTERS = {"Q": "A", "A": "Q", "W": "Z", "Z": "W", "?": "M", ",": "M", "M": "?"}


def readings(text: str) -> tuple[str, ...]:
    """The codes that this text may be, likeliest first.

    A scanner set to a US layout presses positions; an AZERTY desk reads other characters there:
    digits become ``&é"'(§è!çà`` and A, Q, Z, W, M change places. Some scanners send letters by
    value and only digits by position, so that reading is offered too.
    """
    digits_only = "".join(_DIGITS.get(sign, sign) for sign in text).upper()
    by_position = "".join(_DIGITS.get(sign) or _LETTERS.get(sign.upper(), sign) for sign in text)
    imaged = any(sign in _DIGITS or sign in "?," for sign in text)
    found = (by_position.upper(), digits_only) if imaged else (text.upper(), by_position.upper())
    return tuple(dict.fromkeys(code for code in found if is_code(code)))


class ScanBuffer:
    """Collects fast keys; at Enter it says whether they were a scan."""

    def __init__(self) -> None:
        self._text = ""
        self._last = 0

    @property
    def empty(self) -> bool:
        return not self._text

    def add(self, sign: str, at: int) -> bool:
        """One character at a moment in milliseconds; tells whether something new began."""
        if at - self._last > MAX_GAP:
            self._text = ""
        begins = not self._text
        self._text = (self._text + sign)[-LENGTH:]
        self._last = at
        return begins

    def end(self, at: int) -> tuple[str, ...]:
        """Enter was pressed: the possible codes, none when a person was typing."""
        text, self._text = self._text, ""
        if at - self._last > MAX_GAP:
            return ()
        return readings(text)

    def clear(self) -> None:
        self._text = ""
