"""The receipt of a visit on A4: the acts so far, how to follow them, how to reach the town."""

from collections.abc import Sequence
from io import BytesIO

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from loket.kit.clock import local_day
from loket.kit.i18n import Words
from loket.paper import fonts
from loket.paper.barcodes import draw_qr
from loket.paper.facts import ReceiptFacts
from loket.paper.receipt_entries import (
    LEFT,
    PAGE_HEIGHT,
    QUIET,
    RIGHT,
    TEXT_LEFT,
    Entry,
    Printed,
    Spoken,
)

LINE = HexColor("#BDB5A6")
PANEL = HexColor("#F0EDE7")
ACCENT = HexColor("#0F5D73")
LOGO = HexColor("#12323E")
PAPER = HexColor("#FFFFFF")

CONTENT = RIGHT - LEFT
FIRST_TOP = PAGE_HEIGHT - 63 * mm
NEXT_TOP = PAGE_HEIGHT - 40 * mm
FOOT = 40 * mm
"""Above this, in points from the bottom, stands what is on every page."""
CLOSING_HEIGHT = 84 * mm


def receipt_pdf(facts: ReceiptFacts) -> bytes:
    """The receipt as a PDF, on as many pages as its acts need."""
    fonts.ready()
    sheet = _Sheet(facts, Spoken.of(facts.language))
    pages = sheet.pages()
    for number, lines in enumerate(pages, start=1):
        sheet.page(lines, number=number, count=len(pages))
    return sheet.finish()


class _Sheet:
    """The canvas, and the pieces of a page on it."""

    def __init__(self, facts: ReceiptFacts, spoken: Spoken) -> None:
        self.facts = facts
        self.spoken = spoken
        self._out = BytesIO()
        self._canvas = Canvas(self._out, pagesize=A4, invariant=True)
        self._canvas.setTitle(facts.number)
        told = [line for line in facts.lines if not line.confidential]
        self._lines = [Entry.of(line, facts, spoken) for line in told]

    def finish(self) -> bytes:
        self._canvas.save()
        return self._out.getvalue()

    def pages(self) -> list[list["Entry"]]:
        """Entries per page: the last page also carries how to follow and whom to call."""
        pages: list[list[Entry]] = [[]]
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

    def page(self, entries: Sequence["Entry"], *, number: int, count: int) -> None:
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
        self._put(Printed(facts.town, fonts.BOLD, 15), left, top - 4.3 * mm)
        place = f"{facts.site}, {facts.site_address}" if facts.site_address else facts.site
        self._put(Printed(place, colour=QUIET), left, top - 9.8 * mm)
        day = say.long_day(local_day(facts.started_at))
        self._put_right(Printed(day, colour=QUIET), RIGHT, top - 4.3 * mm)
        until = facts.ended_at or facts.issued_at
        hours = say(
            "at the desk from {start} to {end}",
            start=say.time(facts.started_at),
            end=say.time(until),
        )
        self._put_right(Printed(hours, colour=QUIET), RIGHT, top - 9.8 * mm)

    def _title(self) -> None:
        top = PAGE_HEIGHT - 41.5 * mm
        title = self.spoken.both(lambda say: say("Receipt of your visit"))
        size = min(23.4, 23.4 * CONTENT / fonts.width(title, fonts.BOLD, 23.4))
        self._put(Printed(title, fonts.BOLD, size), LEFT, top)
        greeting = Printed(self.spoken.both(self._greeting), size=11.4)
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

    def _entry(self, entry: "Entry", top: float) -> None:
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
        self._put(Printed(head, fonts.BOLD, 12.5), LEFT, top - 5 * mm)
        text = both(
            lambda say: say(
                "Call or mail us with the number {number} and the code below.", number=facts.number
            )
        )
        self._paragraph(Printed(text), LEFT, top - 11 * mm, CONTENT)
        code = Printed(facts.follow_up_code, fonts.SEMIBOLD, 16)
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
        printed = Printed(head, fonts.BOLD, 12.5)
        self._paragraph(printed, left, top - 10 * mm, RIGHT - left)
        asked = both(lambda say: say("Give this number and code:"))
        self._put(Printed(asked), left, top - 22 * mm)
        number_and_code = f"{facts.number}   {facts.follow_up_code}"
        self._put(Printed(number_and_code, fonts.SEMIBOLD, 14), left, top - 29.5 * mm)
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
            self._put(Printed(head, fonts.BOLD), left, top - 7.8 * mm)
            self._put(Printed(_fitting(first, 10.6, room)), left, top - 13.6 * mm)
            quiet = Printed(_fitting(second, 10.6, room), colour=QUIET)
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
            Printed(privacy, size=9.4, colour=QUIET, leading=12), LEFT, 21.5 * mm, CONTENT * 0.5
        )
        by = say("made by {clerk}, {desk}", clerk=facts.issued_by, desk=facts.desk)
        page = say("page {number} of {count}", number=number, count=count)
        for place, text in enumerate((facts.number, by, page)):
            printed = Printed(text, size=9.4, colour=QUIET)
            self._put_right(printed, RIGHT, 21.5 * mm - place * 12)

    def _put(self, printed: Printed, x: float, y: float) -> None:
        self._canvas.setFillColor(printed.colour)
        self._canvas.setFont(printed.font, printed.size)
        self._canvas.drawString(x, y, printed.text)

    def _put_right(self, printed: Printed, x: float, y: float) -> None:
        self._canvas.setFillColor(printed.colour)
        self._canvas.setFont(printed.font, printed.size)
        self._canvas.drawRightString(x, y, printed.text)

    def _paragraph(self, printed: Printed, x: float, y: float, room: float) -> None:
        for line in fonts.wrapped(printed.text, printed.font, printed.size, room):
            self._put(Printed(line, printed.font, printed.size, printed.colour), x, y)
            y -= printed.leading

    def _icon(self, name: str, x: float, y: float, size: float, colour: Color) -> None:
        self._canvas.setFillColor(colour)
        self._canvas.setFont(fonts.ICONS, size)
        self._canvas.drawCentredString(x, y - size * 0.36, fonts.icon(name))


def _fitting(text: str, size: float, room: float) -> str:
    """The text, ended by an ellipsis where it would leave its column."""
    if fonts.width(text, fonts.REGULAR, size) <= room:
        return text
    while text and fonts.width(text + "…", fonts.REGULAR, size) > room:
        text = text[:-1]
    return text.rstrip() + "…"
