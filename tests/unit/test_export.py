"""Files that Excel opens: as a Belgian Excel reads them, whole or not there at all."""

import csv
import zipfile
from datetime import UTC, datetime

import pytest

from loket.insight.export import LINE_COLUMNS, Format, GivenUp, write_lines
from loket.insight.messages import TicketLine, TicketLines
from loket.insight.rules.choices import Outcome


def a_line(number, product="Identiteitskaart"):
    return TicketLine(
        day="2026-03-16",
        number=number,
        site="Stadhuis",
        queue="Burgerzaken",
        service="Loket",
        product=product,
        channel="desk",
        kind="walk_in",
        arrived_at=datetime(2026, 3, 16, 9, 21, tzinfo=UTC),
        appointment_at=None,
        first_called_at=datetime(2026, 7, 1, 8, 0, tzinfo=UTC),
        ended_at=None,
        outcome=Outcome.OPEN,
        waiting=60,
        service_time=None,
        total=None,
        promised_minutes=None,
        counter="",
        calls=1,
        transfers=0,
    )


def pages(*lines):
    yield TicketLines(total=len(lines), lines=list(lines), after="")


def write(file, form, *lines, go_on=True):
    return write_lines(
        pages(*lines),
        file,
        form,
        title="Tickets",
        heads=LINE_COLUMNS,
        progress=lambda _written, _total: go_on,
    )


def test_csv_is_one_that_a_belgian_excel_reads(tmp_path):
    file = tmp_path / "t.csv"
    assert write(file, Format.CSV, a_line("A001"), a_line("A002")) == 2
    with file.open(encoding="utf-8-sig", newline="") as text:
        rows = list(csv.DictReader(text, delimiter=";"))
    assert [row["number"] for row in rows] == ["A001", "A002"]
    # 09:21 UTC in March is 10:21 on a Belgian wall; 08:00 in July is 10:00.
    assert (rows[0]["arrived_at"], rows[0]["first_called_at"]) == (
        "2026-03-16 10:21:00",
        "2026-07-01 10:00:00",
    )
    assert rows[0]["appointment_at"] == ""


def test_a_cell_is_never_a_formula(tmp_path):
    write(tmp_path / "t.csv", Format.CSV, a_line("A001", product="=HYPERLINK(1)"))
    assert "'=HYPERLINK" in (tmp_path / "t.csv").read_text(encoding="utf-8-sig")
    write(tmp_path / "t.xlsx", Format.EXCEL, a_line("A001", product="=HYPERLINK(1)"))
    with zipfile.ZipFile(tmp_path / "t.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "=HYPERLINK" in sheet


@pytest.mark.parametrize("form", list(Format))
def test_who_stops_finds_no_half_file(tmp_path, form):
    file = tmp_path / f"t.{form}"
    file.write_text("of before", encoding="utf-8")
    with pytest.raises(GivenUp):
        write(file, form, a_line("A001"), go_on=False)
    assert [found.name for found in tmp_path.iterdir()] == [file.name]
    assert file.read_text(encoding="utf-8") == "of before"
