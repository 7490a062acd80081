"""The whole morning, once, as anybody can play it: what it leaves must be true."""

import contextlib
import json
import os
import re
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from email import policy
from email.parser import BytesParser
from pathlib import Path

import pypdfium2
import pytest
import vobject
import zxingcpp
from pypdf import PdfReader

ROOT = Path(__file__).parents[2]
DPI = 203
LIMIT_SECONDS = 300

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def story(tmp_path_factory, heidebeek_file):
    out = tmp_path_factory.mktemp("story")
    play = [sys.executable, "-m", "loket", "story", "--out", str(out), "--town", heidebeek_file]
    ended = subprocess.run(
        play,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        timeout=LIMIT_SECONDS,
        capture_output=True,
        check=False,
    )
    said = f"exit status {ended.returncode}\n{ended.stderr.decode()[-3000:]}"
    assert (out / "story.json").exists(), said
    told = json.loads((out / "story.json").read_text(encoding="utf-8"))
    unheld = [(step["name"], step["why"]) for step in told["steps"] if not step["held"]]
    assert (ended.returncode, unheld) == (0, []), said
    return out, told


@pytest.fixture(scope="module")
def rows(story):
    out, _told = story
    with contextlib.closing(sqlite3.connect(out / "data/server/loket.sqlite3")) as database:
        yield lambda query: database.execute(query).fetchall()


def test_every_step_held_and_left_its_pictures(story):
    out, told = story
    assert told["ok"]
    assert len(told["steps"]) == 59
    for step in told["steps"]:
        assert step["windows"], step["name"]
        for picture in step["windows"]:
            assert (out / picture).stat().st_size > 5000, picture


def test_every_paper_opens_and_says_what_its_barcode_carries(story, rows):
    out, told = story
    codes = dict(rows(TODAY.format("label, code")))
    slips = [out / paper for paper in told["papers"] if SLIP.search(paper)]
    receipts = [out / paper for paper in told["papers"] if "-B-2026-" in paper]
    assert len(slips) > 10
    assert receipts
    for slip in slips:
        text = PdfReader(slip).pages[0].extract_text()
        (number,) = [known for known in codes if known in text]
        assert scanned(slip) == codes[number]
    for receipt in receipts:
        assert "B-2026-" in PdfReader(receipt).pages[0].extract_text()


def test_no_number_was_given_twice_and_nobody_was_called_by_two(rows):
    labels = [label for (label,) in rows(TODAY.format("label"))]
    assert len(labels) == len(set(labels))
    assert any(label[1:] >= "900" for label in labels)
    open_at_one = rows(
        "SELECT counter_id, count(*) FROM ticket WHERE state IN ('called', 'serving')"
        " GROUP BY counter_id HAVING count(*) > 1"
    )
    assert open_at_one == []


def test_the_call_in_flight_and_the_ticket_given_meanwhile_took_effect_once(story, rows):
    _out, told = story
    assert rows(TODAY.format("label") + " AND number >= 900") == [(told["given_meanwhile"],)]
    called = rows(
        "SELECT count(*) FROM ticket_interval AS stay JOIN ticket ON ticket.id = stay.ticket_id"
        " WHERE ticket.day = '2026-03-16' AND stay.state = 'called'"
        f" AND ticket.label = '{told['called_in_flight']}'"
    )
    assert called == [(1,)]


def test_in_the_busy_hour_four_counters_got_four_people_and_the_screen_announced_all(story):
    _out, told = story
    at_once = told["called_at_once"].split(", ")
    assert len({called.split()[1] for called in at_once}) == 4
    assert {called.split()[1] for called in at_once} <= {
        announced.split()[0] for announced in told["announced"]
    }
    assert "Burgerzaken" in told["alert"]
    assert told["why"]


def test_the_mails_bring_one_calendar_item_that_is_moved(story, rows):
    out, told = story
    (booked,), moved = told["appointment_mails"], told["moved_mail"]
    ((starts_at, sequence),) = rows(
        f"SELECT starts_at, sequence FROM appointment WHERE reference = '{told['appointment']}'"
    )
    items = [calendar_item(out / "data/server/outgoing" / name) for name in (booked, moved)]
    assert [calendar.method.value for calendar in items] == ["REQUEST", "REQUEST"]
    first, second = (calendar.vevent for calendar in items)
    assert first.uid.value == second.uid.value
    assert [int(event.sequence.value) for event in (first, second)] == [0, 1] == [0, sequence]
    moment = datetime.fromisoformat(told["moved_to"])
    assert moment == datetime.fromisoformat(starts_at).replace(tzinfo=UTC)
    assert first.dtstart.value < second.dtstart.value == moment
    assert first.dtstart.value.utcoffset() == timedelta(0)


def test_the_confirmation_that_was_scanned_became_a_ticket_that_was_served(story, rows):
    out, told = story
    references = {told["appointment"], told["scanned_reference"]}
    papers = {
        paper.partition("-K-")[2][:5]: out / paper for paper in told["papers"] if "-K-" in paper
    }
    assert {f"K-{number}" for number in papers} == references
    for reference in references:
        paper = papers[reference.removeprefix("K-")]
        assert reference in PdfReader(paper).pages[0].extract_text()
        ((code,),) = rows(f"SELECT code FROM appointment WHERE reference = '{reference}'")
        assert code.startswith("K")
        assert scanned(paper) == code
    assert rows(
        "SELECT appointment.state, ticket.state, substr(ticket.label, 1, 1)"
        " FROM appointment JOIN ticket ON ticket.id = appointment.ticket_id"
        f" WHERE appointment.code = '{told['scanned']}'"
    ) == [("arrived", "done", "P")]
    assert "09:30" in told["appointment_called_because"]
    (day_list,) = [out / paper for paper in told["papers"] if "-2026-03-16-" in paper]
    assert "Griet Idrissi" in PdfReader(day_list).pages[0].extract_text()


SLIP = re.compile(r"-[A-Z]\d{3}-")
TODAY = "SELECT {} FROM ticket WHERE day = '2026-03-16'"


def calendar_item(mail):
    message = BytesParser(policy=policy.default).parsebytes(mail.read_bytes())
    (item,) = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    assert item.get_param("method") == "REQUEST"
    return vobject.readOne(item.get_content())


def scanned(paper):
    document = pypdfium2.PdfDocument(paper)
    picture = document[0].render(scale=DPI / 72).to_pil().convert("L")
    document.close()
    (code,) = [found.text for found in zxingcpp.read_barcodes(picture)]
    return code
