"""Figures as they are read on the screen and named in a file."""

from collections.abc import Callable
from datetime import date, timedelta

from loket.insight.messages import FigureRow, Figures
from loket.insight.rules.choices import By
from loket.kit.i18n import Words, mark
from ui.insight.state import Bar, Face, Line, Preset

BARS = 12
"""So many rows at most are drawn; the table has them all."""

PRESETS = (
    (Preset.TODAY, mark("Today")),
    (Preset.WEEK, mark("Week")),
    (Preset.MONTH, mark("Month")),
    (Preset.QUARTER, mark("13 weeks")),
    (Preset.YEAR, mark("Year")),
)
BY_NAMES = {
    By.SERVICE: mark("By service"),
    By.PRODUCT: mark("By product"),
    By.QUEUE: mark("By queue"),
    By.COUNTER: mark("By counter"),
    By.CHANNEL: mark("By channel"),
    By.HOUR: mark("By hour"),
    By.WEEKDAY: mark("By weekday"),
    By.DAY: mark("By day"),
    By.MONTH: mark("By month"),
}
HEADS = (
    mark("Tickets"),
    mark("Served"),
    mark("Wait, mean"),
    mark("Wait, half"),
    mark("Wait, 9 in 10"),
    mark("Wait, longest"),
    mark("Service"),
    mark("Total"),
    mark("Within norm"),
    mark("No-show"),
    mark("Withdrawn"),
    mark("Unserved"),
    mark("Referred"),
)
TIMES = {"waiting": mark("Wait"), "service": mark("Service"), "total": mark("Total")}
PARTS = {
    "mean": mark("mean (min)"),
    "p50": mark("half (min)"),
    "p90": mark("9 in 10 (min)"),
    "max": mark("longest (min)"),
}
COUNTS = {
    "tickets": mark("Tickets"),
    "served": mark("Served"),
    "no_shows": mark("No-show"),
    "withdrawn": mark("Withdrawn"),
    "unserved": mark("Unserved"),
    "transfers": mark("Referred"),
    "within_norm": mark("Within norm"),
}
LINE_HEADS = {
    "day": mark("Day"),
    "number": mark("Number"),
    "site": mark("Site"),
    "queue": mark("Queue"),
    "service": mark("Service"),
    "product": mark("Product"),
    "channel": mark("Channel"),
    "kind": mark("Kind"),
    "arrived_at": mark("Arrived"),
    "appointment_at": mark("Appointment"),
    "first_called_at": mark("First called"),
    "ended_at": mark("Ended"),
    "outcome": mark("Outcome"),
    "waiting": mark("Wait (s)"),
    "service_time": mark("Service (s)"),
    "total": mark("Total (s)"),
    "promised_minutes": mark("Promised (min)"),
    "counter": mark("Counter"),
    "calls": mark("Calls"),
    "transfers": mark("Referred"),
}
CHANNELS = {
    "desk": mark("Desk"),
    "phone": mark("Phone"),
    "mail": mark("E-mail"),
    "web": mark("Web"),
    "app": mark("App"),
    "chat": mark("Chat"),
    "whatsapp": mark("WhatsApp"),
    "social": mark("Social media"),
}


def period(preset: Preset, today: date) -> tuple[date, date]:
    """First and last day, up to and with today."""
    first: dict[Preset, Callable[[], date]] = {
        Preset.WEEK: lambda: today - timedelta(days=today.weekday()),
        Preset.MONTH: lambda: today.replace(day=1),
        Preset.QUARTER: lambda: today - timedelta(weeks=13),
        Preset.YEAR: lambda: today.replace(month=1, day=1),
    }
    return first.get(preset, lambda: today)(), today


def figure_heads(words: Words, by: By) -> list[str]:
    """The first line of an exported table."""
    times = [f"{words(time)}, {words(part)}" for time in TIMES.values() for part in PARTS.values()]
    return [words(BY_NAMES[by]), *(words(head) for head in COUNTS.values()), *times]


def name_of(words: Words, by: By, row: FigureRow) -> str:
    """What a row is about, as one reads it."""
    match by:
        case By.HOUR:
            return f"{row.key}:00"
        case By.WEEKDAY:
            # 2 January 2023 was a Monday.
            return words.weekday(date(2023, 1, 1) + timedelta(days=int(row.key)))
        case By.DAY:
            return words.short_day(date.fromisoformat(row.key))
        case By.CHANNEL:
            return words(CHANNELS[row.key]) if row.key in CHANNELS else row.key
        case By.MONTH:
            return row.key
        case _:
            return row.name or words("No longer in the catalogue")


def face(words: Words, by: By) -> Face:
    """What stands around the table."""
    return Face(
        heads=tuple(words(head) for head in HEADS),
        rows=words(BY_NAMES[by]),
        tiles=tuple(words(name) for name in TILES),
        chart=words("Wait in minutes"),
        legend=words("Bar: mean. Line: 9 in 10 waited at most."),
        empty=words("No tickets in this period"),
    )


def lines(words: Words, figures: Figures) -> tuple[Line, ...]:
    return tuple(_line(words, row, name_of(words, figures.by, row)) for row in figures.rows)


def together(words: Words, figures: Figures) -> Line:
    return _line(words, figures.together, words("Together"))


def _line(words: Words, row: FigureRow, name: str) -> Line:
    wait = row.waiting
    share = row.within_norm / wait.count if wait.count else -1.0
    times = (wait.mean, wait.p50, wait.p90, wait.max, row.service.mean, row.total.mean)
    ends = (row.no_shows, row.withdrawn, row.unserved, row.transfers)
    cells = (
        words.number(row.tickets),
        words.number(row.served),
        *(minutes_text(seconds) for seconds in times),
        words("{share} %", share=round(100 * share)) if wait.count else "",
        *(words.number(count) for count in ends),
    )
    return Line(row.key, name, cells, (row.tickets, row.served, *times, share, *ends))


def minutes_text(seconds: int) -> str:
    """``4:30``: minutes and seconds; a dash for none."""
    return f"{seconds // 60}:{seconds % 60:02d}" if seconds else "–"


def bars(words: Words, figures: Figures) -> tuple[Bar, ...]:
    """The rows with a wait, in the order of the table."""
    waited = [row for row in figures.rows if row.waiting.count]
    return tuple(
        Bar(name_of(words, figures.by, row), row.waiting.mean / 60, row.waiting.p90 / 60)
        for row in waited[:BARS]
    )


TILES = (
    mark("Tickets"),
    mark("Served"),
    mark("Mean wait"),
    mark("9 in 10 waited at most"),
    mark("Within norm"),
    mark("Unserved"),
)


def tiles(words: Words, figures: Figures) -> tuple[str, ...]:
    """The figures under :data:`TILES`."""
    row = figures.together
    wait = row.waiting
    share = round(100 * row.within_norm / wait.count) if wait.count else None
    return (
        words.number(row.tickets),
        words.number(row.served),
        minutes_text(wait.mean),
        minutes_text(wait.p90),
        "–" if share is None else words("{share} %", share=share),
        words.number(row.unserved),
    )
