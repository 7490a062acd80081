"""A letter on A4 to who must choose another moment: their old one, and how to reach the town."""

from collections.abc import Iterable
from io import BytesIO

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from loket.kit.clock import local_day
from loket.kit.i18n import Words, spoken
from loket.paper import fonts
from loket.paper.facts import LetterFacts

INK = HexColor("#211F1B")
QUIET = HexColor("#565047")
LINE = HexColor("#BDB5A6")
PAGE_WIDTH, PAGE_HEIGHT = A4
LEFT, RIGHT = 25 * mm, PAGE_WIDTH - 25 * mm
ROOM = RIGHT - LEFT
SIZE, LEADING = 11.0, 16.5


def letters_pdf(letters: Iterable[LetterFacts]) -> bytes:
    """The letters in one PDF, each on a page of its own."""
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
    """One page: the same in Dutch and, below a line, in the language of the citizen."""

    def __init__(self, canvas: Canvas, facts: LetterFacts) -> None:
        self._canvas = canvas
        self._facts = facts
        self._y = PAGE_HEIGHT - 25 * mm

    def draw(self) -> None:
        facts = self._facts
        dutch, *others = spoken(facts.language)
        self._line(facts.town, font=fonts.BOLD, size=15)
        place = f"{facts.site}, {facts.site_address}" if facts.site_address else facts.site
        self._line(place, colour=QUIET)
        self._y -= 14 * mm
        self._line(facts.name, font=fonts.SEMIBOLD)
        self._line(dutch.long_day(local_day(facts.written_at)), colour=QUIET)
        self._y -= 12 * mm
        self._body(dutch)
        for other in others:
            self._rule()
            self._body(other)
        self._y -= 8 * mm
        self._line(facts.town, font=fonts.SEMIBOLD)

    def _body(self, say: Words) -> None:
        facts = self._facts
        day, time = say.long_day(local_day(facts.starts_at)), say.time(facts.starts_at)
        self._line(say("Please choose another moment"), font=fonts.BOLD, size=15)
        self._y -= 2 * mm
        self._paragraph(say("Hello {name}.", name=facts.name))
        told = say(
            "Your appointment {reference} of {day} at {time} cannot take place at that moment. "
            "We are sorry.",
            reference=facts.reference,
            day=day,
            time=time,
        )
        about = say("It is about: {product}.", product=facts.product) if facts.product else ""
        self._paragraph(f"{told} {about}".strip())
        self._paragraph(
            say(
                "Call or mail us for another moment, and mention {reference}.",
                reference=facts.reference,
            )
        )
        phone = f"{facts.phone} ({facts.phone_hours})" if facts.phone_hours else facts.phone
        for head, text in ((say("Call"), phone), (say("Mail"), facts.email)):
            if text:
                self._line(f"{head}: {text}", font=fonts.SEMIBOLD)

    def _paragraph(self, text: str) -> None:
        for line in fonts.wrapped(text, fonts.REGULAR, SIZE, ROOM):
            self._line(line)
        self._y -= 2.5 * mm

    def _line(
        self, text: str, *, font: str = fonts.REGULAR, size: float = SIZE, colour: Color = INK
    ) -> None:
        fitting = min(size, size * ROOM / max(1.0, fonts.width(text, font, size)))
        self._canvas.setFillColor(colour)
        self._canvas.setFont(font, fitting)
        self._canvas.drawString(LEFT, self._y, text)
        self._y -= LEADING * max(1.0, size / SIZE)

    def _rule(self) -> None:
        self._y -= 4 * mm
        self._canvas.setStrokeColor(LINE)
        self._canvas.setLineWidth(0.75)
        self._canvas.line(LEFT, self._y, RIGHT, self._y)
        self._y -= 10 * mm
