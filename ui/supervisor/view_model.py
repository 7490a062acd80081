"""What a supervisor can do, and what the screen then shows."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from loket.catalogue.messages import Catalogue
from loket.desk.facts import OtherSiteChanged
from loket.insight.messages import Advices, Supervision
from loket.kit.clock import Clock, monotonic
from loket.kit.errors import Param
from loket.kit.i18n import Words, mark
from loket.queue.messages import CounterNow, QueueNow
from loket.queue.picture import ConnectionState, SitePicture
from loket.queue.rules.opening import QueueReason
from loket.staff.messages import SignedIn
from ui.core.directory import Directory
from ui.core.sentences import UserMessage, describe, sentence
from ui.core.tasks import Lane, TaskRunner
from ui.supervisor import alerts, day, faces
from ui.supervisor.sites import Look
from ui.supervisor.state import TOGETHER, SupervisorState
from ui.supervisor.waiting_room import Rooms, WaitingRoomModel

SLOW_SECONDS = 30.0
"""So often the figures are read that no event brings."""
T = TypeVar("T")


class Sees(Protocol):
    """The desk's overview, as this screen needs it."""

    def supervision(self, site_id: str | None) -> Supervision: ...
    def advice(self, site_id: str | None) -> Advices: ...
    def watch(self, site_ids: frozenset[str]) -> None: ...


class SupervisorDesk(Protocol):
    """What this screen needs of the desk."""

    @property
    def clock(self) -> Clock: ...
    @property
    def overview(self) -> Sees: ...
    @property
    def waiting_room(self) -> Rooms: ...
    def open_counter(self, counter_id: str) -> CounterNow: ...
    def close_counter(self, counter_id: str) -> CounterNow: ...
    def open_queue(self, queue_id: str, reason: QueueReason) -> QueueNow: ...
    def close_queue(self, queue_id: str, reason: QueueReason) -> QueueNow: ...


