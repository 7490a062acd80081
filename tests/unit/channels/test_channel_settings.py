"""What a server is told of mail and text messages: taken, or refused by name before it starts."""

from pathlib import Path

import pytest

from loket.channels.mail import FolderMail, Security, SmtpMail
from loket.channels.settings import ChannelSettings, ChannelSettingUnreadable, imap_server, opened
from loket.channels.sms import FolderSms, HttpsSms

FROM = "Stad Heidebeek <onthaal@heidebeek.example>"


def test_without_settings_everything_goes_into_a_folder(tmp_path: Path) -> None:
    ways = opened(ChannelSettings.of({}), tmp_path)
    assert isinstance(ways.mail, FolderMail)
    assert isinstance(ways.sms, FolderSms)


@pytest.mark.parametrize(
    "url",
    ["smtp://jan:p%40ss@mail.heidebeek.be:587", "smtps://mail.be", "smtp+plain://relay.local"],
)
def test_a_mail_server_is_taken(url: str, tmp_path: Path) -> None:
    told = ChannelSettings.of({"LOKET_SMTP_URL": url, "LOKET_MAIL_FROM": FROM})
    assert isinstance(opened(told, tmp_path).mail, SmtpMail)


def test_a_gateway_is_taken(tmp_path: Path) -> None:
    told = ChannelSettings(sms_url="https://sms.example/send", sms_token="geheim")
    assert isinstance(opened(told, tmp_path).sms, HttpsSms)


@pytest.mark.parametrize(
    ("told", "setting"),
    [
        (ChannelSettings(smtp_url="mail.heidebeek.be", mail_from=FROM), "LOKET_SMTP_URL"),
        (ChannelSettings(smtp_url="smtp://", mail_from=FROM), "LOKET_SMTP_URL"),
        (ChannelSettings(smtp_url="smtp://a:99999", mail_from=FROM), "LOKET_SMTP_URL"),
        (ChannelSettings(smtp_url="smtp+plain://a:b@mail.be", mail_from=FROM), "LOKET_SMTP_URL"),
        (ChannelSettings(smtp_url="smtp://mail.be"), "LOKET_MAIL_FROM"),
        (ChannelSettings(smtp_url="smtp://mail.be", mail_from="de stad"), "LOKET_MAIL_FROM"),
        (ChannelSettings(reply_address="meldingen"), "LOKET_REPLY_ADDRESS"),
        (ChannelSettings(reply_address="a+b@stad.be"), "LOKET_REPLY_ADDRESS"),
        (ChannelSettings(reply_address=f"{'m' * 32}@stad.be"), "LOKET_REPLY_ADDRESS"),
        (ChannelSettings(sms_url="http://sms.example", sms_token="x"), "LOKET_SMS_URL"),
        (ChannelSettings(sms_url="https://", sms_token="x"), "LOKET_SMS_URL"),
        (ChannelSettings(sms_url="https://sms.example"), "LOKET_SMS_TOKEN"),
    ],
)
def test_what_cannot_be_is_named(told: ChannelSettings, setting: str, tmp_path: Path) -> None:
    with pytest.raises(ChannelSettingUnreadable) as refused:
        opened(told, tmp_path)
    assert refused.value.params == {"setting": setting}


@pytest.mark.parametrize(
    ("url", "security", "port", "folder"),
    [
        ("imaps://jan%40stad.be:p%40ss@mail.stad.be/INBOX", Security.TLS, 993, "INBOX"),
        ("imap://jan:x@mail.stad.be", Security.STARTTLS, 143, "INBOX"),
        ("imap://jan:x@127.0.0.1:10143/Meldingen/In", Security.NONE, 10143, "Meldingen/In"),
    ],
)
def test_a_mailbox_is_taken(url: str, security: Security, port: int, folder: str) -> None:
    found = imap_server(ChannelSettings.of({"LOKET_IMAP_URL": url}))
    assert found is not None
    assert (found.security, found.port, found.folder) == (security, port, folder)
    assert imap_server(ChannelSettings()) is None


@pytest.mark.parametrize(
    "url", ["mail.be", "imaps://", "imaps://mail.be", "imap://a:b@mail.be:993", "imaps://a:b@c:x"]
)
def test_a_mailbox_that_cannot_be_is_named(url: str) -> None:
    with pytest.raises(ChannelSettingUnreadable) as refused:
        imap_server(ChannelSettings(imap_url=url))
    assert refused.value.params == {"setting": "LOKET_IMAP_URL"}


def test_secrets_are_not_shown() -> None:
    told = ChannelSettings(
        smtp_url="smtp://jan:geheim@mail.be", sms_token="geheim", imap_url="imaps://j:geheim@m.be"
    )
    assert "geheim" not in repr(told) + repr(imap_server(told))
