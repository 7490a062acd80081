"""What a map is made of, as the file says it and as the database has it: equal when the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import NamedTuple, TypeAlias

from loket.geography.rules.whereabouts import AreaKind
from loket.kit.text import folded

Flats: TypeAlias = tuple[tuple[int, ...], ...]
STREETS, ADDRESSES = "street", "address"


class StreetKey(NamedTuple):
    """What makes two streets the same."""

    folded: str
    postal_code: str
    municipality: str

    @classmethod
    def of(cls, name: str, postal_code: str, municipality: str) -> "StreetKey":
        return cls(folded(name), postal_code, municipality)

    @property
    def street_id(self) -> str:
        """The same street has the same id in every import, on every server."""
        digest = blake2b("\n".join(self).encode(), digest_size=10)
        return f"str-{digest.hexdigest()}"


class AddressKey(NamedTuple):
    """What makes two addresses the same."""

    street: StreetKey
    house_number: str
    box: str


@dataclass(frozen=True)
class StreetRecord:
    name: str
    lines: Flats


@dataclass(frozen=True)
class AreaRecord:
    name: str
    rings: Flats
    lines: Flats


@dataclass(frozen=True)
class Layers:
    """A whole map."""

    streets: Mapping[StreetKey, StreetRecord] = field(default_factory=dict)
    addresses: Mapping[AddressKey, tuple[int, int]] = field(default_factory=dict)
    """Latitude and longitude in micro-degrees."""
    areas: Mapping[AreaKind, Sequence[AreaRecord]] = field(default_factory=dict)
