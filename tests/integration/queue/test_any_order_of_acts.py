"""Acts in any order from several desks: whatever was pressed, the rows still tell one story."""

import itertools
import json
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import text

from loket.queue.queries import interval_of, standing_of
from loket.queue.rules.life import ALIVE, AT_COUNTER, MOVES, TicketState, standing
from loket.queue.rules.times import times
from loket.queue.tables import CounterPresenceRow, TicketIntervalRow, TicketProductRow, TicketRow
from tests.builders import AFHALEN, BURGERZAKEN, EID, LEEFLOON, MONDAY_NINE, RIJBEWIJS, SITE, SNEL

DESKS = {
    "onthaal-1": "sofie",
    "loket-1": "tom",
    "loket-2": "nele",
    "snel-1": "an",
}
COUNTERS = ("loket-1", "loket-2", "snel-1")
ACTS = (
    *("start", "finish", "put-back", "recall", "no-show", "withdraw"),
    *("park", "resume", "call-parked", "return"),
)
PRODUCTS = (EID, RIJBEWIJS, AFHALEN, LEEFLOON)
GOALS = (
    *({"product_id": product} for product in PRODUCTS),
    *({"queue_id": queue} for queue in (BURGERZAKEN, SNEL)),
    *({"counter_id": f"c-{code}"} for code in ("loket-1", "loket-2", "snel-1", "sociaal-1")),
)
ANSWERED = {200, 201, 403, 404, 409}
CLOSED = {"queue.closed", "queue.closed_by_hand"}
TICKET = TicketRow.metadata.tables["ticket"]
INTERVAL = TicketIntervalRow.metadata.tables["ticket_interval"]
PRODUCT = TicketProductRow.metadata.tables["ticket_product"]
PRESENCE = CounterPresenceRow.metadata.tables["counter_presence"]
STEPS = 150
EMPTIED = (
    *("ticket_interval", "ticket_product", "act", "ticket", "visit", "series_day"),
    *("number_lease", "event", "queue_by_hand"),
)


