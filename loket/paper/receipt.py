"""The receipt of a visit on A4: the acts so far, how to follow them, how to reach the town."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from loket.kit.clock import local_day
from loket.kit.i18n import Words, mark, spoken
from loket.paper import fonts
from loket.paper.barcodes import draw_qr
from loket.paper.facts import ReceiptFacts, ReceiptLine

INK = HexColor("#211F1B")
QUIET = HexColor("#565047")
LINE = HexColor("#BDB5A6")
PANEL = HexColor("#F0EDE7")
ACCENT = HexColor("#0F5D73")
LOGO = HexColor("#12323E")
PAPER = HexColor("#FFFFFF")

PAGE_WIDTH, PAGE_HEIGHT = A4
LEFT = 17 * mm
RIGHT = PAGE_WIDTH - 17 * mm
CONTENT = RIGHT - LEFT
TEXT_LEFT = LEFT + 14.5 * mm
ASIDE_WIDTH = 58 * mm
FIRST_TOP = PAGE_HEIGHT - 63 * mm
NEXT_TOP = PAGE_HEIGHT - 40 * mm
FOOT = 40 * mm
"""Above this, in points from the bottom, stands what is on every page."""
CLOSING_HEIGHT = 84 * mm


@dataclass(frozen=True)
class _Printed:
    """Text in one weight, size and colour."""

    text: str
    font: str = fonts.REGULAR
    size: float = 10.6
    colour: Color = INK
    leading: float = 16.0


def receipt_pdf(facts: ReceiptFacts) -> bytes:
    """The receipt as a PDF, on as many pages as its acts need."""
    fonts.ready()
    sheet = _Sheet(facts, _Spoken.of(facts.language))
    pages = sheet.pages()
    for number, lines in enumerate(pages, start=1):
        sheet.page(lines, number=number, count=len(pages))
    return sheet.finish()


@dataclass(frozen=True)
class _Spoken:
    """Dutch, which always stands on the paper, and the visitor's language after it."""

    dutch: Words
    other: Words | None

    @classmethod
    def of(cls, language: str) -> "_Spoken":
        dutch, *other = spoken(language)
        return cls(dutch, other[0] if other else None)

    def both(self, make: Callable[[Words], str]) -> str:
        """A text in Dutch and, where it differs, in the other language."""
        first = make(self.dutch)
        second = make(self.other) if self.other else first
        return first if first == second else f"{first} / {second}"


