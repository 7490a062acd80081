"""Every refusal has a code of its own, a status, and a sentence in each language of the staff."""

import importlib
import pkgutil
from collections import Counter

import pytest

import loket
from loket.kit.errors import LoketError, error_types
from loket.kit.i18n import STAFF_LANGUAGES, words
from loket.web.problems import problem_of, status_of
from ui.core.sentences import describe

for module in pkgutil.walk_packages(loket.__path__, "loket."):
    if ".migrations." not in module.name and not module.name.endswith("__main__"):
        importlib.import_module(module.name)

BRANCHES = {"error", "invalid", "not_found", "not_allowed", "conflict", "too_often", "unavailable"}
KINDS = [
    kind for kind in error_types() if kind.__module__.startswith("loket.") and "code" in vars(kind)
]
AT_A_DESK = [
    kind for kind in KINDS if kind.code not in BRANCHES and not kind.code.startswith("catalogue.im")
]


def test_codes_are_unique() -> None:
    twice = [code for code, count in Counter(kind.code for kind in KINDS).items() if count > 1]
    assert twice == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_refusal_has_a_status_and_a_problem(kind: type[LoketError]) -> None:
    assert 400 <= status_of(kind) < 600
    problem = problem_of(kind(number="A014"))
    assert (problem.code, problem.params) == (kind.code, {"number": "A014"})


@pytest.mark.parametrize("language", STAFF_LANGUAGES)
@pytest.mark.parametrize("kind", AT_A_DESK, ids=lambda kind: kind.__name__)
def test_every_refusal_has_a_sentence(kind: type[LoketError], language: str) -> None:
    said = describe(kind(), words(language)).text
    assert said
    assert "Code:" not in said, f"{kind.code} has no sentence of its own"
    assert "{" not in said
