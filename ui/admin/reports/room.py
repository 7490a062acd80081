"""What the sections of reports share: the arrangements, and one thing of them that is edited."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from loket.catalogue.search import ProductIndex
from loket.kit.i18n import Words
from loket.kit.text import folded
from loket.reports.messages.arranging import ReportSettings
from ui.admin.reports.desk import ArrangingDesk
from ui.admin.reports.naming import STALE
from ui.admin.reports.state import NEW, EditingState, Line, Phase
from ui.core.directory import Directory
from ui.core.sentences import UserMessage, describe
from ui.core.tasks import Lane, TaskRunner


class ArrangingRoom(QObject):
    """Has the arrangements, once they are there, and the names of the town."""

    state_changed = Signal(object)
    said = Signal(object)

    def __init__(self, desk: ArrangingDesk, tasks: TaskRunner, words: Words) -> None:
        super().__init__()
        self._desk, self._tasks, self._words = desk, tasks, words
        self._directory: Directory | None = None
        self._settings: ReportSettings | None = None

    def speak(self, words: Words) -> None:
        self._words = words
        self._show()

    def show_catalogue(self, directory: Directory, _index: ProductIndex) -> None:
        self._directory = directory
        self._show()

    def open(self) -> None:
        """As they are now; what is being typed stays."""
        self._tasks.run(
            self._read,
            owner=self,
            done=self._on_settings,
            failed=self._on_failed,
            latest="arrangements",
        )

    def _read(self) -> ReportSettings:
        # On the worker's thread.
        return self._desk.arranging.settings()

    def _act(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        self._tasks.run(work, owner=self, done=done, failed=self._on_refused, lane=Lane.LIVE)

    def _tell(self, text: str, *, wrong: bool = False) -> None:
        icon = "ph.warning-circle-bold" if wrong else "ph.check-circle-bold"
        self.said.emit(UserMessage(text, wrong=wrong, icon=icon))

    @abstractmethod
    def _show(self) -> None: ...
    @abstractmethod
    def _on_settings(self, settings: ReportSettings) -> None: ...
    @abstractmethod
    def _on_failed(self, error: Exception) -> None: ...
    @abstractmethod
    def _on_refused(self, error: Exception) -> None: ...


class EditingRoom(ArrangingRoom):
    """A list, and one of it edited: wishes in, one state out.

    A section says what its things are, how a draft of one looks, and how it is kept.
    """

    def __init__(self, desk: ArrangingDesk, tasks: TaskRunner, words: Words) -> None:
        super().__init__(desk, tasks, words)
        self._choose_next = ""
        self.state = EditingState()
        self._told = self.state

    # what a section says

    @abstractmethod
    def _things(self, settings: ReportSettings) -> Sequence[Any]:
        """All of them, in the order of the table."""

    @abstractmethod
    def _line(self, thing: Any) -> Line: ...
    @abstractmethod
    def _draft_of(self, thing: Any) -> Any:
        """Its values as they are edited; of None: those of a new one."""

    @abstractmethod
    def _work(self, ident: str, version: int, draft: Any) -> Callable[[], Any]:
        """Keeps a draft; without an id it is a new one."""

    def _fault(self, _draft: Any) -> str:
        """What is wrong with it already, in a sentence."""
        return ""

    def _faces(self, _thing: Any, _draft: Any) -> dict[str, Any]:
        """Title, detail, choices and what follows from the draft."""
        return {}

    def _key(self, thing: Any) -> str:
        ident: str = thing.id
        return ident

    def _summary(self, _things: Sequence[Any]) -> str:
        return ""

    # wishes

    def search(self, query: str) -> None:
        self._note(query=query)
        self._show()

    def choose(self, ident: str) -> None:
        """Edit this one; what was not kept of another stays asked for."""
        if ident == self.state.chosen or self._settings is None:
            return
        if self.state.changed:
            self._tell(self._words("Keep this first, or put it back."), wrong=True)
            self.state_changed.emit(self.state)
            return
        self._load(ident)

    def add(self) -> None:
        self.choose(NEW)

    def change(self, **values: object) -> None:
        """Other values for what is being edited."""
        if self.state.draft is not None:
            self._note(draft=replace(self.state.draft, **values), wrong="", confirming=False)
            self._show()

    def put_back(self) -> None:
        """To what is kept; a new one is given up."""
        self._load("" if self.state.chosen == NEW else self.state.chosen)

    def save(self) -> None:
        state = self.state
        if not state.changed or state.busy:
            return
        fault = self._fault(state.draft)
        if fault:
            self._set(wrong=fault)
            return
        thing = self._thing(state.chosen)
        ident = "" if thing is None else self._key(thing)
        version = 0 if thing is None else thing.version
        self._set(busy=True, wrong="")
        self._act(self._work(ident, version, state.draft), self._on_saved)

    # answers

    def _on_settings(self, settings: ReportSettings) -> None:
        self._settings = settings
        chosen = self._choose_next or self.state.chosen
        self._choose_next = ""
        known = chosen == NEW or self._thing(chosen) is not None
        if self.state.changed and chosen == self.state.chosen:
            # What is typed stays: beside what is kept now, or as a new one where that is gone.
            kept = self._draft_of(self._thing(chosen) if known else None)
            self._note(chosen=chosen if known else NEW, kept=kept)
            self._show()
        else:
            self._load(chosen if known else "")

    def _on_failed(self, error: Exception) -> None:
        wrong = describe(error, self._words).text
        if self._settings is None:
            self._set(phase=Phase.FAILED, problem=wrong)
        elif self.state.busy:
            self._set(busy=False, wrong=wrong)

    def _on_saved(self, kept: Any) -> None:
        self._set(busy=False, stale=False, kept=self.state.draft)
        self._choose_next = self._key(kept)
        self._tell(self._words("Kept."))
        self.open()

    def _on_refused(self, error: Exception) -> None:
        """What is typed stays; what a colleague kept meanwhile is learnt.

        So whoever presses again keeps theirs over that, knowingly.
        """
        told = describe(error, self._words)
        self._set(busy=False, wrong=told.text, stale=told.code == STALE, confirming=False)
        if told.code == STALE:
            self.open()

    # inside

    def _thing(self, ident: str) -> Any:
        if self._settings is None:
            return None
        every = self._things(self._settings)
        return next((thing for thing in every if self._key(thing) == ident), None)

    def _load(self, ident: str) -> None:
        draft = self._draft_of(self._thing(ident)) if ident else None
        self._note(chosen=ident, kept=draft, draft=draft)
        self._note(wrong="", stale=False, confirming=False, busy=False)
        self._show()

    def _show(self) -> None:
        if self._settings is None or self._directory is None:
            return
        every = self._things(self._settings)
        lines = tuple(line for thing in every if self._found(line := self._line(thing)))
        phase = Phase.SHOWN if lines else Phase.EMPTY
        if every and not lines:
            phase = Phase.NOTHING_FOUND
        self._note(phase=phase, problem="", lines=lines, summary=self._summary(every))
        if self.state.chosen:
            self._note(**self._faces(self._thing(self.state.chosen), self.state.draft))
        self._set()

    def _found(self, line: Line) -> bool:
        wanted = folded(self.state.query).split()
        said = folded(" ".join((*line.cells, line.tip)))
        return all(word in said for word in wanted)

    def _note(self, **changes: object) -> None:
        """Part of a change: nobody sees it before the rest is there."""
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]

    def _set(self, **changes: object) -> None:
        self._note(**changes)
        if self.state != self._told:
            self._told = self.state
            self.state_changed.emit(self.state)


class EndingRoom(EditingRoom):
    """Things that are closed and opened again, or taken away after a question."""

    @abstractmethod
    def _ending(self, thing: Any) -> Callable[[], Any]:
        """Ends the chosen one, or opens it again."""

    def end(self) -> None:
        """Close it, or open it again: both can be taken back."""
        thing = self._thing(self.state.chosen)
        if thing is None or self.state.busy:
            return
        if self.state.changed:
            self._tell(self._words("Keep this first, or put it back."), wrong=True)
            return
        self._set(busy=True, wrong="")
        self._act(self._ending(thing), self._on_ended)

    def _on_ended(self, kept: Any) -> None:
        self._set(busy=False)
        self._choose_next = self._key(kept)
        closed = kept.closed
        self._tell(self._words("Closed.") if closed else self._words("Open again."))
        self.open()
