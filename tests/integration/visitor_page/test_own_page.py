"""A visitor's own page: where their number stands, in their language, for nobody else."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import requests
from sqlalchemy import text

from loket.kit.clock import FixedClock
from loket.store.work import Store
from tests.builders import EID, LEEFLOON
from tests.serving import Client

Sit = Callable[[str, str], Client]


@pytest.fixture(autouse=True)
def public_town(store: Store) -> None:
    with store.database.writers.begin() as connection:
        address = "public_address = 'https://heidebeek.example/'"
        languages = """slip_languages = '["fr", "en", "de"]'"""
        connection.execute(text(f"UPDATE town SET {address}, {languages}"))
        connection.execute(text("UPDATE catalogue_version SET version = version + 1"))


def issue(desk: Client, product: str = EID, **visit: Any) -> tuple[str, str]:
    """Id of the ticket, and the path of its page."""
    issued = desk.post("/tickets", {"visit": visit, "product_id": product}).json()
    address = issued["page_address"]
    assert re.fullmatch(r"https://heidebeek\.example/t/[A-Za-z0-9_-]{22}", address)
    return issued["ticket"]["id"], address.removeprefix("https://heidebeek.example")


def look(server: str, path: str) -> requests.Response:
    return requests.get(server + path, timeout=10)


def said(server: str, path: str) -> list[str]:
    """Head and lines of the page's message."""
    answer = look(server, path)
    assert answer.status_code == 200, answer.text
    section = answer.text.partition("<section")[2].partition("</section>")[0]
    return re.findall(r"<(?:h1|p)>([^<]*)<", section)


def test_the_page_follows_the_ticket(sit: Sit, server: str, clock: FixedClock) -> None:
    welcome, tom = sit("sofie", "onthaal-1"), sit("tom", "loket-3")
    issue(welcome)
    ticket, page = issue(welcome)
    told = said(server, page)
    assert told[:2] == ["U wacht op uw beurt", "1 bezoeker voor u"]
    assert told[2].startswith("Waarschijnlijk nog")
    first = tom.call_next()["called"]["ticket"]["id"]
    assert said(server, page)[1] == "Niemand wacht voor u"
    tom.post(f"/tickets/{first}/start")
    clock.advance(minutes=5)
    tom.call_next(first)
    assert said(server, page) == ["U wordt verwacht aan Loket 3", "Opgeroepen om 09:05"]
    tom.post(f"/tickets/{ticket}/start")
    assert said(server, page) == ["U wordt geholpen", "Loket 3"]
    assert 'http-equiv="refresh" content="20"' in look(server, page).text
    tom.post(f"/tickets/{ticket}/finish")
    assert said(server, page)[0] == "Uw bezoek aan het loket is afgerond"
    assert "refresh" not in look(server, page).text, "nothing will change any more"


def test_absent_and_withdrawn(sit: Sit, server: str) -> None:
    welcome, tom = sit("sofie", "onthaal-1"), sit("tom", "loket-3")
    absent, page = issue(welcome)
    tom.call_next()
    tom.post(f"/tickets/{absent}/no-show")
    assert said(server, page)[1] == "Meld u aan het onthaal."
    gone, other = issue(welcome)
    welcome.post(f"/tickets/{gone}/withdraw")
    assert said(server, other)[0] == "Dit ticket is niet meer geldig"


def test_nobody_serves_it_yet(sit: Sit, server: str) -> None:
    _ticket, page = issue(sit("sofie", "onthaal-1"))
    assert said(server, page)[2] == "Er is hiervoor nog geen loket open"


@pytest.mark.parametrize(
    ("language", "head"),
    [
        ("fr", "Vous êtes attendu au guichet 3"),
        ("de", "Sie werden am Schalter 3 erwartet"),
        ("en", "You are expected at the counter 3"),
        ("nl", "U wordt verwacht aan Loket 3"),
    ],
)
def test_it_speaks_the_language_of_the_visit_and_others_by_a_link(
    sit: Sit, server: str, language: str, head: str
) -> None:
    _ticket, page = issue(sit("sofie", "onthaal-1"), language=language)
    sit("tom", "loket-3").call_next()
    assert said(server, page)[0] == head
    assert f'<html lang="{language}">' in look(server, page).text
    assert said(server, f"{page}?taal=nl")[0] == "U wordt verwacht aan Loket 3"
    assert said(server, f"{page}?taal=pl")[0] == head, "a language that the town does not offer"
    assert said(server, f"{page}?taal=%22><b>")[0] == head


