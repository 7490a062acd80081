"""A wrong password makes one wait, longer each time; which of the two was wrong is not said."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from loket.kit.clock import FixedClock
from loket.staff.attempts import Judge
from tests.builders import PASSWORD, QUICK_HASHER
from tests.serving import Client

Sit = Callable[[str, str], Client]


def attempt(server: str, username: str, password: str, desk: str = "onthaal-1"):
    client = Client(server)
    asked = {"username": username, "password": password, "desk": desk}
    with client.http as http:
        return http.post(f"{client.url}/sessions", json=asked, timeout=10)


def code(answer) -> str:
    assert answer.headers["Content-Type"] == "application/problem+json"
    return str(answer.json()["code"])


def test_the_delay_doubles_and_the_right_password_ends_it(server: str, clock: FixedClock) -> None:
    for seconds in (1, 2, 4, 8, 16):
        wrong = attempt(server, "sofie", "geraden")
        assert (wrong.status_code, code(wrong)) == (401, "staff.wrong_password")
        clock.advance(seconds=seconds - 0.6)
        early = attempt(server, "sofie", PASSWORD)
        assert (early.status_code, code(early)) == (429, "staff.too_many_attempts")
        assert early.headers["Retry-After"] == "1"
        clock.advance(seconds=0.6)
    assert attempt(server, "sofie", PASSWORD).status_code == 201
    assert code(attempt(server, "sofie", "geraden")) == "staff.wrong_password"
    clock.advance(seconds=1)
    assert attempt(server, "sofie", PASSWORD).status_code == 201


def test_the_delay_ends_at_five_minutes(server: str, clock: FixedClock) -> None:
    for _ in range(20):
        attempt(server, "sofie", "geraden")
        clock.advance(minutes=5)
    assert attempt(server, "sofie", PASSWORD).status_code == 201


def test_an_unknown_name_is_answered_as_a_wrong_password(server: str) -> None:
    unknown, wrong = attempt(server, "niemand", "x"), attempt(server, "sofie", "x")
    assert unknown.status_code == wrong.status_code == 401
    told = [{**answer.json(), "request_id": ""} for answer in (unknown, wrong)]
    assert told[0] == told[1]
    assert code(attempt(server, "niemand", "x")) == "staff.too_many_attempts"


def test_another_persons_mistakes_do_not_hinder(server: str) -> None:
    attempt(server, "sofie", "geraden")
    assert attempt(server, "tom", PASSWORD).status_code == 201


def test_an_unknown_desk_opens_no_session(server: str) -> None:
    answer = attempt(server, "sofie", PASSWORD, "nergens")
    assert (answer.status_code, code(answer)) == (404, "staff.unknown_desk")


def test_a_session_ends_after_a_working_day_and_at_signing_out(sit: Sit, clock: FixedClock) -> None:
    desk, other = sit("sofie", "onthaal-1"), sit("tom", "loket-1")
    assert desk.http.delete(f"{desk.url}/sessions/current", timeout=10).status_code == 204
    assert code(desk.get("/catalogue")) == "staff.session_ended"
    assert other.get("/catalogue").status_code == 200
    clock.advance(hours=12, seconds=1)
    assert code(other.get("/catalogue")) == "staff.session_ended"


def test_of_guesses_at_the_same_moment_one_is_heard(server: str) -> None:
    guesses = ["geraden"] * 11 + [PASSWORD]
    with ThreadPoolExecutor(len(guesses)) as pool:
        answers = list(pool.map(lambda guess: attempt(server, "sofie", guess), guesses))
    heard = [answer for answer in answers if answer.status_code != 429]
    assert len(heard) == 1
    assert {code(answer) for answer in answers if answer not in heard} == {
        "staff.too_many_attempts"
    }


def test_a_wrong_desk_is_no_wrong_password(server: str) -> None:
    assert code(attempt(server, "sofie", PASSWORD, "nergens")) == "staff.unknown_desk"
    assert attempt(server, "sofie", PASSWORD).status_code == 201


def test_a_long_line_is_refused_at_its_end(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever number of people sign in, the server keeps its threads for who is working."""
    full, released = threading.Barrier(16), threading.Event()

    def hold(_judge: Judge, _hash: str | None, _password: str) -> bool:
        full.wait(10)
        released.wait(10)
        return False

    monkeypatch.setattr(Judge, "fits", hold)
    with ThreadPoolExecutor(15) as pool:
        held = [pool.submit(attempt, server, f"u{n}", "x") for n in range(15)]
        full.wait(10)
        refused = attempt(server, "sofie", PASSWORD)
        assert Client(server).get("/health").status_code == 200
        released.set()
        assert {code(one.result()) for one in held} == {"staff.wrong_password"}
    assert (refused.status_code, code(refused)) == (503, "staff.sign_in_busy")
    assert refused.headers["Retry-After"] == "2"


def test_no_more_than_three_passwords_are_judged_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    judge, at_once, most = Judge(QUICK_HASHER), 0, []
    counting = threading.Lock()
    three = threading.Barrier(3)

    class Slow:
        def verify(self, _hash: str, _password: str) -> bool:
            nonlocal at_once
            with counting:
                at_once += 1
                most.append(at_once)
            three.wait(10)
            with counting:
                at_once -= 1
            return True

    monkeypatch.setattr(judge, "_hasher", Slow())
    with ThreadPoolExecutor(9) as pool:
        assert all(pool.map(lambda _n: judge.fits("hash", "x"), range(9)))
    assert max(most) == 3
