"""What became of a request, for a desk whose connection broke before the answer."""

from loket.wire.base import WireOut


class Outcome(WireOut):
    """What became of a request with a key: its stored status and body."""

    key: str
    status: int
    body: object
