"""Blocks on a roll of paper: each knows its height, so that the page is as long as its text."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Literal, Protocol

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from loket.paper import fonts
from loket.paper.barcodes import code128_width, draw_code128, draw_qr

ROLL_WIDTH = 80 * mm
MARGIN = 4 * mm
WIDTH = ROLL_WIDTH - 2 * MARGIN
"""What a printer of 80 mm prints: 72 mm."""

Align = Literal["left", "center"]


class Block(Protocol):
    """Something of full width on the roll."""

    @property
    def height(self) -> float: ...

    def draw(self, canvas: Canvas, top: float) -> None:
        """Draw downwards from ``top``, in points from the bottom of the page."""


@dataclass(frozen=True)
class Gap:
    height: float

    def draw(self, canvas: Canvas, top: float) -> None:
        """Nothing."""


@dataclass(frozen=True)
class Rule:
    """A dashed line, half of its height above and below."""

    height: float = 5.4 * mm

    def draw(self, canvas: Canvas, top: float) -> None:
        y = top - self.height / 2
        canvas.setDash(4.4, 3)
        canvas.setLineWidth(1.2)
        canvas.line(MARGIN, y, MARGIN + WIDTH, y)
        canvas.setDash()


@dataclass(frozen=True)
class Text:
    """A text in one weight, wrapped; ``leading`` is the distance of its lines in points."""

    text: str
    font: str = fonts.MEDIUM
    size: float = 11.0
    leading: float = 15.0
    align: Align = "center"
    left: float = MARGIN
    width: float = WIDTH

    @property
    def lines(self) -> list[str]:
        return fonts.wrapped(self.text, self.font, self.size, self.width)

    @property
    def height(self) -> float:
        return self.leading * len(self.lines)

    def draw(self, canvas: Canvas, top: float) -> None:
        canvas.setFont(self.font, self.size)
        # A capital stands in the middle of its line.
        y = top - (self.leading + fonts.CAP_HEIGHT * self.size) / 2
        for line in self.lines:
            if self.align == "center":
                canvas.drawCentredString(self.left + self.width / 2, y, line)
            else:
                canvas.drawString(self.left, y, line)
            y -= self.leading


@dataclass(frozen=True)
class Big:
    """The number, as large as the paper allows."""

    text: str
    max_size: float = 84.0
    width: float = 70 * mm

    @property
    def size(self) -> float:
        natural = fonts.width(self.text, fonts.BOLD, 1)
        return min(self.max_size, self.width / natural)

    @property
    def height(self) -> float:
        return fonts.CAP_HEIGHT * self.size + 5 * mm

    def draw(self, canvas: Canvas, top: float) -> None:
        canvas.setFont(fonts.BOLD, self.size)
        y = top - fonts.CAP_HEIGHT * self.size - 2.5 * mm
        canvas.drawCentredString(ROLL_WIDTH / 2, y, self.text)


@dataclass(frozen=True)
class Columns:
    """Three short texts with equal room between them."""

    texts: tuple[str, str, str]
    height: float = 15.0
    size: float = 11.0

    def draw(self, canvas: Canvas, top: float) -> None:
        left, middle, right = self.texts
        canvas.setFont(fonts.MEDIUM, self.size)
        y = top - (self.height + fonts.CAP_HEIGHT * self.size) / 2
        canvas.drawString(MARGIN, y, left)
        used = [fonts.width(text, fonts.MEDIUM, self.size) for text in self.texts]
        canvas.drawString(MARGIN + used[0] + (WIDTH - sum(used)) / 2, y, middle)
        canvas.drawRightString(MARGIN + WIDTH, y, right)


@dataclass(frozen=True)
class Bars:
    """A Code 128 in the middle of the roll; the margins are its quiet zones."""

    code: str
    height: float = 10 * mm

    def draw(self, canvas: Canvas, top: float) -> None:
        x = (ROLL_WIDTH - code128_width(self.code)) / 2
        draw_code128(canvas, self.code, x=x, y=top - self.height, height=self.height)


@dataclass(frozen=True)
class QrBeside:
    """A QR code with text at its right."""

    content: str
    texts: Sequence[Text]
    size: float = 27.6 * mm

    @property
    def height(self) -> float:
        return max(self.size, sum(text.height for text in self.texts))

    def draw(self, canvas: Canvas, top: float) -> None:
        draw_qr(canvas, self.content, x=MARGIN, y=top - self.size, size=self.size)
        used = sum(text.height for text in self.texts)
        y = top - (self.height - used) / 2
        for text in self.texts:
            text.draw(canvas, y)
            y -= text.height


def as_pdf(blocks: Sequence[Block], *, title: str) -> bytes:
    """One page as wide as the roll and as long as its blocks."""
    fonts.ready()
    height = sum(block.height for block in blocks)
    out = BytesIO()
    canvas = Canvas(out, pagesize=(ROLL_WIDTH, height), invariant=True)
    canvas.setTitle(title)
    top = height
    for block in blocks:
        block.draw(canvas, top)
        top -= block.height
    canvas.save()
    return out.getvalue()
