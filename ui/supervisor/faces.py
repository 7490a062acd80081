"""From pictures and the day to tiles, table and counters."""

from collections import Counter as Counted
from datetime import date, datetime, timedelta

from loket.catalogue.messages import Counter, Product
from loket.insight.messages import QueueDay
from loket.insight.rules.alerts import share_percent
from loket.kit.clock import local_day
from loket.kit.i18n import Words, mark
from loket.queue.messages import CounterNow, Ticket
from loket.queue.rules.life import TicketState, expected_wait
from loket.queue.rules.opening import PauseReason
from ui.core.figures import minutes, timer_text, wait_text
from ui.core.waiting import QueueFigures, waits_from
from ui.supervisor.sites import Look, at_counters, callers, counters_now, queue_figures
from ui.supervisor.state import CounterCell, Place, QueueLine, Tile

_NOT_MEASURED = 600
"""Seconds of service, while the day is not read yet."""


def tiles(look: Look, words: Words) -> tuple[Tile, ...]:
    queues = queue_figures(look, words)
    return (
        _waiting_tile(look, queues, words),
        _longest_tile(look, queues, words),
        _mean_tile(look, words),
        _served_tile(look, words),
        _norm_tile(look, queues, words),
    )


def _waiting_tile(look: Look, queues: list[QueueFigures], words: Words) -> Tile:
    many = sum(len(found.waiting) for found in queues)
    detail = ""
    if look.day and look.day.compared_with:
        before = sum(one.waited_before for one in look.day.queues)
        detail = _compared(many - before, date.fromisoformat(look.day.compared_with), look, words)
    return Tile(words("Now waiting"), "ph.users-three", words.number(many), detail)


def _compared(difference: int, then: date, look: Look, words: Words) -> str:
    """``3 meer dan vorige maandag``; another week ago it says which."""
    last_week = then == local_day(look.now) - timedelta(weeks=1)
    weekday = words.weekday_name(then)
    day = words("last {weekday}", weekday=weekday) if last_week else words.short_day(then)
    if difference > 0:
        return words("{n} more than {day}", n=words.number(difference), day=day)
    if difference < 0:
        return words("{n} fewer than {day}", n=words.number(-difference), day=day)
    return words("as many as {day}", day=day)


def _longest_tile(look: Look, queues: list[QueueFigures], words: Words) -> Tile:
    name, icon = words("Longest wait"), "ph.hourglass"
    waiting = [found for found in queues if found.waiting]
    if not waiting:
        return Tile(name, icon, words("none"), words("Nobody waits"))
    worst = max(waiting, key=lambda found: found.longest(look.now))
    late = worst.late(look.now)
    return Tile(
        name,
        icon,
        words("{n} min", n=minutes(worst.longest(look.now))),
        f"{_first(worst)}, {worst.queue.name}",
        tone="late_fg" if late else "text",
        warns=late,
    )


def _first(found: QueueFigures) -> str:
    return min(found.waiting, key=lambda card: waits_from(card.ticket)).ticket.number


def _mean_tile(look: Look, words: Words) -> Tile:
    name, icon, detail = words("Mean waiting time"), "ph.clock", words("last hour")
    days = look.day.queues if look.day else []
    called = sum(one.called_last_hour for one in days)
    if not called:
        return Tile(name, icon, detail=words("nobody in the last hour") if days else "")
    mean = sum(one.waited_last_hour for one in days) / called
    return Tile(name, icon, words("{n} min", n=round(mean / 60)), detail)


def _served_tile(look: Look, words: Words) -> Tile:
    name, icon = words("Served today"), "ph.check-circle"
    if look.day is None:
        return Tile(name, icon)
    served = sum(one.served for one in look.day.queues)
    expected = round(sum(sum(one.expected) for one in look.day.queues))
    detail = words("of ± {n} expected", n=words.number(expected)) if expected else ""
    return Tile(name, icon, words.number(served), detail)


def _norm_tile(look: Look, queues: list[QueueFigures], words: Words) -> Tile:
    name, icon = words("Within norm"), "ph.gauge"
    days = look.day.queues if look.day else []
    share = share_percent(sum(one.within_norm for one in days), sum(one.called for one in days))
    target = _target(queues, look.queue_days())
    if share is None:
        return Tile(name, icon, detail=words("nobody called yet") if days else "")
    under = share < target
    figure = words("{n} %", n=share)
    detail = words("target {n} %", n=target)
    return Tile(name, icon, figure, detail, tone="wait_fg" if under else "text", warns=under)


def _target(queues: list[QueueFigures], days: dict[str, QueueDay]) -> int:
    """Of more queues the targets weighed by how many each called."""
    weights = [
        (found.queue.target_percent, days[found.queue.id].called)
        for found in queues
        if found.queue.id in days
    ]
    called = sum(weight for _target, weight in weights)
    return round(sum(t * weight for t, weight in weights) / called) if called else 0


def promises(look: Look, words: Words) -> str:
    """How what was promised on the last working day came true."""
    kept = look.day.promises if look.day else None
    if kept is None:
        return ""
    return words(
        "promises of {day}: {error} min off on average, {share} % within their range",
        day=words.short_day(date.fromisoformat(kept.day)),
        error=words.number(round(kept.mean_error, 1)),
        share=round(kept.likely_held * 100),
    )


# the table


