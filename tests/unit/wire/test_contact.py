"""Addresses and numbers: what is taken, in which form, and what is refused."""

import pytest
from pydantic import TypeAdapter, ValidationError

from loket.wire.contact import (
    EmailAddress,
    MobileNumber,
    PhoneNumber,
    ascii_address,
    is_mobile,
    number_shown,
)

ADDRESS: TypeAdapter[str] = TypeAdapter(EmailAddress)
NUMBER: TypeAdapter[str] = TypeAdapter(PhoneNumber)
MOBILE: TypeAdapter[str] = TypeAdapter(MobileNumber)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("an.peeters@heidebeek.example", "an.peeters@heidebeek.example"),
        ("  an@HEIDEBEEK.example ", "an@heidebeek.example"),
        ("o'neill+loket@mail.heidebeek.be", "o'neill+loket@mail.heidebeek.be"),
        ("info@café.be", "info@café.be"),
    ],
)
def test_an_address_is_taken_in_one_form(typed: str, kept: str) -> None:
    assert ADDRESS.validate_python(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "an",
        "an@",
        "@heidebeek.be",
        "an@heidebeek",
        "an peeters@heidebeek.be",
        "an@heidebeek.be, bert@heidebeek.be",
        "an@heidebeek.be\r\nBcc: iedereen@heidebeek.be",
        "An <an@heidebeek.be>",
        "an@[127.0.0.1]",
        "émile@heidebeek.be",
        f"{'a' * 65}@heidebeek.be",
        f"an@{'a' * 250}.be",
    ],
)
def test_what_cannot_be_an_address_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        ADDRESS.validate_python(typed)


def test_a_domain_has_an_ascii_form_for_the_post() -> None:
    assert ascii_address("info@café.be") == "info@xn--caf-dma.be"
    assert ascii_address("an@heidebeek.be") == "an@heidebeek.be"


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("0470 12 34 56", "+32470123456", "0470 12 34 56"),
        ("0470/12.34.56", "+32470123456", "0470 12 34 56"),
        ("+32 (0)470 12 34 56", "+32470123456", "0470 12 34 56"),
        ("0032470123456", "+32470123456", "0470 12 34 56"),
        ("050 44 80 00", "+3250448000", "050 44 80 00"),
        ("02 279 22 11", "+3222792211", "02 279 22 11"),
        ("+31 6 12345678", "+31612345678", "+31 6 12345678"),
    ],
)
def test_a_number_is_taken_as_it_is_typed(typed: str, kept: str, shown: str) -> None:
    assert NUMBER.validate_python(typed) == kept
    assert number_shown(kept) == shown


@pytest.mark.parametrize(
    "typed", ["", "1", "geen", "0470 12 34 5", "0470 12 34 56 78 90", "+999 12 34 56", "+", "112 "]
)
def test_what_cannot_be_called_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        NUMBER.validate_python(typed)


def test_only_a_mobile_takes_a_text_message() -> None:
    assert MOBILE.validate_python("0470 12 34 56") == "+32470123456"
    with pytest.raises(ValidationError) as refused:
        MOBILE.validate_python("050 44 80 00")
    assert refused.value.errors()[0]["type"] == "mobile_number"
    assert is_mobile("+32470123456")
    assert not is_mobile("+3250448000")
    assert not is_mobile("zomaar")


def test_a_refusal_names_its_rule() -> None:
    with pytest.raises(ValidationError) as refused:
        ADDRESS.validate_python("an@heidebeek")
    assert refused.value.errors()[0]["type"] == "email_address"
