"""The column *Verwacht*: who is late, who comes, who is here; checking in and back."""

from datetime import timedelta

import pytest

from loket.appointments.rules.life import AppointmentState
from loket.catalogue.search import ProductIndex
from loket.desk.facts import AppointmentsChanged
from loket.kit.clock import local_day
from loket.queue.rules.life import TicketState
from tests.gui import appointments_town as there
from tests.gui import town
from ui.core.directory import Directory
from ui.core.sentences import Remedy
from ui.welcome.screen import WelcomeScreen
from ui.welcome.view_model import WelcomeViewModel


@pytest.fixture
def desk():
    return there.AppointmentsTown()


@pytest.fixture
def model(qapp, desk, tasks, nl):
    made = WelcomeViewModel(desk, tasks, nl)
    made.show_catalogue(Directory(there.CATALOGUE, town.SITE), ProductIndex(there.CATALOGUE))
    made.show_picture(desk.picture())
    made.messages = []
    made.said.connect(made.messages.append)
    made.start_anew()
    return made


def groups(model):
    return {group.key: group for group in model.arrivals.state.groups}


def names(model, key):
    return [line.name for line in groups(model)[key].lines] if key in groups(model) else []


def booked(desk, name):
    return next(one for one in desk.appointments.booked.values() if name in one.name)


def test_who_was_just_checked_in_stands_on_top_for_two_minutes(model, desk):
    line = groups(model)["late"].lines[0]
    model.check_in(line.appointment_id)
    model.show_picture(with_ticket(desk, desk.appointments.last("check_in")[2].ticket_id))
    assert next(iter(groups(model))) == "just"
    assert names(model, "just") == [line.name]
    assert line.name not in names(model, "here")
    desk.clock.advance(minutes=2)
    model.tick()
    assert "just" not in groups(model)


def with_ticket(desk, ticket_id):
    card = next(iter(desk.current.cards.values()))
    ticket = card.ticket.model_copy(update={"id": ticket_id})
    return desk.current.with_card(card.model_copy(update={"ticket": ticket}))


def test_late_ones_come_first_with_how_late_they_are(model):
    assert next(iter(groups(model))) == "late"
    line = groups(model)["late"].lines[0]
    assert line.is_late
    assert line.late.startswith("+")
    assert line.can_check_in


def test_who_is_much_too_late_counts_as_not_come_and_may_still_come(model, desk):
    late = groups(model)["late"].lines[0]
    desk.clock.advance(minutes=40)
    model.tick()
    assert late.name in names(model, "absent")
    assert all(line.can_check_in for line in groups(model)["absent"].lines)


def test_checking_in_prints_the_slip_and_joins_the_visit(model, desk):
    line = groups(model)["soon"].lines[0]
    model.check_in(line.appointment_id)
    asked = desk.appointments.last("check_in")[2]
    assert asked.visit.visitor_name == line.name
    assert desk.names()[-1] == "print_slip"
    assert model.state.visitor.name == line.name
    assert model.state.last.number == "P003"
    assert booked(desk, line.name).state is AppointmentState.ARRIVED


def test_taking_it_back_makes_them_expected_again(model, desk):
    line = groups(model)["soon"].lines[0]
    model.check_in(line.appointment_id)
    model.withdraw_last()
    assert desk.appointments.last("undo_check_in")[1] == line.appointment_id
    assert "withdraw" not in desk.names()
    assert model.state.last.mark == "ingetrokken"


def test_a_name_typed_in_the_search_field_finds_who_it_is_and_enter_checks_in(model, desk):
    line = groups(model)["soon"].lines[0]
    model.search(line.name.split()[-1].upper())
    assert [one.name for group in groups(model).values() for one in group.lines] == [line.name]
    model.print_selected()
    assert desk.appointments.last("check_in")[1] == line.appointment_id
    assert model.state.query == ""


def test_too_early_says_so_and_offers_to_check_in_anyway(model, desk):
    line = groups(model)["soon"].lines[0]
    desk.appointments.fail_with["check_in"] = there.rejected(
        "appointment.too_early", reference="K-48213", minutes=60
    )
    model.check_in(line.appointment_id)
    message = model.messages[-1]
    assert (message.remedy, message.about) == (Remedy.CHECK_IN_ANYWAY, line.appointment_id)
    assert "K-48213" in message.text
    desk.appointments.fail_with.clear()
    assert model.remedy(message)
    assert desk.appointments.last("check_in")[2].anyway


def test_the_day_is_read_again_when_something_in_it_changed(model, desk):
    before = desk.appointments.names().count("expected")
    tomorrow = desk.clock.now() + timedelta(days=1)
    model.arrivals.hear(AppointmentsChanged("q-loket", tomorrow, None))
    assert desk.appointments.names().count("expected") == before
    model.arrivals.hear(AppointmentsChanged("q-loket", tomorrow, desk.clock.now()))
    model.arrivals.hear(AppointmentsChanged("", None, None))
    assert desk.appointments.names().count("expected") == before + 2


def test_who_is_here_shows_where_their_ticket_stands(model, desk):
    card = desk.current.cards[next(iter(desk.current.cards))]
    one = next(iter(desk.appointments.booked.values()))
    today = [a for a in desk.appointments.booked.values() if local_day(a.starts_at) == there.MONDAY]
    one = today[-1]
    desk.appointments.booked[one.id] = one.model_copy(
        update={"state": AppointmentState.ARRIVED, "ticket_id": card.ticket.id}
    )
    model.arrivals.start_anew()
    here = groups(model)["here"].lines
    assert one.name in [line.name for line in here]
    assert all(line.chip and not line.can_check_in for line in here)
    assert card.ticket.state in TicketState


def test_a_day_without_appointments_says_until_when(model, desk):
    desk.appointments.booked = {}
    model.arrivals.start_anew()
    assert model.arrivals.state.empty.startswith("Geen afspraken tot")


def test_each_person_has_a_button_with_their_name(model, qtbot, nl):
    screen = WelcomeScreen(model, nl)
    qtbot.addWidget(screen)
    screen.resize(1280, 744)
    screen.show()
    people = [row for row in screen.expected.rows if row.item.line and row.item.line.can_check_in]
    assert people
    for row in people:
        assert row.item.line.name in row.button.accessibleName()
        assert row.button.geometry().right() < row.width()
