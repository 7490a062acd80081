"""How a town arranges its reports, read from a TOML file: categories, parties, terms, replies.

The file says all of it: a category that it no longer names is closed, never deleted, since reports
are kept under it.
"""

import tomllib
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, StringConstraints, ValidationError, model_validator

from loket.kit.errors import Invalid
from loket.reports.rules.flow import ReportAct
from loket.reports.rules.kinds import ReportKind
from loket.reports.rules.terms import Counting, StartsWith
from loket.wire.base import Line, WireIn
from loket.wire.contact import EmailAddress, MobileNumber

FileCode = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,30}$")]
Days = Annotated[int, Field(ge=1, le=366)]


class ArrangementsUnreadable(Invalid):
    """``what`` is wrong at ``where`` in the file."""

    code = "report.arrangements_unreadable"


class PartyEntry(WireIn):
    code: FileCode
    name: Annotated[Line, StringConstraints(min_length=1)]
    email: EmailAddress


class CategoryEntry(WireIn):
    code: FileCode
    name: Annotated[Line, StringConstraints(min_length=1)]
    department: FileCode | None = None
    party: FileCode | None = None
    team: Annotated[str, StringConstraints(max_length=60)] = ""
    alert_phone: MobileNumber | None = None
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


class ReplyEntry(WireIn):
    name: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    language: Annotated[str, StringConstraints(pattern="^(nl|fr|en|de)$")] = "nl"
    act: ReportAct | None = None
    category: FileCode | None = None
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]


class ArrangementsFile(WireIn):
    """Everything at once."""

    parties: list[PartyEntry] = Field(default=[])
    categories: list[CategoryEntry]
    terms: dict[ReportKind, TermsEntry] = Field(default={})
    replies: list[ReplyEntry] = Field(default=[])

    @model_validator(mode="after")
    def _known(self) -> Self:
        parties = {party.code for party in self.parties}
        for category in self.categories:
            if category.party is not None and category.party not in parties:
                raise ValueError(f"no party is called {category.party}")
        for codes in ([one.code for one in self.categories], [one.code for one in self.parties]):
            twice = {code for code in codes if codes.count(code) > 1}
            if twice:
                raise ValueError(f"twice: {', '.join(sorted(twice))}")
        return self


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
