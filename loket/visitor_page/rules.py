"""How long a visitor's page can be opened, pure."""

from datetime import date, timedelta

OPEN_AFTER = timedelta(days=1)
"""Until the end of the day after the ticket ended."""


def is_open_on(today: date, ended_on: date) -> bool:
    """Whether the page of a ticket that ended on a day, or will, can still be opened."""
    return today <= ended_on + OPEN_AFTER
