"""Mail: one message as mail programs expect it, handed to a server by SMTP, or put in a folder."""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from enum import StrEnum
from pathlib import Path
from typing import Final, Protocol

from loket.channels.calendar import Method, method_of
from loket.channels.faults import InDoubt, NotSent, Refused, SendFault, TryAgain
from loket.channels.folder import put
from loket.channels.tags import tagged
from loket.wire.contact import ascii_address

_SEVEN_BITS: Final = policy.SMTP.clone(cte_type="7bit")
"""Every server takes it, also those that know no 8BITMIME."""
_OK, _GO_ON, _PERMANENT = 250, 354, 500
_SIGN_IN_FAULTS: Final = {454, 530, 534, 535, 538}  # RFC 4954, 6
_DOT_AT_START: Final = re.compile(rb"(?m)^\.")


@dataclass(frozen=True)
class Mail:
    """What somebody is told, and the calendar item that goes with it."""

    id: str
    """Makes the Message-ID: the same message is recognised however often it arrives."""
    recipient: str
    title: str
    text: str
    made_at: datetime
    language: str = "nl"
    calendar: bytes | None = None
    answerable: bool = False
    """What is written back to it lands where it belongs; see :mod:`loket.channels.tags`."""


@dataclass(frozen=True)
class Sender:
    """On whose behalf mail goes out."""

    address: str
    name: str = ""
    reply_address: str = ""
    """A mailbox that Loket reads; empty: nobody reads answers."""

    @property
    def domain(self) -> str:
        return ascii_address(self.address).rpartition("@")[2]

    def reply_to(self, mail: Mail) -> str:
        """Where answers to this mail go, and where it comes back to; empty: to nobody."""
        readable = mail.answerable and self.reply_address
        return tagged(self.reply_address, mail.id) if readable else ""


class MailGateway(Protocol):
    """Takes a mail over, or raises NotSent."""

    def send(self, mail: Mail) -> None: ...


def composed(mail: Mail, sender: Sender) -> EmailMessage:
    """The message: text, and beside it the calendar item, which is also attached as a file.

    A text/calendar part among the alternatives, with its method, is what Outlook, Gmail and Apple
    Mail show as an appointment; the attachment is for programs that know only files.
    """
    message = EmailMessage(policy=_SEVEN_BITS)
    message["From"] = Address(_line(sender.name), addr_spec=ascii_address(sender.address))
    message["To"] = ascii_address(mail.recipient)
    if sender.reply_to(mail):
        message["Reply-To"] = Address(_line(sender.name), addr_spec=sender.reply_to(mail))
    message["Subject"] = _line(mail.title)
    message["Date"] = format_datetime(mail.made_at)
    message["Message-ID"] = f"<{mail.id}@{sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday answers to this
    message["Content-Language"] = mail.language
    message.set_content(mail.text, cte="quoted-printable")
    if mail.calendar is not None:
        _add_calendar(message, mail.calendar)
    return message


def _whole(mail: Mail, sender: Sender) -> bytes:
    try:
        return composed(mail, sender).as_bytes()
    except ValueError as error:  # an address that cannot be: somebody wrote past our own judgement
        raise Refused(SendFault.RECIPIENT_REFUSED) from error


def _add_calendar(message: EmailMessage, item: bytes) -> None:
    method = method_of(item)
    message.add_alternative(
        item.decode(), subtype="calendar", cte="base64", params={"method": method.value}
    )
    file = "annulering.ics" if method is Method.CANCEL else "afspraak.ics"
    message.add_attachment(item, maintype="application", subtype="ics", filename=file)


def _line(text: str) -> str:
    return " ".join(text.split())