class _Sheet:
    """The canvas, and the pieces of a page on it."""

    def __init__(self, facts: ReceiptFacts, spoken: _Spoken) -> None:
        self.facts = facts
        self.spoken = spoken
        self._out = BytesIO()
        self._canvas = Canvas(self._out, pagesize=A4, invariant=True)
        self._canvas.setTitle(facts.number)
        told = [line for line in facts.lines if not line.confidential]
        self._lines = [_Entry.of(line, facts, spoken) for line in told]

    def finish(self) -> bytes:
        self._canvas.save()
        return self._out.getvalue()

    def pages(self) -> list[list["_Entry"]]:
        """Entries per page: the last page also carries how to follow and whom to call."""
        pages: list[list[_Entry]] = [[]]
        room = FIRST_TOP - FOOT
        for entry in self._lines:
            if entry.height > room:
                pages.append([])
                room = NEXT_TOP - FOOT
            pages[-1].append(entry)
            room -= entry.height
        if room < CLOSING_HEIGHT:
            pages.append([])
        return pages

    def page(self, entries: Sequence["_Entry"], *, number: int, count: int) -> None:
        self._header()
        top = FIRST_TOP if number == 1 else NEXT_TOP
        if number == 1:
            self._title()
        self._rule(top)
        for entry in entries:
            self._entry(entry, top)
            top -= entry.height
            self._rule(top)
        if number == count:
            self._closing(top - 7 * mm)
        self._footer(number, count)
        self._canvas.showPage()

    def _header(self) -> None:
        facts, say, top = self.facts, self.spoken.dutch, PAGE_HEIGHT - 14 * mm
        size = 11.4 * mm
        self._canvas.setFillColor(LOGO)
        self._canvas.roundRect(LEFT, top - size, size, size, 5, stroke=0, fill=1)
        self._icon("waves-bold", LEFT + size / 2, top - size / 2, 20, PAPER)
        left = LEFT + size + 4.4 * mm
        self._put(_Printed(facts.town, fonts.BOLD, 15), left, top - 4.3 * mm)
        place = f"{facts.site}, {facts.site_address}" if facts.site_address else facts.site
        self._put(_Printed(place, colour=QUIET), left, top - 9.8 * mm)
        day = say.long_day(local_day(facts.started_at))
        self._put_right(_Printed(day, colour=QUIET), RIGHT, top - 4.3 * mm)
        until = facts.ended_at or facts.issued_at
        hours = say(
            "at the desk from {start} to {end}",
            start=say.time(facts.started_at),
            end=say.time(until),
        )
        self._put_right(_Printed(hours, colour=QUIET), RIGHT, top - 9.8 * mm)

    def _title(self) -> None:
        top = PAGE_HEIGHT - 41.5 * mm
        title = self.spoken.both(lambda say: say("Receipt of your visit"))
        size = min(23.4, 23.4 * CONTENT / fonts.width(title, fonts.BOLD, 23.4))
        self._put(_Printed(title, fonts.BOLD, size), LEFT, top)
        greeting = _Printed(self.spoken.both(self._greeting), size=11.4)
        self._paragraph(greeting, LEFT, top - 9 * mm, CONTENT)

    def _greeting(self, say: Words) -> str:
        name = self.facts.visitor_name
        hello = say("Hello {name}.", name=name) if name else say("Hello.")
        done = say("This is what we did for you today. Please keep this receipt.")
        return f"{hello} {done}"

    def _rule(self, y: float) -> None:
        self._canvas.setStrokeColor(LINE)
        self._canvas.setLineWidth(0.75)
        self._canvas.line(LEFT, y, RIGHT, y)

    def _entry(self, entry: "_Entry", top: float) -> None:
        self._icon(entry.icon, LEFT + 3.9 * mm, top - 8.4 * mm, 24, ACCENT)
        y = top - 7.6 * mm
        for printed in entry.body:
            self._put(printed, TEXT_LEFT, y)
            y -= printed.leading
        y = top - entry.aside_first
        for printed in entry.aside:
            self._put_right(printed, RIGHT, y)
            y -= printed.leading

    def _closing(self, top: float) -> None:
        bottom = self._follow(top)
        self._contact(bottom - 8 * mm)

    def _follow(self, top: float) -> float:
        facts, both = self.facts, self.spoken.both
        if facts.public_address:
            return self._follow_online(top)
        head = both(lambda say: say("Questions about this visit?"))
        self._put(_Printed(head, fonts.BOLD, 12.5), LEFT, top - 5 * mm)
        text = both(
            lambda say: say(
                "Call or mail us with the number {number} and the code below.", number=facts.number
            )
        )
        self._paragraph(_Printed(text), LEFT, top - 11 * mm, CONTENT)
        code = _Printed(facts.follow_up_code, fonts.SEMIBOLD, 16)
        self._put(code, LEFT, top - 24 * mm if self.spoken.other else top - 19.5 * mm)
        return top - 27 * mm if self.spoken.other else top - 22 * mm

    def _follow_online(self, top: float) -> float:
        facts, both = self.facts, self.spoken.both
        address = f"{facts.public_address.rstrip('/')}/bewijs"
        size = 35 * mm
        draw_qr(self._canvas, address, x=LEFT, y=top - size, size=size)
        left = LEFT + size + 7 * mm
        shown = address.partition("://")[2]
        head = both(lambda say: say("Follow everything at {address}", address=shown))
        printed = _Printed(head, fonts.BOLD, 12.5)
        self._paragraph(printed, left, top - 10 * mm, RIGHT - left)
        asked = both(lambda say: say("Give this number and code:"))
        self._put(_Printed(asked), left, top - 22 * mm)
        number_and_code = f"{facts.number}   {facts.follow_up_code}"
        self._put(_Printed(number_and_code, fonts.SEMIBOLD, 14), left, top - 29.5 * mm)
        return top - size

    def _contact(self, top: float) -> None:
        facts, both, height = self.facts, self.spoken.both, 25 * mm
        self._canvas.setFillColor(PANEL)
        self._canvas.roundRect(LEFT, top - height, CONTENT, height, 6, stroke=0, fill=1)
        columns = [
            (both(lambda say: say("Call")), facts.phone, facts.phone_hours),
            (both(lambda say: say("Mail")), facts.email, ""),
            (both(lambda say: say("Visit")), facts.site_address, facts.site_hours),
        ]
        for place, (head, first, second) in enumerate(columns):
            left = LEFT + 5.8 * mm + place * (CONTENT - 11.6 * mm) * 0.345
            room = (CONTENT - 11.6 * mm) * 0.33
            self._put(_Printed(head, fonts.BOLD), left, top - 7.8 * mm)
            self._put(_Printed(_fitting(first, 10.6, room)), left, top - 13.6 * mm)
            quiet = _Printed(_fitting(second, 10.6, room), colour=QUIET)
            self._put(quiet, left, top - 19.4 * mm)

    def _footer(self, number: int, count: int) -> None:
        facts, say = self.facts, self.spoken.dutch
        self._rule(27 * mm)
        privacy = say(
            "We use your data only to handle your questions. "
            "For access or correction write to {email}.",
            email=facts.privacy_email,
        )
        self._paragraph(
            _Printed(privacy, size=9.4, colour=QUIET, leading=12), LEFT, 21.5 * mm, CONTENT * 0.5
        )
        by = say("made by {clerk}, {desk}", clerk=facts.issued_by, desk=facts.desk)
        page = say("page {number} of {count}", number=number, count=count)
        for place, text in enumerate((facts.number, by, page)):
            printed = _Printed(text, size=9.4, colour=QUIET)
            self._put_right(printed, RIGHT, 21.5 * mm - place * 12)

    def _put(self, printed: _Printed, x: float, y: float) -> None:
        self._canvas.setFillColor(printed.colour)
        self._canvas.setFont(printed.font, printed.size)
        self._canvas.drawString(x, y, printed.text)

    def _put_right(self, printed: _Printed, x: float, y: float) -> None:
        self._canvas.setFillColor(printed.colour)
        self._canvas.setFont(printed.font, printed.size)
        self._canvas.drawRightString(x, y, printed.text)

    def _paragraph(self, printed: _Printed, x: float, y: float, room: float) -> None:
        for line in fonts.wrapped(printed.text, printed.font, printed.size, room):
            self._put(_Printed(line, printed.font, printed.size, printed.colour), x, y)
            y -= printed.leading

    def _icon(self, name: str, x: float, y: float, size: float, colour: Color) -> None:
        self._canvas.setFillColor(colour)
        self._canvas.setFont(fonts.ICONS, size)
        self._canvas.drawCentredString(x, y - size * 0.36, fonts.icon(name))


