"""The morning at the welcome desk: from greeting to printed ticket."""

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from ui.core.actions import ScreenId
from ui.story.morning import Morning
from ui.story.stage import STARTING, expect

FIRST_START_SECONDS = 120
"""The first start loads the whole town with thirteen weeks of history."""


def the_house_opens(morning: Morning) -> None:
    """The server loads the town; the welcome desk offers its people."""
    with morning.stage.heart.during(STARTING):
        morning.server.open_line()
        morning.server.start()
        morning.stage.until(
            morning.server.listens, "the server listens", seconds=FIRST_START_SECONDS
        )
    morning.open("onthaal-1")
    expect(len(morning.onthaal.shell.sign_in.people) > 1, "people are offered by role")


def sofie_signs_in(morning: Morning) -> None:
    """One press; the field where everything begins has the focus."""
    onthaal = morning.onthaal
    morning.sign_in("onthaal-1", "Sofie Vermeulen")
    expect(onthaal.shell.screen is ScreenId.WELCOME, "the welcome desk is her screen")
    expect(len(onthaal.welcome.tiles) > 5, "the quick products are there")  # noqa: PLR2004
    expect(morning.welcome_screen().search.hasFocus(), "the search field has the focus")


def four_letters(morning: Morning) -> None:
    """The picture before Enter: what four letters find."""
    morning.onthaal.type("rijb")
    found = [one.name for one in morning.onthaal.welcome.suggestions]
    expect(any("Rijbewijs" in name for name in found), "rijb finds the driving licence")
    expect("aanvraag" in found[0], f"the application comes first, not {found[0]}")


def first_visitor(morning: Morning) -> None:
    """Enter, and the slip comes out."""
    number = morning.ticket_by(lambda: morning.onthaal.press("Return"))
    expect(number.endswith("001"), f"the first number of the day is 001, not {number}")
    expect(not morning.onthaal.welcome.query, "the search is empty again")


def second_visitor(morning: Morning) -> None:
    """A quick key gives the ticket at once."""
    morning.next_visitor()
    morning.ticket_by(lambda: morning.onthaal.press("Ctrl+1"))


def third_visitor(morning: Morning) -> None:
    """Somebody with a name, a reason for priority, a note, and two things to do."""
    morning.next_visitor()
    onthaal, dock = morning.onthaal, morning.welcome_screen().dock
    onthaal.click(dock.name.edit)
    onthaal.type("Marleen De Smedt")
    onthaal.click(_first(dock.toggles.values()))
    onthaal.click(dock.note.edit)
    onthaal.type("Rolstoel, neemt de lift")
    onthaal.click(morning.welcome_screen().search)
    morning.ticket_by_letters("verhui", "erhuis")
    morning.ticket_by(lambda: onthaal.press("Ctrl+2"))
    acts = onthaal.welcome.visitor.acts
    expect(len(acts) == 2, "two tickets stand in one visit")  # noqa: PLR2004
    expect(onthaal.welcome.visitor.priority, "the reason for priority is kept")


def receipt(morning: Morning) -> None:
    """Ctrl+P: one paper for the whole visit."""
    papers = len(morning.slips())
    morning.onthaal.press("Ctrl+P")
    morning.stage.until(lambda: len(morning.slips()) > papers, "the receipt is a file")
    morning.stage.until(lambda: morning.onthaal.says("B-2026-"), "the receipt has its number")


def wrong_press(morning: Morning) -> None:
    """The wrong quick key: Ctrl+Z takes the ticket back."""
    onthaal = morning.onthaal
    morning.next_visitor()
    number = morning.ticket_by(lambda: onthaal.press("Ctrl+3"))
    onthaal.press("Ctrl+Z")
    morning.stage.until(lambda: onthaal.says(f"Ticket {number} ingetrokken"), "it is taken back")
    waiting = {card.ticket.number for card in onthaal.picture.cards.values()}
    expect(number not in waiting, f"{number} no longer waits")


def rush(morning: Morning) -> None:
    """Monday morning: one visitor after the other, by quick keys."""
    for key in ("Ctrl+1", "Ctrl+4", "Ctrl+2", "Ctrl+5", "Ctrl+8", "Ctrl+1", "Ctrl+3", "Ctrl+2"):
        morning.next_visitor()
        morning.ticket_by(lambda key=key: morning.onthaal.press(key))  # type: ignore[misc]


def _first(widgets: Iterable[QWidget]) -> QWidget | None:
    return next(iter(widgets), None)
