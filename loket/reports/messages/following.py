"""Following a report up: lists, the whole file, and what is done with it."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Final, Self

from pydantic import Field, StringConstraints, model_validator

from loket.correspondence.rules import MessageChannel, MessageState
from loket.kit.ids import new_id
from loket.reports.messages.taking import Place, Report, Reporter, Saying
from loket.reports.rules.flow import Founded, Inadmissible, ReportAct, ReportState, Solved
from loket.reports.rules.kinds import TITLE_LENGTH, AnswerBy, ReportKind, Urgency
from loket.wire.base import Day, Id, Moment, WireIn, WireOut

Reason = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
ReplyText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=8000)]


class View(StrEnum):
    """Which reports a list shows; each has a count."""

    OPEN = "open"
    LATE = "late"
    NEARLY_DUE = "nearly_due"
    NEW = "new"
    MINE = "mine"
    ANSWERED = "answered"
    """The citizen wrote back and nobody reacted yet."""
    RETURNED = "returned"
    WAITING = "waiting"
    ENDED = "ended"
    ALL = "all"


OPEN_VIEWS: Final = tuple(view for view in View if view not in {View.ENDED, View.ALL})
"""What is first due stands first; of what is ended, and of all, the newest."""


class Filter(WireIn):
    """What is empty lets everything through."""

    view: View = View.OPEN
    text: str = Field(default="", max_length=200)
    """Words, a name, or a reference."""
    kinds: list[ReportKind] = Field(default=[], max_length=4)
    department_ids: list[Id] = Field(default=[], max_length=50)
    party_ids: list[Id] = Field(default=[], max_length=50)
    category_ids: list[Id] = Field(default=[], max_length=50)
    quarters: list[str] = Field(default=[], max_length=50)
    handler_id: Id | None = None
    since: Day | None = None
    until: Day | None = None
    """Registered on these days, both counted."""


class ReportsAsked(Filter):
    after: str = Field(default="", max_length=80)
    """The ``next`` of the page before."""
    many: int = Field(default=50, ge=1, le=200)

    @model_validator(mode="after")
    def _of_a_page(self) -> Self:
        day, _bar, serial = self.after.partition("|")
        if self.after:
            if not serial.isdecimal() or len(serial) > _LONGEST_SERIAL:
                raise ValueError("no page ended here")
            if self.view in OPEN_VIEWS:
                date.fromisoformat(day)
        return self


_LONGEST_SERIAL: Final = 15
"""Digits: more than any report has, fewer than a database cannot count with."""


class Listed(WireOut):
    """A row of the list."""

    report: Report
    reporter_name: str
    reporters: int
    handler_name: str


class OpenAt(WireOut):
    """How much a department, or a party, has open."""

    department_id: str | None
    party_id: str | None
    open: int


class Counts(WireOut):
    open: int
    late: int
    nearly_due: int
    new: int
    mine: int
    answered: int
    returned: int
    waiting: int
    own_late: int
    own_nearly_due: int
    """Of mine, and of those that nobody of my department has in hand."""
    at: list[OpenAt]
    """Of departments and parties that have any."""
    quarters: list[str]
    """Where there are open reports, by name."""


class ReportPage(WireOut):
    reports: list[Listed]
    next: str | None
    """None: these are the last ones."""
    total: int
    """How many the filter lets through; never more than ``most`` is counted."""
    most: int


class Attachment(WireOut):
    id: str
    name: str
    media_type: str
    size: int
    entry_seq: int
    has_thumbnail: bool


class EntryMessage(WireOut):
    """How the mail or text message fares that a line of the history sent."""

    id: str
    channel: MessageChannel
    state: MessageState
    fault: str
    recipient: str
    """Empty once it was erased."""


class Entry(WireOut):
    """One line of the history."""

    seq: int
    act: ReportAct
    at: Moment
    user_id: str | None
    user_name: str
    counter_id: str | None
    reporter_id: str | None
    channel: str
    text: str
    state: ReportState
    facts: dict[str, str]
    attachments: list[Attachment]
    message: EntryMessage | None


class Explanation(WireOut):
    """A date and how it came to be; see :class:`loket.reports.rules.terms.Explained`."""

    due: date
    start: date
    days: int
    counting: str
    extension: int
    paused: int
    holidays: list[str]


class Promise(WireOut):
    """Somebody was promised to be called back."""

    id: str
    report_id: str
    reference: str
    title: str
    reporter_name: str
    phone: str
    due_at: Moment
    for_user_id: str | None
    kept_at: Moment | None
    note: str


class Promises(WireOut):
    promises: list[Promise]


class ReportFile(WireOut):
    """A report with everything that is known of it."""

    report: Report
    handler_name: str
    colleagues: dict[str, str]
    """Names of those through whose hands it went, by id."""
    reporters: list[Reporter]
    entries: list[Entry]
    receipt: Explanation
    answer: Explanation
    linked_reference: str
    linked_from: list[str]
    """References of the reports that were linked to this one."""
    promises: list[Promise]
    inadmissible: str
    founded: str
    solved: str
    may: list[ReportAct]
    """What the asker can do with it now."""


class Seen(WireIn):
    """What every act says: which version of the report its author had before them."""

    seen_version: int = Field(ge=1)


class AssignReport(Seen):
    """To a department or a party, and perhaps to one person."""

    department_id: Id | None = None
    party_id: Id | None = None
    handler_id: Id | None = None
    note: Saying = ""


class ReturnReport(Seen):
    """Not ours: back to the coordinator, and why."""

    reason: Reason


class MoveReport(Seen):
    """A move that needs no more than a reason: start, resume, reopen, wait for a third party."""

    act: ReportAct
    reason: Reason = ""
    close: bool = False
    """With ``resolve``: closed at once."""


class ReferReport(Seen):
    """Not for us; the citizen is told who it is for."""

    to: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
    text: ReplyText


class DeclareInadmissible(Seen):
    """A complaint that is not handled; the citizen is told why (within the term of receipt)."""

    reason: Inadmissible
    text: ReplyText


class ReplyTo(StrEnum):
    """Who reads a reply."""

    FIRST = "first"
    ALL = "all"
    """Everybody involved, each by their own way."""


class Reply(Seen):
    """An answer or a question to the citizen, and what it does with the report."""

    text: ReplyText
    """``{naam}`` becomes the own name of each who reads it."""
    to: ReplyTo = ReplyTo.FIRST
    reporter_id: Id | None = None
    """Only to this one, whoever made it."""
    then: ReportAct | None = None
    """``ask_citizen`` or ``resolve``; None: only said."""
    close: bool = False
    """With ``resolve``: closed at once."""
    by: AnswerBy | None = None
    """Another way than the citizen's own, this once."""


