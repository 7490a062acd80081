"""The real desk side against the real server: every gateway call, and what each refusal becomes."""

import pytest
import requests
from sqlalchemy import text

from loket.desk.facts import (
    CatalogueChanged,
    EntryDelivered,
    EntryParked,
    JobState,
    OtherSiteChanged,
    PictureChanged,
    PrintChanged,
    SessionEnded,
)
from loket.displays.messages import DisplayDetails, PairDisplay, SetSiteMessage
from loket.kit.ids import new_code, new_id
from loket.link.delivery import Delivered, Queued
from loket.link.errors import BadAnswer, Busy, NotSignedIn, Rejected, Unreachable
from loket.link.follower import Follower
from loket.queue.rules.life import TicketState
from loket.queue.rules.opening import ByHand, PauseReason, QueueReason
from loket.visits.messages import ActKind, AddAct, ChangeVisit, StartVisit
from tests.builders import AFHALEN, BURGERZAKEN, EID, HUWELIJK, LEEFLOON, RIJBEWIJS, SITE, SNEL
from tests.desks import MemoryPrinter, Printers

NOWHERE = "http://127.0.0.1:9"  # discard: nobody listens


def given(outcome):
    assert isinstance(outcome, Delivered)
    return outcome.result


def shows(number, state):
    """Whether a fact is a picture with this ticket in this state."""

    def test(fact):
        return isinstance(fact, PictureChanged) and any(
            card.ticket.number == number and card.ticket.state == state
            for card in fact.picture.cards.values()
        )

    return test


def without(number):
    def test(fact):
        return isinstance(fact, PictureChanged) and all(
            card.ticket.number != number for card in fact.picture.cards.values()
        )

    return test


def test_one_visitor_from_greeting_to_served_seen_at_two_desks(open_desk):
    welcome, at_welcome = open_desk("onthaal-1", "sofie")
    counter, at_counter = open_desk("loket-1", "tom")
    issued = given(welcome.issue_ticket(StartVisit(visitor_name="De Smedt"), EID))
    number = issued.ticket.number
    at_counter.until(shows(number, TicketState.WAITING))
    called = counter.call_next(None).called
    assert called.ticket.number == number
    assert called.visitor_name == "De Smedt"
    at_welcome.until(shows(number, TicketState.CALLED))
    started = counter.start(called.ticket.id, called.ticket.version)
    assert started.state == TicketState.SERVING
    counter.finish(started.id, started.version)
    at_welcome.until(without(number))
    day = counter.own_day()
    assert day.served == 1


def test_the_picture_knows_site_queues_counters_and_visitor(open_desk):
    desk, _ = open_desk("onthaal-1", "sofie")
    picture = desk.picture()
    assert picture.site_id == SITE
    assert BURGERZAKEN in picture.queues
    assert picture.counters["c-onthaal-1"].clerk
    issued = given(desk.issue_ticket(StartVisit(visitor_name="De Smedt"), EID))
    card = desk.picture().cards[issued.ticket.id]
    assert card.visitor_name == "De Smedt"
    assert issued.ticket.id not in desk.picture().unread


def test_another_desk_reads_the_visitor_when_it_needs_it(open_desk):
    welcome, _ = open_desk("onthaal-1", "sofie")
    counter, at_counter = open_desk("loket-1", "tom")
    issued = given(welcome.issue_ticket(StartVisit(visitor_name="De Smedt"), EID))
    ticket = issued.ticket
    at_counter.until(shows(ticket.number, TicketState.WAITING))
    assert counter.picture().cards[ticket.id].visitor_name == ""
    assert ticket.id in counter.picture().unread
    counter.card(ticket.id)
    assert counter.picture().cards[ticket.id].visitor_name == "De Smedt"
    given(welcome.change_visit(issued.visit.id, ChangeVisit(visitor_name="De Smet")))
    at_counter.until(
        lambda fact: isinstance(fact, PictureChanged) and ticket.id in fact.picture.unread
    )
    assert counter.find_ticket(ticket.code).visitor_name == "De Smet"


