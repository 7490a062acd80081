"""What goes out to citizens, as a desk sees to it."""

from loket.correspondence.gateway import CorrespondenceGateway
from loket.correspondence.messages import (
    ChangeTemplate,
    MessagePage,
    MessagesAsked,
    MessageTemplate,
    MessageTemplates,
    OutgoingMessage,
    ResetTemplate,
    SendAgain,
)
from loket.desk.presence import Presence


class CorrespondenceDesk:
    """All of it live. Calls block, as those of the desk."""

    def __init__(self, presence: Presence, gateway: CorrespondenceGateway) -> None:
        self._presence = presence
        self._gateway = gateway

    def messages(self, asked: MessagesAsked) -> MessagePage:
        """A page of messages, the newest first, and how many ask for attention."""
        with self._presence.as_somebody():
            return self._gateway.messages(asked)

    def message(self, message_id: str) -> OutgoingMessage:
        with self._presence.as_somebody():
            return self._gateway.message(message_id)

    def send_again(self, message_id: str, recipient: str | None = None) -> OutgoingMessage:
        """Put it in the post once more; to another address where the old one was wrong."""
        with self._presence.as_somebody():
            return self._gateway.send_again(message_id, SendAgain(recipient=recipient))

    def withdraw(self, message_id: str) -> OutgoingMessage:
        with self._presence.as_somebody():
            return self._gateway.withdraw(message_id)

    def templates(self) -> MessageTemplates:
        with self._presence.as_somebody():
            return self._gateway.templates()

    def change_template(self, command: ChangeTemplate) -> MessageTemplate:
        with self._presence.as_somebody():
            return self._gateway.change_template(command)

    def reset_template(self, command: ResetTemplate) -> MessageTemplate:
        """Back to the usual text."""
        with self._presence.as_somebody():
            return self._gateway.reset_template(command)
