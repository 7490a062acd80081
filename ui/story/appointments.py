"""An appointment: booked, moved, and another one for today, that comes and is served."""

from pathlib import Path

from loket.appointments.messages import ConfirmBy
from loket.queue.rules.life import TicketState
from ui.admin.messages.screen import MessagesScreen
from ui.admin.messages.state import Pile
from ui.admin.screen import AdminScreen
from ui.admin.sections import SectionId
from ui.appointments.parts.moments import MomentButton
from ui.appointments.screen import AppointmentsScreen
from ui.appointments.state import Block, DockMode, Look
from ui.core.actions import ScreenId
from ui.counter.state import Phase
from ui.shell.state import Stage as ShellStage
from ui.story.morning import Morning
from ui.story.stage import STARTING, Seat, expect

LETTERS, BY_APPOINTMENT = "omwissel", "Rijbewijs – buitenlands omwisselen"
TODAYS = "premieadvies"
FIRST_LOOK = "first look at the calendar"
"""Loads and lays out a screen, once; counted apart."""


def only_by_appointment(morning: Morning) -> None:
    """There is no ticket for it; its first free moment stands where the wait would."""
    onthaal = morning.onthaal
    morning.next_visitor()
    onthaal.type(LETTERS)
    morning.stage.until(lambda: onthaal.welcome.suggestions, f"{LETTERS} finds something")
    found = onthaal.welcome.suggestions[0]
    expect(found.name == BY_APPOINTMENT, f"{LETTERS} finds {BY_APPOINTMENT}, not {found.name}")
    expect(found.by_appointment, f"{BY_APPOINTMENT} is by appointment only")
    morning.stage.until(
        lambda: onthaal.welcome.suggestions[0].wait, "its first free moment is known"
    )


def free_moments(morning: Morning) -> None:
    """Ctrl+Enter: the calendar, and the first free moments at the left."""
    onthaal = morning.onthaal
    with morning.stage.heart.during(FIRST_LOOK):
        onthaal.press("Ctrl+Return")
        _looked_at(morning, onthaal)
        morning.stage.until(lambda: onthaal.booking.search.days, "moments are offered")
    chosen = [name for _id, name in onthaal.booking.search.products]
    expect(chosen == [BY_APPOINTMENT], f"it is for {BY_APPOINTMENT}, not {chosen}")


def moment_is_held(morning: Morning) -> None:
    """Chosen here, it is taken at every other desk while they talk about it."""
    onthaal = morning.onthaal
    _sara_sits_down(morning)
    button = _moments(onthaal)[0]
    starts_at = button.face.starts_at if button.face else None
    onthaal.click(button)
    morning.stage.until(lambda: onthaal.booking.form.held, "the moment is held")
    morning.stage.until(
        lambda: starts_at in {block.starts_at for block in _blocks(morning.wonen, Look.HELD)},
        "the other desk sees that it is taken",
    )


def person_is_known(morning: Morning) -> None:
    """Name, mobile and mail; confirmed by mail and on paper."""
    onthaal, form = morning.onthaal, _calendar(morning.onthaal).form
    for field, text in (
        (form.name, "Mohammed Van den Broeck-Vanderstraeten"),
        (form.phone, "0470 12 34 56"),
        (form.email, "mohammed@voorbeeld.be"),
    ):
        onthaal.click(field.edit)
        onthaal.type(text)
    onthaal.click(form.ways[ConfirmBy.PAPER])
    onthaal.click(form.ways[ConfirmBy.SMS])
    shown = onthaal.booking.form.contact
    expect(shown.phone_right and shown.email_right, "the number and the address can be")
    ways = (shown.mail, shown.sms, shown.paper)
    expect(ways == (True, False, True), f"it is confirmed by mail and on paper: {ways}")


def is_booked(morning: Morning) -> None:
    """Ctrl+Enter: the paper comes out, the mail goes, and its place is taken."""
    mails = _mails(morning)
    reference = _book(morning)
    _paper_of(morning, reference)
    morning.stage.until(lambda: len(_mails(morning)) > len(mails), "the mail went out")
    morning.stage.note("appointment", reference)
    morning.stage.note("appointment_mails", [_new(morning, mails)])
    morning.stage.until(
        lambda: not _blocks(morning.wonen, Look.HELD), "the other desk sees it is booked"
    )


