"""A category from the words of a text: likeliest first, said with how sure, nothing invented."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loket.kit.paths import RESOURCES
from loket.reports.rules.suggesting import LIKELY, Keywords, Subject

SUBJECTS = (
    Subject("tegel", "Voetpad – losse of verzakte tegel", ("stoeptegel", "tegel", "voetpad")),
    Subject("lamp", "Straatverlichting – lamp stuk", ("straatlamp", "licht knippert")),
    Subject("bus", "Bushalte – schuilhuisje", ("bushalte", "halte")),
    Subject("boom", "Groen – boom", ("boom", "tak")),
)
TOWN = Keywords(SUBJECTS)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Er ligt een losse stoeptegel op het voetpad bij de bushalte", "tegel"),
        ("De straatlamp voor mijn deur brandt niet meer", "lamp"),
        ("straatlmap", "lamp"),
        ("BUSHALTES zijn vuil", "bus"),
        ("een voetpadtegel", "tegel"),
    ],
)
def test_the_likeliest_comes_first(text, wanted):
    assert TOWN.suggest(text)[0].id == wanted


@pytest.mark.parametrize("text", ["", "   ", "de het een", "Mijn paspoort is kwijt", "!?"])
def test_where_no_word_is_known_nothing_is_suggested(text):
    assert TOWN.suggest(text) == ()


def test_one_clear_word_is_likely_and_two_subjects_are_not():
    assert TOWN.suggest("De stoeptegel van het voetpad")[0].confidence >= LIKELY
    torn = TOWN.suggest("Een tak aan de halte")
    assert {one.id for one in torn} == {"bus", "boom"}
    assert torn[0].confidence < LIKELY


def test_a_phrase_counts_only_when_all_of_it_is_said():
    assert all(one.id != "lamp" for one in TOWN.suggest("Een oog knippert"))


def test_a_word_of_many_categories_tells_little():
    both = Keywords((Subject("a", "A", ("straat", "put")), Subject("b", "B", ("straat",))))
    found = {one.id: one.confidence for one in both.suggest("Een put in de straat")}
    assert found["a"] > found.get("b", 0)


def test_a_town_without_categories_suggests_nothing():
    assert Keywords(()).suggest("stoeptegel") == ()


@given(st.text(max_size=3000))
def test_any_text_has_an_answer_that_adds_up(text):
    found = TOWN.suggest(text)
    assert len(found) <= 3
    assert sum(one.confidence for one in found) <= 101
    assert [one.confidence for one in found] == sorted(
        (one.confidence for one in found), reverse=True
    )


def test_the_demonstration_town_is_understood():
    told = (RESOURCES.parent / "loket" / "demo" / "data" / "meldingen.toml").read_text(
        encoding="utf-8"
    )
    subjects = [
        Subject(one["code"], one["name"], tuple(one["keywords"]))
        for one in tomllib.loads(told)["categories"]
    ]
    town = Keywords(subjects)
    assert town.suggest("de straatlamp brandt niet meer")[0].id == "straatlamp"
    assert town.suggest("vuilbak zit vol")[0].id == "vuilnisbak"
