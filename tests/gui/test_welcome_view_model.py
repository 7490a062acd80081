"""The welcome desk's intents: what is asked of the desk, what the state then shows."""

from dataclasses import replace

import pytest

from loket.catalogue.rules import VisitorClass
from loket.catalogue.search import ProductIndex
from loket.desk.facts import JobState
from loket.kit.errors import Unavailable
from loket.link.errors import Unreachable
from loket.queue.messages import WaitRange
from tests.gui import town
from tests.gui.stub_desk import StubDesk
from ui.core.directory import Directory
from ui.core.sentences import Remedy
from ui.welcome.view_model import WelcomeViewModel


@pytest.fixture
def desk():
    return StubDesk()


@pytest.fixture
def model(qapp, desk, tasks, nl):
    made = WelcomeViewModel(desk, tasks, nl)
    made.show_catalogue(Directory(town.CATALOGUE, town.SITE), ProductIndex(town.CATALOGUE))
    made.show_picture(desk.picture())
    made.messages = []
    made.said.connect(made.messages.append)
    return made


def test_typing_shows_ranked_products_with_waits(model):
    model.search("rijb")
    state = model.state
    assert [row.name for row in state.suggestions][:2] != []
    first = next(row for row in state.suggestions if row.product_id == "p-rb")
    assert first.wait == "± 22 min"
    assert first.wait_late
    assert first.waiting == "5 wachtend"
    assert first.bring == "eID, pasfoto, slaagattest, € 31,00"
    assert first.spans == ((0, 4),)
    assert state.found == "5 producten"


def test_enter_gives_a_ticket_prints_it_and_offers_undo(model, desk):
    model.search("ident")
    model.print_selected()
    assert desk.names() == ["issue_ticket", "print_slip"]
    assert model.state.query == ""
    assert model.state.last.number == "A015"
    assert model.state.visitor.acts[0].title == "A015"
    assert model.messages[-1].text == "Ticket A015 afgedrukt"
    assert model.messages[-1].remedy is Remedy.UNDO


def test_a_second_enter_prints_nothing_more(model, desk):
    model.search("ident")
    model.print_selected()
    model.print_selected()
    assert desk.names().count("issue_ticket") == 1


def test_details_go_with_the_first_ticket_and_later_changes_by_themselves(model, desk):
    model.set_name("Marleen De Smedt")
    model.toggle_priority("mobility")
    model.commit_details()
    assert desk.names() == []
    model.print_quick(1)
    visit = desk.asked[0][1]
    assert (visit.visitor_name, visit.priority) == ("Marleen De Smedt", "mobility")
    model.commit_details()
    assert "change_visit" not in desk.names()
    model.set_note("Graag lage balie")
    model.commit_details()
    model.commit_details()
    assert desk.names().count("change_visit") == 1


def test_two_tickets_of_one_visitor_share_the_visit(model, desk):
    model.print_quick(1)
    model.print_quick(3)
    visits = [entry[1].id for entry in desk.asked if entry[0] == "issue_ticket"]
    assert visits[0] == visits[1]
    assert model.state.visitor.count == "2 onderdelen"


def test_next_visitor_ends_the_encounter_and_begins_anew(model, desk):
    model.set_name("Marleen")
    model.print_quick(1)
    before = model.state.visitor.visit_id
    model.next_visitor()
    assert desk.names()[-1] == "end_encounter"
    assert model.state.visitor.visit_id != before
    assert model.state.visitor.acts == ()
    assert model.state.visitor.name == ""
    assert not model.state.can_withdraw


def test_next_visitor_without_acts_asks_nothing(model, desk):
    model.next_visitor()
    assert desk.asked == []


def test_a_ticket_is_withdrawn_once(model, desk):
    model.print_quick(1)
    model.withdraw_last()
    assert "withdraw" in desk.names()
    assert model.state.visitor.acts[0].chip == "Ingetrokken"
    model.withdraw_last()
    assert desk.names().count("withdraw") == 1
    assert model.messages[-1].text == "Er is niets om terug te nemen."