def test_every_move_and_its_undo(open_desk):
    counter, _ = open_desk("loket-1", "tom")
    given(counter.issue_ticket(StartVisit(), EID))
    ticket = counter.call_next(None).called.ticket
    assert counter.recall(ticket.id).calls == 2
    assert counter.put_back(ticket.id).state == TicketState.WAITING
    assert counter.undo(ticket.id).state == TicketState.CALLED
    assert counter.mark_no_show(ticket.id).state == TicketState.NO_SHOW
    assert counter.undo(ticket.id).state == TicketState.CALLED
    assert counter.put_back(ticket.id).state == TicketState.WAITING
    assert counter.withdraw(ticket.id).state == TicketState.WITHDRAWN
    assert ticket.id not in counter.picture().cards
    assert counter.undo(ticket.id).state == TicketState.WAITING
    assert ticket.id in counter.picture().cards


def test_call_next_finishes_and_calls_in_one(open_desk):
    counter, _ = open_desk("loket-1", "tom")
    for _ in range(2):
        given(counter.issue_ticket(StartVisit(), EID))
    first = counter.call_next(None).called.ticket
    counter.start(first.id)
    outcome = counter.call_next(first.id)
    assert outcome.finished.id == first.id
    assert outcome.called.ticket.id != first.id
    assert first.id not in counter.picture().cards


def test_a_visit_with_acts_a_receipt_and_its_end(open_desk):
    desk, _ = open_desk("onthaal-1", "sofie")
    visit_id = new_id()
    given(desk.issue_ticket(StartVisit(id=visit_id), EID))
    act = AddAct(kind=ActKind.INFORMATION_GIVEN, product_id=LEEFLOON, text="folder")
    assert len(given(desk.add_act(visit_id, act)).acts) == 2
    job = desk.print_receipt(visit_id)
    assert job.title.startswith("B-2026-")
    assert job.state == JobState.PRINTED
    paper = job.path.read_text(encoding="utf-8")
    assert "Leefloon" not in paper  # the social house is told as another department
    assert "Identiteitskaart" in paper
    assert given(desk.end_encounter(visit_id)).ended_at is not None
    assert desk.visit(visit_id).id == visit_id


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda desk: desk.issue_ticket(StartVisit(), "p-none"), "catalogue.unknown_product"),
        (lambda desk: desk.issue_ticket(StartVisit(), HUWELIJK), "queue.appointment_only"),
        (lambda desk: desk.card("no-ticket"), "queue.unknown_ticket"),
        (lambda desk: desk.find_ticket(new_code("T")), "queue.unknown_ticket"),
        (lambda desk: desk.start("no-ticket"), "queue.unknown_ticket"),
        (lambda desk: desk.call_next("no-ticket"), "queue.stale_picture"),
    ],
)
def test_refusals_keep_their_code_and_leave_nothing(open_desk, act, code):
    desk, _ = open_desk("loket-1", "tom")
    with pytest.raises(Rejected) as refused:
        act(desk)
    assert refused.value.code == code
    assert desk.picture().connection.waiting == 0
    assert desk.parked_entries() == ()


def test_a_stale_desk_is_refused_and_told_the_present(open_desk):
    counter, _ = open_desk("loket-1", "tom")
    given(counter.issue_ticket(StartVisit(), EID))
    called = counter.call_next(None).called.ticket
    counter.start(called.id)
    with pytest.raises(Rejected) as refused:
        counter.finish(called.id, called.version)
    assert refused.value.code == "queue.stale_picture"


def test_a_wrong_password_is_a_refusal_then_a_delay(open_desk):
    desk, _ = open_desk("onthaal-1")
    with pytest.raises(Rejected) as refused:
        desk.sign_in("sofie", "wrong")
    assert refused.value.code == "staff.wrong_password"
    with pytest.raises(Busy) as busy:
        desk.sign_in("sofie", "heidebeek")
    assert busy.value.code == "staff.too_many_attempts"
    assert busy.value.retry_after >= 1
    assert desk.session is None


def test_an_unknown_desk_is_refused(open_desk):
    desk, _ = open_desk("nergens")
    with pytest.raises(Rejected) as refused:
        desk.sign_in("sofie", "heidebeek")
    assert refused.value.code == "staff.unknown_desk"


