"""Reports: one taken down, a second citizen joins it, both answered: by mail and by letter."""

import email
from email import policy
from pathlib import Path

from PySide6.QtWidgets import QLineEdit

from loket.reports.rules.kinds import AnswerBy
from ui.core.actions import ScreenId
from ui.reports.screen import FOLLOWING, ReportsScreen
from ui.reports.taking.parts.alike import LikeLine
from ui.story.morning import Morning
from ui.story.stage import Seat, expect

FIRST_LOOK = "first look at reports"
"""Loads and lays out a screen, once; counted apart."""
TOLD = "Er ligt een losse stoeptegel op het voetpad, vlak bij de bushalte. Iemand viel bijna."
ALIKE = "Aan de bushalte ligt een stoeptegel los."
ANSWER = "Dag mevrouw, onze ploeg legt de tegel woensdag vast. Met vriendelijke groeten, Hanne"
DONE = "Dag, de tegel ligt vast. Met vriendelijke groeten, Hanne"


def is_told(morning: Morning) -> None:
    """The visitor talks: text, suggested category, address on the map."""
    onthaal = morning.onthaal
    morning.next_visitor()
    with morning.stage.heart.during(FIRST_LOOK):
        onthaal.press("Alt+4")
        screen = _screen(morning, onthaal)
    onthaal.type(TOLD)
    morning.stage.until(lambda: onthaal.taking.category.rows, "a category is suggested")
    first = onthaal.taking.category.rows[0]
    expect(first.name.startswith("Voetpad"), f"the pavement is suggested, not {first.name}")
    _place(morning, onthaal, screen, "kerkstr 48")
    expect(len(onthaal.taking.terms) > 1, "until when it is answered is known")


def is_taken_down(morning: Morning) -> None:
    """Ctrl+Enter: numbered, the receipt comes out, the confirmation goes by mail."""
    onthaal, screen = morning.onthaal, _screen(morning, morning.onthaal)
    part = screen.taking.dock.reporter
    _fill(onthaal, part.name.edit, "Marleen De Smedt")
    _fill(onthaal, part.email.edit, "m.desmedt@voorbeeld.be")
    onthaal.press("Ctrl+Return")
    morning.stage.until(lambda: onthaal.says("geregistreerd"), "it is taken down")
    morning.stage.until(lambda: not onthaal.taking.text, "the form is empty")
    mail = _mail(morning, "ontvingen uw melding")
    morning.stage.note("report_mail", str(mail))


def is_linked(morning: Morning) -> None:
    """A neighbour with the same: linked, no second file, and a receipt of their own."""
    onthaal = morning.onthaal
    onthaal.press("Alt+1")
    morning.stage.until(lambda: onthaal.shell.screen is ScreenId.WELCOME, "the welcome screen")
    morning.next_visitor()
    onthaal.press("Alt+4")
    screen = _screen(morning, onthaal)
    onthaal.type(ALIKE)
    _place(morning, onthaal, screen, "kerkstr 50")
    morning.stage.until(lambda: onthaal.taking.alike.rows, "what is known nearby is shown")
    known = onthaal.taking.alike.rows
    own = next((n for n, row in enumerate(known) if row.title.endswith("Kerkstraat 48")), None)
    expect(own is not None, f"the report of before is among them: {[row.title for row in known]}")
    line = screen.taking.alike.lines[own or 0]
    onthaal.click(line.focusProxy() if isinstance(line, LikeLine) else None)
    morning.stage.until(
        lambda: any(row.chosen for row in onthaal.taking.alike.rows), "it is chosen"
    )
    part = screen.taking.dock.reporter
    onthaal.click(part.ways[AnswerBy.LETTER])
    morning.stage.until(lambda: "address" in onthaal.taking.reporter.shown, "an address is asked")
    _fill(onthaal, part.name.edit, "Rik Maes")
    _fill(onthaal, part.address.edit, "Kerkstraat 50, 8999 Heidebeek")
    onthaal.press("Ctrl+S")
    morning.stage.until(lambda: onthaal.says("Gekoppeld aan"), "it is linked")


