"""Calendar addresses that an office program reads."""

from enum import StrEnum

from pydantic import Field

from loket.wire.base import Id, Line, Moment, WireIn, WireOut


class FeedKind(StrEnum):
    DEPARTMENT = "department"
    COUNTER = "counter"


class MakeFeed(WireIn):
    kind: FeedKind
    target_id: Id
    name: Line = Field(min_length=1)
    with_names: bool = False
    """Names of citizens leave the house by it."""


class RevokeFeed(WireIn):
    """Nobody reads it any more."""


class Feed(WireOut):
    id: str
    kind: FeedKind
    target_id: str
    name: str
    with_names: bool
    made_at: Moment
    revoked: bool
    last_read_at: Moment | None


class NewFeed(WireOut):
    """The address is told once: only its hash is kept."""

    feed: Feed
    path: str


class Feeds(WireOut):
    feeds: list[Feed]
