"""Putting the whole state of the counter screen together from what is known now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from loket.kit.i18n import Words
from loket.queue.messages import CounterNow, OwnDay, TicketCard
from loket.queue.picture import SitePicture
from loket.queue.rules.life import TicketState
from loket.visits.messages import Visit
from ui.core.directory import Directory
from ui.counter import faces
from ui.counter.overlay import Overlay
from ui.counter.state import ParkedLine, Phase, ProductHelp, VisitAct, Visitor

LONGEST_LIST = 30


@dataclass(frozen=True)
class Facts:
    """All that the screen is made from, at one moment."""

    directory: Directory
    picture: SitePicture
    overlay: Overlay
    counter_id: str
    user_id: str
    card: TicketCard | None
    """Who is at this counter."""
    calling: bool
    visit: Visit | None
    day: OwnDay | None
    now: datetime
    words: Words

    @property
    def counter(self) -> CounterNow | None:
        return self.picture.counters.get(self.counter_id)

    @property
    def pause(self) -> CounterNow | None:
        """The own counter, while it pauses and nobody is at it."""
        counter = self.counter
        return counter if counter and counter.pause and self.card is None else None


def shown(facts: Facts) -> dict[str, Any]:
    """The fields of the state, by name, as they are now."""
    words, card, now = facts.words, facts.card, facts.now
    phase = faces.phase_of(card, calling=facts.calling)
    product = facts.directory.product(card.ticket.product_id) if card else None
    over = card is not None and faces.is_over(card.ticket, product, now)
    coming = _coming(facts)
    first = coming[0].ticket.number if coming else ""
    why = faces.next_why(
        coming, directory=facts.directory, counter_id=facts.counter_id, now=now, words=words
    )
    day = {"day": faces.day_figures(facts.day, words)} if facts.day else {}
    return {
        "phase": phase,
        "band": faces.pause_band(facts.pause, words)
        if facts.pause and phase is Phase.FREE
        else faces.band(card, phase=phase, over=over, now=now, words=words),
        "big": faces.big_button(card, first=first, why=why, phase=phase, words=words),
        "visitor": faces.visitor(card, directory=facts.directory, over=over, now=now, words=words)
        if card
        else Visitor(),
        "queue": faces.next_lines(
            coming[:LONGEST_LIST], directory=facts.directory, now=now, words=words
        ),
        "waiting": words.plural("{n} waiting", "{n} waiting", len(coming)),
        "parked": tuple(_parked(facts)),
        "paused": facts.pause is not None,
        "help": faces.product_help(
            [facts.directory.product(one) for one in card.ticket.product_ids], words
        )
        if card
        else ProductHelp(),
        "acts": tuple(_acts(facts)),
        **day,
    }


def _coming(facts: Facts) -> list[TicketCard]:
    """Who is next here, without those of whom an answer says that they no longer wait."""
    here = facts.card.ticket.id if facts.card else ""
    coming = faces.next_up(
        facts.picture, directory=facts.directory, counter_id=facts.counter_id, now=facts.now
    )
    return [
        one
        for one in coming
        if one.ticket.id != here and not facts.overlay.knows_better(one.ticket)
    ]


def parked_here(facts: Facts) -> list[TicketCard]:
    """Parked by this clerk, or waiting in a queue of this counter; one's own first."""
    counter = facts.directory.counter(facts.counter_id)
    served = {*counter.first_choice, *counter.second_choice} if counter else set()
    found = [
        card
        for card in facts.picture.cards.values()
        if card.ticket.state is TicketState.PARKED
        and not facts.overlay.knows_better(card.ticket)
        and (card.ticket.parked_by == facts.user_id or card.ticket.queue_id in served)
    ]
    return sorted(
        found, key=lambda one: (one.ticket.parked_by != facts.user_id, one.ticket.state_since)
    )


def _parked(facts: Facts) -> Iterator[ParkedLine]:
    words = facts.words
    for card in parked_here(facts):
        own = card.ticket.parked_by == facts.user_id
        since = words("since {time}", time=words.time(card.ticket.state_since))
        by = "" if own else card.parked_by
        yield ParkedLine(
            ticket_id=card.ticket.id,
            number=card.ticket.number,
            remark=card.remark,
            detail=" · ".join(part for part in (by, since) if part),
            own=own,
            button=words("Resume") if own else words("Back in line"),
        )


def _acts(facts: Facts) -> Iterator[VisitAct]:
    if facts.visit is None or facts.card is None:
        return
    for act in facts.visit.acts:
        if not act.undone and act.ticket_id != facts.card.ticket.id:
            yield faces.visit_act(
                act, directory=facts.directory, picture=facts.picture, words=facts.words
            )
