"""How a desk is opened: off the GUI thread, because all that it imports takes time."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loket.desk.desk import Desk
    from loket.desk.papers import ReceiptFacts, SlipFacts


class HousePaper:
    """Slips and receipts as the house prints them; imported with the first paper."""

    def slip(self, facts: "SlipFacts") -> bytes:
        from loket.paper.slip import slip_pdf  # noqa: PLC0415 - not before the first frame

        return slip_pdf(facts)  # type: ignore[arg-type]  # the same fields, by another name

    def receipt(self, facts: "ReceiptFacts") -> bytes:
        from loket.paper.receipt import receipt_pdf  # noqa: PLC0415 - not before the first frame

        return receipt_pdf(facts)  # type: ignore[arg-type]  # the same fields, by another name


def open_desk(code: str, *, server_url: str | None, data: Path | None) -> "Desk":
    """Make the desk; its server, if it is the embedded one, may still be starting afterwards."""
    from loket.desk.desk import Desk  # noqa: PLC0415 - not before the first frame
    from loket.desk.settings import DeskSettings  # noqa: PLC0415
    from loket.devices.printers import find_printer  # noqa: PLC0415
    from loket.kit.paths import DataFolder  # noqa: PLC0415

    folder = DataFolder(data) if data is not None else None
    settings = DeskSettings.of(code, folder=folder, server_url=server_url)
    return Desk(settings, paper=HousePaper(), find_printer=find_printer)
