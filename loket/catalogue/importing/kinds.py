"""What can be imported: the kinds of record, their fields, keys and references."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from loket.catalogue.importing import cells

Record: TypeAlias = Mapping[str, Any]
"""One line, by field; what a field reads to stands in :data:`KINDS`."""
Key: TypeAlias = tuple[Any, ...]
Records: TypeAlias = Mapping[str, Mapping[Key, Record]]
"""A whole catalogue: per kind its records by key, in the order of the file."""

USUAL_TARGET = 85
"""Of a hundred visitors so many should be called within the norm, where the town says nothing."""
ALWAYS = date(2000, 1, 1)
"""Hours that hold from no day in particular, hold from here."""


@dataclass(frozen=True)
class Field:
    """A field of a record; what is empty reads as ``empty``, unless it is required."""

    name: str
    read: cells.Reader
    required: bool = True
    empty: Any = None


@dataclass(frozen=True)
class Kind:
    """A kind of record: its file's name in the mapping, and what makes two lines the same."""

    name: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    refers: Mapping[str, str] = field(default_factory=dict)
    """Which field holds the code, or codes, of which other kind."""
    unique: tuple[str, ...] = ()
    """Fields that no two records may share, besides the key."""

    def key_of(self, record: Record) -> Key:
        return tuple(record[name] for name in self.key)


def _optional(name: str, read: cells.Reader, empty: Any = None) -> Field:
    return Field(name, read, required=False, empty=empty)


_CODE = Field("code", cells.code)
_NAME = Field("name", cells.text(80))
_ICON = Field("icon", cells.text(30))
_SITE = Field("site", cells.code)

TOWN = Kind(
    "town",
    (),
    (
        _NAME,
        Field("phone", cells.text(80)),
        Field("email", cells.text(80)),
        _optional("phone_hours", cells.text(80), ""),
        Field("privacy_email", cells.text(80)),
        _optional("public_address", cells.text(200), ""),
        _optional("slip_languages", cells.listed(2), ()),
    ),
)
SITES = Kind(
    "sites",
    ("code",),
    (_CODE, _NAME, Field("address", cells.text(80)), _optional("hours", cells.text(80), "")),
    unique=("name",),
)
DEPARTMENTS = Kind(
    "departments",
    ("code",),
    (_CODE, _NAME, _optional("confidential", cells.yes_or_no, empty=False)),
    unique=("name",),
)
QUEUES = Kind(
    "queues",
    ("code",),
    (
        _CODE,
        _NAME,
        _SITE,
        _ICON,
        Field("walk_in_prefix", cells.prefix),
        Field("appointment_prefix", cells.prefix),
        Field("norm_minutes", cells.whole(1, 240)),
        _optional("target_percent", cells.whole(1, 100), USUAL_TARGET),
    ),
    refers={"site": "sites"},
)
QUEUE_CLASSES = Kind(
    "queue_classes",
    ("queue", "visitor_class"),
    (
        Field("queue", cells.code),
        Field("visitor_class", cells.choice("appointment", "priority", "walk_in")),
        Field("rate", cells.whole(1, 100)),
        Field("limit_minutes", cells.whole(1, 480)),
    ),
    refers={"queue": "queues"},
)
SERVICES = Kind(
    "services",
    ("code",),
    (_CODE, _NAME, Field("department", cells.code), _optional("queues", cells.code_set, ())),
    refers={"department": "departments", "queues": "queues"},
)
COUNTERS = Kind(
    "counters",
    ("code",),
    (
        _CODE,
        _NAME,
        _SITE,
        Field("kind", cells.choice("welcome", "counter", "quick", "office")),
        _optional("first_choice", cells.codes, ()),
        _optional("second_choice", cells.codes, ()),
    ),
    refers={"site": "sites", "first_choice": "queues", "second_choice": "queues"},
)
OPENING_HOURS = Kind(
    "opening_hours",
    ("site", "queue", "weekday", "opens", "valid_from"),
    (
        _SITE,
        _optional("queue", cells.code),
        Field("weekday", cells.weekday),
        Field("opens", cells.clock_time),
        Field("closes", cells.clock_time),
        _optional("valid_from", cells.day, ALWAYS),
        _optional("valid_to", cells.day),
    ),
    refers={"site": "sites", "queue": "queues"},
)
EXCEPTIONS = Kind(
    "exceptions",
    ("site", "queue", "day", "opens"),
    (
        _optional("site", cells.code),
        _optional("queue", cells.code),
        Field("day", cells.day),
        _NAME,
        _optional("opens", cells.clock_time),
        _optional("closes", cells.clock_time),
    ),
    refers={"site": "sites", "queue": "queues"},
)
PRODUCTS = Kind(
    "products",
    ("code",),
    (
        _CODE,
        _NAME,
        Field("short_name", cells.text(14)),
        _optional("synonyms", cells.listed(60), ()),
        Field("service", cells.code),
        Field("access", cells.choice("walk_in", "appointment", "both")),
        Field("usual_minutes", cells.whole(1, 480)),
        _optional("bring", cells.listed(80), ()),
        _optional("fee_cents", cells.amount),
        _optional("clerk_text", cells.text(2000), ""),
        _optional("links", cells.links, ()),
        _ICON,
    ),
    refers={"service": "services"},
    unique=("name",),
)
QUICK_PRODUCTS = Kind(
    "quick_products",
    ("site", "place"),
    (_SITE, Field("place", cells.whole(1, 9)), Field("product", cells.code)),
    refers={"site": "sites", "product": "products"},
)
PRIORITY_REASONS = Kind(
    "priority_reasons", ("code",), (Field("code", cells.text(20)), _NAME, _ICON)
)

KINDS = (
    TOWN,
    SITES,
    DEPARTMENTS,
    QUEUES,
    QUEUE_CLASSES,
    SERVICES,
    COUNTERS,
    OPENING_HOURS,
    EXCEPTIONS,
    PRODUCTS,
    QUICK_PRODUCTS,
    PRIORITY_REASONS,
)
"""In an order in which each refers only to those before it."""
