"""Who sits at the desk, and the threads that work for them: follower, courier, errands."""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import RLock

from loket.appointments.messages import Wish
from loket.catalogue.messages import DeskKind
from loket.desk.facts import (
    CatalogueChanged,
    EntryDelivered,
    EntryParked,
    SessionEnded,
    TownMapChanged,
)
from loket.desk.parts import Parts
from loket.desk.site import SiteFeed, SiteNews
from loket.desk.told import AFTER_A_WHILE, fact_of
from loket.kit.clock import local_day
from loket.kit.errors import LoketError, Params
from loket.link.courier import Courier
from loket.link.errors import BadAnswer, LinkError, NotSignedIn
from loket.link.follower import Follower
from loket.link.http import parse
from loket.link.outbox import Entry
from loket.queue.messages import IssuedTicket, StreamEvent
from loket.queue.picture import SitePicture
from loket.queue.provisional import counter_of
from loket.reports.messages.taking import Registered
from loket.staff.messages import SignedIn, SignIn
from loket.visits.messages import Visit

log = logging.getLogger(__name__)

LEASED = {DeskKind.WELCOME: 10}
"""Numbers per series kept in reserve; who welcomes gives most of the tickets."""
LEASED_ELSEWHERE = 3
_ANSWERS: dict[str, type[IssuedTicket | Visit | Wish | Registered]] = {
    "issue_ticket": IssuedTicket,
    "add_wish": Wish,
    "register_report": Registered,
    "join_report": Registered,
}


