"""Tickets and figures into files: a workbook for Excel, or CSV as Excel in Belgium reads it."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol, TextIO

import xlsxwriter

from loket.insight.messages import FigureRow, Figures, TicketLine, TicketLines, Times
from loket.kit.clock import local

Cell = str | int | float | datetime | date | None
Progress = Callable[[int, int], bool]
"""Told how many of how many lines are written; its answer says whether to go on."""


class Format(StrEnum):
    EXCEL = "xlsx"
    CSV = "csv"


class GivenUp(Exception):
    """Whoever asked for the file no longer wants it; nothing is left of it."""


class _Sheet(Protocol):
    def line(self, cells: Sequence[Cell]) -> None: ...


@contextmanager
def _sheet(file: Path, form: Format, title: str) -> Iterator[_Sheet]:
    """A file to write lines to, that is there whole or not at all."""
    partial = file.with_name(f".{file.name}.part")
    try:
        with _WRITERS[form](partial, title) as sheet:
            yield sheet
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)


class _CsvSheet:
    def __init__(self, out: TextIO) -> None:
        # Excel with Belgian settings divides at semicolons and reads a decimal comma.
        self._writer = csv.writer(out, delimiter=";", lineterminator="\r\n")

    def line(self, cells: Sequence[Cell]) -> None:
        self._writer.writerow([_as_text(cell) for cell in cells])


def _as_text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case datetime():
            return f"{cell:%Y-%m-%d %H:%M:%S}"
        case float():
            return f"{cell:.2f}".replace(".", ",")
        case str():
            # A cell that begins like a formula would be one when the file is opened.
            return f"'{cell}" if cell.startswith(_FORMULA) else cell
        case _:
            return str(cell)


_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@contextmanager
def _csv(file: Path, _title: str) -> Iterator[_Sheet]:
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        yield _CsvSheet(out)


class _ExcelSheet:
    def __init__(self, book: xlsxwriter.Workbook, title: str) -> None:
        self._sheet = book.add_worksheet(title[:31])
        self._moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self._head = book.add_format({"bold": True, "bottom": 1})
        self._row = 0

    def line(self, cells: Sequence[Cell]) -> None:
        for column, cell in enumerate(cells):
            if isinstance(cell, datetime):
                self._sheet.write_datetime(self._row, column, cell, self._moment)
            elif isinstance(cell, str):
                form = self._head if self._row == 0 else None
                self._sheet.write_string(self._row, column, cell, form)
            elif cell is not None:
                self._sheet.write(self._row, column, cell)
        if self._row == 0:
            self._sheet.freeze_panes(1, 0)
            self._sheet.set_column(0, len(cells) - 1, 16)
        self._row += 1


@contextmanager
def _excel(file: Path, title: str) -> Iterator[_Sheet]:
    # Rows go to disk as they come: a year of tickets never stands in memory.
    with xlsxwriter.Workbook(str(file), {"constant_memory": True}) as book:
        yield _ExcelSheet(book, title)


_WRITERS = {Format.CSV: _csv, Format.EXCEL: _excel}


def write_lines(
    pages: Iterable[TicketLines],
    file: Path,
    form: Format,
    *,
    title: str,
    heads: Sequence[str],
    progress: Progress,
) -> int:
    """One ticket a line, as pages come; how many. Raises :class:`GivenUp` when told to stop."""
    written = 0
    with _sheet(file, form, title) as sheet:
        sheet.line(heads)
        for page in pages:
            for line in page.lines:
                sheet.line(_cells(line))
            written += len(page.lines)
            if not progress(written, page.total):
                raise GivenUp
    return written


LINE_COLUMNS = tuple(TicketLine.model_fields)
"""The columns of :func:`write_lines`, in order; ``heads`` gives each its name."""


def _cells(line: TicketLine) -> list[Cell]:
    found = dict(line)
    return [_on_the_wall(found[column]) for column in LINE_COLUMNS]


def _on_the_wall(cell: Cell) -> Cell:
    """A workbook knows no time zones: moments are written as a Belgian clock showed them."""
    return local(cell).replace(tzinfo=None) if isinstance(cell, datetime) else cell


FIGURE_COLUMNS = (
    "name",
    "tickets",
    "served",
    "no_shows",
    "withdrawn",
    "unserved",
    "transfers",
    "within_norm",
    *(
        f"{time}.{part}"
        for time in ("waiting", "service", "total")
        for part in ("mean", "p50", "p90", "max")
    ),
)
"""The columns of :func:`write_figures`; times are in minutes."""


def write_figures(
    figures: Figures, file: Path, form: Format, *, title: str, heads: Sequence[str]
) -> None:
    """The table as it is shown, with everything together as its last line."""
    with _sheet(file, form, title) as sheet:
        sheet.line(heads)
        for row in (*figures.rows, figures.together):
            sheet.line(_figure_cells(row))


def write_table(
    lines: Iterable[Sequence[Cell]], file: Path, form: Format, *, title: str, heads: Sequence[str]
) -> None:
    """A table that is made already, line by line."""
    with _sheet(file, form, title) as sheet:
        sheet.line(heads)
        for line in lines:
            sheet.line(line)


def _figure_cells(row: FigureRow) -> list[Cell]:
    counts = (row.tickets, row.served, row.no_shows, row.withdrawn, row.unserved)
    return [
        row.name or row.key,
        *counts,
        row.transfers,
        row.within_norm,
        *_minutes(row.waiting),
        *_minutes(row.service),
        *_minutes(row.total),
    ]


def _minutes(times: Times) -> list[Cell]:
    return [round(seconds / 60, 2) for seconds in (times.mean, times.p50, times.p90, times.max)]
