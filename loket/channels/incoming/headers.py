"""Headers of a mail as plain text, whatever stands in them.

Python's modern header parser raises on some malformed ones, and a mailbox is open to everybody; the
older one gives what it has.
"""

import re
from collections.abc import Callable
from email.errors import HeaderParseError
from email.header import Header, decode_header
from email.message import Message
from email.utils import getaddresses
from typing import Any, Final, TypeAlias, TypeVar
from unicodedata import category

from loket.wire.contact import LONGEST_ADDRESS, email_address

T = TypeVar("T")
AnyMessage: TypeAlias = "Message[Any, Any]"
_LONGEST: Final = 20_000
_MOST: Final = 20
_MALFORMED: Final = (ValueError, LookupError, TypeError, AttributeError, HeaderParseError)
"""What the standard library raises where a header or a parameter breaks its rules."""
_LINE_ENDS: Final = re.compile(r"\r\n?|[\x85\u2028\u2029]")


def or_else(usual: T, read: Callable[[], T | None]) -> T:
    """What can be read, or the usual where it is malformed."""
    try:
        found = read()
    except _MALFORMED:
        return usual
    return usual if found is None else found


def header(message: AnyMessage, name: str) -> str:
    """One line of text; empty where there is no such header."""
    return one_line(or_else("", lambda: message.get(name)))


def headers(message: AnyMessage, *names: str) -> list[str]:
    """Every header of these names."""
    found = [each for name in names for each in (message.get_all(name) or [])[:_MOST]]
    return [one_line(each) for each in found]


def one_line(value: str | Header) -> str:
    """Decoded, without line ends."""
    return " ".join(shown(_decoded(value)).split())


def addresses(message: AnyMessage, *names: str) -> list[tuple[str, str]]:
    """Names and addresses in these headers; what cannot be an address is left out."""
    values = [str(each)[:_LONGEST] for name in names for each in message.get_all(name) or []]
    nobody: list[tuple[str, str]] = []
    pairs = or_else(nobody, lambda: getaddresses(values[:_MOST]))
    read = ((one_line(name)[:80], address_of(address)) for name, address in pairs)
    return [(name, address) for name, address in read if address]


def address_of(text: str) -> str:
    """The address in its normal form; empty where it is none."""
    if len(text) > LONGEST_ADDRESS:
        return ""
    return or_else("", lambda: email_address(text.strip().strip("<>")))


def decoded(content: bytes, charset: str) -> str:
    """Text from bytes: as it says it is, or else as it looks.

    Programs that say Latin 1 or ASCII mean what Windows calls by that name.
    """
    said = charset.lower().replace("_", "-")
    ways = ["cp1252"] if said in _LATIN else ["utf-8"] if said in _UNSURE else [said, "utf-8"]
    texts = (text for way in ways if (text := _strictly(content, way)) is not None)
    return next(texts, None) or content.decode("cp1252", "replace")


_UNSURE: Final = frozenset({"", "ascii", "us-ascii", "unknown-8bit"})
_LATIN: Final = frozenset({"latin-1", "latin1", "iso-8859-1"})


def _strictly(content: bytes, charset: str) -> str | None:
    return or_else(None, lambda: content.decode(charset))


def shown(text: str) -> str:
    """Without what no screen shows and no database keeps: NUL, controls, half characters."""
    lines = _LINE_ENDS.sub("\n", text)
    if lines.isascii() and lines.isprintable():
        return lines
    return "".join(sign for sign in lines if sign in "\n\t" or category(sign) not in _HIDDEN)


_HIDDEN: Final = frozenset({"Cc", "Cs"})


def _decoded(value: str | Header) -> str:
    raw = value if isinstance(value, Header) else str(value)[:_LONGEST]
    as_it_is: list[tuple[Any, Any]] = [(str(raw), None)]  # text, or bytes and their charset
    parts = or_else(as_it_is, lambda: decode_header(raw))
    return "".join(
        part if isinstance(part, str) else decoded(part, charset or "") for part, charset in parts
    )