def is_followed_up(morning: Morning) -> None:
    """The coordinator opens the list, and the report with both citizens in it."""
    morning.open("toezicht")
    morning.sign_in("toezicht", "Hanne Goossens")
    toezicht = morning.seats["toezicht"]
    with morning.stage.heart.during(FIRST_LOOK):
        toezicht.press("Alt+4")
        screen = _screen(morning, toezicht)
        screen.show_page(FOLLOWING)
        morning.stage.until(lambda: toezicht.following.list.lines, "the list is there")
    toezicht.click(screen.following.left.search)
    toezicht.type("stoeptegel bushalte marleen")
    morning.stage.until(
        lambda: [line.title[-13:] for line in toezicht.following.list.lines] == ["Kerkstraat 48"],
        "her report is found",
    )
    if "Kerkstraat 48" not in toezicht.following.file.title:
        toezicht.press("Down")
    morning.stage.until(
        lambda: "Kerkstraat 48" in toezicht.following.file.title, "her report is open"
    )
    expect(len(toezicht.following.file.dock.others) == 1, "the neighbour is involved")


def is_answered(morning: Morning) -> None:
    """First to everybody: by mail to one, on paper to the other; then resolved and closed."""
    toezicht = morning.seats["toezicht"]
    reply = _screen(morning, toezicht).following.file.reply
    letters = toezicht.following.list.letters
    toezicht.click(reply.all)
    morning.stage.until(lambda: toezicht.following.file.reply.to_all, "both are answered")
    toezicht.click(reply.edit)
    toezicht.type(ANSWER)
    toezicht.press("Ctrl+Return")
    morning.stage.until(
        lambda: toezicht.following.list.letters == letters + 1, "a letter is to be posted"
    )
    morning.stage.note("reply_mail", str(_mail(morning, "woensdag vast")))
    toezicht.click(reply.edit)
    toezicht.type(DONE)
    toezicht.click(reply.close_too)
    morning.stage.until(
        lambda: toezicht.following.file.badge.text == "Gesloten", "it is resolved and closed"
    )


def letters_are_printed(morning: Morning) -> None:
    """All letters in one print, and then they are given to the post."""
    toezicht, screen = morning.seats["toezicht"], _screen(morning, morning.seats["toezicht"])
    before = len(toezicht.jobs())
    toezicht.click(screen.following.left.letters)
    morning.stage.until(lambda: toezicht.following.letters.rows, "the letters are listed")
    toezicht.click(screen.following.letters.print_all)
    morning.stage.until(lambda: len(toezicht.jobs()) > before, "they are printed")


def year_is_counted(morning: Morning) -> None:
    """The yearly report of complaints to the council, as a PDF and a workbook."""
    toezicht, folder = morning.seats["toezicht"], morning.papers
    for ending in ("pdf", "xlsx"):
        file = folder / f"jaarverslag-2026.{ending}"
        toezicht.year_report(2026, file)
        expect(file.stat().st_size, f"{file.name} is written")


def _screen(morning: Morning, seat: Seat) -> ReportsScreen:
    morning.stage.until(lambda: seat.shell.screen is ScreenId.REPORTS, "reports are open")
    screen = seat.window.current_screen()
    if not isinstance(screen, ReportsScreen):
        raise TypeError(screen)
    return screen


def _place(morning: Morning, seat: Seat, screen: ReportsScreen, typed: str) -> None:
    seat.click(screen.taking.place.field)
    seat.type(typed)
    number = typed.rpartition(" ")[2]
    morning.stage.until(
        lambda: seat.taking.place.hits and number in seat.taking.place.hits[0].title,
        f"{typed} is found on the map",
    )
    seat.press("Return")
    morning.stage.until(lambda: seat.taking.place.point, f"{typed} stands on the map")


def _fill(seat: Seat, edit: QLineEdit, text: str) -> None:
    """What stood there, of the visit, makes place."""
    seat.click(edit)
    edit.selectAll()
    seat.type(text)


def _mail(morning: Morning, said: str) -> Path:
    """The mail that says something, once it went out."""

    def found() -> Path | None:
        mails = sorted(morning.server.outgoing.glob("*.eml"))
        return next((one for one in mails if said in _text_of(one)), None)

    morning.stage.until(found, f"a mail says: {said}")
    one = found()
    if one is None:
        raise FileNotFoundError(said)
    return one


def _text_of(mail: Path) -> str:
    message = email.message_from_bytes(mail.read_bytes(), policy=policy.default)
    body = message.get_body(("plain",))
    return f"{message['subject']} {body.get_content() if body else ''}"