def queue_lines(look: Look, words: Words) -> tuple[QueueLine, ...]:
    """Who can be waited for first: open queues and those where somebody waits."""
    days = look.queue_days()
    busy = Counted(card.ticket.queue_id for card in at_counters(look).values())
    lines = [
        _line(found, days.get(found.queue.id), look, words) for found in queue_figures(look, words)
    ]
    return tuple(sorted(lines, key=lambda line: line.closed and not busy[line.queue_id]))


def _line(found: QueueFigures, day: QueueDay | None, look: Look, words: Words) -> QueueLine:
    share = share_percent(day.within_norm, day.called) if day else None
    many, closed = len(found.waiting), not found.is_open
    serving = sum(found.queue.id in one.first_choice + one.second_choice for one in callers(look))
    counters = words("{n} of {all}", n=found.open_counters, all=serving)
    return QueueLine(
        queue_id=found.queue.id,
        name=found.queue.name,
        icon=found.queue.icon,
        waiting=words.number(many),
        longest=words("{n} min", n=minutes(found.longest(look.now))) if many else words("none"),
        late=found.late(look.now),
        wait=_new_wait(found, day, words),
        trend=_with_now(day, found, look),
        within=words("{n} %", n=share) if share is not None else "–",
        under_target=share is not None and share < found.queue.target_percent,
        open=counters,
        shut=found.closed,
        closed=closed and not many,
        unattended=bool(many) and not found.open_counters,
        selected=found.queue.id == look.chosen_queue,
    )


def _new_wait(found: QueueFigures, day: QueueDay | None, words: Words) -> str:
    """What somebody who takes a ticket now waits; nothing where none is given."""
    if not found.is_open:
        return "–"
    if found.wait is not None and found.open_counters:
        return wait_text(words, timedelta(minutes=found.wait.middle))
    mean = day.mean_service if day else _NOT_MEASURED
    wait = expected_wait(len(found.waiting), mean, found.open_counters)
    return words("no counter") if wait is None else wait_text(words, wait)


def _with_now(day: QueueDay | None, found: QueueFigures, look: Look) -> tuple[int, ...]:
    """The last hour; its last point is as live as the rest of the row."""
    known = day.trend[:-1] if day else []
    return (*known, int(found.longest(look.now).total_seconds()))


# the counters


def counter_cells(look: Look, words: Words) -> tuple[CounterCell, ...]:
    now, there = counters_now(look), at_counters(look)
    products = {product.id: product for product in look.catalogue.products}
    cells = []
    for counter in callers(look):
        card, found = there.get(counter.id), now.get(counter.id)
        if card is None:
            cells.append(_idle_cell(counter, found, words))
        else:
            product = products.get(card.ticket.product_id)
            clerk = found.clerk if found else ""
            cells.append(_busy_cell(counter, clerk, card.ticket, product, now=look.now, say=words))
    return tuple(cells)


def _idle_cell(counter: Counter, now: CounterNow | None, words: Words) -> CounterCell:
    if now is None or not now.clerk:
        return CounterCell(counter.id, counter.name, Place.EMPTY, detail=words("Closed"))
    if now.pause is PauseReason.SUPERVISOR:
        place, text = Place.CLOSED, words("Closed")
    elif now.pause is not None:
        place, text = Place.PAUSE, _pause(now, words)
    elif now.open:
        place, text = Place.FREE, words("Free")
    else:
        place, text = Place.EMPTY, words("Does not call")
    return CounterCell(counter.id, counter.name, place, now.clerk, detail=text)


def _pause(now: CounterNow, words: Words) -> str:
    text = words(_PAUSES[now.pause]) if now.pause in _PAUSES else words("Break")
    if now.pause_until is None:
        return text
    return words("{pause} until {time}", pause=text, time=words.time(now.pause_until))


_PAUSES = {
    PauseReason.BREAK: mark("Break"),
    PauseReason.LUNCH: mark("Lunch"),
    PauseReason.BACK_OFFICE: mark("Back office"),
    PauseReason.MEETING: mark("Meeting"),
    PauseReason.TECHNICAL: mark("Fault"),
}


def _busy_cell(
    counter: Counter,
    clerk: str,
    ticket: Ticket,
    product: Product | None,
    *,
    now: datetime,
    say: Words,
) -> CounterCell:
    serving = ticket.state is TicketState.SERVING
    since = ticket.serving_since if serving else ticket.last_called_at
    span = now - (since or ticket.state_since)
    over = serving and product is not None and span > timedelta(minutes=product.usual_minutes)
    return CounterCell(
        counter.id,
        counter.name,
        Place.SERVING if serving else Place.CALLED,
        clerk,
        number=ticket.number,
        timer=timer_text(span),
        detail=product.short_name if product else "",
        word=say("long") if over else "" if serving else say("calling"),
        over=over,
    )


def counted(cells: tuple[CounterCell, ...], words: Words) -> str:
    """``7 bezig, 1 pauze, 1 gesloten``; what there is none of is left out."""
    groups = Counted(_GROUPS[cell.place] for cell in cells)
    parts = [
        (groups["busy"], "{n} busy"),
        (groups["free"], "{n} free"),
        (groups["pause"], "{n} on break"),
        (groups["closed"], "{n} closed"),
    ]
    return ", ".join(words(text, n=many) for many, text in parts if many)


_GROUPS = {
    Place.SERVING: "busy",
    Place.CALLED: "busy",
    Place.FREE: "free",
    Place.PAUSE: "pause",
    Place.CLOSED: "closed",
    Place.EMPTY: "closed",
}
_COUNTED = (mark("{n} busy"), mark("{n} free"), mark("{n} on break"), mark("{n} closed"))
