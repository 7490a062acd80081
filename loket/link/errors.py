"""What can go wrong between a desk and its server, as one tree.

    LinkError
    ├── Unreachable     no connection, or it broke
    ├── TimedOut        no answer within the limit
    ├── NotSignedIn     the token is not, or no longer, good
    ├── Rejected        a rule forbids it; ``code`` and ``params`` say which
    ├── Busy            not now; again after ``retry_after`` seconds
    ├── ServerFailed    a fault of the server; ``request_id`` finds it in its log
    ├── WrongVersion    this program and the server do not understand each other
    └── BadAnswer       an answer that nobody of ours gives: a captive portal, a proxy's page

``code`` and ``params`` are there on each, so that one place can turn them into a sentence.
"""

from typing import ClassVar

from loket.kit.errors import Params
from loket.wire.problem import Problem


class LinkError(Exception):
    """A call that brought no answer of the kind that was asked for."""

    kind: ClassVar[str] = "link.error"

    def __init__(self, params: Params | None = None, *, code: str = "", sent: bool = True) -> None:
        self.code = code or self.kind
        self.params: Params = params or {}
        self.sent = sent
        """False when it is certain that the server never received the request."""
        super().__init__(self.code, self.params)

    def __str__(self) -> str:
        return f"{type(self).__name__} {self.code} {self.params}"


class Unreachable(LinkError):
    """No connection, or it broke."""

    kind = "link.unreachable"


class TimedOut(LinkError):
    """No answer within the limit."""

    kind = "link.timed_out"


class WrongVersion(LinkError):
    """This program and the server do not understand each other."""

    kind = "link.wrong_version"


class BadAnswer(LinkError):
    """An answer that nobody of ours gives."""

    kind = "link.bad_answer"


class Refusal(LinkError):
    """A refusal that came with a problem document."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.params, code=problem.code)
        self.problem = problem


class NotSignedIn(Refusal):
    """The token is not, or no longer, good."""

    kind = "link.not_signed_in"

    @classmethod
    def nobody(cls) -> "NotSignedIn":
        """What the server would say; known without asking, because nobody sits at the desk."""
        return cls(
            Problem(
                type="urn:loket:problem:not_signed_in",
                title="not signed in",
                status=401,
                code="not_signed_in",
                params={},
                fields=[],
                request_id="",
            )
        )


class Rejected(Refusal):
    """A rule forbids it."""

    kind = "link.rejected"


class Busy(LinkError):
    """Not now; again after ``retry_after`` seconds."""

    kind = "link.busy"

    def __init__(self, *, retry_after: float, problem: Problem | None = None) -> None:
        code = problem.code if problem else ""
        params = problem.params if problem else {}
        super().__init__({**params, "retry_after": retry_after}, code=code)
        self.retry_after = retry_after


OF_A_PROXY = {502, 504}
"""Statuses that speak of the way to the server, not of the server."""


class ServerFailed(LinkError):
    """A fault of the server."""

    kind = "link.server_failed"

    def __init__(self, *, request_id: str = "", status: int = 500) -> None:
        super().__init__({"request_id": request_id, "status": status})
        self.request_id = request_id
