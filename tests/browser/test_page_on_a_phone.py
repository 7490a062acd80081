"""A visitor's own page on a phone, without a script."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import text

from tests.browser.conftest import House
from tests.builders import EID
from tests.serving import Client

Sit = Callable[[str, str], Client]
TOWN = "https://heidebeek.example"


@pytest.fixture(params=["light", "dark"])
def phone(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 390, "height": 844},
        color_scheme=request.param,
        java_script_enabled=False,
        is_mobile=True,
    )
    yield context.new_page()
    context.close()


def test_it_tells_where_to_go_and_fits(phone: Page, house: House, sit: Sit) -> None:
    with house.store.database.writers.begin() as connection:
        languages = """slip_languages = '["fr", "en", "de"]'"""
        connection.execute(text(f"UPDATE town SET public_address = '{TOWN}', {languages}"))
        connection.execute(text("UPDATE catalogue_version SET version = version + 1"))
    issued = sit("sofie", "onthaal-1").post("/tickets", {"visit": {}, "product_id": EID}).json()
    refused: list[str] = []
    phone.on("response", lambda answer: answer.ok or refused.append(answer.url))
    phone.goto(issued["page_address"].replace(TOWN, house.url))
    expect(phone.locator(".number")).to_have_text("A001")
    expect(phone.locator("h1")).to_have_text("U wacht op uw beurt")
    sit("tom", "loket-3").call_next()
    phone.reload()
    expect(phone.locator("h1")).to_have_text("U wordt verwacht aan Loket 3")
    phone.get_by_role("link", name="Français").click()
    expect(phone.locator("h1")).to_have_text("Vous êtes attendu au guichet 3")
    for box in (phone.locator("main").bounding_box(), phone.locator("nav").bounding_box()):
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    assert refused == []
