"""Reading the catalogue: whole for a desk, as records for an import, as hours for the queue."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from loket.catalogue import identity
from loket.catalogue.hours import HoursException, Timetable, WeeklyHours
from loket.catalogue.measured import Measured
from loket.catalogue.messages import (
    Access,
    Catalogue,
    Counter,
    Department,
    DeskKind,
    Link,
    PriorityReason,
    Product,
    Queue,
    QueueClass,
    QuickProduct,
    Service,
    Site,
    Town,
)
from loket.catalogue.rules import ClassRule, VisitorClass, usual_rules
from loket.catalogue.tables import (
    CatalogueVersionRow,
    CounterQueueRow,
    CounterRow,
    DepartmentRow,
    Kept,
    OpeningExceptionRow,
    OpeningHoursRow,
    PriorityReasonRow,
    ProductRow,
    QueueClassRow,
    QueueRow,
    QuickProductRow,
    ServiceAtSiteRow,
    ServiceRow,
    SiteRow,
    TownRow,
)
from loket.kit.errors import NotFound

Standing = TypeVar("Standing", bound=Kept)


class NoCatalogue(NotFound):
    """Nothing was imported yet."""

    code = "catalogue.empty"


def read_version(connection: Connection) -> int:
    """The version of the catalogue; 0 before the first import."""
    return connection.scalar(select(CatalogueVersionRow.version)) or 0


def read_catalogue(
    connection: Connection, measured: Mapping[str, Measured], *, made_at: datetime
) -> Catalogue:
    """All that a desk needs, in one SELECT per table.

    ``measured`` is by product id; elsewhere the usual duration stands.
    """
    with Session(connection) as session:
        return _catalogue(session, str(read_version(connection)), made_at, measured)


def _catalogue(
    session: Session, version: str, made_at: datetime, measured: Mapping[str, Measured]
) -> Catalogue:
    town = session.get(TownRow, 1)
    if town is None:
        raise NoCatalogue
    return Catalogue(
        version=version,
        made_at=made_at,
        town=_town(town),
        sites=[
            Site(id=row.id, code=row.code, name=row.name, address=row.address, hours=row.hours)
            for row in standing(session, SiteRow)
        ],
        departments=[
            Department(id=row.id, code=row.code, name=row.name, confidential=row.confidential)
            for row in standing(session, DepartmentRow)
        ],
        services=[
            Service(id=row.id, department_id=row.department_id, name=row.name)
            for row in standing(session, ServiceRow)
        ],
        queues=_queues(session),
        counters=_counters(session),
        products=[_product(row, measured.get(row.id)) for row in standing(session, ProductRow)],
        quick_products=_quick_products(session),
        priority_reasons=[
            PriorityReason(code=row.code, name=row.name, icon=row.icon)
            for row in session.scalars(
                select(PriorityReasonRow).order_by(PriorityReasonRow.position)
            )
        ],
    )


def read_timetable(connection: Connection) -> Timetable:
    """All opening hours and exceptions."""
    with Session(connection) as session:
        return _timetable(session)


def _timetable(session: Session) -> Timetable:
    weekly = (
        WeeklyHours(
            row.site_id,
            row.queue_id,
            row.weekday,
            row.opens,
            row.closes,
            row.valid_from,
            row.valid_to,
        )
        for row in session.scalars(select(OpeningHoursRow).order_by(OpeningHoursRow.id))
    )
    exceptions = (
        HoursException(row.site_id, row.queue_id, row.day, row.name, row.opens, row.closes)
        for row in session.scalars(select(OpeningExceptionRow).order_by(OpeningExceptionRow.id))
    )
    return Timetable(tuple(weekly), tuple(exceptions))


def standing(session: Session, table: type[Standing]) -> Sequence[Standing]:
    """The rows of a table that are not retired, in the order of the town."""
    return session.scalars(
        select(table).where(table.retired.is_(False)).order_by(table.position)
    ).all()


def _town(row: TownRow) -> Town:
    return Town(
        name=row.name,
        phone=row.phone,
        email=row.email,
        phone_hours=row.phone_hours,
        privacy_email=row.privacy_email,
        public_address=row.public_address,
        slip_languages=row.slip_languages,
    )


def _queues(session: Session) -> list[Queue]:
    services: dict[str, list[str]] = defaultdict(list)
    served = (
        select(ServiceAtSiteRow.queue_id, ServiceAtSiteRow.service_id)
        .join(ServiceRow, ServiceRow.id == ServiceAtSiteRow.service_id)
        .where(ServiceRow.retired.is_(False))
        .order_by(ServiceRow.position)
    )
    for queue_id, service_id in session.execute(served):
        services[queue_id].append(service_id)
    own: dict[str, dict[VisitorClass, ClassRule]] = defaultdict(dict)
    for rule in session.scalars(select(QueueClassRow)):
        its = ClassRule(rule.rate, rule.limit_minutes)
        own[rule.queue_id][VisitorClass(rule.visitor_class)] = its
    return [
        Queue(
            id=row.id,
            site_id=row.site_id,
            code=row.code,
            name=row.name,
            icon=row.icon,
            walk_in_prefix=identity.code_of(row.walk_in_series_id, identity.SERIES),
            appointment_prefix=identity.code_of(row.appointment_series_id, identity.SERIES),
            norm_minutes=row.norm_minutes,
            target_percent=row.target_percent,
            classes=_classes(usual_rules(row.norm_minutes) | own[row.id]),
            service_ids=services[row.id],
        )
        for row in standing(session, QueueRow)
    ]


def _classes(rules: Mapping[VisitorClass, ClassRule]) -> list[QueueClass]:
    return [
        QueueClass(visitor_class=each, rate=rule.rate, limit_minutes=rule.limit_minutes)
        for each, rule in rules.items()
    ]


def _counters(session: Session) -> list[Counter]:
    choices: dict[tuple[str, int], list[str]] = defaultdict(list)
    for chosen in session.scalars(select(CounterQueueRow).order_by(CounterQueueRow.position)):
        choices[chosen.counter_id, chosen.choice].append(chosen.queue_id)
    return [
        Counter(
            id=row.id,
            site_id=row.site_id,
            code=row.code,
            name=row.name,
            kind=DeskKind(row.kind),
            first_choice=choices[row.id, 1],
            second_choice=choices[row.id, 2],
        )
        for row in standing(session, CounterRow)
    ]


def _product(row: ProductRow, measured: Measured | None) -> Product:
    return Product(
        id=row.id,
        code=row.code,
        name=row.name,
        short_name=row.short_name,
        synonyms=row.synonyms,
        service_id=row.service_id,
        access=Access(row.access),
        usual_minutes=row.usual_minutes,
        mean_service_seconds=measured.mean_service_seconds if measured else row.usual_minutes * 60,
        asked=measured.asked if measured else 0,
        bring=row.bring,
        fee_cents=row.fee_cents,
        clerk_text=row.clerk_text,
        links=[Link(title=title, address=address) for title, address in row.links],
        icon=row.icon,
    )


def _quick_products(session: Session) -> list[QuickProduct]:
    ordered = select(QuickProductRow).order_by(QuickProductRow.site_id, QuickProductRow.place)
    return [
        QuickProduct(site_id=row.site_id, place=row.place, product_id=row.product_id)
        for row in session.scalars(ordered)
    ]
