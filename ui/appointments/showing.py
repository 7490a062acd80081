"""What is shown, made from what is known."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from loket.appointments.messages import (
    Appointment,
    AppointmentFile,
    Appointments,
    FreeMoments,
    Wishes,
)
from loket.kit.clock import local_day
from loket.kit.i18n import Words
from ui.appointments import dock_faces, file_faces
from ui.appointments.asking import Asked, Town, search_state
from ui.appointments.draft import Draft, Talked
from ui.appointments.layout import days_with, minute_of, monday, page
from ui.appointments.naming import days_title
from ui.appointments.state import (
    AppointmentsState,
    CalendarState,
    DayColumn,
    DockMode,
    FileState,
    FormState,
    Near,
    SearchState,
    TodayState,
)


@dataclass(frozen=True)
class Known:
    """All that the screen knows at one moment."""

    town: Town
    words: Words
    now: datetime
    asked: Asked
    free: FreeMoments | None
    columns: tuple[DayColumn, ...]
    anchor: date
    by_day: bool
    most: int
    problem: str
    reading: bool
    queue_id: str
    site_id: str
    mode: DockMode
    talked: Talked | None
    minutes: int
    draft: Draft
    file: AppointmentFile | None
    moving: AppointmentFile | None
    changing: bool
    cancelling: bool
    anyway: str
    query: str
    found: Appointments
    today: tuple[Appointment, ...] | None
    """None: not known."""
    wishes: Wishes | None
    refusal: str
    near: tuple[Near, ...]
    away: bool
    busy: bool
    reading_card: bool
    wish_days: tuple[date, date] | None


def whole(known: Known) -> AppointmentsState:
    """The state of the whole screen."""
    mode = known.mode
    forms = {DockMode.FORM, DockMode.MOVE, DockMode.WISH}
    return AppointmentsState(
        search=_search(known),
        calendar=_calendar(known),
        mode=mode,
        today=dock_faces.today_state(known) if mode is DockMode.TODAY else TodayState(),
        form=dock_faces.form_state(known) if mode in forms else FormState(),
        file=file_faces.file_state(known) if mode is DockMode.FILE else FileState(),
    )


def _search(known: Known) -> SearchState:
    talked = known.talked
    return search_state(
        known.town,
        known.asked,
        known.free,
        known.words,
        today=local_day(known.now),
        moment=(talked.site_id, talked.starts_at) if talked else None,
    )


def shown_days(known: Known) -> tuple[DayColumn, ...]:
    """The columns that are on the screen now."""
    busy = (each.day for each in known.columns if each.openings or each.blocks)
    days = days_with([each.day for each in known.columns], [*busy, *_looked_at(known)])
    if known.by_day:
        shown = tuple(day for day in days if day == known.anchor) or days[:1]
    else:
        most = known.most if known.most < _WORKING else len(days)
        shown = page(days, known.anchor, most)
    return tuple(each for each in known.columns if each.day in shown)


def _looked_at(known: Known) -> Iterator[date]:
    """In the view of one day also a day of the weekend on which nothing is."""
    if known.by_day:
        yield known.anchor


_WORKING = 5


def _calendar(known: Known) -> CalendarState:
    words, shown = known.words, shown_days(known)
    first, last = _from_to(known, shown)
    today = local_day(known.now)
    file = known.file if known.mode is DockMode.FILE else None
    return CalendarState(
        title=days_title(first, last, words),
        week=words("week {number}", number=first.isocalendar().week),
        by_day=known.by_day,
        columns=shown,
        now_day=today,
        now_minute=minute_of(known.now),
        now=words.time(known.now),
        chosen=file.appointment.id if file else "",
        banner=_banner(known),
        reading=known.reading and not shown,
        problem=_why_none(known, shown),
    )


def _from_to(known: Known, shown: tuple[DayColumn, ...]) -> tuple[date, date]:
    """Also while nothing was read: what would be shown."""
    if shown:
        return shown[0].day, shown[-1].day
    if known.by_day:
        return known.anchor, known.anchor
    first = monday(known.anchor)
    return first, first + timedelta(days=_WORKING - 1)


def _banner(known: Known) -> str:
    if known.moving is None:
        return ""
    moved = known.moving.appointment
    return known.words(
        "Moving {reference}: choose another moment",
        reference=" · ".join(part for part in (moved.reference, moved.name) if part),
    )


def _why_none(known: Known, shown: tuple[DayColumn, ...]) -> str:
    if shown:
        return ""
    if not known.queue_id:
        site = known.town.site_name(known.site_id)
        return known.words("{site} has no appointments for this. Choose another site.", site=site)
    return known.problem
