"""From catalogue and picture to what rows, tiles and lists of the welcome screen show."""

from datetime import datetime, timedelta

from loket.appointments.messages import Appointment
from loket.appointments.rules.life import AppointmentState
from loket.catalogue.messages import Access, Product
from loket.kit.i18n import Words, mark
from loket.kit.money import euros
from loket.queue.messages import Ticket
from loket.queue.rules.life import TicketState
from ui.core.directory import Directory
from ui.core.figures import day_and_time, minutes, range_text, wait_text
from ui.core.taken import TakenDown
from ui.core.waiting import QueueFigures, waits_from
from ui.welcome.state import (
    ActLine,
    ProductInfo,
    QuickTile,
    Suggestion,
)

Spans = tuple[tuple[int, int], ...]
SOON = timedelta(minutes=15)
"""A forecast above this is amber, unless the queue has its own norm."""


def suggestion(
    product: Product,
    spans: Spans,
    *,
    directory: Directory,
    figures: dict[str, QueueFigures],
    words: Words,
    first_free: str = "",
) -> Suggestion:
    """A found product as its row shows it."""
    now = _figures_of(product, directory, figures)
    tag, tag_icon, tag_tone = _access(product.access, words)
    forecast = now.forecast(product) if now and now.is_open else None
    walk_in = product.access is not Access.APPOINTMENT
    wait = wait_text(words, forecast)
    waiting = _waiting(now, words) if now else ""
    if not walk_in:
        wait = first_free
        waiting = words("first free") if first_free else ""
    return Suggestion(
        product_id=product.id,
        name=product.name,
        spans=spans,
        icon=product.icon,
        place=directory.place_of(product),
        tag=tag,
        tag_icon=tag_icon,
        tag_tone=tag_tone,
        wait=wait,
        wait_late=walk_in and _amber(forecast, now),
        waiting=waiting,
        bring=bring_text(product, words),
        refusal=refusal(product, now, words),
        closed=walk_in and bool(now and not now.is_open),
        bookable=product.access is not Access.WALK_IN,
        by_appointment=not walk_in,
    )


def typed_in(name: str, typed: str) -> Spans:
    """Where the typed words stand in a name that was found by a synonym."""
    plain = name.casefold()
    if len(plain) != len(name):
        return ()
    found = [(plain.find(word), len(word)) for word in typed.casefold().split()]
    return tuple(sorted((at, at + length) for at, length in found if at >= 0))


def refusal(product: Product, now: QueueFigures | None, words: Words) -> str:
    """Why no ticket can be given; empty when one can."""
    if product.access is Access.APPOINTMENT:
        return words("By appointment only")
    if now is None:
        return words("Not served at this site")
    return now.closed


def late_text(product: Product, now: QueueFigures, words: Words) -> str:
    """That the turn would come after closing, and what can be done."""
    closes = words.time(now.closes_at) if now.closes_at else ""
    return words(
        "{product}: probably no turn before {time}. Offer an appointment.",
        product=product.short_name,
        time=closes,
    )


def bring_text(product: Product, words: Words) -> str:
    """What to bring and what it costs, on one line."""
    parts = list(product.bring)
    if product.fee_cents:
        parts.append(euros(product.fee_cents, words.language))
    return ", ".join(parts)


def info(
    product: Product,
    *,
    directory: Directory,
    figures: dict[str, QueueFigures],
    can_note: bool,
    words: Words,
) -> ProductInfo:
    """All that the catalogue says about a product."""
    now = _figures_of(product, directory, figures)
    facts = [(words("How"), _access(product.access, words)[0])]
    forecast = now.forecast(product) if now and now.is_open else None
    if forecast is not None:
        facts.append((words("Wait"), _range(now, forecast, words)))
    facts.append((words("Duration"), words("{minutes} min", minutes=product.usual_minutes)))
    if product.fee_cents is not None:
        free = words("free of charge")
        fee = euros(product.fee_cents, words.language) if product.fee_cents else free
        facts.append((words("Fee"), fee))
    return ProductInfo(
        product_id=product.id,
        title=product.name,
        place=directory.place_of(product),
        facts=tuple(facts),
        bring=tuple(product.bring),
        clerk_text=product.clerk_text,
        links=tuple((link.title, link.address) for link in product.links),
        can_note=can_note,
    )


def _range(now: QueueFigures | None, forecast: timedelta, words: Words) -> str:
    """The likely range where the server reckoned one."""
    if now is None or now.wait is None:
        return wait_text(words, forecast)
    sure = words("almost certainly within {minutes} min", minutes=now.wait.sure)
    return f"{range_text(words, now.wait.low, now.wait.high)}, {sure}"


def tiles(
    directory: Directory, figures: dict[str, QueueFigures], words: Words
) -> tuple[QuickTile, ...]:
    """Show the quick products in their places, which are fixed for the day.

    What no queue of this site serves, such as a report while those do not exist, is left out.
    """
    return tuple(
        _tile(place, product, _figures_of(product, directory, figures), words)
        for place, product in directory.quick().items()
        if directory.queue_of(product) is not None
    )


