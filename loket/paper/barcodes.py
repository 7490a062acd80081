"""Code 128 (ISO/IEC 15417) by python-barcode and QR (ISO/IEC 18004) by ReportLab, drawn sharp."""

from barcode.codex import Code128
from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.pdfgen.canvas import Canvas

DOT = 72 / 203
"""A dot of a slip printer in points: 203 per inch, 8 per millimetre."""
MODULE_DOTS = 3
"""Width of the narrowest bar in dots; a hand scanner reads 0.375 mm easily."""


def modules(code: str) -> str:
    """The bars of a code: ``1`` black, ``0`` white, without the quiet zones."""
    built: list[str] = Code128(code).build()
    return "".join(built)


def code128_width(code: str) -> float:
    """Width in points, without the quiet zones of ten modules each side."""
    return len(modules(code)) * MODULE_DOTS * DOT


def draw_code128(canvas: Canvas, code: str, *, x: float, y: float, height: float) -> None:
    """Draw the bars with their lower left corner at x, y.

    The corner is moved to the nearest dot, so that a slip printer makes every bar as wide as it
    should be.
    """
    left = round(x / DOT) * DOT
    module = MODULE_DOTS * DOT
    start = 0
    bars = modules(code)
    canvas.setFillGray(0)
    while (begin := bars.find("1", start)) >= 0:
        end = bars.find("0", begin)
        end = end if end >= 0 else len(bars)
        canvas.rect(left + begin * module, y, (end - begin) * module, height, stroke=0, fill=1)
        start = end


def draw_qr(canvas: Canvas, text: str, *, x: float, y: float, size: float) -> None:
    """Draw a QR code of medium error correction, without its quiet zone, in a square."""
    widget = QrCodeWidget(text, barLevel="M", barBorder=0, barWidth=size, barHeight=size)
    drawing = Drawing(size, size)
    drawing.add(widget)
    renderPDF.draw(drawing, canvas, x, y)
