"""What things are called: days, moments, products, states. Nothing here asks anybody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from loket.appointments.messages import Appointment
from loket.appointments.rules.life import AppointmentState
from loket.catalogue.messages import Counter, Product
from loket.kit.clock import BRUSSELS, local_day
from loket.kit.i18n import Words, mark
from loket.queue.rules.life import TicketState
from ui.appointments.state import Look

CHIPS: dict[Look, tuple[str, str, str]] = {
    Look.BOOKED: (mark("Booked"), "ph.calendar-check-bold", "plain"),
    Look.LATE: (mark("Late"), "ph.warning-bold", "late"),
    Look.ARRIVED: (mark("Checked in"), "ph.hourglass-medium-bold", "wait"),
    Look.CALLED: (mark("Called"), "ph.megaphone-simple-bold", "call"),
    Look.SERVING: (mark("Being served"), "ph.play-circle-bold", "serve"),
    Look.DONE: (mark("Done"), "ph.check-circle-bold", "done"),
    Look.ABSENT: (mark("Absent"), "ph.user-minus-bold", "done"),
    Look.CANCELLED: (mark("Cancelled"), "ph.x-bold", "done"),
    Look.HELD: (mark("busy"), "ph.phone-bold", "plain"),
    Look.OWN: (mark("New"), "ph.calendar-plus-bold", "tint2"),
}
"""Word, icon and tone of each look."""
_MINUTE = timedelta(minutes=1)
_OF_TICKET = {
    TicketState.WAITING: Look.ARRIVED,
    TicketState.CALLED: Look.CALLED,
    TicketState.SERVING: Look.SERVING,
    TicketState.PARKED: Look.ARRIVED,
    TicketState.NO_SHOW: Look.ABSENT,
}


@dataclass(frozen=True)
class Naming:
    """All that is needed to say what stands in a calendar; handed to a worker as it is."""

    words: Words
    products: Mapping[str, Product]
    counters: Mapping[str, Counter]
    now: datetime
    own_hold: str = ""
    moment: datetime | None = None
    """The moment that is talked about at this desk."""
    minutes: int = 30


def look_of(appointment: Appointment, now: datetime) -> Look:
    """What became of it; late from the minute after."""
    if appointment.state is AppointmentState.NO_SHOW:
        return Look.ABSENT
    if appointment.state is AppointmentState.ARRIVED:
        state = appointment.ticket_state
        return _OF_TICKET.get(state, Look.DONE) if state else Look.ARRIVED
    if appointment.state is AppointmentState.CANCELLED:
        return Look.CANCELLED
    return Look.LATE if appointment.starts_at + _MINUTE <= now else Look.BOOKED


def noon(day: date) -> datetime:
    """A moment that is certainly on that day, for forms of dates."""
    return datetime.combine(day, time(12), tzinfo=BRUSSELS)


@lru_cache(maxsize=4096)
def day_and_time(moment: datetime, words: Words) -> str:
    """``dinsdag 17 maart 14:00``, as it is spoken; remembered, for a week has few moments."""
    return f"{words.weekday(local_day(moment))} {words.time(moment)}"


@lru_cache(maxsize=256)
def so_many_minutes(minutes: int, words: Words) -> str:
    return words("{minutes} min", minutes=minutes)


def when(moment: datetime, words: Words) -> str:
    """``di 17 maart · 14:00``."""
    return f"{words.short_day(local_day(moment))} · {words.time(moment)}"


def day_and_number(day: date, words: Words) -> str:
    """``ma 16``."""
    return words.skeleton(noon(day), "Ed").replace(".", "").replace(",", "")


def day_and_month(day: date, words: Words) -> str:
    """``ma 16 mrt``: short, and still clear in another month."""
    return words.skeleton(noon(day), "MMMEd").replace(".", "").replace(",", "")


def days_title(first: date, last: date, words: Words) -> str:
    """``16 – 20 maart 2026``."""
    if first == last:
        return words.long_day(first)
    whole = words.long_day(last).partition(" ")[2]
    same = (first.year, first.month) == (last.year, last.month)
    begins = str(first.day) if same else words.weekday(first).partition(" ")[2]
    return f"{begins} – {whole}"


def short_product(product_ids: list[str], products: Mapping[str, Product]) -> str:
    """The short name of the first, and how many there are besides."""
    first = products.get(product_ids[0]) if product_ids else None
    name = (first.short_name or first.name) if first else ""
    return f"{name} +{len(product_ids) - 1}" if len(product_ids) > 1 else name


def full_product(product_ids: list[str], products: Mapping[str, Product]) -> str:
    names = [products[each].name for each in product_ids if each in products]
    return " + ".join(names)


def said_name(appointment: Appointment, words: Words) -> str:
    """Who it is for; desks that may not know read that somebody comes."""
    return appointment.name or words("Appointment")
