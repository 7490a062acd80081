"""How a town arranges its reports, read from a TOML file: categories, parties, terms, replies.

A part of which the file says nothing stays as it stands in the administration. Of a part that it
does speak of it says all: a category or party that it no longer names is closed, never deleted,
since reports are kept under it; a reply or rule that it no longer names goes.
"""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, StringConstraints, ValidationError, model_validator

from loket.kit.errors import Invalid
from loket.reports.rules.flow import ReportAct
from loket.reports.rules.kinds import ReportKind
from loket.reports.rules.replies import check_reply
from loket.reports.rules.terms import Counting, StartsWith
from loket.wire.base import Line, WireIn
from loket.wire.contact import EmailAddress, MobileNumber, PhoneNumber

FileCode = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,30}$")]
Days = Annotated[int, Field(ge=1, le=366)]


class ArrangementsUnreadable(Invalid):
    """``what`` is wrong at ``where`` in the file."""

    code = "report.arrangements_unreadable"


class PartyEntry(WireIn):
    code: FileCode
    name: Annotated[Line, StringConstraints(min_length=1)]
    email: EmailAddress
    phone: PhoneNumber | None = None


class CategoryEntry(WireIn):
    code: FileCode
    name: Annotated[Line, StringConstraints(min_length=1)]
    department: FileCode | None = None
    party: FileCode | None = None
    team: Annotated[str, StringConstraints(max_length=60)] = ""
    alert_phone: MobileNumber | None = None
    alert_name: Annotated[str, StringConstraints(max_length=60)] = ""
    keywords: list[Annotated[str, StringConstraints(min_length=2, max_length=60)]] = Field(
        default=[]
    )

    @model_validator(mode="after")
    def _one_goal(self) -> Self:
        if (self.department is None) == (self.party is None):
            raise ValueError("a category belongs to one department or one party")
        return self


class TermsEntry(WireIn):
    receipt_days: Days = 10
    answer_days: Days = 45
    extension_days: Annotated[int, Field(ge=0, le=366)] = 0
    reaction_days: Days = 2
    counting: Counting = Counting.CALENDAR
    starts_with: StartsWith = StartsWith.REGISTRATION
    pauses: bool = True

    @model_validator(mode="after")
    def _can_be(self) -> Self:
        if self.receipt_days > self.answer_days:
            raise ValueError("a receipt is confirmed before the answer is due")
        return self


class ReplyEntry(WireIn):
    name: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    language: Annotated[str, StringConstraints(pattern="^(nl|fr|en|de)$")] = "nl"
    act: ReportAct | None = None
    category: FileCode | None = None
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]

    @model_validator(mode="after")
    def _fields(self) -> Self:
        try:
            check_reply(self.text)
        except Invalid as error:
            raise ValueError(f"no such field: {error.params.get('field', '{')}") from error
        return self


class RuleEntry(WireIn):
    """A rule of dispatch, in its order; what is not said fits everything."""

    kinds: list[ReportKind] = Field(default=[])
    categories: list[FileCode] = Field(default=[])
    quarters: list[Annotated[Line, StringConstraints(min_length=1)]] = Field(default=[])
    department: FileCode | None = None
    party: FileCode | None = None

    @model_validator(mode="after")
    def _one_goal(self) -> Self:
        if (self.department is None) == (self.party is None):
            raise ValueError("a rule sends to one department or one party")
        return self


class ArrangementsFile(WireIn):
    """Everything at once; None: nothing is said of that part, and it stays as it stands."""

    categories: list[CategoryEntry]
    parties: list[PartyEntry] | None = None
    terms: dict[ReportKind, TermsEntry] | None = None
    replies: list[ReplyEntry] | None = None
    rules: list[RuleEntry] | None = None

    @model_validator(mode="after")
    def _once(self) -> Self:
        told = self.categories, self.parties or []
        for codes in ([one.code for one in entries] for entries in told):
            _refuse_twice(codes)
        for names in ([one.name for one in entries] for entries in told):
            _refuse_twice(names)
        _refuse_twice([f"{one.name} ({one.language})" for one in self.replies or []])
        return self


def _refuse_twice(names: Sequence[str]) -> None:
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ValueError(f"twice: {', '.join(sorted(twice))}")


def read_file(path: Path) -> ArrangementsFile:
    """The file, checked; raises :class:`ArrangementsUnreadable` with the first fault."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        return ArrangementsFile.model_validate(found)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ArrangementsUnreadable(where=path.name, what=str(error)) from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or path.name
        raise ArrangementsUnreadable(where=where, what=first["msg"]) from error
