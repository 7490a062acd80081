"""Digit keys by their position, whatever the layout writes."""

import pytest

from ui.core.physical_keys import digit_of


@pytest.mark.parametrize(("platform", "first"), [("xcb", 10), ("wayland", 10), ("windows", 2)])
def test_the_position_decides(platform, first):
    found = [
        digit_of(platform=platform, scan_code=first + place, text_of_key="&") for place in range(10)
    ]
    assert found == [*range(1, 10), 0]


def test_other_keys_are_no_digit():
    assert digit_of(platform="xcb", scan_code=24, text_of_key="1") is None
    assert digit_of(platform="xcb", scan_code=20, text_of_key="à") is None


def test_without_a_position_the_text_decides():
    assert digit_of(platform="offscreen", scan_code=0, text_of_key="3") == 3
    assert digit_of(platform="offscreen", scan_code=0, text_of_key="É") == 2
    assert digit_of(platform="offscreen", scan_code=0, text_of_key="K") is None
    assert digit_of(platform="offscreen", scan_code=0, text_of_key="0") == 0
    assert digit_of(platform="offscreen", scan_code=0, text_of_key="À") == 0
