"""Finding a printer by the name that a desk keeps."""

from typing import Protocol

from loket.devices.cups import CupsPrinter, printer_names


class Printer(Protocol):
    """A device that takes a PDF; raises a LoketError whose code says why it could not."""

    def send(self, pdf: bytes, *, title: str, media: str) -> None: ...


def find_printer(name: str) -> Printer:
    """The printer with a name, as CUPS has it."""
    return CupsPrinter(name)


def known_printers() -> list[str]:
    """Names to choose from."""
    return printer_names()