@dataclass(frozen=True)
class _Entry:
    """One act between two lines."""

    icon: str
    body: tuple[_Printed, ...]
    aside: tuple[_Printed, ...]
    aside_first: float

    @property
    def height(self) -> float:
        lines = sum(printed.leading for printed in self.body)
        aside = self.aside_first + sum(printed.leading for printed in self.aside[1:])
        return max(lines, aside) + 6.5 * mm

    @classmethod
    def of(cls, line: ReceiptLine, facts: ReceiptFacts, spoken: _Spoken) -> "_Entry":
        make = _MAKERS.get(line.kind, _information)
        return make(line, facts, spoken)


def _head(text: str) -> _Printed:
    return _Printed(text, fonts.BOLD, 12.5, leading=16.5)


def _lines_of(text: str, colour: Color = INK) -> Iterator[_Printed]:
    room = RIGHT - TEXT_LEFT - ASIDE_WIDTH
    for line in fonts.wrapped(text, fonts.REGULAR, 10.6, room):
        yield _Printed(line, colour=colour, leading=15.4)


def _ticket(line: ReceiptLine, facts: ReceiptFacts, spoken: _Spoken) -> _Entry:
    def wait(say: Words) -> str:
        text = say("Please wait in the waiting room until your number is on the screen.")
        if not facts.priority:
            return text
        asked = say("You asked for priority ({reason}).", reason=facts.priority.lower())
        return f"{text} {asked}"

    head = _head(spoken.both(lambda say: say("Ticket for the counter")))
    body = (head, *_lines_of(line.product), *_lines_of(spoken.both(wait), QUIET))
    say = spoken.dutch
    at = say("from {time}", time=say.time(line.at))
    aside = (
        _Printed(line.ticket, fonts.BOLD, 27, leading=20),
        _Printed(at, colour=QUIET),
    )
    return _Entry("ticket", body, aside, 10.4 * mm)


