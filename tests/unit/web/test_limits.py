"""How often strangers may ask."""

import pytest

from loket.web.limits import REMEMBERED, Allowance, Limiter, neighbourhood


class Hands:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


def limiter(clock: Hands, *, most: float = 3, everybody: float = 1000) -> Limiter:
    return Limiter(Allowance(most, 1), Allowance(everybody, 1), clock)


def test_so_many_at_once_and_one_more_each_second() -> None:
    clock = Hands()
    guard = limiter(clock)
    assert [guard.wait("a") for _ in range(4)] == [0, 0, 0, 1]
    assert guard.wait("b") == 0, "another address has its own"
    clock.at = 1.0
    assert [guard.wait("a") for _ in range(2)] == [0, 1]


def test_a_fine_takes_what_is_there_and_makes_no_debt() -> None:
    clock = Hands()
    guard = limiter(clock)
    guard.fine("a", 100)
    assert guard.wait("a") == 1
    clock.at = 1.0
    assert guard.wait("a") == 0


def test_all_together_are_counted_too() -> None:
    clock = Hands()
    guard = limiter(clock, everybody=2)
    assert [guard.wait(who) for who in "abc"] == [0, 0, 1]


def test_memory_is_bounded() -> None:
    guard = limiter(Hands(), everybody=1e9)
    for n in range(REMEMBERED + 50):
        guard.wait(str(n))
    assert len(guard._purses) == REMEMBERED


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        ("testclient", "testclient"),
    ],
)
def test_a_home_with_many_addresses_is_one(address: str, counted: str) -> None:
    assert neighbourhood(address) == counted
