"""How the screen of appointments comes to know: what it reads, and when it reads again."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any

from loket.appointments.messages import (
    Calendar,
    FreeMoments,
    Wishes,
)
from loket.catalogue.search import ProductIndex
from loket.desk.facts import AppointmentsChanged
from loket.kit.clock import local_day
from loket.kit.i18n import Words
from ui.appointments.asking import Town
from ui.appointments.columns import columns
from ui.appointments.desk import Bookings
from ui.appointments.layout import WEEK
from ui.appointments.model import AppointmentsModel, VisitNow
from ui.appointments.naming import Naming
from ui.appointments.state import (
    DayColumn,
)
from ui.core.directory import Directory
from ui.core.sentences import describe
from ui.core.tasks import Lane, OnError


class ReadingModel(AppointmentsModel):
    """Reads on workers; answers come back as one state."""

    # what comes from outside

    def begin(self) -> None:
        """Somebody signed in: everything of the former one is forgotten."""
        self._forget()
        if self._town is not None:
            self._asked = self._first_asked(self._town)
        self._refresh()
        if self._watching:
            self._read_all()

    def visits_from(self, visit: VisitNow) -> None:
        """Who stands at the desk is known there."""
        self._visit = visit

    def speak(self, words: Words) -> None:
        self._words = words
        self._lay_out()
        self._refresh()

    def show_catalogue(self, directory: Directory, index: ProductIndex | None = None) -> None:
        first = self._town is None or self._town.own_site != directory.site_id
        self._town = Town.of(directory, index)
        if first:
            self._asked = self._first_asked(self._town)
        self._refresh()
        if self._watching:
            self._read_all()

    def show_picture(self, _picture: object) -> None:
        """Appointments come by facts of their own."""

    def tick(self) -> None:
        """A minute has passed: the line of now moves, somebody is late."""
        minute = self._now.replace(second=0, microsecond=0)
        if minute != self._minute:
            self._minute = minute
            self._lay_out()
            self._refresh()

    def hear(self, fact: object) -> None:
        """What is shown of the calendar may be stale."""
        if isinstance(fact, AppointmentsChanged):
            self._on_changed(fact.queue_id, fact.starts_at, fact.before)

    def _on_changed(
        self, queue_id: str, starts_at: datetime | None, before: datetime | None
    ) -> None:
        if not self._watching:
            return
        days = {local_day(each) for each in (starts_at, before) if each}
        if queue_id in {"", self._queue_id()}:
            shown = set(self._week())
            if not days or days & shown:
                self._read_calendar()
            if not days or local_day(self._now) in days - shown:
                self._read_today()
            self._read_moments()
        self._on_others_acted(starts_at, before)

    def _on_others_acted(self, starts_at: datetime | None, before: datetime | None) -> None:
        """For what is open in the dock."""

    def looked_at(self, by: object) -> None:
        """The screen is shown: read what may have changed meanwhile."""
        self._watchers |= {id(by)}
        self._minute = self._now.replace(second=0, microsecond=0)
        if self._town is not None:
            self._read_all()

    def left(self, by: object) -> None:
        self._watchers -= {id(by)}

    def room_for(self, days: int) -> None:
        """How many days fit beside each other."""
        if days != self._most:
            self._most = days
            self._refresh()

    # reading

    def _read_all(self) -> None:
        with self._at_once():
            self._read_calendar()
            self._read_today()
            self._read_moments()
            self._read_wishes()

    def _read(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], object],
        key: str,
        failed: OnError | None = None,
    ) -> None:
        self._tasks.run(
            work, owner=self, done=done, failed=failed or _stay_silent, lane=Lane.READ, latest=key
        )

    def _naming(self) -> Naming:
        talked, town = self._talked, self._town
        return Naming(
            words=self._words,
            products=town.products() if town else {},
            counters=town.own.counters if town else {},
            now=self._now,
            own_hold=talked.hold_id if talked else "",
            moment=talked.starts_at if talked else None,
            minutes=self._minutes(),
        )

    def _read_calendar(self) -> None:
        """The week that is shown; several changes at once are read together."""
        queue_id, first = self._queue_id(), self._week()[0]
        if not queue_id:
            self._calendar, self._columns = None, ()
            self._refresh()
            return
        known = self._calendar
        same = known is not None and known.queue_id == queue_id and known.days[0].day == first
        if self._reading and same:
            self._again = True
            return
        if not same:
            self._calendar, self._columns = None, ()
        self._reading = True
        naming, layout = self._naming(), self._layout
        self._read(
            partial(_read_and_lay_out, self._bookings, queue_id, first, naming),
            partial(self._on_calendar, layout),
            "calendar",
            self._on_calendar_failed,
        )
        self._refresh()

    def _on_calendar(self, layout: int, answer: tuple[Calendar, tuple[DayColumn, ...]]) -> None:
        self._calendar, self._columns = answer
        self._problem = ""
        self._after_reading()
        if layout != self._layout:
            self._lay_out()

    def _on_calendar_failed(self, error: Exception) -> None:
        self._problem = describe(error, self._words).text
        self._again = False
        self._after_reading()

    def _after_reading(self) -> None:
        self._reading = False
        if self._again:
            self._again = False
            self._read_calendar()
        self._refresh()

    def _lay_out(self) -> None:
        """The same calendar once more: time passed, or another moment is talked about."""
        self._layout += 1
        calendar = self._calendar
        if calendar is None:
            return
        self._read(
            partial(columns, calendar, self._naming()),
            partial(self._on_laid_out, calendar),
            "layout",
        )

    def _on_laid_out(self, calendar: Calendar, made: tuple[DayColumn, ...]) -> None:
        if calendar is self._calendar:
            self._columns = made
            self._refresh()

    def _read_today(self) -> None:
        """Only where the week that is shown does not have it."""
        today, queue_id = local_day(self._now), self._queue_id()
        if queue_id and today not in self._week():
            self._read(
                partial(self._bookings.calendar, queue_id, today, 1), self._on_today, "today"
            )

    def _on_today(self, calendar: Calendar) -> None:
        self._today = calendar
        self._refresh()

    def _read_moments(self, after: date | None = None) -> None:
        """The first free moments; with ``after`` those later, added to what is shown."""
        if not self._asked.product_ids:
            return
        work = partial(
            self._bookings.moments,
            list(self._asked.product_ids),
            self._asked.persons,
            site_id=self._asked.site or None,
            first_day=date.fromordinal(after.toordinal() + 1) if after else local_day(self._now),
            hold_id=self._talked.hold_id or None if self._talked else None,
        )
        self._read(work, partial(self._on_moments, later=after is not None), "moments")

    def _on_moments(self, free: FreeMoments, *, later: bool) -> None:
        if later and self._free is not None:
            free = free.model_copy(update={"days": [*self._free.days, *free.days]})
        self._free = free
        self._refresh()

    def _read_wishes(self) -> None:
        self._read(self._bookings.wishes, self._on_wishes, "wishes")

    def _on_wishes(self, wishes: Wishes) -> None:
        self._wishes = wishes
        self._refresh()


def _read_and_lay_out(
    bookings: Bookings, queue_id: str, first: date, naming: Naming
) -> tuple[Calendar, tuple[DayColumn, ...]]:
    # On a worker: a full department takes some tens of milliseconds to lay out.
    calendar = bookings.calendar(queue_id, first, WEEK)
    return calendar, columns(calendar, naming)


def _stay_silent(_error: Exception) -> None:
    """What is read beside the work is read again later; the pill says that the server is away."""
