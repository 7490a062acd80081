"""Where streets, addresses and the areas of the map are kept.

A street is retired when it leaves the map: a report may point at it. Nothing points at an address
or an area: those are replaced whole.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, Double, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from loket.geography.rules.whereabouts import AreaKind
from loket.store.base import KEYED, Base, JsonText

_NAME = String(80)
_KINDS = ", ".join(f"'{kind}'" for kind in AreaKind)


class TownMapVersionRow(Base):
    """Grows with every change of the map: one row."""

    __tablename__ = "town_map_version"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int]
    changed_at: Mapped[datetime]


class StreetRow(Base):
    """A street of a municipality or one of its parts; its id is made from its key."""

    __tablename__ = "street"
    __table_args__ = (
        UniqueConstraint("folded", "postal_code", "municipality"),
        CheckConstraint("length(postal_code) = 4", name="postal_code"),
        CheckConstraint("length(name) > 0", name="name"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(_NAME)
    folded: Mapped[str] = mapped_column(_NAME)
    """As it is compared: two ways to write one street are one street."""
    postal_code: Mapped[str] = mapped_column(String(4))
    municipality: Mapped[str] = mapped_column(_NAME)
    lines: Mapped[list[list[int]]] = mapped_column(JsonText)
    """Micro-degrees, latitude first."""
    retired: Mapped[bool] = mapped_column(default=False)


class AddressPointRow(Base):
    """Where a house, or a box in it, stands."""

    __tablename__ = "address_point"
    __table_args__ = (
        CheckConstraint("lat BETWEEN 49 AND 52 AND lon BETWEEN 2 AND 7", name="in_belgium"),
        CheckConstraint("length(house_number) > 0", name="house_number"),
        KEYED,
    )

    street_id: Mapped[str] = mapped_column(ForeignKey("street.id"), primary_key=True)
    house_number: Mapped[str] = mapped_column(String(12), primary_key=True)
    box: Mapped[str] = mapped_column(String(12), primary_key=True)
    """Empty: the house itself."""
    lat: Mapped[float] = mapped_column(Double)
    lon: Mapped[float] = mapped_column(Double)


class MapAreaRow(Base):
    """What the map shows besides streets."""

    __tablename__ = "map_area"
    __table_args__ = (
        CheckConstraint(f"kind IN ({_KINDS})", name="kind"),
        CheckConstraint("kind NOT IN ('boundary', 'quarter') OR length(name) > 0", name="name"),
        Index(
            "uq_map_area_boundary",
            "kind",
            unique=True,
            sqlite_where=text("kind = 'boundary'"),
            postgresql_where=text("kind = 'boundary'"),
        ),
        Index(
            "uq_map_area_quarter",
            "name",
            unique=True,
            sqlite_where=text("kind = 'quarter'"),
            postgresql_where=text("kind = 'quarter'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), index=True)
    name: Mapped[str] = mapped_column(_NAME)
    rings: Mapped[list[list[int]]] = mapped_column(JsonText)
    lines: Mapped[list[list[int]]] = mapped_column(JsonText)
