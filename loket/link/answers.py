"""Which answer of a server is which error: decided by the problem's code, then by the status."""

import requests
from pydantic import ValidationError

from loket.link.errors import (
    BadAnswer,
    Busy,
    LinkError,
    NotSignedIn,
    Rejected,
    ServerFailed,
    WrongVersion,
)
from loket.wire import problem as wire
from loket.wire import protocol

DEFAULT_RETRY_SECONDS = 2.0


def error_of(response: requests.Response) -> LinkError | None:
    """The error an answer means; None for an answer to use."""
    if response.status_code < requests.codes.multiple_choices or (
        response.status_code == requests.codes.not_modified
    ):
        return None
    problem = problem_of(response.headers.get("Content-Type", ""), response.content)
    return error_from(
        status=response.status_code,
        problem=problem,
        retry_after=response.headers.get("Retry-After"),
        request_id=response.headers.get(protocol.REQUEST_ID, ""),
    )


def problem_of(media_type: str, content: bytes) -> wire.Problem | None:
    """The problem document, when it is one of ours."""
    if not media_type.startswith(wire.MEDIA_TYPE):
        return None
    try:
        return wire.Problem.model_validate_json(content)
    except ValidationError:
        return None


def error_from(
    *,
    status: int,
    problem: wire.Problem | None,
    retry_after: str | None = None,
    request_id: str = "",
) -> LinkError:
    """The error for a status that is not good, with or without a problem document."""
    if status == requests.codes.upgrade_required:
        return WrongVersion()
    if retry_after is not None or status in {
        requests.codes.service_unavailable,
        requests.codes.too_many_requests,
    }:
        return Busy(retry_after=_seconds(retry_after), problem=problem)
    if status >= requests.codes.server_error:
        return ServerFailed(request_id=request_id, status=status)
    if problem is None:
        return BadAnswer({"status": status})
    if status == requests.codes.unauthorized:
        return NotSignedIn(problem)
    return Rejected(problem)


def _seconds(text: str | None) -> float:
    try:
        return max(0.0, float(text)) if text else DEFAULT_RETRY_SECONDS
    except ValueError:
        return DEFAULT_RETRY_SECONDS  # a date: allowed by HTTP, not used by our server
