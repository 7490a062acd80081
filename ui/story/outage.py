"""The server is killed in the middle of a call, and comes back."""

import re

from loket.queue.picture import ConnectionState
from ui.counter.state import Phase
from ui.story.morning import Morning
from ui.story.stage import expect

BACK_SECONDS = 30
OFFLINE_FROM = 900
"""Numbers from here on were leased beforehand."""


def server_dies(morning: Morning) -> None:
    """It is killed between having called somebody and saying whom; the welcome desk goes on."""
    onthaal, loket = morning.onthaal, morning.loket
    morning.second_passes(loket)
    morning.finish(loket)
    morning.next_visitor()
    waiting = {line.number for line in loket.counter.queue}
    expect(len(waiting) > 1, "more than one waits")
    morning.server.kill_after("POST /api/v1/counters/")
    loket.press("F9")
    morning.stage.until(morning.server.ended, "the server is dead")
    morning.stage.until(
        lambda: onthaal.picture.connection.state is ConnectionState.OFFLINE, "the pill says so"
    )
    number = morning.ticket_by(lambda: onthaal.press("Ctrl+1"))
    expect(int(number[1:]) >= OFFLINE_FROM, f"{number} was leased beforehand")
    morning.stage.until(
        lambda: re.fullmatch(r"Offline · [12] te verzenden", onthaal.shell.pill.text),
        "the pill says that the ticket, and perhaps the end of the visit before, has to be sent",
    )
    expect(onthaal.welcome.last.mark, f"{number} is marked as still to be sent")


def server_is_back(morning: Morning) -> None:
    """What was in flight took effect once; what was given meanwhile is delivered."""
    onthaal, loket = morning.onthaal, morning.loket
    offline = morning.numbers[-1]
    with morning.stage.heart.resting():  # no desk starts this server: the story does
        morning.server.start()
    morning.stage.until(morning.server.listens, "the server listens again", seconds=BACK_SECONDS)
    morning.stage.until(
        lambda: loket.counter.phase is Phase.CALLED,
        "the call that was in flight took effect",
        seconds=BACK_SECONDS,
    )
    number = loket.counter.visitor.number
    expect(number not in morning.called, f"{number} is called once")
    morning.called.append(number)
    morning.stage.note("called_in_flight", number)
    morning.stage.note("given_meanwhile", offline)
    for seat in morning.seats.values():
        morning.stage.until(
            lambda seat=seat: morning.is_green(seat),  # type: ignore[misc]
            f"{seat.code} is connected again",
            seconds=BACK_SECONDS,
        )
    cards = [card.ticket for card in loket.picture.cards.values()]
    at_loket = [card for card in cards if card.number == number]
    expect(len(at_loket) == 1 and at_loket[0].calls == 1, f"{number} was called exactly once")
    morning.stage.until(
        lambda: [card.ticket.number for card in loket.picture.cards.values()].count(offline) == 1,
        f"{offline} reached the other desks, once",
        seconds=BACK_SECONDS,
    )
    morning.stage.until(lambda: not onthaal.welcome.last.mark, f"{offline} is no longer marked")


def morning_goes_on(morning: Morning) -> None:
    """The visitor who was called comes; a new one gets the next ordinary number."""
    morning.start(morning.loket)
    morning.next_visitor()
    number = morning.ticket_by(lambda: morning.onthaal.press("Ctrl+1"))
    expect(int(number[1:]) < OFFLINE_FROM, f"{number} comes from the server again")
