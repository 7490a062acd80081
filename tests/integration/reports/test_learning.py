"""Suggesting a category over real HTTP, on both databases: by keywords, and by what was learnt."""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta

import pytest

from loket.kit.ids import new_id
from loket.reports.suggesting.keeping import keep_model
from loket.reports.suggesting.learning import Example, learn, scored, split
from loket.reports.suggesting.model import Model
from loket.server import suggesting
from loket.store.work import Store
from tests.reporting import ARRANGED, LAMP, OTHER, TILE, arrange, registered
from tests.serving import Client

Sit = Callable[[str, str], Client]
_SAID = {
    TILE: ("er ligt een dal los op het trottoir", "iemand is gevallen over een kapotte stoep"),
    LAMP: ("het is pikdonker op straat", "geen licht meer aan de lantaarn"),
    OTHER: ("ik vond een portefeuille", "de kerkklok loopt achter"),
}
_WHERE = ("aan de kerk", "bij de school", "op de markt", "voor onze deur", "aan het station")


def examples() -> list[Example]:
    return [
        Example(f"{said} {where}, al {nr} dagen", category)
        for nr in range(4)
        for where in _WHERE
        for category, sayings in _SAID.items()
        for said in sayings
    ]


@pytest.fixture(scope="module")
def learnt() -> Model:
    return learn(examples())


@pytest.fixture
def desk(sit: Sit, store: Store) -> Client:
    arrange(store)
    return sit("sofie", "onthaal-1")


def keep(store: Store, model: Model, *, later: int = 0) -> None:
    values = {
        "id": new_id(),
        "trained_at": store.clock.now() + timedelta(seconds=later),
        "reports": 120,
        "categories": 3,
        "top1": 1.0,
        "top3": 1.0,
    }
    with store.database.writers.begin() as connection:
        keep_model(connection, values, model)


def ask(desk: Client, said: str) -> tuple[str, list[str]]:
    answer = desk.post("/report-suggestions", {"text": said})
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert sum(one["hundredths"] for one in found["suggestions"]) <= 101
    assert len(found["suggestions"]) <= 3
    return found["by"], [one["category_id"] for one in found["suggestions"]]


def test_keywords_answer_until_a_model_was_trained(desk: Client):
    assert ask(desk, "Een losse stoeptegel") == ("keywords", [TILE])
    assert ask(desk, "") == ("keywords", [])


def test_a_model_knows_what_no_keyword_says(desk: Client, store: Store, learnt: Model):
    assert ask(desk, "Iemand is gevallen over een dal aan de kerk") == ("keywords", [])
    keep(store, learnt)
    by, found = ask(desk, "Iemand is gevallen over een dal aan de kerk")
    assert (by, found[0]) == ("model", TILE)
    assert ask(desk, "Pikdonkr voor de deur")[1][0] == LAMP
    assert ask(desk, "😀 12 ?") == ("model", [])


def test_a_model_that_was_trained_later_takes_over(desk: Client, store: Store, learnt: Model):
    keep(store, learnt)
    assert ask(desk, "het is pikdonker")[1][0] == LAMP
    swapped = [Example(one.text, TILE if one.category_id == LAMP else LAMP) for one in examples()]
    keep(store, learn(swapped), later=1)
    assert ask(desk, "het is pikdonker")[1][0] == TILE


def test_a_closed_category_is_never_suggested(desk: Client, store: Store, learnt: Model):
    keep(store, learnt)
    left = [one for one in ARRANGED["categories"] if one["code"] != "lamp"]
    arrange(store, categories=left)
    by, found = ask(desk, "het is pikdonker op straat")
    assert by == "model"
    assert found
    assert LAMP not in found


def test_a_category_newer_than_the_model_is_found_by_its_keywords(
    desk: Client, store: Store, learnt: Model
):
    keep(store, learnt)
    newer = {"code": "wesp", "name": "Wespennest", "department": "bz", "keywords": ["wespennest"]}
    arrange(store, categories=[*ARRANGED["categories"], newer])
    assert ask(desk, "Er hangt een wespennest aan het dak")[1][0] == "rc-wesp"


def test_training_waits_for_enough_reports(
    desk: Client, store: Store, capsys: pytest.CaptureFixture[str]
):
    registered(desk)
    assert suggesting.train(store) == 1
    assert json.loads(capsys.readouterr().out)["needed"] == 300
    assert ask(desk, "Een stoeptegel")[0] == "keywords"


def test_what_is_kept_is_the_same_when_it_is_read_back(learnt: Model):
    again = Model.unpacked(learnt.packed())
    said = "iemand viel over de stoep bij de school"
    assert again.suggest(said) == learnt.suggest(said)
    older, newer = split(examples())
    assert scored(learn(older).suggest, newer).top1 > 0.9


def test_a_server_begins_without_what_only_learning_needs():
    script = "import sys, loket.server.app as a; print('sklearn' in sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True
    )
    assert run.stdout.strip() == "False"
