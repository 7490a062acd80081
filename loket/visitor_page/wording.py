"""What a visitor's own page says, in one of the languages of the town."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from loket.catalogue.citizens import counter_said, expected_at
from loket.kit.i18n import Words
from loket.queue.rules.life import TicketState


@dataclass(frozen=True)
class Outlook:
    """What a waiting visitor may expect: who is before them, and likely minutes from and to."""

    ahead: int
    low: int | None
    """None while no counter is open for it."""
    high: int | None


@dataclass(frozen=True)
class Turn:
    """Where a ticket stands, as its visitor may know it: no name, no product."""

    number: str
    state: TicketState
    counter: str
    called_at: datetime | None
    outlook: Outlook | None


@dataclass(frozen=True)
class Said:
    """A head in large letters, and lines below it."""

    head: str
    lines: tuple[str, ...] = ()


def said(turn: Turn, say: Words) -> Said:
    """How it stands, and what to do."""
    return _SAYINGS[turn.state](turn, say)


def titles(say: Words) -> dict[str, str]:
    """What stands around it."""
    return {
        "number": say("Your number"),
        "renewed": say("Renewed at {time}; this page renews itself"),
        "languages": say("Language"),
    }


def _waiting(turn: Turn, say: Words) -> Said:
    outlook = turn.outlook or Outlook(0, None, None)
    lines = [_ahead(outlook.ahead, say), _how_long(outlook, say)]
    watch = say("Stay nearby and watch the screen in the waiting room.")
    return Said(say("You are in the queue"), (*(line for line in lines if line), watch))


def _ahead(ahead: int, say: Words) -> str:
    if not ahead:
        return say("Nobody is waiting before you")
    return say.plural("{n} visitor before you", "{n} visitors before you", ahead)


def _how_long(outlook: Outlook, say: Words) -> str:
    if outlook.low is None or outlook.high is None:
        return say("No counter is open for this yet")
    if outlook.high <= 1:
        return say("It is almost your turn")
    return say("Probably {range} minutes more", range=say.range(outlook.low, outlook.high))


def _called(turn: Turn, say: Words) -> Said:
    called = (say("Called at {time}", time=say.time(turn.called_at)),) if turn.called_at else ()
    return Said(expected_at(say, turn.counter), called)


def _serving(turn: Turn, say: Words) -> Said:
    return Said(say("You are being helped"), (counter_said(say, turn.counter),))


def _parked(_turn: Turn, say: Words) -> Said:
    return Said(
        say("Your turn is on hold"),
        (say("Report at the welcome desk when you are ready. You keep your number."),),
    )


def _absent(_turn: Turn, say: Words) -> Said:
    return Said(
        say("We called you and did not find you"), (say("Please report at the welcome desk."),)
    )


def _done(_turn: Turn, say: Words) -> Said:
    return Said(say("Your visit at the counter is finished"), (say("Thank you, and goodbye."),))


def _over(_turn: Turn, say: Words) -> Said:
    return Said(
        say("This ticket is no longer valid"),
        (say("Do you still need us? Ask for a new ticket at the welcome desk."),),
    )


_SAYINGS: dict[TicketState, Callable[[Turn, Words], Said]] = {
    TicketState.WAITING: _waiting,
    TicketState.TRANSFERRED: _waiting,
    TicketState.CALLED: _called,
    TicketState.SERVING: _serving,
    TicketState.PARKED: _parked,
    TicketState.NO_SHOW: _absent,
    TicketState.DONE: _done,
    TicketState.WITHDRAWN: _over,
    TicketState.EXPIRED: _over,
}
