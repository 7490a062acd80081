"""What a screen asks attention for while another one is shown."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Attention:
    """A count beside the name of a screen; 0: nothing."""

    many: int = 0
    urgent: bool = False
    text: str = ""
    """What is counted, in words."""