class NoteReport(WireIn):
    """An internal note."""

    text: Annotated[Saying, StringConstraints(min_length=1)]


class NoteAnswer(WireIn):
    """What a citizen said or wrote back, as the clerk takes it down."""

    reporter_id: Id
    channel: AnswerBy
    text: Annotated[Saying, StringConstraints(min_length=1)]


class NoteAttempt(WireIn):
    """Tried to reach somebody by telephone."""

    reporter_id: Id
    reached: bool
    text: Saying = ""


class MakePromise(WireIn):
    id: Id = Field(default_factory=new_id)
    reporter_id: Id
    due_at: Moment
    for_user_id: Id | None = None
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""


class ChangeReport(Seen):
    """What it is about, as it now is; None: as it was."""

    kind: ReportKind | None = None
    title: (
        Annotated[
            str, StringConstraints(strip_whitespace=True, min_length=1, max_length=TITLE_LENGTH)
        ]
        | None
    ) = None
    category_id: Id | None = None
    place: Place | None = None
    urgency: Urgency | None = None


class LinkReport(Seen):
    """The same matter as another report, which goes on for both."""

    to_id: Id


class JudgeComplaint(Seen):
    founded: Founded
    solved: Solved


class ReplyTemplate(WireOut):
    """A reply that stands ready, with fields between braces."""

    id: str
    name: str
    language: str
    act: str
    category_id: str | None
    text: str
    version: int


class ReplyTemplates(WireOut):
    templates: list[ReplyTemplate]


class LetterToPost(WireOut):
    """A reply on paper that nobody posted yet."""

    id: str
    report_id: str
    reference: str
    name: str
    address: str
    language: str
    title: str
    text: str
    written_at: Moment
    posted_at: Moment | None


class LettersToPost(WireOut):
    letters: list[LetterToPost]


class PostedLetters(WireIn):
    """These were printed and given to the post."""

    ids: list[Id] = Field(min_length=1, max_length=500)