def is_moved(morning: Morning) -> None:
    """Rather another day: F6, a moment, Ctrl+Enter; a second mail with the same calendar item."""
    onthaal, mails = morning.onthaal, _mails(morning)
    before = onthaal.booking.file.when
    onthaal.press("F6")
    morning.stage.until(lambda: onthaal.booking.mode is DockMode.MOVE, "a moment can be chosen")
    morning.stage.until(lambda: len(onthaal.booking.search.days) > 1, "other days are offered")
    day = onthaal.booking.search.days[1]
    onthaal.click(_button(onthaal, day.moments[0].starts_at))
    morning.stage.until(lambda: onthaal.booking.form.held, "the new moment is held")
    onthaal.press("Ctrl+Return")
    morning.stage.until(lambda: onthaal.says(f"{morning.booked[0]} verzet"), "it is moved")
    morning.stage.until(lambda: onthaal.booking.mode is DockMode.FILE, "its card is shown")
    expect(onthaal.booking.file.when != before, "it is at another moment")
    morning.stage.until(lambda: len(_mails(morning)) > len(mails), "the second mail went out")
    morning.stage.note("moved_to", day.moments[0].starts_at.isoformat())
    morning.stage.note("moved_mail", _new(morning, mails))


def mail_is_seen(morning: Morning) -> None:
    """Beheer, Berichten: what went out, and how it reads."""
    onthaal = morning.onthaal
    with morning.stage.heart.during(FIRST_LOOK):
        onthaal.press("Alt+0")
        _shown(morning, onthaal, ScreenId.ADMIN)
        admin = _admin(onthaal)
        onthaal.click(admin.items[SectionId.MESSAGES])
        morning.stage.until(
            lambda: isinstance(admin.pages.currentWidget(), MessagesScreen),
            "the messages are shown",
        )
    page = _messages(admin).post_page
    onthaal.click(page.filters[Pile.SENT])
    morning.stage.until(lambda: page.list.model().rowCount() > 1, "both mails are there")


def booked_for_today(morning: Morning) -> None:
    """The next visitor, something else, at the first moment of today."""
    onthaal = morning.onthaal
    onthaal.press("Alt+1")
    _shown(morning, onthaal, ScreenId.WELCOME)
    morning.next_visitor()
    onthaal.type(TODAYS)
    morning.stage.until(lambda: onthaal.welcome.suggestions, f"{TODAYS} finds something")
    onthaal.press("Ctrl+Return")
    _looked_at(morning, onthaal)
    morning.stage.until(lambda: onthaal.booking.search.days, "moments are offered")
    onthaal.click(_moments(onthaal)[0])
    morning.stage.until(lambda: onthaal.booking.form.held, "the moment is held")
    form = _calendar(onthaal).form
    onthaal.click(form.name.edit)
    onthaal.type("Godelieve Claessens")
    onthaal.click(form.ways[ConfirmBy.PAPER])
    reference = _book(morning)
    _paper_of(morning, reference)
    morning.stage.until(
        lambda: "Godelieve Claessens" in _expected(onthaal), "she is expected at the welcome desk"
    )


def confirmation_is_scanned(morning: Morning) -> None:
    """The barcode on her paper: she is here, her slip comes out."""
    onthaal, reference = morning.onthaal, morning.booked[-1]
    with morning.stage.heart.resting():  # a scanner reads it from the paper
        code = onthaal.code_on(reference)
    onthaal.press("Alt+1")
    _shown(morning, onthaal, ScreenId.WELCOME)
    morning.next_visitor()
    number = morning.ticket_by(lambda: onthaal.scan(code))
    expect(number.startswith("P"), f"{number} is the ticket of an appointment")
    morning.stage.until(
        lambda: _expected(onthaal).get("Godelieve Claessens") == "just", "she is checked in"
    )
    morning.stage.note("scanned", code)
    morning.stage.note("scanned_reference", reference)


def is_called(morning: Morning) -> None:
    """F9 at the counter; the band says that it is an appointment, and of when."""
    wonen = morning.wonen
    wonen.press("Alt+2")
    _shown(morning, wonen, ScreenId.COUNTER)
    while morning.call(wonen) != morning.numbers[-1]:  # half an hour early: who waits goes first
        morning.start(wonen)
        morning.second_passes(wonen)
        morning.finish(wonen)
    why = wonen.counter.visitor.why
    expect("Afspraak van" in why, f"the counter says why: {why}")
    morning.stage.note("appointment_called_because", why)
    onthaal = morning.onthaal
    onthaal.type("godelieve")
    morning.stage.until(
        lambda: list(_expected(onthaal)) == ["Godelieve Claessens"],
        "the welcome desk finds where she is by her name",
    )


def is_served(morning: Morning) -> None:
    """Enter, F12; at the welcome desk *Verwacht* says that it is done."""
    wonen = morning.wonen
    morning.onthaal.press("Esc")
    number = wonen.counter.visitor.number
    morning.start(wonen)
    morning.second_passes(wonen)
    morning.finish(wonen)
    expect(wonen.counter.phase is Phase.FREE, "the counter is free")
    morning.stage.until(
        lambda: TicketState.WAITING not in _states(morning, number), f"{number} no longer waits"
    )


