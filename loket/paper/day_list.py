"""Everybody with an appointment on a day, on A4: what remains when all power fails."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from loket.kit.clock import local_day
from loket.kit.i18n import Words, mark, words
from loket.paper import fonts
from loket.paper.facts import DayLine, DayListFacts

_INK, _QUIET, _LINE = HexColor("#211F1B"), HexColor("#565047"), HexColor("#BDB5A6")
_WIDTHS = (16 * mm, 46 * mm, 44 * mm, 30 * mm, 20 * mm, 22 * mm)
_MARGIN = 16 * mm
_PADDING = 6
"""Points that the frame of a page keeps free by itself."""
_HEAD = (
    mark("Time"),
    mark("Name"),
    mark("Product"),
    mark("Telephone"),
    mark("Reference"),
    mark("Present"),
)


def _style(name: str, font: str, size: float, colour: Color = _INK) -> ParagraphStyle:
    return ParagraphStyle(name, fontName=font, fontSize=size, leading=size * 1.3, textColor=colour)


def day_list_pdf(facts: DayListFacts) -> bytes:
    """The list as a PDF, a heading per queue, the head of the table on each page."""
    fonts.ready()
    say = words("nl")
    out = BytesIO()
    title = say("Appointments on {day}", day=say.long_day(facts.day))
    document = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=_MARGIN - _PADDING,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN + 6 * mm,
        title=title,
        invariant=True,
    )
    foot = _Foot(facts, say)
    document.build(list(_story(facts, title, say)), onFirstPage=foot, onLaterPages=foot)
    return out.getvalue()


def _story(facts: DayListFacts, title: str, say: Words) -> Iterator[Any]:
    yield Paragraph(escape(title), _style("title", fonts.BOLD, 17))
    yield Paragraph(
        escape(f"{facts.town} · {facts.site}"), _style("place", fonts.REGULAR, 10.5, _QUIET)
    )
    yield Spacer(1, 5 * mm)
    if not facts.groups:
        yield Paragraph(escape(say("No appointments.")), _style("none", fonts.REGULAR, 10.5))
    for group in facts.groups:
        heading = f"{group.name} · {group.where}" if group.where else group.name
        yield Paragraph(escape(heading), _style("queue", fonts.BOLD, 12))
        yield Spacer(1, 1.5 * mm)
        yield _table(group.lines, say)
        yield Spacer(1, 6 * mm)


def _table(lines: tuple[DayLine, ...], say: Words) -> Table:
    head = [say(text) for text in _HEAD]
    small = _style("head", fonts.SEMIBOLD, 9, _QUIET)
    rows = [[Paragraph(escape(text), small) for text in head]]
    rows += [_row(line, say) for line in lines]
    return Table(
        rows,
        colWidths=_WIDTHS,
        repeatRows=1,
        hAlign="LEFT",
        style=[
            ("LINEBELOW", (0, 0), (-1, -1), 0.5, _LINE),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("BOX", (-1, 1), (-1, -1), 0, _LINE),
        ],
    )


def _row(line: DayLine, say: Words) -> list[Any]:
    plain, strong = _style("cell", fonts.REGULAR, 10), _style("time", fonts.BOLD, 11)
    quiet = _style("quiet", fonts.REGULAR, 9, _QUIET)
    name = line.name or say("(not shown here)")
    note = f"<br/>{escape(line.note)}" if line.note else ""
    length = f"{line.minutes} min" + (f" · {line.persons} p." if line.persons > 1 else "")
    return [
        Paragraph(line.time, strong),
        [Paragraph(escape(name), plain), *([Paragraph(note, quiet)] if note else [])],
        [Paragraph(escape(line.product), plain), Paragraph(length, quiet)],
        Paragraph(escape(line.phone), plain),
        Paragraph(line.reference, plain),
        Paragraph(escape(line.state), plain),
    ]


class _Foot:
    """What stands below each page: of when it is, and that names are on it."""

    def __init__(self, facts: DayListFacts, say: Words) -> None:
        self._facts, self._say = facts, say

    def __call__(self, canvas: Canvas, document: SimpleDocTemplate) -> None:
        say, at = self._say, self._facts.printed_at
        printed = say(
            "As it was on {day} at {time}. Names are on it: shred it afterwards.",
            day=say.slip_day(local_day(at)),
            time=say.time(at),
        )
        canvas.setFont(fonts.REGULAR, 9)
        canvas.setFillColor(_QUIET)
        canvas.drawString(_MARGIN, _MARGIN, printed)
        canvas.drawRightString(A4[0] - _MARGIN, _MARGIN, str(document.page))
