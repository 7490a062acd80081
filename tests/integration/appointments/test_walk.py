"""Acts on appointments in any order, from several desks: the rows still tell one story."""

import itertools
from collections import Counter, defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

import pytest
import vobject
from sqlalchemy import text

from loket.appointments.queries.plans import Plans
from loket.appointments.usecases.arriving import end_appointments
from loket.appointments.usecases.wishing import let_offers_lapse
from loket.catalogue.offer import Offers
from loket.kit.clock import FixedClock
from loket.kit.ids import new_id
from loket.queue.queries import measured
from loket.store.work import Store
from tests.builders import EID, RIJBEWIJS, SITE
from tests.calendars import at, booking, schedule
from tests.serving import Client

Sit = Callable[[str, str], Client]
DESKS = {"onthaal-1": "sofie", "loket-1": "tom", "loket-2": "nele"}
MOMENTS = [at(9 + nr // 2, nr % 2 * 30, days=day) for day in (-1, 0) for nr in range(4)]
ANSWERED = {200, 201, 404, 409, 422}
STEPS = 100
ACTS = (
    *("move", "move", "contact", "contact", "cancel", "check-in", "check-in"),
    *("undo-check-in", "no-show"),
)
OPEN = "state = 'waiting'"
STATE_AFTER = {
    "book": "booked",
    "move": "booked",
    "cancel": "cancelled",
    "check_in": "arrived",
    "undo_check_in": "booked",
    "no_show": "no_show",
}


class Town:
    """Two days with few places, so that everybody is in everybody's way."""

    def __init__(
        self, store: Store, clock: FixedClock, desks: dict[str, Client], random: Random
    ) -> None:
        self.store, self.clock, self.desks, self.random = store, clock, desks, random
        self.offers, self.plans = Offers(clock, measured), Plans()
        self.done: Counter[tuple[str, int]] = Counter()

    # what people do

    def step(self) -> None:
        """One thing happens; early steps fill the days."""
        acts = [self.time_passes, self.wish, self.hold, self.let_go, self.withdraw_wish]
        acts += [self.book] * 5 + [self.answer_offer] * 2 + [self.anything] * 9
        acts += [self.call, self.several_at_once, self.several_at_once]
        self.random.choice(acts)()

    def time_passes(self) -> None:
        self.clock.advance(minutes=self.random.choice([1, 11, 25]))
        let_offers_lapse(self.store, self.offers, self.plans)
        end_appointments(self.store)

    def book(self) -> None:
        self._do("book", "/appointments", self._booking())

    def answer_offer(self) -> None:
        offered = self._rows("appointment_wish", "state = 'offered'")
        if offered:
            wish = self.random.choice(offered)
            body = {**self._booking(), "starts_at": _text(wish.offered_at), "wish_id": wish.id}
            self._do("answer", "/appointments", body)

    def wish(self) -> None:
        body = {
            "id": new_id(),
            "product_ids": [self.random.choice([EID, RIJBEWIJS])],
            "first_day": "2026-03-16",
            "last_day": "2026-03-17",
            "contact": {"name": "Wacht", "phone": "0470123456"},
        }
        self._do("wish", "/appointment-wishes", body)

    def withdraw_wish(self) -> None:
        known = self._rows("appointment_wish")
        if known:
            self._do("withdraw", f"/appointment-wishes/{self.random.choice(known).id}/withdraw", {})

    def hold(self) -> None:
        body = {"product_ids": [EID], "site_id": SITE, "starts_at": self._moment()}
        self._do("hold", "/appointment-holds", body)

    def let_go(self) -> None:
        held = self._rows("appointment_hold")
        if held:
            self._do("let go", f"/appointment-holds/{self.random.choice(held).id}/let-go", {})

    def call(self) -> None:
        desk = self.random.choice(["loket-1", "loket-2"])
        client = self.desks[desk]
        client.post(f"/counters/{client.counter}/call-next", {"believes": None})

    def anything(self) -> None:
        asked = self._an_act()
        if asked is not None:
            self._do(*asked)

    def several_at_once(self) -> None:
        """Two desks press at the same moment, often about the same appointment."""
        asked = [one for one in (self._an_act(), self._an_act()) if one is not None]
        asked += [("book", "/appointments", self._booking()) for _ in range(2)]
        with ThreadPoolExecutor(len(asked)) as pool:
            desks = itertools.cycle(sorted(DESKS))
            answers = list(
                pool.map(
                    lambda one: (one[1][0], self.desks[one[0]].post(*one[1][1:])),
                    zip(desks, asked[: len(DESKS)], strict=False),
                )
            )
        for act, answer in answers:
            self._note(act, answer)

    def _an_act(self) -> tuple[str, str, dict[str, Any]] | None:
        rows = self._rows("appointment")
        if not rows:
            return None
        row = self.random.choice(rows)
        act = self.random.choice(ACTS)
        contact = {
            "name": "Jan",
            "phone": "0470123456",
            "email": f"j{self.random.randint(1, 9)}@e.be",
        }
        bodies: dict[str, dict[str, Any]] = {
            "move": {"site_id": SITE, "starts_at": self._moment()},
            "contact": {"contact": contact},
            "cancel": {"reason": "citizen"},
            "check-in": {"visit": {"id": new_id()}, "ticket_id": new_id(), "anyway": True},
        }
        return act, f"/appointments/{row.id}/{act}", bodies.get(act, {})

    def _booking(self) -> dict[str, Any]:
        product = self.random.choice([EID, RIJBEWIJS])
        contact = {"email": "jan@example.be", "phone": "0470123456"}
        more = {"confirm": ["mail", "sms"], "channel": self.random.choice(["desk", "web"])}
        return booking(product, self._moment(), SITE, contact=contact, **more)

    def _moment(self) -> str:
        return self.random.choice(MOMENTS)

    def _do(self, act: str, path: str, body: dict[str, Any]) -> None:
        self._note(act, self.desks[self.random.choice(sorted(DESKS))].post(path, body))

    def _note(self, act: str, answer: Any) -> None:
        assert answer.status_code in ANSWERED, answer.text
        self.done[act, answer.status_code] += 1

    # what must hold, read from the rows

    def check(self) -> None:
        self.no_cell_is_over_capacity()
        self.who_has_an_appointment_holds_exactly_its_cells()
        self.a_hold_takes_its_cells_and_an_offer_has_its_hold()
        self.each_step_is_in_the_history()
        self.one_open_message_of_a_kind_and_channel()
        self.calendar_items_keep_their_uid_and_rise()
        self.who_arrived_has_one_ticket()

    def no_cell_is_over_capacity(self) -> None:
        taken = defaultdict(list)
        for row in self._rows("appointment_cell"):
            taken[row.queue_id, row.cell].append(row.place)
        for places in taken.values():
            assert len(set(places)) == len(places) <= 2

    def who_has_an_appointment_holds_exactly_its_cells(self) -> None:
        cells = defaultdict(list)
        for row in self._rows("appointment_cell", "appointment_id IS NOT NULL"):
            cells[row.appointment_id].append((row.queue_id, row.cell))
        for row in self._rows("appointment"):
            first = int(_moment(row.starts_at).timestamp()) // 300
            wanted = [(row.queue_id, first + nr) for nr in range(-(-row.minutes // 5))]
            assert sorted(cells.pop(row.id, [])) == ([] if row.state == "cancelled" else wanted)
        assert not cells

    def a_hold_takes_its_cells_and_an_offer_has_its_hold(self) -> None:
        holds = {row.id: row for row in self._rows("appointment_hold")}
        cells = Counter(row.hold_id for row in self._rows("appointment_cell") if row.hold_id)
        assert cells == {ident: -(-row.minutes // 5) for ident, row in holds.items()}
        now = self.clock.now()
        for wish in self._rows("appointment_wish", "state = 'offered'"):
            lapsed = _moment(wish.offer_until) <= now
            assert lapsed or _moment(holds[wish.hold_id].starts_at) == _moment(wish.offered_at)

    def each_step_is_in_the_history(self) -> None:
        steps = defaultdict(list)
        for row in self._rows("appointment_step"):
            steps[row.appointment_id].append(row)
        for row in self._rows("appointment"):
            history = sorted(steps.pop(row.id), key=lambda step: step.seq)
            assert [step.seq for step in history] == list(range(1, row.version + 1))
            assert history[0].act == "book"
            states = [STATE_AFTER[step.act] for step in history if step.act in STATE_AFTER]
            assert states[-1] == row.state
            assert _moment(history[-1].starts_at) == _moment(row.starts_at)
            moved = [step.act for step in history if step.act in {"move", "cancel"}]
            assert row.sequence >= len(moved)
            for before, after in itertools.pairwise(history):
                if after.act == "move":
                    assert (before.starts_at, before.queue_id) != (after.starts_at, after.queue_id)
        assert not steps

    def one_open_message_of_a_kind_and_channel(self) -> None:
        """Of what was told and is no longer true nothing waits to be sent."""
        open_ones = Counter(
            (row.subject_id, row.kind, row.channel) for row in self._rows("outgoing_message", OPEN)
        )
        assert all(many == 1 for many in open_ones.values())
        states = {row.id: row.state for row in self._rows("appointment")}
        for subject, kind, _channel in open_ones:
            if states.get(subject) == "cancelled":
                assert kind == "appointment_cancelled"
            if states.get(subject) == "arrived":
                assert kind != "appointment_reminder"

    def calendar_items_keep_their_uid_and_rise(self) -> None:
        told = defaultdict(list)
        rows = self._rows("outgoing_message", "calendar IS NOT NULL")
        for row in sorted(rows, key=lambda row: row.sequence):
            event = vobject.readOne(row.calendar).vevent
            told[row.subject_id].append((event.uid.value, int(event.sequence.value)))
        sequences = {row.id: row.sequence for row in self._rows("appointment")}
        for subject, items in told.items():
            assert {uid for uid, _sequence in items} == {f"{subject}@loket"}
            numbers = [sequence for _uid, sequence in items]
            assert numbers == sorted(set(numbers))
            assert numbers[-1] == sequences[subject]

    def who_arrived_has_one_ticket(self) -> None:
        """Of the tickets of an appointment at most one is not withdrawn, and that is its own."""
        rows = self._rows("appointment")
        assert all((row.state == "arrived") == bool(row.ticket_id) for row in rows)
        given = self._rows("ticket", "kind = 'appointment' AND state <> 'withdrawn'")
        assert {row.id for row in given} <= {row.ticket_id for row in rows}
        checked_in = self._rows("appointment_step", "act = 'check_in'")
        assert len(self._rows("ticket", "kind = 'appointment'")) == len(checked_in)

    def _rows(self, table: str, which: str = "1 = 1") -> list[Any]:
        with self.store.reading() as connection:
            statement = text(f"SELECT * FROM {table} WHERE {which} ORDER BY 1, 2")
            return list(connection.execute(statement))


def _moment(value: Any) -> datetime:
    """A moment as the driver gives it: SQLite gives the text that it keeps."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.replace(tzinfo=MONDAY) if moment.tzinfo is None else moment


MONDAY = datetime.fromisoformat(at(9)).tzinfo


def _text(value: Any) -> str:
    return _moment(value).isoformat()


@pytest.mark.parametrize("seed", range(3))
def test_any_order_of_acts_leaves_one_story(
    store: Store, clock: FixedClock, sit: Sit, seed: int
) -> None:
    schedule(store, closes=time(11))
    clock.moment -= timedelta(days=2, hours=1)  # Saturday, so that reminders are still to be sent
    desks = {desk: sit(person, desk) for desk, person in DESKS.items()}
    town = Town(store, clock, desks, Random(seed))
    for nr in range(STEPS):
        if nr == STEPS // 3:
            clock.moment += timedelta(days=2, hours=1)
            town.desks = {desk: sit(person, desk) for desk, person in DESKS.items()}
        town.step()
        town.check()
    for act in ("book", "move", "contact", "cancel", "check-in", "wish"):
        assert any(code < 300 for did, code in town.done if did == act), act
