"""Figures of queue, appointments and reports, as a desk asks them and writes them to files."""

from collections.abc import Sequence
from pathlib import Path

from loket.appointments.gateway import AppointmentsGateway
from loket.appointments.messages import AppointmentOverview, OverviewAsked
from loket.desk.presence import Presence
from loket.insight.export import Cell, Format, Progress, write_figures, write_lines, write_table
from loket.insight.gateway import InsightGateway
from loket.insight.messages import Days, Figures, FiguresAsked
from loket.reports.gateway import ReportsGateway
from loket.reports.messages.overview import ReportsOverview, ReportsOverviewAsked


class FiguresDesk:
    """Questions about what is over. Calls block, as those of the desk."""

    def __init__(
        self,
        presence: Presence,
        gateway: InsightGateway,
        appointments: AppointmentsGateway,
        reports: ReportsGateway,
    ) -> None:
        self._presence = presence
        self._gateway = gateway
        self._appointments = appointments
        self._reports = reports

    def figures(self, asked: FiguresAsked) -> Figures:
        with self._presence.as_somebody():
            return self._gateway.figures(asked)

    def appointments(self, asked: OverviewAsked) -> AppointmentOverview:
        """How calendars were used, and how appointments were kept."""
        with self._presence.as_somebody():
            return self._appointments.overview(asked)

    def reports(self, asked: ReportsOverviewAsked) -> ReportsOverview:
        """How many reports there were, about what and where, and whether answers were in time."""
        with self._presence.as_somebody():
            return self._reports.overview(asked)

    def export_table(
        self,
        lines: Sequence[Sequence[Cell]],
        file: Path,
        form: Format,
        *,
        title: str,
        heads: Sequence[str],
    ) -> None:
        """Write a table as it is shown. Raises OSError where it cannot be written."""
        write_table(lines, file, form, title=title, heads=heads)

    def export_figures(
        self, figures: Figures, file: Path, form: Format, *, title: str, heads: Sequence[str]
    ) -> None:
        """Write a table that was asked before. Raises OSError where it cannot be written."""
        write_figures(figures, file, form, title=title, heads=heads)

    def export_tickets(
        self,
        days: Days,
        file: Path,
        form: Format,
        *,
        title: str,
        heads: Sequence[str],
        progress: Progress,
    ) -> int:
        """Write one line a ticket; how many. Raises GivenUp when ``progress`` says to stop."""
        with self._presence.as_somebody():
            pages = self._gateway.lines(days)
            return write_lines(pages, file, form, title=title, heads=heads, progress=progress)
