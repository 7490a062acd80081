"""Taking a report down, and joining one that is known."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from loket.catalogue.hours import holiday_name
from loket.catalogue.offer import Offer
from loket.kit.clock import begin_of, local, local_day
from loket.kit.ids import new_code, new_id
from loket.kit.text import folded
from loket.reports.messages.taking import (
    JoinReport,
    Registered,
    RegisterReport,
    ReporterDetails,
)
from loket.reports.queries.arrangements import (
    open_category,
    open_party,
    read_regulation,
    read_rules,
    usual_goal,
)
from loket.reports.queries.hiding import Sight
from loket.reports.queries.reports import (
    REPORT,
    REPORTER,
    held_report,
    report_of,
    reporter_of,
    reporters_of,
)
from loket.reports.queries.search import index_report
from loket.reports.rules.flow import ReportAct, ReportState
from loket.reports.rules.kinds import (
    CODE_KIND,
    AnswerBy,
    NothingSaid,
    NoWayToAnswer,
    PlaceKind,
    ReportExists,
    Urgency,
    reference,
    title_from,
)
from loket.reports.rules.routing import Routed, routed
from loket.reports.rules.terms import answer_due, receipt_due
from loket.reports.tables import ReportYearRow
from loket.reports.usecases.ledger import ENTRY, change, tell
from loket.reports.usecases.locating import Locate, Located
from loket.reports.usecases.notices import alert_team, confirm_receipt, forward
from loket.staff.rules import Permission
from loket.store.work import Work
from loket.visits.messages import ActKind
from loket.visits.usecases import note_act, open_visit
from loket.wire.contact import is_mobile

_YEAR = ReportYearRow.metadata.tables["report_year"]
_MILLION: Final = 1_000_000
_SAID: Final = select(ENTRY.c.text).order_by(ENTRY.c.seq)


@dataclass(frozen=True)
class Taken:
    """A report that was taken down or joined, until it is committed."""

    row: Any
    reporter: Any
    visit_id: str | None
    alerted: bool


def _next_number(dialect: str) -> Any:
    upsert = (sqlite if dialect == "sqlite" else postgresql).insert(_YEAR)
    return upsert.on_conflict_do_update(
        index_elements=["year"], set_={"last_number": _YEAR.c.last_number + 1}
    ).returning(_YEAR.c.last_number)


_NEXT_NUMBER: Final = {name: _next_number(name) for name in ("sqlite", "postgresql")}


def register_report(
    work: Work, offer: Offer, locate: Locate, command: RegisterReport
) -> Registered:
    """Take a report down: numbered, dated, sent to whose it is, confirmed to who made it."""
    work.allow(Permission.TAKE_REPORT)
    return _commit(work, take_down(work, offer, locate, command))


def take_down(work: Work, offer: Offer, locate: Locate, command: RegisterReport) -> Taken:
    """The same as part of another act; does not commit."""
    if not command.text:
        raise NothingSaid
    check_ways(command.reporter)
    category = open_category(work.connection, command.category_id, work.now)
    located = locate(work.connection, command.place)
    goal = routed(
        read_rules(work.connection),
        kind=command.kind,
        category_id=command.category_id,
        quarter=located.quarter,
        usual=usual_goal(category),
    )
    visit_id = open_visit(work, offer, command.visit).id if command.visit else None
    row = _insert(work, _values(work, command, category, located, goal, visit_id))
    reporter = _add_reporter(work, row, command.reporter, visit_id, place=1, ident=new_id())
    tell(work, offer, row, ReportAct.REGISTER, reporter_id=reporter.id, channel=command.channel)
    row = _routed_on(work, offer, row, goal)
    row = _confirmed(work, offer, row, reporter, on_paper=command.on_paper)
    alerted = command.urgency is Urgency.DANGEROUS and alert_team(work, offer, row, category)
    reindex(work, row)
    if visit_id is not None:
        _note_in_visit(work, offer, visit_id, row, ActKind.REPORT_REGISTERED)
    return Taken(row, reporter, visit_id, alerted=alerted)


def join_report(work: Work, offer: Offer, report_id: str, command: JoinReport) -> Registered:
    """One more citizen with what is known already: told of everything, by their own way."""
    work.allow(Permission.TAKE_REPORT)
    check_ways(command.reporter)
    row = held_report(work.connection, report_id)
    visit_id = open_visit(work, offer, command.visit).id if command.visit else None
    last = max(one.place for one in reporters_of(work.connection, report_id))
    reporter = _add_reporter(
        work,
        row,
        command.reporter,
        visit_id,
        place=last + 1,
        ident=command.id,
        said=command.said,
    )
    row = change(work, row)
    tell(
        work,
        offer,
        row,
        ReportAct.JOIN,
        text=command.said,
        reporter_id=reporter.id,
        channel=command.channel,
    )
    _confirmed(work, offer, row, reporter, on_paper=command.on_paper)
    reindex(work, row)
    if visit_id is not None:
        _note_in_visit(work, offer, visit_id, row, ActKind.REPORT_JOINED)
    row = held_report(work.connection, row.id)
    return _commit(work, Taken(row, reporter, visit_id, alerted=False))


def check_ways(reporter: ReporterDetails) -> None:
    """Refuse a way of answering that has no address; who is anonymous gets no answer."""
    if is_anonymous(reporter):
        return
    check_way(reporter, reporter.answer_by)


def check_way(person: Any, way: AnswerBy) -> None:
    """Refuse a way of which somebody gave no address or number."""
    given = {
        AnswerBy.MAIL: person.email,
        AnswerBy.SMS: person.phone and is_mobile(person.phone),
        AnswerBy.PHONE: person.phone,
        AnswerBy.LETTER: person.address,
    }
    if not given[way]:
        raise NoWayToAnswer(way=way)


def is_anonymous(reporter: ReporterDetails) -> bool:
    """Nothing is known of who says it."""
    return not (reporter.name or reporter.email or reporter.phone or reporter.address)


def reindex(work: Work, row: Any) -> None:
    """Keep everything that was said findable, and by whom."""
    said = work.connection.scalars(_SAID.where(ENTRY.c.report_id == row.id))
    people = reporters_of(work.connection, row.id)
    names = [f"{one.name} {one.on_behalf_of}" for one in people]
    texts = [row.reference, row.title, row.text, row.address, *names, *said]
    index_report(work.connection, row.serial, texts)


def _values(
    work: Work,
    command: RegisterReport,
    category: Any,
    located: Located,
    goal: Routed | None,
    visit_id: str | None,
) -> dict[str, Any]:
    place = command.place
    day = local_day(work.now)
    regulation = read_regulation(work.connection, command.kind, work.now)
    number = _number(work)
    return {
        "id": command.id,
        **number,
        "code": new_code(CODE_KIND),
        "site_id": work.actor.site_id,
        "kind": str(command.kind),
        "title": title_from(command.text, category.name if category else "", place.address),
        "text": command.text,
        "category_id": command.category_id,
        "suggested": command.suggested,
        "place_kind": str(place.kind),
        "address": place.address if place.kind is not PlaceKind.NONE else "",
        "street_id": place.street_id,
        "lat": place.lat,
        "lon": place.lon,
        "quarter": located.quarter,
        "outside": located.outside,
        "urgency": str(command.urgency),
        "audience": str(command.audience),
        "channel": str(command.channel),
        "language": str(command.reporter.language),
        "visit_id": visit_id,
        "counter_id": work.actor.counter_id,
        "user_id": work.actor.user_id,
        "registered_at": work.now,
        "recorded_at": work.recorded_at,
        "state": str(ReportState.NEW),
        "department_id": None,
        "party_id": None,
        "handler_id": None,
        "routed_by": goal.rule_id if goal else None,
        "receipt_due": receipt_due(regulation, day, holiday_name).due,
        "answer_due": answer_due(regulation, day, holiday_name, today=day).due,
        "reaction_due": None,
        "confirmed_at": None,
        "pauses": [],
        "extended_at": None,
        "answered_at": None,
        "resolved_at": None,
        "closed_at": None,
        "returns": 0,
        "inadmissible": "",
        "founded": "",
        "solved": "",
        "linked_id": None,
        "version": 1,
    }


def _number(work: Work) -> dict[str, Any]:
    year = local(work.now).year
    statement = _NEXT_NUMBER[work.connection.dialect.name]
    number = work.connection.execute(statement, {"year": year, "last_number": 1}).scalar_one()
    return {"serial": year * _MILLION + number, "reference": reference(year, number)}


def _insert(work: Work, values: dict[str, Any]) -> Any:
    try:
        return work.connection.execute(insert(REPORT).returning(REPORT), values).one()
    except IntegrityError as error:
        raise ReportExists(report=values["id"]) from error


def _add_reporter(  # noqa: PLR0913 - one row
    work: Work,
    row: Any,
    details: ReporterDetails,
    visit_id: str | None,
    *,
    place: int,
    ident: str,
    said: str = "",
) -> Any:
    values = {
        "id": ident,
        "report_id": row.id,
        "place": place,
        "anonymous": is_anonymous(details),
        "name": details.name,
        "name_key": folded(details.name)[:80],
        "on_behalf_of": details.on_behalf_of,
        "phone": details.phone or "",
        "email": details.email or "",
        "address": details.address,
        "answer_by": str(details.answer_by),
        "language": str(details.language),
        "visit_id": visit_id,
        "joined_at": work.now,
        "said": said,
    }
    try:
        return work.connection.execute(insert(REPORTER).returning(REPORTER), values).one()
    except IntegrityError as error:
        raise ReportExists(report=ident) from error


def _routed_on(work: Work, offer: Offer, row: Any, goal: Routed | None) -> Any:
    """To whose it is, by rule or category; without either the coordinator decides."""
    if goal is None:
        return row
    party_id = goal.goal.party_id
    party = open_party(work.connection, party_id) if party_id is not None else None
    row = change(
        work,
        row,
        state=str(ReportState.ASSIGNED),
        department_id=goal.goal.department_id,
        party_id=party_id,
    )
    tell(
        work,
        offer,
        row,
        ReportAct.ASSIGN,
        department=goal.goal.department_id,
        party=party_id,
        rule=goal.rule_id or "category",
        sent=str(row.version) if party is not None else None,
    )
    if party is not None:
        forward(work, offer, row, party)
    return row


def _confirmed(work: Work, offer: Offer, row: Any, reporter: Any, *, on_paper: bool) -> Any:
    """Confirm that it was received, by mail or text message, and by the paper in their hand."""
    channel = confirm_receipt(work, offer, row, reporter)
    if channel is None and not on_paper:
        return row
    if row.confirmed_at is None:
        row = change(work, row, confirmed_at=work.now)
    tell(
        work,
        offer,
        row,
        ReportAct.CONFIRM,
        reporter_id=reporter.id,
        channel=channel or "",
        paper="yes" if on_paper else None,
    )
    return row


def _note_in_visit(work: Work, offer: Offer, visit_id: str, row: Any, kind: ActKind) -> None:
    secret = row.department_id in offer.confidential_departments
    note_act(
        work,
        offer,
        visit_id,
        {
            "id": new_id(),
            "kind": str(kind),
            "ticket_id": None,
            "product_id": None,
            "text": "" if secret else row.title[:80],
            "about_id": row.id,
            "reference": row.reference,
            "at": begin_of(row.answer_due),
        },
    )


def registered(work: Work, taken: Taken) -> Registered:
    """What the desk hears of it."""
    # Who takes a report down has it before them, whatever department it goes to.
    return Registered(
        report=report_of(taken.row, Sight(frozenset(), work.actor.counter_id)),
        reporter=reporter_of(taken.reporter),
        visit_id=taken.visit_id,
        alerted=taken.alerted,
    )


def _commit(work: Work, taken: Taken) -> Registered:
    return work.commit(registered(work, taken))
