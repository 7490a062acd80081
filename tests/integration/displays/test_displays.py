"""Screens of waiting rooms over HTTP: pairing, what they are shown, and how it ends."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from sqlalchemy import text

from loket.displays.rules import CODES_AT_ONCE, FRESH
from loket.kit.clock import FixedClock
from loket.kit.ids import new_id
from loket.store.work import Store
from tests.builders import AFHALEN, EID, LEEFLOON, OTHER_SITE, SITE
from tests.serving import Client

Sit = Callable[[str, str], Client]


class Screen:
    """A browser in a waiting room, without its page."""

    def __init__(self, url: str) -> None:
        self.url = f"{url}/scherm"
        self.http = requests.Session()

    def ask_code(self) -> str:
        answer = self.http.post(f"{self.url}/code", timeout=10)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["code"])

    def look(self) -> requests.Response:
        return self.http.get(f"{self.url}/picture", timeout=10)

    def shown(self) -> dict[str, Any]:
        answer = self.look()
        assert answer.status_code == 200, answer.text
        picture: dict[str, Any] = answer.json()
        return picture

    def calls(self) -> list[tuple[str, str, bool]]:
        return [
            (call["number"], call["counter"], call["waiting"]) for call in self.shown()["calls"]
        ]


@pytest.fixture
def open_screen(server: str) -> Iterator[Callable[[], Screen]]:
    opened: list[Screen] = []

    def open_one() -> Screen:
        opened.append(Screen(server))
        return opened[-1]

    yield open_one
    for screen in opened:
        screen.http.close()


@pytest.fixture
def supervisor(sit: Sit) -> Client:
    return sit("an", "loket-2")


@pytest.fixture
def screen(open_screen: Callable[[], Screen], supervisor: Client) -> Screen:
    paired = open_screen()
    pair(supervisor, paired.ask_code())
    return paired


def pair(client: Client, code: str, **more: Any) -> dict[str, Any]:
    answer = client.post("/displays", {"code": code, **more})
    assert answer.status_code == 201, answer.text
    display: dict[str, Any] = answer.json()
    return display


def test_a_screen_shows_a_code_until_a_supervisor_types_it(
    open_screen: Callable[[], Screen], supervisor: Client
) -> None:
    screen = open_screen()
    assert screen.look().status_code == 404
    code = screen.ask_code()
    assert screen.ask_code() == code, "the same one while it lasts"
    typed = f" {code[:3].lower()}-{code[3:]} "
    display = pair(supervisor, typed, name="Wachtzaal gelijkvloers")
    assert (display["site_id"], display["name"]) == (SITE, "Wachtzaal gelijkvloers")
    assert screen.shown()["site"] == "Stadhuis"
    assert screen.http.post(f"{screen.url}/code", timeout=10).status_code == 204
    listed = supervisor.get("/displays").json()["displays"]
    assert [each["id"] for each in listed] == [display["id"]]
    assert listed[0]["last_seen_at"] is not None


def test_the_secret_of_a_screen_is_out_of_reach_of_scripts_and_other_sites(
    open_screen: Callable[[], Screen],
) -> None:
    screen = open_screen()
    given = screen.http.post(f"{screen.url}/code", timeout=10).headers["Set-Cookie"]
    assert "HttpOnly" in given
    assert "SameSite=strict" in given
    assert "Path=/scherm" in given


def test_a_code_is_used_once_also_at_the_same_moment(
    open_screen: Callable[[], Screen], sit: Sit, store: Store
) -> None:
    colleagues = [sit("an", "loket-1"), sit("an", "loket-2")]
    for _ in range(2):
        body = {"code": open_screen().ask_code()}
        with ThreadPoolExecutor(2) as pool:
            asked = [pool.submit(who.post, "/displays", body) for who in colleagues]
        answers = [each.result() for each in asked]
        assert sorted(answer.status_code for answer in answers) == [201, 404]
    with store.reading() as connection:
        assert connection.scalar(text("SELECT count(*) FROM display")) == 2


def test_a_code_that_is_wrong_or_over_is_refused_and_guessing_is_slow(
    open_screen: Callable[[], Screen], supervisor: Client, clock: FixedClock
) -> None:
    code = open_screen().ask_code()
    clock.advance(minutes=10)
    refused = supervisor.post("/displays", {"code": code})
    assert (refused.status_code, refused.json()["code"]) == (404, "display.unknown_code")
    codes = [supervisor.post("/displays", {"code": "ABCDEF"}).json()["code"] for _ in range(8)]
    assert codes[0] == "display.unknown_code"
    assert codes[-1] == "display.too_many_codes"


def test_only_who_answers_for_the_waiting_room_pairs(
    open_screen: Callable[[], Screen], sit: Sit
) -> None:
    code = open_screen().ask_code()
    tom = sit("tom", "loket-1")
    for answer in (
        tom.post("/displays", {"code": code}),
        tom.post(f"/displays/{new_id()}/revoke"),
        put(tom, f"/displays/{new_id()}", {}),
        put(tom, f"/sites/{SITE}/message", {"texts": {"nl": "x"}}),
        tom.post(f"/sites/{SITE}/message/clear"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "staff.may_not")


def test_few_screens_wait_to_be_paired(store: Store, open_screen: Callable[[], Screen]) -> None:
    with store.database.writers.begin() as connection:
        for n in range(CODES_AT_ONCE):
            row = f"('C{n:05d}', 'h{n}', '2026-03-16 08:00:00+00', '2026-03-16 09:00:00+00')"
            connection.execute(text(f"INSERT INTO display_pairing VALUES {row}"))
    assert open_screen().http.post(f"{open_screen().url}/code", timeout=10).status_code == 429


def test_nothing_but_the_right_secret_opens_anything(
    screen: Screen, open_screen: Callable[[], Screen], supervisor: Client
) -> None:
    display = supervisor.get("/displays").json()["displays"][0]
    unpaired = open_screen()
    unpaired.ask_code()
    guessed = open_screen()
    guessed.http.cookies.set("loket_display", "x" * 43, path="/scherm")
    assert supervisor.post(f"/displays/{display['id']}/revoke").status_code == 200
    told = [
        (answer.status_code, answer.content, answer.headers["Content-Type"])
        for stranger in (screen, unpaired, guessed, open_screen())
        for answer in (stranger.look(), stranger.http.get(f"{stranger.url}/stream", timeout=10))
    ]
    assert set(told) == {(404, b"Niet gevonden.\n", "text/plain; charset=utf-8")}
    again = supervisor.post(f"/displays/{display['id']}/revoke")
    assert (again.status_code, again.json()["code"]) == (404, "display.unknown")


def test_a_revoked_display_hears_no_more_at_once(screen: Screen, supervisor: Client) -> None:
    with screen.http.get(f"{screen.url}/stream", stream=True, timeout=20) as stream:
        lines = stream.iter_lines()
        assert next(lines) == b"event: picture"
        display = supervisor.get("/displays").json()["displays"][0]
        supervisor.post(f"/displays/{display['id']}/revoke")
        rest = [line for line in lines if line.startswith(b"event")]
    assert rest == [], "the stream ended, and showed nothing more"


def test_calls_appear_move_on_and_disappear_when_they_are_taken_back(
    screen: Screen, sit: Sit
) -> None:
    welcome, tom, nele = sit("sofie", "onthaal-1"), sit("tom", "loket-1"), sit("nele", "loket-3")
    for _ in range(3):
        welcome.ticket(EID)
    assert screen.calls() == []
    first = tom.call_next()["called"]["ticket"]["id"]
    second = nele.call_next()["called"]["ticket"]["id"]
    assert sorted(screen.calls()) == [("A001", "Loket 1", True), ("A002", "Loket 3", True)]
    tom.post(f"/tickets/{first}/start")
    nele.post(f"/tickets/{second}/put-back")
    assert screen.calls() == [("A001", "Loket 1", False)]
    tom.post(f"/tickets/{first}/finish")
    assert screen.calls() == [("A001", "Loket 1", False)], "it stays among the earlier calls"
    tom.post("/undo", {"ticket_id": first})
    tom.post("/undo", {"ticket_id": first})
    tom.post("/undo", {"ticket_id": first})
    assert screen.calls() == []


def test_a_recall_is_another_call_and_an_old_one_is_not_announced(
    screen: Screen, sit: Sit, clock: FixedClock
) -> None:
    sit("sofie", "onthaal-1").ticket(EID)
    tom = sit("tom", "loket-1")
    ticket = tom.call_next()["called"]["ticket"]["id"]
    (first,) = screen.shown()["calls"]
    assert first["fresh"]
    clock.advance(seconds=FRESH.total_seconds())
    (old,) = screen.shown()["calls"]
    assert (old["key"], old["fresh"]) == (first["key"], False)
    tom.post(f"/tickets/{ticket}/recall")
    (again,) = screen.shown()["calls"]
    assert again["key"] != first["key"]
    assert again["fresh"]
    assert [said["text"] for said in again["spoken"]] == [
        "Nummer A 1, Loket 1",
        "Number A 1, counter 1",
    ]


def test_no_name_no_note_and_no_product_reaches_a_waiting_room(screen: Screen, sit: Sit) -> None:
    visit = {"visitor_name": "Marleen De Smedt", "note": "schulden"}
    sit("sofie", "onthaal-1").ticket(LEEFLOON, visit=visit)
    sit("tom", "sociaal-1").call_next()
    answer = screen.look()
    assert answer.json()["calls"][0]["number"] == "W001"
    for secret in ("Marleen", "schulden", "Leefloon", LEEFLOON, "Steun"):
        assert secret not in answer.text
    queues = [wait["queue"] for wait in answer.json()["waits"]]
    assert queues == ["Burgerzaken", "Snelloket", "Sociaal Huis"], "by their public names"


def test_waits_are_of_queues_that_somebody_serves(screen: Screen, sit: Sit) -> None:
    welcome = sit("sofie", "onthaal-1")
    for _ in range(3):
        welcome.ticket(AFHALEN)
    assert [wait["queue"] for wait in screen.shown()["waits"]] == ["Burgerzaken", "Snelloket"]
    sit("tom", "snel-1")
    snel = screen.shown()["waits"][1]
    assert snel["queue"] == "Snelloket"
    assert 0 < snel["minutes"] < 15, "3 of 2 minutes at 2 counters"


def test_a_closed_site_says_when_it_opens(screen: Screen, sit: Sit, clock: FixedClock) -> None:
    clock.advance(hours=9)
    picture = screen.shown()
    assert picture["closed"]["nl"] == "Weer open op dinsdag 17 maart om 09:00"
    assert picture["waits"] == []
    clock.advance(hours=15)  # tomorrow at nine
    assert screen.shown()["closed"] is None


def test_who_still_waits_after_closing_is_not_told_it_is_closed(
    screen: Screen, sit: Sit, clock: FixedClock
) -> None:
    sit("sofie", "onthaal-1").ticket(EID)
    clock.advance(hours=9)
    picture = screen.shown()
    assert picture["closed"] is None
    assert picture["waits"] == [], "no tickets are given any more"


def put(client: Client, path: str, body: Any) -> requests.Response:
    keyed = {"Idempotency-Key": new_id()}
    return client.http.put(client.url + path, json=body, headers=keyed, timeout=10)


def test_a_message_holds_from_and_until(
    screen: Screen, supervisor: Client, clock: FixedClock
) -> None:
    usual = screen.shown()["message"]
    assert usual["nl"].startswith("Houd uw identiteitskaart klaar")
    until = "2026-03-16T09:00:00+00:00"
    body = {"texts": {"nl": "Lift stuk", "en": "Lift broken"}, "until_at": until}
    said = put(supervisor, f"/sites/{SITE}/message", body)
    assert said.status_code == 200, said.text
    assert screen.shown()["message"] == {"nl": "Lift stuk", "en": "Lift broken"}
    clock.advance(hours=1)
    assert screen.shown()["message"] == usual
    put(supervisor, f"/sites/{SITE}/message", {"texts": {"nl": "Tot straks"}})
    assert screen.shown()["message"] == {"nl": "Tot straks"}
    assert supervisor.get(f"/sites/{SITE}/message").json()["message"]["texts"]["nl"] == "Tot straks"
    cleared = supervisor.post(f"/sites/{SITE}/message/clear")
    assert cleared.json() == {"site_id": SITE, "message": None}
    assert supervisor.post(f"/sites/{SITE}/message/clear").status_code == 200, "twice is once"
    assert screen.shown()["message"] == usual


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"texts": {"fr": "Ascenseur en panne"}}, "display.message_needs_dutch"),
        ({"texts": {"nl": "x"}, "until_at": "2026-03-16T07:00:00Z"}, "display.message_order"),
        ({"texts": {"nl": "x" * 121}}, "request.malformed"),
        ({"texts": {"pl": "x", "nl": "x"}}, "request.malformed"),
        ({"texts": {"nl": "a\nb"}}, "request.malformed"),
    ],
)
def test_a_message_that_cannot_be(supervisor: Client, body: Any, code: str) -> None:
    refused = put(supervisor, f"/sites/{SITE}/message", body)
    assert (refused.status_code, refused.json()["code"]) == (422, code)


def test_messages_set_at_the_same_moment_leave_one(sit: Sit, store: Store) -> None:
    colleagues = [sit("an", desk) for desk in ("loket-1", "loket-2", "loket-3")]
    for _ in range(3):
        with ThreadPoolExecutor(3) as pool:
            answers = list(
                pool.map(
                    lambda who: put(who, f"/sites/{SITE}/message", {"texts": {"nl": who.counter}}),
                    colleagues,
                )
            )
        assert {answer.status_code for answer in answers} <= {200, 409}
        assert 200 in {answer.status_code for answer in answers}
        assert {answer.json()["code"] for answer in answers if answer.status_code == 409} <= {
            "display.message_set_meanwhile"
        }
    with store.reading() as connection:
        current = "SELECT count(*) FROM site_message WHERE cleared_at IS NULL"
        assert connection.scalar(text(current)) == 1


def test_a_display_of_another_site_shows_that_site(
    open_screen: Callable[[], Screen], supervisor: Client, sit: Sit
) -> None:
    there = open_screen()
    pair(supervisor, there.ask_code(), site_id=OTHER_SITE)
    sit("sofie", "onthaal-1").ticket(EID)
    sit("tom", "loket-1").call_next()
    picture = there.shown()
    assert (picture["site"], picture["calls"], picture["waits"]) == ("Kortbeek", [], [])
    refused = supervisor.post("/displays", {"code": open_screen().ask_code(), "site_id": "nowhere"})
    assert refused.json()["code"] == "catalogue.unknown_site"


def test_details_of_a_display_are_changed(screen: Screen, supervisor: Client) -> None:
    display = supervisor.get("/displays").json()["displays"][0]
    changed = put(
        supervisor,
        f"/displays/{display['id']}",
        {"name": "Hal", "chime": False, "speech": True},
    )
    assert changed.status_code == 200
    picture = screen.shown()
    assert (picture["name"], picture["chime"], picture["speech"]) == ("Hal", False, True)


def test_the_page_is_strict(server: str) -> None:
    for path in ("/scherm", "/scherm/files/display.js", "/letters/LoketSans-Bold.ttf"):
        answer = requests.get(server + path, timeout=10)
        assert answer.status_code == 200
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
    page = requests.get(f"{server}/scherm", timeout=10).text
    assert "<style" not in page
    assert "style=" not in page
    assert page.count("<script") == page.count('<script type="module" src=') == 1
    for elsewhere in ("/scherm/files/..%2frules.py", "/letters/cut.stamp", "/letters/OFL.txt"):
        assert requests.get(server + elsewhere, timeout=10).status_code in {404, 422}
