"""Who is involved in what a list shows, and telling them all something, each by their own way."""

from pydantic import Field

from loket.kit.ids import new_id
from loket.reports.messages.following import Filter, ReplyText
from loket.wire.base import Id, Moment, WireIn, WireOut


class LastInformed(WireOut):
    """The last time that any of them was told something together."""

    id: str
    at: Moment
    user_name: str
    people: int


class Involved(WireOut):
    """How many people, by which way; somebody with two reports counts once."""

    reports: int
    people: int
    """Who can be told something: by one of the four ways."""
    mail: int
    sms: int
    letter: int
    phone: int
    unreachable: int
    """Anonymous ones."""
    doubles: int
    """So often the same person stood there once more."""
    last: LastInformed | None


class InformAll(WireIn):
    """Tell everybody whom the filter shows; the desk makes the id."""

    id: Id = Field(default_factory=new_id)
    filter: Filter
    text: ReplyText
    """``{naam}``, ``{referentie}`` and ``{onderwerp}`` are each reader's own."""
    call_by: Moment
    """Before when those are called who want it told by telephone."""
    seen_people: int = Field(ge=1)
    """How many there were when it was decided."""
    seen_last: Id | None = None
    """The last time that stood there."""


class Informed(WireOut):
    """What was done."""

    id: str
    people: int
    mail: int
    sms: int
    letter: int
    phone: int
