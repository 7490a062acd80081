"""From what the HTTP library raises to our own tree, and whether the request ever left."""

import requests
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError, ProxyError, SSLError

from loket.link.errors import BadAnswer, LinkError, TimedOut, Unreachable

# What fails before a byte of the request is sent. (NameResolutionError is a NewConnectionError.)
_BEFORE_SENDING = (NewConnectionError, ConnectTimeoutError, ProxyError, SSLError)


def translated(error: requests.RequestException) -> LinkError:
    """Our error for one of theirs."""
    sent = not never_sent(error)
    if isinstance(error, requests.ReadTimeout):
        return TimedOut()
    if isinstance(error, (requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        return Unreachable({"reason": _reason(error)}, sent=sent)
    return BadAnswer({"reason": type(error).__name__}, sent=sent)


def never_sent(error: requests.RequestException) -> bool:
    """Whether it is certain that the server did not receive the request."""
    if isinstance(error, (requests.ConnectTimeout, requests.exceptions.InvalidURL)):
        return True
    return isinstance(_cause(error), _BEFORE_SENDING)


def _cause(error: requests.RequestException) -> object:
    inner = error.args[0] if error.args else None
    return getattr(inner, "reason", inner)


def _reason(error: requests.RequestException) -> str:
    cause = _cause(error)
    return "tls" if isinstance(cause, SSLError) else type(cause).__name__
