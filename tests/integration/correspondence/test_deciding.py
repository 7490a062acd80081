"""What people decide over HTTP: messages sent again or withdrawn, texts changed and given up."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from loket.correspondence.queries import MESSAGE
from loket.correspondence.rules import MessageChannel, MessageKind
from loket.kit.clock import FixedClock
from loket.kit.ids import new_id
from loket.server.channels import add_channel_options, channels_of
from loket.staff.rules import Role
from loket.staff.usecases import NOBODY, Done, NewUser, add_users
from loket.store.tables import JournalRow
from loket.store.work import Request, Store
from tests.builders import EID, LEEFLOON, MONDAY_NINE, PASSWORD, QUICK_HASHER
from tests.mailbox import Letterbox, free_port, mail_server
from tests.posting import letter, posted, postman
from tests.serving import Client

Sit = Callable[[str, str], Client]
LATER = MONDAY_NINE.replace(year=2027)


@pytest.fixture
def bea(store: Store, sit: Sit) -> Client:
    """The administrator."""
    with store.work(Request(NOBODY)) as work:
        boss = frozenset({Role.ADMINISTRATOR})
        add_users(work, [NewUser("bea", "Bea Claes", PASSWORD, boss, id="u-bea")], QUICK_HASHER)
        work.commit(Done())
    return sit("bea", "loket-1")


def set_state(store: Store, message_id: str | None, state: str) -> None:
    with store.database.writers.begin() as connection:
        row = {"state": state, "sent_at": MONDAY_NINE if state == "sent" else None}
        connection.execute(update(MESSAGE).where(MESSAGE.c.id == message_id).values(**row))


def page(client: Client, **asked: Any) -> dict[str, Any]:
    answer = client.get("/messages", params=asked)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_desk_sees_what_goes_out(store: Store, sit: Sit) -> None:
    ids = posted(store, *(letter(f"k-{n}", due_at=LATER) for n in range(5)))
    for each, state in zip(ids, ("failed", "in_doubt", "sent", "waiting", "waiting"), strict=True):
        set_state(store, each, state)
    tom = sit("tom", "loket-1")
    counts = page(tom)["counts"]
    assert counts == {"waiting": 0, "planned": 2, "failed": 1, "in_doubt": 1}
    (failed,) = page(tom, state="failed")["messages"]
    assert (failed["id"], failed["recipient"]) == (ids[0], "k-0@burger.example")
    assert "Zoë Peeters" in failed["text"]
    (about,) = page(tom, subject_id="k-3")["messages"]
    assert about["state"] == "waiting"
    assert tom.get(f"/messages/{ids[2]}").json()["state"] == "sent"
    assert tom.get("/messages/m-none").json()["code"] == "message.unknown"


def test_what_is_due_waits_and_what_is_for_later_is_planned(store: Store, sit: Sit) -> None:
    due, later = posted(store, *(letter(subject, due_at=LATER) for subject in ("k-1", "k-2")))
    with store.database.writers.begin() as connection:  # tried in vain, and soon tried again
        tried = update(MESSAGE).where(MESSAGE.c.id == due).values(due_at=MONDAY_NINE)
        connection.execute(tried.values(next_try_at=LATER))
    tom = sit("tom", "loket-1")
    assert page(tom)["counts"] == {"waiting": 1, "planned": 1, "failed": 0, "in_doubt": 0}
    (waits,) = page(tom, state="waiting", planned=False)["messages"]
    (planned,) = page(tom, state="waiting", planned=True)["messages"]
    assert (waits["id"], planned["id"]) == (due, later)


def test_thousands_come_page_by_page(store: Store, sit: Sit) -> None:
    posted(store, *(letter(f"k-{n}", due_at=LATER) for n in range(23)))
    tom = sit("tom", "loket-1")
    seen: list[str] = []
    before: dict[str, str] = {}
    while True:
        found = page(tom, state="waiting", many=10, **before)
        seen += [each["subject_id"] for each in found["messages"]]
        if found["next"] is None:
            break
        before = {"before": found["next"]}
    assert sorted(seen) == sorted(f"k-{n}" for n in range(23))


def test_a_confidential_message_shows_only_that_it_is_there(store: Store, sit: Sit) -> None:
    (message,) = posted(store, letter(product_id=LEEFLOON, due_at=LATER))
    path = f"/messages/{message}"
    hidden = sit("tom", "loket-1").get(path).json()
    assert hidden["hidden"]
    assert (hidden["recipient"], hidden["title"], hidden["text"]) == ("", "", "")
    assert hidden["product_id"] is None
    assert not sit("nele", "sociaal-1").get(path).json()["hidden"]
    thief = {"recipient": "ik@elders.example"}
    stolen = sit("sofie", "onthaal-1").post(f"{path}/send-again", thief)
    assert (stolen.status_code, stolen.json()["code"]) == (403, "message.hidden")


def test_a_failed_one_goes_to_the_right_address_after_all(
    store: Store, sit: Sit, tmp_path: Path
) -> None:
    (message,) = posted(store, letter(due_at=LATER))
    set_state(store, message, "failed")
    tom = sit("tom", "loket-1")
    path = f"/messages/{message}/send-again"
    wrong = tom.post(path, {"recipient": "geen adres"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "message.recipient")
    again = tom.post(path, {"recipient": " Zoe@BURGER.example "})
    assert again.status_code == 200, again.text
    assert again.json()["recipient"] == "Zoe@burger.example"
    port = free_port()
    with mail_server(Letterbox(port=port)) as box:
        postman(store, port, tmp_path).go_round()
    # The server's own postman, who writes into a folder, may have been quicker.
    assert len(box.mails) <= 1
    refused = tom.post(path, {})
    assert refused.json()["code"] in {"message.not_to_send", "message.on_its_way"}


def test_a_number_must_take_text_messages(store: Store, sit: Sit) -> None:
    (message,) = posted(store, letter(channel=MessageChannel.SMS, due_at=LATER))
    path = f"/messages/{message}/send-again"
    tom = sit("tom", "loket-1")
    assert tom.post(path, {"recipient": "050 44 80 00"}).json()["code"] == "message.recipient"
    set_state(store, message, "in_doubt")
    assert tom.post(path, {"recipient": "0471 12 34 56"}).json()["recipient"] == "+32471123456"


@pytest.mark.parametrize(
    ("state", "act", "code"),
    [
        ("sent", "send-again", "message.not_to_send"),
        ("withdrawn", "send-again", "message.not_to_send"),
        ("sending", "send-again", "message.on_its_way"),
        ("sending", "withdraw", "message.on_its_way"),
        ("sent", "withdraw", "message.sent_already"),
    ],
)
def test_what_cannot_be_done_is_said(
    store: Store, sit: Sit, state: str, act: str, code: str
) -> None:
    (message,) = posted(store, letter(due_at=LATER))
    set_state(store, message, state)
    answer = sit("tom", "loket-1").post(f"/messages/{message}/{act}")
    assert (answer.status_code, answer.json()["code"]) == (409, code)


def test_what_is_over_is_not_sent_again(store: Store, clock: FixedClock, sit: Sit) -> None:
    (message,) = posted(store, letter(due_at=LATER, until_at=LATER.replace(day=17)))
    set_state(store, message, "failed")
    clock.moment = LATER.replace(day=18)
    answer = sit("tom", "loket-1").post(f"/messages/{message}/send-again")
    assert answer.json()["code"] == "message.expired"


def test_withdrawing_twice_is_withdrawing_once(store: Store, sit: Sit) -> None:
    (message,) = posted(store, letter(due_at=LATER))
    tom = sit("tom", "loket-1")
    states = [tom.post(f"/messages/{message}/withdraw").json()["state"] for _ in range(2)]
    assert states == ["withdrawn", "withdrawn"]
    with store.reading() as reads:
        acts = reads.scalars(select(JournalRow.act).where(JournalRow.subject_id == message)).all()
    assert sorted(acts) == ["post_message", "withdraw_message"]


def test_sending_and_withdrawing_at_the_same_moment_ends_in_one_of_them(
    store: Store, sit: Sit
) -> None:
    desks = [sit("tom", "loket-1"), sit("nele", "loket-2")]
    for n in range(6):
        (message,) = posted(store, letter(f"k-{n}", due_at=LATER))
        set_state(store, message, "in_doubt")
        acts = ("send-again", "withdraw")
        with ThreadPoolExecutor(2) as pool:
            told = [
                pool.submit(desk.post, f"/messages/{message}/{act}")
                for desk, act in zip(desks, acts, strict=True)
            ]
        answers = {act: each.result() for act, each in zip(acts, told, strict=True)}
        codes = {each.json()["code"] for each in answers.values() if each.status_code != 200}
        assert codes <= {"message.not_to_send", "message.on_its_way", "message.sent_already"}
        assert any(each.status_code == 200 for each in answers.values())


# Templates


def key(**more: Any) -> dict[str, Any]:
    usual = {"kind": "appointment_booked", "channel": "mail", "language": "nl"}
    return {**usual, "product_id": None, **more}


def change(client: Client, **more: Any) -> Any:
    body = {"title": "Tot {dag}", "text": "Dag {naam}\nTot {moment}.", "seen_version": 0}
    return client.http.put(
        f"{client.url}/message-templates",
        json={**key(), **body, **more},
        headers={"Idempotency-Key": new_id()},
        timeout=10,
    )


def text_of(store: Store, subject: str) -> str:
    with store.reading() as reads:
        return str(
            reads.execute(
                select(MESSAGE.c.text).where(MESSAGE.c.subject_id == subject)
            ).scalar_one()
        )


def test_the_towns_own_text_is_sent_and_given_up(store: Store, bea: Client) -> None:
    assert change(bea).json()["version"] == 1
    posted(store, letter("k-1", due_at=LATER), letter("k-2", due_at=LATER, language="fr"))
    assert text_of(store, "k-1") == "Dag Zoë Peeters\nTot donderdag 19 maart 2026 om 09:00."
    assert text_of(store, "k-2").startswith("Bonjour Zoë Peeters,")
    own = change(bea, product_id=EID, text="Breng uw kaart, {naam}").json()
    assert (own["product_id"], own["version"]) == (EID, 1)
    posted(store, letter("k-3", due_at=LATER), letter("k-4", due_at=LATER, product_id=None))
    assert text_of(store, "k-3") == "Breng uw kaart, Zoë Peeters"
    assert text_of(store, "k-4").startswith("Dag Zoë")
    back = bea.post("/message-templates/reset", key(product_id=EID)).json()
    assert (back["product_id"], back["title"]) == (None, "Tot {dag}")
    usual = bea.post("/message-templates/reset", key()).json()
    assert (usual["version"], usual["title"]) == (0, "Uw afspraak op {dag} om {uur}")
    assert bea.post("/message-templates/reset", key()).json() == usual


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"text": "Dag {name}"}, "template.field"),
        ({"text": "Dag {naam.__class__}"}, "template.field"),
        ({"text": "Dag {0}"}, "template.field"),
        ({"text": "Dag {}"}, "template.field"),
        ({"text": "Dag {reden}"}, "template.field"),
        ({"text": "Dag {naam"}, "template.braces"),
        ({"text": "Dag {{naam}}"}, "template.braces"),
        ({"title": "Tot }"}, "template.braces"),
        ({"title": " "}, "template.empty"),
        ({"title": "een\ntwee"}, "template.title"),
        ({"channel": "sms"}, "template.title"),
        ({"product_id": "p-none"}, "catalogue.unknown_product"),
    ],
)
def test_a_text_that_cannot_be_filled_in_is_refused(
    bea: Client, wrong: dict[str, Any], code: str
) -> None:
    answer = change(bea, **wrong)
    assert answer.status_code in {404, 422}
    assert answer.json()["code"] == code


def test_two_who_change_a_text_at_the_same_moment(bea: Client, sit: Sit) -> None:
    desks = [bea, sit("bea", "loket-2")]
    with ThreadPoolExecutor(2) as pool:
        first = list(pool.map(lambda n: change(desks[n], text=f"Tekst {n}"), range(2)))
    assert sorted(each.status_code for each in first) == [200, 409]
    late = change(bea, text="Nog een", seen_version=0)
    assert late.json()["code"] == "template.changed_meanwhile"
    assert change(bea, text="Nog een", seen_version=1).json()["version"] == 2


def test_every_text_there_is_can_be_read(bea: Client) -> None:
    change(bea)
    found = bea.get("/message-templates").json()["templates"]
    keys = [(each["kind"], each["channel"], each["language"]) for each in found]
    assert len(keys) == len(set(keys)) == len(MessageKind) * 2 * 4
    assert [each["version"] for each in found if each["version"]] == [1]


def test_a_clerk_changes_no_texts(sit: Sit) -> None:
    tom = sit("tom", "loket-1")
    assert change(tom).json()["code"] == "staff.may_not"
    assert tom.get("/message-templates").json()["code"] == "staff.may_not"


def test_the_command_line_goes_before_the_environment() -> None:
    import argparse

    parser = argparse.ArgumentParser()
    add_channel_options(parser)
    environment = {"LOKET_SMTP_URL": "smtp://a", "LOKET_SMS_TOKEN": "t"}
    told = channels_of(parser.parse_args(["--smtp-url", "smtp://b"]), environment)
    assert (told.smtp_url, told.sms_token) == ("smtp://b", "t")
    assert parser.parse_args([]).keep_messages == 90
