"""How often a screen may ask for a code, and a colleague type one."""

from loket.displays.rules import TooManyCodes
from loket.web.limits import Allowance, Limiter

_ASKING = (Allowance(most=10, per_second=0.1), Allowance(most=60, per_second=1.0))
_TYPING = (Allowance(most=6, per_second=0.2), Allowance(most=60, per_second=1.0))


class Gate:
    """Counts in this process; behind it stand the short life of a code and how few there are."""

    def __init__(self) -> None:
        self._asking = Limiter(*_ASKING)
        self._typing = Limiter(*_TYPING)

    def check_asking(self, address: str) -> None:
        _check(self._asking, address)

    def check_typing(self, user_id: str) -> None:
        _check(self._typing, user_id)


def _check(limiter: Limiter, who: str) -> None:
    wait = limiter.wait(who)
    if wait:
        raise TooManyCodes(retry_after=max(1, round(wait)))