def _tile(place: int, product: Product, now: QueueFigures | None, words: Words) -> QuickTile:
    closed = refusal(product, now, words)
    forecast = now.forecast(product) if now and not closed else None
    wait = wait_text(words, forecast)
    waiting = len(now.waiting) if now else 0
    spoken = [product.name, closed or wait, f"Ctrl+{place}"]
    return QuickTile(
        place=place,
        product_id=product.id,
        name=product.name,
        short=product.short_name,
        icon=product.icon,
        wait=wait,
        wait_late=_amber(forecast, now),
        waiting=waiting,
        closed=closed,
        spoken=", ".join(part for part in spoken if part),
    )


def ticket_chip(
    ticket: Ticket, *, directory: Directory, now: datetime, words: Words
) -> tuple[str, str, str]:
    """Word, icon and tone of a ticket's state."""
    match ticket.state:
        case TicketState.WAITING:
            return _waiting_chip(ticket, directory, now, words)
        case TicketState.CALLED:
            counter = directory.counter(ticket.counter_id or "")
            name = counter.name if counter else words("Called")
            return name, "ph.megaphone-simple-bold", "call"
        case TicketState.SERVING:
            return words("Busy"), "ph.play-circle-bold", "serve"
        case _:
            word, icon = _ENDS.get(ticket.state, ("Finished", "ph.check-circle-bold"))
            return words(word), icon, "done"


def _waiting_chip(
    ticket: Ticket, directory: Directory, now: datetime, words: Words
) -> tuple[str, str, str]:
    waited = minutes(now - waits_from(ticket))
    queue = directory.queues.get(ticket.queue_id)
    late = queue is not None and waited > queue.norm_minutes
    text = words("Waits {minutes} min", minutes=waited)
    return (text, "ph.warning-bold", "late") if late else (text, "ph.hourglass-medium-bold", "wait")


def act_line(  # noqa: PLR0913 - a line of the visit has these sources
    ticket: Ticket,
    *,
    act_id: str,
    pending: bool,
    refused: bool = False,
    directory: Directory,
    now: datetime,
    words: Words,
) -> ActLine:
    """A ticket as one of the acts of the visit."""
    products = [directory.product(one) for one in ticket.product_ids]
    chip, icon, tone = ticket_chip(ticket, directory=directory, now=now, words=words)
    if refused:
        chip, icon, tone = words("Refused"), "ph.warning-bold", "late"
    elif pending:
        chip, icon, tone = words("To be sent"), "ph.arrows-clockwise-bold", "wait"
    return ActLine(
        act_id=act_id,
        title=ticket.number,
        detail=" + ".join(product.name for product in products if product),
        icon="ph.ticket",
        chip=chip,
        chip_icon=icon,
        chip_tone=tone,
        gone=ticket.state is TicketState.WITHDRAWN,
    )


def booked_line(one: Appointment, *, directory: Directory, words: Words) -> ActLine:
    """An appointment that was made, or kept, in this visit."""
    product = directory.product(one.product_ids[0]) if one.product_ids else None
    arrived = one.state is AppointmentState.ARRIVED
    return ActLine(
        act_id=one.id,
        title=day_and_time(words, one.starts_at),
        detail=product.name if product else one.reference,
        icon="ph.calendar-check",
        chip=words("Checked in") if arrived else "",
        chip_icon="ph.check-circle-bold",
    )


def report_line(taken: TakenDown, *, words: Words) -> ActLine:
    """A report that was taken down, or joined, in this visit."""
    chip, icon, tone = "", "", "done"
    if taken.pending:
        chip, icon, tone = words("To be sent"), "ph.arrows-clockwise-bold", "wait"
    elif taken.joined:
        chip, icon, tone = words("Linked"), "ph.link-bold", "done"
    return ActLine(
        act_id=taken.report_id,
        title=taken.reference or words("Report"),
        detail=taken.title,
        icon="ph.chat-centered-text",
        chip=chip,
        chip_icon=icon,
        chip_tone=tone,
    )


def _waiting(now: QueueFigures, words: Words) -> str:
    if not now.is_open:
        return ""
    if not now.open_counters:
        return words("no counter open")
    return words.plural("{n} waiting", "{n} waiting", len(now.waiting))


def _figures_of(
    product: Product, directory: Directory, figures: dict[str, QueueFigures]
) -> QueueFigures | None:
    queue = directory.queue_of(product)
    return figures.get(queue.id) if queue else None


def _amber(forecast: timedelta | None, now: QueueFigures | None) -> bool:
    norm = timedelta(minutes=now.queue.norm_minutes) if now else SOON
    return forecast is not None and forecast > norm


def _access(access: Access, words: Words) -> tuple[str, str, str]:
    match access:
        case Access.WALK_IN:
            return words("Walk-in"), "mdi6.walk", "plain"
        case Access.APPOINTMENT:
            return words("By appointment only"), "ph.calendar-check-bold", "tint2"
        case Access.BOTH:
            return words("Walk-in or appointment"), "mdi6.walk", "plain"


_ENDS = {
    TicketState.PARKED: (mark("Parked"), "ph.pause-circle-bold"),
    TicketState.NO_SHOW: (mark("Not present"), "ph.user-minus-bold"),
    TicketState.TRANSFERRED: (mark("Referred"), "ph.arrow-bend-up-right-bold"),
    TicketState.DONE: (mark("Finished"), "ph.check-circle-bold"),
    TicketState.WITHDRAWN: (mark("Withdrawn"), "ph.x-circle-bold"),
    TicketState.EXPIRED: (mark("Expired"), "ph.x-circle-bold"),
}
