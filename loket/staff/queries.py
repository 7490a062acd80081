"""Who is asking."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from loket.kit.clock import Clock
from loket.kit.errors import NotSignedIn
from loket.staff.rules import Role, SessionEnded, UnknownAuthor, permissions_of
from loket.staff.tables import (
    DeskAuthorRow,
    DeskCredentialRow,
    SessionRow,
    UserRoleRow,
    UserRow,
)
from loket.store.work import Actor

_ROLES_OF_USER = (
    select(func.aggregate_strings(UserRoleRow.role, ","))
    .where(UserRoleRow.user_id == UserRow.id)
    .correlate(UserRow)
    .scalar_subquery()
)
_FIND_SESSION = (
    select(
        SessionRow.user_id,
        SessionRow.counter_id,
        SessionRow.site_id,
        SessionRow.expires_at,
        _ROLES_OF_USER.label("roles"),
    )
    .join(UserRow, UserRow.id == SessionRow.user_id)
    .where(SessionRow.token_hash == bindparam("token"), UserRow.active)
)
_FIND_DESK = select(DeskCredentialRow.counter_id, DeskCredentialRow.site_id).where(
    DeskCredentialRow.token_hash == bindparam("token")
)
_FIND_AUTHOR = (
    select(UserRow.id, _ROLES_OF_USER.label("roles"))
    .join(DeskAuthorRow, DeskAuthorRow.user_id == UserRow.id)
    .where(
        UserRow.id == bindparam("id"),
        UserRow.active,
        DeskAuthorRow.counter_id == bindparam("counter"),
    )
)
_FIND_USER = select(UserRow, _ROLES_OF_USER.label("roles")).where(
    UserRow.username == bindparam("username"), UserRow.active
)


def digest(token: str) -> str:
    """What is kept of a token: tokens have 256 random bits, so a plain digest is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def roles_of(text: str | None) -> frozenset[Role]:
    return frozenset(Role(role) for role in (text or "").split(",") if role)


class StaffIdentities:
    """Finds people by session, and authors by what a desk says and its own credential."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def person(self, connection: Connection, token: str) -> Actor:
        row = connection.execute(_FIND_SESSION, {"token": digest(token)}).one_or_none()
        if row is None or row.expires_at <= self._clock.now():
            raise SessionEnded
        permissions = permissions_of(roles_of(row.roles))
        return Actor(row.user_id, row.counter_id, row.site_id, permissions)

    def author(self, connection: Connection, desk_token: str, author: str) -> Actor:
        desk = connection.execute(_FIND_DESK, {"token": digest(desk_token)}).one_or_none()
        if desk is None:
            raise NotSignedIn
        sought = {"id": author, "counter": desk.counter_id}
        user = connection.execute(_FIND_AUTHOR, sought).one_or_none()
        if user is None:
            raise UnknownAuthor(author=author[:36])
        return Actor(user.id, desk.counter_id, desk.site_id, permissions_of(roles_of(user.roles)))


@dataclass(frozen=True)
class KnownUser:
    """A user as sign-in needs them."""

    id: str
    username: str
    name: str
    password_hash: str
    roles: frozenset[Role]


def find_user(connection: Connection, username: str) -> KnownUser | None:
    row = connection.execute(_FIND_USER, {"username": username}).one_or_none()
    if row is None:
        return None
    return KnownUser(row.id, row.username, row.name, row.password_hash, roles_of(row.roles))


def name_of(connection: Connection, user_id: str) -> str:
    """The full name of a member of staff."""
    return connection.execute(select(UserRow.name).where(UserRow.id == user_id)).scalar_one()


def is_signed_in(connection: Connection, user_id: str, counter_id: str, now: datetime) -> bool:
    """Whether somebody has a session at a counter."""
    found = connection.execute(
        select(SessionRow.token_hash)
        .where(
            SessionRow.user_id == user_id,
            SessionRow.counter_id == counter_id,
            SessionRow.expires_at > now,
        )
        .limit(1)
    )
    return found.one_or_none() is not None
