"""Real servers for what goes out: a mail server and a text-message gateway in this process."""

import asyncio
import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Letterbox:
    """What arrived, and how the server answers."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    come_back_to: list[str] = field(default_factory=list)
    """Of each mail, where it goes when it cannot be delivered."""
    on_sender: Callable[[str], str] = lambda _address: "250 OK"
    on_recipient: Callable[[str], str] = lambda _address: "250 OK"
    on_data: Callable[[], str] = lambda: "250 OK"
    cut_after_data: bool = False
    """Keep the mail and cut the line before saying so."""
    handed_over: threading.Event = field(default_factory=threading.Event)
    may_answer: threading.Event | None = None
    """The answer to a mail waits for this."""

    async def handle_MAIL(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        answer = self.on_sender(address)
        if answer.startswith("250"):
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return answer

    async def handle_RCPT(  # noqa: N802 - so aiosmtpd calls it
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        answer = self.on_recipient(address)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        answer = self.on_data()
        if answer.startswith("250"):
            content = envelope.original_content
            assert content is not None
            mail = message_from_bytes(content, policy=policy.default)
            assert isinstance(mail, EmailMessage)
            self.mails.append(mail)
            self.recipients += envelope.rcpt_tos
            self.come_back_to.append(envelope.mail_from or "")
        self.handed_over.set()
        if self.may_answer is not None:
            await asyncio.to_thread(self.may_answer.wait, 30)
        if self.cut_after_data:
            assert server.transport is not None
            server.transport.abort()
        return answer


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def mail_server(box: Letterbox | None = None, **options: Any) -> Iterator[Letterbox]:
    """A mail server that puts what it takes in a box; on the box's port, if it has one."""
    box = box or Letterbox()
    box.port = box.port or free_port()
    controller = Controller(box, "127.0.0.1", box.port, **options)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


@dataclass
class Gateway:
    """What a text-message gateway got, and how it answers."""

    url: str = ""
    asked: list[tuple[dict[str, str], dict[str, Any]]] = field(default_factory=list)
    status: int = 202
    cut: bool = False
    """Close the line instead of answering."""


@contextmanager
def sms_gateway() -> Iterator[Gateway]:
    """A gateway over plain HTTP on this machine."""
    gateway = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            gateway.asked.append((dict(self.headers), json.loads(body)))
            if gateway.cut:
                self.close_connection = True
                return
            self.send_response(gateway.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_said: Any) -> None:
            """Nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    gateway.url = f"http://127.0.0.1:{server.server_address[1]}/sms"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield gateway
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
