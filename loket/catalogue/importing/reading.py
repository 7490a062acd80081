"""From the bytes of a CSV file to records, with every line and column that cannot be read."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

from loket.catalogue.importing.cells import translated
from loket.catalogue.importing.kinds import Field, Kind, Record
from loket.catalogue.importing.mapping import FileMapping
from loket.catalogue.importing.problems import CellRefused, Problem

_DELIMITERS = ";,\t"


@dataclass(frozen=True)
class Line:
    """A record and where it stands."""

    file: str
    number: int
    columns: Mapping[str, str]
    record: Record

    def problem(self, field_name: str, code: str, **params: str | int) -> Problem:
        column = self.columns.get(field_name, field_name)
        return Problem(self.file, self.number, column, code, dict(params))


@dataclass
class FileRead:
    """What a file held: its readable lines, and the problems of the others."""

    kind: Kind
    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_file(mapping: FileMapping, content: bytes | None) -> FileRead:
    """Read one file; ``None`` when it is not there."""
    read = FileRead(mapping.kind)
    if content is None:
        read.problems.append(Problem(mapping.file, 0, "", "missing_file"))
        return read
    text = _decoded(mapping, content)
    if text is None:
        read.problems.append(Problem(mapping.file, 0, "", "bad_encoding"))
        return read
    try:
        _read_rows(mapping, text, read)
    except csv.Error as error:
        read.problems.append(Problem(mapping.file, 0, "", "bad_csv", {"why": str(error)}))
    return read


def _decoded(mapping: FileMapping, content: bytes) -> str | None:
    """Excel saves ``utf-8-sig`` or, in Western Europe, ``cp1252``; other programs plain UTF-8."""
    for encoding in (mapping.encoding,) if mapping.encoding else ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _read_rows(mapping: FileMapping, text: str, read: FileRead) -> None:
    rows = _rows(text, mapping.delimiter or _delimiter_of(text))
    first, header = next(rows, (1, []))
    places = {name.strip(): place for place, name in enumerate(header)}
    missing = [column for column in _needed(mapping) if column not in places]
    if missing:
        read.problems += [Problem(mapping.file, first, name, "missing_column") for name in missing]
        return
    for number, row in rows:
        if len(row) != len(header):
            params: dict[str, Any] = {"expected": len(header), "found": len(row)}
            read.problems.append(Problem(mapping.file, number, "", "wrong_cells", params))
            continue
        cells = {name: row[place].strip() for name, place in places.items()}
        _read_line(mapping, number, cells, read)


def _read_line(mapping: FileMapping, number: int, cells: Mapping[str, str], read: FileRead) -> None:
    record: dict[str, Any] = {}
    line = Line(mapping.file, number, mapping.columns, record)
    before = len(read.problems)
    for known in mapping.kind.fields:
        try:
            record[known.name] = _value(mapping, known, cells)
        except CellRefused as refused:
            read.problems.append(
                Problem(
                    line.file, number, mapping.columns[known.name], refused.code, refused.params
                )
            )
    if len(read.problems) == before:
        read.lines.append(line)


def _value(mapping: FileMapping, known: Field, cells: Mapping[str, str]) -> Any:
    cell = cells.get(mapping.columns[known.name], "")
    if cell:
        return translated(known.read, mapping.values.get(known.name, {}))(cell)
    if known.required:
        raise CellRefused("empty")
    return known.empty


def _needed(mapping: FileMapping) -> Iterator[str]:
    """Columns that must be there: of required fields, and whatever the mapping itself names."""
    for known in mapping.kind.fields:
        column = mapping.columns[known.name]
        if known.required or column != known.name:
            yield column


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line on which it begins; a quoted cell may run over several lines."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    for row in reader:
        if any(cell.strip() for cell in row):
            yield begins, row
        begins = reader.line_num + 1


def _delimiter_of(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max(_DELIMITERS, key=first.count)
