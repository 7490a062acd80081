"""Sign-in on the wire."""

from pydantic import Field

from loket.wire.base import Id, Moment, WireIn, WireOut


class SignIn(WireIn):
    """Name and password of a person, and the desk at which they sit down."""

    username: str = Field(min_length=1, max_length=60)
    password: str = Field(min_length=1, max_length=200)
    desk: Id
    """Code of the desk, such as ``loket-3``."""


class User(WireOut):
    """A member of staff as their desk needs them."""

    id: str
    username: str
    name: str
    roles: list[str]
    permissions: list[str]


class SignedIn(WireOut):
    """The session: ``token`` for this person, ``desk_token`` for what the desk delivers later."""

    token: str
    expires_at: Moment
    user: User
    counter_id: str
    site_id: str
    desk_token: str


class DemonstrationUser(WireOut):
    """Someone of the demonstration town, offered with one press."""

    username: str
    password: str
    name: str
    role: str


class Demonstration(WireOut):
    """Whether this server shows the demonstration town, and who may sign in there."""

    active: bool
    users: list[DemonstrationUser]
