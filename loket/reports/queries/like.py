"""Which reports may be about the same, while one is being typed."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Select, and_, or_, select

from loket.geography.rules.spots import Spot, distance_m
from loket.reports.messages.taking import LikeAsked, LikeReport, LikeReports
from loket.reports.queries.hiding import Sight
from loket.reports.queries.reports import REPORT
from loket.reports.rules.alike import (
    NEAR_METRES,
    RECENT,
    box_around,
    likeness,
    score,
)
from loket.reports.rules.flow import OPEN, ReportState
from loket.reports.rules.stems import stems_of

_LOOKED_AT: Final = 300
"""Of a crowded place only the newest are compared."""
_MIN_WORDS: Final = 2


def read_like(connection: Connection, sight: Sight, asked: LikeAsked, now: datetime) -> LikeReports:
    """The likeliest first: nearby ones, or without a place those that say the same."""
    mine = stems_of(asked.text)
    if asked.lat is None and len(mine) < _MIN_WORDS:
        return LikeReports(reports=[])
    found = []
    for row in connection.execute(_candidates(asked, now)):
        if not sight.sees(row.department_id, row.counter_id):
            continue
        metres = _metres(asked, row)
        alike = likeness(mine, stems_of(f"{row.title} {row.text}"))
        same = asked.category_id is not None and row.category_id == asked.category_id
        worth = score(alike, metres, same_category=same)
        if worth:
            found.append((worth, row.serial, _like(row, metres, alike)))
    found.sort(key=lambda one: (-one[0], -one[1]))
    return LikeReports(reports=[like for _worth, _serial, like in found[: asked.many]])


def _candidates(asked: LikeAsked, now: datetime) -> Select[Any]:
    """Recent ones, and older ones that are still open, near the place or of the category."""
    recent = or_(
        REPORT.c.registered_at >= now - RECENT,
        REPORT.c.state.in_([str(state) for state in sorted(OPEN)]),
    )
    found = select(
        REPORT.c.id,
        REPORT.c.serial,
        REPORT.c.reference,
        REPORT.c.title,
        REPORT.c.text,
        REPORT.c.state,
        REPORT.c.registered_at,
        REPORT.c.lat,
        REPORT.c.lon,
        REPORT.c.category_id,
        REPORT.c.department_id,
        REPORT.c.counter_id,
    ).where(REPORT.c.linked_id.is_(None))
    if asked.lat is not None and asked.lon is not None:
        box = box_around(asked.lat, asked.lon, NEAR_METRES)
        found = found.where(
            and_(
                REPORT.c.lat.between(box.south, box.north),
                REPORT.c.lon.between(box.west, box.east),
                recent,
            )
        )
    else:
        found = found.where(REPORT.c.registered_at >= now - RECENT)
        if asked.category_id is not None:
            found = found.where(REPORT.c.category_id == asked.category_id)
    return found.order_by(REPORT.c.serial.desc()).limit(_LOOKED_AT)


def _metres(asked: LikeAsked, row: Any) -> float | None:
    if asked.lat is None or asked.lon is None or row.lat is None:
        return None
    return distance_m(Spot(asked.lat, asked.lon), Spot(row.lat, row.lon))


def _like(row: Any, metres: float | None, alike: float) -> LikeReport:
    return LikeReport(
        id=row.id,
        reference=row.reference,
        title=row.title,
        state=ReportState(row.state),
        registered_at=row.registered_at,
        lat=row.lat,
        lon=row.lon,
        metres=None if metres is None else round(metres),
        alike=round(alike * 100),
    )
