"""Calendar addresses, as who manages them handles them at a desk."""

from loket.appointments.feeds_gateway import FeedsGateway
from loket.appointments.messages import Feed, Feeds, MakeFeed, NewFeed
from loket.desk.presence import Presence


class FeedsDesk:
    """All of it live; calls block, as the desk's do."""

    def __init__(self, presence: Presence, gateway: FeedsGateway) -> None:
        self._presence = presence
        self._gateway = gateway

    def feeds(self) -> Feeds:
        """The addresses there are; what is secret in them was told once."""
        with self._presence.as_somebody():
            return self._gateway.feeds()

    def make(self, command: MakeFeed) -> NewFeed:
        with self._presence.as_somebody():
            return self._gateway.make(command)

    def revoke(self, feed_id: str) -> Feed:
        """Nobody reads it any more."""
        with self._presence.as_somebody():
            return self._gateway.revoke(feed_id)

    def server_address(self) -> str:
        """Where the server answers, for an address to begin with."""
        return self._gateway.server_address()
