"""Sign-in on the wire."""

from typing import Annotated

from pydantic import AfterValidator, Field

from loket.wire.base import Id, Moment, WireIn, WireOut, readable

NAME_LENGTH = 60


def _folded(name: str) -> str:
    folded = name.strip().lower()  # which may make it longer: İ becomes two characters
    if not 0 < len(folded) <= NAME_LENGTH:
        raise ValueError("a name to sign in with has 1 to 60 characters")
    return folded


Username = Annotated[str, AfterValidator(_folded), AfterValidator(readable)]


class SignIn(WireIn):
    """Name and password of a person, and the desk at which they sit down."""

    username: Annotated[Username, Field(min_length=1, max_length=NAME_LENGTH)]
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
