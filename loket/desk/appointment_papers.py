"""What stands on the confirmation of an appointment and on the list of a day."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from loket.appointments.messages import Appointment
from loket.appointments.rules.life import AppointmentState
from loket.catalogue.messages import Catalogue, Product
from loket.desk.papers import desk_name, item_of, offered, site_of
from loket.kit.i18n import Words, words
from loket.paper.facts import AppointmentFacts, DayGroup, DayLine, DayListFacts
from loket.wire.contact import number_shown


def confirmation_facts(
    appointment: Appointment, catalogue: Catalogue, *, counter_id: str, now: datetime
) -> AppointmentFacts:
    """What the visitor takes home."""
    products = _products(appointment, catalogue)
    site = site_of(catalogue, appointment.site_id)
    fees = [product.fee_cents for product in products if product.fee_cents is not None]
    return AppointmentFacts(
        town=catalogue.town.name,
        place=", ".join(part for part in (site.name, site.address) if part),
        phone=catalogue.town.phone,
        desk=desk_name(catalogue, counter_id),
        language=offered(appointment.language, catalogue),
        reference=appointment.reference,
        code=appointment.code,
        starts_at=appointment.starts_at,
        minutes=appointment.minutes,
        persons=appointment.persons,
        products=tuple(product.name for product in products),
        bring=tuple(dict.fromkeys(thing for product in products for thing in product.bring)),
        fee_cents=sum(fees) if fees else None,
        printed_at=now,
    )


def day_list_facts(
    appointments: Sequence[Appointment],
    catalogue: Catalogue,
    *,
    site_id: str,
    day: date,
    now: datetime,
) -> DayListFacts:
    """Everybody of the day, by queue; for the staff, so in Dutch."""
    say = words("nl")
    groups = [
        DayGroup(queue.name, _where(catalogue, queue.id), tuple(_lines(of_queue, catalogue, say)))
        for queue in catalogue.queues
        if (of_queue := [one for one in appointments if one.queue_id == queue.id])
    ]
    return DayListFacts(
        town=catalogue.town.name,
        site=site_of(catalogue, site_id).name,
        day=day,
        groups=tuple(groups),
        printed_at=now,
    )


def _lines(
    appointments: Iterable[Appointment], catalogue: Catalogue, say: Words
) -> Iterable[DayLine]:
    states = {
        AppointmentState.ARRIVED: say("here"),
        AppointmentState.NO_SHOW: say("did not come"),
    }
    for one in appointments:
        products = _products(one, catalogue)
        yield DayLine(
            time=say.time(one.starts_at),
            minutes=one.minutes,
            persons=one.persons,
            name=one.name,
            product=" + ".join(product.name for product in products) or say("Other service"),
            phone=number_shown(one.phone) if one.phone else "",
            reference=one.reference,
            note=one.note,
            state=states.get(one.state, ""),
        )


def _products(appointment: Appointment, catalogue: Catalogue) -> list[Product]:
    asked = (item_of(catalogue.products, product_id) for product_id in appointment.product_ids)
    return [product for product in asked if product is not None]


def _where(catalogue: Catalogue, queue_id: str) -> str:
    """The counters that serve a queue first of all."""
    names = [counter.name for counter in catalogue.counters if queue_id in counter.first_choice]
    return ", ".join(names)
