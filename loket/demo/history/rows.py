"""From what happened to rows, as if the acts had been done one by one."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Table

from loket.catalogue.identity import SERIES
from loket.demo.history.past import PastAct, PastTicket, PastVisit, Stay
from loket.queue.rules.life import Interval, label, standing
from loket.queue.tables import SeriesDayRow, TicketIntervalRow, TicketRow
from loket.visits.tables import ActRow, VisitRow

Values = dict[str, Any]


class HistoryRows:
    """Gathers the rows of a history, to be inserted table by table."""

    def __init__(self) -> None:
        self._visits: list[Values] = []
        self._tickets: list[Values] = []
        self._intervals: list[Values] = []
        self._acts: list[Values] = []
        self._last_numbers: dict[tuple[str, date, str], int] = {}

    def add(self, visit: PastVisit) -> None:
        self._visits.append(_visit(visit))
        self._acts.extend(_act(visit, act) for act in visit.acts)
        if visit.ticket is not None:
            self._add_ticket(visit, visit.ticket)

    def by_table(self) -> Iterator[tuple[Table, list[Values]]]:
        """In an order that foreign keys allow."""
        tables = VisitRow.metadata.tables
        series = [
            {"site_id": site, "day": day, "series_id": prefix, "last_number": number}
            for (site, day, prefix), number in self._last_numbers.items()
        ]
        yield tables[VisitRow.__tablename__], self._visits
        yield tables[TicketRow.__tablename__], self._tickets
        yield tables[TicketIntervalRow.__tablename__], self._intervals
        yield tables[ActRow.__tablename__], self._acts
        yield tables[SeriesDayRow.__tablename__], series

    def _add_ticket(self, visit: PastVisit, ticket: PastTicket) -> None:
        series = (visit.site_id, visit.day, SERIES + ticket.prefix)
        self._last_numbers[series] = max(ticket.number, self._last_numbers.get(series, 0))
        self._tickets.append(_ticket(visit, ticket))
        self._intervals.extend(
            _interval(ticket, seq, stay) for seq, stay in enumerate(ticket.stays, 1)
        )


def _visit(visit: PastVisit) -> Values:
    return {
        "id": visit.id,
        "site_id": visit.site_id,
        "day": visit.day,
        "started_at": visit.started_at,
        "recorded_at": visit.started_at,
        "user_id": visit.user_id,
        "counter_id": visit.counter_id,
        "channel": str(visit.channel),
        "language": str(visit.language),
        "visitor_name": "",
        "priority": visit.priority,
        "note": "",
        "follow_up_code": visit.follow_up_code,
        "changed_at": visit.started_at,
        "ended_at": visit.ended_at,
        "closed_at": visit.closed_at,
    }


def _act(visit: PastVisit, act: PastAct) -> Values:
    return {
        "id": act.id,
        "visit_id": visit.id,
        "kind": str(act.kind),
        "occurred_at": act.at,
        "recorded_at": act.at,
        "user_id": visit.user_id,
        "counter_id": visit.counter_id,
        "ticket_id": act.ticket_id,
        "product_id": act.product_id,
        "text": act.text,
        "undone_at": None,
    }


def _ticket(visit: PastVisit, ticket: PastTicket) -> Values:
    now = standing(_rule(seq, stay) for seq, stay in enumerate(ticket.stays, 1))
    return {
        "id": ticket.id,
        "code": ticket.code,
        "visit_id": visit.id,
        "site_id": visit.site_id,
        "day": visit.day,
        "series_id": SERIES + ticket.prefix,
        "number": ticket.number,
        "label": label(ticket.prefix, ticket.number),
        "queue_id": ticket.queue_id,
        "product_id": ticket.product_id,
        "kind": str(ticket.kind),
        "priority": visit.priority,
        "language": str(visit.language),
        "arrived_at": ticket.arrived_at,
        "issued_at": ticket.arrived_at,
        "appointment_at": ticket.appointment_at,
        "promised_minutes": ticket.promised_minutes,
        "promised_low": None,
        "promised_high": None,
        "promised_sure": None,
        "version": len(ticket.stays),
        "state": str(now.state),
        "since": now.since,
        "counter_id": now.counter_id,
        "first_called_at": now.first_called_at,
        "last_called_at": now.last_called_at,
        "serving_since": now.serving_since,
        "ended_at": now.ended_at,
        "calls": now.calls,
        "why": None,
        "only_counter_id": None,
        "parked_by": None,
        "more_products": None,
    }


def _interval(ticket: PastTicket, seq: int, stay: Stay) -> Values:
    return {
        "ticket_id": ticket.id,
        "seq": seq,
        "state": str(stay.state),
        "queue_id": ticket.queue_id,
        "from_at": stay.from_at,
        "to_at": stay.to_at,
        "counter_id": stay.counter_id,
        "user_id": stay.user_id,
        "calls": stay.calls,
        "last_call_at": stay.last_call_at,
        "why": None,
        "last_call_seq": None,
        "undone_at": None,
        "product_id": ticket.product_id,
        "only_counter_id": None,
        "remark": "",
    }


def _rule(seq: int, stay: Stay) -> Interval:
    return Interval(
        seq,
        stay.state,
        stay.from_at,
        stay.counter_id,
        stay.user_id,
        stay.calls,
        stay.last_call_at,
    )
