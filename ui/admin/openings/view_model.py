"""The editor of opening times: a draft beside what is kept, and a preview that follows it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from loket.appointments.messages import (
    CalendarDay,
    ChangedSchedule,
    ChangeSchedule,
    Schedule,
    ScheduleException,
    SchedulePeriod,
    SchedulePreview,
)
from loket.appointments.rules.schedule import ExceptionKind
from loket.catalogue.search import ProductIndex
from loket.kit.clock import Clock, local_day
from loket.kit.i18n import Words
from loket.kit.ids import new_id
from ui.admin.openings import faces
from ui.admin.openings.draft import Draft, Part
from ui.admin.openings.state import OpeningsState, Phase
from ui.core.directory import Directory
from ui.core.sentences import UserMessage, describe
from ui.core.tasks import Lane, TaskRunner

WEEKS = 6
STALE = "appointment.schedule_stale"


class Schedules(Protocol):
    """Where schedules come from and go to."""

    def schedule(self, queue_id: str) -> Schedule: ...
    def preview(
        self, queue_id: str, command: ChangeSchedule, first: date, days: int
    ) -> SchedulePreview: ...
    def change(self, queue_id: str, command: ChangeSchedule) -> ChangedSchedule: ...


class OpeningsDesk(Protocol):
    """What this room needs of the desk."""

    @property
    def clock(self) -> Clock: ...
    @property
    def scheduling(self) -> Schedules: ...


class OpeningsViewModel(QObject):
    """Wishes in, one state out."""

    state_changed = Signal(object)
    said = Signal(object)
    misfits_changed = Signal()
    """A schedule was kept: the worklist may have changed."""

    def __init__(self, desk: OpeningsDesk, tasks: TaskRunner, words: Words) -> None:
        super().__init__()
        self._desk = desk
        self._tasks = tasks
        self._words = words
        self._kept: Schedule | None = None
        self._kept_days: Sequence[CalendarDay] = ()
        self._shown: SchedulePreview | None = None
        self._draft = Draft()
        self._editing = ""
        self._asking = False
        self._ask_again = False
        self.state = OpeningsState(phase=Phase.NONE)

    # what comes from outside

    def speak(self, words: Words) -> None:
        self._words = words
        self._show()

    def show_catalogue(self, directory: Directory, _index: ProductIndex) -> None:
        """The queues of all sites, those of this one first."""
        sites = {site.id: site.name for site in directory.catalogue.sites}
        here = directory.site_id
        queues = sorted(directory.catalogue.queues, key=lambda queue: queue.site_id != here)
        named = tuple((q.id, f"{sites.get(q.site_id, '')} · {q.name}") for q in queues)
        self._set(queues=named)
        if self.state.queue not in dict(named):
            self._set(queue=named[0][0] if named else "", phase=Phase.NONE)

    def open(self) -> None:
        """Somebody looks; an unfinished draft is still there."""
        if self.state.queue and not self.state.changed:
            self.load()

    # wishes

    def choose_queue(self, queue_id: str) -> None:
        """Another queue; not while something is still to be kept."""
        if queue_id == self.state.queue:
            return
        if self.state.changed:
            text = self._words("Keep these opening times first, or go back to what was kept.")
            self.said.emit(UserMessage(text, wrong=True, icon="ph.warning-circle-bold"))
            self.state_changed.emit(self.state)
            return
        self._set(queue=queue_id)
        self.load()

    def load(self) -> None:
        """As it is kept now; a draft is given up."""
        self._set(phase=Phase.LOADING, stale="", wrong="")
        self._tasks.run(
            partial(self._desk.scheduling.schedule, self.state.queue),
            owner=self,
            done=self._on_schedule,
            failed=self._on_not_loaded,
            latest="schedule",
        )

    def add_period(self) -> None:
        """A usual morning, to begin with."""
        today = local_day(self._desk.clock.now())
        self._add(
            SchedulePeriod(
                id=new_id(),
                rule="FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
                valid_from=today,
                opens=time(9),
                closes=time(12),
                public_places=1,
                desk_places=0,
                grid_minutes=30,
            )
        )

    def add_exception(self) -> None:
        today = local_day(self._desk.clock.now())
        self._add(
            ScheduleException(
                id=new_id(), kind=ExceptionKind.CLOSED, first_day=today, last_day=today
            )
        )

    def edit(self, part_id: str) -> None:
        self._editing = part_id
        self._show()

    def close_editor(self) -> None:
        self.edit("")

    def change(self, **values: object) -> None:
        """Other values for what is being edited; they are judged by the server."""
        part = self._draft.find(self._editing)
        if part is not None:
            self._put(part.model_copy(update=values))

    def duplicate(self) -> None:
        part = self._draft.find(self._editing)
        if part is not None:
            self._add(part.model_copy(update={"id": new_id()}))

    def remove(self) -> None:
        self._draft = self._draft.without(self._editing)
        self._editing = ""
        self._follow()

    def revert(self) -> None:
        """Back to what is kept."""
        if self._kept is not None:
            self._draft = Draft.of(self._kept)
            self._editing = ""
            self._follow()

    def save(self) -> None:
        """Keep it; whoever no longer fits is in the worklist then."""
        if self._kept is None or not self.state.changed or self.state.saving:
            return
        self._set(saving=True)
        self._tasks.run(
            partial(self._desk.scheduling.change, self.state.queue, self._command()),
            owner=self,
            done=self._on_saved,
            failed=self._on_not_saved,
            lane=Lane.LIVE,
        )

    # answers

    def _on_schedule(self, schedule: Schedule) -> None:
        self._kept, self._draft = schedule, Draft.of(schedule)
        self._kept_days, self._shown, self._editing = (), None, ""
        self._set(phase=Phase.SHOWN, wrong="", stale="")
        self._follow()

    def _on_not_loaded(self, error: Exception) -> None:
        self._set(phase=Phase.FAILED, problem=describe(error, self._words).text)

    def _on_saved(self, changed: ChangedSchedule) -> None:
        self._kept, self._draft = changed.schedule, Draft.of(changed.schedule)
        if self._shown is not None:
            self._kept_days = self._shown.days
        self._editing = ""
        self._set(saving=False, wrong="", stale="")
        self._follow()
        many = changed.misfits.total
        text = self._words("Opening times are kept.")
        if many:
            text = self._words.plural(
                "Kept. {n} appointment is in the worklist.",
                "Kept. {n} appointments are in the worklist.",
                many,
            )
        self.said.emit(UserMessage(text))
        self.misfits_changed.emit()

    def _on_not_saved(self, error: Exception) -> None:
        message = describe(error, self._words)
        if message.code == STALE:
            self._set(saving=False, stale=message.text)
        else:
            self._set(saving=False, wrong=message.text)
            self.said.emit(message)

    # the preview follows the draft: one question at a time, the last one always asked

    def _follow(self) -> None:
        self._show()
        if self._asking:
            self._ask_again = True
            return
        self._asking, self._ask_again = True, False
        queue, command = self.state.queue, self._command()
        first = faces.monday_of(local_day(self._desk.clock.now()))
        self._tasks.run(
            partial(self._desk.scheduling.preview, queue, command, first, 7 * WEEKS),
            owner=self,
            done=partial(self._on_preview, queue, command),
            failed=self._on_no_preview,
        )

    def _on_preview(self, queue: str, asked: ChangeSchedule, preview: SchedulePreview) -> None:
        self._asking = False
        if queue == self.state.queue:
            self._shown = preview
            if self._kept is not None and Draft.of(self._kept) == Draft.of(asked):
                self._kept_days = preview.days
            self._set(wrong="")
        self._ask_once_more()

    def _on_no_preview(self, error: Exception) -> None:
        self._asking = False
        self._set(wrong=describe(error, self._words).text)
        self._ask_once_more()

    def _ask_once_more(self) -> None:
        if self._ask_again:
            self._follow()
        else:
            self._show()

    # inside

    def _add(self, part: Part) -> None:
        self._editing = part.id
        self._put(part)

    def _put(self, part: Part) -> None:
        self._draft = self._draft.having(part)
        self._follow()

    def _command(self) -> ChangeSchedule:
        seen = self._kept.version if self._kept is not None else 0
        return self._draft.command(seen)

    def _show(self) -> None:
        kept = Draft.of(self._kept) if self._kept is not None else Draft()
        words, draft, now = self._words, self._draft, self._desk.clock.now()
        known = {part.id: part for part in kept.parts}
        misfits = self._shown.misfits if self._shown is not None else None
        self._set(
            periods=tuple(
                faces.period_line(p, words, changed=known.get(p.id) != p) for p in draft.periods
            ),
            exceptions=tuple(
                faces.exception_line(e, words, changed=known.get(e.id) != e)
                for e in draft.exceptions
            ),
            holidays=faces.upcoming_holidays(local_day(now), words),
            editing=draft.find(self._editing),
            changed=draft != kept,
            misfits=misfits.total if misfits else 0,
            misfit_text=faces.misfit_sentence(misfits, words) if misfits else "",
            days=faces.day_faces(self._shown.days, self._kept_days, now, words)
            if self._shown
            else (),
            today=local_day(now),
        )

    def _set(self, **changes: object) -> None:
        state = replace(self.state, **changes)  # type: ignore[arg-type]
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)
