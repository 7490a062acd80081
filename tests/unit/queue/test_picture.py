"""The picture of a site: the same whatever comes twice, late or in another order."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loket.queue.messages import (
    Board,
    CounterNow,
    QueueNow,
    StreamEvent,
    Ticket,
    TicketCard,
)
from loket.queue.picture import Connection, ConnectionState, SitePicture, apply
from loket.queue.rules.life import ALIVE, TicketKind, TicketState
from loket.visits.messages import Language

NOON = datetime(2026, 3, 16, 11, tzinfo=UTC)
CONNECTED = Connection(ConnectionState.CONNECTED)


def ticket(ident="t1", *, version=1, state=TicketState.WAITING, site="s1"):
    return Ticket(
        id=ident,
        number="A014",
        code="TABCDEFGHJKLM",
        site_id=site,
        queue_id="q1",
        product_id="p1",
        product_ids=["p1"],
        visit_id=f"visit-of-{ident}",
        kind=TicketKind.WALK_IN,
        state=state,
        version=version,
        arrived_at=NOON,
        appointment_at=None,
        issued_at=NOON,
        state_since=NOON,
        first_called_at=None,
        last_called_at=None,
        serving_since=None,
        calls=0,
        counter_id=None,
        only_counter_id=None,
        parked_by=None,
        priority="",
        language=Language.NL,
        why=None,
    )


def card(of, name="De Smedt"):
    return TicketCard(ticket=of, visitor_name=name, note="", remark="", parked_by="")


def board(*cards, number=10):
    queue = QueueNow(
        queue_id="q1",
        hours=[],
        closed_reason="",
        open_counters=1,
        by_hand=None,
        hand_reason=None,
        hand_from=None,
        hand_until=None,
    )
    return Board(
        site_id="s1",
        epoch="e1",
        number=number,
        made_at=NOON,
        queues=[queue, queue.model_copy(update={"queue_id": "q2"})],
        counters=[counter_now("c1", "Tom C.")],
        waits=None,
        cards=list(cards),
    )


def counter_now(counter_id, clerk):
    return CounterNow(
        counter_id=counter_id,
        clerk=clerk,
        open=bool(clerk),
        pause=None,
        paused_since=None,
        pause_until=None,
    )


def event(number, kind, data):
    return StreamEvent(number=number, kind=kind, at=NOON, data=data)


def changed(number, of, act="any"):
    data = {"act": act, "ticket": of.model_dump(mode="json")}
    return event(number, "ticket_changed", data)


def picture(*cards):
    return SitePicture.of(board(*cards), CONNECTED)


def test_a_snapshot_shows_everything_on_the_board():
    shown = picture(card(ticket()))
    assert shown.cards["t1"].visitor_name == "De Smedt"
    assert set(shown.queues) == {"q1", "q2"}
    assert shown.counters["c1"].clerk == "Tom C."
    assert (shown.epoch, shown.number) == ("e1", 10)


def test_a_picture_cannot_be_changed_in_place():
    with pytest.raises(TypeError):
        picture().cards["t1"] = card(ticket())


def test_an_event_twice_is_an_event_once():
    once = apply(picture(), changed(11, ticket()))
    assert once.cards["t1"].visitor_name == ""
    assert once.unread == {"t1"}
    assert apply(once, changed(11, ticket())) is once
    assert once.with_ticket(ticket()) is once


def test_a_ticket_that_is_served_leaves_and_undo_brings_it_back():
    served = apply(picture(card(ticket())), changed(11, ticket(version=2, state=TicketState.DONE)))
    assert not served.cards
    back = apply(served, changed(12, ticket(version=3, state=TicketState.SERVING)))
    assert back.cards["t1"].ticket.state is TicketState.SERVING


def test_an_older_answer_does_not_bring_a_ticket_back():
    served = apply(picture(card(ticket())), changed(11, ticket(version=3, state=TicketState.DONE)))
    assert served.with_ticket(ticket(version=2)) is served
    assert served.with_card(card(ticket(version=2))) is served


def test_a_known_visitor_keeps_the_name_when_the_ticket_moves():
    after = apply(picture(card(ticket())), changed(11, ticket(version=2)))
    assert after.cards["t1"].visitor_name == "De Smedt"
    assert not after.unread


def test_a_read_card_names_the_visitor_and_keeps_the_newer_ticket():
    shown = apply(picture(), changed(11, ticket(version=5, state=TicketState.CALLED)))
    read = shown.with_card(card(ticket(version=4)))
    assert read.cards["t1"].visitor_name == "De Smedt"
    assert read.cards["t1"].ticket.version == 5
    assert not read.unread
    assert read.with_card(card(ticket(version=4))) is read


def test_a_changed_visit_has_to_be_read_again():
    after = apply(picture(card(ticket())), event(11, "visit_changed", {"visit_id": "visit-of-t1"}))
    assert after.unread == {"t1"}
    assert after.cards["t1"].visitor_name == "De Smedt"


def test_a_counter_that_opens_is_counted_at_its_queues_only():
    data = {
        "counter": counter_now("c2", "Nele P.").model_dump(mode="json"),
        "open_counters": {"q1": 2, "q-elsewhere": 9},
    }
    after = apply(picture(), event(11, "counter_changed", data))
    assert after.counters["c2"].clerk == "Nele P."
    assert {key: queue.open_counters for key, queue in after.queues.items()} == {"q1": 2, "q2": 1}


def test_changed_hours_ask_for_a_snapshot():
    assert apply(picture(), event(11, "hours_changed", {})) is None


def test_an_event_of_a_newer_server_is_passed_over():
    after = apply(picture(), event(11, "drone_landed", {"where": "roof"}))
    assert after.number == 11


def test_a_ticket_of_another_site_is_not_ours():
    assert picture().with_ticket(ticket(site="s2")).cards == {}


@pytest.mark.parametrize(
    ("online", "waiting", "state"),
    [(True, 0, "connected"), (True, 2, "sending"), (False, 0, "offline"), (False, 3, "offline")],
)
def test_the_pill(online, waiting, state):
    assert Connection.of(online=online, waiting=waiting, parked=0).state == state


VERSIONS = st.lists(
    st.tuples(st.sampled_from(["t1", "t2"]), st.sampled_from(list(TicketState))), max_size=12
)


@given(VERSIONS, st.randoms(use_true_random=False))
def test_answers_between_events_never_lead_astray(moves, chance):
    """Live answers are events seen early: mixed in anywhere, the end is the same."""
    history = [
        ticket(ident, version=version, state=state)
        for version, (ident, state) in enumerate(moves, start=1)
    ]
    plain = mixed = picture()
    for number, seen in enumerate(history, start=11):
        plain = apply(plain, changed(number, seen))
    for number, seen in enumerate(history, start=11):
        early = chance.choice(history[: number - 10])
        mixed = apply(mixed, changed(number, seen)).with_ticket(early)
        assert mixed.unread <= set(mixed.cards)
    assert mixed.cards == plain.cards
    assert {key for key, shown in plain.cards.items() if shown.ticket.state not in ALIVE} == set()
