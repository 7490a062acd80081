"""Templates filled in, what a text message costs, and when to try again."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loket.catalogue.messages import Town
from loket.correspondence.rules import (
    LONGEST_PAUSE,
    Facts,
    Field,
    MessageChannel,
    MessageKind,
    check_template,
    filled,
    gives_up,
    next_try,
    sms_parts,
)
from loket.correspondence.wording import example_facts, field_values, rendered, usual_template
from loket.kit.clock import BRUSSELS
from loket.kit.i18n import CITIZEN_LANGUAGES, words

NOW = datetime(2026, 3, 16, 8, tzinfo=UTC)
TOWN = Town(
    name="Stad Heidebeek",
    phone="050 00 00 00",
    email="onthaal@heidebeek.example",
    phone_hours="",
    privacy_email="",
    public_address="",
    slip_languages=[],
)


@pytest.mark.parametrize("language", CITIZEN_LANGUAGES)
@pytest.mark.parametrize("channel", MessageChannel)
@pytest.mark.parametrize("kind", MessageKind)
def test_every_usual_text_can_be_filled_in(
    kind: MessageKind, channel: MessageChannel, language: str
) -> None:
    template = usual_template(kind, channel, language)
    check_template(kind, channel, template)
    said = rendered(template, example_facts(NOW), TOWN, channel, language)
    assert "{" not in said.title + said.text
    assert TOWN.name in said.text
    assert bool(said.title) is (channel is MessageChannel.MAIL)
    bare = rendered(template, Facts(), TOWN, channel, language)
    assert "{" not in bare.title + bare.text
    assert bare.text


@pytest.mark.parametrize("kind", MessageKind)
def test_a_dutch_text_message_is_one_message(kind: MessageKind) -> None:
    template = usual_template(kind, MessageChannel.SMS, "nl")
    said = rendered(template, example_facts(NOW), TOWN, MessageChannel.SMS, "nl")
    assert sms_parts(said.text) == 1


def test_moments_and_money_are_written_as_the_language_does() -> None:
    starts = datetime(2026, 10, 25, 2, 30, tzinfo=BRUSSELS, fold=1)
    facts = Facts(starts_at=starts.astimezone(UTC), fee_cents=123450)
    values = {each: field_values(facts, TOWN, words(each)) for each in CITIZEN_LANGUAGES}
    assert values["nl"][Field.MOMENT] == "zondag 25 oktober 2026 om 02:30"
    assert values["fr"][Field.MOMENT] == "dimanche 25 octobre 2026 à 02:30"
    assert values["en"][Field.MOMENT] == "Sunday 25 October 2026 at 02:30"
    assert values["de"][Field.MOMENT] == "Sonntag, 25. Oktober 2026 um 02:30" or values["de"][
        Field.MOMENT
    ].startswith("Sonntag")
    assert values["nl"][Field.FEE] == "€ 1.234,50"
    assert set(values["nl"]) == set(Field)


def test_a_line_whose_fields_are_empty_is_left_out() -> None:
    text = "Beste {naam}\n\nBreng mee: {meebrengen}\n\nTot {dag} om {uur}\nvaste regel"
    said = filled(text, {"naam": "An", "uur": "09:00"})
    assert said == "Beste An\n\nTot  om 09:00\nvaste regel"


def test_a_value_is_never_a_template() -> None:
    assert filled("Dag {naam}", {"naam": "{telefoon}", "telefoon": "1"}) == "Dag {telefoon}"


@given(st.text(max_size=200))
def test_whatever_stands_there_filling_in_goes_well(text: str) -> None:
    assert isinstance(filled(text, {"naam": "An"}), str)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("ë" * 70, 1),
        ("ë" * 71, 2),
        ("é" * 160, 1),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
    ],
)
def test_how_many_text_messages_it_takes(text: str, parts: int) -> None:
    assert sms_parts(text) == parts


def test_pauses_double_up_to_a_limit() -> None:
    pauses = [next_try(NOW, n, 0.5, of_channel=False) - NOW for n in (1, 2, 3, 9, 10, 500)]
    minutes = [each / timedelta(minutes=1) for each in pauses]
    assert minutes == [1, 2, 4, 240, 240, 240]
    assert next_try(NOW, 20, 0.5, of_channel=True) - NOW == timedelta(minutes=10)


@given(st.integers(1, 1000), st.floats(0, 1), st.booleans())
def test_a_next_try_is_ahead_and_within_reach(n: int, chance: float, of_channel: bool) -> None:  # noqa: FBT001
    pause = next_try(NOW, n, chance, of_channel=of_channel) - NOW
    assert timedelta(0) < pause <= LONGEST_PAUSE * 1.2


def test_it_is_given_up_after_three_days() -> None:
    assert not gives_up(NOW, NOW - timedelta(days=2, hours=23))
    assert gives_up(NOW, NOW - timedelta(days=3))


def test_a_leap_day_has_a_name() -> None:
    facts = Facts(starts_at=datetime(2028, 2, 29, 8, tzinfo=UTC))
    assert field_values(facts, TOWN, words("nl"))[Field.DAY] == words("nl").weekday(
        date(2028, 2, 29)
    )
