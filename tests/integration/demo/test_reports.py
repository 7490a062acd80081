"""The reports of the demonstration town: those of the pictures, and a believable rest."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from loket.demo.day import STARTS
from loket.demo.people import PASSWORD
from loket.demo.reports.heidebeek import LAST_NUMBER
from loket.kit.clock import FixedClock
from loket.reports.rules.flow import OPEN
from loket.reports.tables import EntryRow, LetterRow, ReportRow, ReportYearRow
from loket.store.engine import Database, open_database, sqlite_url
from loket.store.work import Store
from tests.serving import Client, running

REPORT = ReportRow.metadata.tables["report"]
ENTRY = EntryRow.metadata.tables["report_entry"]


@pytest.fixture
def town(heidebeek_file: Path, tmp_path: Path) -> Iterator[Database]:
    shutil.copyfile(heidebeek_file, tmp_path / "town.sqlite3")
    database = open_database(sqlite_url(tmp_path / "town.sqlite3"))
    yield database
    database.dispose()


@pytest.fixture
def hanne(town: Database, tmp_path: Path) -> Iterator[Callable[[], Client]]:
    """The coordinator, signed in on Monday at nine."""
    with running(Store(town, FixedClock(STARTS)), tmp_path) as url:
        client = Client(url)
        yield lambda: client.sign_in("hanne", "toezicht", PASSWORD)
        client.http.close()


def test_numbers_have_no_gaps_and_the_next_one_is_that_of_the_picture(town: Database):
    with town.reading() as connection:
        serials = list(connection.scalars(select(REPORT.c.serial).order_by(REPORT.c.serial)))
        last = dict(connection.execute(select(ReportYearRow.year, ReportYearRow.last_number)).all())
    this_year = [serial % 1_000_000 for serial in serials if serial > 2_026_000_000]
    assert this_year == list(range(1, LAST_NUMBER + 1))
    assert last == {2025: len(serials) - LAST_NUMBER, 2026: 1872}


def test_reports_are_numbered_in_the_order_in_which_they_arrived(town: Database):
    with town.reading() as connection:
        arrived = list(connection.scalars(select(REPORT.c.recorded_at).order_by(REPORT.c.serial)))
    assert arrived == sorted(arrived)


def test_every_history_ends_in_the_state_of_its_report(town: Database):
    last = select(ENTRY.c.report_id, func.max(ENTRY.c.seq).label("seq")).group_by(ENTRY.c.report_id)
    last = last.subquery()
    ended = (
        select(func.count())
        .select_from(REPORT)
        .join(last, last.c.report_id == REPORT.c.id)
        .join(ENTRY, (ENTRY.c.report_id == REPORT.c.id) & (ENTRY.c.seq == last.c.seq))
    )
    with town.reading() as connection:
        all_of_them = connection.scalar(select(func.count()).select_from(REPORT))
        assert connection.scalar(ended.where(ENTRY.c.state == REPORT.c.state)) == all_of_them
        assert connection.scalar(select(func.count()).where(ENTRY.c.at >= STARTS)) == 0


def test_monday_begins_with_something_of_everything(town: Database, hanne: Callable[[], Client]):
    counts = hanne().get("/report-counts").json()
    assert 100 <= counts["open"] <= 150
    for view in ("late", "nearly_due", "new", "mine", "answered", "returned", "waiting"):
        assert counts[view], view
    with town.reading() as connection:
        waiting = select(func.count()).where(LetterRow.posted_at.is_(None))
        assert connection.scalar(waiting) == 2
        still = REPORT.c.state.in_([str(state) for state in OPEN])
        assert connection.scalar(select(func.count()).where(still)) == counts["open"]


def test_calls_were_promised_for_today(hanne: Callable[[], Client]):
    answer = hanne().get("/report-promises?until=2026-03-16T22:00:00Z").json()
    assert len(answer["promises"]) >= 4


def test_picture_04_finds_its_three_reports(town: Database, hanne: Callable[[], Client]):
    with town.reading() as connection:
        tile = connection.execute(
            text(
                "SELECT lat, lon FROM address_point a JOIN street s ON s.id = a.street_id"
                " WHERE s.name = 'Kerkstraat' AND s.municipality = 'Heidebeek'"
                " AND a.house_number = '48' AND a.box = ''"
            )
        ).one()
    said = (
        "Sinds de storm van vorige week ligt er een losse stoeptegel op het voetpad ter hoogte"
        " van Kerkstraat 48, vlak bij de bushalte."
    )
    asked = {"text": said, "lat": tile.lat, "lon": tile.lon, "category_id": "rc-voetpad-tegel"}
    found = hanne().post("/report-likenesses", asked).json()["reports"]
    shown = [(one["reference"], one["title"], one["state"], one["metres"]) for one in found]
    assert shown == [
        ("M-2026-01812", "Losse tegel aan bushalte", "in_progress", 20),
        ("M-2026-01790", "Tegels los voor apotheek", "new", 70),
        ("M-2026-01655", "Verzakt voetpad Molendreef", "resolved", 140),
    ]


def test_picture_05_has_its_conversation(hanne: Callable[[], Client]):
    client = hanne()
    report = client.get("/reports?reference=M-2026-01764").json()
    file = client.get(f"/reports/{report['id']}").json()
    assert [entry["act"] for entry in file["entries"]] == [
        "register",
        "assign",
        "confirm",
        "assign",
        "start",
        "note",
        "reply",
        "answered",
        "link",
    ]
    assert file["reporters"][0]["name"] == "Hilde Cools"
    assert (report["answer_due"], report["reaction_due"]) == ("2026-04-26", "2026-03-18")
    assert file["linked_from"] == ["M-2026-01688"]


def test_every_category_has_something_said_about_it(town: Database):
    with town.reading() as connection:
        counted = select(REPORT.c.category_id, func.count()).group_by(REPORT.c.category_id)
        many = dict(connection.execute(counted).all())
    assert len(many) == 61  # sixty, and some without
