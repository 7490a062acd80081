"""Schedules, worklist and letters from a real desk against the real server."""

from datetime import date, time

import pytest

from loket.appointments.messages import (
    BookAppointment,
    ChangeSchedule,
    Contact,
    SchedulePeriod,
    SetTerms,
)
from loket.desk.facts import JobKind
from loket.link.errors import Rejected
from tests.builders import BURGERZAKEN, EID, SITE
from tests.calendars import TUESDAY_NINE
from tests.desks import MemoryPrinter, Printers


def asked(seen, **more):
    given = {
        "rule": "FREQ=WEEKLY;BYDAY=TU",
        "valid_from": date(2026, 1, 1),
        "opens": time(9),
        "closes": time(12),
        "public_places": 1,
        "desk_places": 0,
        "grid_minutes": 30,
    }
    period = SchedulePeriod(**{**given, **more})
    return ChangeSchedule(seen_version=seen, periods=[period], exceptions=[])


def test_a_schedule_is_read_previewed_kept_and_refused(open_desk):
    desk, _heard = open_desk("loket-2", "an")
    calls = desk.scheduling
    assert calls.schedule(BURGERZAKEN).version == 0
    preview = calls.preview(BURGERZAKEN, asked(0), date(2026, 3, 16), 7)
    assert [len(day.periods) for day in preview.days] == [0, 1, 0, 0, 0, 0, 0]
    kept = calls.change(BURGERZAKEN, asked(0)).schedule
    assert calls.schedule(BURGERZAKEN) == kept
    with pytest.raises(Rejected) as refused:
        calls.change(BURGERZAKEN, asked(0))
    assert refused.value.code == "appointment.schedule_stale"
    assert refused.value.params["version"] == 1
    with pytest.raises(Rejected) as wrong:
        calls.preview(BURGERZAKEN, asked(1, closes=time(8)), date(2026, 3, 16), 7)
    assert wrong.value.code == "appointment.hours"


def test_who_no_longer_fits_gets_a_letter(open_desk):
    printers = Printers(Laser=MemoryPrinter())
    desk, heard = open_desk("loket-2", "an", printers=printers)
    desk.choose_printer("Laser")
    desk.scheduling.change(BURGERZAKEN, asked(0))
    desk.appointments.book(
        BookAppointment(
            product_ids=[EID],
            site_id=SITE,
            starts_at=TUESDAY_NINE,
            contact=Contact(name="Jan Peeters"),
        )
    )
    changed = desk.scheduling.change(BURGERZAKEN, asked(1, opens=time(10)))
    found = desk.scheduling.misfits()
    assert (found, found.total) == (changed.misfits, 1)
    job = desk.scheduling.print_letters(found.misfits)
    assert (job.kind, job.title) == (JobKind.LETTER, found.misfits[0].appointment.reference)
    heard.until(lambda _fact: bool(printers["Laser"].sent))
    [(_title, media, paper)] = printers["Laser"].sent
    assert media == "A4"
    assert "Jan Peeters" in paper.decode()


def test_terms_are_set_and_made_usual_again(open_desk):
    desk, _heard = open_desk("loket-2", "an")
    terms = SetTerms(minutes=40, extra_person_minutes=5)
    changed = desk.scheduling.set_terms(EID, terms)
    assert desk.scheduling.terms().terms == [changed.terms]
    assert desk.scheduling.reset_terms(EID).terms.usual
    assert desk.scheduling.terms().terms == []