class Security(StrEnum):
    """How the line to the mail server is protected."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


@dataclass(frozen=True)
class SmtpServer:
    """Where mail is handed over."""

    host: str
    port: int
    security: Security = Security.STARTTLS
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = 15.0
    """Seconds for each answer of the server."""


@dataclass(frozen=True)
class ImapServer:
    """Where mail is read."""

    host: str
    port: int
    security: Security
    user: str
    password: str = field(default="", repr=False)
    folder: str = "INBOX"
    timeout: float = 30.0
    """Seconds for each answer of the server."""


class SmtpMail:
    """Hands each mail to a server over a line of its own."""

    def __init__(
        self, server: SmtpServer, sender: Sender, trusted: ssl.SSLContext | None = None
    ) -> None:
        self._server = server
        self._sender = sender
        self._trusted = trusted or ssl.create_default_context()

    def send(self, mail: Mail) -> None:
        body = _on_the_line(_whole(mail, self._sender))
        with _nothing_handed_over():
            line = self._connected()
        try:
            with _nothing_handed_over():
                self._prepare(line, mail)
                line.send(body)
            _hand_over(line)
            _leave(line)
        finally:
            line.close()

    def _connected(self) -> smtplib.SMTP:
        at = self._server
        known_as = self._sender.domain
        if at.security is Security.TLS:
            return smtplib.SMTP_SSL(
                at.host, at.port, known_as, timeout=at.timeout, context=self._trusted
            )
        return smtplib.SMTP(at.host, at.port, known_as, timeout=at.timeout)

    def _prepare(self, line: smtplib.SMTP, mail: Mail) -> None:
        """Up to the point where the server waits for the message itself."""
        if self._server.security is Security.STARTTLS:
            line.starttls(context=self._trusted)
        line.ehlo_or_helo_if_needed()
        if self._server.user:
            line.login(self._server.user, self._server.password)
        self._say_from(line, self._sender.reply_to(mail))
        _expect(line.rcpt(ascii_address(mail.recipient))[0], SendFault.RECIPIENT_REFUSED)
        code = line.docmd("data")[0]
        if code != _GO_ON:
            raise _fault(code, SendFault.MESSAGE_REFUSED)

    def _say_from(self, line: smtplib.SMTP, comes_back_to: str) -> None:
        """What cannot be delivered comes back to where its file is found.

        A server that lets us send only under our own name says no to that; then it gets our name.
        """
        own = ascii_address(self._sender.address)
        code = line.mail(comes_back_to or own)[0]
        if comes_back_to and code >= _PERMANENT:
            code = line.mail(own)[0]
        _expect(code, SendFault.SENDER_REFUSED)


def _on_the_line(message: bytes) -> bytes:
    """Dots doubled (RFC 5321, 4.5.2), and a line end before the one that ends it all."""
    doubled = _DOT_AT_START.sub(b"..", message)
    return doubled if doubled.endswith(b"\r\n") else doubled + b"\r\n"


def _hand_over(line: smtplib.SMTP) -> None:
    """Say that this was all. From here on the server may have the message without our knowing."""
    try:
        line.send(b".\r\n")
        code = line.getreply()[0]
    except (OSError, smtplib.SMTPException) as error:
        raise InDoubt from error
    if code == -1:  # not an answer of SMTP at all
        raise InDoubt
    _expect(code, SendFault.MESSAGE_REFUSED)


def _leave(line: smtplib.SMTP) -> None:
    """Say goodbye; the mail is theirs by now, so nothing here can go wrong for us."""
    try:
        line.quit()
    except (OSError, smtplib.SMTPException):
        return


def _expect(code: int, refused: SendFault) -> None:
    if not _OK <= code < _GO_ON:
        raise _fault(code, refused)


def _fault(code: int, refused: SendFault) -> NotSent:
    if code in _SIGN_IN_FAULTS or (code >= _PERMANENT and refused is SendFault.SENDER_REFUSED):
        return TryAgain(SendFault.SENDER_REFUSED)
    return Refused(refused) if code >= _PERMANENT else TryAgain(SendFault.BUSY)


@contextmanager
def _nothing_handed_over() -> Iterator[None]:
    """Whatever happens here the server does not have the message: it may be sent again."""
    try:
        yield
    except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError) as error:
        raise TryAgain(SendFault.SENDER_REFUSED) from error
    except smtplib.SMTPServerDisconnected as error:
        raise TryAgain(SendFault.BROKEN_OFF) from error
    except smtplib.SMTPResponseException as error:
        raise TryAgain(SendFault.BUSY) from error
    except (OSError, smtplib.SMTPException) as error:  # no line, or one we may not trust
        raise TryAgain(SendFault.UNREACHABLE) from error


class FolderMail:
    """Writes each mail as a file, for a town without a mail server and for who tries Loket out."""

    def __init__(self, folder: Path, sender: Sender) -> None:
        self._folder = folder
        self._sender = sender

    def send(self, mail: Mail) -> None:
        put(self._folder / f"{mail.id}.eml", _whole(mail, self._sender))
