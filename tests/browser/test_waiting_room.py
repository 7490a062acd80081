"""The page of the waiting room in a real browser: every call is announced, none twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import text

from loket.kit.clock import FixedClock
from tests.browser.conftest import House
from tests.builders import AFHALEN, EID, MONDAY_NINE
from tests.serving import Client

Sit = Callable[[str, str], Client]
SHOWN_MS = 6000
PATIENCE_MS = 30000

WATCH = """
window.announced = [];
window.said = [];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, 'speechSynthesis', { value: {
  getVoices: () => [{ lang: 'nl-BE' }, { lang: 'en-GB' }],
  speak(words) {
    window.said.push(`${words.lang} ${words.text}`);
    setTimeout(() => words.onend());
  },
}});
new MutationObserver((changes) => {
  for (const { target } of changes) {
    if (target.id === 'now' && target.classList.contains('called')) {
      const number = document.getElementById('number').textContent;
      const counter = document.getElementById('counter').textContent;
      const call = `${number} ${counter} ${target.dataset.call}`;
      if (window.announced.at(-1) !== call) window.announced.push(call);
    }
  }
}).observe(document, { subtree: true, attributes: true, attributeFilter: ['class'] });
"""
"""What was shown large as a call, and what was said aloud."""


NOTHING_CUT = """
() => document.documentElement.scrollHeight <= window.innerHeight &&
  [...document.querySelectorAll('#now, #number, #counter, #waits *, #message, footer')]
    .every((at) => at.scrollWidth <= at.clientWidth + 2 || !at.clientWidth)
