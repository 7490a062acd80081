"""Identifiers: time-ordered ids, codes for barcodes, and codes that a person types."""

import re
import secrets
import time
import uuid

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # no I, O, 0, 1: they are read for one another
CODE_LENGTH = 12
PAIRING_LENGTH = 6
_CODE = re.compile(rf"[A-Z][{ALPHABET}]{{{CODE_LENGTH}}}")
_FOLLOW_UP = re.compile(rf"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}")


def new_id() -> str:
    """A version 7 UUID (RFC 9562): 48 bits of Unix milliseconds, then 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    value = milliseconds << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))


def new_code(kind: str) -> str:
    """What a barcode carries: a kind letter and twelve characters, 60 random bits.

    Only capitals and digits, which both Code 128 and a wrongly configured scanner survive.
    """
    return kind + _pick(CODE_LENGTH)


def is_code(text: str) -> bool:
    """Whether the text has the form that :func:`new_code` gives."""
    return _CODE.fullmatch(text) is not None


def new_follow_up_code() -> str:
    """A code a citizen types, such as ``7K2Q-94TD``: 40 random bits, asked with a number."""
    return f"{_pick(4)}-{_pick(4)}"


def is_follow_up_code(text: str) -> bool:
    return _FOLLOW_UP.fullmatch(text) is not None


def new_token() -> str:
    """A secret of 256 random bits, safe in a header."""
    return secrets.token_urlsafe(32)


def new_page_token() -> str:
    """What opens a visitor's own page: 128 random bits, short enough for a small QR code."""
    return secrets.token_urlsafe(16)


def new_pairing_code() -> str:
    """Six characters that a screen shows and a person types, such as ``7K2Q94``."""
    return _pick(PAIRING_LENGTH)


def _pick(count: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(count))
