"""Following reports up: the list, the file, letters to post and calls that were promised."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal

from loket.catalogue.messages import Catalogue
from loket.catalogue.search import ProductIndex
from loket.desk.facts import Fact, ReportsChanged
from loket.kit.clock import local_day
from loket.kit.i18n import Words
from loket.reports.messages.following import Counts, LettersToPost, PostedLetters, Promises
from loket.staff.messages import SignedIn
from ui.core.attention import Attention
from ui.core.directory import Directory
from ui.core.figures import day_and_time
from ui.core.sentences import describe
from ui.reports.following import piles
from ui.reports.following.attention import attention_of, reminder_of
from ui.reports.following.desk import SavedFilters
from ui.reports.following.informing import Informing
from ui.reports.following.mails import MailsModel
from ui.reports.following.naming import Town
from ui.reports.following.state import FollowingState, Page


class FollowingViewModel(Informing):
    """Wishes in, one state out; facts of the desk bring it up to date."""

    attention_changed = Signal(object)
    """An :class:`Attention`: own reports that ask for it, whatever screen is shown."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self._looked_at = False
        self._told_on: date | None = None
        self.mails = MailsModel(self._desk, self._tasks, self._words)
        self.mails.said.connect(self.said)
        self.mails.settled.connect(self.open)

    # what comes from outside

    def begin(self, _session: SignedIn) -> None:
        """Somebody else sits here: nothing of who sat before is shown."""
        self._wanted, self._file, self._listed = "", None, []
        self._drafts.clear()
        self._forms.clear()
        self._counts, self._letters, self._calls = None, None, None
        self.mails.begin()
        self._involved = self._about = None
        self._set(**vars(FollowingState()))
        self._told_on = None
        self.attention_changed.emit(Attention())
        if self._looked_at:
            self.refresh()
        else:
            self._count()

    def keep_filters_in(self, shelf: SavedFilters) -> None:
        self._saved = shelf

    def speak(self, words: Words) -> None:
        self._words = words
        self.mails.speak(words)
        self._show_list()
        self._show_file()

    def show_catalogue(self, directory: Directory, _index: ProductIndex) -> None:
        self.know_town(directory.catalogue)

    def know_town(self, catalogue: Catalogue) -> None:
        self._town = Town(catalogue, self._town.arrangements)
        if self._looked_at:
            self._show_list()
            self._show_file()

    def hear(self, fact: Fact) -> None:
        """A report got further: the lists as they now are, and the file if it is that one."""
        if isinstance(fact, ReportsChanged) and not self._looked_at:
            self._count()
        elif isinstance(fact, ReportsChanged):
            self.refresh()
            if fact.report_id in {"", self._wanted} and not self._busy():
                self._reread()
        elif self._looked_at and self.concerns(fact) and not self._busy():
            self._reread()

    def tick(self) -> None:
        """Another minute: what was due becomes late."""
        if self._told_on != self.today:
            self._count()
        if self._looked_at:
            self._show_list()

    def look(self) -> None:
        """The screen is shown."""
        self._looked_at = True
        self.refresh()
        self._reread()

    def refresh(self) -> None:
        super().refresh()
        self.mails.refresh()

    def look_away(self) -> None:
        self._looked_at = False

    # letters and calls

    def show_letters(self) -> None:
        self._set(page=Page.LETTERS, letters=replace(self.state.letters, printed=False))
        self._show_piles()

    def show_calls(self) -> None:
        self._set(page=Page.CALLS)
        self._show_piles()

    def show_mails(self) -> None:
        self._set(page=Page.MAILS)

    def show_report(self) -> None:
        """Back to the file."""
        self._set(page=Page.FILE)

    def print_letters(self, ids: Sequence[str]) -> None:
        """All of these as one PDF; they are posted when somebody says so."""
        letters = [one for one in self._waiting() if one.id in set(ids)]
        if letters and not self.state.letters.busy:
            self._set(letters=replace(self.state.letters, busy=True, problem=""))
            self._act(
                partial(self._desk.reports.print_letters, letters),
                self._on_printed,
                self._on_letters_failed,
            )

    def posted(self, ids: Sequence[str]) -> None:
        """These were given to the post."""
        if ids and not self.state.letters.busy:
            self._set(letters=replace(self.state.letters, busy=True, problem=""))
            command = PostedLetters(ids=list(ids))
            self._act(
                partial(self._desk.reports.posted, command),
                self._on_posted,
                self._on_letters_failed,
            )

    def _waiting(self) -> list[Any]:
        return self._letters.letters if self._letters else []

    def _on_printed(self, _job: object) -> None:
        self._set(letters=replace(self.state.letters, busy=False, printed=True))
        self._say(self._words("The letters are being printed."), icon="ph.printer-bold")

    def _on_posted(self, left: LettersToPost) -> None:
        self._set(letters=replace(self.state.letters, busy=False, printed=False))
        self._on_letters(left)

    def _on_letters_failed(self, error: Exception) -> None:
        problem = describe(error, self._words).text
        self._set(letters=replace(self.state.letters, busy=False, problem=problem))

    def _on_letters(self, letters: LettersToPost) -> None:
        super()._on_letters(letters)
        self._show_piles()

    def _on_calls(self, calls: Promises) -> None:
        super()._on_calls(calls)
        self._show_piles()

    def _count(self) -> None:
        """What is open, and which of one's own are nearly due; nobody waits for it."""
        self._read(
            self._desk.reports.counts,
            self._on_counts,
            latest="counts",
            failed=lambda _error: None,  # the connection says so itself; the next event asks again
        )

    def _on_counts(self, counts: Counts) -> None:
        super()._on_counts(counts)
        self.attention_changed.emit(attention_of(counts, self._words))
        if self._told_on != self.today:
            self._told_on = self.today
            said = reminder_of(counts, self._words)
            if said:
                self._say(said, icon="ph.warning-bold")

    def _show_piles(self) -> None:
        words, now = self._words, self._now()
        calls = self._calls.promises if self._calls else []
        letters = tuple(
            piles.letter_row(one, day_and_time(words, one.written_at)) for one in self._waiting()
        )
        called = tuple(piles.call_row(one, now, local_day(now), words) for one in calls)
        self._set(
            letters=replace(self.state.letters, rows=letters),
            calls=replace(self.state.calls, rows=called),
        )
