"""Figures of reports over any period, on the wire."""

from loket.reports.rules.kinds import ReportKind
from loket.reports.rules.overview import OverviewBy
from loket.wire.base import Day, Id, WireIn, WireOut


class ReportsOverviewAsked(WireIn):
    """Registered on the days from ``first`` to ``last``, at one site or at all."""

    first: Day
    last: Day
    site: Id | None = None
    by: OverviewBy
    kind: ReportKind | None = None
    """None: of every kind."""


class ReportsRow(WireOut):
    """See :class:`loket.reports.rules.overview.OverviewRow`."""

    key: str
    count: int
    open: int
    on_time: int
    late: int
    average_days: float | None
    median_days: float | None
    returned: int
    about: str
    lat: float | None
    lon: float | None


class ReportsOverview(WireOut):
    by: OverviewBy
    rows: list[ReportsRow]
    together: ReportsRow
