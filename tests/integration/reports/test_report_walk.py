"""Acts on reports in any order, from several desks: the rows still tell one story."""

import itertools
import json
from collections import Counter, defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from random import Random
from typing import Any

import pytest
from sqlalchemy import text

from loket.kit.clock import FixedClock
from loket.reports.rules.flow import ENDED, MOVES, ReportAct, ReportState
from loket.reports.usecases.prolonging import move_waiting_on
from loket.store.work import Store
from tests.reporting import GRID, LAMP, OTHER, TILE, WELFARE, arrange, file_of, report
from tests.serving import Client

Sit = Callable[[str, str], Client]
DESKS = {"onthaal-1": "sofie", "loket-3": "tom", "loket-1": "hanne"}
ANSWERED = {200, 201, 403, 404, 409, 422}
BY_HAND = {
    ReportAct(act) for act in ["start", "await_third", "resume", "resolve", "close", "reopen"]
}
STEPS = 100
GOALS = ({"department_id": "d-bz"}, {"department_id": "d-soc"}, {"party_id": GRID})
REPORTERS: tuple[dict[str, Any], ...] = (
    {},
    {"name": "Zoë", "phone": "0470123456", "answer_by": "sms"},
    {"name": "Jan", "address": "Markt 1", "answer_by": "letter"},
    {"name": "Mia", "phone": "0470123457", "answer_by": "phone"},
    {"name": "", "email": None},
)
SEEN = ("assign", "return", "move", "take", "refer", "inadmissible", "extend", "change", "reply")
ACTS = (*SEEN, "assign", "move", "move", "reply", "reply", "note", "answer", "attempt", "promise")


