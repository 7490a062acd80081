"""Mail that came back (RFC 3464): whether it did for good, and which one it was."""

from typing import Final

from loket.channels.incoming.headers import AnyMessage, header

_STATUS: Final = "message/delivery-status"
_ORIGINALS: Final = frozenset({"message/rfc822", "text/rfc822-headers", "message/global"})


def is_report(message: AnyMessage) -> bool:
    """Whether it says that a mail could not be delivered; a delay or a receipt is no such thing."""
    return any(
        header(block, "Action").lower() == "failed"
        for part in message.walk()
        if part.get_content_type() == _STATUS
        for block in part.walk()
    )


def original(message: AnyMessage) -> str:
    """The Message-ID of the mail that came back, as it was sent back along with the report."""
    return " ".join(filter(None, (_named(part) for part in message.walk())))


def _named(part: AnyMessage) -> str:
    if part.get_content_type() not in _ORIGINALS:
        return ""
    payload = part.get_payload()
    if isinstance(payload, list):  # the mail itself
        return " ".join(header(one, "Message-ID") for one in payload if not isinstance(one, str))
    lines = str(payload).replace("\r\n", "\n").split("\n")
    said = (line.partition(":") for line in lines)
    return " ".join(value.strip() for name, _, value in said if name.lower() == "message-id")
