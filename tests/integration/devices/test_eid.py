"""A card is read as it lies in the reader; what goes wrong has a name. Real service and fake."""

import re
from datetime import date

import pytest

from loket.devices.eid.contents import Document
from loket.devices.eid.errors import (
    CardPulled,
    CardTooSlow,
    CardUnreadable,
    NoCard,
    NoCardLibrary,
    NoCardReader,
    NoCardService,
    NotAnEid,
    SeveralCards,
)
from loket.devices.eid.reading import read_eid
from tests.eid_card import BANK_CARD, NUMBER, eid
from tests.eid_readers import FakeReaders, PcscReaders, why_not

WHY_NOT = why_not()
REAL = pytest.param(PcscReaders, marks=pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT), id="pcsc")


@pytest.fixture(params=[REAL, pytest.param(FakeReaders, id="fake")])
def plugged(request, monkeypatch):
    """Makes readers, as many as are asked for."""
    made = []

    def plug(readers):
        found = request.param(readers)
        made.append(found)
        for name, value in getattr(found, "environment", {}).items():
            monkeypatch.setenv(name, value)
        return found

    yield plug
    for readers in made:
        if isinstance(readers, PcscReaders):
            readers.close()


@pytest.fixture
def readers(plugged):
    return plugged(2)


def test_who_holds_it_and_where_they_live(readers):
    readers.insert(eid())
    card = readers.read()
    assert (card.given_names, card.surname) == ("Émilie Zoë", "Van den Broeck-D'Hondt")
    assert (card.street, card.postal_code, card.town) == (
        "Brusselsesteenweg 12 bus 3",
        "9000",
        "Gent",
    )
    assert (card.valid_from, card.valid_until) == (date(2024, 2, 1), date(2034, 2, 1))
    assert card.document is Document.BELGIAN


def test_the_same_card_twice_and_then_another(readers):
    readers.insert(eid())
    first = readers.read()
    assert readers.read() == first
    readers.pull()
    readers.insert(eid({7: "Peeters"}))
    assert readers.read().surname == "Peeters"


@pytest.mark.parametrize("length", [251, 252, 253, 504, 700])
def test_files_of_any_length_around_the_blocks(readers, length):
    card = eid()
    so_far = len(card.files["4031"]) + 2
    files = card.files | {"4031": card.files["4031"] + b"\x1b" + _long(length - so_far)}
    readers.insert(card.going(files=files))
    assert readers.read().given_names == "Émilie Zoë"


def _long(length):
    more, rest = divmod(max(length, 0), 255)
    return b"\xff" * more + bytes([rest]) + b"x" * max(length, 0)


def test_the_national_number_leaves_the_card_for_nowhere(readers, caplog):
    readers.insert(eid())
    card = readers.read()
    assert NUMBER not in re.sub(r"\D", "", repr(card) + str(vars(card)))
    assert NUMBER not in re.sub(r"\D", "", caplog.text)


def test_a_number_that_does_not_fit_is_no_card_to_believe(readers, caplog):
    readers.insert(eid({6: "85073003329"}))
    with pytest.raises(CardUnreadable) as refused:
        readers.read()
    assert "850730" not in re.sub(r"\D", "", repr(refused.value) + caplog.text)


def test_no_service(readers):
    readers.end_service()
    with pytest.raises(NoCardService):
        readers.read()


def test_no_reader(plugged):
    with pytest.raises(NoCardReader):
        plugged(0).read()


def test_no_card(readers):
    with pytest.raises(NoCard):
        readers.read()
    readers.insert(eid())
    readers.read()
    readers.pull()
    with pytest.raises(NoCard):
        readers.read()


def test_another_kind_of_card(readers):
    readers.insert(BANK_CARD)
    with pytest.raises(NotAnEid):
        readers.read()


def test_of_two_readers_the_one_with_a_card(readers):
    readers.insert(eid(), 1)
    assert readers.read().town == "Gent"


def test_of_two_cards_the_one_that_is_an_eid(readers):
    readers.insert(BANK_CARD, 0)
    readers.insert(eid(), 1)
    assert readers.read().town == "Gent"


def test_two_cards_of_which_none_or_both_are_meant(readers):
    readers.insert(eid(), 0)
    readers.insert(eid(), 1)
    with pytest.raises(SeveralCards):
        readers.read()
    for slot in (0, 1):
        readers.pull(slot)
        readers.insert(BANK_CARD, slot)
    with pytest.raises(NotAnEid):
        readers.read()


@pytest.mark.parametrize("command", [1, 3, 4, 8])
def test_pulled_out_in_the_middle(readers, command):
    readers.insert(eid(goes_at=command))
    with pytest.raises(CardPulled):
        readers.read()


def test_a_card_that_never_answers_is_given_up(readers):
    readers.insert(eid(goes_at=4, hangs=True))
    with pytest.raises(CardTooSlow):
        readers.read(seconds=1.5)


def test_nobody_waits_for_it_any_more(plugged):
    readers = plugged(2)
    readers.insert(eid(goes_at=1, hangs=True))
    with pytest.raises(CardTooSlow):
        readers.read(given_up=lambda: True)


def test_a_file_that_makes_no_sense(readers):
    readers.insert(eid().going(files={"4031": b"\x01\xff", "4033": b""}))
    with pytest.raises(CardUnreadable):
        readers.read()


# the process that reads


@pytest.fixture
def library(tmp_path, monkeypatch):
    """Puts another library in the place of pyscard."""

    def put(code):
        (tmp_path / "smartcard").mkdir()
        (tmp_path / "smartcard/__init__.py").write_text(code, encoding="utf-8")
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    return put


def test_a_machine_without_the_library_says_so(library):
    library("raise ModuleNotFoundError('smartcard')")
    with pytest.raises(NoCardLibrary):
        read_eid()


def test_a_library_that_falls_says_nothing_of_a_card(library, caplog):
    library(f"raise RuntimeError('{NUMBER} Peeters')")
    with pytest.raises(CardUnreadable) as refused:
        read_eid()
    assert "RuntimeError" in caplog.text
    assert NUMBER not in caplog.text + repr(refused.value)
    assert "Peeters" not in caplog.text + repr(refused.value)


def test_what_a_library_writes_by_the_way_is_no_answer(library):
    library("print('Failed to dlopen', end='')\nraise ImportError")
    with pytest.raises(NoCardLibrary):
        read_eid()