def test_one_more_thing_joins_the_ticket_that_waits_in_the_same_queue(model, desk):
    model.print_quick(1)
    ticket_id = model.state.visitor.acts[0].act_id
    card = town.card("A015", id=ticket_id, product="eid")
    desk.current = town.picture(card, *town.WAITING[1:])
    model.search("rijbewijs aanvraag")
    model.add_selected()
    assert ("add_product", ticket_id, "p-rb") in desk.asked
    assert model.messages[-1].text == "A015 is ook voor Rijbewijs – aanvraag"
    assert model.state.visitor.acts[0].detail == (
        "Identiteitskaart – aanvraag + Rijbewijs – aanvraag"
    )


def test_nothing_joins_a_ticket_of_another_queue(model, desk):
    model.print_quick(1)
    model.search("vuilzakken")
    model.add_selected()
    assert "add_product" not in desk.names()
    assert model.messages[-1].wrong


def test_a_withdrawal_that_fails_can_be_done_again(model, desk):
    model.print_quick(1)
    desk.fail_with["withdraw"] = Unreachable()
    model.withdraw_last()
    assert model.messages[-1].code == "link.unreachable"
    assert model.state.can_withdraw


def test_the_act_follows_the_ticket_in_the_picture(model, desk):
    model.print_quick(1)
    given = model.state.visitor.acts[0].act_id
    called = town.called("A015", id=given, counter="loket-3", version=2)
    others = town.WAITING[1:]
    model.show_picture(town.picture(called, *others))
    assert model.state.visitor.acts[0].chip == "Loket 3"
    serving = town.serving("A015", id=given, version=3)
    model.show_picture(town.picture(serving, *others))
    assert model.state.visitor.acts[0].chip == "Bezig"
    model.show_picture(town.picture(*others))
    assert model.state.visitor.acts[0].chip == "Afgerond"


def test_offline_goes_on_and_marks_what_is_to_be_sent(model, desk):
    desk.offline = True
    model.print_quick(1)
    assert model.state.last.number == "A900"
    assert model.state.last.mark == "nog te verzenden"
    assert model.state.visitor.acts[0].chip == "Nog te verzenden"


def test_without_a_leased_number_it_says_so(model, desk):
    class NoNumber(Unavailable):
        code = "queue.no_leased_number"

    desk.fail_with["issue_ticket"] = NoNumber()
    model.print_quick(1)
    assert "Schrijf een nummer op papier" in model.messages[-1].text
    assert model.state.visitor.acts == ()


def test_what_is_by_appointment_only_is_booked_instead(model, desk):
    wished = []
    model.booking_wished.connect(wished.append)
    model.search("buitenlands")
    row = model.state.suggestions[0]
    assert (row.refusal, row.bookable) == ("Enkel op afspraak", True)
    model.print_selected()
    assert desk.names() == []
    assert wished == [row.product_id]


def test_a_closed_queue_says_until_when(model, desk, nl):
    queues = [town.queue_now("loket", opens=12, closes=16)]
    model.show_picture(town.picture(*town.WAITING, queues=queues))
    tile = next(tile for tile in model.state.tiles if tile.place == 1)
    assert tile.closed == "gesloten tot 13:00"
    model.print_quick(1)
    assert desk.names() == []


def test_a_holiday_is_named(model):
    model.show_picture(town.picture(queues=[town.queue_now("loket", reason="Paasmaandag")]))
    tile = next(tile for tile in model.state.tiles if tile.place == 1)
    assert tile.closed == "gesloten: Paasmaandag"


def test_a_failed_print_is_said_and_done_again(model, desk):
    desk.job = lambda **other: replace(
        StubDesk.job(desk, **other), state=JobState.FAILED, printer="Bon 1"
    )
    model.print_quick(1)
    message = model.messages[-1]
    assert message.wrong
    assert message.remedy is Remedy.PRINT_AGAIN
    assert "Bon 1" in message.text
    model.print_again(message.about)
    assert ("print_again", "j-1") in desk.asked


