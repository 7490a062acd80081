"""The doors for answers by mail: a real mailbox on a real IMAP server, and the pipe."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from imap_tools import MailBoxUnencrypted
from sqlalchemy import text

from loket.catalogue.offer import Offers
from loket.channels.mailbox import Mailbox, mailbox
from loket.channels.settings import ChannelSettings
from loket.queue.queries import measured
from loket.server.mailroom import Mailroom, mailroom_of
from loket.store.work import Store
from tests import imap
from tests.imap import Imap, imap_server
from tests.incoming import OWN, REPLY, answer_to, rows, taken_in
from tests.mailbox import free_port
from tests.mails import mail, sample
from tests.reporting import arrange, file_of, registered
from tests.serving import Client

Sit = Callable[[str, str], Client]
needs_imap = pytest.mark.skipif(imap.missing(), reason="Debian's package dovecot-imapd is missing")


@pytest.fixture
def desk(sit: Sit, store: Store) -> Client:
    arrange(store)
    return sit("sofie", "onthaal-1")


@pytest.fixture
def one(desk: Client) -> dict[str, Any]:
    taken: dict[str, Any] = registered(desk)["report"]
    return taken


@pytest.fixture
def post() -> Iterator[Imap]:
    with imap_server() as running:
        yield running


def room(store: Store, post: Imap) -> Mailroom:
    offers = Offers(store.clock, measured)
    return Mailroom(store, offers, post.server, OWN, first_pause=0.05)


def emptied(store: Store, post: Imap) -> int:
    with mailbox(post.server) as box:
        return room(store, post).take_all(box)


def answers(desk: Client, report: dict[str, Any]) -> list[str]:
    entries = file_of(desk, report["id"])["entries"]
    return [entry["text"] for entry in entries if entry["act"] == "answered"]


@needs_imap
def test_a_mailbox_is_emptied_into_its_files(
    desk: Client, store: Store, post: Imap, one: dict[str, Any]
) -> None:
    deep = b"From: a@b.be\r\n" + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" * 99
    post.put(sample("gmail-nl", to=answer_to(store)), mail("Los.").as_bytes(), deep)
    assert emptied(store, post) == 3
    assert len(answers(desk, one)) == 1
    assert [each["why"] for each in desk.get("/report-mails").json()["mails"]] == [
        "no_file",
        "tangled",
    ]
    assert post.holds() == []
    assert len(post.holds("Loket")) == 2
    assert len(post.holds("Loket.Niet gelezen")) == 1
    assert emptied(store, post) == 0


@needs_imap
def test_power_lost_between_commit_and_putting_away(
    desk: Client, store: Store, post: Imap, one: dict[str, Any]
) -> None:
    raw = mail("Eén keer.", to=answer_to(store)).as_bytes()
    post.put(raw)
    with mailbox(post.server) as box:
        (uid,) = box.unseen()
        seen = box.fetch(uid)
        assert seen is not None
        taken_in(store, seen)  # committed; and here the power goes
    assert emptied(store, post) == 1
    assert answers(desk, one) == ["Eén keer."]
    assert post.holds() == []


@needs_imap
def test_what_the_database_cannot_take_stays_in_the_mailbox(
    desk: Client, store: Store, post: Imap, one: dict[str, Any]
) -> None:
    post.put(mail("Later.", to=answer_to(store)).as_bytes())
    with store.database.writers.connect() as blocking:
        blocking.begin()
        if store.database.is_sqlite:
            stuck = store.database
            with pytest.raises(Exception, match="in_progress"), mailbox(post.server) as box:
                room(Store(stuck, store.clock), post).take_all(box)
        else:
            blocking.execute(text("LOCK TABLE report_mail IN ACCESS EXCLUSIVE MODE"))
            with pytest.raises(Exception, match="in_progress"), mailbox(post.server) as box:
                room(store, post).take_all(box)
        blocking.rollback()
    assert len(post.holds()) == 1
    assert emptied(store, post) == 1
    assert answers(desk, one) == ["Later."]


class _Watched(Mailroom):
    """Says when it has looked, so that a test need not guess."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.looked = threading.Semaphore(0)

    def take_all(self, box: Mailbox) -> int:
        many = super().take_all(box)
        for _each in range(many or 1):
            self.looked.release()
        return many


@needs_imap
def test_two_servers_on_one_mailbox_take_it_once(
    desk: Client, store: Store, post: Imap, one: dict[str, Any]
) -> None:
    to = answer_to(store)
    told = [f"Nummer {n}." for n in range(12)]
    post.put(*(mail(each, to=to).as_bytes() for each in told))
    offers = Offers(store.clock, measured)
    both = [_Watched(store, offers, post.server, OWN, first_pause=0.05) for _each in range(2)]
    for each in both:
        each.start()
    while post.holds():  # one who stumbles over the other begins again
        assert any(each.looked.acquire(timeout=20) for each in both)
    for each in both:
        each.stop()
    assert sorted(answers(desk, one)) == sorted(told)


