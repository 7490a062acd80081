"""When Heidebeek offers appointments, and how long each takes."""

from collections.abc import Iterator
from datetime import date, time
from typing import Any

from loket.appointments.tables import CalendarRow, ProductTermsRow, ScheduleRow
from loket.catalogue.messages import Catalogue
from loket.kit.clock import Clock

Values = dict[str, Any]
_FROM = date(2025, 9, 1)
_PLACES = {
    "burgerzaken": (1, 1),
    "vreemdelingenzaken": (1, 1),
    "omgeving": (1, 0),
    "sociaal-huis": (1, 1),
    "wonen": (1, 0),
    "kind-en-gezin": (1, 0),
    "kortbeek": (1, 1),
    "kortbeek-sociaal": (1, 0),
}
"""Queues with appointments: for citizens, and for the desk besides."""
_STADHUIS = (
    ("MO,TU,WE,TH,FR", time(9), time(12)),
    ("MO", time(13, 30), time(18)),
    ("TU,TH", time(13, 30), time(16, 30)),
    ("WE", time(14), time(16, 30)),
)
_KORTBEEK = (("TU,TH", time(9), time(12)), ("WE", time(13, 30), time(16, 30)))
_MINUTES = {"huwelijk-aangifte": 60, "premieadvies": 30, "omgevingsloket": 30}
_USUAL = 30
_NOTICE_HOURS = {"huwelijk-aangifte": 48}
BOOKED_MOST = (
    "identiteitskaart-aanvraag",
    "reispas-aanvraag",
    "rijbewijs-aanvraag",
    "voorlopig-rijbewijs",
    "kids-id-aanvraag",
    "adreswijziging",
    "rijbewijzen-03",
    "geboorteaangifte",
    "huwelijk-aangifte",
    "verblijfskaart-aanvraag",
    "omgevingsloket",
    "premieadvies",
)
"""Products whose terms the town set itself."""


def has_appointments(queue_code: str) -> bool:
    return queue_code in _PLACES


def calendar_rows(catalogue: Catalogue, clock: Clock) -> Iterator[tuple[Any, list[Values]]]:
    """Rows per table, in an order that foreign keys allow."""
    queues = [queue for queue in catalogue.queues if has_appointments(queue.code)]
    changed_at = clock.now()
    yield (
        CalendarRow.__table__,
        [{"queue_id": queue.id, "version": 1, "changed_at": changed_at} for queue in queues],
    )
    yield (
        ScheduleRow.__table__,
        [
            _period(queue.id, queue.code, nr, *period)
            for queue in queues
            for nr, period in enumerate(_periods(queue.code))
        ],
    )
    known = {product.code: product.id for product in catalogue.products}
    yield (
        ProductTermsRow.__table__,
        [_terms(code, known[code]) for code in BOOKED_MOST],
    )


def _periods(queue_code: str) -> tuple[tuple[str, time, time], ...]:
    return _KORTBEEK if queue_code.startswith("kortbeek") else _STADHUIS


def _period(queue_id: str, code: str, nr: int, days: str, opens: time, closes: time) -> Values:
    public, desk = _PLACES[code]
    return {
        "id": f"{queue_id}-{nr}",
        "queue_id": queue_id,
        "name": "",
        "rule": f"FREQ=WEEKLY;BYDAY={days}",
        "valid_from": _FROM,
        "valid_to": None,
        "opens": opens,
        "closes": closes,
        "public_places": public,
        "desk_places": desk,
        "grid_minutes": 30,
    }


def _terms(code: str, product_id: str) -> Values:
    minutes = _MINUTES.get(code, _USUAL)
    return {
        "product_id": product_id,
        "minutes": minutes,
        "extra_person_minutes": minutes // 2,
        "buffer_minutes": 0,
        "notice_hours": _NOTICE_HOURS.get(code, 0),
        "horizon_days": 84,
        "early_minutes": 60,
        "late_minutes": 15,
        "most_persons": 8,
    }
