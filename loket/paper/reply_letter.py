"""A reply to a report on A4, for the post: the address in the window, the text as it was typed."""

from collections.abc import Iterable
from io import BytesIO

from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from loket.kit.clock import local_day
from loket.kit.i18n import Words, spoken
from loket.paper import fonts
from loket.paper.facts import ReplyLetterFacts
from loket.paper.letter import INK, LEADING, LEFT, LINE, PAGE_HEIGHT, QUIET, RIGHT, ROOM, SIZE

WINDOW_LEFT, WINDOW_TOP = 110 * mm, PAGE_HEIGHT - 50 * mm
"""Where the window of an envelope at the right shows the address (NBN Z 01-002)."""
_BOTTOM = 25 * mm
_MOST_ADDRESS_LINES = 5


def reply_letters_pdf(letters: Iterable[ReplyLetterFacts]) -> bytes:
    """The letters in one PDF, each beginning on a page of its own."""
    fonts.ready()
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True)
    for facts in letters:
        canvas.setTitle(facts.reference)
        _Letter(canvas, facts).draw()
        canvas.showPage()
    canvas.save()
    return out.getvalue()


class _Letter:
    """One letter; a long text goes on on the next page."""

    def __init__(self, canvas: Canvas, facts: ReplyLetterFacts) -> None:
        self._canvas, self._facts = canvas, facts
        self._say: Words = spoken(facts.language)[-1]
        self._y = PAGE_HEIGHT - 25 * mm

    def draw(self) -> None:
        facts, say = self._facts, self._say
        self._line(facts.town, font=fonts.BOLD, size=15)
        place = f"{facts.site}, {facts.site_address}" if facts.site_address else facts.site
        self._line(place, colour=QUIET)
        self._address()
        self._y = min(self._y, PAGE_HEIGHT - 95 * mm)
        self._line(say.long_day(local_day(facts.written_at)), colour=QUIET)
        self._y -= 6 * mm
        self._line(
            say(
                "About your report {reference}: {title}",
                reference=facts.reference,
                title=facts.title,
            ),
            font=fonts.SEMIBOLD,
        )
        self._y -= 4 * mm
        for paragraph in facts.text.split("\n"):
            self._paragraph(paragraph)
        self._foot()

    def _address(self) -> None:
        parts = [part.strip() for part in self._facts.address.split(",") if part.strip()]
        y = WINDOW_TOP
        for text in (self._facts.name, *parts)[:_MOST_ADDRESS_LINES]:
            room = RIGHT - WINDOW_LEFT
            size = min(SIZE, SIZE * room / max(1.0, fonts.width(text, fonts.REGULAR, SIZE)))
            self._canvas.setFillColor(INK)
            self._canvas.setFont(fonts.REGULAR, size)
            self._canvas.drawString(WINDOW_LEFT, y, text)
            y -= LEADING

    def _paragraph(self, text: str) -> None:
        if not text.strip():
            self._y -= LEADING * 0.6
            return
        for line in fonts.wrapped(text, fonts.REGULAR, SIZE, ROOM):
            self._line(line)

    def _foot(self) -> None:
        """How to reach the town, and by which reference."""
        facts, say = self._facts, self._say
        phone = f"{facts.phone} ({facts.phone_hours})" if facts.phone_hours else facts.phone
        ways = [
            f"{say('Call')}: {phone}" if phone else "",
            f"{say('Mail')}: {facts.email}" if facts.email else "",
        ]
        self._canvas.setStrokeColor(LINE)
        self._canvas.setLineWidth(0.75)
        self._canvas.line(LEFT, 20 * mm, RIGHT, 20 * mm)
        self._canvas.setFillColor(QUIET)
        text = "   ".join([facts.reference, *filter(None, ways)])
        size = min(9.0, 9.0 * ROOM / max(1.0, fonts.width(text, fonts.REGULAR, 9.0)))
        self._canvas.setFont(fonts.REGULAR, size)
        self._canvas.drawString(LEFT, 15 * mm, text)

    def _line(
        self, text: str, *, font: str = fonts.REGULAR, size: float = SIZE, colour: Color = INK
    ) -> None:
        if self._y < _BOTTOM:
            self._canvas.showPage()
            self._y = PAGE_HEIGHT - 25 * mm
        fitting = min(size, size * ROOM / max(1.0, fonts.width(text, font, size)))
        self._canvas.setFillColor(colour)
        self._canvas.setFont(font, fitting)
        self._canvas.drawString(LEFT, self._y, text)
        self._y -= LEADING * max(1.0, size / SIZE)
