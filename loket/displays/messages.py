"""Displays on the wire: what staff say of them, and the picture that a display shows."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from loket.displays.rules import MESSAGE_LENGTH
from loket.visits.messages import Language
from loket.wire.base import Id, Line, Moment, WireIn, WireOut, readable

MessageText = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MESSAGE_LENGTH),
    AfterValidator(readable),
]


class DisplayDetails(WireIn):
    """How a display is called, and how it makes itself heard."""

    name: Line = ""
    chime: bool = True
    speech: bool = False


class PairDisplay(DisplayDetails):
    """Make the screen that shows this code a display of a site; of one's own when none is named."""

    code: str = Field(min_length=1, max_length=20)
    site_id: Id | None = None


class Display(WireOut):
    """A display as staff see it."""

    id: str
    site_id: str
    name: str
    chime: bool
    speech: bool
    paired_at: Moment
    revoked_at: Moment | None
    last_seen_at: Moment | None
    """When it last asked, to the minute; None: never since it was paired."""


class Displays(WireOut):
    displays: list[Display]


class SetSiteMessage(WireIn):
    """What stands at the foot of a site's displays from now on; it replaces what stood there."""

    texts: dict[Language, MessageText]
    """By language; Dutch must be there."""
    from_at: Moment | None = None
    """None: from now."""
    until_at: Moment | None = None
    """None: until it is cleared."""


class SiteMessage(WireOut):
    texts: dict[str, str]
    from_at: Moment
    until_at: Moment | None
    set_at: Moment


class SiteMessageNow(WireOut):
    """What a site's displays say, or will say; None: the usual sentence."""

    site_id: str
    message: SiteMessage | None


class DisplaysChanged(WireOut):
    """Event ``displays_changed``: a display of the site, or its message, is another."""

    site_id: str


class SpokenCall(WireOut):
    """A call as a voice says it."""

    language: str
    text: str


class DisplayCall(WireOut):
    """Somebody is expected, or was, at a counter."""

    key: str
    """Another one for each time the number is called."""
    number: str
    counter: str
    at: Moment
    waiting: bool
    """Called, and not there yet: a display that was off announces only these."""
    fresh: bool
    """Called so short ago that it has to be announced."""
    spoken: list[SpokenCall]


class QueueWait(WireOut):
    """What somebody who takes a ticket now may expect, under the queue's public name."""

    queue: str
    minutes: int


class DisplayPicture(WireOut):
    """All that a display shows; every frame of its stream is a whole one."""

    epoch: str
    number: int
    """The last event that is in it."""
    server_time: Moment
    town: str
    site: str
    name: str
    languages: list[str]
    words: dict[str, dict[str, str]]
    chime: bool
    speech: bool
    calls: list[DisplayCall]
    """The latest first."""
    waits: list[QueueWait]
    message: dict[str, str]
    closed: dict[str, str] | None
    """In words per language when it opens, once it is closed and nobody is left."""


class DisplayBeat(WireOut):
    """Nothing changed, and it is this late."""

    server_time: Moment


class PairingCode(WireOut):
    """What a screen shows until somebody confirms it."""

    code: str
    seconds: int
    words: dict[str, str]
