"""Delays after wrong passwords, and what roles may do."""

from datetime import UTC, datetime, timedelta

from loket.staff.rules import (
    GRANTS,
    LONGEST_DELAY,
    Permission,
    Role,
    next_attempt_at,
    permissions_of,
)

AT = datetime(2026, 3, 16, 8, 0, tzinfo=UTC)


def test_the_delay_grows_and_ends_at_five_minutes() -> None:
    delays = [next_attempt_at(failures, AT) - AT for failures in range(40)]
    assert delays[:5] == [timedelta(seconds=s) for s in (0, 1, 2, 4, 8)]
    assert delays == sorted(delays)
    assert delays[-1] == LONGEST_DELAY


def test_only_who_works_at_a_counter_calls() -> None:
    assert Permission.CALL_TICKET not in GRANTS[Role.DESK]
    assert Permission.CALL_TICKET in GRANTS[Role.COUNTER]
    assert permissions_of(frozenset({Role.DESK, Role.COUNTER})) == GRANTS[Role.COUNTER]
