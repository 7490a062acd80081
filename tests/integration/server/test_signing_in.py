"""A wrong password makes one wait, longer each time; which of the two was wrong is not said."""

from collections.abc import Callable

from loket.kit.clock import FixedClock
from tests.builders import PASSWORD
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
