"""Which digit key was pressed, whatever the layout writes with it.

Belgian AZERTY gives digits only with Shift, so that ``Ctrl+1`` as an ordinary sequence never
fires there (measured under xkb ``be``). The position of the key tells.
"""

_FIRST_DIGIT_CODE = {"xcb": 10, "wayland": 10, "windows": 2}
"""Native scan code of the key left of the second digit: xkb counts from evdev + 8."""
_AZERTY_ROW = "&é\"'(§è!çà"


def digit_of(*, platform: str, scan_code: int, text_of_key: str) -> int | None:
    """0 to 9 for the digit keys above the letters, None for any other key.

    ``text_of_key`` is what the layout writes without Ctrl; it decides where the platform gives
    no position (scan code 0: synthetic events).
    """
    first = _FIRST_DIGIT_CODE.get(platform)
    if first is not None and scan_code:
        place = scan_code - first + 1
        return place % 10 if 1 <= place <= 10 else None  # noqa: PLR2004 - the digit keys
    return _digit_by_text(text_of_key)


def _digit_by_text(text: str) -> int | None:
    if len(text) != 1:
        return None
    if text in "0123456789":
        return int(text)
    found = _AZERTY_ROW.find(text.lower())
    return (found + 1) % 10 if found >= 0 else None
