"""Calendar items (RFC 5545) that go with a message (RFC 5546) or stand in a feed.

Moments are written in UTC (``20260316T081500Z``) and never with a VTIMEZONE: an appointment is one
moment, not a rule that repeats, so there is nothing a time zone could add. Outlook, Google and
Apple Calendar each show a UTC moment on the wall clock of whoever looks, with their own, up to date
rules; a VTIMEZONE of ours is what Outlook matches by name and older versions read wrong, and both
02:30 of a night in October are told apart only by UTC.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final
from unicodedata import category

from icalendar import Calendar, Event, vCalAddress, vDuration, vText, vUri

PRODUCT: Final = "-//Loket//Loket//NL"
REFRESHED_EVERY: Final = timedelta(minutes=15)
"""How often who follows a feed should look again; most programs decide that for themselves."""


class Method(StrEnum):
    """What an item asks of the calendar that gets it."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"


@dataclass(frozen=True)
class CalendarItem:
    """One appointment. The same ``uid`` with a higher ``sequence`` replaces what was there."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    summary: str
    stamped_at: datetime
    """When this version was made."""
    location: str = ""
    description: str = ""
    organizer_name: str = ""
    organizer_mail: str = ""
    attendee_name: str = ""
    attendee_mail: str = ""
    url: str = ""
    cancelled: bool = False

    def __post_init__(self) -> None:
        if any(each.tzinfo is None for each in (self.starts_at, self.ends_at, self.stamped_at)):
            raise ValueError("a moment needs its offset from UTC")
        if self.ends_at <= self.starts_at:
            raise ValueError("an item ends after it begins")

    @property
    def method(self) -> Method:
        return Method.CANCEL if self.cancelled else Method.REQUEST


def invitation(item: CalendarItem) -> bytes:
    """The item as it goes with a mail: REQUEST, or CANCEL once it is cancelled."""
    calendar = _calendar()
    calendar.add("method", item.method.value)
    calendar.add_component(_event(item))
    return bytes(calendar.to_ical())


def feed(items: Iterable[CalendarItem], name: str) -> bytes:
    """A calendar that others subscribe to: all the items, under a name."""
    calendar = _calendar()
    calendar.add("method", Method.PUBLISH.value)
    calendar.add("name", vText(name))  # RFC 7986, and below how it was done before
    calendar.add("x-wr-calname", vText(name))
    often = vDuration(REFRESHED_EVERY)
    calendar.add("refresh-interval", often, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vText(f"PT{REFRESHED_EVERY // timedelta(minutes=1)}M"))
    for item in items:
        calendar.add_component(_event(item))
    return bytes(calendar.to_ical())


def method_of(item: bytes) -> Method:
    """What an item asks, read from its head; unfolded lines are this short."""
    for line in item.splitlines():
        name, _colon, value = line.partition(b":")
        if name.upper() == b"METHOD":
            return Method(value.decode("ascii").strip().upper())
    return Method.PUBLISH


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    return calendar


def _event(item: CalendarItem) -> Event:
    event = Event()
    event.add("uid", item.uid)
    event.add("sequence", item.sequence)
    event.add("dtstamp", _utc(item.stamped_at))
    event.add("dtstart", _utc(item.starts_at))
    event.add("dtend", _utc(item.ends_at))
    event.add("summary", _readable(item.summary))
    event.add("status", "CANCELLED" if item.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if item.cancelled else "OPAQUE")
    for name, text in (("location", item.location), ("description", item.description)):
        if text:
            event.add(name, _readable(text))
    if item.url:
        event.add("url", vUri(item.url))
    _add_people(event, item)
    return event


def _add_people(event: Event, item: CalendarItem) -> None:
    if item.organizer_mail:
        event.add("organizer", _person(item.organizer_name, item.organizer_mail))
    if item.attendee_mail:
        person = _person(item.attendee_name, item.attendee_mail)
        # Nobody here reads answers, so none is asked.
        person.params.update(ROLE="REQ-PARTICIPANT", PARTSTAT="NEEDS-ACTION", RSVP="FALSE")
        event.add("attendee", person)


def _person(name: str, mail: str) -> vCalAddress:
    person = vCalAddress(f"mailto:{mail}")
    # A parameter has no way to write these (RFC 5545, 3.2).
    plain = "".join(" " if sign == '"' or ord(sign) < ord(" ") else sign for sign in name).strip()
    if plain:
        person.params["CN"] = plain
    return person


def _readable(text: str) -> str:
    """Without the control characters that no value may hold; line ends stay (RFC 5545, 3.3.11)."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("".join(sign for sign in line if category(sign) != "Cc") for line in lines)


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
