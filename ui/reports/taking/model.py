"""What is known of the report that is typed, one state made from it, and its copy on disk."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from pydantic import ValidationError
from PySide6.QtCore import QObject, QTimer, Signal

from loket.desk.drafts import Draft as KeptDraft
from loket.desk.facts import PrintJob
from loket.geography.messages import NO_MAP_VERSION, AddressHit, TownMap
from loket.kit.clock import local_day
from loket.kit.i18n import Words
from loket.kit.ids import new_id
from loket.reports.messages.taking import Arrangements, Category, LikeReports
from loket.reports.rules.suggesting import Suggested
from loket.staff.messages import SignedIn
from loket.visits.messages import Channel, StartVisit
from ui.core.directory import Directory
from ui.core.map_tiles import MapTiles
from ui.core.papers import Papers
from ui.core.sentences import UserMessage, describe
from ui.core.tasks import Lane, TaskRunner
from ui.reports.desk import TakingDesk
from ui.reports.taking import showing
from ui.reports.taking.draft import Draft
from ui.reports.taking.files import Attached, KeptFiles
from ui.reports.taking.state import TakingState

KEEP_MS = 1000
"""So long after the first unkept key what was typed is on disk."""
SUGGEST_MS, LIKE_MS = 120, 300
"""So long after the last key is looked for categories, and for what is alike."""
VisitNow = Callable[[], StartVisit | None]
BeganAt = Callable[[str], datetime | None]
Kept = tuple[KeptDraft | None, KeptDraft | None]
"""The form and its files."""


def _unknown(_visit_id: str) -> datetime | None:
    """Nobody told since when."""
    return None


class TakingModel(QObject):
    """The draft, and how it is kept; looking things up and registering are its heirs'."""

    state_changed = Signal(object)
    said = Signal(object)
    undo_lapsed = Signal()
    visit_grew = Signal(object)
    """A report was taken down in a visit."""
    focus_wished = Signal(str)
    """``text``, ``email``, ``phone``, ``address`` or ``name``."""

    def __init__(self, desk: TakingDesk, tasks: TaskRunner, words: Words) -> None:
        super().__init__()
        self._desk, self._tasks, self._words = desk, tasks, words
        self._visit_now: VisitNow = lambda: None
        self._began_at: BeganAt = _unknown
        self._papers = Papers(desk, tasks, words)
        self._papers.said.connect(self.said)
        self.tiles = MapTiles(desk.geography, tasks, self)
        self._directory: Directory | None = None
        self._arrangements: Arrangements | None = None
        self._map: TownMap | None = None
        self._user_id = ""
        self._busy = False
        self._forms = 0
        """Counts the forms that were emptied: what was asked for a former one is no answer."""
        self._keep = self._timer(KEEP_MS, self._keep_now)
        self._ask_suggestions = self._timer(SUGGEST_MS, self._suggest)
        self._ask_likes = self._timer(LIKE_MS, self._find_likes)
        self._forget()
        self.state = TakingState()

    def _timer(self, after_ms: int, act: Callable[[], None]) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(after_ms)
        made.timeout.connect(act)
        return made

    def _forget(self) -> None:
        """An empty form."""
        for timer in (self._keep, self._ask_suggestions, self._ask_likes):
            timer.stop()
        self._draft = Draft()
        self._restored = ""
        self._suggested: tuple[Suggested, ...] = ()
        self._query: str | None = None
        self._found: tuple[Category, ...] = ()
        self._hit = 0
        self._likes: LikeReports | None = None
        self._likes_failed = False
        self._files: tuple[Attached, ...] = ()
        self._files_wrong = ""
        self._reading = 0
        self._found_places: tuple[AddressHit, ...] | None = None
        self._place_hit = 0
        self._reading_card = False
        self._forms += 1

    # what comes from outside

    def visits_from(self, visit_now: VisitNow, began_at: BeganAt) -> None:
        """Who stands at the desk, and since when."""
        self._visit_now, self._began_at = visit_now, began_at

    def speak(self, words: Words) -> None:
        self._words = words
        self._papers.speak(words)
        self._refresh()

    def show_print(self, job: PrintJob) -> None:
        """A receipt of this screen went on, or failed."""
        self._papers.follow(job)

    def show_catalogue(self, directory: Directory) -> None:
        self._directory = directory
        self._refresh()

    def begin(self, session: SignedIn) -> None:
        """Somebody sat down: their own unfinished report is there again."""
        self._read_arrangements()
        self.read_map()
        if session.user.id == self._user_id and self._draft.touched:
            return
        self._user_id = session.user.id
        self._forget()
        self._refill()
        reports = self._desk.reports
        self._tasks.run(
            lambda: (reports.draft(), reports.draft_files()),
            owner=self,
            done=partial(self._on_kept, session.user.id),
            latest="draft",
        )

    def looked_at(self) -> None:
        """The screen is shown: for whoever stands here now."""
        if self._arrangements is None:
            self._read_arrangements()
        if not self._draft.touched:
            self._refill()
        elif self._draft.visit is None and not self._restored:
            self._join_visit()
        self._refresh()

    def _refill(self) -> None:
        """An untouched form is of the visitor who stands here."""
        visit, channel = self._visit_now(), self._draft.channel
        if visit is not None:
            self._draft = Draft.of_visit(visit, self._began_at(visit.id))
        elif self._draft.visit is not None:
            self._draft = Draft()
        else:
            self._draft = Draft(channel=channel)
        self._refresh()

    def _join_visit(self) -> None:
        """Somebody was greeted since the first word was typed."""
        visit = self._visit_now()
        if visit is not None and self._draft.channel is Channel.DESK:
            name = self._draft.name or visit.visitor_name
            since = self._began_at(visit.id)
            self._change(visit=visit, since=since, name=name)

    # arrangements

    def arrangements_changed(self) -> None:
        """The town arranged reports anew: so does the form, where it has what held before."""
        if self._arrangements is not None:
            self._read_arrangements()

    def _read_arrangements(self) -> None:
        self._tasks.run(
            self._desk.reports.arrangements,
            owner=self,
            done=self._on_arrangements,
            failed=self._on_nothing,
            latest="arrangements",
        )

    def _on_arrangements(self, arrangements: Arrangements) -> None:
        self._arrangements = arrangements
        self._refresh()

    def _on_nothing(self, _error: Exception) -> None:
        """A report can be taken down without: the form says so itself, or shows no map."""
        self._refresh()

    def read_map(self) -> None:
        """The map of the town, or a newer one."""
        self.tiles.look()
        self._tasks.run(
            self._desk.geography.map,
            owner=self,
            done=self._on_map,
            failed=self._on_nothing,
            latest="map",
        )

    def _on_map(self, found: TownMap) -> None:
        self._map = found if found.version != NO_MAP_VERSION else None
        self._refresh()

    def _open_categories(self) -> list[Category]:
        every = self._arrangements.categories if self._arrangements else []
        return [one for one in every if not one.closed]

    # the copy on disk

    def _change(self, **values: object) -> None:
        """The clerk changed something; it is kept soon."""
        self._draft = self._draft.changed(**values)
        self._keep_soon()
        self._refresh()

    def _keep_soon(self) -> None:
        if not self._keep.isActive():
            self._keep.start()

    def _keep_now(self) -> None:
        text = self._draft.model_dump_json()
        self._write(partial(self._desk.reports.keep_draft, text))

    def _keep_files(self) -> None:
        draft_id, files = self._draft.id, self._files
        reports = self._desk.reports
        self._write(
            lambda: reports.keep_draft_files(KeptFiles.of(draft_id, files).model_dump_json())
        )

    def _write(self, work: Callable[[], object]) -> None:
        self._tasks.run(
            work,
            owner=self,
            done=lambda _nothing: None,
            failed=self._on_not_kept,
            lane=Lane.WRITE,
        )

    def _on_not_kept(self, error: Exception) -> None:
        self.said.emit(describe(error, self._words))

    def _on_kept(self, user_id: str, kept: Kept) -> None:
        found, files = kept
        if found is None or user_id != self._user_id or self._draft.touched:
            return
        try:
            draft = Draft.model_validate_json(found.text)
            attached = KeptFiles.model_validate_json(files.text) if files else None
        except ValidationError:
            return  # of another version of this program
        self._draft = self._still_there(draft, found.kept_at)
        if attached is not None and attached.draft_id == draft.id:
            self._files = attached.attached()
        self._restored = self._words("Restored from {time}", time=self._when(found.kept_at))
        self._look_again()
        self._refresh()

    def _still_there(self, draft: Draft, kept_at: datetime) -> Draft:
        """A visit ends with its day: what is registered tomorrow begins another."""
        if local_day(kept_at) == local_day(self._desk.clock.now()):
            return draft
        return draft.model_copy(update={"visit": None, "since": None, "own_visit": new_id()})

    def _when(self, moment: datetime) -> str:
        time = self._words.time(moment)
        if local_day(moment) == local_day(self._desk.clock.now()):
            return time
        return f"{self._words.short_day(local_day(moment))} {time}"

    def _look_again(self) -> None:
        """For what stands there now, as soon as the clerk pauses."""
        self._ask_suggestions.start()
        self._ask_likes.start()

    def _suggest(self) -> None:
        """Categories for the text: the heirs'."""

    def _find_likes(self) -> None:
        """What is known already of the same: the heirs'."""

    def start_over(self) -> None:
        """The form is emptied; what was kept of it is gone."""
        channel = self._draft.channel
        self._forget()
        self._draft = Draft(channel=channel)
        self._refill()
        self._look_again()
        self._write(self._desk.reports.forget_draft)
        self.focus_wished.emit("text")

    # showing

    def _say(self, text: str, **other: Any) -> None:
        self.said.emit(UserMessage(text, **other))

    def _refresh(self) -> None:
        state = showing.whole(self._known())
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)

    def _known(self) -> showing.Known:
        return showing.Known(
            words=self._words,
            now=self._desk.clock.now(),
            draft=self._draft,
            arrangements=self._arrangements,
            directory=self._directory,
            suggested=self._suggested,
            query=self._query,
            found=self._found,
            hit=self._hit,
            likes=self._likes,
            likes_failed=self._likes_failed,
            files=self._files,
            files_wrong=self._files_wrong,
            reading=bool(self._reading),
            places=self._found_places,
            place_hit=self._place_hit,
            town_map=self._map,
            restored=self._restored,
            reading_card=self._reading_card,
            busy=self._busy,
        )
