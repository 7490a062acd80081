"""Beheer, Meldingen: rules of dispatch, terms, categories, ready replies and parties outside."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QTableView, QWidget

from loket.catalogue.search import ProductIndex
from loket.desk.errors import NoTownMap
from loket.desk.facts import ArrangementsChanged
from loket.kit.clock import FixedClock
from loket.link.errors import Unreachable
from loket.reports.rules.kinds import ReportKind
from loket.reports.rules.replies import FIELDS, FILLED
from loket.reports.rules.terms import Counting
from loket.staff.rules import Permission
from tests.gui import reports_town, town
from tests.gui.arranged_town import ArrangingOffice, Taken, a_category, a_reply
from ui.admin.reports.replies.faces import FIELD_NAMES
from ui.admin.reports.state import NEW, Phase
from ui.admin.screen import AdminScreen
from ui.admin.sections import SECTIONS, SectionId
from ui.admin.view_model import AdminViewModel
from ui.core.actions import ActionId
from ui.core.directory import Directory
from ui.reports.following.drafts import facts_of

OURS = tuple(section for section in SECTIONS if section.needs == Permission.ARRANGE_REPORTS)
CONTROLS = (QAbstractButton, QAbstractSpinBox, QComboBox, QTableView)
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def office():
    return ArrangingOffice()


@pytest.fixture
def model(office, tasks, nl):
    geography = SimpleNamespace(quarters=lambda: ("Centrum", "Noord"))
    desk = SimpleNamespace(clock=FixedClock(town.NOW), arranging=office, geography=geography)
    made = AdminViewModel(desk, tasks, nl, OURS)
    made.desk = desk
    made.show_catalogue(Directory(town.CATALOGUE, town.SITE), ProductIndex(town.CATALOGUE))
    made.begin(SimpleNamespace(user=SimpleNamespace(permissions=[Permission.ARRANGE_REPORTS])))
    made.open()
    yield made
    made.deleteLater()


@pytest.fixture
def said(model):
    heard = []
    model.said.connect(lambda message: heard.append(message.text))
    return heard


@pytest.fixture
def screen(model, nl, qtbot):
    made = AdminScreen(model, nl)
    qtbot.addWidget(made)
    made.resize(1192, 744)
    made.show()
    return made


@pytest.fixture
def opened(model, screen):
    """Open a section: its room and its widget."""

    def open_one(section):
        model.choose(section)
        screen._render(model.state)
        return model.rooms[section], screen.pages.currentWidget()

    return open_one


# dispatch


def test_rules_are_read_in_words_with_what_they_would_have_done(opened):
    room, page = opened(SectionId.DISPATCH)
    first, second = room.state.lines
    assert (first.title, first.goal) == ("klacht", "Omgeving")
    assert first.effect == "vorige maand 12 meldingen, 5 gingen elders heen"
    assert second.title == "Voetpad – losse tegel · wijk Centrum"
    assert second.goal == "Netbeheerder (extern)"
    assert second.warning == "Komt nooit aan de beurt: regel 1 neemt alles."
    assert room.state.summary.startswith("Februari 2026: 40 meldingen · 12 door een regel")
    assert "regel 1 neemt alles" in page.rows.rows[1].accessibleName()


def test_rules_are_moved_by_key_and_kept_as_one_list(opened, office, said):
    room, page = opened(SectionId.DISPATCH)
    page.take_focus()
    QTest.keyClick(page.rows.rows[0], Qt.Key.Key_Down, ALT)
    assert [line.id for line in room.state.lines] == ["r-2", "r-1"]
    assert all(line.changed for line in room.state.lines)
    assert office.previews[-1] == ["r-2", "r-1"]
    assert page.save.isEnabled()
    page.do(ActionId.KEEP)
    assert [rule.id for rule in office.rules.rules] == ["r-2", "r-1"]
    assert not room.state.changed
    assert said == ["De regels zijn bewaard. Ze gelden vanaf de volgende melding."]


def test_a_rule_is_made_in_the_window(opened, office, qtbot):
    room, page = opened(SectionId.DISPATCH)
    qtbot.mouseClick(page.add, Qt.MouseButton.LeftButton)
    assert room.state.lines[-1].title == "Elke melding"
    assert room.state.lines[-1].warning == "Kies waar het heen gaat."
    page.save.click()
    assert office.rules.version == 1
    assert page.notice.text() == "Kies één dienst of één partij."
    room.send_to("d:d-bz")
    page.panel.kinds[ReportKind.QUESTION].click()
    page.panel.categories.changed.emit(("rc-lamp",))
    page.panel.quarters.changed.emit(("Noord",))
    assert room.state.lines[-1].title == "Straatlicht · wijk Noord · vraag"
    page.panel.categories.buttons[0].click()
    page.save.click()
    assert office.rules.rules[-1].category_ids == []
    assert office.rules.rules[-1].quarters == ["Noord"]


def test_delete_takes_a_rule_out_and_going_back_brings_it_back(opened):
    room, page = opened(SectionId.DISPATCH)
    QTest.keyClick(page.rows.rows[1], Qt.Key.Key_Delete)
    assert [line.id for line in room.state.lines] == ["r-1"]
    page.revert.click()
    assert [line.id for line in room.state.lines] == ["r-1", "r-2"]
    assert not room.state.changed


def test_of_two_administrators_the_second_is_told_and_keeps_what_was_typed(opened, office):
    room, page = opened(SectionId.DISPATCH)
    room.choose("r-1")
    room.move(1)
    office.rules = office.rules.model_copy(update={"version": 2, "rules": office.rules.rules[:1]})
    page.save.click()
    assert "Een collega bewaarde intussen iets anders" in page.notice.text()
    assert [line.id for line in room.state.lines] == ["r-2", "r-1"]
    page.save.click()
    assert (office.rules.version, len(office.rules.rules)) == (3, 2)
    assert page.notice.isHidden()


def test_while_one_preview_is_under_way_only_the_last_is_asked_next(opened, office, tasks):
    room, _page = opened(SectionId.DISPATCH)
    room.choose("r-1")
    before = len(office.previews)
    tasks.hold()
    room.move(1)
    room.move(-1)
    room.remove()
    tasks.release()
    assert office.previews[before:] == [["r-2", "r-1"], ["r-2"]]


def test_a_rule_about_what_is_gone_says_so(opened, office, model):
    office.parties, office.categories = [], office.categories[1:]
    room, _page = opened(SectionId.DISPATCH)
    room.open()
    assert room.state.lines[1].title == "bestaat niet meer · wijk Centrum"
    assert "Stuurt naar wat niet meer bestaat" in room.state.lines[1].warning


def test_a_town_without_a_map_has_rules_all_the_same(opened, model):
    def no_map():
        raise NoTownMap

    model.desk.geography.quarters = no_map
    room, _page = opened(SectionId.DISPATCH)
    room.open()
    assert room.state.phase is Phase.SHOWN


def test_no_rules_and_no_server(opened, office, model):
    office.rules = office.rules.model_copy(update={"rules": []})
    room, page = opened(SectionId.DISPATCH)
    room.open()
    assert room.state.phase is Phase.EMPTY
    office.fail["set_rules"] = Unreachable()
    room.add()
    room.send_to("d:d-bz")
    page.save.click()
    assert "niet bereikbaar" in page.notice.text()
    assert len(room.state.lines) == 1


# terms


def test_terms_are_shown_on_a_report_of_today_and_running_ones_are_spoken_of(opened, office, said):
    room, page = opened(SectionId.REPORT_TERMS)
    room.choose("question")
    assert "7 open meldingen houden hun datums" in room.state.detail
    page.form.fields["answer_days"].setValue(15)
    page.form.counting._choose(str(Counting.WORKING))
    assert room.state.shown[1] == "Antwoord uiterlijk di 7 april 2026"
    assert room.state.shown[2] == "Telt niet mee: Paasmaandag."
    page.save.click()
    kept = next(one for one in office.regulations if one.kind is ReportKind.QUESTION)
    assert (kept.answer_days, kept.counting) == (15, Counting.WORKING)
    assert said == ["Bewaard."]


def test_terms_that_cannot_be_are_told_while_they_are_typed(opened, office):
    room, page = opened(SectionId.REPORT_TERMS)
    room.choose("issue")
    page.form.fields["receipt_days"].setValue(60)
    assert "De ontvangst zou na het antwoord komen" in room.state.wrong
    page.save.click()
    assert office.regulations[0].receipt_days == 10
    page.put_back.click()
    assert (room.state.wrong, room.state.changed) == ("", False)


# categories


def test_a_category_is_searched_changed_and_kept(opened, office, said):
    room, page = opened(SectionId.CATEGORIES)
    assert room.state.summary == "2 categorieën · 1 gesloten"
    room.search("klinker")
    assert [line.id for line in room.state.lines] == ["rc-tegel", "rc-oud"]
    page.search.entered.emit()
    assert page.form.name.edit.text() == "Voetpad – losse tegel"
    assert page.form.phone.edit.text() == "0470 12 34 50"
    room.change(goal="p:rp-net", keywords="tegel, klinker,\ntegel")
    page.save.click()
    kept = office.categories[0]
    assert (kept.party_id, kept.department_id) == ("rp-net", None)
    assert (kept.keywords, kept.version) == (["tegel", "klinker"], 2)
    assert said == ["Bewaard."]
    assert room.state.chosen == "rc-tegel"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"name": " "}, "Er is nog geen naam. Typ er een."),
        ({"goal": ""}, "Kies één dienst of één partij."),
        ({"alert_phone": "014 12 34 56"}, "Verwittigen gaat per sms: dit is geen gsm-nummer."),
        ({"keywords": "x"}, "Een trefwoord telt 2 tot 60 tekens, met komma’s ertussen: x."),
    ],
)
def test_a_category_that_cannot_be(opened, office, typed, told):
    room, page = opened(SectionId.CATEGORIES)
    room.choose("rc-tegel")
    room.change(**typed)
    page.save.click()
    assert room.state.wrong == told
    assert office.categories[0].version == 1


def test_a_category_is_added_closed_and_opened_again(opened, office, said):
    room, page = opened(SectionId.CATEGORIES)
    page.add.click()
    assert (room.state.chosen, room.state.title) == (NEW, "Nieuwe categorie")
    assert page.end.isHidden()
    room.change(name="Zwerfvuil", goal="d:d-om")
    page.save.click()
    assert room.state.chosen == "rc-nieuw"
    page.end.click()
    assert office.categories[-1].closed
    assert page.end.text() == "Heropenen"
    page.end.click()
    assert not office.categories[-1].closed
    assert said == ["Bewaard.", "Gesloten.", "Weer open."]


def test_a_name_that_is_taken_leaves_what_was_typed(opened, office):
    room, page = opened(SectionId.CATEGORIES)
    page.add.click()
    room.change(name="Straatlicht", goal="d:d-om")
    office.fail["set_category"] = Taken(name="Straatlicht")
    page.save.click()
    assert room.state.wrong.startswith("Straatlicht bestaat al.")
    assert page.form.name.edit.text() == "Straatlicht"


def test_a_colleague_who_was_quicker_is_learnt_from(opened, office):
    room, page = opened(SectionId.CATEGORIES)
    room.choose("rc-tegel")
    room.change(team="ploeg Noord")
    office.categories[0] = a_category(team="ploeg Zuid", version=2)
    page.save.click()
    assert "Een collega bewaarde intussen iets anders" in room.state.wrong
    assert room.state.draft.team == "ploeg Noord"
    page.save.click()
    assert (office.categories[0].team, office.categories[0].version) == ("ploeg Noord", 3)


def test_another_one_waits_until_a_change_is_kept(opened, said):
    room, page = opened(SectionId.CATEGORIES)
    room.choose("rc-tegel")
    room.change(team="ploeg Noord")
    page.table.selectRow(0)
    assert room.state.chosen == "rc-tegel"
    assert said == ["Bewaar dit eerst, of zet het terug."]
    assert page.table.current() == "rc-tegel"


def test_what_a_colleague_adds_is_seen_at_once_by_who_looks(opened, office, model):
    room, _page = opened(SectionId.CATEGORIES)
    office.categories.append(a_category("rc-x", "Zwerfvuil"))
    model.hear(ArrangementsChanged())
    assert "rc-x" in [line.id for line in room.state.lines]
    model.leave()
    office.categories.append(a_category("rc-y", "Zwerfvuil 2"))
    model.hear(ArrangementsChanged())
    assert "rc-y" not in [line.id for line in room.state.lines]


# ready replies


def test_a_fault_in_a_reply_is_seen_in_the_list_and_while_it_is_typed(opened, office):
    room, page = opened(SectionId.REPLIES)
    assert [line.cells[-1] for line in room.state.lines] == ["fout", "–"]
    assert room.state.summary == "1 sjabloon heeft een fout"
    room.choose("t-1")
    page.form.text.setPlainText("Dag {naaam}")
    assert "Misschien {naam}?" in room.state.shown.fault
    page.save.click()
    assert "{naaam} is geen veld" in room.state.wrong
    page.form.text.setPlainText("Dag {naam")
    assert "accolade" in room.state.shown.fault
    assert office.replies[0].version == 1


def test_a_field_is_put_in_the_text_and_the_example_follows(opened, office):
    room, page = opened(SectionId.REPLIES)
    page.add.click()
    page.form.name.edit.setText("Bedankt")
    page.form.name.edited.emit("Bedankt")
    page.form.text.setPlainText("Dag ")
    page.form.text.moveCursor(page.form.text.textCursor().MoveOperation.End)
    page.form.field.picked.emit("naam")
    assert page.form.text.toPlainText() == "Dag {naam}"
    assert room.state.shown.example == "Dag Marleen De Smedt"
    page.form.field.picked.emit("besluit")
    assert room.state.shown.by_hand == "{besluit} vult de behandelaar zelf in."
    page.save.click()
    assert office.replies[-1].text == "Dag {naam}{besluit}"


def test_a_reply_is_removed_after_a_question(opened, office, said):
    room, page = opened(SectionId.REPLIES)
    room.choose("t-2")
    page.end.click()
    assert (len(office.replies), page.end.text()) == (2, "Ja, verwijderen")
    page.leave.click()
    page.end.click()
    page.end.click()
    assert [one.id for one in office.replies] == ["t-1"]
    assert room.state.chosen == ""
    assert said == ["Verwijderd. Wat ermee verstuurd is, blijft zoals het was."]


def test_what_was_typed_outlives_a_reply_that_a_colleague_removed(opened, office, model):
    room, page = opened(SectionId.REPLIES)
    room.choose("t-1")
    room.change(text="Dag {naam}, bedankt")
    office.replies = [a_reply("t-9", "Ander")]
    model.hear(ArrangementsChanged())
    assert (room.state.chosen, room.state.draft.text) == (NEW, "Dag {naam}, bedankt")
    page.save.click()
    assert office.replies[-1].text == "Dag {naam}, bedankt"


def test_a_copy_for_another_language(opened, office):
    room, page = opened(SectionId.REPLIES)
    room.choose("t-1")
    page.copy.click()
    room.change(language="fr", text="Bonjour {naam}")
    page.save.click()
    assert {(one.name, one.language) for one in office.replies} >= {("Opgelost", "fr")}


def test_every_field_that_may_be_used_is_one_that_is_filled_in():
    facts = facts_of(reports_town.a_file(), None, town="", phone="", handler="", party="")
    assert set(facts) == set(FILLED)
    assert set(FIELD_NAMES) == set(FIELDS)


# parties outside


def test_a_party_is_checked_before_it_is_sent(opened, office):
    room, page = opened(SectionId.PARTIES)
    page.add.click()
    room.change(name="Afval", email="geen adres")
    page.save.click()
    assert room.state.wrong == "Dit is geen e-mailadres. Kijk het na."
    room.change(email="a@afval.example", phone="12")
    page.save.click()
    assert room.state.wrong == "Dit is geen nummer dat gebeld kan worden. Kijk het na."
    room.change(phone="014 12 34 56")
    page.save.click()
    assert (office.parties[-1].email, office.parties[-1].phone) == (
        "a@afval.example",
        "+3214123456",
    )


def test_a_party_that_still_gets_reports_is_not_closed(opened, office):
    room, page = opened(SectionId.PARTIES)
    room.choose("rp-net")
    page.end.click()
    assert room.state.wrong.startswith("Netbeheerder krijgt nog meldingen (categorieën: 1")
    room.choose("rp-water")
    page.end.click()
    assert office.parties[1].closed


# all of them


def test_who_may_not_arrange_sees_no_group(model, screen):
    assert screen._groups["Reports"].isVisible()
    model.begin(SimpleNamespace(user=SimpleNamespace(permissions=[Permission.TAKE_REPORT])))
    assert model.state.sections == ()
    assert screen._groups["Reports"].isHidden()


@pytest.mark.parametrize("section", [one.id for one in OURS])
def test_a_server_that_is_away(section, office, tasks, nl, qtbot):
    office.fail["settings"] = Unreachable()
    geography = SimpleNamespace(quarters=lambda: ())
    desk = SimpleNamespace(clock=FixedClock(town.NOW), arranging=office, geography=geography)
    model = AdminViewModel(desk, tasks, nl, OURS)
    model.show_catalogue(Directory(town.CATALOGUE, town.SITE), ProductIndex(town.CATALOGUE))
    model.begin(SimpleNamespace(user=SimpleNamespace(permissions=[Permission.ARRANGE_REPORTS])))
    screen = AdminScreen(model, nl)
    qtbot.addWidget(screen)
    screen.show()
    model.choose(section)
    room = model.rooms[section]
    assert room.state.phase is Phase.FAILED
    assert "niet bereikbaar" in room.state.problem
    office.fail.clear()
    room.open()
    assert room.state.phase is Phase.SHOWN


@pytest.mark.parametrize("section", [one.id for one in OURS])
def test_every_control_has_a_name_and_can_be_reached(section, opened):
    room, page = opened(section)
    room.choose(room.state.lines[0].id)
    controls = [one for one in page.findChildren(QWidget) if one.isVisible()]
    named = [one for one in controls if isinstance(one, CONTROLS)]
    assert len(named) > 3
    for control in named:
        assert control.accessibleName(), control
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus, control
