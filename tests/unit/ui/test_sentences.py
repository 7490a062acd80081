"""Every refusal has a sentence, in both languages."""

import gettext

import pytest

from loket.kit.errors import Conflict, error_types
from loket.kit.i18n import Words
from loket.link.errors import TimedOut, Unreachable
from loket.wire.problem import Problem
from ui.core.sentences import SENTENCES, Remedy, describe

EN = Words("en", gettext.NullTranslations())


def test_each_code_that_a_desk_or_server_gives_has_a_sentence():
    import importlib
    import pkgutil

    import loket

    for module in pkgutil.walk_packages(loket.__path__, "loket."):
        if module.name.rpartition(".")[2] in {"rules", "errors", "queries", "usecases", "disk"}:
            importlib.import_module(module.name)

    ours = {kind.code for kind in error_types() if kind.__module__.startswith("loket.")}
    assert ours - set(SENTENCES) == set()


def test_parameters_are_filled_in():
    error = TimedOut()
    assert describe(error, EN).text == SENTENCES["link.timed_out"]
    assert describe(Unreachable(), EN).wrong


def test_missing_parameters_leave_an_ellipsis():
    class Late(Conflict):
        code = "queue.not_yet_serving"

    assert describe(Late(), EN).text.startswith("… is called")


def test_an_unknown_code_falls_back_on_its_branch():
    class New(Conflict):
        code = "queue.something_new"

    assert describe(New(), EN).text == SENTENCES["conflict"]


def test_a_fault_of_ours_says_its_kind():
    assert "KeyError" in describe(KeyError("x"), EN).text


def test_an_ended_session_offers_to_sign_in():
    from loket.link.errors import NotSignedIn

    problem = Problem(
        type="",
        title="",
        status=401,
        code="staff.session_ended",
        params={},
        fields=[],
        request_id="",
    )
    assert describe(NotSignedIn(problem), EN).remedy is Remedy.SIGN_IN


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_each_sentence_says_what_to_do_or_that_nothing_happened(code):
    assert SENTENCES[code].endswith(".")
