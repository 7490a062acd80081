"""Where the server is: fixed for a shared one, found or started anew for an embedded one."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Address:
    """An address of a server; ``generation`` grows when the server behind it is another."""

    url: str
    generation: int = 0


class Whereabouts(Protocol):
    """Tells where the server is now."""

    def current(self, limit: float) -> Address:
        """The address, waiting at most ``limit`` seconds for it; raises LinkError or LoketError."""

    def lost(self, address: Address) -> bool:
        """Nobody listens at ``address``; whether asking again may bring another one."""


class FixedAddress:
    """A shared server at an address that somebody configured."""

    def __init__(self, url: str) -> None:
        self._address = Address(url.rstrip("/"))

    def current(self, limit: float) -> Address:  # noqa: ARG002 - known at once
        return self._address

    def lost(self, address: Address) -> bool:  # noqa: ARG002 - there is no other
        return False
