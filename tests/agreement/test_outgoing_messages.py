"""What goes out, from the real desk through the real server, and what each refusal becomes."""

import pytest

from loket.correspondence.messages import ChangeTemplate, MessagesAsked, ResetTemplate
from loket.correspondence.rules import MessageChannel, MessageKind, MessageState
from loket.desk.facts import MessagesChanged
from loket.link.errors import Rejected
from loket.staff.rules import Role
from loket.staff.usecases import NOBODY, Done, NewUser, add_users
from loket.store.work import Request
from tests.builders import MONDAY_NINE, PASSWORD, QUICK_HASHER
from tests.posting import letter, posted

LATER = MONDAY_NINE.replace(year=2027)


def told_of(message_id):
    return lambda fact: isinstance(fact, MessagesChanged) and fact.message_id == message_id


def test_a_desk_hears_of_a_message_and_decides_on_it(open_desk, store):
    desk, listening = open_desk("loket-1", "tom")
    (message,) = posted(store, letter(due_at=LATER))
    listening.until(told_of(message))
    (found,) = desk.correspondence.messages(
        MessagesAsked(state=MessageState.WAITING, planned=True)
    ).messages
    assert (found.id, found.recipient) == (message, "k-1@burger.example")
    assert desk.correspondence.withdraw(message).state is MessageState.WITHDRAWN
    listening.until(told_of(message))
    assert desk.correspondence.message(message).state is MessageState.WITHDRAWN
    with pytest.raises(Rejected) as refused:
        desk.correspondence.send_again(message)
    assert refused.value.code == "message.not_to_send"


def test_a_message_is_sent_again_to_another_address(open_desk, store, tmp_path):
    desk, listening = open_desk("loket-1", "tom")
    (message,) = posted(store, letter(due_at=LATER))
    again = desk.correspondence.send_again(message, "beter@burger.example")
    assert again.recipient == "beter@burger.example"

    def is_sent(fact):
        return told_of(message)(fact) and (
            desk.correspondence.message(message).state is MessageState.SENT
        )

    listening.until(is_sent)
    (file,) = (tmp_path / "outgoing").glob("*.eml")  # no mail server was set
    assert b"To: beter@burger.example" in file.read_bytes()


def test_an_administrator_changes_texts_and_a_clerk_does_not(open_desk, store):
    with store.work(Request(NOBODY)) as work:
        boss = frozenset({Role.ADMINISTRATOR})
        add_users(work, [NewUser("bea", "Bea Claes", PASSWORD, boss, id="u-bea")], QUICK_HASHER)
        work.commit(Done())
    key = {
        "kind": MessageKind.APPOINTMENT_BOOKED,
        "channel": MessageChannel.SMS,
        "language": "nl",
    }
    change = ChangeTemplate(**key, text="Tot {dag}", seen_version=0)
    clerk, _heard = open_desk("loket-1", "tom")
    with pytest.raises(Rejected) as refused:
        clerk.correspondence.change_template(change)
    assert refused.value.code == "staff.may_not"
    desk, _heard = open_desk("loket-2", "bea", folder="other")
    assert desk.correspondence.change_template(change).version == 1
    assert any(each.version for each in desk.correspondence.templates().templates)
    assert desk.correspondence.reset_template(ResetTemplate(**key)).version == 0
