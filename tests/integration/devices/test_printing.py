"""A paper through the machine's print system comes out, or is taken back and said why."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from loket.devices import cups
from loket.devices.cups import CupsPrinter
from loket.devices.errors import NoPrintSystem, PrinterSilent, PrinterStopped, PrinterUnknown
from loket.devices.printers import known_printers
from loket.paper.pdf import PdfPaper
from tests.golden.papers import SLIPS
from tests.integration.devices.print_systems import MISSING, Cups, FakeCups, PrintSystem

pytestmark = pytest.mark.skipif(os.name != "posix", reason="CUPS lives on Linux and macOS")
REAL = pytest.param(
    Cups,
    marks=[
        pytest.mark.cups,
        pytest.mark.skipif(
            bool(MISSING), reason=f"CUPS is not installed: {', '.join(MISSING)} missing"
        ),
    ],
)


@pytest.fixture(params=[REAL, FakeCups])
def system(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[PrintSystem]:
    folder = Path(tempfile.mkdtemp(prefix="loket-print-"))
    try:
        made = request.param(folder)
        for name, value in made.environment.items():
            monkeypatch.setenv(name, value)
        with made.serving():
            yield made
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty seconds are over at once."""
    monkeypatch.setattr(cups, "OUT_SECONDS", 0.0)


def slip() -> bytes:
    return PdfPaper().slip(next(iter(SLIPS.values())))


def send(pdf: bytes, printer: str = "Bon", media: str = "roll-80mm") -> None:
    CupsPrinter(printer).send(pdf, title="A014", media=media)


def test_a_slip_comes_out_as_it_was_sent(system: PrintSystem) -> None:
    pdf = slip()
    send(pdf)
    assert system.papers() == [pdf]
    assert system.left() == []


def test_an_a4_receipt_comes_out_too(system: PrintSystem) -> None:
    send(b"%PDF-1.4 receipt", media="A4")
    assert system.papers() == [b"%PDF-1.4 receipt"]


def test_the_printers_of_the_machine_are_offered(system: PrintSystem) -> None:
    assert known_printers() == ["Bon"]


def test_an_unknown_printer_is_named_as_such(system: PrintSystem) -> None:
    with pytest.raises(PrinterUnknown):
        send(slip(), "Weg")
    assert system.left() == []


@pytest.mark.usefixtures("impatient")
def test_a_printer_that_is_off_is_silent_and_the_paper_is_taken_back(system: PrintSystem) -> None:
    system.switch(on=False)
    with pytest.raises(PrinterSilent) as silent:
        send(slip())
    assert silent.value.params["printer"] == "Bon"
    assert system.left() == []
    system.switch(on=True)
    again = slip()
    with pytest.MonkeyPatch.context() as patient:
        patient.setattr(cups, "OUT_SECONDS", 20.0)
        send(again)
    assert system.papers() == [again], "printed once, not twice"


def test_a_stopped_printer_says_so_at_once_and_keeps_nothing(system: PrintSystem) -> None:
    system.run("cupsdisable", "Bon")
    with pytest.raises(PrinterStopped) as stopped:
        send(slip())
    assert stopped.value.params["printer"] == "Bon"
    assert system.left() == []
    system.run("cupsenable", "Bon")
    send(slip())
    assert len(system.papers()) == 1


def test_a_printer_that_takes_no_jobs_is_stopped(system: PrintSystem) -> None:
    system.run("cupsreject", "Bon")
    with pytest.raises(PrinterStopped):
        send(slip())


def test_without_a_print_system_it_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert known_printers() == []
    with pytest.raises(NoPrintSystem):
        send(slip())
