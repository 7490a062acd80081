"""A calendar as columns of blocks: what stands where, and what is said of it. Run on a worker."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from loket.appointments.messages import (
    Appointment,
    Calendar,
    CalendarDay,
    CalendarSlot,
    HeldMoment,
)
from loket.kit.clock import local_day
from ui.appointments.layout import HOUR, Span, lanes, span, surname
from ui.appointments.naming import (
    CHIPS,
    Naming,
    day_and_number,
    day_and_time,
    full_product,
    look_of,
    said_name,
    short_product,
    so_many_minutes,
)
from ui.appointments.state import Block, DayColumn, Look, Opening, SlotFace

OWN = "own"


def columns(calendar: Calendar, naming: Naming) -> tuple[DayColumn, ...]:
    """Each day as it is drawn."""
    return tuple(_column(day, naming) for day in calendar.days)


def _column(day: CalendarDay, naming: Naming) -> DayColumn:
    words = naming.words
    slots = tuple(_slot(slot, day, naming) for slot in day.slots)
    free = sum(slot.left for slot in slots if not slot.past)
    blocks = _in_lanes(list(_blocks(day, naming)))
    openings = tuple(_openings(day))
    offered = [opening.places for opening in openings]
    free_text = words.plural("{n} place free", "{n} places free", free) if openings else ""
    filled = 1 - day.free_minutes / day.place_minutes if day.place_minutes else -1.0
    said = [words.weekday(day.day), free_text or day.reason or words("closed")]
    return DayColumn(
        day=day.day,
        title=day_and_number(day.day, words),
        spoken=", ".join(said),
        today=day.day == local_day(naming.now),
        free=free_text,
        filled=min(1.0, filled),
        reason=day.reason,
        lanes=max([*offered, *(block.lane + 1 for block in blocks), 1]),
        grid=min([period.grid_minutes for period in day.periods], default=HOUR // 2),
        openings=openings,
        slots=slots,
        blocks=blocks,
    )


def _openings(day: CalendarDay) -> Iterator[Opening]:
    for period in day.periods:
        minutes = round((period.ends_at - period.starts_at).total_seconds() / 60)
        where = span(period.starts_at, minutes, day.day)
        yield Opening(where.start, where.end, period.places)


def _slot(slot: CalendarSlot, day: CalendarDay, naming: Naming) -> SlotFace:
    words, where = naming.words, span(slot.starts_at, slot.minutes, day.day)
    left = max(0, slot.places - slot.taken)
    room = words("{left} of {places} free", left=left, places=slot.places)
    return SlotFace(
        start=where.start,
        end=where.end,
        places=slot.places,
        taken=slot.taken,
        starts_at=slot.starts_at,
        past=slot.starts_at < naming.now,
        spoken=f"{day_and_time(slot.starts_at, words)}, {room}",
    )


def _blocks(day: CalendarDay, naming: Naming) -> Iterator[Block]:
    for appointment in day.appointments:
        yield _block(appointment, day, naming)
    own = naming.moment if naming.moment and local_day(naming.moment) == day.day else None
    for held in day.holds:
        if held.hold_id != naming.own_hold:
            yield _held(held, day, naming)
    if own is not None:
        yield _own(own, day, naming)


def _block(appointment: Appointment, day: CalendarDay, naming: Naming) -> Block:
    words, look = naming.words, look_of(appointment, naming.now)
    where = span(appointment.starts_at, appointment.minutes, day.day)
    name = said_name(appointment, words)
    parts = [
        day_and_time(appointment.starts_at, words),
        name,
        full_product(appointment.product_ids, naming.products),
        so_many_minutes(appointment.minutes, words),
        words(CHIPS[look][0]),
        appointment.reference,
    ]
    return Block(
        key=appointment.id,
        look=look,
        start=where.start,
        end=where.end,
        lane=0,
        title=surname(name),
        detail=short_product(appointment.product_ids, naming.products),
        spoken=", ".join(part for part in parts if part),
        starts_at=appointment.starts_at,
    )


def _held(held: HeldMoment, day: CalendarDay, naming: Naming) -> Block:
    words = naming.words
    counter = naming.counters.get(held.counter_id or "")
    place = counter.name if counter else ""
    where = span(held.starts_at, held.minutes, day.day)
    at = day_and_time(held.starts_at, words)
    said = words("being talked about at {place}", place=place) if place else words("busy")
    return Block(
        key=f"hold:{held.hold_id}",
        look=Look.HELD,
        start=where.start,
        end=where.end,
        lane=0,
        title=words("busy"),
        detail=place,
        spoken=f"{at}, {said}",
        starts_at=held.starts_at,
    )


def _own(moment: datetime, day: CalendarDay, naming: Naming) -> Block:
    words, where = naming.words, span(moment, naming.minutes, day.day)
    at = words.time(moment)
    return Block(
        key=OWN,
        look=Look.OWN,
        start=where.start,
        end=where.end,
        lane=0,
        title=words("New"),
        detail=at,
        spoken=f"{words('New appointment')}, {words.weekday(day.day)} {at}",
        starts_at=moment,
    )


def _in_lanes(blocks: list[Block]) -> tuple[Block, ...]:
    given = lanes([Span(block.start, block.end) for block in blocks])
    placed = [replace(block, lane=lane) for block, lane in zip(blocks, given, strict=True)]
    return tuple(sorted(placed, key=lambda block: (block.start, block.lane)))
