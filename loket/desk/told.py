"""Events of the server that are not about the picture, as facts for the screens."""

from collections.abc import Callable

from loket.appointments.messages import AppointmentChanged, CalendarChanged
from loket.correspondence.messages import MessageChanged
from loket.desk.facts import (
    AppointmentsChanged,
    ArrangementsChanged,
    Fact,
    MessagesChanged,
    ReportsChanged,
)
from loket.queue.messages import StreamEvent
from loket.reports.messages.taking import ReportChanged

ANYTHING = AppointmentsChanged("", None, None)
"""What is told after a while without the server."""


def _appointment(event: StreamEvent) -> Fact:
    told = AppointmentChanged.model_validate(event.data)
    return AppointmentsChanged(told.queue_id, told.starts_at, told.before)


def _calendar(event: StreamEvent) -> Fact:
    told = CalendarChanged.model_validate(event.data)
    return AppointmentsChanged(told.queue_id, told.starts_at, None)


def _message(event: StreamEvent) -> Fact:
    told = MessageChanged.model_validate(event.data)
    return MessagesChanged(told.message_id, told.subject_id)


def _report(event: StreamEvent) -> Fact:
    return ReportsChanged(ReportChanged.model_validate(event.data).report_id)


def _arrangements(event: StreamEvent) -> Fact:
    del event
    return ArrangementsChanged()


def _reports(event: StreamEvent) -> Fact:
    del event
    return ReportsChanged("")


def _wish(event: StreamEvent) -> Fact:
    del event
    return ANYTHING


_FACTS: dict[str, Callable[[StreamEvent], Fact]] = {
    "appointment_changed": _appointment,
    "calendar_changed": _calendar,
    "message_changed": _message,
    "report_arrangements_changed": _arrangements,
    "report_changed": _report,
    "report_mail_changed": _reports,
    "reports_told": _reports,
    "wish_changed": _wish,
}
AFTER_A_WHILE: tuple[Fact, ...] = (
    ANYTHING,
    MessagesChanged("", ""),
    ReportsChanged(""),
    ArrangementsChanged(),
)
"""What is told once the server is there again."""


def fact_of(event: StreamEvent) -> Fact | None:
    """What screens hear of an event, besides what it does to the picture."""
    reads = _FACTS.get(event.kind)
    return reads(event) if reads else None
