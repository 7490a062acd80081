"""Signing in and out, and who may work here."""

from collections.abc import Callable
from dataclasses import dataclass

from argon2 import PasswordHasher
from sqlalchemy import delete, insert

from loket.kit.errors import LoketError
from loket.kit.ids import new_id, new_token
from loket.staff.attempts import Judge, count_attempt, forget_attempts
from loket.staff.desks import note_author, replace_credential
from loket.staff.messages import SignedIn, SignIn, User
from loket.staff.queries import KnownUser, digest, find_user
from loket.staff.rules import (
    SESSION_LASTS,
    Role,
    WrongPassword,
    permissions_of,
)
from loket.staff.tables import (
    SessionRow,
    UserRoleRow,
    UserRow,
)
from loket.store.work import Actor, Request, Store, Work
from loket.wire.base import WireOut

NOBODY = Actor("", "", "", frozenset())


class Done(WireOut):
    """An act without an answer of its own."""


@dataclass(frozen=True)
class Seat:
    """The desk somebody sits down at."""

    counter_id: str
    site_id: str


TakeSeat = Callable[[Work, str, KnownUser], Seat]
"""Finds the desk by its code and notes who sits there; given by whoever knows desks."""


def sign_in(store: Store, judge: Judge, command: SignIn, take_seat: TakeSeat) -> SignedIn:
    """Open a session at a desk; each failure makes the next attempt wait longer."""
    username = command.username
    with judge.line():
        failures = _count_attempt(store, username)
        with store.reading() as connection:
            user = find_user(connection, username)
        # Outside any transaction: a password hash is slow on purpose.
        if not judge.fits(user.password_hash if user else None, command.password) or user is None:
            _note_failure(store, failures)
            raise WrongPassword
    try:
        with store.work(Request(NOBODY), status=201) as work:
            return _open_session(work, user, command.desk, take_seat)
    except LoketError:
        _pardon(store, username)  # the password was right
        raise


def _count_attempt(store: Store, username: str) -> int:
    with store.work(Request(NOBODY)) as work:
        failures = count_attempt(work, username)
        work.commit(Done())
    return failures


def _note_failure(store: Store, failures: int) -> None:
    with store.work(Request(NOBODY)) as work:
        work.record("sign_in_refused", "attempt", str(failures))
        work.commit(Done())


def _pardon(store: Store, username: str) -> None:
    with store.work(Request(NOBODY)) as work:
        forget_attempts(work.connection, username)
        work.commit(Done())


def _open_session(work: Work, user: KnownUser, desk: str, take_seat: TakeSeat) -> SignedIn:
    forget_attempts(work.connection, user.username)
    seat = take_seat(work, desk, user)
    permissions = permissions_of(user.roles)
    token, desk_token = new_token(), new_token()
    signed_in = SignedIn(
        token=token,
        expires_at=work.now + SESSION_LASTS,
        user=User(
            id=user.id,
            username=user.username,
            name=user.name,
            roles=sorted(user.roles),
            permissions=sorted(permissions),
        ),
        counter_id=seat.counter_id,
        site_id=seat.site_id,
        desk_token=desk_token,
    )
    place = {"counter_id": seat.counter_id, "site_id": seat.site_id, "created_at": work.now}
    work.connection.execute(
        insert(SessionRow),
        {
            "token_hash": digest(token),
            "user_id": user.id,
            "expires_at": signed_in.expires_at,
            **place,
        },
    )
    replace_credential(work.connection, digest(desk_token), seat.counter_id, seat.site_id, work.now)
    note_author(work.connection, seat.counter_id, user.id, work.now)
    work.record("sign_in", "user", user.id, counter=seat.counter_id)
    return work.commit(signed_in)


def sign_out(store: Store, actor: Actor, token: str, leave_seat: Callable[[Work], None]) -> None:
    """End the session; the desk's own credential stays, for what it still has to deliver."""
    with store.work(Request(actor)) as work:
        table = SessionRow
        work.connection.execute(delete(table).where(table.token_hash == digest(token)))
        leave_seat(work)
        work.record("sign_out", "user", actor.user_id)
        work.commit(Done())


@dataclass(frozen=True)
class NewUser:
    username: str
    name: str
    password: str
    roles: frozenset[Role]
    id: str = ""


def add_users(work: Work, users: list[NewUser], hasher: PasswordHasher) -> None:
    """Enter staff; the caller commits. Hash before, where it matters: it is slow on purpose."""
    for user in users:
        user_id = user.id or new_id()
        row = {
            "id": user_id,
            "username": user.username.lower(),
            "name": user.name,
            "password_hash": hasher.hash(user.password),
            "active": True,
        }
        work.connection.execute(insert(UserRow), row)
        for role in sorted(user.roles):
            work.connection.execute(insert(UserRoleRow), {"user_id": user_id, "role": role})
        work.record("add_user", "user", user_id)
