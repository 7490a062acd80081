"""The transition table as PRODUCT has it, and what intervals add up to."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from loket.queue.rules import life as rules
from loket.queue.rules.life import Interval, TicketState, WrongState

AT = datetime(2026, 3, 16, 8, 0, tzinfo=UTC)

# PRODUCT, Queue: "States and the only moves between them", line by line.
PRODUCT_TABLE = {
    "waiting": "called parked withdrawn transferred expired",
    "called": "serving waiting no_show parked transferred withdrawn",
    "serving": "done parked transferred",
    "parked": "waiting called withdrawn expired",
    "no_show": "waiting expired",
    "transferred": "waiting",
    "done": "",
    "withdrawn": "",
    "expired": "",
}


@pytest.mark.parametrize(("state", "wanted"), list(product(TicketState, TicketState)))
def test_only_these_moves(state: TicketState, wanted: TicketState) -> None:
    if wanted in PRODUCT_TABLE[state].split():
        rules.check_move("A001", state, wanted)
        return
    with pytest.raises(WrongState) as refused:
        rules.check_move("A001", state, wanted)
    assert refused.value.params == {"number": "A001", "state": state, "wanted": wanted}


def interval(seq: int, state: TicketState, minute: int, **more: object) -> Interval:
    at = AT + timedelta(minutes=minute)
    return Interval(seq, state, at, **{"counter_id": "c", "user_id": "u", **more})


def test_a_whole_life_adds_up() -> None:
    now = rules.standing(
        [
            interval(1, TicketState.WAITING, 0, counter_id=None),
            interval(2, TicketState.CALLED, 10, calls=2, last_call_at=AT + timedelta(minutes=11)),
            interval(4, TicketState.SERVING, 12),
            interval(5, TicketState.DONE, 20),
        ]
    )
    assert now.state is TicketState.DONE
    assert now.first_called_at == AT + timedelta(minutes=10)
    assert now.last_called_at == AT + timedelta(minutes=11)
    assert now.serving_since == AT + timedelta(minutes=12)
    assert now.ended_at == AT + timedelta(minutes=20)
    assert now.calls == 2


def test_put_back_waits_without_a_counter_and_keeps_the_first_call() -> None:
    now = rules.standing(
        [
            interval(1, TicketState.WAITING, 0, counter_id=None),
            interval(2, TicketState.CALLED, 10, calls=1),
            interval(3, TicketState.WAITING, 11, counter_id=None),
        ]
    )
    assert (now.counter_id, now.serving_since) == (None, None)
    assert now.first_called_at == AT + timedelta(minutes=10)


@pytest.mark.parametrize(
    ("ahead", "seconds", "counters", "minutes"),
    [(5, 720, 3, 20), (0, 720, 1, 0), (1, 61, 1, 2), (4, 600, 0, None)],
)
def test_the_wait_promised_is_rounded_up(
    ahead: int, seconds: int, counters: int, minutes: int | None
) -> None:
    assert rules.minutes(rules.expected_wait(ahead, seconds, counters)) == minutes


def test_labels() -> None:
    assert [rules.label("A", n) for n in (1, 14, 899)] == ["A001", "A014", "A899"]
