"""Calendar items, opened again with another library than the one that wrote them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import vobject

from loket.channels.calendar import CalendarItem, Method, feed, invitation, method_of
from loket.kit.clock import BRUSSELS

START = datetime(2026, 3, 16, 8, 15, tzinfo=UTC)


def item(**more: Any) -> CalendarItem:
    starts = more.pop("starts_at", START)
    usual: dict[str, Any] = {
        "uid": "K-48213@heidebeek.example",
        "sequence": 0,
        "starts_at": starts,
        "ends_at": starts + timedelta(minutes=15),
        "summary": "Identiteitskaart – aanvraag",
        "stamped_at": START,
    }
    return CalendarItem(**{**usual, **more})


def opened(content: bytes) -> Any:
    return vobject.readOne(content.decode())


def test_an_invitation_is_read_as_it_was_meant() -> None:
    made = item(
        sequence=2,
        location="Stadhuis, Markt 1",
        description="Breng mee:\nuw identiteitskaart; een pasfoto, en € 25",
        organizer_name='Stad "Heidebeek", loket',
        organizer_mail="onthaal@heidebeek.example",
        attendee_name="Zoë Ñuñez; de Wolf: junior",
        attendee_mail="zoe@burger.example",
        url="https://heidebeek.example/a/K-48213?x=1,2",
    )
    read = opened(invitation(made))
    event = read.vevent
    assert read.method.value == "REQUEST"
    assert method_of(invitation(made)) is Method.REQUEST
    assert (event.uid.value, event.sequence.value) == ("K-48213@heidebeek.example", "2")
    assert event.dtstart.value == START
    assert event.dtend.value == START + timedelta(minutes=15)
    assert event.status.value == "CONFIRMED"
    assert event.summary.value == "Identiteitskaart – aanvraag"
    assert event.location.value == "Stadhuis, Markt 1"
    assert event.description.value == made.description
    assert event.url.value == made.url
    assert event.organizer.value == "mailto:onthaal@heidebeek.example"
    assert event.attendee.value == "mailto:zoe@burger.example"
    assert event.attendee.params["CN"] == ["Zoë Ñuñez; de Wolf: junior"]
    assert event.attendee.params["RSVP"] == ["FALSE"]


def test_a_cancelled_one_asks_to_be_taken_away() -> None:
    content = invitation(item(sequence=3, cancelled=True))
    read = opened(content)
    assert (read.method.value, read.vevent.status.value) == ("CANCEL", "CANCELLED")
    assert read.vevent.uid.value == item().uid
    assert method_of(content) is Method.CANCEL


@pytest.mark.parametrize(
    ("wall", "fold", "utc"),
    [
        ("2026-03-29 01:45", 0, "2026-03-29 00:45"),  # a quarter before the clock jumps
        ("2026-03-29 03:00", 0, "2026-03-29 01:00"),
        ("2026-10-25 02:30", 0, "2026-10-25 00:30"),  # twice half past two
        ("2026-10-25 02:30", 1, "2026-10-25 01:30"),
        ("2028-02-29 09:00", 0, "2028-02-29 08:00"),
        ("2026-12-31 23:50", 0, "2026-12-31 22:50"),
    ],
)
def test_each_moment_is_told_apart(wall: str, fold: int, utc: str) -> None:
    starts = datetime.fromisoformat(wall).replace(tzinfo=BRUSSELS, fold=fold)
    lasts = starts.astimezone(UTC) + timedelta(minutes=30)
    event = opened(invitation(item(starts_at=starts, ends_at=lasts))).vevent
    assert event.dtstart.value == datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert event.dtend.value - event.dtstart.value == timedelta(minutes=30)
    assert b"TZID" not in invitation(item(starts_at=starts, ends_at=lasts))


def test_long_lines_are_folded_between_signs() -> None:
    name = "Afhalen van een reispas voor een minderjarige, met spoed – procedure é ë 😀 " * 4
    content = invitation(item(summary=name.strip(), description=name * 5))
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert all(line.decode() is not None for line in content.split(b"\r\n"))
    assert opened(content).vevent.summary.value == name.strip()


def test_what_no_value_may_hold_is_left_out() -> None:
    content = invitation(item(summary="Rijbewijs\x00\x07 \tafhalen", description="een\r\ntwee"))
    event = opened(content).vevent
    assert event.summary.value == "Rijbewijs afhalen"
    assert event.description.value == "een\ntwee"


def test_a_text_cannot_add_lines_of_its_own() -> None:
    content = invitation(
        item(summary="x\r\nATTENDEE:mailto:kwaad@x.be", attendee_name='x"\r\nMETHOD:PUBLISH')
    )
    assert b"\r\nATTENDEE" not in content
    assert method_of(content) is Method.REQUEST


def test_a_feed_holds_them_all_under_a_name() -> None:
    items = [item(uid=f"K-{n}", starts_at=START + timedelta(days=n)) for n in range(40)]
    items.append(item(uid="K-weg", cancelled=True))
    read = opened(feed(items, "Loket 1, é; Burgerzaken"))
    assert read.method.value == "PUBLISH"
    assert read.contents["x-wr-calname"][0].value == "Loket 1, é; Burgerzaken"
    assert read.contents["refresh-interval"][0].value == "PT15M"
    events = {event.uid.value: event for event in read.vevent_list}
    assert len(events) == 41
    assert events["K-39"].dtstart.value == START + timedelta(days=39)
    assert events["K-weg"].status.value == "CANCELLED"


def test_an_empty_feed_is_one_too() -> None:
    assert b"BEGIN:VEVENT" not in feed([], "Leeg")
    assert opened(feed([], "Leeg")).method.value == "PUBLISH"


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        item(starts_at=START.replace(tzinfo=None))
    with pytest.raises(ValueError, match="ends"):
        item(ends_at=START)
