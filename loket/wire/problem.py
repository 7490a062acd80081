"""A refusal on the wire: ``application/problem+json`` (RFC 9457) with a stable code."""

from loket.wire.base import WireOut

MEDIA_TYPE = "application/problem+json"


class FieldProblem(WireOut):
    """One field of the request that cannot be: where, and which rule of pydantic."""

    where: str
    rule: str


class Problem(WireOut):
    """What the server says instead of an answer; people decide by ``code``, not by ``status``."""

    type: str
    title: str
    status: int
    code: str
    params: dict[str, str | int | float | bool | None]
    fields: list[FieldProblem]
    request_id: str
