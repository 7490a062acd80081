"""The reports of Heidebeek since it began with Loket, those of the pictures among them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from sqlalchemy import Connection, bindparam, update

from loket.demo.day import STARTS
from loket.demo.history.chance import Chance
from loket.demo.reports.life import Life
from loket.demo.reports.moments import moments
from loket.demo.reports.pictured import Pictured
from loket.demo.reports.rows import keep
from loket.demo.reports.taking import TownReports
from loket.kit.clock import BRUSSELS
from loket.reports.rules.flow import OPEN
from loket.reports.tables import ReportRow

_REPORT: Final = ReportRow.metadata.tables["report"]
_LINK: Final = (
    update(_REPORT).where(_REPORT.c.id == bindparam("same")).values(linked_id=bindparam("goes_on"))
)
_SEED: Final = 1873
_BEGAN: Final = datetime(2025, 12, 15, 8, 30, tzinfo=BRUSSELS)
_NEW_YEAR: Final = datetime(2026, 1, 1, tzinfo=BRUSSELS)
_BEFORE: Final = 260
"""Reports of the first two weeks, in the old year."""
LAST_NUMBER: Final = 1872
_STORM: Final = (
    datetime(2026, 3, 11, 18, tzinfo=BRUSSELS),
    datetime(2026, 3, 13, 18, tzinfo=BRUSSELS),
)
"""It blew the night before the twelfth: a busy day for the desks."""
_BLOWN_DOWN: Final = (
    "boom",
    "boom",
    "boom",
    "verkeersbord",
    "straatlamp",
    "haag",
    "werken",
    "bushalte",
    "voetpad-tegel",
    "wateroverlast",
)
_CALLS_TODAY: Final = (
    (9, 45, "Belt terug over wanneer de ploeg komt."),
    (10, 30, "Wil weten of de aannemer bevestigd heeft."),
    (14, 0, "Na de middag, voordien niet thuis."),
    (16, 15, "Over de schade aan zijn wagen."),
)
_LETTERS_WAITING: Final = 2


def load_reports(connection: Connection) -> None:
    """Write them all."""
    town = TownReports(connection, Chance(_SEED), STARTS)
    pictured = Pictured(town)
    keep(connection, heidebeek(town, pictured))
    same, goes_on = pictured.linked
    connection.execute(_LINK, {"same": same, "goes_on": goes_on})


def heidebeek(town: TownReports, pictured: Pictured) -> list[Life]:
    """In the order in which they were taken down."""
    lives = [*_of_old_year(town), *_of_new_year(town, pictured)]
    still_open = [life for life in lives if life.state in OPEN]
    _promise_calls(town, [life for life in still_open if life.row["id"] not in pictured.ids])
    _leave_letters(lives)
    return lives


def _of_old_year(town: TownReports) -> Iterator[Life]:
    at = moments(town.chance, _BEGAN, _NEW_YEAR - timedelta(hours=8), _BEFORE)
    for nr, moment in enumerate(at, start=1):
        yield town.any_life(nr, moment)


def _of_new_year(town: TownReports, pictured: Pictured) -> Iterator[Life]:
    """Between those of the pictures as many as their numbers leave room for."""
    stops = [(0, _NEW_YEAR), *pictured.stops(), (LAST_NUMBER + 1, STARTS)]
    for (before, since), (after, until) in pairwise(stops):
        if before:
            yield pictured.life(before)
        at = moments(town.chance, since, until, after - before - 1)
        for nr, moment in enumerate(at, start=before + 1):
            yield _ordinary(town, pictured, nr, moment)


def _ordinary(town: TownReports, pictured: Pictured, nr: int, at: datetime) -> Life:
    """Any report, elsewhere than where the pictures show all there is."""
    stormy = _STORM[0] <= at < _STORM[1] and town.chance.happens(0.6)
    while True:
        life = town.any_life(nr, at, _BLOWN_DOWN if stormy else ())
        if not pictured.is_beside(life):
            return life


def _promise_calls(town: TownReports, lives: list[Life]) -> None:
    """Some wait to be called back today."""
    by_phone = [life for life in lives if life.reporters[0]["phone"] and life.row["handler_id"]]
    friday = STARTS - timedelta(days=2, hours=17)
    for life, (hour, minute, note) in zip(
        by_phone[-len(_CALLS_TODAY) :], _CALLS_TODAY, strict=False
    ):
        life.at = max(life.at, friday)
        due = STARTS.astimezone(BRUSSELS).replace(hour=hour, minute=minute)
        life.promise(town.staff.desk("yasmine"), due, note, kept=None)


def _leave_letters(lives: list[Life]) -> None:
    """The newest letters wait for the post; all others went."""
    letters = sorted(
        (letter for life in lives for letter in life.letters),
        key=lambda letter: letter["written_at"],
    )
    for letter in letters[:-_LETTERS_WAITING]:
        if letter["posted_at"] is None:
            letter["posted_at"] = min(STARTS, letter["written_at"] + timedelta(hours=2))
            letter["posted_by"] = "u-hanne"
    for letter in letters[-_LETTERS_WAITING:]:
        letter["posted_at"] = letter["posted_by"] = None
