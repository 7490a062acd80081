"""Reports from the desk's side: taking down may wait in the outbox, deciding is live."""

from datetime import datetime
from types import NoneType
from urllib.parse import quote, urlencode

from pydantic import BaseModel

from loket.link.delivery import Delivered, Delivery, Kept, Queued
from loket.link.http import Limits, Request, ServerLink, T, parse
from loket.link.live import LiveActs
from loket.link.session import Session
from loket.reports.messages.following import (
    AssignReport,
    Attachment,
    ChangeReport,
    Counts,
    DeclareInadmissible,
    Filter,
    JudgeComplaint,
    LettersToPost,
    LinkReport,
    MakePromise,
    MoveReport,
    NoteAnswer,
    NoteAttempt,
    NoteReport,
    PostedLetters,
    Promises,
    ReferReport,
    Reply,
    ReplyTemplates,
    ReportFile,
    ReportPage,
    ReportsAsked,
    ReturnReport,
    Seen,
)
from loket.reports.messages.handing import Colleagues, HandReport
from loket.reports.messages.informing import InformAll, Informed, Involved
from loket.reports.messages.mailing import LinkMail, LooseMails, PutMailAside, RegisterMail
from loket.reports.messages.overview import ReportsOverview, ReportsOverviewAsked
from loket.reports.messages.suggesting import SuggestAsked, Suggestions
from loket.reports.messages.taking import (
    Arrangements,
    AttachFile,
    JoinReport,
    LikeAsked,
    LikeReports,
    Registered,
    RegisterReport,
    Report,
)
from loket.reports.messages.yearly import YearAsked, YearReport

_LONG = Limits(read=60.0)
"""A year is counted in one go."""
_BULK_SECONDS = 30.0
"""Thousands of people are told something in one act."""


