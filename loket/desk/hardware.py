"""What is plugged into the machine of a desk, beside the printer that is chosen."""

from collections.abc import Callable
from dataclasses import dataclass

from loket.desk.eid import ReadCard, no_reading


@dataclass(frozen=True)
class Hardware:
    """By itself: none."""

    known_printers: Callable[[], list[str]] = list
    read_card: ReadCard = no_reading


NO_HARDWARE = Hardware()