def _appointment(line: ReceiptLine, _facts: ReceiptFacts, spoken: _Spoken) -> _Entry:
    head = _head(spoken.both(lambda say: say(_HEADS[line.kind])))
    moment = line.moment
    when = spoken.both(lambda say: _when(moment, say)) if moment else ""
    things = ", ".join(line.bring) if line.kind != "appointment_cancelled" else ""
    bring = spoken.both(lambda say: say("Bring: {things}.", things=things)) if things else ""
    body = (head, *_lines_of(when), *_lines_of(line.product), *_lines_of(bring, QUIET))
    aside = (
        _Printed(line.reference, fonts.BOLD, 15, leading=19),
        _Printed(spoken.dutch.time(line.at), colour=QUIET),
    )
    return _Entry("calendar-check", body, aside, 8.6 * mm)


def _when(moment: datetime, say: Words) -> str:
    return f"{say.long_day(local_day(moment))} · {say.time(moment)}"


_HEADS = {
    "appointment_booked": mark("Appointment booked"),
    "appointment_moved": mark("Appointment moved"),
    "appointment_cancelled": mark("Appointment cancelled"),
    "checked_in": mark("Checked in for your appointment"),
}


def _information(line: ReceiptLine, _facts: ReceiptFacts, spoken: _Spoken) -> _Entry:
    return _plain("info", spoken.both(lambda say: say("Information given")), line, spoken)


def _referred(line: ReceiptLine, _facts: ReceiptFacts, spoken: _Spoken) -> _Entry:
    return _plain("arrow-bend-up-right", spoken.both(lambda say: say("Referred")), line, spoken)


def _plain(icon: str, head: str, line: ReceiptLine, spoken: _Spoken) -> _Entry:
    things = ", ".join(line.bring)
    bring = spoken.both(lambda say: say("Bring: {things}.", things=things)) if things else ""
    body = (_head(head), *_lines_of(line.product), *_lines_of(line.text), *_lines_of(bring, QUIET))
    return _Entry(icon, body, (_Printed(spoken.dutch.time(line.at), colour=QUIET),), 7.6 * mm)


_MAKERS = {
    "ticket_issued": _ticket,
    "information_given": _information,
    "referred": _referred,
    **dict.fromkeys(_HEADS, _appointment),
}


def _fitting(text: str, size: float, room: float) -> str:
    """The text, ended by an ellipsis where it would leave its column."""
    if fonts.width(text, fonts.REGULAR, size) <= room:
        return text
    while text and fonts.width(text + "…", fonts.REGULAR, size) > room:
        text = text[:-1]
    return text.rstrip() + "…"