def day_list(morning: Morning) -> None:
    """Ctrl+P at the calendar: the list of today on paper; both desks look at it from then on."""
    onthaal, wonen = morning.onthaal, morning.wonen
    papers = len(morning.slips())
    for seat in (onthaal, wonen):
        seat.press("Alt+3")
        _looked_at(morning, seat)
    if onthaal.booking.mode is not DockMode.TODAY:
        onthaal.press("Esc")
    morning.stage.until(lambda: onthaal.booking.mode is DockMode.TODAY, "the day is shown")
    onthaal.press("Ctrl+P")
    morning.stage.until(lambda: len(morning.slips()) > papers, "the list of the day is a file")
    onthaal.press("Alt+1")
    _shown(morning, onthaal, ScreenId.WELCOME)


# what they share


def _sara_sits_down(morning: Morning) -> None:
    """A desk of another department, which looks at the calendar, too."""
    morning.open("loket-6")
    sara, form = morning.wonen, morning.wonen.window.sign_in
    with morning.stage.heart.during(STARTING):
        morning.stage.until(
            lambda: form.person_buttons and not form.person_buttons[-1].visibleRegion().isEmpty(),
            "the form stands where it stays",
        )
        for field, text in ((form.name, "sara"), (form.password, "heidebeek")):
            sara.click(field.edit)
            morning.stage.until(field.edit.hasFocus, "she can type")
            sara.type(text)
        sara.press("Return")
        morning.stage.until(lambda: sara.shell.stage is ShellStage.WORKING, "Sara is signed in")
        morning.stage.until(lambda: morning.is_green(sara), "loket-6 is connected")
        sara.press("Alt+3")
        _looked_at(morning, sara)


def _looked_at(morning: Morning, seat: Seat) -> None:
    _shown(morning, seat, ScreenId.APPOINTMENTS)
    morning.stage.until(lambda: seat.booking.calendar.columns, "the calendar is there")


def _shown(morning: Morning, seat: Seat, screen: ScreenId) -> None:
    morning.stage.until(lambda: seat.shell.screen is screen, f"{seat.code} shows {screen}")


def _calendar(seat: Seat) -> AppointmentsScreen:
    screen = seat.window.current_screen()
    if not isinstance(screen, AppointmentsScreen):
        raise TypeError(screen)
    return screen


def _admin(seat: Seat) -> AdminScreen:
    screen = seat.window.current_screen()
    if not isinstance(screen, AdminScreen):
        raise TypeError(screen)
    return screen


def _messages(admin: AdminScreen) -> MessagesScreen:
    shown = admin.pages.currentWidget()
    if not isinstance(shown, MessagesScreen):
        raise TypeError(shown)
    return shown


def _moments(seat: Seat) -> list[MomentButton]:
    return _calendar(seat).panel.moments.buttons


def _button(seat: Seat, starts_at: object) -> MomentButton | None:
    buttons = (one for one in _moments(seat) if one.face and one.face.starts_at == starts_at)
    return next(buttons, None)


def _blocks(seat: Seat, look: Look) -> list[Block]:
    columns = seat.booking.calendar.columns
    return [block for column in columns for block in column.blocks if block.look is look]


def _book(morning: Morning) -> str:
    """Ctrl+Enter, and the card of what was made."""
    onthaal = morning.onthaal
    onthaal.press("Ctrl+Return")
    morning.stage.until(lambda: onthaal.booking.mode is DockMode.FILE, "it is booked")
    reference = onthaal.booking.file.reference
    expect(reference not in morning.booked, f"{reference} is given once")
    morning.stage.until(
        lambda: onthaal.says(f"Afspraak {reference} vastgelegd") and onthaal.says("afgedrukt"),
        f"one message says that {reference} is booked and printed",
    )
    morning.booked.append(reference)
    return reference


def _paper_of(morning: Morning, reference: str) -> None:
    morning.stage.until(
        lambda: any(reference in paper.name for paper in morning.slips()),
        f"the confirmation of {reference} is a file",
    )


def _mails(morning: Morning) -> list[Path]:
    return sorted(morning.server.outgoing.glob("*.eml"))


def _new(morning: Morning, known: list[Path]) -> str:
    return next(one.name for one in _mails(morning) if one not in known)


def _expected(seat: Seat) -> dict[str, str]:
    """In which group of the column *Verwacht* everybody stands."""
    return {line.name: group.key for group in seat.arrivals.groups for line in group.lines}


def _states(morning: Morning, number: str) -> set[TicketState]:
    cards = morning.onthaal.picture.cards.values()
    return {card.ticket.state for card in cards if card.ticket.number == number}
