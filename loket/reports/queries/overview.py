"""Reports of a period, read once and counted."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from loket.catalogue.offer import Offer
from loket.kit.clock import begin_of, local_day
from loket.reports.messages.overview import ReportsOverview, ReportsOverviewAsked, ReportsRow
from loket.reports.queries.arrangements import CATEGORY, PARTY
from loket.reports.queries.hiding import Sight
from loket.reports.queries.reports import REPORT, answered_on
from loket.reports.rules.flow import OPEN, ReportState
from loket.reports.rules.overview import (
    OverviewLine,
    OverviewRow,
    counted_by,
    counted_together,
)
from loket.reports.rules.yearly import theme_of

_COUNTED = (
    *(REPORT.c.department_id, REPORT.c.quarter, REPORT.c.channel, REPORT.c.address, REPORT.c.lat),
    *(REPORT.c.lon, REPORT.c.registered_at, REPORT.c.answer_due, REPORT.c.answered_at),
    REPORT.c.resolved_at,
    *(REPORT.c.state, REPORT.c.returns, REPORT.c.counter_id),
)
_READ = (
    select(*_COUNTED, CATEGORY.c.name.label("category"), PARTY.c.name.label("party"))
    .outerjoin(CATEGORY, CATEGORY.c.id == REPORT.c.category_id)
    .outerjoin(PARTY, PARTY.c.id == REPORT.c.party_id)
)


def read_overview(
    connection: Connection,
    offer: Offer,
    sight: Sight,
    asked: ReportsOverviewAsked,
    now: datetime,
) -> ReportsOverview:
    """The figures; those of confidential departments only for who may see them."""
    wanted = _READ.where(
        REPORT.c.registered_at >= begin_of(asked.first),
        REPORT.c.registered_at < begin_of(asked.last + timedelta(days=1)),
    )
    if asked.site is not None:
        wanted = wanted.where(REPORT.c.site_id == asked.site)
    if asked.kind is not None:
        wanted = wanted.where(REPORT.c.kind == str(asked.kind))
    names = {part.id: part.name for part in offer.catalogue.departments}
    lines = [
        _line(row, names)
        for row in connection.execute(wanted)
        if sight.sees(row.department_id, row.counter_id)
    ]
    today = local_day(now)
    return ReportsOverview(
        by=asked.by,
        rows=[_shown(row) for row in counted_by(lines, asked.by, today)],
        together=_shown(counted_together(lines, today)),
    )


def _line(row: Any, names: dict[str, str]) -> OverviewLine:
    return OverviewLine(
        theme=theme_of(row.category or ""),
        department=names.get(row.department_id, "") or row.party or "",
        quarter=row.quarter,
        channel=row.channel,
        address=row.address,
        spot=None if row.lat is None else (row.lat, row.lon),
        registered=local_day(row.registered_at),
        due=row.answer_due,
        answered=answered_on(row),
        open=ReportState(row.state) in OPEN,
        returns=row.returns,
    )


def _shown(row: OverviewRow) -> ReportsRow:
    values = asdict(row)
    lat, lon = values.pop("spot") or (None, None)
    return ReportsRow(**values, lat=lat, lon=lon)
