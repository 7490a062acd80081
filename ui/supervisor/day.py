"""The day in half hours, and what would help: chart and advice."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from loket.insight.messages import Advice
from loket.insight.rules.day import Plan, Shortage, room, shortages
from loket.kit.clock import local, local_day
from loket.kit.i18n import Words
from ui.supervisor.sites import Look, plan_of, queues_now
from ui.supervisor.state import AdviceCard, Band, Bar, DayChart

_HALF = timedelta(minutes=30)


def day_chart(look: Look, words: Words) -> DayChart:
    """The chosen queue's half hours, from its first opening to its last closing."""
    queue = next((one for one in look.catalogue.queues if one.id == look.chosen_queue), None)
    plan = plan_of(look, look.chosen_queue)
    if queue is None or plan is None or look.day is None:
        return DayChart(subject=queue.name if queue else "")
    first, last = _span(plan, look)
    halves = look.day.halves[first:last]
    arrived = look.queue_days()[queue.id].arrived
    rooms = room(plan)
    short = next(iter(shortages(plan)), None)
    return DayChart(
        subject=queue.name,
        bars=tuple(
            Bar(begins, arrived[place], plan.expected[place], rooms[place])
            for place, begins in enumerate(halves, first)
        ),
        now=_now(look.now, halves),
        short=_band(short, first, words) if short else None,
        breaks=tuple(_breaks(plan.is_open[first:last], words)),
        learnt=_learnt(look, words),
        labels=tuple(_label(begins) for begins in (*halves, *_end(halves))),
    )


def _span(plan: Plan, look: Look) -> tuple[int, int]:
    """Where something is open, or somebody came; of a closed queue nothing."""
    arrived = look.queue_days()[look.chosen_queue].arrived
    used = [at for at, opened in enumerate(plan.is_open) if opened or arrived[at]]
    return (used[0], used[-1] + 1) if used else (0, 0)


def _now(now: datetime, halves: Sequence[datetime]) -> float:
    return (now - halves[0]) / _HALF if halves else -1.0


def _end(halves: Sequence[datetime]) -> list[datetime]:
    return [halves[-1] + _HALF] if halves else []


def _label(begins: datetime) -> str:
    shown = local(begins)
    return f"{shown:%H:%M}" if shown.minute == 0 else ""


def _band(short: Shortage, first: int, words: Words) -> Band:
    text = words("{n} too many", n=words.number(short.too_many))
    return Band(short.first - first, short.last - first, text)


def _breaks(is_open: Sequence[bool], words: Words) -> list[Band]:
    """What is closed between two openings."""
    found: list[Band] = []
    begun = None
    for place, opened in enumerate(is_open):
        if not opened and begun is None:
            begun = place
        elif opened and begun is not None:
            if begun:
                found.append(Band(begun, place - 1, words("closed at noon")))
            begun = None
    return found


def _learnt(look: Look, words: Words) -> str:
    many = len(look.day.learnt_from) if look.day else 0
    if not many:
        return words("no earlier days to learn from yet")
    weekday = words.weekday_name(local_day(look.now))
    return words.plural(
        "from {n} earlier {weekday}", "from {n} earlier {weekday}s", many, weekday=weekday
    )


# advice


def advice_card(look: Look, words: Words) -> AdviceCard:
    """The best advice that was not refused, in words; nothing while all goes well."""
    advice = next(
        (
            one
            for one in (look.advices.advices if look.advices else [])
            if one.counter_id not in look.refused_advice and look.is_here(one.counter_id)
        ),
        None,
    )
    if advice is None:
        return AdviceCard()
    counter = next((c for c in look.catalogue.counters if c.id == advice.counter_id), None)
    queue = next((q for q in look.catalogue.queues if q.id == advice.queue_id), None)
    if counter is None or queue is None:
        return AdviceCard()
    title, detail = _reason(advice, queue.name, counter.name, look, words)
    longest = max(advice.minutes_before or 0, advice.minutes_after, 1)
    none_now = advice.minutes_before is None
    return AdviceCard(
        counter_id=counter.id,
        title=title,
        detail=detail,
        with_name=words("With {counter}", counter=counter.name),
        before=words("no counter") if none_now else _minutes(advice.minutes_before or 0, words),
        after=_minutes(advice.minutes_after, words),
        before_share=1.0 if none_now else (advice.minutes_before or 0) / longest * 0.92,
        after_share=0.0 if none_now else advice.minutes_after / longest * 0.92,
        button=words("Open {counter}", counter=counter.name),
    )


def _reason(advice: Advice, queue: str, counter: str, look: Look, words: Words) -> tuple[str, str]:
    plan = plan_of(look, advice.queue_id)
    short = next(iter(shortages(plan)), None) if plan else None
    if short is None or look.day is None:
        title = words("Open {counter} for {queue}", counter=counter, queue=queue)
        there = words("Somebody is there and pauses.")
        return title, there if advice.seated else words("Nobody sits there yet.")
    title = words(
        "Open an extra counter for {queue} between {start} and {end}",
        queue=queue,
        start=words.time(look.day.halves[short.first]),
        end=words.time(look.day.halves[short.last] + _HALF),
    )
    came, space = round(short.expected), words.number(int(short.room))
    detail = words.plural(
        "{n} visitor expected, room for {room}.",
        "{n} visitors expected, room for {room}.",
        came,
        room=space,
    )
    return title, detail


def _minutes(many: int, words: Words) -> str:
    return words("± {minutes} min", minutes=many)


def busiest(look: Look, queue_ids: Sequence[str]) -> str:
    """The queue to look at when nobody chose one: where most are too many, or most wait."""
    hours = queues_now(look)
    waiting = {
        queue: sum(
            card.ticket.queue_id == queue and card.ticket.state == "waiting"
            for picture in look.shown()
            for card in picture.cards.values()
        )
        for queue in queue_ids
        if queue in hours
    }
    if not waiting:
        return ""
    best = max(waiting, key=lambda queue: waiting[queue])
    return best if waiting[best] else next(iter(waiting))
