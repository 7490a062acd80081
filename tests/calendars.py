"""Schedules for tests of appointments."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import insert

from loket.appointments.tables import CalendarRow, ScheduleRow
from loket.store.work import Store
from tests.builders import BURGERZAKEN, MONDAY_NINE

TUESDAY = date(2026, 3, 17)
TUESDAY_NINE = datetime(2026, 3, 17, 8, 0, tzinfo=UTC)
"""Tuesday 17 March 2026, 09:00 in Belgium."""


def at(hour: int, minute: int = 0, *, days: int = 0) -> str:
    """A time of Tuesday 17 March 2026 on a Belgian wall clock (winter), or of days after it."""
    moment = TUESDAY_NINE + timedelta(days=days, hours=hour - 9, minutes=minute)
    return moment.isoformat()


def schedule(store: Store, queue: str = BURGERZAKEN, **changes: Any) -> None:
    """Each weekday from nine to twelve, two places, every half hour, unless said otherwise."""
    row = {
        "id": f"schedule-{queue}",
        "queue_id": queue,
        "name": "",
        "rule": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        "valid_from": date(2026, 1, 1),
        "valid_to": None,
        "opens": time(9),
        "closes": time(12),
        "public_places": 1,
        "desk_places": 1,
        "grid_minutes": 30,
        **changes,
    }
    with store.database.writers.begin() as connection:
        calendar = {"queue_id": queue, "version": 1, "changed_at": MONDAY_NINE}
        connection.execute(insert(CalendarRow), calendar)
        connection.execute(insert(ScheduleRow), row)


def booking(product: str, starts_at: str, site: str, **more: Any) -> dict[str, Any]:
    """What is sent to book a moment for Jan Peeters."""
    return {
        "product_ids": [product],
        "site_id": site,
        "starts_at": starts_at,
        "contact": {"name": "Jan Peeters", **more.pop("contact", {})},
        **more,
    }
