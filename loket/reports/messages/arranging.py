"""How a town arranges its reports, as whoever administers it reads and changes it."""

from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from loket.kit.ids import new_id
from loket.reports.messages.following import ReplyTemplate
from loket.reports.rules.flow import ReportAct
from loket.reports.rules.kinds import ReportKind
from loket.reports.rules.terms import Counting, StartsWith
from loket.wire.base import Id, Line, WireIn, WireOut, readable
from loket.wire.contact import EmailAddress, MobileNumber, PhoneNumber

REPLY_LENGTH = 4000
MOST_RULES = 200
_ShortLine = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=60), AfterValidator(readable)
]
Keyword = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=2, max_length=60),
    AfterValidator(readable),
]
CitizenLanguage = Annotated[str, StringConstraints(pattern="^(nl|fr|en|de)$")]
Days = Annotated[int, Field(ge=0, le=9999)]
"""As typed; which number of days can be is a rule."""


class Rule(WireIn):
    """A rule of dispatch; what is empty fits everything."""

    id: Id = Field(default_factory=new_id)
    kinds: list[ReportKind] = Field(default=[], max_length=4)
    category_ids: list[Id] = Field(default=[], max_length=500)
    quarters: list[Line] = Field(default=[], max_length=200)
    department_id: Id | None = None
    party_id: Id | None = None


class RuleList(WireIn):
    """Rules in their order; the first that fits decides."""

    rules: list[Rule] = Field(max_length=MOST_RULES)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({rule.id for rule in self.rules}) != len(self.rules):
            raise ValueError("a rule stands twice in the list")
        return self


class SetRules(RuleList):
    """The whole list, over the version that its author saw."""

    seen_version: int = Field(ge=0)


class Rules(WireOut):
    version: int
    rules: list[Rule]


class RuleEffect(WireOut):
    """What a rule would have done with the reports of last month."""

    rule_id: str
    decided: int
    moved: int
    """Of those: how many went elsewhere in reality."""
    shadowed_by: str | None
    """An earlier rule that takes everything this one would."""


class RulesPreview(WireOut):
    """What rules would have done with the reports of the last calendar month."""

    first: date
    last: date
    total: int
    effects: list[RuleEffect]
    by_category: int
    """No rule fits them; their category says where."""
    uncovered: int
    """No rule fits and no category says where: the coordinator decides."""


class RegulationOf(WireOut):
    """The terms of one kind as they hold now."""

    kind: ReportKind
    receipt_days: int
    answer_days: int
    extension_days: int
    reaction_days: int
    counting: Counting
    starts_with: StartsWith
    pauses: bool
    version: int
    """0: the town set nothing, these are the usual ones."""
    running: int
    """How many reports of the kind are open; they keep the terms that they began with."""


class SetRegulation(WireIn):
    seen_version: int = Field(ge=0)
    receipt_days: Days
    answer_days: Days
    extension_days: Days
    reaction_days: Days
    counting: Counting
    starts_with: StartsWith
    pauses: bool


class ArrangedCategory(WireOut):
    id: str
    code: str
    """As a file of arrangements names it."""
    name: str
    keywords: list[str]
    department_id: str | None
    party_id: str | None
    team: str
    alert_phone: str
    alert_name: str
    closed: bool
    version: int
    open: int
    """How many reports of it are open."""


class SetCategory(WireIn):
    seen_version: int = Field(ge=0)
    """0: a new one."""
    name: Line
    keywords: list[Keyword] = Field(default=[], max_length=60)
    department_id: Id | None = None
    party_id: Id | None = None
    team: _ShortLine = ""
    alert_phone: MobileNumber | None = None
    alert_name: _ShortLine = ""


class ArrangedParty(WireOut):
    id: str
    name: str
    email: str
    phone: str
    closed: bool
    version: int
    categories: int
    """How many open categories, and how many rules, send to it."""
    rules: int
    open: int


class SetParty(WireIn):
    seen_version: int = Field(ge=0)
    name: Line
    email: EmailAddress
    phone: PhoneNumber | None = None


class SetReply(WireIn):
    seen_version: int = Field(ge=0)
    name: _ShortLine
    language: CitizenLanguage = "nl"
    act: ReportAct | None = None
    """What is done with it; None: any reply."""
    category_id: Id | None = None
    text: Annotated[str, StringConstraints(strip_whitespace=True, max_length=REPLY_LENGTH)]


class SeenArrangement(WireIn):
    """An act on what has this version."""

    seen_version: int = Field(ge=1)


class ReportSettings(WireOut):
    """Everything about reports that is set in the administration."""

    rules: Rules
    regulations: list[RegulationOf]
    categories: list[ArrangedCategory]
    parties: list[ArrangedParty]
    replies: list[ReplyTemplate]


class ArrangementsChanged(WireOut):
    """Event ``report_arrangements_changed``: which part."""

    part: str
