"""What a server is told of its ways to the outside, and the gateways made from it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from email.utils import parseaddr
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from loket.channels.mail import (
    FolderMail,
    ImapServer,
    MailGateway,
    Security,
    Sender,
    SmtpMail,
    SmtpServer,
)
from loket.channels.sms import FolderSms, HttpsSms, SmsGateway
from loket.kit.errors import Invalid
from loket.wire.contact import email_address

SMTP_URL: Final = "LOKET_SMTP_URL"
MAIL_FROM: Final = "LOKET_MAIL_FROM"
REPLY_ADDRESS: Final = "LOKET_REPLY_ADDRESS"
IMAP_URL: Final = "LOKET_IMAP_URL"
SMS_URL: Final = "LOKET_SMS_URL"
SMS_TOKEN: Final = "LOKET_SMS_TOKEN"  # noqa: S105 - the name of a setting

_SMTP: Final = {
    "smtp": (Security.STARTTLS, 587),
    "smtps": (Security.TLS, 465),
    "smtp+plain": (Security.NONE, 25),
}
_IMAP: Final = {"imap": (Security.STARTTLS, 143), "imaps": (Security.TLS, 993)}
_NOBODY: Final = Sender("loket@stad.example", "Loket")
"""Who mail is from while it only goes into a folder."""
_HERE: Final = re.compile(r"localhost|127\.\d+\.\d+\.\d+|::1")


_NAMES: Final = (SMTP_URL, MAIL_FROM, SMS_URL, SMS_TOKEN, REPLY_ADDRESS, IMAP_URL)
"""In the order of :class:`ChannelSettings`."""
_LONGEST_NAME: Final = 64 - 33
"""Of the reply address before its at sign: RFC 5321 allows 64, and a plus and a tag are added."""


class ChannelSettingUnreadable(Invalid):
    """A setting of mail or text messages that cannot be; ``setting`` is its name."""

    code = "channels.setting"


@dataclass(frozen=True)
class ChannelSettings:
    """As they were typed; empty: a folder takes the place of the outside."""

    smtp_url: str = field(default="", repr=False)
    mail_from: str = ""
    sms_url: str = ""
    sms_token: str = field(default="", repr=False)
    reply_address: str = ""
    imap_url: str = field(default="", repr=False)

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> "ChannelSettings":
        """What the environment says."""
        return cls(*(environment.get(name, "") for name in _NAMES))


@dataclass(frozen=True)
class Channels:
    """The ways to the outside."""

    mail: MailGateway
    sms: SmsGateway


def own_name(settings: ChannelSettings) -> str:
    """The address that mail is from; empty where it only goes into a folder."""
    return _sender(settings).address if settings.mail_from else ""


def opened(settings: ChannelSettings, folder: Path) -> Channels:
    """Make the gateways; nothing is connected yet. Raises for a setting that cannot be."""
    return Channels(mail=_mail(settings, folder), sms=_sms(settings, folder))


def _mail(settings: ChannelSettings, folder: Path) -> MailGateway:
    if not settings.smtp_url:
        nobody = replace(_NOBODY, reply_address=reply_address(settings))
        return FolderMail(folder, _sender(settings) if settings.mail_from else nobody)
    return SmtpMail(_smtp_server(settings.smtp_url), _sender(settings))


def _sender(settings: ChannelSettings) -> Sender:
    name, address = parseaddr(settings.mail_from)
    try:
        return Sender(email_address(address), name, reply_address(settings))
    except ValueError as error:
        raise ChannelSettingUnreadable(setting=MAIL_FROM) from error


def reply_address(settings: ChannelSettings) -> str:
    """The mailbox that answers go to; empty where there is none."""
    if not settings.reply_address:
        return ""
    try:
        address = email_address(parseaddr(settings.reply_address)[1])
    except ValueError as error:
        raise ChannelSettingUnreadable(setting=REPLY_ADDRESS) from error
    name = address.rpartition("@")[0]
    if "+" in name or len(name) > _LONGEST_NAME:
        raise ChannelSettingUnreadable(setting=REPLY_ADDRESS)
    return address


def _smtp_server(url: str) -> SmtpServer:
    try:
        parts = urlsplit(url)
        security, usual_port = _SMTP[parts.scheme]
        host, port = parts.hostname, parts.port
    except (KeyError, ValueError) as error:
        raise ChannelSettingUnreadable(setting=SMTP_URL) from error
    if not host:
        raise ChannelSettingUnreadable(setting=SMTP_URL)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if password and security is Security.NONE and not _HERE.fullmatch(host):
        raise ChannelSettingUnreadable(setting=SMTP_URL)  # a password does not go in the clear
    return SmtpServer(host, port or usual_port, security, user, password)


def imap_server(settings: ChannelSettings) -> ImapServer | None:
    """The mailbox that is read; None where there is none. Raises for a setting that cannot be.

    ``imap://`` starts TLS on its way, and goes without only on this machine.
    """
    if not settings.imap_url:
        return None
    try:
        parts = urlsplit(settings.imap_url)
        security, usual_port = _IMAP[parts.scheme]
        host, port = parts.hostname, parts.port
    except (KeyError, ValueError) as error:
        raise ChannelSettingUnreadable(setting=IMAP_URL) from error
    crossed = security is Security.STARTTLS and port == _IMAP["imaps"][1]
    if not host or not parts.username or crossed:
        raise ChannelSettingUnreadable(setting=IMAP_URL)
    if security is Security.STARTTLS and _HERE.fullmatch(host):
        security = Security.NONE
    user, password = unquote(parts.username), unquote(parts.password or "")
    folder = unquote(parts.path.strip("/")) or "INBOX"
    return ImapServer(host, port or usual_port, security, user, password, folder)


def _sms(settings: ChannelSettings, folder: Path) -> SmsGateway:
    if not settings.sms_url:
        return FolderSms(folder)
    try:
        parts = urlsplit(settings.sms_url)
        safe = parts.scheme == "https" or _HERE.fullmatch(parts.hostname or "")
    except ValueError as error:
        raise ChannelSettingUnreadable(setting=SMS_URL) from error
    if not safe or not parts.hostname:
        raise ChannelSettingUnreadable(setting=SMS_URL)
    if not settings.sms_token:
        raise ChannelSettingUnreadable(setting=SMS_TOKEN)
    return HttpsSms(settings.sms_url, settings.sms_token)
