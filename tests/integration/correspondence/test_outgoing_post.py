"""From an act of a clerk to the letterbox, over a real mail server: once, and only once."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
import vobject
from sqlalchemy import func, select, update

from loket.correspondence.queries import MESSAGE
from loket.correspondence.rules import LEASE, MessageChannel, MessageKind
from loket.correspondence.usecases.posting import forget_messages, post, withdraw
from loket.kit.clock import FixedClock
from loket.server.jobs import forget
from loket.staff.usecases import NOBODY, Done
from loket.store.engine import Database, open_database
from loket.store.tables import EventRow, JournalRow
from loket.store.work import Request, Store
from tests.mailbox import Letterbox, free_port, mail_server
from tests.posting import STARTS, facts, item, letter, posted, postman, town_of


@pytest.fixture
def box() -> Iterator[Letterbox]:
    with mail_server() as box:
        yield box


def standing(store: Store, subject: str = "k-1") -> tuple[str, str, int]:
    with store.reading() as reads:
        row = reads.execute(select(MESSAGE).where(MESSAGE.c.subject_id == subject)).one()
        return row.state, row.fault, row.attempts


def test_what_was_posted_arrives_once(store: Store, box: Letterbox, tmp_path: Path) -> None:
    posted(store, letter(calendar=item()), letter(channel=MessageChannel.SMS))
    man = postman(store, box.port, tmp_path)
    man.go_round()
    man.go_round()
    (mail,) = box.mails
    assert mail["To"] == "k-1@burger.example"
    assert mail["Subject"] == "Uw afspraak op donderdag 19 maart om 09:00"
    text = mail.get_body(("plain",))
    assert text is not None
    assert "Beste Zoë Peeters," in text.get_content()
    assert "Te betalen: € 25,00" in text.get_content()
    calendar = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
    content = calendar.get_payload(decode=True)
    assert isinstance(content, bytes)
    assert vobject.readOne(content.decode()).vevent.dtstart.value == STARTS
    assert len(list(tmp_path.glob("*.sms.json"))) == 1


def test_an_act_that_is_not_committed_writes_to_nobody(
    store: Store, box: Letterbox, tmp_path: Path
) -> None:
    with suppress(RuntimeError), store.work(Request(NOBODY)) as work:
        assert post(work, town_of(store, work), letter()) is not None
        raise RuntimeError
    postman(store, box.port, tmp_path).go_round()
    assert box.mails == []


def test_the_same_is_told_once(store: Store, box: Letterbox, tmp_path: Path) -> None:
    assert posted(store, letter())[0] is not None
    assert posted(store, letter(), letter(sequence=1), letter())[0::2] == [None, None]
    postman(store, box.port, tmp_path).go_round()
    assert len(box.mails) == 2


def test_nothing_goes_before_its_time_or_after_it(
    store: Store, clock: FixedClock, box: Letterbox, tmp_path: Path
) -> None:
    kind = MessageKind.APPOINTMENT_REMINDER
    due = clock.now() + timedelta(hours=2)
    posted(store, letter(kind=kind, due_at=due))
    late = letter("k-2", kind=kind, due_at=due, until_at=due + timedelta(hours=1))
    posted(store, late)
    man = postman(store, box.port, tmp_path)
    man.go_round()
    assert box.mails == []
    clock.advance(hours=4)
    man.go_round()
    assert [mail["To"] for mail in box.mails] == ["k-1@burger.example"]
    assert standing(store, "k-2") == ("withdrawn", "expired", 0)


def test_a_reminder_of_what_was_cancelled_is_never_sent(
    store: Store, clock: FixedClock, box: Letterbox, tmp_path: Path
) -> None:
    reminder = frozenset({MessageKind.APPOINTMENT_REMINDER})
    posted(
        store,
        letter(),
        letter(kind=MessageKind.APPOINTMENT_REMINDER, due_at=clock.now() + timedelta(hours=1)),
    )
    with store.work(Request(NOBODY)) as work:
        assert withdraw(work, "k-1", reminder) == 1
        assert withdraw(work, "k-1", reminder) == 0
        work.commit(Done())
    clock.advance(hours=2)
    postman(store, box.port, tmp_path).go_round()
    assert len(box.mails) == 1


def test_a_server_that_was_away_gets_it_when_it_is_back(
    store: Store, clock: FixedClock, tmp_path: Path
) -> None:
    port = free_port()
    posted(store, letter(), letter("k-2"), letter(channel=MessageChannel.SMS))
    man = postman(store, port, tmp_path)
    man.go_round()
    assert standing(store, "k-2") == ("waiting", "", 0)  # not tried: the channel is away
    assert len(list(tmp_path.glob("*.sms.json"))) == 1  # the other channel is not
    clock.advance(minutes=1)
    with mail_server(Letterbox(port=port)) as box:
        man.go_round()
        clock.advance(minutes=1)
        man.go_round()
        man.go_round()
    assert sorted(box.recipients) == ["k-1@burger.example", "k-2@burger.example"]


def test_what_is_put_off_is_tried_less_and_less_often_and_given_up(
    store: Store, clock: FixedClock, box: Letterbox, tmp_path: Path
) -> None:
    box.on_data = lambda: "451 later"
    posted(store, letter())
    man = postman(store, box.port, tmp_path)
    pauses = []
    while standing(store)[0] == "waiting":
        man.go_round()
        with store.reading() as reads:
            again = reads.execute(select(MESSAGE.c.next_try_at)).scalar_one()
        pauses.append(again - clock.now())
        clock.moment = max(again, clock.now() + timedelta(seconds=1))
    assert pauses[:4] == [timedelta(minutes=each) for each in (1, 2, 4, 8)]
    assert max(pauses) == timedelta(hours=4)
    assert standing(store) == ("failed", "busy", len(pauses))
    assert len(pauses) < 40


def test_one_that_is_put_off_goes_the_next_time(
    store: Store, clock: FixedClock, box: Letterbox, tmp_path: Path
) -> None:
    answers = iter(["451 later", "250 OK"])
    box.on_data = lambda: next(answers)
    posted(store, letter())
    man = postman(store, box.port, tmp_path)
    man.go_round()
    assert standing(store) == ("waiting", "busy", 1)
    clock.advance(minutes=1)
    man.go_round()
    assert standing(store) == ("sent", "", 2)


def test_a_refused_one_fails_and_stops_nobody(store: Store, box: Letterbox, tmp_path: Path) -> None:
    box.on_recipient = lambda to: "550 no such user" if to.startswith("k-1") else "250 OK"
    posted(store, letter(), letter("k-2"))
    postman(store, box.port, tmp_path).go_round()
    assert standing(store) == ("failed", "recipient_refused", 1)
    assert box.recipients == ["k-2@burger.example"]


def test_one_in_doubt_is_not_sent_again_by_itself(
    store: Store, clock: FixedClock, box: Letterbox, tmp_path: Path
) -> None:
    box.cut_after_data = True
    posted(store, letter())
    man = postman(store, box.port, tmp_path)
    for _hour in range(3):
        man.go_round()
        clock.advance(hours=1)
    assert standing(store) == ("in_doubt", "uncertain", 1)
    assert len(box.mails) == 1


class Lost(BaseException):
    """The process ends here."""


def test_a_postman_lost_after_his_claim_leaves_a_doubt(
    store: Store, clock: FixedClock, box: Letterbox, tmp_path: Path
) -> None:
    posted(store, letter())

    class LostOnTheWay:
        def send(self, _mail: object) -> None:
            raise Lost

    man = postman(store, box.port, tmp_path)
    man._channels = type(man._channels)(LostOnTheWay(), man._channels.sms)
    with suppress(Lost):
        man.go_round()
    next_one = postman(store, box.port, tmp_path)
    next_one.go_round()
    assert standing(store)[0] == "sending"
    clock.advance(seconds=LEASE.total_seconds() + 1)
    next_one.go_round()
    assert standing(store) == ("in_doubt", "uncertain", 1)
    assert box.mails == []


def test_who_comes_back_late_knows_better_than_a_doubt(
    store: Store, clock: FixedClock, box: Letterbox, tmp_path: Path
) -> None:
    box.may_answer = threading.Event()
    posted(store, letter())
    slow = postman(store, box.port, tmp_path, timeout=30)
    other = postman(store, box.port, tmp_path)
    with ThreadPoolExecutor(1) as pool:
        round_ = pool.submit(slow.go_round)
        assert box.handed_over.wait(20)
        clock.advance(seconds=LEASE.total_seconds() + 1)
        other.go_round()
        assert standing(store)[0] == "in_doubt"
        box.may_answer.set()
        round_.result(30)
    assert standing(store) == ("sent", "", 1)
    assert len(box.mails) == 1


MANY = 40


def test_postmen_of_several_processes_never_send_the_same(
    store: Store, database: Database, clock: FixedClock, box: Letterbox, tmp_path: Path
) -> None:
    posted(store, *(letter(f"k-{n}") for n in range(MANY)))
    others = [open_database(database.url) for _ in range(3)]
    men = [postman(Store(each, clock), box.port, tmp_path) for each in others]
    together = threading.Barrier(len(men))

    def deliver(which: int) -> None:
        together.wait()
        men[which].go_round()

    with ThreadPoolExecutor(len(men)) as pool:
        list(pool.map(deliver, range(len(men))))
    for each in others:
        each.dispose()
    assert sorted(box.recipients) == sorted(f"k-{n}@burger.example" for n in range(MANY))


def test_the_same_posted_at_the_same_moment_is_posted_once(store: Store) -> None:
    together = threading.Barrier(4)

    def try_it(_which: int) -> str | None:
        together.wait()
        return posted(store, letter())[0]

    with ThreadPoolExecutor(4) as pool:
        ids = list(pool.map(try_it, range(4)))
    assert len([each for each in ids if each is not None]) == 1
    with store.reading() as reads:
        assert reads.execute(select(func.count()).select_from(MESSAGE)).scalar_one() == 1


def test_a_thread_sends_at_a_commit(store: Store, box: Letterbox, tmp_path: Path) -> None:
    man = postman(store, box.port, tmp_path)
    store.on_commit(man.wake, "message_changed")
    man.start()
    try:
        posted(store, letter())
        assert box.handed_over.wait(20)
    finally:
        man.stop()
    assert standing(store) == ("sent", "", 1)


def test_neither_journal_nor_events_hold_a_name_or_an_address(
    store: Store, box: Letterbox, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    box.on_recipient = lambda _to: "550 k-1@burger.example: no such user"
    posted(store, letter(facts=facts(name="Geheime Naam")))
    postman(store, box.port, tmp_path).go_round()
    with store.reading() as reads:
        kept = [*reads.execute(select(JournalRow.data)), *reads.execute(select(EventRow.data))]
    told = f"{kept}{[record.getMessage() for record in caplog.records if 'loket' in record.name]}"
    assert "message_id" in told
    assert "Geheime" not in told
    assert "burger.example" not in told


def test_after_its_time_nobody_knows_who_was_written_to(
    store: Store, clock: FixedClock, box: Letterbox, tmp_path: Path
) -> None:
    waits_long = clock.now() + timedelta(days=200)
    posted(store, letter(calendar=item()), letter("k-2", due_at=waits_long))
    postman(store, box.port, tmp_path).go_round()
    clock.advance(days=89)
    forget(store)
    with store.reading() as reads:
        assert (
            reads.execute(select(MESSAGE.c.recipient).where(MESSAGE.c.recipient == "")).all() == []
        )
    clock.advance(days=2)
    forget(store)
    with store.reading() as reads:
        rows = {row.subject_id: row for row in reads.execute(select(MESSAGE))}
    gone = rows["k-1"]
    assert (gone.state, gone.recipient, gone.title, gone.text, gone.calendar) == (
        "sent",
        "",
        "",
        "",
        None,
    )
    assert gone.sent_at is not None
    assert rows["k-2"].recipient == "k-2@burger.example"


def test_how_long_it_is_kept_is_the_towns_choice(store: Store, clock: FixedClock) -> None:
    posted(store, letter())
    with store.database.writers.begin() as connection:
        connection.execute(update(MESSAGE).values(state="failed"))
        assert forget_messages(connection, clock.now() + timedelta(days=8), timedelta(days=7)) == 1
