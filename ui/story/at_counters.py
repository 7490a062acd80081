"""The morning at the counters: call, serve, finish, and what goes otherwise."""

from loket.queue.rules.life import TicketState
from ui.core.actions import ScreenId
from ui.counter.state import Phase
from ui.story.morning import Morning
from ui.story.stage import expect

NAMED = "Marleen De Smedt"


def tom_sits_down(morning: Morning) -> None:
    """A second window: the counter, with who is next."""
    morning.open("loket-3")
    morning.sign_in("loket-3", "Tom Claes")
    loket = morning.loket
    expect(loket.shell.screen is ScreenId.COUNTER, "the counter is his screen")
    expect(loket.counter.phase is Phase.FREE, "his counter is free")
    expect(loket.counter.queue, "he sees who is next")


def calls(morning: Morning) -> None:
    """F9 calls the longest waiting; both screens know at once."""
    number = morning.call(morning.loket)
    expect(number == morning.numbers[0], f"who came first is called first, not {number}")
    morning.stage.until(
        lambda: any(
            card.ticket.number == number and card.ticket.state is TicketState.CALLED
            for card in morning.onthaal.picture.cards.values()
        ),
        "the welcome desk sees who is called",
    )


def serves(morning: Morning) -> None:
    """Enter: the visitor is here."""
    morning.start(morning.loket)
    morning.second_passes(morning.loket)


def finishes(morning: Morning) -> None:
    """F12, and the counter is free."""
    morning.finish(morning.loket)
    morning.stage.until(lambda: morning.loket.counter.day.served == "1", "his day counts one")


def finish_and_next(morning: Morning) -> None:
    """F9 while serving: finish, and call the next, in one."""
    loket = morning.loket
    former = morning.call(loket)
    _greet(morning)
    morning.start(loket)
    morning.second_passes(loket)
    number = morning.call(loket)
    expect(number != former, "another one is called")
    morning.stage.until(lambda: loket.counter.day.served == "2", "his day counts two")


def a_name_at_the_counter(morning: Morning) -> None:
    """Who has a name and a note is known at the counter, with what else they came for."""
    loket = morning.loket
    _greet(morning)
    expect(morning.greeted, f"{NAMED} is called before long")
    morning.start(loket)
    morning.second_passes(loket)


def _greet(morning: Morning) -> None:
    """Her reason for priority brings her forward: how far depends on how quickly all this goes."""
    loket = morning.loket
    morning.answered(loket)
    if loket.counter.visitor.name != NAMED:
        return
    expect(loket.counter.visitor.note, "her note is there")
    expect(loket.counter.visitor.priority, "her reason for priority is there")
    morning.stage.until(lambda: loket.counter.acts, "what else she came for is there")
    morning.greeted = True


def puts_back(morning: Morning) -> None:
    """Called too early: back to the row, and then called again as the longest waiting."""
    loket = morning.loket
    number = morning.call(loket)
    morning.second_passes(loket)
    loket.press("Ctrl+Backspace")
    morning.stage.until(lambda: loket.counter.phase is Phase.FREE, f"{number} waits again")
    morning.answered(loket)
    expect(loket.says(f"{number} wacht opnieuw"), f"{number} is said to wait again")
    morning.called.remove(number)
    again = morning.call(loket)
    expect(again == number, f"{number} is still first, not {again}")


def nobody_comes(morning: Morning) -> None:
    """F7: called, and not present."""
    loket = morning.loket
    number = loket.counter.visitor.number
    morning.second_passes(loket)
    loket.press("F7")
    morning.stage.until(lambda: loket.counter.phase is Phase.FREE, f"{number} was not present")
    morning.answered(loket)
    morning.stage.until(lambda: loket.counter.day.no_shows == "1", "his day counts one no-show")


def wrong_press_at_the_counter(morning: Morning) -> None:
    """There they come after all: Ctrl+Z, and they are called as before."""
    loket = morning.loket
    loket.press("Ctrl+Z")
    morning.stage.until(lambda: loket.counter.phase is Phase.CALLED, "they are called again")
    morning.answered(loket)
    expect(loket.counter.visitor.number == morning.called[-1], "it is the same ticket")
    morning.stage.until(lambda: loket.counter.day.no_shows == "0", "his day counts no no-show")
    morning.start(loket)
    morning.second_passes(loket)
    morning.finish(loket)


def lies_sits_down(morning: Morning) -> None:
    """A third desk, and two calls at the same moment: never the same ticket."""
    morning.open("snel-1")
    morning.sign_in("snel-1", "Lies Bogaert")
    loket, snel = morning.loket, morning.snel
    loket.press("F9")
    snel.press("F9")
    for seat in (loket, snel):
        morning.stage.until(
            lambda seat=seat: seat.counter.phase is Phase.CALLED,  # type: ignore[misc]
            f"somebody is called at {seat.code}",
        )
    numbers = [seat.counter.visitor.number for seat in (loket, snel)]
    expect(len({*numbers, *morning.called}) == len(morning.called) + 2, f"{numbers} are two others")
    morning.called += numbers
    morning.start(snel)
    morning.start(loket)


def slip_is_scanned(morning: Morning) -> None:
    """A scanner types the barcode of a slip: its ticket opens, wherever the cursor was."""
    snel = morning.snel
    card = min(
        (card for card in snel.picture.cards.values() if card.ticket.state is TicketState.WAITING),
        key=lambda card: card.ticket.arrived_at,
    )
    snel.scan(card.ticket.code)
    morning.stage.until(lambda: snel.shell.ticket is not None, "the ticket opens")
    shown = snel.window.ticket.number.text()
    expect(shown == card.ticket.number, f"it is {card.ticket.number}, not {shown}")


def panel_closes(morning: Morning) -> None:
    """Esc, and everything is as it was."""
    morning.snel.press("Esc")
    morning.stage.until(lambda: morning.snel.shell.ticket is None, "the ticket closes")
