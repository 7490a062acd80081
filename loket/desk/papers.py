"""What stands on a slip and on a receipt, gathered from messages and the catalogue."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeVar

from loket.catalogue.citizens import languages_of
from loket.catalogue.messages import Catalogue, Product, Site
from loket.paper.facts import (
    AppointmentFacts,
    DayListFacts,
    LetterFacts,
    ReceiptFacts,
    ReceiptLine,
    ReplyLetterFacts,
    SlipFacts,
    YearFacts,
)
from loket.queue.messages import IssuedTicket
from loket.visits.messages import Act, Receipt

V = TypeVar("V")


class Paper(Protocol):
    """Turns what a paper says into a PDF."""

    def prepare(self) -> None:
        """Load what the first paper would have to wait for."""

    def slip(self, facts: SlipFacts) -> bytes: ...

    def receipt(self, facts: ReceiptFacts) -> bytes: ...

    def letters(self, letters: Sequence[LetterFacts]) -> bytes: ...

    def report_letters(self, letters: Sequence[ReplyLetterFacts]) -> bytes: ...

    def appointment(self, facts: AppointmentFacts) -> bytes: ...

    def day_list(self, facts: DayListFacts) -> bytes: ...

    def year(self, facts: YearFacts) -> bytes: ...


def slip_facts(issued: IssuedTicket, catalogue: Catalogue, *, counter_id: str) -> SlipFacts:
    """What the slip of a ticket says."""
    ticket = issued.ticket
    asked = (item_of(catalogue.products, product_id) for product_id in ticket.product_ids)
    products = [product for product in asked if product is not None]
    fees = [product.fee_cents for product in products if product.fee_cents is not None]
    return SlipFacts(
        town=catalogue.town.name,
        site=site_of(catalogue, ticket.site_id).name,
        desk=desk_name(catalogue, counter_id),
        language=offered(ticket.language, catalogue),
        number=ticket.number,
        code=ticket.code,
        product=" + ".join(product.name for product in products),
        wait=(issued.wait.low, issued.wait.high) if issued.wait else None,
        ahead=issued.ahead,
        bring=tuple(dict.fromkeys(thing for product in products for thing in product.bring)),
        fee_cents=sum(fees) if fees else None,
        issued_at=ticket.issued_at,
        page_address=issued.page_address,
        appointment_at=ticket.appointment_at,
    )


def receipt_facts(
    receipt: Receipt,
    catalogue: Catalogue,
    *,
    counter_id: str,
    ticket_numbers: Mapping[str, str],
) -> ReceiptFacts:
    """What a receipt says; ``ticket_numbers`` by ticket id, as far as this desk knows them."""
    visit, town = receipt.visit, catalogue.town
    site = site_of(catalogue, visit.site_id)
    told = _confidentiality(catalogue, counter_id)
    return ReceiptFacts(
        number=receipt.number,
        issued_at=receipt.issued_at,
        issued_by=receipt.issued_by,
        desk=desk_name(catalogue, counter_id),
        language=offered(visit.language, catalogue),
        visitor_name=visit.visitor_name,
        priority=_priority(catalogue, visit.priority),
        started_at=visit.started_at,
        ended_at=visit.ended_at,
        lines=tuple(
            _line(act, catalogue, told, ticket_numbers) for act in visit.acts if not act.undone
        ),
        follow_up_code=visit.follow_up_code,
        town=town.name,
        site=site.name,
        site_address=site.address,
        site_hours=site.hours,
        phone=town.phone,
        phone_hours=town.phone_hours,
        email=town.email,
        privacy_email=town.privacy_email,
        public_address=town.public_address,
    )


def offered(language: str, catalogue: Catalogue) -> str:
    """Papers speak the languages that the town offers; otherwise Dutch alone."""
    return language if language in languages_of(catalogue.town) else "nl"


def desk_name(catalogue: Catalogue, counter_id: str) -> str:
    desk = item_of(catalogue.counters, counter_id)
    return desk.name if desk else ""


def _line(
    act: Act, catalogue: Catalogue, told: Callable[[Product], bool], numbers: Mapping[str, str]
) -> ReceiptLine:
    product = item_of(catalogue.products, act.product_id or "")
    silent = product is not None and not told(product)
    shown = None if silent else product
    return ReceiptLine(
        kind=act.kind,
        product=shown.name if shown else "",
        confidential=silent,
        ticket=numbers.get(act.ticket_id or "", ""),
        text="" if silent else act.text,
        bring=tuple(shown.bring) if shown else (),
        at=act.occurred_at,
        reference="" if silent else act.reference,
        moment=None if silent else act.at,
    )


def _confidentiality(catalogue: Catalogue, counter_id: str) -> Callable[[Product], bool]:
    """Whether this desk may print what a product is: not another's confidential department."""
    services = {service.id: service.department_id for service in catalogue.services}
    secret = {part.id for part in catalogue.departments if part.confidential}
    desk = item_of(catalogue.counters, counter_id)
    queues = {*desk.first_choice, *desk.second_choice} if desk else set()
    own = {
        service_id
        for queue in catalogue.queues
        if queue.id in queues
        for service_id in queue.service_ids
    }

    def told(product: Product) -> bool:
        return product.service_id in own or services.get(product.service_id) not in secret

    return told


def _priority(catalogue: Catalogue, code: str) -> str:
    names = {reason.code: reason.name for reason in catalogue.priority_reasons}
    return names.get(code, code)


def site_of(catalogue: Catalogue, site_id: str) -> Site:
    found = item_of(catalogue.sites, site_id)
    if found is None:
        return Site(id=site_id, code="", name="", address="", hours="")
    return found


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


I = TypeVar("I", bound=_Identified)  # noqa: E741 - an item with an id


def item_of(items: list[I], wanted: str) -> I | None:
    return next((item for item in items if item.id == wanted), None)
