"""Following a site: everything committed, once, in order; resumed by number or begun anew."""

import asyncio
import json
import statistics
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from time import perf_counter

import pytest
from sqlalchemy import text

from loket.kit.clock import FixedClock
from loket.kit.errors import NotSignedIn
from loket.link.sse import HEARTBEAT, Frame, frames
from loket.store.engine import open_database
from loket.store.work import Actor, Request, Store
from loket.web import stream
from loket.web.stream import Streams
from tests.builders import EID, OTHER_SITE, SITE, Done
from tests.serving import Client

Sit = Callable[[str, str], Client]
SOMEBODY = Actor("u-sofie", "c-onthaal-1", SITE, frozenset())


class Follows:
    """An open stream."""

    def __init__(self, answer) -> None:
        self.answer = answer
        self.raw: list[bytes] = []
        self._frames = frames(self._pieces())

    def _pieces(self) -> Iterator[bytes]:
        for piece in self.answer.iter_content(None):
            self.raw.append(piece)
            yield piece

    def next(self) -> Frame:
        """The next event; waits have no number and come whenever they are reckoned."""
        return next(f for f in self._frames if f is not HEARTBEAT and f.event != "waits")

    def rest(self) -> list[Frame]:
        return list(self._frames)

    def numbers(self, count: int) -> list[int]:
        return [json.loads(self.next().data)["number"] for _ in range(count)]

    def until_it_stands(self) -> None:
        next(self._frames)


@contextmanager
def following(desk: Client, query: str = "", **headers: str) -> Iterator[Follows]:
    path = f"{desk.url}/sites/{SITE}/events{query}"
    with desk.http.get(path, stream=True, timeout=10, headers=headers) as answer:
        assert answer.status_code == 200, answer.text
        yield Follows(answer)


def board(desk: Client):
    return desk.get(f"/sites/{SITE}/board").json()


def place(desk: Client) -> str:
    now = board(desk)
    return f"?epoch={now['epoch']}&after={now['number']}"


def test_from_a_snapshot_on_nothing_is_missed_or_told_twice(sit: Sit) -> None:
    desk = sit("sofie", "onthaal-1")
    start = place(desk)
    given = [desk.ticket(EID)["number"] for _ in range(3)]
    with following(desk, start) as stream_:
        given += [desk.ticket(EID)["number"] for _ in range(3)]
        heard = [json.loads(stream_.next().data) for _ in range(6)]
    assert [event["data"]["ticket"]["number"] for event in heard] == given
    first = heard[0]["number"]
    assert [event["number"] for event in heard] == list(range(first, first + 6))
    assert {event["kind"] for event in heard} == {"ticket_changed"}


def test_it_resumes_after_the_last_event_that_was_seen(sit: Sit) -> None:
    desk = sit("sofie", "onthaal-1")
    with following(desk, place(desk)) as stream_:
        desk.ticket(EID)
        seen = stream_.next()
    desk.ticket(EID), desk.ticket(EID)
    number = json.loads(seen.data)["number"]
    with following(desk, **{"Last-Event-ID": seen.id}) as stream_:
        desk.ticket(EID)
        assert stream_.numbers(3) == [number + 1, number + 2, number + 3]


def test_another_life_of_the_database_asks_for_a_new_snapshot(sit: Sit) -> None:
    desk = sit("sofie", "onthaal-1")
    number = board(desk)["number"]
    for query in ("", f"?epoch=another&after={number}", f"?epoch={board(desk)['epoch']}&after=999"):
        with following(desk, query) as stream_:
            assert [frame.event for frame in stream_.rest()] == ["reset"]


def test_a_number_that_is_no_longer_kept_asks_for_a_new_snapshot(sit: Sit, store: Store) -> None:
    desk = sit("sofie", "onthaal-1")
    start = place(desk)
    for _ in range(3):
        desk.ticket(EID)
    with store.database.writers.begin() as connection:
        connection.execute(text("DELETE FROM event"))
    with following(desk, start) as stream_:
        assert [frame.event for frame in stream_.rest()] == ["reset"]
    with following(desk, place(desk)) as stream_:
        desk.ticket(EID)
        assert len(stream_.numbers(1)) == 1