class ReportsGateway:
    """Typed calls about reports."""

    def __init__(
        self, link: ServerLink, session: Session, *, live: LiveActs, delivery: Delivery
    ) -> None:
        self._link = link
        self._session = session
        self._live = live
        self._delivery = delivery

    # taken down: on disk first

    def register(self, command: RegisterReport) -> Delivered[Registered] | Queued[None]:
        """Kept on disk before anything else; delivered later when the server does not answer."""
        thread = command.visit.id if command.visit else command.id
        return self._hand_in("/reports", Registered, command, thread, "register_report")

    def join(self, report_id: str, command: JoinReport) -> Delivered[Registered] | Queued[None]:
        thread = command.visit.id if command.visit else command.id
        path = f"/reports/{report_id}/reporters"
        return self._hand_in(path, Registered, command, thread, "join_report")

    def attach(
        self, report_id: str, command: AttachFile, *, thread: str
    ) -> Delivered[Attachment] | Queued[None]:
        """``thread`` is that of the report itself: a photo never arrives before it."""
        path = f"/reports/{report_id}/attachments"
        return self._hand_in(path, Attachment, command, thread, "attach_file")

    def _hand_in(
        self, path: str, answer: type[T], command: BaseModel, thread: str, kind: str
    ) -> Delivered[T] | Queued[None]:
        letter = self._delivery.letter(
            Request.post(path, answer, command), thread=thread, kind=kind
        )
        given = self._delivery.hand_in(letter)
        if isinstance(given, Kept):
            return Queued(None, given.entry_id)
        return Delivered(parse(given, answer))

    # read

    def arrangements(self) -> Arrangements:
        return self._read("/report-arrangements", Arrangements)

    def page(self, asked: ReportsAsked) -> ReportPage:
        return self._ask("/report-searches", ReportPage, asked)

    def counts(self) -> Counts:
        return self._read("/report-counts", Counts)

    def like(self, asked: LikeAsked) -> LikeReports:
        return self._ask("/report-likenesses", LikeReports, asked)

    def suggest(self, asked: SuggestAsked) -> Suggestions:
        return self._ask("/report-suggestions", Suggestions, asked)

    def find(self, reference: str) -> Report:
        """By reference or barcode."""
        return self._read(f"/reports?reference={quote(reference)}", Report)

    def file(self, report_id: str) -> ReportFile:
        return self._read(f"/reports/{report_id}", ReportFile)

    def colleagues(self, report_id: str) -> Colleagues:
        """Who may get it in their hands."""
        return self._read(f"/reports/{report_id}/colleagues", Colleagues)

    def overview(self, asked: ReportsOverviewAsked) -> ReportsOverview:
        """Figures over any period."""
        given = urlencode(asked.model_dump(mode="json", exclude_none=True))
        request = Request.get(f"/report-overview?{given}", ReportsOverview)
        return self._link.call(request.with_headers(self._session.bearer()), limits=_LONG)

    def year(self, asked: YearAsked) -> YearReport:
        """The figures of a year for the council."""
        request = Request.get(f"/report-years/{asked.year}?kind={asked.kind}", YearReport)
        return self._link.call(request.with_headers(self._session.bearer()), limits=_LONG)

    def attachment(self, attachment_id: str, *, small: bool) -> bytes:
        """The bytes of a file, or of a small picture of it."""
        query = "?small=true" if small else ""
        request = Request.get(f"/report-attachments/{attachment_id}{query}", NoneType)
        return self._link.send(request.with_headers(self._session.bearer())).content

    def letters(self) -> LettersToPost:
        return self._read("/report-letters", LettersToPost)

    def promises(self, until: datetime) -> Promises:
        return self._read(f"/report-promises?until={quote(until.isoformat())}", Promises)

    def reply_templates(self) -> ReplyTemplates:
        return self._read("/report-reply-templates", ReplyTemplates)

    # decided and said: live

    def assign(self, report_id: str, command: AssignReport) -> Report:
        return self._act(report_id, "assign", command)

    def return_it(self, report_id: str, command: ReturnReport) -> Report:
        return self._act(report_id, "return", command)

    def move(self, report_id: str, command: MoveReport) -> Report:
        return self._act(report_id, "move", command)

    def take(self, report_id: str, command: Seen) -> Report:
        return self._act(report_id, "take", command)

    def hand(self, report_id: str, command: HandReport) -> Report:
        return self._act(report_id, "hand", command)

    def refer(self, report_id: str, command: ReferReport) -> Report:
        return self._act(report_id, "refer", command)

    def declare_inadmissible(self, report_id: str, command: DeclareInadmissible) -> Report:
        return self._act(report_id, "inadmissible", command)

    def extend(self, report_id: str, command: Seen) -> Report:
        return self._act(report_id, "extend", command)

    def change(self, report_id: str, command: ChangeReport) -> Report:
        return self._act(report_id, "change", command)

    def link_to(self, report_id: str, command: LinkReport) -> Report:
        return self._act(report_id, "link", command)

    def judge(self, report_id: str, command: JudgeComplaint) -> Report:
        return self._act(report_id, "judge", command)

    def reply(self, report_id: str, command: Reply) -> Report:
        return self._act(report_id, "reply", command)

    def note(self, report_id: str, command: NoteReport) -> Report:
        return self._act(report_id, "note", command)

    def note_answer(self, report_id: str, command: NoteAnswer) -> Report:
        return self._act(report_id, "answer", command)

    def note_attempt(self, report_id: str, command: NoteAttempt) -> Report:
        return self._act(report_id, "attempt", command)

    def promise(self, report_id: str, command: MakePromise) -> Report:
        return self._act(report_id, "promise", command)

    def involved(self, asked: Filter) -> Involved:
        """Who has to do with what a list shows."""
        return self._ask("/report-involvements", Involved, asked)

    def inform_all(self, command: InformAll) -> Informed:
        """Tell them all something; a big list takes its time."""
        request = Request.post("/report-announcements", Informed, command)
        return self._live.perform(request, seconds=_BULK_SECONDS)

    def posted(self, command: PostedLetters) -> LettersToPost:
        """These letters were given to the post; the answer is what is left."""
        return self._live.perform(Request.post("/report-letters/posted", LettersToPost, command))

    def loose_mails(self) -> LooseMails:
        """What came in by mail and found no file."""
        return self._read("/report-mails", LooseMails)

    def link_mail(self, mail_id: str, command: LinkMail) -> Report:
        return self._live.perform(Request.post(f"/report-mails/{mail_id}/link", Report, command))

    def register_mail(self, mail_id: str, command: RegisterMail) -> Registered:
        path = f"/report-mails/{mail_id}/register"
        return self._live.perform(Request.post(path, Registered, command))

    def put_mail_aside(self, mail_id: str, command: PutMailAside) -> LooseMails:
        path = f"/report-mails/{mail_id}/aside"
        return self._live.perform(Request.post(path, LooseMails, command))

    def _act(self, report_id: str, act: str, command: BaseModel) -> Report:
        return self._live.perform(Request.post(f"/reports/{report_id}/{act}", Report, command))

    def _read(self, path: str, answer: type[T]) -> T:
        request = Request.get(path, answer)
        return self._link.call(request.with_headers(self._session.bearer()))

    def _ask(self, path: str, answer: type[T], asked: BaseModel) -> T:
        """A question in a body: what is looked for stays out of logs."""
        request = Request.post(path, answer, asked)
        return self._link.call(request.with_headers(self._session.bearer()))