def test_nobody_signed_in_does_nothing(open_desk):
    desk, _ = open_desk("onthaal-1")
    with pytest.raises(NotSignedIn):
        desk.issue_ticket(StartVisit(), EID)
    with pytest.raises(NotSignedIn):
        desk.own_day()
    assert not desk.demonstration().active


def test_a_session_that_ended_elsewhere_is_heard(open_desk):
    desk, listening = open_desk("loket-1", "tom")
    desk._parts.staff.sign_out()
    desk._parts.session.begin(_credential(desk))  # as if it had been ended from elsewhere
    with pytest.raises(NotSignedIn):
        desk.own_day()
    listening.until(SessionEnded)
    assert desk.session is None


def _credential(desk):
    from loket.link.session import Credential

    current = desk.session
    return Credential(current.token, current.user.id, current.desk_token)


def test_somebody_else_takes_the_desk(open_desk):
    desk, listening = open_desk("loket-1", "tom")
    desk.sign_in("nele", "heidebeek")
    assert desk.session.user.username == "nele"
    listening.until(lambda fact: desk.picture().connection.state == "connected")
    desk.sign_out()
    assert desk.session is None
    with pytest.raises(NotSignedIn):
        desk.call_next(None)


def offline(desk, listening, route):
    url = route.address.url
    route.go(NOWHERE)
    desk._presence._follower._interrupt()
    listening.until(lambda fact: desk.picture().connection.state == "offline")
    return url


def leased(desk):
    """Wait until the desk has its numbers: an errand after connecting."""
    desk._presence._errands.submit(lambda: None).result(20)


def test_away_from_the_server_visits_go_on_and_arrive_once_in_order(open_desk, route, clock):
    welcome, listening = open_desk("onthaal-1", "sofie")
    counter, at_counter = open_desk("loket-1", "tom", folder="other-pc")
    leased(welcome)
    catalogue = welcome.catalogue()
    url = offline(welcome, listening, route)
    visit_id = new_id()
    queued = welcome.issue_ticket(StartVisit(id=visit_id, visitor_name="De Smedt"), EID)
    assert isinstance(queued, Queued)
    assert queued.result.ticket.number == "A900"
    assert queued.result.visit.id == visit_id
    act = AddAct(kind=ActKind.INFORMATION_GIVEN, text="folder")
    assert isinstance(welcome.add_act(visit_id, act), Queued)
    assert isinstance(welcome.end_encounter(visit_id), Queued)
    second = welcome.issue_ticket(StartVisit(), EID)
    assert second.result.ticket.number == "A901"
    assert welcome.picture().connection.waiting == 4
    assert welcome.catalogue() == catalogue
    assert welcome.print_slip(queued.result).state == JobState.PRINTED
    clock.advance(minutes=1)
    route.go(url)
    welcome._presence._follower.hurry()
    listening.until(lambda fact: welcome.picture().connection.state == "connected")
    visit = welcome.visit(visit_id)
    assert [str(act.kind) for act in visit.acts] == ["ticket_issued", "information_given"]
    assert visit.ended_at is not None
    at_counter.until(shows("A901", TicketState.WAITING))
    card = counter.find_ticket(queued.result.ticket.code)
    assert card.ticket.number == "A900"
    assert card.ticket.arrived_at == queued.result.ticket.arrived_at


def test_a_live_act_does_not_wait_for_a_server_that_is_away(open_desk, route):
    desk, listening = open_desk("loket-1", "tom")
    ticket = given(desk.issue_ticket(StartVisit(), EID)).ticket
    offline(desk, listening, route)
    with pytest.raises(Unreachable):
        desk.withdraw(ticket.id)
    assert desk.picture().connection.waiting == 0


def test_what_arrived_later_is_told(open_desk, route):
    welcome, listening = open_desk("onthaal-1", "sofie")
    leased(welcome)
    url = offline(welcome, listening, route)
    queued = welcome.issue_ticket(StartVisit(), AFHALEN)
    route.go(url)
    welcome._presence._follower.hurry()
    fact = listening.until(EntryDelivered)
    assert fact.entry_id == queued.entry_id
    assert fact.result.ticket.number == queued.result.ticket.number == "S900"