class Town:
    """Four desks with every button pressed, now and then by somebody who is wrong.

    Drawn evenly by a random generator: Hypothesis's own rules seldom lead anybody to being served,
    parked, sent on and back within the acts that there is time for.
    """

    def __init__(self, store, clock, desks, random):
        self.store, self.clock, self.desks, self.random = store, clock, desks, random
        self.tickets = []
        self.told = []

    def a_new_day(self):
        self.clock.moment = MONDAY_NINE
        with self.store.database.writers.begin() as connection:
            for table in EMPTIED:
                connection.execute(text(f"DELETE FROM {table}"))
            connection.execute(text("UPDATE event_stream SET last_number = 0"))
            connection.execute(PRESENCE.update().values(pause_reason="", paused_at=None))

    # what people do

    def step(self):
        """One thing happens, of those that can."""
        can = [self.time_passes, *[self.give] * 3, *[self.call] * 3]
        if self._at_counters():
            can += [self.what_comes_next] * 6 + [self.anything_with_who_is_here] * 5
        if self._away():
            can += [self.back] * 2
        if self.tickets:
            can += [self.anything, self.several_at_once]
        if self.random.random() < 0.12:
            can = [self.house]
        self.random.choice(can)()

    def give(self):
        product = self.random.choice(PRODUCTS)
        desk = self.random.choice(sorted(DESKS))
        answer = self._post(desk, "/tickets", {"visit": {}, "product_id": product})
        if answer.status_code == 201:
            self.tickets.append(answer.json()["ticket"]["id"])
        else:
            assert answer.json()["code"] in CLOSED

    def anything(self):
        self._post(*self._an_act(self.random.choice(sorted(DESKS)), self._a_ticket()))

    def what_comes_next(self):
        desk, ticket = self.random.choice(self._at_counters())
        act = self.random.choice(("start", "start", "finish", "park", "no-show"))
        self._post(desk, f"/tickets/{ticket}/{act}", {})

    def anything_with_who_is_here(self):
        desk, ticket = self.random.choice(self._at_counters())
        self._post(*self._an_act(desk, ticket))

    def back(self):
        act = self.random.choice(("resume", "call-parked", "call-parked", "return", "undo"))
        ticket = self.random.choice(self._away())
        desk = self.random.choice(COUNTERS)
        if act == "undo":
            self._post(desk, "/undo", {"ticket_id": ticket})
        else:
            self._post(desk, f"/tickets/{ticket}/{act}", {})

    def several_at_once(self):
        """Each desk presses one button; who is at its counter, or another's, is often the same."""
        desks = self.random.sample(COUNTERS, self.random.choice((2, 3)))
        shared = self._a_ticket()
        acts = [self._likely(desk, shared) for desk in desks]
        with ThreadPoolExecutor(len(acts)) as pool:
            answers = list(pool.map(lambda act: self.desks[act[0]].post(act[1], act[2]), acts))
        self.told.append(["at once", *acts, [answer.status_code for answer in answers]])
        assert {answer.status_code for answer in answers} <= ANSWERED

    def call(self):
        desk = self.random.choice(COUNTERS)
        before = self._open_counters()
        at_counter = self._at_counter(desk)
        answer = self._post(desk, f"/counters/c-{desk}/call-next", {"believes": at_counter})
        called = answer.json().get("called") if answer.status_code == 200 else None
        if called is not None:
            named = called["ticket"]["only_counter_id"]
            assert named in {None, f"c-{desk}"} or named not in before

    def house(self):
        self._post(*self._of_the_house())

    def time_passes(self):
        """Now and then a little backwards, as clocks that are set right do."""
        self.clock.advance(seconds=self.random.choice([1.0, 30.0, 200.0, 301.0, -0.02]))

    def _likely(self, desk, shared):
        believes = {"believes": self._at_counter(desk)}
        call = (desk, f"/counters/c-{desk}/call-next", believes)
        own = believes["believes"] or shared
        acts = (call, call, self._an_act(desk, shared), self._an_act(desk, own))
        return self.random.choice((*acts, self._of_the_house()))

    def _an_act(self, desk, ticket):
        """What somebody presses: where, its address, and what it says."""
        pick = self.random.choice
        kind = pick(("act", "act", "act", "transfer", "product", "undo"))
        if kind == "transfer":
            return desk, f"/tickets/{ticket}/transfer", pick(GOALS)
        if kind == "product":
            product = pick(PRODUCTS)
            if pick((True, True, False)):
                return desk, f"/tickets/{ticket}/products", {"product_id": product}
            return desk, f"/tickets/{ticket}/products/{product}/remove", {}
        if kind == "undo":
            return desk, "/undo", {"ticket_id": ticket}
        return desk, f"/tickets/{ticket}/{pick(ACTS)}", {}

    def _of_the_house(self):
        """What is done to counters and queues."""
        pick = self.random.choice
        desk = pick(("loket-1", "loket-2", "snel-1", "snel-1"))
        if pick((True, False)):
            counter = pick((desk, "loket-1", "loket-2"))
            if pick((True, False)):
                return desk, f"/counters/c-{counter}/end-pause", {}
            reason = pick(("break", "break", "supervisor"))
            return desk, f"/counters/c-{counter}/pause", {"reason": reason}
        act = pick(("open", "open", "close"))
        return desk, f"/queues/{pick((BURGERZAKEN, SNEL))}/{act}", {"reason": "staff"}

    def _a_ticket(self):
        """Of the newest: who went home an hour ago is seldom asked for."""
        return self.random.choice(self.tickets[-6:])

    # what must hold

    def a_counter_has_one_open_ticket(self):
        at = [row.counter_id for row in self._rows() if row.state in AT_COUNTER]
        assert len(at) == len(set(at))

    def numbers_have_no_gaps(self):
        given_out = defaultdict(list)
        for row in self._rows():
            given_out[row.series_id].append(row.number)
        for numbers in given_out.values():
            assert sorted(numbers) == list(range(1, len(numbers) + 1))

    def intervals_follow_without_gap_or_overlap_and_only_by_known_moves(self):
        for history in self._histories().values():
            assert [row.to_at is None for row in history] == [False] * (len(history) - 1) + [True]
            for before, after in itertools.pairwise(history):
                assert before.to_at == after.from_at
                move = (TicketState(before.state), TicketState(after.state))
                assert move[1] in MOVES[move[0]]

    def a_ticket_is_what_its_intervals_add_up_to(self):
        histories = self._histories()
        for row in self._rows():
            assert standing_of(row) == standing(interval_of(one) for one in histories[row.id])

    def times_are_recomputable_from_the_rows(self):
        histories = self._histories()
        for row in self._rows():
            history = [interval_of(one) for one in histories[row.id]]
            until = max(self.clock.now(), history[-1].from_at)
            told = times(history, arrived_at=row.arrived_at, until=until)
            assert (told.first_wait is None) == (row.first_called_at is None)
            if told.first_wait is not None:
                assert told.first_wait == row.first_called_at - row.arrived_at
            whole = told.all_waits + told.parked + told.called + told.service
            ended = until - row.ended_at if row.ended_at else timedelta(0)
            absent = sum(
                (
                    after.from_at - before.from_at
                    for before, after in itertools.pairwise(history)
                    if before.state is TicketState.NO_SHOW
                ),
                timedelta(0),
            )
            assert whole + ended + absent == until - row.arrived_at

    def no_ticket_is_lost(self):
        rows = {row.id: row for row in self._rows()}
        assert set(rows) == set(self.tickets)
        alive = {ident for ident, row in rows.items() if row.state in ALIVE}
        board = self.desks["onthaal-1"].get(f"/sites/{SITE}/board").json()
        assert {card["ticket"]["id"] for card in board["cards"]} == alive
        assert all((row.state == "parked") == bool(row.parked_by) for row in rows.values())

    def products_add_up(self):
        present = defaultdict(list)
        with self.store.reading() as connection:
            rows = (
                PRODUCT.select().where(PRODUCT.c.removed_at.is_(None)).order_by(PRODUCT.c.position)
            )
            for row in connection.execute(rows):
                present[row.ticket_id].append(row.product_id)
        assert present == {row.id: row.more_products for row in self._rows() if row.more_products}

    def a_visit_is_open_while_a_ticket_lives(self):
        with self.store.reading() as connection:
            wrong = connection.execute(
                text(
                    "SELECT v.id, t.state FROM visit v JOIN ticket t ON t.visit_id = v.id WHERE"
                    " (v.closed_at IS NULL) <> (t.state NOT IN ('done', 'withdrawn', 'expired'))"
                )
            ).all()
        assert wrong == []

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

    def check(self):
        """Everything that must hold; ``told`` in a failure's locals says what was done."""
        self.a_counter_has_one_open_ticket()
        self.numbers_have_no_gaps()
        self.intervals_follow_without_gap_or_overlap_and_only_by_known_moves()
        self.a_ticket_is_what_its_intervals_add_up_to()
        self.times_are_recomputable_from_the_rows()
        self.no_ticket_is_lost()
        self.products_add_up()
        self.a_visit_is_open_while_a_ticket_lives()
        self.events_have_no_gaps_and_the_last_one_is_the_truth()

    def _post(self, desk, path, body):
        before = {row.id: row.version for row in self._rows()}
        answer = self.desks[desk].post(path, body)
        self.told.append((desk, path, body, answer.status_code))
        assert answer.status_code in ANSWERED, answer.text
        if answer.status_code >= 400:
            assert {row.id: row.version for row in self._rows()} == before
        return answer

    def _at_counter(self, desk):
        return next(
            (r.id for r in self._rows() if r.counter_id == f"c-{desk}" and r.state in AT_COUNTER),
            None,
        )

    def _at_counters(self):
        rows = [row for row in self._rows() if row.state in AT_COUNTER]
        return sorted((row.counter_id.removeprefix("c-"), row.id) for row in rows)

    def _away(self):
        return sorted(row.id for row in self._rows() if row.state in {"parked", "no_show"})

    def _open_counters(self):
        free = PRESENCE.select().where(PRESENCE.c.calls, PRESENCE.c.pause_reason == "")
        with self.store.reading() as connection:
            return {row.counter_id for row in connection.execute(free)}

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


@pytest.mark.parametrize("seed", range(3))
def test_any_order_of_acts_leaves_one_story(store, clock, sit, seed):
    desks = {desk: sit(person, desk) for desk, person in DESKS.items()}
    town = Town(store, clock, desks, Random(seed))
    town.a_new_day()
    for _ in range(STEPS):
        town.step()
        town.check()
