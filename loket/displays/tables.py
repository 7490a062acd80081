"""Displays, the codes with which they are paired, and what a site says on them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from loket.kit.ids import PAIRING_LENGTH
from loket.store.base import KEYED, Base, JsonText

_CURRENT = text("cleared_at IS NULL")


class DisplayRow(Base):
    """A screen in a waiting room; its secret itself is kept nowhere but in that screen."""

    __tablename__ = "display"
    __table_args__ = (Index(None, "site_id"), KEYED)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    site_id: Mapped[str] = mapped_column(ForeignKey("site.id"))
    name: Mapped[str] = mapped_column(String(80))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    chime: Mapped[bool]
    speech: Mapped[bool]
    paired_at: Mapped[datetime]
    paired_by: Mapped[str | None] = mapped_column(ForeignKey("staff_user.id"))
    revoked_at: Mapped[datetime | None]
    last_seen_at: Mapped[datetime | None]


class DisplayPairingRow(Base):
    """A screen that shows a code and waits for somebody to confirm it; gone once used."""

    __tablename__ = "display_pairing"
    __table_args__ = (KEYED,)

    code: Mapped[str] = mapped_column(String(PAIRING_LENGTH), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class SiteMessageRow(Base):
    """What stands at the foot of a site's displays; one at a time, the earlier ones are kept."""

    __tablename__ = "site_message"
    __table_args__ = (
        Index(
            "uq_site_message_current",
            "site_id",
            unique=True,
            sqlite_where=_CURRENT,
            postgresql_where=_CURRENT,
        ),
        CheckConstraint("until_at IS NULL OR until_at > from_at", name="order"),
        KEYED,
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    site_id: Mapped[str] = mapped_column(ForeignKey("site.id"))
    texts: Mapped[dict[str, str]] = mapped_column(JsonText)
    from_at: Mapped[datetime]
    until_at: Mapped[datetime | None]
    set_at: Mapped[datetime]
    set_by: Mapped[str | None] = mapped_column(ForeignKey("staff_user.id"))
    cleared_at: Mapped[datetime | None]
