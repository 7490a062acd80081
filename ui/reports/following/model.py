"""What every part of the follow-up shares: the desk, the state, and what is known of the town."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from loket.kit.clock import local_day
from loket.kit.i18n import Words
from loket.reports.messages.following import Counts
from ui.core.sentences import UserMessage, describe
from ui.core.tasks import Lane, TaskRunner
from ui.reports.following.desk import FollowingDesk, SavedFilters
from ui.reports.following.naming import Town
from ui.reports.following.state import FollowingState

T = TypeVar("T")


class NoShelf:
    """Keeps filters as long as the program runs."""

    def __init__(self) -> None:
        self._kept: dict[str, dict[str, str]] = {}

    def filters_of(self, person: str) -> dict[str, str]:
        return dict(self._kept.get(person, {}))

    def keep_filters(self, person: str, filters: dict[str, str]) -> None:
        self._kept[person] = dict(filters)


class FollowingModel(QObject):
    """Wishes in, one state out."""

    state_changed = Signal(object)
    said = Signal(object)
    undo_lapsed = Signal()
    focus_wished = Signal(str)

    def __init__(
        self,
        desk: FollowingDesk,
        tasks: TaskRunner,
        words: Words,
        *,
        saved: SavedFilters | None = None,
    ) -> None:
        super().__init__()
        self._desk, self._tasks, self._words = desk, tasks, words
        self._saved: SavedFilters = saved or NoShelf()
        self._town = Town()
        self._counts: Counts | None = None
        self.state = FollowingState()

    @property
    def today(self) -> date:
        return local_day(self._desk.clock.now())

    @property
    def me(self) -> str:
        """The id of who sits here."""
        session = self._desk.session
        return session.user.id if session else ""

    @property
    def my_name(self) -> str:
        session = self._desk.session
        return session.user.name if session else ""

    def _set(self, **changes: Any) -> None:
        state = replace(self.state, **changes)
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)

    def _set_list(self, **changes: Any) -> None:
        self._set(list=replace(self.state.list, **changes))

    def _set_file(self, **changes: Any) -> None:
        self._set(file=replace(self.state.file, **changes))

    def _read(
        self,
        work: Callable[[], T],
        done: Callable[[T], object],
        *,
        latest: str,
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Ask the server; only the newest answer to the same question counts."""
        self._tasks.run(
            work, owner=self, done=done, failed=failed or self._on_failed, latest=latest
        )

    def _act(
        self,
        work: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object],
    ) -> None:
        self._tasks.run(work, owner=self, done=done, failed=failed, lane=Lane.LIVE)

    def _on_failed(self, error: Exception) -> None:
        self.said.emit(describe(error, self._words))

    def _say(self, text: str, *, wrong: bool = False, icon: str = "ph.check-circle-bold") -> None:
        shown = "ph.warning-circle-bold" if wrong else icon
        self.said.emit(UserMessage(text, wrong=wrong, icon=shown))
