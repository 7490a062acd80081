"""The frame of Beheer: which sections there are for whom, and which one is open."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from loket.catalogue.search import ProductIndex
from loket.desk.facts import AppointmentsChanged, ArrangementsChanged, MessagesChanged
from loket.kit.i18n import Words
from loket.queue.picture import SitePicture
from loket.staff.messages import SignedIn
from ui.admin.reports.room import ArrangingRoom
from ui.admin.sections import SECTIONS, Section, SectionId
from ui.core.directory import Directory
from ui.core.tasks import TaskRunner


@dataclass(frozen=True)
class AdminState:
    """The frame."""

    sections: tuple[SectionId, ...] = ()
    chosen: SectionId = SectionId.OPENINGS
    misfits: int = 0
    """How many wait in the worklist."""


class AdminViewModel(QObject):
    """Holds the view model of each section and passes on what concerns them all."""

    state_changed = Signal(object)
    said = Signal(object)
    undo_lapsed = Signal()
    appointment_wished = Signal(str)
    """Open this appointment, in the screen of appointments."""

    def __init__(
        self, desk: Any, tasks: TaskRunner, words: Words, sections: Sequence[Section] = SECTIONS
    ) -> None:
        super().__init__()
        self.rooms: dict[SectionId, Any] = {s.id: s.model(desk, tasks, words) for s in sections}
        self._sections = sections
        self._looked_at = False
        for room in self.rooms.values():
            room.said.connect(self.said)
        self._bind()
        self.state = AdminState()

    def _bind(self) -> None:
        openings = self.rooms.get(SectionId.OPENINGS)
        worklist = self.rooms.get(SectionId.WORKLIST)
        if worklist is not None:
            worklist.counted.connect(lambda many: self._set(misfits=many))
            worklist.appointment_wished.connect(self.appointment_wished)
        if openings is not None and worklist is not None:
            openings.misfits_changed.connect(worklist.refresh)

    # what comes from outside

    def speak(self, words: Words) -> None:
        self._each(lambda room: room.speak(words))

    def show_catalogue(self, directory: Directory, index: ProductIndex) -> None:
        self._each(lambda room: room.show_catalogue(directory, index))

    def show_picture(self, picture: SitePicture) -> None:
        """What is set once does not follow each call."""

    def tick(self) -> None:
        """Nothing here runs with the clock."""

    def hear(self, changed: AppointmentsChanged | MessagesChanged | ArrangementsChanged) -> None:
        """Somebody moved or cancelled one: who looks at the worklist sees it go."""
        if isinstance(changed, ArrangementsChanged):
            self._refresh_arrangements()
            return
        if isinstance(changed, MessagesChanged):
            self.rooms[SectionId.MESSAGES].message_changed()
            return
        if self._looked_at and self.state.chosen is SectionId.WORKLIST:
            self.rooms[SectionId.WORKLIST].refresh()

    def _refresh_arrangements(self) -> None:
        """A colleague changed how reports are arranged; what is typed here stays."""
        room = self.rooms.get(self.state.chosen)
        if self._looked_at and isinstance(room, ArrangingRoom):
            room.open()

    def begin(self, session: SignedIn) -> None:
        """Somebody signed in: the sections that they may use."""
        may = session.user.permissions
        messages = self.rooms.get(SectionId.MESSAGES)
        if messages is not None:
            messages.begin(may)
        found = tuple(section.id for section in self._sections if section.needs in may)
        chosen = self.state.chosen if self.state.chosen in found else None
        self._set(sections=found, chosen=chosen or next(iter(found), SectionId.OPENINGS))

    # wishes

    def open(self) -> None:
        """Somebody looks: with the present values."""
        self._looked_at = True
        for section in self.state.sections:
            if section in {self.state.chosen, SectionId.WORKLIST}:
                self.rooms[section].open()

    def leave(self) -> None:
        """Nobody looks any more."""
        self._looked_at = False

    def choose(self, section: SectionId) -> None:
        if section in self.state.sections and section is not self.state.chosen:
            self._set(chosen=section)
            self.rooms[section].open()

    def _each(self, tell: Callable[[Any], None]) -> None:
        for room in self.rooms.values():
            tell(room)

    def _set(self, **changes: object) -> None:
        state = replace(self.state, **changes)  # type: ignore[arg-type]
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)