class Town:
    """Few reports and many acts, so that everybody is in everybody's way."""

    def __init__(self, store: Store, clock: FixedClock, sit: Sit, random: Random) -> None:
        self.store, self.clock, self.sit, self.random = store, clock, sit, random
        self.desks: dict[str, Client] = {}
        self.sign_in()
        self.done: Counter[tuple[str, int]] = Counter()

    # what people do

    def step(self) -> None:
        """One thing happens; early steps make reports."""
        acts = [self.days_pass, self.join, self.post_letters, self.link, self.the_same_twice]
        acts += [self.register] * 2 + [self.anything] * 10 + [self.several_at_once] * 3
        self.random.choice(acts)()

    def days_pass(self) -> None:
        self.clock.advance(minutes=self.random.choice([10, 24 * 60]))
        move_waiting_on(self.store)
        self.sign_in()

    def sign_in(self) -> None:
        """In the morning; who sat there goes on."""
        self.desks = {desk: self.sit(person, desk) for desk, person in DESKS.items()}

    def register(self) -> None:
        self._do("register", "/reports", self._a_report())

    def the_same_twice(self) -> None:
        """The outbox delivers what it does not know to have arrived."""
        body = self._a_report()
        client = self._somebody()
        answers = [client.post("/reports", body) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [201, 409]

    def join(self) -> None:
        row = self._a_row()
        if row is not None:
            who = self.random.choice(REPORTERS[1:4])
            self._do("join", f"/reports/{row.id}/reporters", {"said": "Ook ik.", "reporter": who})

    def post_letters(self) -> None:
        letters = self._rows("report_letter", "posted_at IS NULL")
        if letters:
            ids = [letter.id for letter in self.random.sample(letters, 1)]
            self._do("post", "/report-letters/posted", {"ids": ids})

    def link(self) -> None:
        rows = self._rows("report")
        if len(rows) > 1:
            one, other = self.random.sample(rows, 2)
            body = {"seen_version": one.version, "to_id": other.id}
            self._do("link", f"/reports/{one.id}/link", body)

    def anything(self) -> None:
        row = self._a_row()
        if row is not None:
            self._do(*self._an_act(row))

    def several_at_once(self) -> None:
        """Three desks press at the same moment, mostly about the same report."""
        row = self._a_row()
        if row is None:
            return
        asked = [self._an_act(row), self._an_act(row), ("register", "/reports", self._a_report())]
        with ThreadPoolExecutor(len(asked)) as pool:
            pressed = zip(sorted(DESKS), asked, strict=True)
            answers = list(
                pool.map(lambda one: (one[1][0], self.desks[one[0]].post(*one[1][1:])), pressed)
            )
        for act, answer in answers:
            self._note(act, answer)
        decided = [act for act, answer in answers[:2] if act in SEEN and answer.ok]
        assert len(decided) <= 1, "both decided about what they saw"

    def _an_act(self, row: Any) -> tuple[str, str, dict[str, Any]]:
        act = self.random.choice(ACTS)
        people = self._rows("report_reporter", f"report_id = '{row.id}'")
        who = {"reporter_id": self.random.choice(people).id}
        body: dict[str, dict[str, Any]] = {
            "assign": self.random.choice(GOALS),
            "return": {"reason": "niet van ons"},
            "move": {"act": self._move(row.state), "reason": "zo is het", "close": True},
            "refer": {"to": "de provincie", "text": "Dit is voor de provincie."},
            "inadmissible": {"reason": "policy", "text": "Dit behandelen we niet."},
            "change": self.random.choice(
                [
                    {"kind": self.random.choice(["issue", "complaint"])},
                    {"title": "Anders", "urgency": "dangerous"},
                    {"category_id": self.random.choice([TILE, LAMP, WELFARE, OTHER])},
                ]
            ),
            "reply": {
                "text": "We kijken het na.",
                "to": self.random.choice(["first", "all"]),
                "then": self.random.choice([None, "ask_citizen", "resolve"]),
            },
            "note": {"text": "ploeg 2 gaat langs"},
            "answer": {**who, "channel": "phone", "text": "Het is er nog."},
            "attempt": {**who, "reached": self.random.random() > 0.5},
            "promise": {**who, "due_at": self.clock.now().isoformat()},
        }
        said = dict(body.get(act, {}))
        if act in SEEN:
            said["seen_version"] = row.version
        return act, f"/reports/{row.id}/{act}", said

    def _move(self, state: str) -> str:
        """Mostly one that there is."""
        there = [act for before, act in MOVES if before == state and act in BY_HAND]
        return self.random.choice([*there, *there, *there, ReportAct.REOPEN, ReportAct.NOTE])

    def _a_report(self) -> dict[str, Any]:
        category = self.random.choice([TILE, LAMP, WELFARE, OTHER, None])
        kind = self.random.choice(["issue", "complaint"])
        who = self.random.choice(REPORTERS)
        return report("Iets is stuk.", kind=kind, category_id=category, reporter=who)

    def _a_row(self) -> Any:
        rows = self._rows("report")
        return self.random.choice(rows) if rows else None

    def _somebody(self) -> Client:
        return self.desks[self.random.choice(sorted(DESKS))]

    def _do(self, act: str, path: str, body: dict[str, Any]) -> None:
        self._note(act, self._somebody().post(path, body))

    def _note(self, act: str, answer: Any) -> None:
        assert answer.status_code in ANSWERED, answer.text
        self.done[act, answer.status_code] += 1

    # what must hold, read from the rows

    def check(self) -> None:
        self.numbers_have_no_gaps()
        self.each_history_leads_to_where_its_report_is()
        self.the_days_of_waiting_are_those_of_the_history()
        self.each_reply_is_brought_once()
        self.who_is_called_back_was_promised_it()
        self.messages_are_their_departments()

    def numbers_have_no_gaps(self) -> None:
        numbers = [row.serial % 1_000_000 for row in self._rows("report", order="serial")]
        assert numbers == list(range(1, len(numbers) + 1))
        people = defaultdict(list)
        for row in self._rows("report_reporter", order="place"):
            people[row.report_id].append(row.place)
        assert all(places == list(range(1, len(places) + 1)) for places in people.values())

    def each_history_leads_to_where_its_report_is(self) -> None:
        histories = self._histories()
        for row in self._rows("report"):
            history = histories.pop(row.id)
            assert [line.seq for line in history] == list(range(1, len(history) + 1))
            assert history[0].act == "register"
            for before, line in itertools.pairwise(history):
                state, act = ReportState(before.state), ReportAct(line.act)
                assert line.state == MOVES.get((state, act), state), (state, act)
            last = history[-1].state
            assert last == row.state
            assert (row.resolved_at is not None) == (ReportState(last) in ENDED)
            returned = [line for line in history if line.act == "return"]
            assert row.returns == len(returned)
        assert not histories

    def the_days_of_waiting_are_those_of_the_history(self) -> None:
        for row in self._rows("report"):
            pauses = _json(row.pauses)
            open_ones = [pause for pause in pauses if pause[1] is None]
            assert len(open_ones) == (row.state == "waiting_citizen")
            assert all(since <= (until or since) for since, until in pauses)
            file = file_of(self.desks["loket-1"], row.id)
            if ReportState(row.state) not in ENDED:
                assert file["answer"]["due"] == file["report"]["answer_due"] == _day(row.answer_due)

    def each_reply_is_brought_once(self) -> None:
        """By mail and text message one message, by letter one letter; told by telephone: none."""
        sent = Counter(
            (row.subject_id, row.sequence)
            for row in self._rows("outgoing_message", "kind = 'report_replied'")
        )
        letters = Counter((row.reporter_id, row.entry_seq) for row in self._rows("report_letter"))
        for history in self._histories().values():
            for line in history:
                if line.act == "reply":
                    brought = {"mail": sent, "sms": sent, "letter": letters}.get(line.channel)
                    if brought is not None:
                        assert brought.pop((line.reporter_id, line.seq)) == 1
        assert not sent
        assert not letters

    def who_is_called_back_was_promised_it(self) -> None:
        made = Counter[str]()
        for history in self._histories().values():
            made.update(line.act for line in history)
        promises = self._rows("report_promise")
        kept = [row for row in promises if row.kept_at is not None]
        assert (made["promise"], made["keep_promise"]) == (len(promises), len(kept))

    def messages_are_their_departments(self) -> None:
        department = {row.id: row.department_id for row in self._rows("report")}
        people = {row.id: row.report_id for row in self._rows("report_reporter")}
        for row in self._rows("outgoing_message"):
            about = people.get(row.subject_id, row.subject_id)
            assert row.department_id == department[about]

    def _histories(self) -> dict[str, list[Any]]:
        found = defaultdict(list)
        for line in self._rows("report_entry", order="report_id, seq"):
            found[line.report_id].append(line)
        return found

    def _rows(self, table: str, which: str = "1 = 1", order: str = "1, 2") -> list[Any]:
        with self.store.reading() as connection:
            statement = text(f"SELECT * FROM {table} WHERE {which} ORDER BY {order}")
            return list(connection.execute(statement))


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _day(value: Any) -> str:
    return value if isinstance(value, str) else date.isoformat(value)


@pytest.mark.parametrize("seed", range(3))
def test_any_order_of_acts_on_reports_leaves_one_story(
    store: Store, clock: FixedClock, sit: Sit, seed: int
) -> None:
    arrange(store)
    town = Town(store, clock, sit, Random(seed))
    town.register()
    for nr in range(STEPS):
        town.step()
        if nr % 5 == 0:
            town.check()
    town.check()
    done = {act for act, code in town.done if code < 300}
    assert done >= {"register", "join", "assign", "move", "reply", "note", "answer", "change"}
