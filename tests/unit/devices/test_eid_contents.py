"""What the bytes of an eID say; bytes that say nothing are refused, never stumbled over."""

import re
from dataclasses import fields as fields_of
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from loket.devices.eid.contents import Document, EidCard, eid_card
from loket.devices.eid.errors import CardUnreadable, NotAnEid
from loket.devices.eid.national_number import is_national_number
from loket.devices.eid.talking import read_files
from loket.devices.eid.tlv import fields
from tests.eid_card import ADDRESS, IDENTITY, NUMBER, eid, tlv


def read(identity=None, address=None):
    return eid_card(tlv(IDENTITY | (identity or {})), tlv(ADDRESS | (address or {})))


# fields

VALUES = st.dictionaries(st.integers(1, 255), st.binary(max_size=600), max_size=8)


@given(VALUES, st.integers(0, 40))
@example({1: b"x" * 254, 2: b"x" * 255, 3: b"x" * 256, 4: b"x" * 510}, 3)
def test_what_is_written_is_read_with_any_padding(values, padding):
    assert fields(tlv(values) + bytes(padding)) == values


@given(st.binary(max_size=400))
def test_any_bytes_are_fields_or_a_refusal(content):
    try:
        found = fields(content)
    except CardUnreadable:
        return
    assert sum(len(value) for value in found.values()) <= len(content)


@given(VALUES.filter(bool), st.data())
def test_a_file_cut_short_never_invents(values, data):
    whole = tlv(values)
    cut = whole[: data.draw(st.integers(0, len(whole) - 1))]
    try:
        found = fields(cut)
    except CardUnreadable:
        return
    assert found.items() <= values.items()


def test_a_field_zero_may_come_in_the_middle():
    assert fields(b"\x01\x01a\x00\x00\x02\x01b\x00\x00") == {1: b"a", 0: b"", 2: b"b"}


@given(st.binary(max_size=200), st.binary(max_size=120))
def test_any_two_files_are_a_card_or_a_refusal(identity, address):
    try:
        eid_card(identity, address)
    except CardUnreadable:
        return


@given(st.binary(max_size=60), st.integers(0, 300))
def test_a_card_that_is_damaged_somewhere_is_a_card_or_a_refusal(damage, at):
    whole = tlv(IDENTITY)
    try:
        eid_card(whole[:at] + damage + whole[at + len(damage) :], tlv(ADDRESS))
    except CardUnreadable:
        return


# who holds it


def test_names_and_address_as_they_stand():
    card = read()
    assert (card.given_names, card.surname) == ("Émilie Zoë", "Van den Broeck-D'Hondt")
    assert (card.street, card.postal_code, card.town) == (
        "Brusselsesteenweg 12 bus 3",
        "9000",
        "Gent",
    )


def test_the_old_file_of_addresses_is_117_bytes_with_zeros():
    card = eid(padded_to=117)
    assert len(card.files["4033"]) == 117
    assert eid_card(card.files["4031"], card.files["4033"]).town == "Gent"


def test_somebody_without_a_given_name_or_without_an_address():
    card = eid_card(tlv(IDENTITY | {8: ""}), bytes(117))
    assert (card.given_names, card.surname) == ("", "Van den Broeck-D'Hondt")
    assert (card.street, card.postal_code, card.town) == ("", "", "")


def test_nobody_at_all_is_refused():
    with pytest.raises(CardUnreadable):
        read({7: "", 8: " "})


def test_signs_that_no_field_takes_become_spaces():
    assert read({7: "Van\nden\u2028Broeck\t "}).surname == "Van den Broeck"


def test_what_is_no_text_is_refused_without_being_quoted():
    with pytest.raises(CardUnreadable) as refused:
        read({7: b"Peeters\xff"})
    assert "Peeters" not in repr(refused.value) + repr(refused.value.__context__)


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("1", Document.BELGIAN),
        ("01", Document.BELGIAN),
        ("6", Document.KIDS),
        ("11", Document.FOREIGN),
        ("36", Document.FOREIGN),
        ("61", Document.FOREIGN),
        ("99", Document.FOREIGN),
        ("", Document.FOREIGN),
    ],
)
def test_every_kind_of_card_is_read(text, document):
    assert read({15: text}).document is document


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("01.02.2034", date(2034, 2, 1)),
        ("31.02.2034", None),
        ("", None),
        ("onbeperkt", None),
        ("1.2.3.4", None),
        ("01.02.99999", None),
    ],
)
def test_until_when_it_holds_where_it_says_so(text, day):
    assert read({4: text}).valid_until == day


# the national number


@pytest.mark.parametrize("number", [NUMBER, "00000100195", "85473003317", "17073003384"])
def test_numbers_of_both_centuries_and_outside_the_register(number):
    assert is_national_number(number)


@pytest.mark.parametrize("number", ["", "8507300332", "85073003329", "8507300332²", "8507300332a"])
def test_what_does_not_fit_is_no_number(number):
    assert not is_national_number(number)


@given(st.integers(0, 999_999_999), st.integers(0, 99))
def test_of_a_hundred_checks_at_most_two_fit(body, check):
    fitting = [c for c in range(100) if is_national_number(f"{body:09}{c:02}")]
    assert 1 <= len(fitting) <= 2
    assert is_national_number(f"{body:09}{check:02}") is (check in fitting)


@pytest.mark.parametrize("number", ["85073003329", ""])
def test_a_card_whose_number_does_not_fit_is_not_believed(number):
    with pytest.raises(CardUnreadable) as refused:
        read({6: number})
    assert "850730" not in repr(refused.value)


def test_no_field_carries_the_number_or_the_birth_date():
    card = read()
    assert {field.name for field in fields_of(EidCard)} == {
        "surname",
        "given_names",
        "street",
        "postal_code",
        "town",
        "document",
        "valid_from",
        "valid_until",
    }
    assert NUMBER not in re.sub(r"\D", "", repr(card))
    assert "1985" not in repr(card)


# the card as it answers


class Scripted:
    """Answers what it is told; then with the last answer for ever."""

    def __init__(self, *answers):
        self._answers = list(answers)

    def transmit(self, apdu):
        if apdu[1] == 0xA4:
            return b"", 0x9000
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]


def test_a_card_that_never_ends_is_refused():
    with pytest.raises(CardUnreadable):
        read_files(Scripted((b"x" * 252, 0x9000)))


@pytest.mark.parametrize("status", [0x6B00, 0x6C00, 0x6CFF, 0x6982, 0x6F00, 0x0000])
def test_a_status_that_means_no_is_refused(status):
    with pytest.raises(CardUnreadable):
        read_files(Scripted((b"", status)))


def test_the_end_said_in_either_way():
    ends = ((b"ab", 0x6282), (b"x" * 252, 0x9000), (b"", 0x6B00))
    assert read_files(Scripted(*ends)) == (b"ab", b"x" * 252)


def test_no_such_file_is_no_eid():
    class Bank(Scripted):
        def transmit(self, apdu):
            return b"", 0x6A82

    with pytest.raises(NotAnEid):
        read_files(Bank((b"", 0)))
