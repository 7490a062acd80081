"""Outgoing messages for the tests of their screens."""

from datetime import timedelta

from loket.correspondence.messages import (
    MessageCounts,
    MessagePage,
    MessageTemplate,
    MessageTemplates,
    OutgoingMessage,
)
from loket.correspondence.queries import usual_message_template
from loket.correspondence.rules import (
    MessageChannel,
    MessageKind,
    MessageState,
    TemplateChangedMeanwhile,
)
from loket.correspondence.wording import example_facts, rendered, usual_template
from loket.kit.i18n import CITIZEN_LANGUAGES
from tests.gui import town


def message(key, state=MessageState.WAITING, **more):
    kind = more.pop("kind", MessageKind.APPOINTMENT_BOOKED)
    channel = more.pop("channel", MessageChannel.MAIL)
    by_sms = channel is MessageChannel.SMS
    said = rendered(
        usual_template(kind, channel, "nl"),
        example_facts(town.NOW),
        town.CATALOGUE.town,
        channel,
        "nl",
    )
    usual = {
        "id": key,
        "channel": channel,
        "kind": kind,
        "subject_id": f"about-{key}",
        "site_id": "stadhuis",
        "product_id": None,
        "language": "nl",
        "recipient": "+32470123456" if by_sms else f"{key}@burger.example",
        "title": said.title,
        "text": said.text,
        "has_calendar": not by_sms,
        "hidden": False,
        "state": state,
        "fault": "",
        "attempts": 1,
        "made_at": town.NOW - timedelta(hours=1),
        "due_at": town.NOW,
        "until_at": None,
        "next_try_at": town.NOW + timedelta(minutes=4),
        "sent_at": town.NOW if state is MessageState.SENT else None,
        "changed_at": town.NOW - timedelta(minutes=2),
    }
    return OutgoingMessage(**{**usual, **more})


class Post:
    """Keeps messages and texts as the server would, in memory."""

    def __init__(self, *messages):
        self.kept = {each.id: each for each in messages}
        self.asked = []
        self.sent = []
        self.fail = None
        self.texts = {}

    def messages(self, asked):
        self.asked.append(asked)
        if self.fail:
            raise self.fail
        found = [each for each in self.kept.values() if self._is_meant(each, asked)]
        keys = [each.id for each in found]
        start = keys.index(asked.before) + 1 if asked.before else 0
        page = found[start : start + asked.many]
        more = len(found) > start + asked.many
        states = [each.state for each in self.kept.values() if not self._is_ahead(each)]
        return MessagePage(
            messages=page,
            next=page[-1].id if more else None,
            counts=MessageCounts(
                waiting=states.count(MessageState.WAITING),
                planned=sum(self._is_ahead(each) for each in self.kept.values()),
                failed=states.count(MessageState.FAILED),
                in_doubt=states.count(MessageState.IN_DOUBT),
            ),
        )

    @staticmethod
    def _is_ahead(each):
        return each.state is MessageState.WAITING and each.due_at > town.NOW

    def _is_meant(self, each, asked):
        return each.state is asked.state and asked.planned in {None, self._is_ahead(each)}

    def send_again(self, message_id, recipient=None):
        self.sent.append((message_id, recipient))
        return self._become(message_id, state=MessageState.WAITING, fault="")

    def withdraw(self, message_id):
        return self._become(message_id, state=MessageState.WITHDRAWN)

    def _become(self, message_id, **changes):
        if self.fail:
            raise self.fail
        self.kept[message_id] = self.kept[message_id].model_copy(update=changes)
        return self.kept[message_id]

    def templates(self):
        if self.fail:
            raise self.fail
        usual = [
            usual_message_template(kind, channel, language)
            for kind in MessageKind
            for channel in MessageChannel
            for language in CITIZEN_LANGUAGES
            if (kind, channel, language, None) not in self.texts
        ]
        return MessageTemplates(templates=[*self.texts.values(), *usual])

    def change_template(self, command):
        key = (command.kind, command.channel, command.language, command.product_id)
        before = self.texts[key].version if key in self.texts else 0
        if command.seen_version != before:
            raise TemplateChangedMeanwhile
        said = command.model_dump(exclude={"seen_version"})
        self.texts[key] = MessageTemplate(**said, version=before + 1, changed_at=town.NOW)
        return self.texts[key]

    def reset_template(self, command):
        self.texts.pop((command.kind, command.channel, command.language, command.product_id), None)
        return usual_message_template(command.kind, command.channel, command.language)
