"""The waiting list."""

from datetime import date

from pydantic import Field

from loket.appointments.messages.booking import Contact, Wanted
from loket.appointments.rules.life import PartOfDay, WishKind, WishState
from loket.kit.ids import new_id
from loket.visits.messages import Language
from loket.wire.base import Day, Id, Moment, WireIn, WireOut


class AddWish(Wanted):
    """Somebody who waits for a moment; or a request, when a desk was without its server."""

    id: Id = Field(default_factory=new_id)
    kind: WishKind = WishKind.WAITING
    site_id: Id | None = None
    first_day: Day
    last_day: Day
    part: PartOfDay = PartOfDay.ANY
    contact: Contact
    visit_id: Id | None = None


class WithdrawWish(WireIn):
    """They no longer wait."""


class Wish(WireOut):
    id: str
    kind: WishKind
    state: WishState
    product_id: str
    site_id: str | None
    persons: int
    first_day: date
    last_day: date
    part: PartOfDay
    name: str
    phone: str
    email: str
    language: Language
    note: str
    made_at: Moment
    offered_at: Moment | None
    offered_site_id: str | None
    offer_until: Moment | None
    hold_id: str | None
    appointment_id: str | None


class Wishes(WireOut):
    wishes: list[Wish]


class WishChanged(WireOut):
    """Event ``wish_changed``."""

    wish_id: str
    state: WishState
