"""Outgoing messages from the desk's side: all of it live."""

from urllib.parse import urlencode

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
from loket.link.http import Request, ServerLink
from loket.link.live import LiveActs
from loket.link.session import Session


class CorrespondenceGateway:
    """Typed calls about what goes out to citizens."""

    def __init__(self, link: ServerLink, session: Session, *, live: LiveActs) -> None:
        self._link = link
        self._session = session
        self._live = live

    def messages(self, asked: MessagesAsked) -> MessagePage:
        query = urlencode(asked.model_dump(mode="json", exclude_none=True))
        request = Request.get(f"/messages?{query}", MessagePage)
        return self._link.call(request.with_headers(self._session.bearer()))

    def message(self, message_id: str) -> OutgoingMessage:
        request = Request.get(f"/messages/{message_id}", OutgoingMessage)
        return self._link.call(request.with_headers(self._session.bearer()))

    def send_again(self, message_id: str, command: SendAgain) -> OutgoingMessage:
        path = f"/messages/{message_id}/send-again"
        return self._live.perform(Request.post(path, OutgoingMessage, command))

    def withdraw(self, message_id: str) -> OutgoingMessage:
        return self._live.perform(Request.post(f"/messages/{message_id}/withdraw", OutgoingMessage))

    def templates(self) -> MessageTemplates:
        request = Request.get("/message-templates", MessageTemplates)
        return self._link.call(request.with_headers(self._session.bearer()))

    def change_template(self, command: ChangeTemplate) -> MessageTemplate:
        return self._live.perform(Request.put("/message-templates", MessageTemplate, command))

    def reset_template(self, command: ResetTemplate) -> MessageTemplate:
        path = "/message-templates/reset"
        return self._live.perform(Request.post(path, MessageTemplate, command))