def test_what_is_refused_later_is_parked_until_a_person_decides(open_desk, route):
    welcome, listening = open_desk("onthaal-1", "sofie")
    leased(welcome)
    url = offline(welcome, listening, route)
    queued = welcome.add_act("no-such-visit", AddAct(kind=ActKind.REFERRED))
    route.go(url)
    welcome._presence._follower.hurry()
    fact = listening.until(EntryParked)
    assert (fact.entry_id, fact.code) == (queued.entry_id, "visit.unknown")
    assert [entry.id for entry in welcome.parked_entries()] == [queued.entry_id]
    welcome.discard_parked(queued.entry_id)
    listening.until(lambda fact: welcome.picture().connection.parked == 0)


def test_the_outbox_outlives_its_window_and_needs_nobody_signed_in(open_desk, route, tmp_path):
    from tests.desks import Listening, a_desk

    with a_desk("onthaal-1", tmp_path / "pc", whereabouts=route) as desk:
        listening = Listening(desk)
        desk.sign_in("sofie", "heidebeek")
        listening.until(lambda fact: desk.picture().connection.state == "connected")
        leased(desk)
        url = offline(desk, listening, route)
        queued = desk.issue_ticket(StartVisit(), EID)
    route.go(url)
    again, listening = open_desk("onthaal-1")
    listening.until(EntryDelivered) if again.picture().connection.waiting else None
    again.sign_in("sofie", "heidebeek")
    assert again.find_ticket(queued.result.ticket.code).ticket.number == "A900"


def test_two_windows_of_one_desk_never_give_the_same_number(open_desk, route):
    first, at_first = open_desk("onthaal-1", "sofie")
    second, at_second = open_desk("onthaal-1", "sofie")
    leased(first)
    leased(second)
    url = route.address.url
    offline(first, at_first, route)
    offline(second, at_second, route)
    given_out = [
        desk.issue_ticket(StartVisit(), EID).result.ticket.number
        for desk in (first, second, first, second)
    ]
    assert given_out == ["A900", "A901", "A902", "A903"]
    route.go(url)
    first._presence._follower.hurry()
    at_first.until(lambda fact: first.picture().connection.waiting == 0)


def test_when_the_reserve_is_empty_it_says_so_and_keeps_nothing(open_desk, route):
    desk, listening = open_desk("loket-1", "tom")
    leased(desk)
    offline(desk, listening, route)
    for _ in range(3):
        desk.issue_ticket(StartVisit(), EID)
    from loket.desk.errors import NoLeasedNumber

    with pytest.raises(NoLeasedNumber):
        desk.issue_ticket(StartVisit(), EID)
    assert desk.picture().connection.waiting == 3


def test_a_failing_printer_leaves_a_job_that_can_be_printed_again(open_desk):
    printers = Printers(bon=MemoryPrinter())
    desk, listening = open_desk("onthaal-1", "sofie", printers=printers)
    desk.choose_printer("bon")
    printers["bon"].out_of_paper = True
    issued = given(desk.issue_ticket(StartVisit(), EID))
    job = desk.print_slip(issued)
    failed = listening.until(
        lambda fact: isinstance(fact, PrintChanged) and fact.job.state == JobState.FAILED
    ).job
    assert (failed.id, failed.reason) == (job.id, "printer.paper_out")
    assert desk.print_jobs()[0] == failed
    printers["bon"].out_of_paper = False
    desk.print_again(job.id)
    listening.until(
        lambda fact: isinstance(fact, PrintChanged) and fact.job.state == JobState.PRINTED
    )
    title, media, pdf = printers["bon"].sent[0]
    assert (title, media) == (issued.ticket.number, "roll-80mm")
    assert pdf == job.path.read_bytes()


def test_the_catalogue_is_fetched_once_and_kept(open_desk, tmp_path):
    desk, _ = open_desk("onthaal-1", "sofie")
    assert desk.catalogue() is desk.catalogue()
    again, listening = open_desk("onthaal-1", "sofie")
    assert again.catalogue() == desk.catalogue()
    assert not any(isinstance(fact, CatalogueChanged) for fact in list(listening.facts.queue))


