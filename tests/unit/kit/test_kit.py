"""Ids, codes, money and texts."""

import logging
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loket.kit import ids, logs, money
from loket.kit.clock import FixedClock, ShiftedClock, local, local_day
from loket.kit.i18n import spoken, words


def test_ids_are_version_7_and_in_order_of_time() -> None:
    made = [ids.new_id() for _ in range(100)]
    assert {UUID(one).version for one in made} == {7}
    assert {UUID(one).variant for one in made} == {"specified in RFC 4122"}
    assert [one[:13] for one in made] == sorted(one[:13] for one in made)


def test_codes_avoid_what_is_read_for_another() -> None:
    for _ in range(200):
        code, typed = ids.new_code("T"), ids.new_follow_up_code()
        assert ids.is_code(code)
        assert ids.is_follow_up_code(typed)
        assert not set(code[1:] + typed) & set("IO01")


@given(st.integers(min_value=0, max_value=999_999_999))
def test_an_amount_is_read_back_as_it_is_written(cents: int) -> None:
    assert money.cents(money.euros(cents).replace(".", "")) == cents


@pytest.mark.parametrize("text", ["", "gratis", "-5", "1,234", "1.000.000,00"])
def test_what_is_no_amount(text: str) -> None:
    with pytest.raises(money.AmountUnreadable):
        money.cents(text)


def test_belgian_time_on_both_changes() -> None:
    assert local(datetime(2026, 3, 29, 1, 0, tzinfo=UTC)).hour == 3
    assert local(datetime(2026, 10, 25, 1, 0, tzinfo=UTC)).hour == 2
    assert local_day(datetime(2026, 3, 15, 23, 30, tzinfo=UTC)) == date(2026, 3, 16)


def test_a_shifted_clock_goes_on_in_real_time() -> None:
    base = FixedClock(datetime(2026, 11, 21, tzinfo=UTC))
    shown = ShiftedClock.starting_at(datetime(2026, 3, 16, 8, 0, tzinfo=UTC), base)
    base.advance(minutes=5)
    assert shown.now() == datetime(2026, 3, 16, 8, 5, tzinfo=UTC)


def test_dutch_and_english_forms() -> None:
    moment = datetime(2026, 3, 16, 9, 21, tzinfo=UTC)
    nl, en = words("nl"), words("en")
    assert nl.short_day(moment.date()) == "ma 16 maart"
    assert nl.slip_day(moment.date()) == "ma 16/03/2026"
    assert (nl.time(moment), nl.number(1250)) == ("10:21", "1.250")
    assert en.plural("{n} visitor before you", "{n} visitors before you", 1) == (
        "1 visitor before you"
    )


def test_paper_speaks_dutch_and_what_else_it_can() -> None:
    assert [say.language for say in spoken("en")] == ["nl", "en"]
    assert [say.language for say in spoken("fr")] == ["nl", "fr"]
    assert [say.language for say in spoken("pl")] == ["nl"]


@pytest.mark.parametrize(
    "number", ["85.07.30-033.28", "85/07/30-033/28", "85073003328", "85 07 30 033 28"]
)
def test_a_national_number_never_reaches_a_log(number: str) -> None:
    scrub = logs._Scrub()
    record = logging.LogRecord("x", 20, "f", 1, "number %s read", (number,), None)
    scrub.filter(record)
    assert record.getMessage() == "number [national number] read"
