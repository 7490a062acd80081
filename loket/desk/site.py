"""The site as this desk sees it: the picture, kept up to date by the follower."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import RLock

from loket.desk.facts import Fact, Listeners, PictureChanged
from loket.link.errors import BadAnswer
from loket.link.follower import Place
from loket.link.http import parse
from loket.link.outbox import Counts
from loket.link.sse import Frame
from loket.queue.gateway import QueueGateway
from loket.queue.messages import StreamEvent, Waits
from loket.queue.picture import Connection, SitePicture, apply


class Sight:
    """The picture of the moment; whoever changes it tells the listeners, in order."""

    def __init__(
        self, listeners: Listeners, tell: Callable[[SitePicture], Fact] = PictureChanged
    ) -> None:
        self._listeners = listeners
        self._tell = tell
        self._lock = RLock()
        self._counts = Counts(0, 0)
        self._online = False
        self.picture = SitePicture.empty()

    def change(self, how: Callable[[SitePicture], SitePicture]) -> None:
        with self._lock:
            after = how(self.picture)
            if after is not self.picture:
                self.picture = after
                self._listeners.publish(self._tell(after))

    @property
    def online(self) -> bool:
        return self._online

    def go(self, *, online: bool) -> None:
        with self._lock:
            self._online = online
            self._show_connection()

    def count(self, counts: Counts) -> None:
        with self._lock:
            self._counts = counts
            self._show_connection()

    def _show_connection(self) -> None:
        connection = Connection.of(
            online=self._online, waiting=self._counts.waiting, parked=self._counts.parked
        )
        self.change(lambda picture: picture.with_connection(connection))


@dataclass(frozen=True)
class SiteNews:
    """What a feed tells besides the picture."""

    connected: Callable[[], None]
    disconnected: Callable[[], None]
    ended: Callable[[], None]
    catalogue_changed: Callable[[], None]
    town_map_changed: Callable[[], None]
    told: Callable[[StreamEvent], None]
    """Every event, besides what it does to the picture."""


class SiteFeed:
    """Brings the board and the events of one site into the sight."""

    def __init__(self, site_id: str, gateway: QueueGateway, sight: Sight, news: SiteNews) -> None:
        self._site_id = site_id
        self._gateway = gateway
        self._sight = sight
        self._news = news

    def address(self, place: Place) -> str:
        return self._gateway.events_path(self._site_id, place)

    def snapshot(self) -> Place:
        board = self._gateway.board(self._site_id)
        self._sight.change(lambda old: SitePicture.of(board, old.connection))
        return Place(board.epoch, board.number)

    def take(self, frame: Frame, place: Place) -> Place | None:
        if frame.event == "waits":
            self._learn(parse(frame.data, Waits))
            return place
        epoch, _dot, number = frame.id.rpartition(".")
        if epoch != place.epoch or not number.isdecimal():
            return None
        event = parse(frame.data, StreamEvent)
        return Place(epoch, event.number) if self._take(event) else None

    def poll(self, place: Place) -> Place | None:
        page = self._gateway.events(self._site_id, place)
        if page.reset or page.epoch != place.epoch:
            return None
        if not all(self._take(event) for event in page.events):
            return None
        self._learn(page.waits)
        return Place(place.epoch, page.events[-1].number) if page.events else place

    def connected(self) -> None:
        self._news.connected()
        self._sight.go(online=True)

    def disconnected(self) -> None:
        self._news.disconnected()
        self._sight.go(online=False)

    def ended(self) -> None:
        self._news.ended()

    def _learn(self, waits: Waits | None) -> None:
        self._sight.change(lambda picture: picture.with_waits(waits))

    def _take(self, event: StreamEvent) -> bool:
        if event.kind == "catalogue_changed":
            self._news.catalogue_changed()
        if event.kind == "town_map_changed":
            self._news.town_map_changed()
        try:
            self._news.told(event)
            after = apply(self._sight.picture, event)
        except (ValueError, KeyError) as error:  # pydantic's errors are ValueErrors
            raise BadAnswer({"expected": event.kind}) from error
        if after is None:
            return False
        # Applied again under the lock: an answer of an act may have come between.
        self._sight.change(lambda picture: apply(picture, event) or picture)
        return True
