"""Acts in any order from several desks: whatever was pressed, the rows still tell one story."""

import itertools
import json
from collections import defaultdict
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import text

from loket.queue.queries import standing_of
from loket.queue.rules.life import AT_COUNTER, MOVES, Interval, TicketState, standing
from loket.queue.tables import TicketIntervalRow, TicketRow
from tests.builders import AFHALEN, EID, LEEFLOON

DESKS = {
    "onthaal-1": "sofie",
    "loket-1": "tom",
    "loket-2": "nele",
    "snel-1": "an",
}
ACTS = ("start", "finish", "put-back", "recall", "no-show", "withdraw")
ANSWERED = {200, 201, 403, 404, 409}
TICKET = TicketRow.metadata.tables["ticket"]
INTERVAL = TicketIntervalRow.metadata.tables["ticket_interval"]
EMPTIED = ("ticket_interval", "act", "ticket", "visit", "series_day", "number_lease", "event")


class Town(RuleBasedStateMachine):
    """Four desks with every button pressed by somebody who may be wrong."""

    store = clock = desks = None

    def __init__(self):
        super().__init__()
        self.tickets = []
        self.leased = []

    @initialize()
    def a_new_day(self):
        with self.store.database.writers.begin() as connection:
            for table in EMPTIED:
                connection.execute(text(f"DELETE FROM {table}"))
            connection.execute(text("UPDATE event_stream SET last_number = 0"))

    # what people do

    @rule(desk=st.sampled_from(sorted(DESKS)), product=st.sampled_from([EID, AFHALEN, LEEFLOON]))
    def give(self, desk, product):
        answer = self._post(desk, "/tickets", {"visit": {}, "product_id": product})
        assert answer.status_code == 201
        self.tickets.append(answer.json()["ticket"]["id"])

    @precondition(lambda self: self.tickets)
    @rule(desk=st.sampled_from(sorted(DESKS)), act=st.sampled_from(ACTS), data=st.data())
    def act(self, desk, act, data):
        ticket = data.draw(st.sampled_from(self.tickets))
        self._post(desk, f"/tickets/{ticket}/{act}", {})

    @rule(desk=st.sampled_from(sorted(DESKS)), right=st.booleans(), data=st.data())
    def call(self, desk, right, data):
        at_counter = self._at_counter(desk) if right else None
        if not right and self.tickets:
            at_counter = data.draw(st.sampled_from([None, *self.tickets]))
        self._post(desk, f"/counters/c-{desk}/call-next", {"believes": at_counter})

    @precondition(lambda self: self.tickets)
    @rule(desk=st.sampled_from(sorted(DESKS)), data=st.data())
    def undo(self, desk, data):
        ticket = data.draw(st.sampled_from(self.tickets))
        self._post(desk, "/undo", {"ticket_id": ticket})

    @rule(seconds=st.sampled_from([1.0, 30.0, 200.0, 301.0, -0.02]))
    def time_passes(self, seconds):
        """Now and then a little backwards, as clocks that are set right do."""
        self.clock.advance(seconds=seconds)

    # what must hold

    @invariant()
    def a_counter_has_one_open_ticket(self):
        at = [row.counter_id for row in self._rows() if row.state in AT_COUNTER]
        assert len(at) == len(set(at))

    @invariant()
    def numbers_have_no_gaps(self):
        given_out = defaultdict(list)
        for row in self._rows():
            given_out[row.series_id].append(row.number)
        for numbers in given_out.values():
            assert sorted(numbers) == list(range(1, len(numbers) + 1))

    @invariant()
    def intervals_follow_without_gap_or_overlap_and_only_by_known_moves(self):
        for history in self._histories().values():
            assert [row.to_at is None for row in history] == [False] * (len(history) - 1) + [True]
            for before, after in itertools.pairwise(history):
                assert before.to_at == after.from_at
                move = (TicketState(before.state), TicketState(after.state))
                assert move[1] in MOVES[move[0]]

    @invariant()
    def a_ticket_is_what_its_intervals_add_up_to(self):
        histories = self._histories()
        for row in self._rows():
            assert standing_of(row) == standing(_interval(one) for one in histories[row.id])

    @invariant()
    def a_visit_is_open_while_a_ticket_lives(self):
        with self.store.reading() as connection:
            wrong = connection.execute(
                text(
                    "SELECT v.id, t.state FROM visit v JOIN ticket t ON t.visit_id = v.id WHERE"
                    " (v.closed_at IS NULL) <> (t.state NOT IN ('done', 'withdrawn', 'expired'))"
                )
            ).all()
        assert wrong == []

    @invariant()
    def events_have_no_gaps_and_the_last_one_is_the_truth(self):
        with self.store.reading() as connection:
            rows = connection.execute(text("SELECT number, kind, data FROM event")).all()
        assert sorted(row.number for row in rows) == list(range(1, len(rows) + 1))
        told = {}
        for row in sorted(rows):
            if row.kind == "ticket_changed":
                ticket = json.loads(row.data)["ticket"]
                told[ticket["id"]] = (ticket["version"], ticket["state"])
        assert told == {row.id: (row.version, row.state) for row in self._rows()}

    def _post(self, desk, path, body):
        before = {row.id: row.version for row in self._rows()}
        answer = self.desks[desk].post(path, body)
        assert answer.status_code in ANSWERED, answer.text
        if answer.status_code >= 400:
            assert {row.id: row.version for row in self._rows()} == before
        return answer

    def _at_counter(self, desk):
        return next(
            (r.id for r in self._rows() if r.counter_id == f"c-{desk}" and r.state in AT_COUNTER),
            None,
        )

    def _rows(self):
        with self.store.reading() as connection:
            return connection.execute(TICKET.select()).all()

    def _histories(self):
        found = defaultdict(list)
        with self.store.reading() as connection:
            stands = INTERVAL.c.undone_at.is_(None)
            rows = INTERVAL.select().where(stands).order_by(INTERVAL.c.ticket_id, INTERVAL.c.seq)
            for row in connection.execute(rows):
                found[row.ticket_id].append(row)
        return found


def _interval(row):
    return Interval(
        row.seq,
        TicketState(row.state),
        row.from_at,
        row.counter_id,
        row.user_id,
        row.calls,
        row.last_call_at,
        row.why,
    )


@pytest.fixture
def town(store, clock, sit):
    desks = {desk: sit(person, desk) for desk, person in DESKS.items()}
    return type("ThisTown", (Town,), {"store": store, "clock": clock, "desks": desks})


def test_any_order_of_acts_leaves_one_story(town, clock):
    started = clock.now()
    run_state_machine_as_test(
        town,
        settings=settings(
            max_examples=20,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
    assert clock.now() - started < timedelta(hours=9), "the town hall closed meanwhile"