def test_events_carry_no_names_and_pass_every_proxy(sit: Sit) -> None:
    desk = sit("sofie", "onthaal-1")
    with following(desk, place(desk)) as stream_:
        desk.ticket(EID, visit={"visitor_name": "Marleen De Smedt", "note": "slecht te been"})
        stream_.next()
    told = b"".join(stream_.raw)
    assert b"Marleen" not in told
    assert b"slecht" not in told
    assert stream_.answer.headers["Cache-Control"] == "no-cache, no-transform"
    assert stream_.answer.headers["X-Accel-Buffering"] == "no"
    assert stream_.answer.headers["Content-Type"].startswith("text/event-stream")


def test_only_ones_own_site(sit: Sit, server: str) -> None:
    desk = sit("sofie", "onthaal-1")
    assert desk.get(f"/sites/{OTHER_SITE}/events").json()["code"] == "queue.other_counter"
    assert Client(server).get(f"/sites/{SITE}/events").json()["code"] == "not_signed_in"


def test_a_supervisor_watches_the_other_site_without_names(sit: Sit) -> None:
    sit("sofie", "onthaal-1").ticket(EID, visit={"visitor_name": "Marleen", "note": "slecht"})
    an = sit("an", "kortbeek-1")
    board = an.get(f"/sites/{SITE}/board").json()
    assert [card["ticket"]["number"] for card in board["cards"]] == ["A001"]
    assert [(card["visitor_name"], card["note"]) for card in board["cards"]] == [("", "")]
    assert sit("tom", "kortbeek-1").get(f"/sites/{SITE}/board").status_code == 403


def test_what_another_process_commits_is_heard(sit: Sit, town_url: str, clock: FixedClock) -> None:
    desk = sit("sofie", "onthaal-1")
    elsewhere = open_database(town_url)
    with following(desk, place(desk)) as stream_:
        stream_.until_it_stands()
        with Store(elsewhere, clock).work(Request(SOMEBODY)) as work:
            work.announce(SITE, "from_elsewhere", Done())
            work.commit(Done())
        assert stream_.next().event == "from_elsewhere"
    elsewhere.dispose()


def test_a_quiet_stream_shows_that_it_lives(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "HEARTBEAT_SECONDS", 0.01)
    desk = sit("sofie", "onthaal-1")
    with following(desk, place(desk)) as stream_:
        for _ in range(6):  # waits may be among them
            stream_.until_it_stands()
    assert b"".join(stream_.raw).count(b": heartbeat") >= 2


def poll(desk: Client, query: str):
    answer = desk.get(f"/sites/{SITE}/events{query}", headers={"Accept": "application/json"})
    return answer.json()


def test_long_polling_tells_the_same(sit: Sit) -> None:
    desk = sit("sofie", "onthaal-1")
    start = place(desk)
    assert poll(desk, f"{start}&wait=0")["events"] == []
    number = desk.ticket(EID)["number"]
    page = poll(desk, f"{start}&wait=25")
    assert page["events"][0]["data"]["ticket"]["number"] == number
    assert page["reset"] is False
    assert poll(desk, "?epoch=another&after=1")["reset"] is True


@pytest.mark.parametrize("wait", [0, 5])
def test_long_polling_tells_all_that_was_missed(sit: Sit, wait: int) -> None:
    desk = sit("sofie", "onthaal-1")
    start = place(desk)
    given = [desk.ticket(EID)["number"] for _ in range(3)]
    told = poll(desk, f"{start}&wait={wait}")["events"]
    assert [event["data"]["ticket"]["number"] for event in told] == given


@pytest.mark.parametrize("said", ["garbage", "", ".", "e.", "e.-1", "e.²", "e.1x"])
def test_a_place_that_we_never_gave_is_none(said: str) -> None:
    assert stream.place_of(said) == ("", 0)
    assert stream.place_of("e.17") == ("e", 17)


