"""The catalogue on the wire: one answer carries all a desk needs, so that it can go on alone."""

from enum import StrEnum

from loket.catalogue.rules import VisitorClass
from loket.wire.base import Moment, Versioned, WireOut


class Access(StrEnum):
    """How a product is had."""

    WALK_IN = "walk_in"
    APPOINTMENT = "appointment"
    BOTH = "both"


class DeskKind(StrEnum):
    """What a desk is for; only counters call tickets."""

    WELCOME = "welcome"
    COUNTER = "counter"
    QUICK = "quick"
    OFFICE = "office"


class Town(WireOut):
    name: str
    phone: str
    email: str
    phone_hours: str
    privacy_email: str
    public_address: str
    """Where citizens follow their visit, such as ``https://heidebeek.example``; empty: nowhere."""
    slip_languages: list[str]
    """Languages besides Dutch that a slip or page may offer."""


class Site(WireOut):
    id: str
    code: str
    name: str
    address: str
    hours: str
    """Opening hours in one line for paper, such as ``ma tot 18 uur, vr tot 12 uur``."""


class Department(WireOut):
    id: str
    code: str
    name: str
    confidential: bool


class Service(WireOut):
    id: str
    department_id: str
    name: str


class QueueClass(WireOut):
    """How a class of visitors waits in a queue."""

    visitor_class: VisitorClass
    rate: int
    """Points a minute: who has most is next."""
    limit_minutes: int
    """Who waited longer comes before everybody who did not."""


class Queue(WireOut):
    id: str
    site_id: str
    code: str
    name: str
    icon: str
    walk_in_prefix: str
    appointment_prefix: str
    norm_minutes: int
    """Waiting norm: longer is late."""
    target_percent: int
    """So many of a hundred should be called within the norm."""
    classes: list[QueueClass]
    """One of each class."""
    service_ids: list[str]


class Counter(WireOut):
    """A desk of the town. Its code is what ``--desk`` takes."""

    id: str
    site_id: str
    code: str
    name: str
    kind: DeskKind
    first_choice: list[str]
    second_choice: list[str]
    """Ids of the queues it serves."""


class Link(WireOut):
    title: str
    address: str


class Product(WireOut):
    id: str
    code: str
    name: str
    short_name: str
    synonyms: list[str]
    service_id: str
    access: Access
    usual_minutes: int
    mean_service_seconds: int
    """Measured over thirteen weeks; the usual duration where nothing was measured."""
    asked: int
    """How often it was served in those weeks: what is asked most is found first."""
    bring: list[str]
    fee_cents: int | None
    clerk_text: str
    links: list[Link]
    icon: str


class QuickProduct(WireOut):
    """A place on the quick keys of a site, 1 to 9; fixed for the day."""

    site_id: str
    place: int
    product_id: str


class PriorityReason(WireOut):
    code: str
    name: str
    icon: str


class Catalogue(Versioned):
    """All the town offers; ``version`` changes whenever anything in it does."""

    made_at: Moment
    town: Town
    sites: list[Site]
    departments: list[Department]
    services: list[Service]
    queues: list[Queue]
    counters: list[Counter]
    products: list[Product]
    quick_products: list[QuickProduct]
    priority_reasons: list[PriorityReason]


class CatalogueChanged(WireOut):
    """Event ``catalogue_changed``: desks ask for the new one."""

    version: int
