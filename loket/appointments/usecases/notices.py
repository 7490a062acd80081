"""What a citizen is told of an appointment: posted in the transaction of the act itself."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import bindparam, select

from loket.appointments.messages import ConfirmBy, Misfit
from loket.appointments.queries.appointments import APPOINTMENT
from loket.appointments.rules.life import AppointmentAct
from loket.catalogue.messages import Product, Site
from loket.catalogue.offer import Offer
from loket.channels.calendar import CalendarItem
from loket.correspondence.rules import Facts, MessageChannel, MessageKind
from loket.correspondence.usecases.posting import Post, post, withdraw
from loket.kit.clock import local, local_day
from loket.store.work import Work
from loket.wire.contact import is_mobile

_ONE: Final = select(APPOINTMENT).where(APPOINTMENT.c.id == bindparam("appointment"))
_KINDS: Final = {
    AppointmentAct.BOOK: MessageKind.APPOINTMENT_BOOKED,
    AppointmentAct.MOVE: MessageKind.APPOINTMENT_MOVED,
    AppointmentAct.CANCEL: MessageKind.APPOINTMENT_CANCELLED,
}
_OVERTAKEN: Final = frozenset(
    {
        MessageKind.APPOINTMENT_BOOKED,
        MessageKind.APPOINTMENT_MOVED,
        MessageKind.APPOINTMENT_REMINDER,
        MessageKind.APPOINTMENT_MISFIT,
    }
)
"""What is no longer true once it moves or is cancelled; what was not sent yet never is."""
_REMIND_AT = time(10)
"""On the day before."""
_SOON = timedelta(hours=20)
"""Who booked so shortly before needs no reminder."""


def tell_citizen(
    work: Work, offer: Offer, row: Any, act: AppointmentAct, *, before: datetime | None = None
) -> None:
    """Confirm by the ways that were asked for, and remind on the day before. Does not commit."""
    withdraw(work, row.id, _OVERTAKEN)
    for channel, recipient in _ways(row):
        told = _post(work, offer, row, _KINDS[act], channel, recipient, before)
        post(work, offer.catalogue.town, told)
    if act is not AppointmentAct.CANCEL:
        remind(work, offer, row)


def remind(work: Work, offer: Offer, row: Any) -> None:
    """A text message on the day before, or a mail to who has no mobile number."""
    due = reminder_at(row.starts_at)
    to = _reached(row)
    if not row.remind or to is None or row.starts_at - work.now < _SOON or due <= work.now:
        return
    told = _post(work, offer, row, MessageKind.APPOINTMENT_REMINDER, *to, None, due_at=due)
    post(work, offer.catalogue.town, told)


def offer_to_citizen(
    work: Work, offer: Offer, wish: Any, site_id: str, moment: datetime, until: datetime
) -> None:
    """An earlier moment is kept for somebody on the waiting list: they are asked to call."""
    product = offer.product(wish.product_id)
    facts = Facts(
        name=wish.name,
        starts_at=moment,
        place=_place(offer.find_site(site_id)),
        products=(product.name,),
        bring=tuple(product.bring),
        fee_cents=product.fee_cents,
        answer_by=until,
    )
    to = _reached(wish)
    if to is not None:
        told = Post(
            kind=MessageKind.WISH_OFFERED,
            channel=to[0],
            subject_id=wish.id,
            recipient=to[1],
            site_id=site_id,
            facts=facts,
            sequence=wish.offers + 1,
            language=wish.language,
            product_id=wish.product_id,
            until_at=until,
        )
        post(work, offer.catalogue.town, told)


def write_to_misfit(work: Work, offer: Offer, misfit: Misfit) -> bool:
    """Ask somebody to choose another moment; tells whether there was a way to reach them.

    Once for each moment: it is not asked again until the appointment has moved.
    """
    asked = {"appointment": misfit.appointment.id}
    row = work.connection.execute(_ONE, asked).one()
    mail = (MessageChannel.MAIL, row.email) if row.email else None
    to = mail or ((MessageChannel.SMS, row.phone) if is_mobile(row.phone) else None)
    if to is None:
        return False
    told = _post(work, offer, row, MessageKind.APPOINTMENT_MISFIT, *to, None)
    return post(work, offer.catalogue.town, replace(told, calendar=None)) is not None


def forget_reminder(work: Work, appointment_id: str) -> None:
    """Not for who is there already, or reached in another way from now on."""
    withdraw(work, appointment_id, frozenset({MessageKind.APPOINTMENT_REMINDER}))


def reminder_at(starts_at: datetime) -> datetime:
    """Ten o'clock on a Belgian wall clock, the day before."""
    day = local_day(starts_at) - timedelta(days=1)
    return datetime.combine(day, _REMIND_AT, tzinfo=local(starts_at).tzinfo)


