"""How a desk is opened: off the GUI thread, because all that it imports takes time."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loket.desk.desk import Desk


def open_desk(
    code: str, *, server_url: str | None, data: Path | None, demonstration: bool
) -> "Desk":
    """Make the desk; its server, if it is the embedded one, may still be starting afterwards."""
    from loket.desk.desk import Desk  # noqa: PLC0415 - not before the first frame
    from loket.desk.hardware import Hardware  # noqa: PLC0415
    from loket.desk.settings import DeskSettings  # noqa: PLC0415
    from loket.devices.eid.reading import read_eid  # noqa: PLC0415
    from loket.devices.printers import find_printer, known_printers  # noqa: PLC0415
    from loket.kit.paths import DataFolder  # noqa: PLC0415
    from loket.paper.pdf import PdfPaper  # noqa: PLC0415

    # The demonstration has a folder of its own: what is tried out never stands beside real data.
    own = DataFolder.of_user("loket-demonstratie" if demonstration else "loket")
    settings = DeskSettings.of(
        code,
        folder=DataFolder(data) if data is not None else own,
        server_url=server_url,
        demonstration=demonstration,
    )
    hardware = Hardware(known_printers=known_printers, read_card=read_eid)
    return Desk(settings, paper=PdfPaper(), find_printer=find_printer, hardware=hardware)
