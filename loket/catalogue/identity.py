"""From the code of a catalogue thing to its id and back: stable, and readable in a journal."""

from typing import Final

SITE: Final = "site-"
DEPARTMENT: Final = "dep-"
SERVICE: Final = "srv-"
QUEUE: Final = "q-"
SERIES: Final = "ser-"
COUNTER: Final = "desk-"
PRODUCT: Final = "p-"


def code_of(identity: str, kind: str) -> str:
    """The code in an id of that kind."""
    return identity.removeprefix(kind)
