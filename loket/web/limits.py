"""How often strangers may ask: an allowance per address and one for all, in memory."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from threading import Lock

from loket.kit.clock import monotonic

REMEMBERED = 10_000
"""Addresses; the one that was silent longest is forgotten first, with its allowance full again."""


@dataclass(frozen=True)
class Allowance:
    """So much at once, and so much more each second."""

    most: float
    per_second: float


@dataclass
class _Purse:
    left: float
    at: float

    def spend(self, allowance: Allowance, cost: float, now: float) -> float:
        """Pay, if it can; else the seconds until it could. Debts are not made."""
        self.left = min(allowance.most, self.left + (now - self.at) * allowance.per_second)
        self.at = now
        if self.left < cost:
            return (cost - self.left) / allowance.per_second
        self.left -= cost
        return 0.0


class Limiter:
    """Counts what strangers ask, in this process; a town with more processes allows more."""

    def __init__(
        self, each: Allowance, everybody: Allowance, clock: Callable[[], float] = monotonic
    ) -> None:
        self._each = each
        self._everybody = everybody
        self._clock = clock
        self._lock = Lock()
        self._all = _Purse(everybody.most, clock())
        self._purses: OrderedDict[str, _Purse] = OrderedDict()

    def wait(self, address: str, cost: float = 1.0) -> float:
        """Seconds to wait before this may be asked; 0: it may, and is counted."""
        now = self._clock()
        with self._lock:
            purse = self._purse(neighbourhood(address), now)
            return purse.spend(self._each, cost, now) or self._all.spend(self._everybody, cost, now)

    def fine(self, address: str, cost: float) -> None:
        """Take more from who turned out to guess, as far as they have it."""
        now = self._clock()
        with self._lock:
            purse = self._purse(neighbourhood(address), now)
            purse.spend(self._each, 0.0, now)
            purse.left = max(0.0, purse.left - cost)

    def _purse(self, key: str, now: float) -> _Purse:
        purse = self._purses.pop(key, None) or _Purse(self._each.most, now)
        self._purses[key] = purse
        if len(self._purses) > REMEMBERED:
            self._purses.popitem(last=False)
        return purse


def neighbourhood(address: str) -> str:
    """An address as it is counted: of IPv6 the network, since one home has 2**64 of them."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if isinstance(known, IPv6Address):
        return str(IPv6Address(int(known) >> 64 << 64))
    return str(known)
