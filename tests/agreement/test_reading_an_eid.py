"""A card at a real desk with a real server: what is kept of it, and what is found nowhere."""

import logging
import re
import threading

import pytest
from sqlalchemy import text

from loket.desk.hardware import Hardware
from loket.devices.eid.errors import CardPulled, CardTooSlow, NoCardLibrary
from loket.devices.eid.reading import read_eid
from loket.link.errors import NotSignedIn
from loket.reports.rules.kinds import AnswerBy
from tests.desks import a_desk
from tests.eid_card import IDENTITY, NUMBER, eid
from tests.eid_readers import FakeReaders, PcscReaders, why_not
from ui.reports.taking.draft import Draft
from ui.reports.taking.sending import hand_in

WHY_NOT = why_not()
AWAY = "http://127.0.0.1:9"  # discard: nobody listens
SECRETS = (NUMBER, "592123456789", "Sint-Niklaas", "30 JUL")
"""Of the card, and no business of a report."""


def digits_and_letters(content):
    return re.sub(rb"[^0-9A-Za-z ]", b"", content)


def found_in(content):
    """The secrets in these bytes, also where dots and dashes stand between the digits."""
    plain = digits_and_letters(content)
    known = [digits_and_letters(secret.encode()) for secret in SECRETS]
    return [secret for secret in known if secret in plain or secret in content]


@pytest.fixture(params=["fake", "pcsc"])
def with_card(request, monkeypatch):
    """A desk's hardware with an eID in its reader."""
    if request.param == "fake":
        readers = FakeReaders()
        readers.insert(eid())
        yield Hardware(read_card=readers.read)
        return
    if WHY_NOT:
        pytest.skip(WHY_NOT)
    readers = PcscReaders()
    for name, value in readers.environment.items():
        monkeypatch.setenv(name, value)
    readers.insert(eid())
    yield Hardware(read_card=readers.read)
    readers.close()


def test_name_and_address_are_kept_and_nothing_else(
    open_desk, route, with_card, store, tmp_path, caplog
):
    caplog.set_level(logging.DEBUG)
    desk, _ = open_desk("onthaal-1", "sofie", hardware=with_card)
    holder = desk.read_eid()
    assert holder.name == "Émilie Zoë Van den Broeck-D'Hondt"
    assert holder.address == "Brusselsesteenweg 12 bus 3, 9000 Gent"
    person = {"name": holder.name, "address": holder.address, "from_card": True}
    draft = Draft().changed(text="Losse tegel", answer_by=AnswerBy.LETTER, **person)
    desk.reports.keep_draft(draft.model_dump_json())
    handed = hand_in(desk.reports, draft, [], [], on_paper=True)
    assert handed.answer.result.reporter.name == holder.name
    route.go(AWAY)
    waiting = Draft().changed(text="Nog een tegel", **person, email="e@example.be")
    hand_in(desk.reports, waiting, [], [], on_paper=False)
    assert found_in(repr(holder).encode() + caplog.text.encode()) == []
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert any(b"Brusselsesteenweg" in file.read_bytes() for file in files)
    assert [file.name for file in files if found_in(file.read_bytes())] == []
    kept = whole_database(store)
    assert "Brusselsesteenweg" in kept
    assert found_in(kept.encode()) == []


def whole_database(store):
    """Every row of every table as text: reports, journal, events and what goes out."""
    rows = []
    with store.database.readers.connect() as connection:
        if store.database.is_sqlite:
            asked = "SELECT name FROM sqlite_master WHERE type = 'table'"
        else:
            asked = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        for (table,) in connection.execute(text(asked)).all():
            rows += connection.execute(text(f'SELECT * FROM "{table}"')).all()
    return "\n".join(map(repr, rows))


def test_the_search_would_find_what_it_looks_for():
    number = f"{NUMBER[:2]}.{NUMBER[2:4]}.{NUMBER[4:6]}-{NUMBER[6:9]}.{NUMBER[9:]}"
    assert found_in(number.encode()) == [NUMBER.encode()]
    for tag in (6, 1, 11):
        assert found_in(f"x{IDENTITY[tag]}y".encode())


def test_a_desk_without_readers_says_so(open_desk):
    desk, _ = open_desk("onthaal-1", "sofie")
    with pytest.raises(NoCardLibrary):
        desk.read_eid()


def test_nobody_reads_a_card_before_signing_in(open_desk, with_card):
    desk, _ = open_desk("onthaal-1", hardware=with_card)
    with pytest.raises(NotSignedIn):
        desk.read_eid()


def test_a_refusal_reaches_the_caller_as_it_is(open_desk):
    readers = FakeReaders()
    readers.insert(eid(goes_at=5))
    desk, _ = open_desk("onthaal-1", "sofie", hardware=Hardware(read_card=readers.read))
    with pytest.raises(CardPulled):
        desk.read_eid()


@pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT)
def test_a_desk_that_is_closed_while_a_card_hangs_ends_the_reading(route, tmp_path, monkeypatch):
    readers = PcscReaders()
    for name, value in readers.environment.items():
        monkeypatch.setenv(name, value)
    readers.insert(eid(goes_at=2, hangs=True))
    begun, refused = threading.Event(), []

    def read(*, given_up):
        begun.set()
        return read_eid(seconds=600, given_up=given_up)

    def try_to(desk):
        with pytest.raises(CardTooSlow) as error:
            desk.read_eid()
        refused.append(error.value)

    hardware = Hardware(read_card=read)
    with a_desk("onthaal-1", tmp_path / "pc", whereabouts=route, hardware=hardware) as desk:
        desk.sign_in("sofie", "heidebeek")
        reading = threading.Thread(target=try_to, args=(desk,))
        reading.start()
        assert begun.wait(20)
    reading.join(60)
    assert not reading.is_alive()
    assert len(refused) == 1
    readers.close()