def test_the_desks_clock_is_the_servers(open_desk, clock):
    desk, _ = open_desk("onthaal-1", "sofie")
    ahead = desk.clock.now() - clock.now()
    assert 0 <= ahead.total_seconds() < 60


@pytest.fixture
def no_streams(monkeypatch):
    """Something between desk and server that lets no stream through."""

    def refuse(_follower, _place):
        raise BadAnswer

    monkeypatch.setattr(Follower, "_open", refuse)


def test_where_streams_do_not_pass_events_come_by_polling(no_streams, open_desk):
    counter, at_counter = open_desk("loket-1", "tom")
    before = counter.picture().number
    given(counter.issue_ticket(StartVisit(), EID))
    counter.start(counter.call_next(None).called.ticket.id)
    at_counter.until(
        lambda fact: isinstance(fact, PictureChanged) and fact.picture.number >= before + 3
    )


def test_away_and_back_seen_at_two_desks(open_desk):
    counter, _ = open_desk("loket-1", "tom")
    other, at_other = open_desk("loket-2", "nele")
    given(counter.issue_ticket(StartVisit(visitor_name="De Smedt"), EID))
    ticket = counter.call_next(None).called.ticket
    counter.park(ticket.id, "maakt pasfoto")
    own = counter.picture().cards[ticket.id]
    assert (own.remark, own.parked_by, own.visitor_name) == (
        "maakt pasfoto",
        "Tom C.",
        "De Smedt",
    )
    at_other.until(shows(ticket.number, TicketState.PARKED))
    assert ticket.id in other.picture().unread
    assert other.card(ticket.id).remark == "maakt pasfoto"
    assert other.picture().cards[ticket.id].parked_by == "Tom C."
    assert counter.call_parked(ticket.id).state == TicketState.CALLED
    assert counter.picture().cards[ticket.id].remark == ""
    counter.mark_no_show(ticket.id)
    assert other.return_ticket(ticket.id).state == TicketState.WAITING
    counter.call_next(None)
    counter.park(ticket.id)
    assert other.resume(ticket.id).state == TicketState.WAITING


def test_sent_on_and_several_products(open_desk):
    counter, _ = open_desk("loket-1", "tom")
    given(counter.issue_ticket(StartVisit(), EID))
    ticket = counter.call_next(None).called.ticket
    assert counter.add_product(ticket.id, RIJBEWIJS).product_ids == [EID, RIJBEWIJS]
    assert counter.remove_product(ticket.id, RIJBEWIJS).product_ids == [EID]
    assert counter.transfer(ticket.id, product_id=AFHALEN).queue_id == SNEL
    assert counter.undo(ticket.id).queue_id == BURGERZAKEN
    with pytest.raises(Rejected) as refused:
        counter.transfer(ticket.id, counter_id="c-loket-3")
    assert refused.value.code == "queue.nobody_there"


def test_counters_and_queues_opened_and_closed(open_desk):
    counter, at_counter = open_desk("loket-1", "tom")
    supervisor, at_supervisor = open_desk("loket-3", "an")

    def open_at(desk):
        return desk.picture().queues[BURGERZAKEN].open_counters

    at_supervisor.until(lambda _fact: open_at(supervisor) == 2)
    counter.pause(PauseReason.BREAK)
    assert counter.picture().counters["c-loket-1"].pause is PauseReason.BREAK
    at_supervisor.until(lambda _fact: open_at(supervisor) == 1)
    counter.end_pause()
    at_supervisor.until(lambda _fact: open_at(supervisor) == 2)
    supervisor.close_counter("c-loket-1")
    at_counter.until(lambda _fact: open_at(counter) == 1)
    with pytest.raises(Rejected) as refused:
        counter.call_next(None)
    assert refused.value.code == "queue.counter_closed"
    assert supervisor.open_counter("c-loket-1").open
    supervisor.close_queue(BURGERZAKEN, QueueReason.STAFF)
    at_counter.until(lambda _fact: not counter.picture().queues[BURGERZAKEN].hours)
    assert counter.picture().queues[BURGERZAKEN].by_hand is ByHand.CLOSED
    supervisor.open_queue(BURGERZAKEN, QueueReason.OTHER)
    at_counter.until(lambda _fact: bool(counter.picture().queues[BURGERZAKEN].hours))


