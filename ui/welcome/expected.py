"""From the day's appointments to the groups of the column *Verwacht*."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from loket.appointments.messages import Appointment
from loket.appointments.rules.life import AppointmentState
from loket.kit.i18n import Words
from loket.kit.text import folded
from loket.queue.messages import Ticket
from loket.queue.rules.life import ALIVE
from ui.core.directory import Directory
from ui.core.figures import minutes
from ui.core.sentences import Remedy
from ui.welcome.faces import ticket_chip

SOON = timedelta(hours=1)
_HALF_HOUR = 30


@dataclass(frozen=True)
class ExpectedLine:
    """Somebody with an appointment."""

    appointment_id: str
    time: str
    late: str
    """How late they are by now; empty: not."""
    name: str
    detail: str
    can_check_in: bool
    chip: str = ""
    chip_icon: str = ""
    chip_tone: str = "done"
    is_late: bool = False
    tip: str = ""


@dataclass(frozen=True)
class ExpectedGroup:
    key: str
    title: str
    icon: str
    tone: str
    lines: tuple[ExpectedLine, ...]


@dataclass(frozen=True)
class ArrivalsState:
    """The whole column."""

    ready: bool = False
    summary: str = ""
    groups: tuple[ExpectedGroup, ...] = ()
    empty: str = ""
    wrong: str = ""
    is_found: bool = False
    """Only those are shown whom the typed letters mean."""


@dataclass(frozen=True)
class Day:
    """What is known at this moment, besides the appointments."""

    tickets: Mapping[str, Ticket]
    directory: Directory
    now: datetime
    words: Words
    just: str = ""
    """Who was checked in a moment ago: on top, however long the list is."""


def state_of(appointments: Iterable[Appointment], day: Day, *, typed: str) -> ArrivalsState:
    """Late first, then the coming hour, then who is here; with a text only who it may mean."""
    now, words = day.now, day.words
    listed = list(appointments)
    meant = [one for one in listed if _means(one, typed)]
    # Letters of a product mean nobody here: then the column stays as it was.
    found = meant or listed
    until = _half_hour_after(now + SOON)
    near = [one for one in found if one.starts_at <= until and _is_awaited(one, now)]
    groups = tuple(_groups(found, day, until))
    count = words.plural("{n} appointment", "{n} appointments", len(near))
    until_text = words("until {time}", time=words.time(until))
    nobody = words("No appointments until {time}.", time=words.time(until))
    return ArrivalsState(
        ready=True,
        summary=f"{until_text} · {count}" if near else "",
        groups=groups,
        empty="" if groups else nobody,
        is_found=bool(typed.strip()) and bool(meant),
    )


def remedy_of(code: str) -> Remedy:
    """Early or late: the clerk who sees the person may check them in all the same."""
    if code in {"appointment.too_early", "appointment.too_late"}:
        return Remedy.CHECK_IN_ANYWAY
    return Remedy.NONE


def _groups(found: list[Appointment], day: Day, until: datetime) -> Iterable[ExpectedGroup]:
    words = day.words
    awaited = [one for one in found if _is_awaited(one, day.now)]
    late = [one for one in awaited if minutes(day.now - one.starts_at)]
    soon = [one for one in awaited if one not in late and one.starts_at <= until]
    later = [one for one in awaited if one.starts_at > until]
    present = [one for one in found if _ticket(one, day) is not None]
    just = [one for one in present if one.id == day.just]
    here = [one for one in present if one not in just]
    absent = [one for one in found if _is_absent(one, day.now)]
    members = (
        ("just", words("Just checked in"), "ph.check-circle-bold", "accent", just),
        ("late", words("Late"), "ph.warning-bold", "late_fg", late),
        ("soon", words("Coming hour"), "ph.clock", "text2", soon),
        ("here", words("Checked in"), "ph.check-circle", "text2", here),
        ("later", words("Later today"), "ph.clock-afternoon", "text2", later),
        ("absent", words("Did not come"), "ph.user-minus", "text2", absent),
    )
    for key, title, icon, tone, ones in members:
        if ones:
            lines = tuple(_line(one, day) for one in ones)
            counted = title if key == "just" else f"{title} · {len(ones)}"
            yield ExpectedGroup(key, counted, icon, tone, lines)


def _line(one: Appointment, day: Day) -> ExpectedLine:
    words = day.words
    ticket = _ticket(one, day)
    product = day.directory.product(one.product_ids[0]) if one.product_ids else None
    short = product.short_name if product else words("Other service")
    detail = f"{ticket.number} · {short}" if ticket else short
    if one.persons > 1:
        persons = words.plural("{n} person", "{n} persons", one.persons)
        detail = f"{detail} · {persons}"
    late = minutes(day.now - one.starts_at)
    is_late = ticket is None and late > 0 and not _is_absent(one, day.now)
    chip, icon, tone = ("", "", "done")
    if ticket is not None:
        chip, icon, tone = ticket_chip(ticket, directory=day.directory, now=day.now, words=words)
    name = one.name or one.reference
    return ExpectedLine(
        appointment_id=one.id,
        time=words.time(one.starts_at),
        late=words("+{minutes} min", minutes=late) if is_late else "",
        name=name,
        detail=detail,
        can_check_in=ticket is None,
        chip=chip,
        chip_icon=icon,
        chip_tone=tone,
        is_late=is_late,
        tip=f"{name}\n{product.name if product else short}\n{one.reference}",
    )


def _ticket(one: Appointment, day: Day) -> Ticket | None:
    """The living ticket of who checked in; who was served is expected no more."""
    ticket = day.tickets.get(one.ticket_id or "")
    return ticket if ticket is not None and ticket.state in ALIVE else None


def _is_awaited(one: Appointment, now: datetime) -> bool:
    return one.state is AppointmentState.BOOKED and not _is_absent(one, now)


def _is_absent(one: Appointment, now: datetime) -> bool:
    """Their time is over, and is given to others; they may still come."""
    if one.state is AppointmentState.NO_SHOW:
        return True
    grace = timedelta(minutes=2 * one.late_minutes)
    return one.state is AppointmentState.BOOKED and now > one.starts_at + grace


def _means(one: Appointment, typed: str) -> bool:
    """Whether each typed word begins a word of the name, or it is the reference."""
    wanted = folded(typed).split()
    if not wanted:
        return True
    reference = folded(one.reference).replace("-", "")
    if "".join(wanted).replace("-", "") == reference:
        return True
    parts = folded(one.name).replace("-", " ").split()
    return all(any(part.startswith(word) for part in parts) for word in wanted)


def _half_hour_after(moment: datetime) -> datetime:
    past = timedelta(
        minutes=moment.minute % _HALF_HOUR, seconds=moment.second, microseconds=moment.microsecond
    )
    return moment if not past else moment - past + timedelta(minutes=_HALF_HOUR)