class Presence:
    """Begins and ends sessions, and hears what the link's threads have to tell."""

    def __init__(self, parts: Parts, desk_code: str) -> None:
        self._parts = parts
        self._desk_code = desk_code
        self._lock = RLock()
        self._follower: Follower | None = None
        self._courier = Courier(parts.delivery, self)
        self._errands = ThreadPoolExecutor(1, thread_name_prefix="loket-errands")
        self.signed_in: SignedIn | None = None

    def start(self) -> None:
        self._parts.delivery.on_kept = self.woken
        self._parts.delivery.on_erased = self.outbox_changed
        self._parts.prints.start()
        self._courier.start()
        self.outbox_changed()

    def close(self) -> None:
        """End every thread; what is under way ends within its time limit."""
        self._parts.closing.set()
        self._stop_following()
        self._courier.close()
        self._errands.shutdown(wait=True, cancel_futures=True)

    def sign_in(self, username: str, password: str) -> SignedIn:
        command = SignIn(username=username, password=password, desk=self._desk_code)
        fresh = self._parts.staff.sign_in(command)
        with self._lock:
            self._stop_following()
            self.signed_in = fresh
            self._parts.kept.keep_desk_token(fresh.desk_token)
            self._parts.kept.keep_clock_difference(self._parts.clock.difference)
            self._follow(fresh.site_id)
        return fresh

    def sign_out(self) -> None:
        """Leave; the server is told if it can be reached, and forgets by itself if not."""
        with self._lock:
            self._stop_following()
            self.signed_in = None
            try:
                self._parts.staff.sign_out()
            except (LinkError, LoketError) as error:
                log.info("signed out at this side only: %s", error)

    @contextmanager
    def as_somebody(self) -> Iterator[SignedIn]:
        """A block that needs who sits here; the session ends when the server says it is over."""
        current = self.signed_in
        if current is None:
            raise NotSignedIn.nobody()
        try:
            yield current
        except NotSignedIn:
            self._end(current)
            raise

    def woken(self) -> None:
        """A person decided about something in the outbox."""
        self.outbox_changed()
        self._courier.wake()

    def outbox_changed(self) -> None:
        self._parts.sight.count(self._parts.delivery.outbox.counts())

    def delivered(self, entry: Entry, answer: str) -> None:
        """What waited has reached the server: the picture and the screens hear its answer."""
        try:
            result = parse(answer, _ANSWERS.get(entry.letter.kind, Visit))
        except BadAnswer:
            log.exception("the answer to %s is of another kind", entry.letter.kind)
            self._parts.listeners.publish(EntryDelivered(entry.id, None))
            return
        if isinstance(result, IssuedTicket):
            ticket = result.ticket
            self._parts.sight.change(lambda picture: picture.with_ticket(ticket))
        self._parts.listeners.publish(EntryDelivered(entry.id, result))

    def parked(self, entry: Entry, code: str, params: Params) -> None:
        self._parts.listeners.publish(EntryParked(entry.id, code, params, entry.letter.kind))

    def _end(self, session: SignedIn) -> None:
        if self._parts.session.end(token=session.token):
            self.signed_in = None
            self._parts.listeners.publish(SessionEnded())

    def _follow(self, site_id: str) -> None:
        if self._parts.sight.picture.site_id != site_id:
            self._parts.sight.change(
                lambda old: SitePicture.empty(site_id).with_connection(old.connection)
            )
        news = SiteNews(
            connected=self._on_connected,
            disconnected=self._on_disconnected,
            ended=self._on_ended,
            catalogue_changed=self._on_catalogue_changed,
            town_map_changed=self._on_town_map_changed,
            told=self._on_told,
        )
        parts = self._parts
        feed = SiteFeed(site_id, parts.queue, parts.sight, news)
        self._follower = Follower(parts.link, parts.session, feed)
        self._follower.start()

    def _stop_following(self) -> None:
        follower, self._follower = self._follower, None
        if follower is not None:
            follower.close()

    def _on_connected(self) -> None:
        self._parts.delivery.server_is_away = False
        for fact in AFTER_A_WHILE:
            self._parts.listeners.publish(fact)
        self._courier.hurry()
        self._errand(self._refresh_catalogue)
        self._errand(self._lease_numbers)
        self._errand(self._refresh_town_map)

    def _on_disconnected(self) -> None:
        self._parts.delivery.server_is_away = True

    def _on_ended(self) -> None:
        current = self.signed_in
        if current is not None:
            self._end(current)

    def _on_catalogue_changed(self) -> None:
        self._parts.shelf.doubt()
        self._errand(self._refresh_catalogue)

    def _on_town_map_changed(self) -> None:
        self._parts.map_shelf.doubt()
        self._errand(self._refresh_town_map)

    def _on_told(self, event: StreamEvent) -> None:
        fact = fact_of(event)
        if fact is not None:
            self._parts.listeners.publish(fact)

    def _refresh_catalogue(self) -> None:
        if self._parts.shelf.refresh():
            self._parts.listeners.publish(CatalogueChanged())

    def _refresh_town_map(self) -> None:
        if self._parts.map_shelf.refresh():
            self._parts.listeners.publish(TownMapChanged())

    def _lease_numbers(self) -> None:
        current = self.signed_in
        if current is None or "ticket.issue" not in current.user.permissions:
            return
        parts = self._parts
        catalogue, epoch = parts.shelf.at_hand(), parts.sight.picture.epoch
        desk = counter_of(catalogue, current.counter_id)
        wanted = LEASED.get(desk.kind, LEASED_ELSEWHERE) if desk else LEASED_ELSEWHERE
        prefixes = {q.walk_in_prefix for q in catalogue.queues if q.site_id == current.site_id}
        today = local_day(parts.clock.now())
        if parts.leases.fewest_left(prefixes, epoch=epoch, today=today) >= wanted:
            return
        # The server counts a number as unused until its ticket is delivered.
        count = min(10, wanted + parts.delivery.outbox.counts().waiting)
        leases = parts.queue.lease_numbers(current.site_id, count)
        parts.leases.enter(leases, epoch=epoch, today=today)

    def _errand(self, work: Callable[[], None]) -> None:
        if not self._parts.closing.is_set():
            self._errands.submit(self._run_errand, work)

    def _run_errand(self, work: Callable[[], None]) -> None:
        try:
            work()
        except (LinkError, LoketError) as error:
            log.info("an errand has to wait for the next connection: %s", error)
        except Exception:  # nobody waits for its answer: the log is the only place to say it
            log.exception("an errand failed")
