"""Calendar addresses from the desk's side."""

from loket.appointments.messages import Feed, Feeds, MakeFeed, NewFeed, RevokeFeed
from loket.link.http import Limits, Request, ServerLink
from loket.link.live import LiveActs
from loket.link.session import Session


class FeedsGateway:
    """Typed calls about the addresses at which others follow a calendar."""

    def __init__(self, link: ServerLink, session: Session, *, live: LiveActs) -> None:
        self._link = link
        self._session = session
        self._live = live

    def feeds(self) -> Feeds:
        request = Request.get("/calendar-feeds", Feeds).with_headers(self._session.bearer())
        return self._link.call(request, limits=Limits())

    def make(self, command: MakeFeed) -> NewFeed:
        return self._live.perform(Request.post("/calendar-feeds", NewFeed, command))

    def revoke(self, feed_id: str) -> Feed:
        path = f"/calendar-feeds/{feed_id}/revoke"
        return self._live.perform(Request.post(path, Feed, RevokeFeed()))

    def server_address(self) -> str:
        """Where the server answers."""
        return self._link.address(Limits())
