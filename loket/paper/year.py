"""The yearly report to the council, on A4: figures first, then the lists behind them."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import KeepTogether, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from loket.kit.clock import local_day
from loket.kit.i18n import Words, words
from loket.paper import fonts
from loket.paper.facts import FigureTable, YearFacts

_INK, _QUIET, _LINE = HexColor("#211F1B"), HexColor("#565047"), HexColor("#BDB5A6")
_MARGIN = 18 * mm
_ROOM = A4[0] - 2 * _MARGIN
_COUNT = 24 * mm


def _style(name: str, font: str, size: float, colour: Color = _INK) -> ParagraphStyle:
    return ParagraphStyle(name, fontName=font, fontSize=size, leading=size * 1.3, textColor=colour)


def year_pdf(facts: YearFacts) -> bytes:
    """The report as a PDF; a table is not divided over pages unless it is longer than one."""
    fonts.ready()
    say = words("nl")
    out = BytesIO()
    document = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN + 6 * mm,
        title=facts.title,
        author=facts.town,
        invariant=True,
    )
    foot = _Foot(facts, say)
    document.build(list(_story(facts)), onFirstPage=foot, onLaterPages=foot)
    return out.getvalue()


def _story(facts: YearFacts) -> Iterator[Any]:
    yield Paragraph(escape(facts.title), _style("title", fonts.BOLD, 19))
    yield Paragraph(escape(facts.town), _style("town", fonts.REGULAR, 11, _QUIET))
    yield Spacer(1, 6 * mm)
    yield _grid([(name, figure) for name, figure in facts.summary], ())
    yield Spacer(1, 6 * mm)
    for table in facts.figures:
        yield KeepTogether([*_titled(table), Spacer(1, 6 * mm)])
    for table in facts.lists:
        yield PageBreak()
        yield from _titled(table)


def _titled(table: FigureTable) -> Iterator[Any]:
    yield Paragraph(escape(table.title), _style("section", fonts.BOLD, 12.5))
    yield Spacer(1, 1.5 * mm)
    yield _grid(table.rows, table.heads)


def _grid(rows: Any, heads: tuple[str, ...]) -> Table:
    small, plain = _style("head", fonts.SEMIBOLD, 9, _QUIET), _style("cell", fonts.REGULAR, 10)
    cells = [[Paragraph(escape(cell), plain) for cell in row] for row in rows]
    if heads:
        cells.insert(0, [Paragraph(escape(head), small) for head in heads])
    return Table(
        cells,
        colWidths=_widths(len(cells[0])),
        repeatRows=1 if heads else 0,
        hAlign="LEFT",
        style=[
            ("LINEBELOW", (0, 0), (-1, -1), 0.5, _LINE),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ],
    )


def _widths(columns: int) -> list[float]:
    """The first column takes what the counts leave; of a list the one with the title does."""
    if columns <= _FEW:
        return [_ROOM - _COUNT * (columns - 1), *[_COUNT] * (columns - 1)]
    share = [0.17, 0.13, 0.3, 0.2, 0.2]
    return [_ROOM * part for part in share[:columns]]


_FEW = 3


class _Foot:
    """What stands below each page."""

    def __init__(self, facts: YearFacts, say: Words) -> None:
        self._facts, self._say = facts, say

    def __call__(self, canvas: Canvas, document: SimpleDocTemplate) -> None:
        say, at = self._say, self._facts.made_at
        made = say(
            "As it was on {day} at {time}.", day=say.slip_day(local_day(at)), time=say.time(at)
        )
        canvas.setFont(fonts.REGULAR, 9)
        canvas.setFillColor(_QUIET)
        canvas.drawString(_MARGIN, _MARGIN, made)
        canvas.drawRightString(A4[0] - _MARGIN, _MARGIN, str(document.page))