def calendar_item(offer: Offer, row: Any, stamped_at: datetime) -> CalendarItem:
    """The appointment as a calendar shows it to the citizen."""
    town, site = offer.catalogue.town, offer.find_site(row.site_id)
    products = _products(offer, row)
    return CalendarItem(
        uid=f"{row.id}@loket",
        sequence=row.sequence,
        starts_at=row.starts_at,
        ends_at=row.starts_at + timedelta(minutes=row.minutes),
        summary=", ".join([*(product.name for product in products), town.name]),
        stamped_at=stamped_at,
        location=_place(site),
        description=f"{row.reference}\n{'; '.join(_bring(products))}".strip(),
        organizer_name=town.name,
        organizer_mail=town.email,
        attendee_name=row.name,
        attendee_mail=row.email,
        cancelled=row.state == "cancelled",
    )


def _ways(row: Any) -> Iterator[tuple[MessageChannel, str]]:
    if ConfirmBy.MAIL in row.confirm and row.email:
        yield MessageChannel.MAIL, row.email
    if ConfirmBy.SMS in row.confirm and row.phone:
        yield MessageChannel.SMS, row.phone


def _reached(row: Any) -> tuple[MessageChannel, str] | None:
    """By text message, or by mail who has no mobile number."""
    if row.phone and is_mobile(row.phone):
        return MessageChannel.SMS, row.phone
    return (MessageChannel.MAIL, row.email) if row.email else None


def _post(  # noqa: PLR0913, PLR0917 - one message
    work: Work,
    offer: Offer,
    row: Any,
    kind: MessageKind,
    channel: MessageChannel,
    recipient: str,
    before: datetime | None,
    due_at: datetime | None = None,
) -> Post:
    is_reminder = kind is MessageKind.APPOINTMENT_REMINDER
    return Post(
        kind=kind,
        channel=channel,
        subject_id=row.id,
        recipient=recipient,
        site_id=row.site_id,
        facts=facts_of(offer, row, before),
        sequence=row.version,
        language=row.language,
        product_id=row.product_id,
        due_at=due_at,
        until_at=row.starts_at if is_reminder else None,
        calendar=None if is_reminder else calendar_item(offer, row, work.now),
    )


def facts_of(offer: Offer, row: Any, before: datetime | None = None) -> Facts:
    """What a message about an appointment may say."""
    products = _products(offer, row)
    fees = [product.fee_cents for product in products if product.fee_cents is not None]
    return Facts(
        name=row.name,
        starts_at=row.starts_at,
        earlier_at=before if before != row.starts_at else None,
        place=_place(offer.find_site(row.site_id)),
        products=tuple(product.name for product in products),
        reference=row.reference,
        bring=_bring(products),
        fee_cents=sum(fees) if fees else None,
    )


def _products(offer: Offer, row: Any) -> list[Product]:
    """What it is for, as far as that is still in the catalogue."""
    found = (offer.find_product(product) for product in (row.product_id, *row.more_products))
    return [product for product in found if product is not None]


def _bring(products: Sequence[Product]) -> tuple[str, ...]:
    """Each thing once."""
    return tuple(dict.fromkeys(thing for product in products for thing in product.bring))


def _place(site: Site | None) -> str:
    return ", ".join(part for part in (site.name, site.address) if part) if site else ""