@needs_imap
def test_a_folder_that_another_makes_just_after_we_looked_for_it(post: Imap) -> None:
    post.put(mail("Een.").as_bytes(), mail("Twee.").as_bytes())
    with mailbox(post.server) as other, MailBoxUnencrypted("127.0.0.1", post.port) as ours:
        ours.login(imap.USER, imap.PASSWORD)
        theirs, mine = other.unseen()
        look = ours.folder.exists

        def look_too_early(name: str) -> bool:
            found = look(name)
            if name == "Loket" and theirs in other.unseen():
                other.put_away(theirs, "Loket")
            return found

        ours.folder.exists = look_too_early  # type: ignore[method-assign]
        Mailbox(ours).put_away(mine, "Loket")
    assert post.holds() == []
    assert len(post.holds("Loket")) == 2


@needs_imap
def test_new_mail_is_read_while_the_server_stands(
    desk: Client, store: Store, one: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    port = free_port()
    with imap_server(port) as post:
        offers = Offers(store.clock, measured)
        reading = _Watched(store, offers, post.server, OWN, first_pause=0.05)
        reading.start()
        assert reading.looked.acquire(timeout=20)  # it waits for news now
        post.put(mail("Eerst.", to=answer_to(store)).as_bytes())
        assert reading.looked.acquire(timeout=20)
        assert answers(desk, one) == ["Eerst."]
    with imap_server(port) as post:  # the server was away, and is there again
        post.put(mail("Daarna.", to=answer_to(store)).as_bytes())
        while answers(desk, one) != ["Eerst.", "Daarna."]:
            assert reading.looked.acquire(timeout=20)
        reading.stop()
    assert sum("no mail is read now" in line for line in caplog.messages) <= 2
    assert "geheim" not in caplog.text


@needs_imap
def test_a_wrong_password_is_told_once_and_never_shown(
    store: Store, post: Imap, caplog: pytest.LogCaptureFixture
) -> None:
    url = post.url.replace("geheim", "verkeerd")
    reading = mailroom_of(store, Offers(store.clock, measured), ChannelSettings(imap_url=url))
    assert reading is not None
    told = threading.Event()

    import logging

    class Ear(logging.Handler):
        def emit(self, _record: logging.LogRecord) -> None:
            told.set()

    ear = Ear()
    logging.getLogger("loket.server.mailroom").addHandler(ear)
    try:
        reading.start()
        assert told.wait(30)
        reading.stop()
    finally:
        logging.getLogger("loket.server.mailroom").removeHandler(ear)
    (line,) = [line for line in caplog.messages if "no mail is read now" in line]
    assert "MailboxLoginError" in line
    assert "verkeerd" not in caplog.text


def test_without_a_mailbox_nothing_is_read(store: Store) -> None:
    assert mailroom_of(store, Offers(store.clock, measured), ChannelSettings()) is None


# the pipe


def piped(store: Store, raw: bytes, *more: str, url: str = "", data: Path | None = None) -> int:
    where = ["--database-url", url or store.database.url]
    where += ["--data", str(data)] if data else []
    return subprocess.run(
        [sys.executable, "-m", "loket", "mail-in", *where, *more],
        input=raw,
        env={**os.environ, "LOKET_REPLY_ADDRESS": REPLY},
        timeout=120,
        check=False,
        capture_output=True,
    ).returncode


def test_a_message_comes_in_by_the_pipe(
    desk: Client, store: Store, one: dict[str, Any], tmp_path: Path
) -> None:
    raw = mail("Langs de buis.", to=answer_to(store)).as_bytes()
    assert piped(store, raw, data=tmp_path) == 0
    assert piped(store, raw, data=tmp_path) == 0
    bcc = mail("Blind.", to="iemand@elders.example").as_bytes()
    assert piped(store, bcc, "--to", answer_to(store), data=tmp_path) == 0
    assert answers(desk, one) == ["Langs de buis.", "Blind."]


def test_the_pipe_says_what_a_mail_server_understands(store: Store, tmp_path: Path) -> None:
    assert piped(store, b"", data=tmp_path) == 65
    away = "postgresql://loket@127.0.0.1:9/nergens"
    assert piped(store, mail().as_bytes(), url=away, data=tmp_path) == 75
    empty = f"sqlite:///{tmp_path / 'leeg.sqlite3'}"
    assert piped(store, mail().as_bytes(), url=empty, data=tmp_path) == 75
    assert rows(store) == []
