"""What the screen of appointments knows; reading and doing are its heirs'."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QObject, Signal

from loket.appointments.messages import (
    Appointment,
    AppointmentFile,
    Appointments,
    Calendar,
    FreeMoments,
    Wishes,
)
from loket.desk.facts import PrintJob
from loket.kit.clock import local_day
from loket.kit.i18n import Words
from loket.visits.messages import StartVisit
from ui.appointments import showing
from ui.appointments.asking import Asked, Town
from ui.appointments.desk import AppointmentsDesk, Bookings
from ui.appointments.draft import Draft, Talked
from ui.appointments.layout import WEEK, monday
from ui.appointments.state import (
    ALL_SITES,
    AppointmentsState,
    DayColumn,
    DockMode,
    Near,
)
from ui.core.papers import Papers
from ui.core.sentences import UserMessage, describe, sentence
from ui.core.tasks import TaskRunner

FIVE_DAYS = 5
VisitNow = Callable[[], StartVisit | None]


class AppointmentsModel(QObject):
    """All that is known, and one state made from it."""

    state_changed = Signal(object)
    said = Signal(object)
    undo_lapsed = Signal()
    visit_grew = Signal(str, object)
    """Something was done in this visit: with which appointment."""
    focus_wished = Signal(str)
    """``product``, ``moments``, ``calendar``, ``name``, ``phone``, ``email`` or ``dock``."""

    def __init__(
        self,
        desk: AppointmentsDesk,
        tasks: TaskRunner,
        words: Words,
        visit: VisitNow | None = None,
    ) -> None:
        """``visit`` tells who stands at the desk now."""
        super().__init__()
        self._desk, self._tasks, self._words = desk, tasks, words
        self._visit = visit
        self._papers = Papers(desk, tasks, words)
        self._papers.said.connect(self.said)
        self._town: Town | None = None
        self._watchers: frozenset[int] = frozenset()
        self._most = FIVE_DAYS
        self._changing_much = 0
        self._forget()
        self.state = AppointmentsState()

    def show_print(self, job: PrintJob) -> None:
        """A paper of this screen went on, or failed."""
        self._papers.follow(job)

    def _forget(self) -> None:
        """As when somebody sits down."""
        self._asked = Asked()
        self._free: FreeMoments | None = None
        self._day: date | None = None
        self._by_day = False
        self._calendar: Calendar | None = None
        self._columns: tuple[DayColumn, ...] = ()
        self._today: Calendar | None = None
        self._wishes: Wishes | None = None
        self._problem = ""
        self._reading = self._again = False
        self._layout = 0
        self._mode = DockMode.TODAY
        self._talked: Talked | None = None
        self._draft = Draft()
        self._card_for = ""
        """The id of the draft for which a card is being read."""
        self._file: AppointmentFile | None = None
        self._moving: AppointmentFile | None = None
        self._changing = self._cancelling = False
        self._anyway = ""
        self._last: Appointment | None = None
        """Who was checked in last."""
        self._query, self._found = "", Appointments(appointments=[], more=False)
        self._refusal = ""
        self._near: tuple[Near, ...] = ()
        self._away = self._busy = False
        self._wish_days: tuple[date, date] | None = None
        self._minute: datetime | None = None

    @property
    def _bookings(self) -> Bookings:
        return self._desk.appointments

    @property
    def _now(self) -> datetime:
        return self._desk.clock.now()

    @property
    def _watching(self) -> bool:
        return bool(self._watchers)

    # where we look

    def _first_asked(self, town: Town) -> Asked:
        departments = town.departments
        first = next(
            (each for each, _name in departments if town.queue_id(town.own_site, Asked(each))), ""
        )
        return Asked(department=first, site=town.own_site)

    def _site_id(self) -> str:
        """Whose calendar is shown: that of the moment, of the choice, or the own."""
        if self._talked is not None:
            return self._talked.site_id
        own = self._town.own_site if self._town else ""
        return own if self._asked.site == ALL_SITES else self._asked.site

    def _queue_id(self) -> str:
        return self._town.queue_id(self._site_id(), self._asked) if self._town else ""

    def _anchor(self) -> date:
        return self._day or local_day(self._now)

    def _week(self) -> tuple[date, ...]:
        first = monday(self._anchor())
        return tuple(date.fromordinal(first.toordinal() + step) for step in range(WEEK))

    def _minutes(self) -> int:
        if self._talked is not None and self._talked.hold is not None:
            return self._talked.hold.minutes
        if self._moving is not None:
            return self._moving.appointment.minutes
        return self._free.minutes if self._free else 30

    # saying and showing

    def _say(self, text: str, **other: Any) -> None:
        self.said.emit(UserMessage(text, **other))

    def _say_code(self, code: str) -> None:
        text = sentence(code, {}, self._words)
        self._say(text, wrong=True, icon="ph.warning-circle-bold", code=code)

    def _on_failed(self, error: Exception) -> None:
        self._busy = False
        self._refresh()
        self.said.emit(describe(error, self._words))

    @contextmanager
    def _at_once(self) -> Iterator[None]:
        """What changes inside is shown once, at the end: a state takes milliseconds to make."""
        self._changing_much += 1
        try:
            yield
        finally:
            self._changing_much -= 1
            self._refresh()

    def _refresh(self) -> None:
        if self._town is None or self._changing_much:
            return
        state = showing.whole(self._known(self._town))
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)

    def _known(self, town: Town) -> showing.Known:
        return showing.Known(
            town=town,
            words=self._words,
            now=self._now,
            asked=self._asked,
            free=self._free,
            columns=self._columns,
            anchor=self._anchor(),
            by_day=self._by_day,
            most=self._most,
            problem=self._problem,
            reading=self._reading,
            queue_id=self._queue_id(),
            site_id=self._site_id(),
            mode=self._mode,
            talked=self._talked,
            minutes=self._minutes(),
            draft=self._draft,
            file=self._file,
            moving=self._moving,
            changing=self._changing,
            cancelling=self._cancelling,
            anyway=self._anyway,
            query=self._query,
            found=self._found,
            today=self._todays(),
            wishes=self._wishes,
            refusal=self._refusal,
            near=self._near,
            away=self._away,
            busy=self._busy,
            reading_card=self._card_for == self._draft.id,
            wish_days=self._wish_days,
        )

    def _todays(self) -> tuple[Appointment, ...] | None:
        """Those of the calendar that is shown; None while they are not known."""
        today = local_day(self._now)
        for calendar in (self._calendar, self._today):
            for day in calendar.days if calendar else ():
                if day.day == today and calendar and calendar.queue_id == self._queue_id():
                    return tuple(day.appointments)
        return None
