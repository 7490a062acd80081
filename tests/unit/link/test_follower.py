import queue
import threading

import pytest

from loket.link.follower import Follower, Place
from loket.link.http import Request
from loket.link.sse import HEARTBEAT, Frame, frames
from tests.unit.link.fake_server import BROKEN, Reply, problem

STREAM = "text/event-stream"


def test_frames_come_whole_however_the_bytes_are_cut():
    stream = (
        b": following e1\n\nid: e1.7\nevent: ticket_changed\ndata: {}\n\r\n"
        b"event: x\nid: e1.8\ndata: caf\xc3\xa9\ndata: two\n\nid: e1.9\ndata: unfinished\n"
    )
    expected = [
        HEARTBEAT,
        Frame("ticket_changed", "{}", "e1.7"),
        Frame("x", "café\ntwo", "e1.8"),
    ]
    for size in (1, 2, 7, 1000):
        pieces = [stream[at : at + size] for at in range(0, len(stream), size)]
        assert list(frames(pieces)) == expected


class FakeFeed:
    def __init__(self, link):
        self.link = link
        self.told = queue.Queue()
        self.number = 5
        self.refuse = set()

    def address(self, place):
        return f"/events?epoch={place.epoch}&after={place.number}"

    def snapshot(self):
        self.link.call(Request.get("/board", dict))
        self.told.put("snapshot")
        return Place("e1", self.number)

    def take(self, frame, place):
        number = int(frame.id.rpartition(".")[2])
        self.told.put(number)
        return None if number in self.refuse else Place(place.epoch, number)

    def poll(self, place):
        page = self.link.call(Request.get(f"/poll?after={place.number}", dict))
        if page["number"] == 0:
            return None
        self.told.put(page["number"])
        return Place("e1", page["number"])

    def connected(self):
        self.told.put("connected")

    def disconnected(self):
        self.told.put("disconnected")

    def ended(self):
        self.told.put("ended")

    def hear(self, wanted):
        heard = []
        while not heard or heard[-1] != wanted:
            heard.append(self.told.get(timeout=10))
        return heard


class Streaming:
    """A server whose streams a test writes, piece by piece, to the one opened last."""

    def __init__(self, server):
        self.server = server
        self.all_pieces = []
        self.opened = threading.Semaphore(0)
        self.streams = []
        server.answer = self.answer

    def next_stream(self):
        """Wait until the follower opened one more."""
        assert self.opened.acquire(timeout=10)

    def answer(self, call):
        if call.path == "/board":
            return Reply(body={})
        pieces = queue.Queue()
        self.streams.append(call)
        self.all_pieces.append(pieces)
        self.opened.release()
        return Reply(media_type=STREAM, chunks=iter(pieces.get, None))

    def write(self, piece):
        self.all_pieces[-1].put(piece)

    def event(self, number):
        self.write(f"id: e1.{number}\nevent: x\ndata: {{}}\n\n".encode())

    def end(self):
        self.write(None)


@pytest.fixture
def streaming(server):
    streaming = Streaming(server)
    yield streaming
    for pieces in streaming.all_pieces:
        pieces.put(None)


@pytest.fixture
def feed(link):
    return FakeFeed(link)


@pytest.fixture
def follower(link, session, feed):
    follower = Follower(link, session, feed)
    yield follower
    follower.close()


def test_events_after_the_snapshot_arrive(streaming, follower, feed):
    follower.start()
    streaming.next_stream()
    assert feed.hear("connected") == ["snapshot", "connected"]
    streaming.event(6)
    assert feed.hear(6) == [6]
    assert streaming.streams[0].path == "/events?epoch=e1&after=5"
    assert streaming.streams[0].headers["accept"] == STREAM


def test_a_stream_that_ends_is_resumed_where_it_was_without_a_snapshot(streaming, follower, feed):
    follower.start()
    streaming.next_stream()
    streaming.event(6)
    feed.hear(6)
    streaming.end()
    assert feed.hear("connected") == ["disconnected", "connected"]
    streaming.next_stream()
    streaming.event(7)
    feed.hear(7)
    assert streaming.streams[1].path == "/events?epoch=e1&after=6"
    assert streaming.streams[1].headers["last-event-id"] == "e1.6"


def test_a_reset_brings_a_new_snapshot(streaming, follower, feed):
    follower.start()
    streaming.next_stream()
    feed.hear("connected")
    feed.number = 40
    streaming.write(b"event: reset\ndata: {}\n\n")
    assert feed.hear("connected") == ["snapshot", "connected"]
    streaming.next_stream()
    streaming.event(41)
    feed.hear(41)
    assert streaming.streams[-1].path.endswith("after=40")


def test_an_event_that_cannot_be_applied_brings_a_new_snapshot(streaming, follower, feed):
    feed.refuse = {6}
    follower.start()
    streaming.next_stream()
    streaming.event(6)
    assert feed.hear("snapshot") == ["snapshot"]
    assert "snapshot" in feed.hear("snapshot")


def test_it_stops_at_once_in_the_middle_of_a_silent_stream(streaming, follower, feed):
    follower.start()
    streaming.next_stream()
    feed.hear("connected")
    follower.close()  # the fixture of dangling threads would see one that waits for a heartbeat
    assert feed.hear("disconnected") == ["disconnected"]


def test_it_stops_while_it_waits_to_try_again(server, follower, feed):
    server.answer = lambda call: BROKEN
    follower.start()
    feed.hear("disconnected")
    follower.close()


def test_a_session_that_is_over_ends_it(server, follower, feed):
    server.answer = lambda call: problem(401, "staff.session_ended")
    follower.start()
    assert feed.hear("ended")[-1] == "ended"


def test_closing_is_not_the_end_of_a_session(streaming, follower, feed, session):
    follower.start()
    streaming.next_stream()
    feed.hear("connected")
    session.end()
    follower.close()
    assert "ended" not in list(feed.told.queue)


def test_where_streams_do_not_pass_it_polls(server, follower, feed):
    numbers = iter([6, 7])
    idle = threading.Event()

    def answer(call):
        if call.path.startswith("/events"):
            return Reply(body={})  # a proxy that makes one answer of it
        if call.path.startswith("/poll"):
            number = next(numbers, None)
            if number is None:
                idle.wait(10)
                return problem(401, "staff.session_ended")
            return Reply(body={"number": number})
        return Reply(body={})

    server.answer = answer
    follower.start()
    assert feed.hear(7)[-2:] == [6, 7]
    idle.set()
    assert feed.hear("ended")


def test_a_server_that_comes_back_is_followed_again(server, streaming, follower, feed):
    server.answer = lambda call: BROKEN
    follower.start()
    feed.hear("disconnected")
    server.answer = streaming.answer
    follower.hurry()
    assert feed.hear("connected")[-2:] == ["snapshot", "connected"]
