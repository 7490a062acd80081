"""Scans: plain, through an AZERTY desk, and what a person types."""

import pytest

from loket.kit.ids import new_code
from ui.core.scans import ScanBuffer, readings

US_TO_AZERTY = dict(zip("1234567890", "&é\"'(§è!çà", strict=True)) | {
    "A": "Q",
    "Q": "A",
    "Z": "W",
    "W": "Z",
    "M": "?",
}


def azerty_image(code):
    return "".join(US_TO_AZERTY.get(sign, sign) for sign in code)


def type_fast(buffer, text, *, gap=5):
    for place, sign in enumerate(text):
        buffer.add(sign, 1000 + place * gap)
    return buffer.end(1000 + len(text) * gap)


def test_a_plain_scan_is_read_as_it_is():
    assert readings("T7K2Q94TDXYZA")[0] == "T7K2Q94TDXYZA"


@pytest.mark.parametrize("_round", range(200))
def test_the_azerty_image_of_any_code_with_a_digit_is_read_first(_round):
    code = new_code("T")
    if any(sign.isdigit() for sign in code):
        assert readings(azerty_image(code))[0] == code
    else:
        assert code in readings(azerty_image(code)) or "?" in azerty_image(code)


def test_letters_by_value_and_digits_by_position_are_read_too():
    assert "TABCA2345WXYZ" in readings("TABCAé\"'(WXYZ")


@pytest.mark.parametrize("text", ["A014", "rijbewijs", "", "Marleen De Smedt", "TI0O123456789"])
def test_what_people_type_is_no_scan(text):
    assert readings(text) == ()


def test_fast_keys_are_a_scan_and_slow_ones_are_not():
    code = "T7K2Q94TDXYZA"
    assert type_fast(ScanBuffer(), code) == readings(code)
    assert type_fast(ScanBuffer(), code, gap=150) == ()


def test_typing_before_a_scan_does_not_spoil_it():
    buffer, code = ScanBuffer(), "T7K2Q94TDXYZA"
    buffer.add("r", 10)
    buffer.add("i", 200)
    assert type_fast(buffer, code) == readings(code)
