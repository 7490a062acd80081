"""People who work here, their sessions, and what a desk delivers with."""

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from loket.staff.rules import Role
from loket.store.base import KEYED, Base

_ROLES = ", ".join(f"'{role}'" for role in Role)


class UserRow(Base):
    """A member of staff."""

    __tablename__ = "staff_user"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    username: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str] = mapped_column(String(200))
    active: Mapped[bool] = mapped_column(Boolean)


class UserRoleRow(Base):
    __tablename__ = "staff_user_role"
    __table_args__ = (CheckConstraint(f"role IN ({_ROLES})", name="role"),)

    user_id: Mapped[str] = mapped_column(ForeignKey("staff_user.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(20), primary_key=True)


class SessionRow(Base):
    """Somebody signed in at a desk; the token itself is kept nowhere."""

    __tablename__ = "session"
    __table_args__ = (Index(None, "user_id"), Index(None, "expires_at"), KEYED)

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("staff_user.id"))
    counter_id: Mapped[str] = mapped_column(ForeignKey("counter.id"))
    site_id: Mapped[str] = mapped_column(ForeignKey("site.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class DeskCredentialRow(Base):
    """With this a desk delivers what was done while the server was away."""

    __tablename__ = "desk_credential"
    __table_args__ = (Index(None, "counter_id"),)

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    counter_id: Mapped[str] = mapped_column(ForeignKey("counter.id"))
    site_id: Mapped[str] = mapped_column(ForeignKey("site.id"))
    created_at: Mapped[datetime]


class DeskAuthorRow(Base):
    """Who sat at a desk, and when they last signed in there: for whom it may deliver."""

    __tablename__ = "desk_author"
    __table_args__ = (KEYED,)

    counter_id: Mapped[str] = mapped_column(ForeignKey("counter.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("staff_user.id"), primary_key=True)
    last_at: Mapped[datetime]


class SignInFailureRow(Base):
    """Wrong passwords in a row, also for names that do not exist."""

    __tablename__ = "sign_in_failure"

    username: Mapped[str] = mapped_column(String(60), primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime]
