"""What a supervisor's desk sees beyond its own site: other sites live, and how the day goes."""

from collections.abc import Mapping
from threading import RLock
from typing import NamedTuple

from loket.desk.facts import OtherSiteChanged
from loket.desk.parts import Parts
from loket.desk.presence import Presence
from loket.desk.site import Sight, SiteFeed, SiteNews
from loket.insight.messages import Advices, Supervision
from loket.link.follower import Follower
from loket.queue.messages import CounterNow, QueueNow, StreamEvent
from loket.queue.picture import SitePicture


class _Watched(NamedTuple):
    sight: Sight
    follower: Follower


def _nothing() -> None:
    """The desk's own follower sees to that."""


def _nobody_asks(event: StreamEvent) -> None:
    """The screens of another site's calendars ask for themselves."""
    del event


_QUIET = SiteNews(_nothing, _nothing, _nothing, _nothing, _nothing, _nobody_asks)


class Overview:
    """Other sites are followed only while somebody watches them; calls block, as the desk's do."""

    def __init__(self, parts: Parts, presence: Presence) -> None:
        self._parts = parts
        self._presence = presence
        self._lock = RLock()
        self._watched: dict[str, _Watched] = {}

    def supervision(self, site_id: str | None) -> Supervision:
        """How the day goes at a site, or at all, beyond what the pictures show."""
        with self._presence.as_somebody():
            return self._parts.insight.supervision(site_id)

    def advice(self, site_id: str | None) -> Advices:
        """Which counters are worth opening now, and what it would do."""
        with self._presence.as_somebody():
            return self._parts.insight.advice(site_id)

    def watch(self, site_ids: frozenset[str]) -> None:
        """Follow these other sites from now on, and no others; the desk's own always is."""
        with self._lock, self._presence.as_somebody() as current:
            wanted = site_ids - {current.site_id}
            for site_id in set(self._watched) - wanted:
                self._watched.pop(site_id).follower.close()
            for site_id in wanted - set(self._watched):
                self._watched[site_id] = self._begin(site_id)

    def pictures(self) -> Mapping[str, SitePicture]:
        """The other sites that are watched, by id; there at once."""
        return {site_id: one.sight.picture for site_id, one in tuple(self._watched.items())}

    def see_counter(self, counter: CounterNow) -> None:
        """What an act on a counter answered, wherever it stands."""
        for one in tuple(self._watched.values()):
            one.sight.change(lambda picture: picture.with_counter_now(counter))

    def see_queue(self, queue: QueueNow) -> None:
        for one in tuple(self._watched.values()):
            one.sight.change(lambda picture: picture.with_queue(queue))

    def close(self) -> None:
        """Watch nothing any more."""
        with self._lock:
            watched, self._watched = self._watched, {}
        for one in watched.values():
            one.follower.close()

    def _begin(self, site_id: str) -> _Watched:
        parts = self._parts
        sight = Sight(parts.listeners, OtherSiteChanged)
        sight.change(lambda _none: SitePicture.empty(site_id))
        follower = Follower(
            parts.link, parts.session, SiteFeed(site_id, parts.queue, sight, _QUIET)
        )
        follower.start()
        return _Watched(sight, follower)
