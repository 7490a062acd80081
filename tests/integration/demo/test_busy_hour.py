"""The busy hour of the demonstration: what it leaves must be a waiting room as it could be."""

import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from loket.demo.busy_hour.hour import ENDS, DayBegun, play_busy_hour
from loket.demo.day import demonstration_clock
from loket.kit.paths import DataFolder
from loket.store.engine import Database, open_database, sqlite_url

Ask = Callable[[str], list[Any]]
ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, heidebeek_file: Path) -> Iterator[Database]:
    file = tmp_path_factory.mktemp("busy") / "busy.sqlite3"
    shutil.copyfile(heidebeek_file, file)
    database = open_database(sqlite_url(file))
    play_busy_hour(database)
    yield database
    database.dispose()


@pytest.fixture
def ask(town: Database) -> Ask:
    def rows(query: str) -> list[Any]:
        with town.reading() as reads:
            return list(reads.execute(text(query)).all())

    return rows


def test_numbers_have_no_gap_and_none_is_given_twice(ask: Ask):
    series = ask(f"SELECT series_id, count(*), max(number) {TODAY} GROUP BY 1")
    assert len(series) > 5
    assert [given for given in series if given[1] != given[2]] == []


def test_nobody_was_at_two_counters_and_no_counter_had_two(ask: Ask):
    stays = ask(
        "SELECT a.ticket_id FROM ticket_interval a JOIN ticket_interval b"
        " ON a.counter_id = b.counter_id AND (a.ticket_id, a.seq) < (b.ticket_id, b.seq)"
        " JOIN ticket ON ticket.id = a.ticket_id"
        " WHERE day = '2026-03-16' AND a.state IN ('called', 'serving')"
        " AND b.state IN ('called', 'serving')"
        " AND a.from_at < coalesce(b.to_at, '2027') AND b.from_at < coalesce(a.to_at, '2027')"
        " AND date(b.from_at) = '2026-03-16'"
    )
    open_calls = ask(f"SELECT counter_id {TODAY} AND state IN ('called', 'serving')")
    assert stays == []
    assert len(open_calls) == len(set(open_calls)) >= 6


def test_the_room_stands_as_on_the_picture(ask: Ask):
    states = Counter(state for (state,) in ask(f"SELECT state {TODAY}"))
    assert 50 <= states["done"] <= 70
    assert 11 <= states["waiting"] <= 17
    assert states["parked"] == 1
    paused = dict(
        tuple(row)
        for row in ask(
            "SELECT code, pause_reason FROM counter_presence p JOIN counter c"
            " ON c.id = p.counter_id WHERE pause_reason != ''"
        )
    )
    assert paused == {"loket-4": "supervisor", "loket-6": "break"}


def test_one_queue_waits_longer_than_its_norm(ask: Ask):
    longest = ask(
        "SELECT (julianday('2026-03-16 09:12') - julianday(min(arrived_at))) * 1440"
        f" {TODAY} AND state = 'waiting' AND queue_id LIKE '%burgerzaken'"
    )
    assert 20 < longest[0][0] < 32


def test_the_day_goes_on_from_its_last_act(town: Database):
    assert demonstration_clock(town).now() - ENDS < timedelta(minutes=1)


def test_a_day_that_has_begun_is_left_alone(town: Database):
    with pytest.raises(DayBegun):
        play_busy_hour(town)


def test_the_command_says_where_the_day_stands_and_refuses_a_second_time(
    heidebeek_file: Path, tmp_path: Path
):
    data = DataFolder(tmp_path)
    data.server.mkdir(parents=True)
    shutil.copyfile(heidebeek_file, data.database)
    command = [sys.executable, "-m", "loket", "busy-hour", "--data", str(tmp_path)]
    first, second = (
        subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=120)
        for _ in range(2)
    )
    assert (first.returncode, second.returncode) == (0, 1)
    assert "10:12" in first.stdout.decode()
    assert "--data" in second.stderr.decode()


TODAY = "FROM ticket WHERE day = '2026-03-16'"