def test_a_supervisor_pairs_a_screen_changes_it_and_ends_it(open_desk, url):
    desk, _ = open_desk("loket-2", "an")
    other, _ = open_desk("loket-1", "tom")
    room = desk.waiting_room
    code = requests.post(f"{url}/scherm/code", timeout=10).json()["code"]
    with pytest.raises(Rejected) as refused:
        other.waiting_room.pair(PairDisplay(code=code))
    assert refused.value.code == "staff.may_not"
    display = room.pair(PairDisplay(code=code.lower(), name="Hal"))
    assert room.displays().displays == [display]
    changed = room.change(display.id, DisplayDetails(name="Wachtzaal", chime=False))
    assert (changed.name, changed.chime) == ("Wachtzaal", False)
    assert room.revoke(display.id).revoked_at is not None
    for act in (lambda: room.revoke(display.id), lambda: room.pair(PairDisplay(code=code))):
        with pytest.raises(Rejected) as refused:
            act()
        assert refused.value.code.startswith("display.unknown")


def test_a_supervisor_says_something_in_the_waiting_room(open_desk):
    room = open_desk("loket-2", "an")[0].waiting_room
    assert room.message(SITE).message is None
    said = room.say(SITE, SetSiteMessage(texts={"nl": "Lift stuk", "fr": "Ascenseur en panne"}))
    assert room.message(SITE) == said
    assert said.message.texts["fr"] == "Ascenseur en panne"
    with pytest.raises(Rejected) as refused:
        room.say(SITE, SetSiteMessage(texts={"fr": "Ascenseur en panne"}))
    assert refused.value.code == "display.message_needs_dutch"
    assert room.say_nothing(SITE).message is None


def test_a_supervisor_watches_another_site_live_and_acts_there(open_desk, tmp_path):
    elsewhere, heard = open_desk("kortbeek-1", "an")
    counter, at_counter = open_desk("loket-1", "tom", folder="other")
    elsewhere.overview.watch(frozenset({SITE}))

    def there():
        return elsewhere.overview.pictures()[SITE]

    def sees(wanted):
        return lambda fact: isinstance(fact, OtherSiteChanged) and wanted(fact.picture)

    heard.until(sees(lambda picture: "c-loket-1" in picture.counters))
    ticket = given(counter.issue_ticket(StartVisit(visitor_name="De Smedt"), EID)).ticket
    heard.until(sees(lambda picture: ticket.id in picture.cards))
    assert there().cards[ticket.id].visitor_name == ""
    assert ticket.id not in elsewhere.picture().cards
    assert not elsewhere.close_counter("c-loket-1").open
    assert not there().counters["c-loket-1"].open
    assert "c-loket-1" not in elsewhere.picture().counters
    at_counter.until(lambda _: not counter.picture().counters["c-loket-1"].open)
    day = next(
        one
        for one in elsewhere.overview.supervision(SITE).queues
        if one.queue_id == ticket.queue_id
    )
    assert sum(day.arrived) == 1
    elsewhere.overview.watch(frozenset())
    assert elsewhere.overview.pictures() == {}


def test_the_slip_carries_the_page_of_its_own_ticket(open_desk, store, tmp_path):
    with store.database.writers.begin() as connection:
        connection.execute(text("UPDATE town SET public_address = 'https://heidebeek.example'"))
        connection.execute(text("UPDATE catalogue_version SET version = version + 1"))
    printers = Printers(Bon=MemoryPrinter())
    desk, heard = open_desk("onthaal-1", "sofie", printers=printers)
    desk.choose_printer("Bon")
    desk.catalogue()
    issued = given(desk.issue_ticket(StartVisit(), EID))
    desk.print_slip(issued)
    heard.until(lambda fact: isinstance(fact, PrintChanged) and fact.job.state is JobState.PRINTED)
    assert issued.page_address.startswith("https://heidebeek.example/t/")
    assert issued.page_address.encode() in printers["Bon"].sent[0][2]
