"""How figures are written on every screen: waits, timers, short names."""

from datetime import datetime, timedelta

from loket.kit.clock import local_day
from loket.kit.i18n import Words


def minutes(span: timedelta) -> int:
    """Whole minutes, never below zero: clocks of desk and server may differ a little."""
    return max(0, int(span.total_seconds() // 60))


def wait_text(words: Words, expected: timedelta | None) -> str:
    """``± 22 min``; nothing when no counter is open, and in a word when nobody waits."""
    if expected is None:
        return ""
    if not round_up(expected):
        return words("at once")
    return words("± {minutes} min", minutes=round_up(expected))


def range_text(words: Words, low: int, high: int) -> str:
    """``15 à 30 min``: between what and what it most likely lies."""
    if high <= low:
        return words("± {minutes} min", minutes=high)
    return words("{low} to {high} min", low=low, high=high)


def round_up(span: timedelta) -> int:
    """Minutes, rounded up: a promise is rather kept early."""
    return max(0, -int(-span.total_seconds() // 60))


def timer_text(span: timedelta) -> str:
    """``04:12``; from an hour on ``1:04:12``."""
    seconds = max(0, int(span.total_seconds()))
    hours, rest = divmod(seconds, 3600)
    clock = f"{rest // 60:02d}:{rest % 60:02d}"
    return f"{hours}:{clock}" if hours else clock


def day_and_time(words: Words, moment: datetime) -> str:
    """``ma 16 maart · 10:24``."""
    return f"{words.short_day(local_day(moment))} · {words.time(moment)}"


def near_moment(words: Words, moment: datetime, now: datetime) -> str:
    """``di 14:00`` within a week, ``24/3 14:00`` after it: a moment where there is little room."""
    day = local_day(moment)
    is_near = day - local_day(now) < timedelta(days=7)
    said = words.short_day(day).split()[0] if is_near else f"{day.day}/{day.month}"
    return f"{said} {words.time(moment)}"


def initials(name: str) -> str:
    """``Sofie Vermeulen`` → ``SV``."""
    parts = [part for part in name.split() if part]
    return "".join(
        part[0] for part in (parts[:1] + parts[-1:] if len(parts) > 1 else parts)
    ).upper()


def short_name(name: str) -> str:
    """``Sofie Vermeulen`` → ``Sofie V.``."""
    first, _, rest = name.partition(" ")
    return f"{first} {rest[0]}." if rest else first
