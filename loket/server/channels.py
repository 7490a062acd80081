"""Where mail and text messages go, as the command line and the environment say it."""

import argparse
from collections.abc import Mapping
from typing import Final

from loket.channels.settings import (
    IMAP_URL,
    MAIL_FROM,
    REPLY_ADDRESS,
    SMS_TOKEN,
    SMS_URL,
    SMTP_URL,
    ChannelSettings,
)
from loket.channels.tiles import TILES_CREDIT, TILES_URL
from loket.correspondence.rules import KEPT

CHANNELS_TOLD: Final = (
    f"Mail and text messages: {SMTP_URL}=smtp://user:password@host:587 (STARTTLS; smtps:// for TLS"
    " from the start, smtp+plain:// for none),"
    f' {MAIL_FROM}="Stad Heidebeek <onthaal@heidebeek.be>",'
    f" {SMS_URL}=https://… and {SMS_TOKEN} in the environment, or as options, which other users of"
    " this machine can see. Without a mail server mail is written as .eml files into the folder"
    " outgoing of the server's data, and so are text messages without a gateway: nothing leaves the"
    f" machine. Answers: with {REPLY_ADDRESS}=meldingen@heidebeek.be mails about reports can be"
    " answered, and what is answered lands in the file; the mail server gives it to"
    f' "python -m loket mail-in", or the server reads {IMAP_URL}=imaps://user:password@host/INBOX.'
    f" A map server: {TILES_URL}=https://…/{{z}}/{{x}}/{{y}}.png and {TILES_CREDIT}, the line that"
    " its licence asks to be shown; without one the town's own map is drawn."
)


def add_channel_options(serve: argparse.ArgumentParser) -> None:
    """Describe the ways to the outside."""
    serve.add_argument("--smtp-url", help=f"mail server; otherwise {SMTP_URL}")
    add_own_addresses(serve)
    serve.add_argument("--sms-url", help=f"gateway for text messages; otherwise {SMS_URL}")
    serve.add_argument(
        "--keep-messages",
        type=_days,
        default=KEPT.days,
        metavar="DAYS",
        help="after so many days it is erased who was written to, and what; %(default)s",
    )


def add_own_addresses(parser: argparse.ArgumentParser) -> None:
    """Describe what the town is called in mail."""
    parser.add_argument("--mail-from", help=f"who mail is from; otherwise {MAIL_FROM}")
    parser.add_argument("--reply-address", help=f"where answers go; otherwise {REPLY_ADDRESS}")


def channels_of(options: argparse.Namespace, environment: Mapping[str, str]) -> ChannelSettings:
    """The settings that hold: an option before the environment."""
    told = ChannelSettings.of(environment)
    return ChannelSettings(
        smtp_url=getattr(options, "smtp_url", None) or told.smtp_url,
        mail_from=options.mail_from or told.mail_from,
        sms_url=getattr(options, "sms_url", None) or told.sms_url,
        sms_token=told.sms_token,
        reply_address=options.reply_address or told.reply_address,
        imap_url=told.imap_url,
    )


def _days(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:5]) <= _TEN_YEARS:
        raise argparse.ArgumentTypeError(f"{text}: a number from 1 to {_TEN_YEARS}")
    return int(text)


_TEN_YEARS: Final = 3650
