"""Refusals on their way out: error class → status → ``application/problem+json``."""

import logging
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from loket.kit import errors
from loket.kit.errors import LoketError
from loket.kit.logs import request_id
from loket.store.errors import InProgress
from loket.wire.problem import MEDIA_TYPE, FieldProblem, Problem

log = logging.getLogger(__name__)


class TooLarge(errors.Invalid):
    """A body of more bytes than a request can need."""

    code = "request.too_large"


STATUS: dict[type[LoketError], int] = {
    TooLarge: 413,
    errors.Invalid: 422,
    errors.NotSignedIn: 401,
    errors.NotAllowed: 403,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.TooOften: 429,
    errors.Outdated: 426,
    errors.Unavailable: 503,
    LoketError: 400,
}
OF_STATUS = {404: "http.no_such_address", 405: "http.method_not_allowed", 413: TooLarge.code}


def status_of(kind: type[LoketError]) -> int:
    """The status of the nearest branch above an error."""
    return next(STATUS[base] for base in kind.__mro__ if base in STATUS)


def problem_of(error: LoketError) -> Problem:
    return _problem(status_of(type(error)), error.code, error.params)


def _problem(
    status: int, code: str, params: errors.Params, fields: list[FieldProblem] | None = None
) -> Problem:
    return Problem(
        type=f"urn:loket:problem:{code}",
        title=code.replace(".", ": ").replace("_", " "),
        status=status,
        code=code,
        params=params,
        fields=fields or [],
        request_id=request_id.get(),
    )


def respond(problem: Problem) -> Response:
    """The problem as an answer, with ``Retry-After`` where trying again makes sense."""
    headers = {}
    retry = problem.params.get("retry_after")
    if problem.code == InProgress.code or problem.status == STATUS[errors.Unavailable]:
        retry = retry or 1
    if retry is not None:
        headers["Retry-After"] = str(retry)
    if problem.status == STATUS[errors.NotSignedIn]:
        headers["WWW-Authenticate"] = "Bearer"
    return Response(problem.model_dump_json(), problem.status, headers, MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Answer every refusal and failure of the app as a problem."""

    @app.exception_handler(LoketError)
    def refused(_request: Request, error: LoketError) -> Response:
        return respond(problem_of(error))

    @app.exception_handler(RequestValidationError)
    def malformed(_request: Request, error: RequestValidationError) -> Response:
        fields = [
            FieldProblem(where=".".join(map(str, found["loc"])), rule=found["type"])
            for found in error.errors()
        ]
        return respond(_problem(422, "request.malformed", {"first": fields[0].where}, fields))

    @app.exception_handler(HTTPException)
    def not_ours(_request: Request, error: HTTPException) -> Response:
        code = OF_STATUS.get(error.status_code, "http.error")
        return respond(_problem(error.status_code, code, {}))

    @app.exception_handler(Exception)
    def failed(request: Request, error: Exception) -> Response:
        log.error("failed: %s %s", request.method, request.url.path, exc_info=error)
        return respond(_problem(500, "server.failed", {}))


_DOCUMENTED = {
    401: "Nobody is signed in",
    403: "The person may not",
    404: "It is not there",
    409: "A rule or the present state forbids it",
    422: "The request cannot be",
    503: "Not now",
}
PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": text, "content": {MEDIA_TYPE: {}}}
    for status, text in _DOCUMENTED.items()
}
"""For ``responses=`` of each route, so that OpenAPI tells how it refuses."""
