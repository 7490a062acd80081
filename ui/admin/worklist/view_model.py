"""The worklist: who no longer fits, opened one by one or written to together."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from loket.appointments.messages import Misfit, Misfits, ToldMisfits
from loket.catalogue.search import ProductIndex
from loket.kit.i18n import Words
from ui.admin.worklist import faces
from ui.admin.worklist.state import Phase, WorklistState
from ui.core.directory import Directory
from ui.core.sentences import UserMessage, describe
from ui.core.tasks import Lane, TaskRunner


class Worklists(Protocol):
    """Where the list comes from, and who prints its letters."""

    def misfits(self, site_id: str | None = None) -> Misfits: ...
    def print_letters(self, misfits: Sequence[Misfit]) -> object: ...
    def tell_misfits(self, appointment_ids: Sequence[str]) -> ToldMisfits: ...


class WorklistDesk(Protocol):
    """What this room needs of the desk."""

    @property
    def scheduling(self) -> Worklists: ...


class WorklistViewModel(QObject):
    """Wishes in, one state out."""

    state_changed = Signal(object)
    said = Signal(object)
    counted = Signal(int)
    appointment_wished = Signal(str)

    def __init__(self, desk: WorklistDesk, tasks: TaskRunner, words: Words) -> None:
        super().__init__()
        self._desk = desk
        self._tasks = tasks
        self._words = words
        self._directory: Directory | None = None
        self._misfits: Misfits | None = None
        self.state = WorklistState()

    def speak(self, words: Words) -> None:
        self._words = words
        self._show()

    def show_catalogue(self, directory: Directory, _index: ProductIndex) -> None:
        self._directory = directory
        self._show()

    def open(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        """As it is now; what was shown stays until it is there."""
        self._tasks.run(
            self._desk.scheduling.misfits,
            owner=self,
            done=self._on_misfits,
            failed=self._on_failed,
            latest="misfits",
        )

    def open_appointment(self, appointment_id: str) -> None:
        self.appointment_wished.emit(appointment_id)

    def print_letters(self, ids: Sequence[str]) -> None:
        """A letter for each of these; for those whose name is not known here there is none."""
        if self._misfits is None or self.state.printing:
            return
        chosen = [one for one in self._misfits.misfits if one.appointment.id in set(ids)]
        named = [one for one in chosen if one.appointment.name]
        if not named:
            text = self._words("No names are known here. Print these letters at their own desk.")
            self.said.emit(UserMessage(text, wrong=True, icon="ph.warning-circle-bold"))
            return
        self._set(printing=True)
        self._tasks.run(
            partial(self._desk.scheduling.print_letters, named),
            owner=self,
            done=partial(self._on_printed, len(named)),
            failed=self._on_not_printed,
            lane=Lane.WRITE,
        )

    def write_to(self, ids: Sequence[str]) -> None:
        """A mail or text message to each of these, once per moment."""
        if self._misfits is None or self.state.printing or not ids:
            return
        self._set(printing=True)
        self._tasks.run(
            partial(self._desk.scheduling.tell_misfits, list(ids)),
            owner=self,
            done=partial(self._on_written, len(ids)),
            failed=self._on_not_printed,
            lane=Lane.LIVE,
        )

    def _on_written(self, many: int, answer: ToldMisfits) -> None:
        """Who has no address, or was written to before, is still to be called."""
        self._set(printing=False)
        told = len(answer.told)
        text = self._words("Written to {told} of {many}. Call the others.", told=told, many=many)
        if told == many:
            text = self._words.plural("{n} message goes out", "{n} messages go out", told)
        self.said.emit(UserMessage(text, icon="ph.paper-plane-tilt-bold"))

    def _on_misfits(self, misfits: Misfits) -> None:
        self._misfits = misfits
        self.counted.emit(misfits.total)
        self._show()

    def _on_failed(self, error: Exception) -> None:
        if self._misfits is None:
            self._set(phase=Phase.FAILED, problem=describe(error, self._words).text)

    def _on_printed(self, many: int, _job: object) -> None:
        self._set(printing=False)
        text = self._words.plural(
            "{n} letter is being printed.", "{n} letters are being printed.", many
        )
        self.said.emit(UserMessage(text, icon="ph.printer-bold"))

    def _on_not_printed(self, error: Exception) -> None:
        self._set(printing=False)
        self.said.emit(describe(error, self._words))

    def _show(self) -> None:
        if self._misfits is None or self._directory is None:
            return
        misfits, words = self._misfits, self._words
        lines = [faces.line_of(one, self._directory, words) for one in misfits.misfits]
        summary = words.plural(
            "{n} appointment no longer fits", "{n} appointments no longer fit", misfits.total
        )
        if len(lines) < misfits.total:
            summary = words(
                "{summary}; the first {shown} are shown", summary=summary, shown=len(lines)
            )
        self._set(
            phase=Phase.SHOWN if lines else Phase.EMPTY,
            lines=tuple(lines),
            total=misfits.total,
            summary=summary if lines else "",
        )

    def _set(self, **changes: object) -> None:
        state = replace(self.state, **changes)  # type: ignore[arg-type]
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)