def test_a_stream_ends_when_who_followed_may_no_longer(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "HEARTBEAT_SECONDS", 0.01)
    asked = []

    def ask() -> None:
        asked.append(True)
        if len(asked) > 2:
            raise NotSignedIn

    async def watch() -> list[bytes]:
        streams = Streams(store)
        streams.start()
        heard = [frame async for frame in streams.follow(SITE, 0, ask)]
        await streams.stop()
        return heard

    assert set(asyncio.run(watch())) == {stream.BEAT.frame}
    assert len(asked) == 3


def test_eighty_streams_do_not_slow_the_others(sit: Sit) -> None:
    desk, start = sit("sofie", "onthaal-1"), ""

    def ping() -> float:
        taken = []
        for _ in range(25):
            begin = perf_counter()
            assert desk.get("/health").status_code == 200
            taken.append(perf_counter() - begin)
        return statistics.median(taken)

    alone, start = ping(), place(desk)
    with ExitStack() as streams:
        # A connection each: the pool of a session would wait for one to be free.
        clients = [
            streams.enter_context(Client(desk.url.removesuffix("/api/v1")).http) for _ in range(80)
        ]
        opened = []
        for client in clients:
            client.headers["Authorization"] = desk.http.headers["Authorization"]
            path = f"{desk.url}/sites/{SITE}/events{start}"
            answer = streams.enter_context(client.get(path, stream=True, timeout=10))
            opened.append(Follows(answer))
        for one in opened:
            one.until_it_stands()
        beside = ping()
        number = desk.ticket(EID)["number"]
        told = [json.loads(one.next().data)["data"]["ticket"]["number"] for one in opened]
    assert told == [number] * 80
    # As plain generators in the thread pool this was 230 times slower.
    assert beside / alone < 25


def kind_of(frame: bytes) -> str:
    return frame.partition(b"event: ")[2].partition(b"\n")[0].decode()


def test_who_falls_behind_is_dropped_and_resumes(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "BACKLOG", 5)

    def happen(kind: str) -> None:
        with store.work(Request(SOMEBODY)) as work:
            work.announce(SITE, kind, Done())
            work.commit(Done())

    async def watch() -> tuple[list[str], list[str]]:
        streams = Streams(store)
        streams.start()
        slow, quick = streams.follow(SITE, start), streams.follow(SITE, start)
        first = [asyncio.ensure_future(anext(one)) for one in (slow, quick)]
        await asyncio.to_thread(happen, "e0")
        seen = [kind_of(await future) for future in first]
        for n in range(1, 20):
            await asyncio.to_thread(happen, f"e{n}")
            seen.append(kind_of(await anext(quick)))
        async with asyncio.timeout(30):
            left = [kind_of(frame) async for frame in slow]
        resumed = streams.follow(SITE, start + 1)
        again = [kind_of(await anext(resumed)) for _ in range(19)]
        assert streams.desks == 2, "who was dropped is not kept in mind"
        await resumed.aclose()
        await quick.aclose()
        await streams.stop()
        assert seen == ["e0", "e0", *(f"e{n}" for n in range(1, 20))]
        return left, again

    with store.reading() as connection:
        start = connection.scalar(
            text("SELECT last_number FROM event_stream WHERE site_id = :site"), {"site": SITE}
        )
    left, again = asyncio.run(watch())
    assert left == []
    assert again == [f"e{n}" for n in range(1, 20)]


def test_a_stream_ends_after_signing_out(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "HEARTBEAT_SECONDS", 0.05)
    desk = sit("sofie", "onthaal-1")
    with following(desk, place(desk)) as stream_:
        stream_.until_it_stands()
        desk.http.delete(f"{desk.url}/sessions/current", timeout=10)
        stream_.rest()


@pytest.mark.parametrize("said", ["garbage", ".", "{epoch}.-1", "{epoch}.1x"])
def test_an_odd_last_event_id_asks_for_a_new_snapshot(sit: Sit, said: str) -> None:
    desk = sit("sofie", "onthaal-1")
    now = board(desk)
    asked = f"?epoch={now['epoch']}&after={now['number']}"
    with following(desk, asked, **{"Last-Event-ID": said.format(epoch=now["epoch"])}) as stream_:
        assert [frame.event for frame in stream_.rest()] == ["reset"]
