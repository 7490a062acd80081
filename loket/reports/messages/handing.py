"""Whose hands a report is in: colleagues to choose from, and giving it to one of them."""

from loket.reports.messages.following import Seen
from loket.wire.base import Id, WireOut


class Colleague(WireOut):
    """Somebody who may handle reports."""

    id: str
    name: str
    near: bool
    """Works for the department that has the report."""
    open: int
    """How many open reports are in their hands."""


class Colleagues(WireOut):
    """Those of the department first, then by name."""

    colleagues: list[Colleague]


class HandReport(Seen):
    """To a colleague, or to nobody."""

    handler_id: Id | None