def test_info_opens_closes_and_is_noted_in_a_begun_visit(model, desk):
    model.search("ident")
    model.show_info()
    assert model.state.info.title == "Identiteitskaart – aanvraag"
    assert not model.state.info.can_note
    model.show_info()
    assert model.state.info is None
    model.print_selected()
    model.search("ident")
    model.show_info()
    model.note_information()
    assert desk.names()[-1] == "add_act"
    assert len(model.state.visitor.acts) == 2


def test_nothing_is_emitted_when_nothing_changed(model, desk):
    heard = []
    model.state_changed.connect(heard.append)
    model.show_picture(desk.picture())
    model.tick()
    assert heard == []


def test_another_language_is_spoken_at_once(model, en):
    model.search("ident")
    model.speak(en)
    assert model.state.suggestions[0].waiting.endswith("waiting")


def test_a_print_that_failed_before_its_answer_came_is_said(model, desk, tasks):
    failed = replace(desk.job(), state=JobState.FAILED, printer="Bon 1")
    model.show_print(failed)
    assert model.messages == []
    model.print_quick(1)
    assert [message.wrong for message in model.messages] == [True]


def test_a_failed_receipt_is_said(model, desk):
    model.print_quick(1)
    model.print_receipt()
    failed = replace(desk.job(title="B-2026-004417"), state=JobState.FAILED, reason="print.stopped")
    model.show_print(failed)
    assert "B-2026-004417 is niet afgedrukt" in model.messages[-1].text


def test_a_delivered_ticket_loses_its_mark(model, desk):
    desk.offline = True
    model.print_quick(1)
    issued = desk.issue_ticket(desk.asked[0][1], "p-eid").result
    model.entry_delivered(issued)
    assert model.state.last.mark == ""
    assert model.state.visitor.acts[0].chip == "Wacht 0 min"


def test_what_the_server_refuses_afterwards_is_marked_and_said(model, desk):
    desk.offline = True
    model.print_quick(1)
    model.entry_parked("entry-1", "Deze wachtrij is gesloten.")
    assert model.state.visitor.acts[0].chip == "Geweigerd"
    assert model.messages[-1].text == "A900: Deze wachtrij is gesloten."
    model.entry_parked("of another visit", "Geweigerd.")
    assert model.messages[-1].text == "Geweigerd."


def _reckoned(desk, minutes):
    wait = WaitRange(low=minutes - 5, middle=minutes, high=minutes + 8, sure=minutes + 15)
    return replace(desk.picture(), waits={("q-loket", VisitorClass.WALK_IN): wait})


def test_lists_show_the_middle_of_the_wait_and_details_its_range(model, desk):
    model.show_picture(_reckoned(desk, 31))
    model.search("ident")
    assert model.state.suggestions[0].wait == "± 31 min"
    model.show_info()
    assert ("Wachttijd", "26 à 39 min, vrijwel zeker binnen 46 min") in model.state.info.facts


def test_a_turn_after_closing_is_said_before_anything_is_printed(model, desk):
    model.show_picture(_reckoned(desk, 120))  # 10:24, and the counters close at noon
    model.print_quick(1)
    assert desk.names() == []
    said = model.messages[-1]
    assert said.text == "eID: wellicht niet vóór 12:00 aan de beurt. Bied een afspraak aan."
    assert (said.remedy, said.about) == (Remedy.GIVE_ANYWAY, "p-eid")
    model.give_anyway(said.about)
    assert desk.names() == ["issue_ticket", "print_slip"]


def test_asked_again_for_the_same_visitor_the_ticket_is_given(model, desk):
    model.show_picture(_reckoned(desk, 120))
    model.print_quick(1)
    model.print_quick(1)
    assert "issue_ticket" in desk.names()
    model.next_visitor()
    desk.asked.clear()
    model.print_quick(1)
    assert "issue_ticket" not in desk.names()


def test_a_turn_in_time_needs_no_word(model, desk):
    model.show_picture(_reckoned(desk, 90))
    model.print_quick(1)
    assert desk.names() == ["issue_ticket", "print_slip"]
