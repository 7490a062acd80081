"""What a server is told of its ways to the outside, and the gateways made from it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from loket.channels.mail import FolderMail, MailGateway, Security, Sender, SmtpMail, SmtpServer
from loket.channels.sms import FolderSms, HttpsSms, SmsGateway
from loket.kit.errors import Invalid
from loket.wire.contact import email_address

SMTP_URL: Final = "LOKET_SMTP_URL"
MAIL_FROM: Final = "LOKET_MAIL_FROM"
SMS_URL: Final = "LOKET_SMS_URL"
SMS_TOKEN: Final = "LOKET_SMS_TOKEN"  # noqa: S105 - the name of a setting

_SMTP: Final = {
    "smtp": (Security.STARTTLS, 587),
    "smtps": (Security.TLS, 465),
    "smtp+plain": (Security.NONE, 25),
}
_NOBODY: Final = Sender("loket@stad.example", "Loket")
"""Who mail is from while it only goes into a folder."""
_HERE: Final = re.compile(r"localhost|127\.\d+\.\d+\.\d+|::1")


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

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> "ChannelSettings":
        """What the environment says."""
        given = (environment.get(name, "") for name in (SMTP_URL, MAIL_FROM, SMS_URL, SMS_TOKEN))
        return cls(*given)


@dataclass(frozen=True)
class Channels:
    """The ways to the outside."""

    mail: MailGateway
    sms: SmsGateway


def opened(settings: ChannelSettings, folder: Path) -> Channels:
    """Make the gateways; nothing is connected yet. Raises for a setting that cannot be."""
    return Channels(mail=_mail(settings, folder), sms=_sms(settings, folder))


def _mail(settings: ChannelSettings, folder: Path) -> MailGateway:
    if not settings.smtp_url:
        return FolderMail(folder, _sender(settings) if settings.mail_from else _NOBODY)
    return SmtpMail(_smtp_server(settings.smtp_url), _sender(settings))


def _sender(settings: ChannelSettings) -> Sender:
    name, address = parseaddr(settings.mail_from)
    try:
        return Sender(email_address(address), name)
    except ValueError as error:
        raise ChannelSettingUnreadable(setting=MAIL_FROM) from error


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