class SupervisorViewModel(QObject):
    """Intents of the supervisor in, one state out."""

    state_changed = Signal(object)
    said = Signal(object)
    undo_lapsed = Signal()

    def __init__(
        self,
        desk: SupervisorDesk,
        tasks: TaskRunner,
        words: Words,
        seconds: Callable[[], float] = monotonic,
    ) -> None:
        super().__init__()
        self._desk, self._tasks, self._words = desk, tasks, words
        self._seconds = seconds
        self._catalogue: Catalogue | None = None
        self._pictures: dict[str, SitePicture] = {}
        self._own_site = ""
        self._site = ""
        self._day: Supervision | None = None
        self._advices: Advices | None = None
        self._queue = ""
        self._closed_alerts: frozenset[str] = frozenset()
        self._refused: frozenset[str] = frozenset()
        self._read_at = float("-inf")
        self._watching = False
        self._watchers: frozenset[int] = frozenset()
        self._busy = False
        self.room = WaitingRoomModel(desk, tasks, words)
        self.room.said.connect(self.said)
        self.state = SupervisorState()

    # what comes from outside

    def begin(self, session: SignedIn) -> None:
        """Somebody signed in: everything of the former one is forgotten."""
        self._own_site = self._site = session.site_id
        self._pictures = {}
        self._day = self._advices = None
        self._queue, self._closed_alerts, self._refused = "", frozenset(), frozenset()
        self._read_at = float("-inf")
        self._refresh()
        if self._watching:
            self._watch()
            self._read()

    def speak(self, words: Words) -> None:
        self._words = words
        self.room.speak(words)
        self._refresh()

    def show_catalogue(self, directory: Directory, _index: object = None) -> None:
        self._catalogue = directory.catalogue
        self.room.show_catalogue(directory.catalogue)
        self._refresh()

    def show_picture(self, picture: SitePicture) -> None:
        """The desk's own site."""
        self._own_site = picture.site_id or self._own_site
        self._put(picture)

    def hear(self, fact: object) -> None:
        """Facts that only this screen wants."""
        if isinstance(fact, OtherSiteChanged):
            self._put(fact.picture)

    def tick(self) -> None:
        """Every second while it is looked at: timers; every half minute the slow figures."""
        if self._watching and self._seconds() - self._read_at >= SLOW_SECONDS:
            self._read()
        self._refresh()

    def looked_at(self, by: object) -> None:
        """A screen shows it: other sites are followed, and figures read, only meanwhile."""
        self._watchers |= {id(by)}
        if not self._watching:
            self._watching = True
            self._watch()
            self._read()

    def left(self, by: object) -> None:
        """A screen no longer shows it; while the language changes there are two for a moment."""
        self._watchers -= {id(by)}
        if self._watching and not self._watchers:
            self._watching = False
            self._watch()

    # intents

    def choose_site(self, site_id: str) -> None:
        """One site, or :data:`TOGETHER`."""
        if site_id == self._site:
            return
        self._site, self._queue = site_id, ""
        self._day = self._advices = None
        self._watch()
        self._read()
        self._refresh()

    def choose_queue(self, queue_id: str) -> None:
        """Whose day the chart shows."""
        self._queue = queue_id
        self._refresh()

    def close_alert(self) -> None:
        """Seen; it comes back when it was over in between."""
        if self.state.alert is not None:
            self._closed_alerts |= {self.state.alert.key}
            self._refresh()

    def toggle_counter(self, counter_id: str) -> None:
        """Close a counter that calls, open one that does not."""
        cell = next((one for one in self.state.counters if one.counter_id == counter_id), None)
        if cell is None:
            return
        if cell.can_close:
            self._act(self._desk.close_counter, counter_id, mark("{name} closes"), cell.name)
        else:
            self.open_counter(counter_id)

    def open_counter(self, counter_id: str) -> None:
        cell = next((one for one in self.state.counters if one.counter_id == counter_id), None)
        if cell is None:
            return
        if not cell.can_open and not cell.can_close:
            self._say_code("supervisor.nobody_there", counter=cell.name)
            return
        self._act(self._desk.open_counter, counter_id, mark("{name} is open"), cell.name)

    def open_queue(self, queue_id: str) -> None:
        opens = partial(self._desk.open_queue, reason=QueueReason.OTHER)
        self._act(opens, queue_id, mark("{name} takes tickets"), self._name_of(queue_id))

    def close_queue(self, queue_id: str) -> None:
        closes = partial(self._desk.close_queue, reason=QueueReason.OTHER)
        text = mark("{name} takes no tickets for the rest of the day")
        self._act(closes, queue_id, text, self._name_of(queue_id))

    def take_advice(self) -> None:
        """One press: the pause of that counter ends; where nobody sits, who has to be asked."""
        if self.state.advice.is_any:
            self.open_counter(self.state.advice.counter_id)

    def refuse_advice(self) -> None:
        """Not now: the next best, or none, until the counter was open in between."""
        if self.state.advice.is_any:
            self._refused |= {self.state.advice.counter_id}
            self._refresh()

    def speak_in_room(self) -> None:
        """Open what the screens say: at the site of the alert, or the one that is looked at."""
        alert = self.state.alert
        site = alert.site_id if alert else self._site
        self.room.open(self._own_site if site == TOGETHER else site)

    # inside

    def _put(self, picture: SitePicture) -> None:
        if picture.site_id:
            self._pictures[picture.site_id] = picture
        self._refresh()

    def _wanted(self) -> frozenset[str]:
        if self._catalogue is None or not self._watching:
            return frozenset()
        everywhere = {site.id for site in self._catalogue.sites}
        return frozenset(everywhere if self._site == TOGETHER else {self._site})

    def _watch(self) -> None:
        wanted = self._wanted()
        self._run(partial(self._desk.overview.watch, wanted), lambda _none: None, latest="watch")

    def _read(self) -> None:
        self._read_at = self._seconds()
        site = None if self._site == TOGETHER else self._site
        overview = self._desk.overview
        self._run(partial(overview.supervision, site), self._on_day, latest="day")
        self._run(partial(overview.advice, site), self._on_advice, latest="advice")

    def _run(self, work: Callable[[], T], done: Callable[[T], object], *, latest: str) -> None:
        self._tasks.run(work, owner=self, done=done, failed=self._on_unread, latest=latest)

    def _on_day(self, found: Supervision) -> None:
        self._day = found
        self._refresh()

    def _on_advice(self, found: Advices) -> None:
        self._advices = found
        self._refused &= {one.counter_id for one in found.advices}
        self._refresh()

    def _on_unread(self, _error: Exception) -> None:
        """The connection tells that it is away; the figures of before stay until it is back."""

    def _act(self, act: Callable[[str], object], about: str, text: str, name: str) -> None:
        if self._busy:
            return
        self._busy = True
        self._refresh()
        self._tasks.run(
            partial(act, about),
            owner=self,
            done=partial(self._on_done, text, name),
            failed=self._on_failed,
            lane=Lane.LIVE,
        )

    def _on_done(self, text: str, name: str, _answer: object) -> None:
        self._busy = False
        self.said.emit(UserMessage(self._words(text, name=name)))
        self._read()
        self._refresh()

    def _on_failed(self, error: Exception) -> None:
        self._busy = False
        self._refresh()
        self.said.emit(describe(error, self._words))

    def _say_code(self, code: str, **params: Param) -> None:
        text = sentence(code, params, self._words)
        self.said.emit(UserMessage(text, wrong=True, icon="ph.warning-circle-bold", code=code))

    def _name_of(self, queue_id: str) -> str:
        queues = self._catalogue.queues if self._catalogue else []
        return next((queue.name for queue in queues if queue.id == queue_id), "")

    # the state

    def _refresh(self) -> None:
        state = self._made()
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)

    def _made(self) -> SupervisorState:
        catalogue, words = self._catalogue, self._words
        if catalogue is None or not self._site:
            return SupervisorState()
        look = self._look(catalogue)
        self._closed_alerts &= alerts.standing(look, words)
        cells = faces.counter_cells(look, words)
        is_live, live = self._live(look)
        return SupervisorState(
            sites=self._sites(catalogue),
            site=self._site,
            live=live,
            is_live=is_live,
            alert=alerts.alert_bar(replace(look, closed_alerts=self._closed_alerts), words),
            tiles=faces.tiles(look, words),
            queues=faces.queue_lines(look, words),
            counters=cells,
            promises=faces.promises(look, words),
            counted=faces.counted(cells, words),
            chart=day.day_chart(look, words),
            advice=day.advice_card(look, words),
            busy=self._busy,
        )

    def _look(self, catalogue: Catalogue) -> Look:
        look = Look(
            catalogue,
            self._pictures,
            self._site,
            self._desk.clock.now(),
            self._day,
            self._advices,
            refused_advice=self._refused,
        )
        queues = [queue.id for queue in catalogue.queues if queue.site_id in look.sites]
        chosen = self._queue if self._queue in queues else day.busiest(look, queues)
        return replace(look, chosen_queue=chosen)

    def _live(self, look: Look) -> tuple[bool, str]:
        words, shown = self._words, look.shown()
        states = [picture.connection.state for picture in shown]
        if not shown or any(not picture.epoch for picture in shown):
            return False, words("reading…")
        if ConnectionState.OFFLINE in states:
            return False, words("not live: the server is away")
        return True, words("live, {time}", time=words.time_with_seconds(look.now))

    def _sites(self, catalogue: Catalogue) -> tuple[tuple[str, str], ...]:
        """Nothing to choose where there is one site."""
        if len(catalogue.sites) < 2:  # noqa: PLR2004 - of one there is nothing to choose
            return ()
        named = tuple((site.id, site.name) for site in catalogue.sites)
        return (*named, (TOGETHER, self._words("Together")))