"""


def announced(page: Page) -> list[str]:
    return [" ".join(call.split()[:-1]) for call in page.evaluate("window.announced")]


def let_pass(page: Page, milliseconds: int = SHOWN_MS + 2000) -> None:
    """Time in the page alone; what it fetches takes as long as it takes, so wait for that first."""
    for _ in range(milliseconds // 500):
        page.clock.run_for(500)


@pytest.fixture
def watched(page: Page, house: House) -> Page:
    """The page before it is paired. Its time stands still unless a test lets it pass."""
    page.clock.install(time=MONDAY_NINE)
    page.clock.pause_at(MONDAY_NINE + timedelta(hours=1))  # it goes on until then
    page.add_init_script(WATCH)
    page.goto(f"{house.url}/scherm")
    expect(page.locator("#pairing-code")).not_to_be_empty()
    return page


@pytest.fixture
def pair(watched: Page, sit: Sit) -> Callable[..., dict[str, Any]]:
    def pair_now(**more: Any) -> dict[str, Any]:
        code = watched.inner_text("#pairing-code")
        answer = sit("an", "loket-2").post("/displays", {"code": code, **more})
        assert answer.status_code == 201, answer.text
        watched.clock.run_for(2500)
        expect(watched.locator("#board")).to_be_visible()
        display: dict[str, Any] = answer.json()
        return display

    return pair_now


@pytest.fixture
def caught_up(watched: Page, sit: Sit) -> Callable[[], None]:
    """Wait until all that was done has reached the page: what is said after it stands there."""
    said = (f"Bericht {number}" for number in count(1))

    def wait() -> None:
        message = next(said)
        body = {"texts": {"nl": message}}
        answer = sit("an", "loket-2").put("/sites/site-stadhuis/message", body)
        assert answer.status_code == 200, answer.text
        expect(watched.locator("#message")).to_have_text(message)

    return wait


@pytest.fixture
def screen(watched: Page, pair: Callable[..., Any]) -> Page:
    pair()
    return watched


def test_a_call_stands_large_within_a_moment(screen: Page, sit: Sit) -> None:
    expect(screen.locator("#calm")).to_have_text("Welkom")
    sit("sofie", "onthaal-1").ticket(EID)
    sit("tom", "loket-3").call_next()
    expect(screen.locator("#number")).to_have_text("A001")
    expect(screen.locator("#counter")).to_have_text("Loket 3")
    assert announced(screen) == ["A001 Loket 3"]
    assert screen.inner_text("#clock") == "09:00", "the town's time, not the screen's"
    assert screen.inner_text("#date") == "maandag 16 maart"


def test_calls_in_the_same_moment_are_all_announced(
    screen: Page, sit: Sit, caught_up: Callable[[], None]
) -> None:
    welcome = sit("sofie", "onthaal-1")
    callers = [sit("tom", "loket-3"), sit("nele", "snel-1"), sit("tom", "loket-1")]
    for product in (EID, EID, AFHALEN):
        welcome.ticket(product)
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(Client.call_next, callers))
    caught_up()
    let_pass(screen, 3 * SHOWN_MS)
    expect(screen.locator("#earlier li")).to_have_count(2)
    shown = announced(screen)
    assert sorted(call.split()[0] for call in shown) == ["A001", "A002", "S001"]
    assert sorted(call.partition(" ")[2] for call in shown) == ["Loket 1", "Loket 3", "Snel 1"]


def test_each_call_stands_for_some_seconds_before_the_next(
    screen: Page, sit: Sit, caught_up: Callable[[], None]
) -> None:
    welcome, tom, nele = sit("sofie", "onthaal-1"), sit("tom", "loket-3"), sit("nele", "loket-1")
    welcome.ticket(EID)
    welcome.ticket(EID)
    tom.call_next()
    expect(screen.locator("#number")).to_have_text("A001")
    nele.call_next()
    caught_up()
    expect(screen.locator("#earlier li")).to_have_count(0)
    screen.clock.run_for(SHOWN_MS - 2000)
    assert announced(screen) == ["A001 Loket 3"]
    let_pass(screen, 4000)
    expect(screen.locator("#number")).to_have_text("A002")
    expect(screen.locator("#earlier li")).to_have_text("A001Loket 3")


def test_a_recall_is_announced_again_and_a_start_is_not(
    screen: Page, sit: Sit, caught_up: Callable[[], None]
) -> None:
    sit("sofie", "onthaal-1").ticket(EID)
    tom = sit("tom", "loket-3")
    ticket = tom.call_next()["called"]["ticket"]["id"]
    expect(screen.locator("#number")).to_have_text("A001")
    first = screen.get_attribute("#now", "data-call")
    assert tom.post(f"/tickets/{ticket}/recall").status_code == 200
    expect(screen.locator("#now")).not_to_have_attribute("data-call", first or "")
    let_pass(screen)
    assert announced(screen) == ["A001 Loket 3", "A001 Loket 3"]
    tom.post(f"/tickets/{ticket}/start")
    caught_up()
    let_pass(screen)
    assert len(announced(screen)) == 2


def test_a_call_that_is_taken_back_disappears(
    screen: Page, sit: Sit, caught_up: Callable[[], None]
) -> None:
    welcome, tom, nele = sit("sofie", "onthaal-1"), sit("tom", "loket-3"), sit("nele", "loket-1")
    welcome.ticket(EID)
    welcome.ticket(EID)
    tom.call_next()
    expect(screen.locator("#number")).to_have_text("A001")
    second = nele.call_next()["called"]["ticket"]["id"]
    caught_up()
    nele.post(f"/tickets/{second}/put-back")
    caught_up()
    let_pass(screen)
    assert announced(screen) == ["A001 Loket 3"], "it never had its turn"
    first = tom.get("/sites/site-stadhuis/board").json()["cards"][0]["ticket"]["id"]
    tom.post("/undo", {"ticket_id": first})
    expect(screen.locator("#calm")).to_be_visible()
    expect(screen.locator("#earlier li")).to_have_count(0)


def test_off_for_an_hour_it_catches_up_in_silence(
    screen: Page, sit: Sit, clock: FixedClock, house: House
) -> None:
    welcome, tom, nele = sit("sofie", "onthaal-1"), sit("tom", "loket-3"), sit("nele", "loket-1")
    for _ in range(5):
        welcome.ticket(EID)
    screen.goto("about:blank")
    believes = None
    for _ in range(3):
        clock.advance(minutes=15)
        called = tom.call_next(believes)["called"]["ticket"]["id"]
        clock.advance(minutes=5)
        tom.post(f"/tickets/{called}/start")
        believes = called
    nele.call_next()
    screen.goto(f"{house.url}/scherm")
    expect(screen.locator("#number")).to_have_text("A004")
    expect(screen.locator("#clock")).to_have_text("10:00")
    let_pass(screen)
    assert announced(screen) == ["A004 Loket 1"], "only who is called now; the hour is not replayed"
    expect(screen.locator("#earlier li b")).to_have_text(["A003", "A002", "A001"])


def test_the_server_goes_and_comes_back(
    screen: Page, sit: Sit, house: House, clock: FixedClock
) -> None:
    welcome, tom = sit("sofie", "onthaal-1"), sit("tom", "loket-3")
    for _ in range(2):
        welcome.ticket(EID)
    tom.call_next()
    expect(screen.locator("#number")).to_have_text("A001")
    clock.advance(minutes=101)
    tom.post("/sites/site-stadhuis/leases", {"count": 1})
    welcome.ticket(EID)  # an event, with the time of now
    expect(screen.locator("#clock")).to_have_text("10:41")
    house.close()
    expect(screen.locator("#away")).to_be_hidden()
    screen.clock.resume()  # it tries again when it has heard that the server went
    expect(screen.locator("#away-text")).to_have_text("Geen verbinding sinds 10:41")
    expect(screen.locator("#number")).to_have_text("A001")
    clock.advance(minutes=2)
    house.open()
    with house.store.reading() as reads:
        waiting = reads.scalar(text("SELECT count(*) FROM ticket WHERE state = 'waiting'"))
    assert waiting == 2
    nele = sit("nele", "loket-1")
    nele.call_next()
    expect(screen.locator("#away")).to_be_hidden(timeout=PATIENCE_MS)
    let_pass(screen)
    expect(screen.locator("#number")).to_have_text("A002")
    let_pass(screen)
    assert announced(screen) == ["A001 Loket 3", "A002 Loket 1"]


def test_a_revoked_display_shows_a_code_again_and_no_numbers(
    watched: Page, pair: Callable[..., Any], sit: Sit
) -> None:
    display = pair()
    sit("sofie", "onthaal-1").ticket(EID)
    sit("tom", "loket-3").call_next()
    expect(watched.locator("#number")).to_have_text("A001")
    sit("an", "loket-2").post(f"/displays/{display['id']}/revoke")
    watched.clock.resume()  # it asks when it has heard that its stream ended
    expect(watched.locator("#pairing")).to_be_visible(timeout=PATIENCE_MS)
    expect(watched.locator("#board")).to_be_hidden()


def test_it_speaks_the_languages_of_the_town(
    watched: Page, pair: Callable[..., Any], sit: Sit
) -> None:
    pair(speech=True, chime=True)
    sit("sofie", "onthaal-1").ticket(EID)
    sit("tom", "loket-3").call_next()
    expect(watched.locator("#number")).to_have_text("A001")
    let_pass(watched)
    assert watched.evaluate("window.said") == [
        "nl-BE Nummer A 1, Loket 3",
        "en-GB Number A 1, counter 3",
    ]


def test_nothing_is_cut_off_on_any_screen(screen: Page, sit: Sit, house: House) -> None:
    long = "Snelloket 2 – eerste verdieping rechts"
    with house.store.database.writers.begin() as connection:
        connection.execute(text(f"UPDATE counter SET name = '{long}' WHERE code = 'snel-1'"))
        connection.execute(text("UPDATE queue SET name = 'Vreemdelingenzaken en inburgering'"))
        connection.execute(text("UPDATE catalogue_version SET version = version + 1"))
    welcome, tom = sit("sofie", "onthaal-1"), sit("tom", "snel-1")
    welcome.ticket(AFHALEN)
    tom.call_next()
    expect(screen.locator("#counter")).to_have_text(long)
    for width, height in ((1920, 1080), (1280, 720), (3840, 2160), (1280, 800)):
        screen.set_viewport_size({"width": width, "height": height})
        screen.wait_for_function(NOTHING_CUT, polling=50, timeout=5000)


def test_a_visitor_who_is_made_ill_by_movement_sees_none(
    watched: Page, pair: Callable[..., Any], sit: Sit
) -> None:
    watched.emulate_media(reduced_motion="reduce")
    pair()
    sit("sofie", "onthaal-1").ticket(EID)
    sit("tom", "loket-3").call_next()
    expect(watched.locator("#now")).to_have_class("called")
    name = "getComputedStyle(document.getElementById('now')).animationName"
    assert watched.evaluate(name) == "none"


def test_without_a_touch_a_silent_screen_says_so(watched: Page, pair: Callable[..., Any]) -> None:
    pair()
    expect(watched.locator("#sound")).to_be_hidden()