def test_nothing_personal_and_nothing_confidential_stands_on_it(sit: Sit, server: str) -> None:
    visitor = {"visitor_name": "Marleen De Smedt", "note": "schulden", "priority": "mobility"}
    _ticket, page = issue(sit("sofie", "onthaal-1"), LEEFLOON, **visitor)
    answer = look(server, page)
    for secret in ("Marleen", "schulden", "Leefloon", "Sociaal", "mobil"):
        assert secret not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "<script" not in answer.text
    assert "Set-Cookie" not in answer.headers


def test_names_of_the_town_cannot_become_markup(sit: Sit, server: str, store: Store) -> None:
    with store.database.writers.begin() as connection:
        connection.execute(text("UPDATE site SET name = '<b>Stadhuis & co</b>'"))
        connection.execute(text("UPDATE catalogue_version SET version = version + 1"))
    _ticket, page = issue(sit("sofie", "onthaal-1"))
    assert "&lt;b&gt;Stadhuis &amp; co&lt;/b&gt;" in look(server, page).text


def plain(answer: requests.Response) -> tuple[int, bytes, str]:
    return answer.status_code, answer.content, answer.headers["Content-Type"]


def test_unknown_over_and_impossible_tokens_are_all_the_same(
    sit: Sit, server: str, clock: FixedClock
) -> None:
    welcome = sit("sofie", "onthaal-1")
    ticket, page = issue(welcome)
    welcome.post(f"/tickets/{ticket}/withdraw")
    clock.advance(days=1, hours=14)  # 23:00 of the day after
    assert look(server, page).status_code == 200
    clock.advance(hours=1)
    nothing = plain(look(server, page))
    assert nothing == (404, b"Niet gevonden.\n", "text/plain; charset=utf-8")
    for token in ("A" * 22, "x", "A" * 21 + "%00", "A" * 500, ticket):
        assert plain(look(server, f"/t/{token}")) == nothing


def test_a_ticket_that_nobody_ended_is_over_too(sit: Sit, server: str, clock: FixedClock) -> None:
    _ticket, page = issue(sit("sofie", "onthaal-1"))
    clock.advance(days=2)
    assert look(server, page).status_code == 404


def test_guessing_becomes_slow_and_following_does_not(sit: Sit, server: str) -> None:
    _ticket, page = issue(sit("sofie", "onthaal-1"))
    assert {look(server, page).status_code for _ in range(30)} == {200}
    guesses = [look(server, f"/t/{n:022d}") for n in range(15)]
    assert [each.status_code for each in guesses][:5] == [404] * 5
    refused = guesses[-1]
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) >= 1


def test_each_ticket_has_a_token_of_its_own_and_a_twin_the_same(sit: Sit) -> None:
    welcome = sit("sofie", "onthaal-1")
    pages = {issue(welcome)[1] for _ in range(5)}
    assert len(pages) == 5
    body = {"visit": {}, "product_id": EID}
    twins = [welcome.post("/tickets", body, key="the-same-key").json() for _ in range(2)]
    assert twins[0]["page_address"] == twins[1]["page_address"]


def test_a_town_without_an_address_gives_no_page(sit: Sit, store: Store) -> None:
    with store.database.writers.begin() as connection:
        connection.execute(text("UPDATE town SET public_address = ''"))
        connection.execute(text("UPDATE catalogue_version SET version = version + 1"))
    issued = sit("sofie", "onthaal-1").post("/tickets", {"visit": {}, "product_id": EID}).json()
    assert issued["page_address"] == ""


def test_a_ticket_of_yesterdays_number_keeps_its_own_page(
    sit: Sit, server: str, clock: FixedClock
) -> None:
    welcome = sit("sofie", "onthaal-1")
    ticket, page = issue(welcome)
    welcome.post(f"/tickets/{ticket}/withdraw")
    clock.advance(hours=1)
    clock.moment += timedelta(hours=23)
    _today, other = issue(sit("sofie", "onthaal-1"))
    assert said(server, page)[0] == "Dit ticket is niet meer geldig"
    assert said(server, other)[0] == "U wacht op uw beurt"
