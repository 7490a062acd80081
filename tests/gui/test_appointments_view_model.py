"""What the clerk does with appointments, on a desk that books in memory."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from loket.appointments.messages import ConfirmBy
from loket.appointments.rules.life import AppointmentState, CancelReason, WishKind
from loket.desk.facts import AppointmentsChanged
from loket.link.errors import TimedOut, Unreachable
from loket.visits.messages import StartVisit
from tests.gui import appointments_town as there
from tests.gui import town
from ui.appointments.state import DockMode, Look
from ui.appointments.view_model import AppointmentsViewModel
from ui.core.directory import Directory
from ui.core.sentences import Remedy

TUESDAY = there.MONDAY + timedelta(days=1)
TWO = there.at(TUESDAY, 14)


class Room:
    """The view model with a desk, as after signing in."""

    def __init__(self, tasks, words, variant="picture", visit=None):
        from loket.catalogue.search import ProductIndex

        self.desk = there.AppointmentsTown(variant)
        self.model = AppointmentsViewModel(self.desk, tasks, words, visit)
        self.said = []
        self.focus = []
        self.model.said.connect(self.said.append)
        self.model.focus_wished.connect(self.focus.append)
        directory = Directory(there.CATALOGUE, town.SITE)
        self.model.show_catalogue(directory, ProductIndex(there.CATALOGUE))
        self.model.begin()
        self.model.looked_at(self)

    @property
    def state(self):
        return self.model.state

    @property
    def bookings(self):
        return self.desk.appointments

    def texts(self):
        return [one.text for one in self.said]

    def talk(self, product="p-rbo", moment=TWO):
        self.model.take_hit(product)
        self.model.choose_moment(town.SITE, moment)

    def fill(self, name="Rachid Amrani", phone="0470 12 34 56", email="r.amrani@example.be"):
        for field, text in (("name", name), ("phone", phone), ("email", email)):
            self.model.type_contact(field, text)


@pytest.fixture
def room(tasks, nl):
    return Room(tasks, nl)


# finding


def test_it_opens_on_the_week_of_the_first_department(room):
    assert room.state.calendar.title == "16 – 20 maart 2026"
    assert room.state.search.department == "d-bz"
    assert [column.title for column in room.state.calendar.columns][:2] == ["ma 16", "di 17"]
    assert room.bookings.last("calendar")[1:] == (there.QUEUE, there.MONDAY, 7)


def test_letters_find_only_what_is_by_appointment(room):
    room.model.type_product("rijb")
    names = [hit.name for hit in room.state.search.hits]
    assert "Rijbewijs – aanvraag" in names
    assert "Rijbewijs – afhalen" not in names


def test_a_product_shows_its_first_free_moments_by_day(room):
    room.model.take_hit("p-rbo")
    days = room.state.search.days
    assert [day.title for day in days[:2]] == ["ma 16 maart", "di 17 maart"]
    assert days[1].hint == "morgen"
    assert [each.text for each in days[1].moments] == ["14:00", "15:30"]
    assert room.state.search.access == "Enkel op afspraak"


def test_mornings_end_at_half_past_twelve(room):
    room.model.take_hit("p-rbo")
    room.model.choose_part("morning")
    times = {each.text for day in room.state.search.days for each in day.moments}
    assert times
    assert max(times) < "12:30"


def test_a_busy_day_shows_six_and_then_all(room):
    room.model.take_hit("p-rbo")
    thursday = room.state.search.days[3]
    assert (len(thursday.moments), thursday.more) == (6, 3)
    room.model.show_all_of(thursday.key)
    assert (len(room.state.search.days[3].moments), room.state.search.days[3].more) == (9, 0)


def test_all_sites_together_name_the_site(room):
    room.model.choose_site("")
    room.model.take_hit("p-rbo")
    assert {day.hint for day in room.state.search.days} == {"Stadhuis", "Kortbeek"}


def test_several_products_are_asked_for_together(room):
    room.model.take_hit("p-rbo")
    room.model.add_product()
    room.model.take_hit("p-rei")
    assert room.bookings.last("moments")[1] == ("p-rbo", "p-rei")
    assert room.state.search.minutes == "60 min"
    room.model.drop_product("p-rbo")
    assert [product for product, _name in room.state.search.products] == ["p-rei"]


def test_another_product_typed_takes_the_place_of_the_first(room):
    room.model.take_hit("p-rbo")
    room.model.take_hit("p-rei")
    assert [product for product, _name in room.state.search.products] == ["p-rei"]


def test_searching_later_goes_on_where_it_ended(room):
    room.model.take_hit("p-rbo")
    before = len(room.state.search.days)
    room.model.search_later()
    assert room.bookings.last("moments")[4] == there.MONDAY + timedelta(days=14)
    assert len(room.state.search.days) == before


def test_pages_turn_by_week_and_by_three_days(room):
    room.model.turn_page(1)
    assert room.state.calendar.title == "23 – 27 maart 2026"
    room.model.show_today()
    room.model.room_for(3)
    assert room.state.calendar.title == "16 – 18 maart 2026"
    room.model.turn_page(1)
    assert room.state.calendar.title == "18 – 20 maart 2026"


def test_the_weekend_shows_when_there_is_something(tasks, nl):
    room = Room(tasks, nl, "saturday")
    assert [column.title for column in room.state.calendar.columns][-1] == "za 21"


# holding


def test_choosing_a_moment_holds_it_and_asks_who(room):
    room.talk()
    assert room.state.mode is DockMode.FORM
    assert room.bookings.last("hold")[1].starts_at == TWO
    assert room.state.form.moment.when == "di 17 maart · 14:00"
    assert room.state.form.held == "Vastgehouden voor dit loket tot 10:33"
    assert room.focus[-1] == "name"
    tuesday = room.state.calendar.columns[1]
    assert [block.detail for block in tuesday.blocks if block.look is Look.OWN] == ["14:00"]


def test_without_a_product_it_is_asked_for_first(room):
    room.model.choose_slot(TWO)
    assert "hold" not in room.bookings.names()
    assert room.focus[-1] == "product"


def test_esc_lets_go_and_keeps_what_was_typed(room):
    room.talk()
    room.fill()
    held = room.bookings.last("hold")[1].id
    room.model.give_up()
    assert room.bookings.last("let_go")[1] == held
    assert room.state.mode is DockMode.TODAY
    room.model.choose_moment(town.SITE, TWO)
    assert room.state.form.contact.name == "Rachid Amrani"


def test_leaving_the_screen_lets_go_and_coming_back_holds_again(room):
    room.talk()
    room.model.left(room)
    assert room.bookings.names()[-1] == "let_go"
    room.model.looked_at(room)
    assert room.bookings.names()[-1] == "hold"
    assert room.state.mode is DockMode.FORM


def test_another_product_lets_go(room):
    room.talk()
    room.model.take_hit("p-rei")
    assert "let_go" in room.bookings.names()
    assert room.state.mode is DockMode.TODAY


def test_a_hold_that_comes_after_esc_is_given_back(room, tasks):
    room.model.take_hit("p-rbo")
    tasks.hold()
    room.model.choose_moment(town.SITE, TWO)
    room.model.give_up()
    tasks.release()
    assert room.bookings.held == {}
    assert room.state.mode is DockMode.TODAY


def test_a_hold_that_comes_after_leaving_is_given_back(room, tasks):
    room.model.take_hit("p-rbo")
    tasks.hold()
    room.model.choose_moment(town.SITE, TWO)
    room.model.left(room)
    tasks.release()
    assert room.bookings.held == {}


def test_opening_another_appointment_lets_go(room):
    room.talk()
    room.fill()
    room.model.open_file(peeters(room).id)
    assert room.bookings.held == {}
    room.model.choose_moment(town.SITE, TWO)
    assert room.state.mode is DockMode.FORM


def test_opening_another_appointment_ends_moving(room):
    room.model.open_file(peeters(room).id)
    room.model.start_moving()
    other = next(one for one in room.bookings.booked.values() if one.name.endswith("Baert"))
    room.model.open_file(other.id)
    assert room.state.calendar.banner == ""
    assert room.state.file.id == other.id


def test_a_hold_that_lapses_is_asked_for_again_and_says_so(room):
    room.talk()
    room.desk.clock.advance(minutes=6)
    room.model.tick()
    assert room.bookings.names().count("hold") == 2
    assert room.texts()[-1].startswith("Het moment was niet langer vastgehouden")
    assert room.state.form.held == "Vastgehouden voor dit loket tot 10:39"


def test_a_hold_that_lapsed_and_went_to_another_offers_others(room):
    room.talk()
    room.bookings.fail_with["hold"] = there.rejected("appointment.taken", near=near())
    room.desk.clock.advance(minutes=6)
    room.model.tick()
    assert room.state.form.near[0].text == "di 17 maart · 15:30"
    assert room.state.form.held_wrong


def near():
    moments = [there.at(TUESDAY, 15.5), there.at(TUESDAY, 16), there.at(TUESDAY, 9)]
    return ",".join(moment.isoformat() for moment in moments)


# booking


def test_what_is_booked_for_the_visitor_here_is_told(tasks, nl):
    visit = StartVisit(visitor_name="Marleen De Smedt")
    room = Room(tasks, nl, visit=lambda: visit)
    grew = []
    room.model.visit_grew.connect(lambda visit, _appointment: grew.append(visit))
    room.talk()
    room.model.confirm()
    assert grew == ["v-1"]


def test_a_check_in_joins_only_the_visit_of_the_same_name(tasks, nl):
    visit = StartVisit(visitor_name="Marleen De Smedt")
    room = Room(tasks, nl, visit=lambda: visit)
    one = peeters(room)
    room.model.check_in(one.id)
    assert room.bookings.last("check_in")[2].visit.id != visit.id
    assert room.bookings.last("check_in")[2].visit.visitor_name == one.name


def test_one_message_says_what_was_booked_and_what_was_printed(room):
    room.talk()
    room.fill()
    room.model.toggle_confirm(ConfirmBy.PAPER)
    room.model.toggle_confirm(ConfirmBy.SMS)
    room.model.confirm()
    said = "Afspraak K-48214 vastgelegd · mail onderweg"
    assert room.texts() == [said, f"{said} · afgedrukt"]


def test_the_list_of_a_day_is_called_by_its_day(room):
    room.model.print_day_list()
    assert room.texts() == ["Daglijst van ma 16 maart afgedrukt"]


def test_booking_sends_what_was_talked_about_and_opens_its_card(room):
    room.talk()
    room.fill()
    room.model.confirm()
    asked = room.bookings.last("book")[1]
    assert (asked.product_ids, asked.starts_at) == (["p-rbo"], TWO)
    assert asked.contact.phone == "+32470123456"
    assert asked.confirm == [ConfirmBy.MAIL, ConfirmBy.SMS]
    assert asked.hold_id == room.bookings.last("hold")[1].id
    said = "Afspraak K-48214 vastgelegd · mail en sms onderweg"
    assert room.texts() == [said]
    assert room.state.mode is DockMode.FILE
    assert room.state.file.reference == "K-48214"


def test_on_paper_it_is_printed_at_once(room):
    room.talk()
    room.fill()
    room.model.toggle_confirm(ConfirmBy.PAPER)
    room.model.confirm()
    assert "print_confirmation" in room.bookings.names()


def test_the_visitor_at_the_desk_fills_in_the_name(tasks, nl):
    visit = StartVisit(visitor_name="Marleen De Smedt", language="fr")
    room = Room(tasks, nl, visit=lambda: visit)
    room.talk()
    assert room.state.form.contact.name == "Marleen De Smedt"
    assert room.state.form.contact.language == "fr"
    room.model.confirm()
    assert room.bookings.last("book")[1].visit == visit


def test_the_next_visitor_does_not_get_the_name_of_the_former(tasks, nl):
    visits = [StartVisit(visitor_name="Marleen De Smedt")]
    room = Room(tasks, nl, visit=lambda: visits[-1])
    room.talk()
    room.model.give_up()
    visits.append(StartVisit(visitor_name="Jan Peeters"))
    room.model.choose_moment(town.SITE, TWO)
    assert room.state.form.contact.name == "Jan Peeters"


def test_a_name_is_needed_and_pointed_at(room):
    room.talk()
    room.model.confirm()
    assert "book" not in room.bookings.names()
    assert room.focus[-1] == "name"
    assert room.state.form.contact.name_wrong == "Vul in voor wie de afspraak is"


@pytest.mark.parametrize(
    ("phone", "sms_why"),
    [("0470 12 34 56", ""), ("011 26 10 00", "dit nummer krijgt geen sms"), ("", "vraagt")],
)
def test_a_text_message_needs_a_mobile_number(room, phone, sms_why):
    room.talk()
    room.fill(phone=phone)
    assert room.state.form.contact.no_sms.startswith(sms_why)
    assert room.state.form.contact.sms is (sms_why == "")


def test_an_address_that_cannot_be_says_how_to_mend_it(room):
    room.talk()
    room.fill(email="r.amrani")
    assert room.state.form.contact.email_wrong == ""  # still being typed
    room.model.leave_field("email")
    assert room.state.form.contact.email_wrong == "De @ ontbreekt: naam@stad.be"
    room.model.confirm()
    assert "book" not in room.bookings.names()
    assert room.focus[-1] == "email"


def test_a_moment_just_taken_offers_three_others_at_once(room):
    room.talk()
    room.fill()
    room.bookings.fail_with["book"] = there.rejected("appointment.taken", near=near())
    room.model.confirm()
    assert len(room.state.form.near) == 3
    assert room.state.form.problem
    del room.bookings.fail_with["book"]
    room.model.choose_near(there.at(TUESDAY, 15.5))
    assert room.state.form.near == ()
    assert room.state.form.contact.name == "Rachid Amrani"
    room.model.confirm()
    assert room.bookings.last("book")[1].starts_at == there.at(TUESDAY, 15.5)


def test_twice_the_same_booking_is_one(room, tasks):
    room.talk()
    room.fill()
    tasks.hold()
    room.model.confirm()
    room.model.confirm()
    tasks.release()
    assert room.bookings.names().count("book") == 1


def test_a_booking_that_had_arrived_after_all_is_shown(room):
    room.talk()
    room.fill()
    room.bookings.fail_with["book"] = TimedOut()
    room.model.confirm()
    first = room.bookings.last("book")[1]
    room.bookings.booked[first.id] = there.appointment(48300, id=first.id)
    room.bookings.fail_with["book"] = there.rejected("appointment.exists")
    room.model.confirm()
    assert room.bookings.last("book")[1].id == first.id
    assert room.state.file.reference == "K-48300"
    assert room.state.search.products


def test_without_the_server_a_request_is_noted(room):
    room.talk()
    room.fill()
    room.bookings.fail_with["book"] = Unreachable()
    room.model.confirm()
    assert room.state.form.can_request
    assert room.state.form.problem.startswith("De server is niet bereikbaar: er is niets geboekt")
    room.model.note_request()
    asked = room.bookings.last("add_wish")[1]
    assert asked.kind is WishKind.REQUEST
    assert (asked.first_day, asked.last_day, asked.part) == (TUESDAY, TUESDAY, "afternoon")
    assert room.state.mode is DockMode.TODAY


def test_a_refusal_by_a_rule_is_no_reason_for_a_request(room):
    room.talk()
    room.fill()
    room.bookings.fail_with["book"] = there.rejected("appointment.notice", hours=24)
    room.model.confirm()
    assert not room.state.form.can_request
    assert room.state.form.problem


# what is booked


def peeters(room):
    return next(one for one in room.bookings.booked.values() if one.name.endswith("Peeters"))


def test_today_lists_who_is_still_to_come(room):
    lines = room.state.today.lines
    assert lines[0].title.endswith("Peeters")
    assert (lines[0].look, lines[0].chip) == (Look.LATE, "+28 min")
    assert not [line for line in lines if line.title.endswith(" Maes")]  # has been served
    assert lines[0].can_check_in


def test_checking_in_gives_a_ticket_and_can_be_taken_back(room):
    one = peeters(room)
    room.model.check_in(one.id)
    asked = room.bookings.last("check_in")
    assert asked[1] == one.id
    assert asked[2].visit.visitor_name == one.name
    assert room.texts()[-1].endswith("aangemeld: ticket P003 · afgedrukt")
    assert room.said[-1].remedy is Remedy.UNDO
    room.model.undo_last_check_in()
    assert room.bookings.booked[one.id].state is AppointmentState.BOOKED


def test_too_early_is_asked_about_and_can_be_done_all_the_same(room):
    one = peeters(room)
    room.bookings.fail_with["check_in"] = there.rejected("appointment.too_early", minutes=60)
    room.model.check_in(one.id)
    assert room.state.mode is DockMode.FILE
    assert room.state.file.anyway
    del room.bookings.fail_with["check_in"]
    room.model.check_in(anyway=True)
    assert room.bookings.last("check_in")[2].anyway is True
    assert room.state.file.anyway == ""


def test_moving_keeps_person_and_product_and_chooses_another_moment(room):
    one = peeters(room)
    room.model.open_file(one.id)
    room.model.start_moving()
    assert room.state.calendar.banner.startswith(one.reference)
    assert room.state.mode is DockMode.MOVE
    room.model.choose_moment(town.SITE, TWO)
    assert room.state.form.main == "Verzetten naar 14:00"
    assert room.state.form.moment.was == "was ma 16 maart · 10:00"
    room.model.confirm()
    _move, moved, asked = room.bookings.last("move")
    assert (moved, asked.starts_at, asked.seen_version) == (one.id, TWO, 1)
    assert room.state.calendar.banner == ""
    assert room.state.file.when == "di 17 maart · 14:00"


def test_moving_can_be_left_without_a_trace(room):
    one = peeters(room)
    room.model.open_file(one.id)
    room.model.start_moving()
    room.model.choose_moment(town.SITE, TWO)
    room.model.give_up()
    assert room.bookings.held == {}
    room.model.give_up()
    assert room.state.mode is DockMode.FILE
    assert room.state.file.reference == one.reference
    assert "move" not in room.bookings.names()


def test_cancelling_asks_why_first(room):
    one = peeters(room)
    room.model.open_file(one.id)
    room.model.cancel(CancelReason.CITIZEN)
    assert "cancel" not in room.bookings.names()
    room.model.ask_reason()
    room.model.cancel(CancelReason.CITIZEN)
    assert room.bookings.booked[one.id].state is AppointmentState.CANCELLED
    assert room.state.file.chip == "Geannuleerd"
    assert not room.state.file.can_move


def test_who_did_not_come_is_marked_and_only_once_it_is_past(room):
    later = next(one for one in room.bookings.booked.values() if one.name.endswith("Baert"))
    room.model.open_file(later.id)
    assert not room.state.can_no_show
    room.model.open_file(peeters(room).id)
    room.model.no_show()
    assert room.state.file.chip == "Afwezig"


def test_other_details_are_kept(room):
    one = peeters(room)
    room.model.open_file(one.id)
    room.model.change_contact()
    assert room.state.form.contact.phone == "0470 12 34 56"
    room.model.type_contact("phone", "0471 22 33 44")
    room.model.confirm()
    assert room.bookings.booked[one.id].phone == "+32471223344"
    assert room.state.mode is DockMode.FILE


def test_an_older_picture_is_read_again(room):
    one = peeters(room)
    room.model.open_file(one.id)
    room.bookings.fail_with["no_show"] = there.rejected("appointment.stale")
    before = room.bookings.names().count("file")
    room.model.no_show()
    assert room.bookings.names().count("file") == before + 1
    assert room.said[-1].wrong


def test_a_cancelled_one_is_found_but_cannot_be_checked_in(room):
    one = peeters(room)
    cancelled = {"state": AppointmentState.CANCELLED}
    room.bookings.booked[one.id] = one.model_copy(update=cancelled)
    room.model.find("peeters")
    line = next(line for line in room.state.today.lines if line.id == one.id)
    assert (line.chip, line.can_check_in) == ("Geannuleerd", False)


def test_nobody_is_late_in_the_minute_itself(room):
    later = next(one for one in room.bookings.booked.values() if one.name.endswith("Bouzid"))
    room.desk.clock.moment = later.starts_at + timedelta(seconds=59)
    room.model.tick()
    assert next(each for each in room.state.today.lines if each.id == later.id).look is Look.BOOKED
    room.desk.clock.advance(seconds=1)
    room.model.tick()
    assert next(each for each in room.state.today.lines if each.id == later.id).look is Look.LATE


def test_finding_by_name(room):
    room.model.find("clercq")
    assert [line.title for line in room.state.today.lines] == ["Els De Clercq"]
    room.model.find("zzz")
    assert room.state.today.lines == ()
    assert room.state.today.none.startswith("Niemand gevonden")


# who waits


def test_nothing_suits_so_they_wait(room):
    room.model.take_hit("p-rbo")
    room.model.start_wish()
    room.fill()
    room.model.set_wish_days(date(2026, 3, 20), date(2026, 3, 27))
    room.model.choose_part("morning")
    room.model.confirm()
    asked = room.bookings.last("add_wish")[1]
    assert (asked.kind, asked.part) == (WishKind.WAITING, "morning")
    assert (asked.first_day, asked.last_day) == (date(2026, 3, 20), date(2026, 3, 27))
    assert room.state.today.waiting == "Wachtlijst · 1"


def test_an_offer_is_booked_with_the_hold_it_has(tasks, nl):
    room = Room(tasks, nl, "busy")
    room.model.take_wish("w-2")
    assert room.state.mode is DockMode.FORM
    assert "hold" not in room.bookings.names()
    room.model.confirm()
    asked = room.bookings.last("book")[1]
    assert (asked.hold_id, asked.wish_id) == ("h-wish", "w-2")


def test_who_no_longer_waits_is_taken_off(tasks, nl):
    room = Room(tasks, nl, "busy")
    room.model.withdraw_wish("w-1")
    assert room.state.today.waiting == "Wachtlijst · 2"


# others act meanwhile


def test_a_change_of_a_day_that_is_shown_is_read(room):
    before = room.bookings.names().count("calendar")
    room.model.hear(AppointmentsChanged(there.QUEUE, TWO, None))
    assert room.bookings.names().count("calendar") == before + 1


def test_a_change_elsewhere_is_not(room):
    before = room.bookings.names().count("calendar")
    room.model.hear(AppointmentsChanged("q-omg", TWO, None))
    room.model.hear(AppointmentsChanged(there.QUEUE, TWO + timedelta(days=14), None))
    assert room.bookings.names().count("calendar") == before


def test_many_changes_at_once_are_read_twice_at_most(room, tasks):
    before = room.bookings.names().count("calendar")
    tasks.hold()
    for _each in range(20):
        room.model.hear(AppointmentsChanged(there.QUEUE, TWO, None))
    tasks.release()
    assert room.bookings.names().count("calendar") == before + 2


def test_nobody_looks_so_nothing_is_read(room):
    room.model.left(room)
    before = len(room.bookings.asked)
    room.model.hear(AppointmentsChanged("", None, None))
    assert len(room.bookings.asked) == before


def test_the_open_card_follows_what_others_do(room):
    one = peeters(room)
    room.model.open_file(one.id)
    room.bookings.booked[one.id] = one.model_copy(update={"state": AppointmentState.NO_SHOW})
    room.model.hear(AppointmentsChanged(there.QUEUE, one.starts_at, None))
    assert room.state.file.chip == "Afwezig"


def test_another_person_begins_with_nothing_of_the_former(room):
    room.talk()
    room.fill()
    room.model.begin()
    assert room.state.search.products == ()
    assert room.state.mode is DockMode.TODAY
    room.talk()
    assert room.state.form.contact.name == ""


def test_without_the_server_it_says_so(tasks, nl):
    room = Room(tasks, nl, "away")
    assert room.state.calendar.problem.startswith("De server is niet bereikbaar")
    assert room.state.today.none == ""


def test_a_site_without_it_says_where_to_look(room):
    room.model.choose_department("d-om")
    room.model.choose_site(there.KORTBEEK)
    assert room.state.calendar.problem.startswith("Kortbeek heeft hiervoor geen afspraken")


def test_english_says_it_in_english(room, en):
    room.model.speak(en)
    assert room.state.calendar.title == "16 – 20 March 2026"
    assert room.state.today.title == "Today"
    assert replace(room.state).mode is DockMode.TODAY
