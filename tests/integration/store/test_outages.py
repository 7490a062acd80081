"""The database goes away for a moment: what runs by itself goes on where it was."""

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import Connection, select
from sqlalchemy.exc import OperationalError

from loket.catalogue.offer import Offers
from loket.kit.clock import FixedClock
from loket.queue.queries import measured
from loket.server import jobs
from loket.server.jobs import Housekeeping, forget
from loket.staff.tables import SignInFailureRow
from loket.store import feed
from loket.store.feed import Event, EventFeed
from loket.store.work import Actor, Request, Store
from tests.builders import SITE, Done
from tests.conftest import on_server

SOMEBODY = Actor("u-sofie", "c-onthaal-1", SITE, frozenset())


class Shaky(Store):
    """A store whose readings fail as often as it is told."""

    failing = 0

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        if self.failing:
            self.failing -= 1
            raise OperationalError("SELECT", {}, psycopg.OperationalError("gone"))
        with super().reading() as connection:
            yield connection


def happen(store: Store, kind: str) -> None:
    with store.work(Request(SOMEBODY)) as work:
        work.announce(SITE, kind, Done())
        work.commit(Done())


@contextmanager
def hearing(
    store: Store, let_go: Callable[[], None] = lambda: None
) -> Iterator["queue.Queue[list[Event]]"]:
    heard: queue.Queue[list[Event]] = queue.Queue()
    reader = EventFeed(store, heard.put, let_go)
    reader.start()
    try:
        yield heard
    finally:
        reader.stop()


def test_the_reader_of_events_survives_failures_and_goes_on_where_it_was(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "AGAIN_SECONDS", 0.01)
    shaky = Shaky(store.database, store.clock)
    with hearing(shaky) as heard:
        happen(shaky, "before")
        assert [event.kind for event in heard.get(timeout=10)] == ["before"]
        shaky.failing = 3
        happen(shaky, "meanwhile")
        assert [event.kind for event in heard.get(timeout=10)] == ["meanwhile"]
        assert shaky.failing == 0


def test_a_lost_ear_is_opened_again(
    store: Store, town_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if store.database.is_sqlite:
        pytest.skip("only PostgreSQL calls")
    monkeypatch.setattr(feed, "AGAIN_SECONDS", 0.01)
    server, _slash, name = town_url.rpartition("/")
    with hearing(store) as heard:
        happen(store, "before")
        heard.get(timeout=10)
        on_server(
            server,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            f" WHERE datname = '{name}' AND query LIKE 'LISTEN%'",
        )
        happen(store, "after")
        assert [event.kind for event in heard.get(timeout=10)] == ["after"]


def test_followers_are_let_go_when_it_takes_long(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "AGAIN_SECONDS", 0.01)
    monkeypatch.setattr(feed, "AWAY_SECONDS", 0.02)
    let_go = threading.Event()
    shaky = Shaky(store.database, store.clock)
    with hearing(shaky, let_go.set):
        shaky.failing = 1_000_000
        assert let_go.wait(10)
        shaky.failing = 0


def test_housekeeping_goes_on_after_any_failure(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "EVERY_SECONDS", 0.01)
    monkeypatch.setattr(jobs, "FORGET_EVERY", 1)
    rounds = threading.Semaphore(0)

    def fail(_store: Store, _messages_kept: timedelta) -> None:
        rounds.release()
        raise OperationalError("DELETE", {}, psycopg.OperationalError("gone"))

    monkeypatch.setattr(jobs, "forget", fail)
    housekeeping = Housekeeping(store, Offers(store.clock, measured))
    housekeeping.start()
    try:
        assert all(rounds.acquire(timeout=10) for _ in range(3))
    finally:
        housekeeping.stop()


def test_wrong_passwords_are_forgotten_after_a_day(store: Store, clock: FixedClock) -> None:
    with store.database.writers.begin() as connection:
        connection.execute(
            SignInFailureRow.__table__.insert(),
            {"username": "sofie", "failures": 3, "last_at": clock.now()},
        )
    clock.advance(hours=23)
    forget(store)
    assert _names(store) == ["sofie"]
    clock.advance(hours=2)
    forget(store)
    assert _names(store) == []


def _names(store: Store) -> list[str]:
    with store.reading() as connection:
        return list(connection.scalars(select(SignInFailureRow.username)))
