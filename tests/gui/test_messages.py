"""Outgoing messages at a desk: the list, what is done about them, the texts and their example."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt

from loket.channels.faults import SendFault
from loket.correspondence.rules import FIELDS, MessageChannel, MessageKind, MessageState
from loket.kit.clock import FixedClock
from loket.link.errors import Unreachable
from tests.gui import town
from tests.gui.letters import Post, message
from ui.admin.messages import faces
from ui.admin.messages.screen import TEXTS, MessagesScreen
from ui.admin.messages.state import Phase, Pile
from ui.admin.messages.templates_view_model import TemplatesViewModel
from ui.admin.messages.view_model import MessagesViewModel

FAILED, WAITING = MessageState.FAILED, MessageState.WAITING


@pytest.fixture
def post():
    return Post(
        message("an"),
        message("bert", channel=MessageChannel.SMS),
        message("cis", FAILED, fault="recipient_refused"),
        message("dora", FAILED, fault="busy", attempts=20),
        message("els", FAILED, fault="unreachable", hidden=True, recipient="", title="", text=""),
        message("fons", MessageState.IN_DOUBT, fault="uncertain"),
    )


@pytest.fixture
def desk(post):
    return SimpleNamespace(clock=FixedClock(town.NOW), correspondence=post)


@pytest.fixture
def model(desk, tasks, nl):
    made = MessagesViewModel(desk, tasks, nl)
    made.open()
    yield made
    made.deleteLater()


@pytest.fixture
def texts(desk, tasks, nl):
    made = TemplatesViewModel(desk, tasks, nl)
    made.show_catalogue(town.CATALOGUE)
    made.open()
    yield made
    made.deleteLater()


@pytest.fixture
def screen(model, texts, nl, qtbot):
    made = MessagesScreen(model, texts, nl)
    qtbot.addWidget(made)
    made.resize(1192, 736)
    made.show()
    return made


def heard(model):
    said = []
    model.said.connect(lambda told: said.append(told.text))
    return said


# the list


def test_it_opens_with_what_waits_and_counts_what_asks_attention(model):
    state = model.state
    assert [row.title for row in state.rows] == ["an@burger.example", "0470 12 34 56"]
    assert dict(state.counts) == {
        Pile.WAITING: 2,
        Pile.PLANNED: 0,
        Pile.FAILED: 3,
        Pile.IN_DOUBT: 1,
    }
    assert state.shown.key == "an"
    assert "Beste An Peeters" in state.shown.text


def test_a_reminder_of_next_week_is_planned_and_waits_for_nothing(model, post):
    ahead = {"kind": MessageKind.APPOINTMENT_REMINDER, "due_at": town.NOW + timedelta(days=6)}
    post.kept["gust"] = message("gust", next_try_at=ahead["due_at"], **ahead)
    model.refresh()
    assert "gust" not in [row.key for row in model.state.rows]
    counts = dict(model.state.counts)
    assert (counts[Pile.WAITING], counts[Pile.PLANNED]) == (2, 1)
    model.choose_filter(Pile.PLANNED)
    assert [row.key for row in model.state.rows] == ["gust"]
    assert (model.state.shown.state, model.state.shown.tone) == ("Gepland", "done")


def test_each_failure_says_what_to_do(model):
    model.choose_filter(Pile.FAILED)
    model.choose("cis")
    assert "Vraag het juiste" in model.state.shown.reason
    model.choose("dora")
    assert "drie dagen" in model.state.shown.reason
    assert "20 keer" in next(row.detail for row in model.state.rows if row.key == "dora")


def test_what_a_desk_may_not_read_it_cannot_send_elsewhere(model, post):
    model.choose_filter(Pile.FAILED)
    model.choose("els")
    shown = model.state.shown
    assert (shown.may_redirect, shown.may_send, shown.recipient) == (False, True, "")
    model.send_again("ik@elders.example")
    assert post.sent == [("els", None)]


def test_sending_again_goes_to_the_address_that_was_typed(model, post):
    model.choose_filter(Pile.FAILED)
    said = heard(model)
    model.choose("cis")
    model.send_again(" cis@burger.example ")
    model.choose_filter(Pile.FAILED)
    model.choose("dora")
    model.send_again("dora2@burger.example")
    assert post.sent == [("cis", None), ("dora", "dora2@burger.example")]
    assert len(said) == 2
    assert [row.key for row in model.state.rows] == ["els"]


def test_withdrawing_is_asked_twice(model, post):
    model.withdraw()
    assert model.state.confirming
    assert post.kept["an"].state is WAITING
    model.keep()
    assert not model.state.confirming
    model.withdraw()
    model.withdraw()
    assert post.kept["an"].state is MessageState.WITHDRAWN
    assert model.state.shown.key == "bert"


def test_a_question_is_forgotten_with_another_message(model):
    model.withdraw()
    model.choose("bert")
    assert not model.state.confirming


def test_pressing_twice_sends_once(model, post, tasks):
    model.choose_filter(Pile.FAILED)
    tasks.hold()
    model.send_again("")
    model.send_again("")
    tasks.release()
    assert len(post.sent) == 1


def test_pages_follow_one_another(model, post):
    post.kept = {f"m{n}": message(f"m{n}") for n in range(120)}
    model.refresh()
    assert (len(model.state.rows), model.state.more) == (50, True)
    model.show_more()
    model.show_more()
    assert (len(model.state.rows), model.state.more) == (120, False)
    model.show_more()
    assert len(model.state.rows) == 120


def test_a_change_shows_itself_and_the_chosen_one_stays(model, post):
    model.choose("bert")
    post.kept["nieuw"] = message("nieuw")
    model.message_changed()
    assert len(model.state.rows) == 3
    assert model.state.chosen == "bert"


def test_many_changes_at_once_are_read_twice_at_most(model, post, tasks):
    before = len(post.asked)
    tasks.hold()
    for _ in range(100):
        model.message_changed()
    tasks.release()
    assert len(post.asked) - before <= 2
    model.close()
    model.message_changed()
    assert len(post.asked) - before <= 2


def test_a_change_keeps_the_pages_that_were_read(model, post):
    post.kept = {f"m{n}": message(f"m{n}") for n in range(120)}
    model.refresh()
    model.show_more()
    model.choose("m77")
    model.message_changed()
    assert (len(model.state.rows), model.state.chosen) == (100, "m77")


def test_without_a_server_it_says_so_and_keeps_what_it_has(desk, post, tasks, nl, model):
    post.fail = Unreachable(sent=False)
    model.refresh()
    assert (model.state.phase, len(model.state.rows)) == (Phase.SHOWN, 2)
    fresh = MessagesViewModel(desk, tasks, nl)
    fresh.open()
    assert fresh.state.phase is Phase.FAILED
    assert fresh.state.problem
    model.send_again("")
    assert model.state.wrong
    assert not model.state.busy
    fresh.deleteLater()


def test_who_signs_in_sees_nothing_of_the_former_one(model, tasks):
    tasks.hold()
    model.refresh()
    model.begin()
    tasks.release()
    assert (model.state.rows, model.state.shown) == ((), None)


# the screen


def test_the_screen_renders_every_state(screen, model, post):
    page = screen.post_page
    assert page.filters[Pile.WAITING].text() == "Wachtend 2"
    for pile in Pile:
        page.filters[pile].click()
        assert page.filters[pile].isChecked()
        assert page.list.messages.rowCount() == len(model.state.rows)
    post.kept = {}
    model.refresh()
    assert model.state.shown is None


def test_arrows_choose_a_message(screen, model, qtbot):
    page = screen.post_page
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert model.state.chosen == "bert"
    assert page.detail.to.edit.text() == "0470 12 34 56"
    assert page.detail.send.text() == "Nu sturen"


def test_what_is_typed_as_address_stays_when_the_list_changes(screen, model, post, qtbot):
    page = screen.post_page
    page.filters[Pile.FAILED].click()
    page.detail.to.edit.setText("beter@burger.example")
    model.message_changed()
    assert page.detail.to.edit.text() == "beter@burger.example"
    page.detail.send.click()
    assert post.sent == [("cis", "beter@burger.example")]


def test_every_control_has_a_name(screen, qtbot):
    from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit

    screen.tabs._choose(TEXTS)
    kinds = (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit)
    controls = [each for kind in kinds for each in screen.findChildren(kind)]
    nameless = [each for each in controls if not each.accessibleName() and each.focusPolicy()]
    assert [
        type(each).__name__ for each in nameless if each.objectName() != "qt_spinbox_lineedit"
    ] == []


def test_without_the_right_there_are_no_templates(model, nl, qtbot):
    made = MessagesScreen(model, None, nl)
    qtbot.addWidget(made)
    made.show()
    assert not made.tabs.isVisible()


# the texts


def typed(texts, text, title="Tot {dag}"):
    texts.type_text(title, text)


def test_the_usual_text_and_its_example(texts):
    state = texts.state
    assert state.title == "Uw afspraak op {dag} om {uur}"
    assert state.example.title == "Uw afspraak op dinsdag 24 maart om 10:15"
    assert (state.standing, state.usual, state.changed) == ("Standaardtekst", True, False)
    assert "reden" not in dict(state.fields)


def test_each_key_shows_what_it_would_be(texts):
    typed(texts, "Dag {naam}")
    assert texts.state.example.text == "Dag An Peeters"
    assert texts.state.changed
    typed(texts, "Dag {nam}")
    assert "nam" in texts.state.wrong
    assert texts.state.example.text == "Dag An Peeters"
    texts.keep()
    assert texts.state.usual
    typed(texts, "Dag {naam}!")
    assert not texts.state.wrong


def test_a_text_is_kept_and_given_up(texts, post):
    said = heard(texts)
    typed(texts, "Dag {naam}")
    texts.keep()
    assert texts.state.standing.startswith("Eigen tekst")
    assert (texts.state.text, texts.state.changed) == ("Dag {naam}", False)
    typed(texts, "Hallo {naam}")
    texts.keep()
    assert next(iter(post.texts.values())).version == 2
    texts.reset()
    assert (post.texts, texts.state.usual) == ({}, True)
    assert len(said) == 3


def test_a_product_may_have_its_own(texts, post):
    product = town.CATALOGUE.products[0].id
    texts.choose(product=product)
    typed(texts, "Voor dit product")
    texts.keep()
    assert texts.state.own == {product}
    texts.choose(product="")
    assert texts.state.text.startswith("Beste")
    texts.choose(product=product)
    assert texts.state.text == "Voor dit product"


def test_a_text_message_says_how_many_it_takes(texts):
    texts.choose(channel="sms", kind=str(MessageKind.APPOINTMENT_REMINDER))
    assert texts.state.example.length == "1 sms"
    texts.type_text("", "ë" * 71)
    assert texts.state.example.length == "2 sms'en"


def test_what_is_typed_is_let_go_with_another_text(texts):
    typed(texts, "Dag {naam}")
    texts.choose(language="fr")
    texts.choose(language="nl")
    assert not texts.state.changed
    assert texts.state.text.startswith("Beste")


def test_a_colleague_was_first(texts, post):
    typed(texts, "Van een collega")
    texts.keep()
    typed(texts, "Van mij")
    key, theirs = next(iter(post.texts.items()))
    post.texts[key] = theirs.model_copy(update={"version": 5, "text": "Toch anders"})
    texts.keep()
    assert "collega" in texts.state.wrong
    texts.keep()
    assert post.texts[key].text == "Van mij"


def test_a_field_is_put_in_the_text(screen, texts, qtbot):
    screen.tabs._choose(TEXTS)
    page = screen.texts_page
    page.text.setPlainText("")
    page._on_field("naam")
    assert page.text.toPlainText() == "{naam}"
    assert texts.state.example.text == "An Peeters"
    page.keep.click()
    assert texts.state.text == "{naam}"
    page.channel._choose("sms")
    assert not page.title.isVisible()
    assert page.text.toPlainText() == texts.state.text


@pytest.mark.parametrize("state", MessageState)
@pytest.mark.parametrize("fault", ["", "expired", *SendFault])
def test_whatever_happens_to_a_message_can_be_said(nl, state, fault):
    said = faces.shown_of(nl, message("an", state, fault=str(fault)), town.NOW)
    assert said.state
    assert bool(said.reason) is (
        fault == "expired"
        or (bool(fault) and state not in {MessageState.SENT, MessageState.WITHDRAWN})
    )


@pytest.mark.parametrize("kind", MessageKind)
def test_every_kind_and_field_has_a_name(nl, kind):
    assert faces.row_of(nl, message("an", kind=kind), town.NOW).detail
    assert all(nl(faces.FIELDS[field]) for field in FIELDS[kind])
