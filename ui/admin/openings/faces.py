"""Schedules in words, and the days of a preview."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from loket.appointments.messages import (
    CalendarDay,
    CalendarSlot,
    Misfits,
    ScheduleException,
    SchedulePeriod,
)
from loket.appointments.rules.schedule import ExceptionKind
from loket.kit.clock import local
from loket.kit.i18n import Words
from ui.admin.openings.repeating import in_words, repeat_of
from ui.admin.openings.state import DayFace, Line, Stretch

_HOLIDAYS_SHOWN = 6


def clock(at: time | None) -> str:
    return f"{at:%H:%M}" if at is not None else ""


def hours(opens: time | None, closes: time | None) -> str:
    return f"{clock(opens)}–{clock(closes)}"


def places_in_words(public: int, desk: int, words: Words) -> str:
    """``3 plaatsen (1 enkel balie)``."""
    text = words.plural("{n} place", "{n} places", public + desk)
    return words("{places} ({desk} desk only)", places=text, desk=desk) if desk else text


def grid_in_words(minutes: int, words: Words) -> str:
    return words("every {minutes} min", minutes=minutes)


def validity(first: date, last: date | None, words: Words) -> str:
    begin = words("valid from {day}", day=_dated(first, words))
    return (
        begin if last is None else words("{begin} to {day}", begin=begin, day=_dated(last, words))
    )


def _dated(day: date, words: Words) -> str:
    return f"{words.short_day(day)} {day.year}"


def period_line(period: SchedulePeriod, words: Words, *, changed: bool) -> Line:
    parts = [
        hours(period.opens, period.closes),
        places_in_words(period.public_places, period.desk_places, words),
        grid_in_words(period.grid_minutes, words),
    ]
    title = in_words(repeat_of(period.rule), words)
    return Line(
        id=period.id,
        title=f"{period.name} – {title}" if period.name else title,
        detail=" · ".join(parts),
        more=validity(period.valid_from, period.valid_to, words),
        icon="ph.calendar-check-bold",
        changed=changed,
    )


def exception_line(exception: ScheduleException, words: Words, *, changed: bool) -> Line:
    closed = exception.kind is ExceptionKind.CLOSED
    whole = exception.opens is None
    when = words("the whole day") if whole else hours(exception.opens, exception.closes)
    detail = (
        words("Closed, {when}", when=when) if closed else words("Open besides, {when}", when=when)
    )
    if not closed:
        extra = places_in_words(exception.public_places, exception.desk_places, words)
        detail = f"{detail} · {extra}"
    return Line(
        id=exception.id,
        title=_span(exception.first_day, exception.last_day, words),
        detail=detail,
        more=exception.reason,
        icon="ph.lock-key" if closed else "ph.calendar-plus-bold",
        changed=changed,
    )


def _span(first: date, last: date, words: Words) -> str:
    if first == last:
        return _dated(first, words)
    return f"{words.short_day(first)} – {_dated(last, words)}"


def misfit_sentence(misfits: Misfits, words: Words) -> str:
    """``4 geboekte afspraken passen niet meer``; empty when all fit."""
    if not misfits.total:
        return ""
    return words.plural(
        "{n} booked appointment no longer fits",
        "{n} booked appointments no longer fit",
        misfits.total,
    )


def upcoming_holidays(today: date, words: Words) -> tuple[str, ...]:
    """The public holidays of the months to come: reckoned, nobody types them."""
    from loket.catalogue.hours import public_holidays  # noqa: PLC0415 - a slow package, asked here only

    found = {**public_holidays(today.year), **public_holidays(today.year + 1)}
    ahead = [(day, name) for day, name in sorted(found.items()) if day >= today]
    return tuple(f"{words.short_day(day)} · {name}" for day, name in ahead[:_HOLIDAYS_SHOWN])


# The preview


def day_faces(
    wished: Sequence[CalendarDay], kept: Sequence[CalendarDay], now: datetime, words: Words
) -> tuple[DayFace, ...]:
    """The days of a preview; beside what is kept, if that is known."""
    before = {day.day: _offer(day) for day in kept}
    return tuple(
        DayFace(
            day=day.day,
            number=_number(day.day, words, first=day is wished[0]),
            reason=day.reason,
            stretches=_stretches(day.slots),
            tip=_tip(day, words),
            changed=bool(before) and before.get(day.day) != _offer(day),
            past=day.day < local(now).date(),
        )
        for day in wished
    )


def _number(day: date, words: Words, *, first: bool) -> str:
    return words.short_day(day).partition(" ")[2] if first or day.day == 1 else str(day.day)


def _offer(day: CalendarDay) -> list[tuple[datetime, int, int, int]]:
    return [(p.starts_at, p.grid_minutes, p.places, p.public_places) for p in day.periods] + [
        (p.ends_at, 0, 0, 0) for p in day.periods
    ]


def _stretches(slots: Iterable[CalendarSlot]) -> tuple[Stretch, ...]:
    """Slots that join on with as many places are one."""
    found: list[tuple[datetime, datetime, int, int]] = []
    for slot in slots:
        end = slot.starts_at + timedelta(minutes=slot.minutes)
        last = found[-1] if found else None
        if last is not None and (last[1], last[2]) == (slot.starts_at, slot.places):
            found[-1] = (last[0], end, slot.places, max(last[3], slot.taken))
        else:
            found.append((slot.starts_at, end, slot.places, slot.taken))
    return tuple(
        Stretch(f"{_short(begin)}–{_short(end)}", places, taken)
        for begin, end, places, taken in found
    )


def _short(moment: datetime) -> str:
    """``9`` and ``13:30``: there is little room in a day."""
    at = local(moment)
    return f"{at.hour}:{at.minute:02}" if at.minute else str(at.hour)


def _tip(day: CalendarDay, words: Words) -> str:
    lines = [words.long_day(day.day), *([day.reason] if day.reason else [])]
    lines += [
        words(
            "{time}: {taken} of {places} taken",
            time=f"{local(slot.starts_at):%H:%M}",
            taken=slot.taken,
            places=slot.places,
        )
        for slot in day.slots
    ]
    return "\n".join(lines)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())
