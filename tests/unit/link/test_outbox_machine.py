"""The outbox under any order of steps, crashes included: nothing lost or twice, all in order."""

import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from loket.kit.clock import FixedClock
from loket.link.disk import Disk
from loket.link.outbox import CLAIM_SECONDS, EntryState, Letter, Outbox

VISITS = st.sampled_from(["visit-1", "visit-2", "visit-3"])
WINDOWS = st.sampled_from([0, 1])
NOON = datetime(2026, 3, 16, 12, tzinfo=UTC)


class OutboxMachine(RuleBasedStateMachine):
    """Two windows on one folder; the server does each key once and keeps its answer."""

    def __init__(self):
        super().__init__()
        self.folder = tempfile.mkdtemp()
        self.clock = FixedClock(NOON)
        self.disks = [self._disk(), self._disk()]
        self.outboxes = [Outbox(disk, self.clock) for disk in self.disks]
        self.handed_in: dict[str, list[str]] = {}
        self.effects: dict[str, list[str]] = {}
        self.done: set[str] = set()
        self.refused: set[str] = set()
        self.dropped: set[str] = set()
        self.flying: list[tuple[int, str, str]] = []
        self.in_hand: set[str] = set()
        """On their way for the first time, by a window that has not said what became of them."""
        self.count = 0

    def _disk(self):
        disk = Disk(Path(self.folder) / "desk.sqlite3")
        disk._connection.execute("PRAGMA synchronous=OFF")  # no power cuts here: crashes only
        return disk

    def teardown(self):
        for disk in self.disks:
            disk.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    @rule(window=WINDOWS, visit=VISITS, claim=st.booleans())
    def hand_in(self, window, visit, claim):
        self.count += 1
        letter = Letter(visit, "add_act", "POST", "/x", "{}", "u", NOON, f"k{self.count}")
        self.handed_in.setdefault(visit, []).append(letter.id)
        if self.outboxes[window].put(letter, claim=claim):
            self.flying.append((window, letter.id, visit))
            self.in_hand.add(letter.id)

    @rule(window=WINDOWS)
    def claim(self, window):
        entry = self.outboxes[window].claim_next()
        if entry is not None:
            self.in_hand.discard(entry.id)
            self.flying.append((window, entry.id, entry.letter.thread))

    def _server_does(self, key, visit):
        if key not in self.done:
            self.done.add(key)
            self.effects.setdefault(visit, []).append(key)

    @precondition(lambda self: self.flying)
    @rule(data=st.data(), answered=st.booleans())
    def arrives(self, data, answered):
        """The request takes effect; perhaps nobody hears of it."""
        window, key, visit = data.draw(st.sampled_from(self.flying))
        self._server_does(key, visit)
        if answered:
            self.flying.remove((window, key, visit))
            self.outboxes[window].erase(key)

    @precondition(lambda self: self.flying)
    @rule(data=st.data(), delay=st.sampled_from([0.0, 5.0]))
    def fails(self, data, delay):
        window, key, _visit = taken = data.draw(st.sampled_from(self.flying))
        self.flying.remove(taken)
        self.in_hand.discard(key)
        self.outboxes[window].put_back(key, delay=delay)

    @precondition(lambda self: self.flying)
    @rule(data=st.data())
    def is_refused(self, data):
        window, key, _visit = taken = data.draw(st.sampled_from(self.flying))
        if key in self.done:
            return  # the server keeps to its first answer
        self.flying.remove(taken)
        self.refused.add(key)
        self.in_hand.discard(key)
        self.outboxes[window].park(key, code="not_allowed", params={"n": 1})

    @rule(window=WINDOWS)
    def window_dies(self, window):
        """Between any two steps: what it was sending is nobody's until the claim runs out."""
        self.disks[window].close()
        self.flying = [flight for flight in self.flying if flight[0] != window]
        self.disks[window] = self._disk()
        self.outboxes[window] = Outbox(self.disks[window], self.clock)

    @rule(seconds=st.sampled_from([1.0, CLAIM_SECONDS + 1]))
    def time_passes(self, seconds):
        self.clock.advance(seconds=seconds)
        if seconds > CLAIM_SECONDS:
            self.flying.clear()  # no attempt takes so long

    @precondition(lambda self: self.refused)
    @rule(window=WINDOWS, data=st.data())
    def person_drops(self, window, data):
        key = data.draw(st.sampled_from(sorted(self.refused)))
        self.refused.remove(key)
        self.dropped.add(key)
        self.outboxes[window].erase(key)

    @invariant()
    def nothing_is_lost(self):
        kept = {entry.id for entry in self.outboxes[0].entries()}
        everything = {key for keys in self.handed_in.values() for key in keys}
        assert everything == kept | self.done | self.dropped

    @invariant()
    def each_visit_is_in_order(self):
        for visit, keys in self.handed_in.items():
            arrived = self.effects.get(visit, [])
            assert arrived == [key for key in keys if key in self.done]
            # What arrived is all there was before it, but for what a person dropped.
            last = keys.index(arrived[-1]) if arrived else 0
            assert all(key in self.done | self.dropped for key in keys[:last])

    @invariant()
    def nothing_flies_twice(self):
        keys = [key for _window, key, _visit in self.flying]
        assert len(keys) == len(set(keys))

    @invariant()
    def counts_agree(self):
        entries = self.outboxes[1].entries()
        states = [entry.state for entry in entries]
        first_try = self.in_hand & {entry.id for entry in entries}
        counts = self.outboxes[1].counts()
        assert counts.parked == states.count(EntryState.PARKED)
        assert counts.waiting == len(states) - counts.parked - len(first_try)


TestOutbox = OutboxMachine.TestCase
TestOutbox.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
