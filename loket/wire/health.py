"""What anyone may ask a server before signing in."""

from loket.wire.base import Moment, WireOut


class Health(WireOut):
    """The server lives: which program, which life of the database, which time."""

    status: str
    version: str
    protocol: int
    epoch: str
    demonstration: bool
    server_time: Moment
