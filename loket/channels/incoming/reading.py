"""A message from its bytes."""

import hashlib
import re
from collections.abc import Iterator
from email import message_from_bytes
from typing import Any, Final

from loket.channels.incoming import returned
from loket.channels.incoming.headers import (
    AnyMessage,
    address_of,
    addresses,
    decoded,
    header,
    headers,
    one_line,
    or_else,
    shown,
)
from loket.channels.incoming.message import (
    LONGEST_SUBJECT,
    MOST_BYTES,
    MOST_TEXT,
    File,
    Incoming,
    Nature,
    Unreadable,
    WhyUnread,
)
from loket.channels.incoming.words import new_words, text_of_html

_MOST_NESTS: Final = 60
_MOST_PARTS: Final = 300
_NEST: Final = re.compile(rb"(?i)content-type\s*:\s*(?:multipart|message)/")
_SENT_TO: Final = (
    "To",
    "Cc",
    "Delivered-To",
    "X-Original-To",
    "Envelope-To",
    "X-Envelope-To",
    "X-Forwarded-To",
    "Resent-To",
)
_NO_PERSON: Final = ("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply")
_BULK: Final = frozenset({"bulk", "junk", "auto_reply"})
"""Not ``list``, and no List-Id: a mailbox that is a group says so of what people write to it."""
_SEALS: Final = frozenset({"pgp-signature", "pkcs7-signature", "x-pkcs7-signature", "pgp-keys"})
"""Signatures and keys: nothing that somebody sends along."""


def read(raw: bytes, *, delivered_to: str = "") -> Incoming:
    """What a message says.

    ``delivered_to``: the address that the mail server delivered it to, if it tells. Raises
    :class:`Unreadable`; whatever else stands in the bytes is read as well as can be.
    """
    message = _parsed(raw)
    nature = _nature(message)
    subject = header(message, "Subject")[:LONGEST_SUBJECT]
    text = _text(message)[:MOST_TEXT].strip()
    name, sender = next(iter(addresses(message, "From", "Sender")), ("", ""))
    told = (address_of(delivered_to), *(one for _name, one in addresses(message, *_SENT_TO)))
    return Incoming(
        key=key_of(message, raw),
        nature=nature,
        sender=sender,
        sender_name=name,
        recipients=tuple(one for one in told if one),
        references=_references(message, nature),
        subject=subject,
        text=text,
        words=new_words(text, subject),
        files=() if nature is Nature.RETURNED else tuple(_files(message)),
    )


def key_of(message: AnyMessage, raw: bytes) -> str:
    """By its Message-ID and sender; without one by what no mail server on the way changes."""
    named = header(message, "Message-ID")
    known = [named, header(message, "From")]
    if not named:
        body = re.split(rb"\r?\n\r?\n", raw, maxsplit=1)[-1].replace(b"\r\n", b"\n").strip()
        known += [header(message, "Date"), header(message, "Subject")]
        known.append(hashlib.sha256(body).hexdigest())
    return hashlib.sha256("\n".join(known).encode()).hexdigest()


def _parsed(raw: bytes) -> AnyMessage:
    if not raw.strip():
        raise Unreadable(WhyUnread.EMPTY)
    if len(raw) > MOST_BYTES:
        raise Unreadable(WhyUnread.TOO_LARGE)
    # Before parsing: each level of parts costs time for each line below it.
    if len(_NEST.findall(raw)) > _MOST_NESTS:
        raise Unreadable(WhyUnread.TANGLED)
    message = message_from_bytes(raw)
    if sum(1 for _part in message.walk()) > _MOST_PARTS:
        raise Unreadable(WhyUnread.TANGLED)
    return message


def _nature(message: AnyMessage) -> Nature:
    if returned.is_report(message):
        return Nature.RETURNED
    submitted = header(message, "Auto-Submitted").partition(";")[0].strip().lower()
    machine = (
        submitted not in {"", "no"}
        or header(message, "Precedence").lower() in _BULK
        or any(message.get(name) is not None for name in _NO_PERSON)
        or header(message, "Return-Path") == "<>"
        or message.get_content_type() == "multipart/report"
    )
    return Nature.MACHINE if machine else Nature.PERSON


def _references(message: AnyMessage, nature: Nature) -> str:
    if nature is Nature.RETURNED:
        return returned.original(message)
    return " ".join(headers(message, "In-Reply-To", "References"))


def _text(part: AnyMessage) -> str:
    """All that is to be read in a part, once."""
    if part.is_multipart() and part.get_content_maintype() == "multipart":
        if part.get_content_subtype() == "alternative":
            return _best(part)
        texts = (_text(child) for child in _children(part))
        return "\n\n".join(text for text in texts if text.strip())
    if part.get_content_maintype() != "text" or _is_file(part):
        return ""
    text = shown(decoded(_bytes(part), or_else("", part.get_content_charset)))
    return text_of_html(text) if part.get_content_subtype() == "html" else text


def _best(part: AnyMessage) -> str:
    """Plain text before HTML; some programs leave the plain one empty."""
    ranked = sorted(_children(part), key=lambda one: one.get_content_type() != "text/plain")
    texts = (_text(child) for child in ranked)  # HTML takes its time: only where it is needed
    return next((text for text in texts if text.strip()), "")


def _children(part: AnyMessage) -> list[AnyMessage]:
    payload = part.get_payload()
    return [one for one in payload if not isinstance(one, str)] if isinstance(payload, list) else []


def _files(part: AnyMessage) -> Iterator[File]:
    """What was sent along; a mail in a mail is one file."""
    kind = part.get_content_maintype()
    if kind == "multipart":
        for child in _children(part):
            yield from _files(child)
    elif kind == "message":
        yield File(_name(part), b"")
    elif (kind != "text" or _is_file(part)) and part.get_content_subtype() not in _SEALS:
        inline = part.get_content_disposition() != "attachment"
        yield File(_name(part), _bytes(part), inline=inline)


def _is_file(part: AnyMessage) -> bool:
    known_text = part.get_content_subtype() in {"plain", "html", "enriched"}
    return part.get_content_disposition() == "attachment" or not known_text


def _bytes(part: AnyMessage) -> bytes:
    return or_else(b"", lambda: _payload(part))


def _payload(part: AnyMessage) -> bytes | None:
    content: Any = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else None


def _name(part: AnyMessage) -> str:
    given = one_line(or_else("", part.get_filename))[:100]
    return given or f"bijlage.{part.get_content_subtype()[:10]}"
