"""The tree of what can be refused: a stable code and parameters, no sentence and no HTTP status.

    LoketError
    ├── Invalid       the request itself cannot be
    ├── NotSignedIn   nobody, or no longer anybody
    ├── NotAllowed    somebody who may not
    ├── NotFound      about something that is not there
    ├── Conflict      a rule, or the present state, forbids it
    ├── TooOften      tried again too quickly; ``retry_after`` says when
    ├── Outdated      the program itself is too old
    └── Unavailable   not now; the same request may succeed later

``loket.web.problems`` gives each branch a status, ``ui.core.sentences`` each code a sentence.
"""

from typing import ClassVar, TypeAlias

Param: TypeAlias = str | int | float | bool | None
Params: TypeAlias = dict[str, Param]


class LoketError(Exception):
    """Something was refused; nothing was changed."""

    code: ClassVar[str] = "error"
    final: ClassVar[bool] = True
    """Whether the same request gets this answer for ever; if not, trying again makes sense."""

    def __init__(self, **params: Param) -> None:
        super().__init__(self.code, params)
        self.params: Params = params

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        return f"{self.code}({shown})"


class Invalid(LoketError):
    code = "invalid"


class NotSignedIn(LoketError):
    code = "not_signed_in"


class NotAllowed(LoketError):
    code = "not_allowed"


class NotFound(LoketError):
    code = "not_found"


class Conflict(LoketError):
    code = "conflict"


class TooOften(LoketError):
    code = "too_often"
    final = False


class Outdated(LoketError):
    code = "outdated"
    final = False


class Unavailable(LoketError):
    code = "unavailable"
    final = False


def error_types() -> list[type[LoketError]]:
    """Every kind of refusal that is imported now, the branches themselves included."""
    found: list[type[LoketError]] = []
    ahead: list[type[LoketError]] = [LoketError]
    while ahead:
        kind = ahead.pop()
        found.append(kind)
        ahead.extend(kind.__subclasses__())
    return found
