"""The yearly report to the council, on the wire."""

from datetime import date

from pydantic import Field

from loket.reports.rules.kinds import ReportKind
from loket.reports.rules.yearly import SectionKey
from loket.wire.base import Moment, WireIn, WireOut


class YearAsked(WireIn):
    """Which year, and of which kind; the council asks about complaints."""

    year: int = Field(ge=2000, le=2999)
    kind: ReportKind = ReportKind.COMPLAINT


class YearRow(WireOut):
    key: str
    """A code, or a name as it stands: a theme, a department."""
    count: int


class YearSection(WireOut):
    key: SectionKey
    rows: list[YearRow]


class YearLineShown(WireOut):
    """A report in one of the lists behind the figures."""

    reference: str
    registered_on: date
    title: str
    department: str
    reason: str
    """Why it is inadmissible, or why it came back; empty: neither."""
    due: date
    answered_on: date | None


class YearReport(WireOut):
    year: int
    kind: ReportKind
    made_at: Moment
    total: int
    average_days: float | None
    median_days: float | None
    sections: list[YearSection]
    overdue: list[YearLineShown]
    inadmissible: list[YearLineShown]
    returned: list[YearLineShown]
