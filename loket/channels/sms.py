"""Text messages: through a gateway over plain HTTPS, or put in a folder."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

import requests

from loket.channels.faults import InDoubt, NotSent, Refused, SendFault, TryAgain
from loket.channels.folder import put

_LIMITS: Final = (5.0, 20.0)
"""Seconds to connect, and for the answer."""
_PERMANENT: Final = 400
_BUSY: Final = {408, 425, 429, 503}
_NOT_OURS: Final = {401, 402, 403, 404, 405}
"""No token, no credit, no such address: about the gateway, not about this message."""
_SERVER_FAILED: Final = 500


@dataclass(frozen=True)
class Sms:
    """What somebody is told in a text message."""

    id: str
    """The key by which a gateway recognises the same message."""
    recipient: str
    """In E.164: ``+32470123456``."""
    text: str
    made_at: datetime


class SmsGateway(Protocol):
    """Takes a text message over, or raises NotSent."""

    def send(self, sms: Sms) -> None: ...


class HttpsSms:
    """A gateway that takes ``{"to", "text", "reference"}`` as JSON and answers with a 2xx."""

    def __init__(self, address: str, token: str) -> None:
        self._address = address
        self._token = token

    def send(self, sms: Sms) -> None:
        try:
            answer = requests.post(
                self._address,
                json={"to": sms.recipient, "text": sms.text, "reference": sms.id},
                headers={"Authorization": f"Bearer {self._token}", "Idempotency-Key": sms.id},
                timeout=_LIMITS,
                allow_redirects=False,  # the token goes where it was meant to go
            )
        except requests.RequestException as error:
            raise _failed(error) from error
        fault = _fault(answer.status_code)
        if fault is not None:
            raise fault


def _failed(error: requests.RequestException) -> NotSent:
    if isinstance(error, (requests.ConnectTimeout, requests.exceptions.SSLError)):
        return TryAgain(SendFault.UNREACHABLE)
    if isinstance(error, requests.ConnectionError) and _never_connected(error):
        return TryAgain(SendFault.UNREACHABLE)
    return InDoubt()


def _never_connected(error: requests.ConnectionError) -> bool:
    """Whether no byte of the request can have left: urllib3 says so in what it wraps."""
    reason = getattr(error.args[0] if error.args else None, "reason", None)
    return type(reason).__name__ in {"NewConnectionError", "NameResolutionError"}


def _fault(status: int) -> NotSent | None:
    if requests.codes.ok <= status < requests.codes.multiple_choices:
        return None
    if status in _BUSY:
        return TryAgain(SendFault.BUSY)
    if status in _NOT_OURS or status < _PERMANENT:
        return TryAgain(SendFault.SENDER_REFUSED)
    return InDoubt() if status >= _SERVER_FAILED else Refused(SendFault.MESSAGE_REFUSED)


class FolderSms:
    """Writes each text message as a file, for a town without a gateway."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, sms: Sms) -> None:
        said = {"to": sms.recipient, "text": sms.text, "made_at": sms.made_at.isoformat()}
        content = json.dumps(said, ensure_ascii=False, indent=1).encode()
        put(self._folder / f"{sms.id}.sms.json", content)
