"""What goes to the citizen with each act: posted once, in the same transaction, and withdrawn."""

from collections.abc import Callable
from typing import Any

import pytest
import vobject
from sqlalchemy import text

from loket.kit.clock import FixedClock
from loket.store.work import Store
from tests.builders import EID, SITE
from tests.calendars import at, booking, schedule
from tests.serving import Client

Sit = Callable[[str, str], Client]
REACHED = {"phone": "0470123456", "email": "jan.peeters@example.be"}


@pytest.fixture
def desk(sit: Sit, store: Store) -> Client:
    schedule(store)
    return sit("sofie", "onthaal-1")


def posted(store: Store) -> list[Any]:
    """In the order in which they were posted."""
    with store.reading() as connection:
        # Not by id: two of the same millisecond have no order.
        asked = text("SELECT * FROM outgoing_message ORDER BY sequence, kind, channel")
        return list(connection.execute(asked))


def said(store: Store) -> list[tuple[str, str, str]]:
    """What is at once may have gone by now: a postman works while we look."""
    gone = dict.fromkeys(("waiting", "sending", "sent"), "out")
    return [(row.kind, row.channel, gone.get(row.state, row.state)) for row in posted(store)]


def book(desk: Client, **more: Any) -> dict[str, Any]:
    body = booking(EID, at(9, days=1), SITE, contact=REACHED, **more)
    answer = desk.post("/appointments", body)
    assert answer.status_code == 201, answer.text
    booked: dict[str, Any] = answer.json()["appointment"]
    return booked


def test_a_booking_is_confirmed_by_each_way_and_reminded_on_the_day_before(
    desk: Client, store: Store
) -> None:
    booked = book(desk, confirm=["mail", "sms"])
    assert said(store) == [
        ("appointment_booked", "mail", "out"),
        ("appointment_booked", "sms", "out"),
        ("appointment_reminder", "sms", "out"),
    ]
    mail, sms, reminder = posted(store)
    assert booked["reference"] in mail.text
    assert "wo 18 maart" in sms.text or "18 maart" in sms.text
    assert str(reminder.due_at).startswith("2026-03-17 09:00")  # ten o'clock in Belgium
    event = vobject.readOne(mail.calendar).vevent
    assert event.dtstart.value.isoformat() == "2026-03-18T08:00:00+00:00"
    assert (event.sequence.value, event.attendee.value) == ("0", "mailto:jan.peeters@example.be")


def test_a_move_replaces_what_was_not_sent_and_keeps_the_calendar_item(
    desk: Client, store: Store
) -> None:
    booked = book(desk, confirm=["mail"])
    uid = vobject.readOne(posted(store)[0].calendar).vevent.uid.value
    move = {"site_id": SITE, "starts_at": at(11, days=2)}
    assert desk.post(f"/appointments/{booked['id']}/move", move).ok
    assert said(store)[1:] == [
        ("appointment_reminder", "sms", "withdrawn"),
        ("appointment_moved", "mail", "out"),
        ("appointment_reminder", "sms", "out"),
    ]
    event = vobject.readOne(posted(store)[2].calendar).vevent
    assert (event.uid.value, event.sequence.value) == (uid, "1")
    assert event.dtstart.value.isoformat() == "2026-03-19T10:00:00+00:00"


def test_a_cancelled_appointment_is_not_reminded_and_leaves_the_calendar(
    desk: Client, store: Store
) -> None:
    booked = book(desk, confirm=["mail"])
    assert desk.post(f"/appointments/{booked['id']}/cancel", {"reason": "citizen"}).ok
    assert said(store)[1:] == [
        ("appointment_reminder", "sms", "withdrawn"),
        ("appointment_cancelled", "mail", "out"),
    ]
    item = vobject.readOne(posted(store)[-1].calendar)
    assert (item.method.value, item.vevent.status.value) == ("CANCEL", "CANCELLED")


def test_who_books_for_today_or_does_not_want_it_is_not_reminded(
    desk: Client, store: Store
) -> None:
    today = booking(EID, at(11, days=-1), SITE, contact=REACHED)
    assert desk.post("/appointments", today).ok
    book(desk, remind=False)
    assert said(store) == []


def test_a_refused_booking_tells_nobody(desk: Client, store: Store) -> None:
    wrong = booking(EID, at(13), SITE, contact=REACHED, confirm=["mail"])
    assert desk.post("/appointments", wrong).status_code == 409
    assert said(store) == []


def test_another_number_gets_the_reminder(desk: Client, store: Store, clock: FixedClock) -> None:
    booked = book(desk)
    clock.advance(minutes=1)
    contact = {"name": "Jan Peeters", "email": "jan@example.be"}
    answer = desk.post(f"/appointments/{booked['id']}/contact", {"contact": contact})
    assert answer.status_code == 200, answer.text
    assert said(store) == [
        ("appointment_reminder", "sms", "withdrawn"),
        ("appointment_reminder", "mail", "out"),
    ]


def test_a_move_to_where_it_is_changes_nothing_and_tells_nobody(desk: Client, store: Store) -> None:
    booked = book(desk, confirm=["mail"])
    before = said(store)
    move = {"site_id": SITE, "starts_at": at(9, days=1)}
    answer = desk.post(f"/appointments/{booked['id']}/move", move)
    assert answer.ok
    assert answer.json()["appointment"]["version"] == booked["version"]
    assert said(store) == before
    file = desk.get(f"/appointments/{booked['id']}").json()
    assert [step["act"] for step in file["steps"]] == ["book"]
    longer = desk.post(f"/appointments/{booked['id']}/move", {**move, "persons": 2})
    assert longer.json()["appointment"]["version"] == booked["version"] + 1


def test_a_corrected_address_gets_the_confirmation_and_its_calendar_item(
    desk: Client, store: Store
) -> None:
    booked = book(desk, confirm=["mail"])
    contact = {"name": "Jan Peeters", **REACHED, "email": "jan@elders.example.be"}
    path = f"/appointments/{booked['id']}/contact"
    assert desk.post(path, {"contact": contact}).ok
    mails = [row for row in posted(store) if row.channel == "mail"]
    assert [row.recipient for row in mails] == [REACHED["email"], contact["email"]]
    events = [vobject.readOne(row.calendar).vevent for row in mails]
    assert [event.sequence.value for event in events] == ["0", "1"]
    assert events[1].attendee.value == "mailto:jan@elders.example.be"
    assert events[0].uid.value == events[1].uid.value
    again = len(posted(store))
    assert desk.post(path, {"contact": {**contact, "note": "belt terug"}, "remind": False}).ok
    assert len(posted(store)) == again  # only what changes an address is told anew
