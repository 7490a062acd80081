"""What past weeks tell of a product."""

from typing import NamedTuple


class Measured(NamedTuple):
    """How long a product takes, and how often it was served."""

    mean_service_seconds: int
    asked: int
