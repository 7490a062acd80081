"""What a signed-in person does with reports at this desk; calls block, as the desk's do."""

import base64
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from loket.desk.drafts import Draft, Drafts
from loket.desk.facts import JobKind, PrintJob
from loket.desk.letters import reply_letter_facts
from loket.desk.papers import Paper
from loket.desk.parts import Parts
from loket.desk.presence import Presence
from loket.desk.refused import RefusedReport, refused_reports
from loket.desk.settings import write_whole
from loket.desk.year_papers import write_workbook, year_facts
from loket.kit.errors import LoketError
from loket.kit.i18n import words
from loket.link.delivery import Delivered, Queued
from loket.link.errors import LinkError
from loket.reports.messages.following import (
    AssignReport,
    Attachment,
    ChangeReport,
    Counts,
    DeclareInadmissible,
    Filter,
    JudgeComplaint,
    LettersToPost,
    LetterToPost,
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
from loket.reports.messages.suggesting import (
    SuggestAsked,
    SuggestedBy,
    Suggestion,
    Suggestions,
)
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
from loket.reports.photos import checked
from loket.reports.rules.attachments import AttachmentRefused, check_size
from loket.reports.rules.suggesting import Keywords, Subject

Put = Callable[[bytes, JobKind, str], PrintJob]
_DRAFT, _DRAFT_FILES = "report", "report.files"


class ReportsDesk:
    """Reports are taken down on disk first; everything decided about them is live."""

    def __init__(self, parts: Parts, presence: Presence, paper: Paper, put: Put) -> None:
        """``put`` hands a paper to the printer of this desk."""
        self._presence = presence
        self._put = put
        self._calls = parts.reports
        self._outbox = parts.delivery.outbox
        self._kept = parts.kept
        self._shelf = parts.shelf
        self._paper = paper
        self._drafts = Drafts(parts.disk, parts.clock)

    # the form, as it is typed

    def keep_draft(self, text: str) -> None:
        with self._presence.as_somebody() as current:
            self._drafts.keep(_DRAFT, current.user.id, text)

    def draft(self) -> Draft | None:
        """What the person who sits here did not finish."""
        with self._presence.as_somebody() as current:
            return self._drafts.find(_DRAFT, current.user.id)

    def keep_draft_files(self, text: str) -> None:
        """What was attached to it; apart, since it is large and seldom changes."""
        with self._presence.as_somebody() as current:
            self._drafts.keep(_DRAFT_FILES, current.user.id, text)

    def draft_files(self) -> Draft | None:
        with self._presence.as_somebody() as current:
            return self._drafts.find(_DRAFT_FILES, current.user.id)

    def forget_draft(self) -> None:
        with self._presence.as_somebody() as current:
            self._drafts.forget(_DRAFT, current.user.id)
            self._drafts.forget(_DRAFT_FILES, current.user.id)

    # refused after the desk was away

    def refused(self) -> tuple[RefusedReport, ...]:
        """What the person who sits here took down, and a rule refused when it was delivered."""
        with self._presence.as_somebody() as current:
            return refused_reports(self._outbox, current.user.id)

    def correct(
        self, entry_id: str, command: RegisterReport
    ) -> Delivered[Registered] | Queued[None]:
        """It goes on in its own place, so that its files still come after it."""
        with self._presence.as_somebody():
            left = self._outbox.correct(entry_id, command.model_dump_json())
            if left is None:
                return self._calls.register(command)
            self._presence.woken()
            return Queued(None, left)

    # taken down

    def arrangements(self) -> Arrangements:
        """Categories, parties and terms; those of last time while the server is away."""
        with self._presence.as_somebody():
            try:
                fresh = self._calls.arrangements()
            except (LinkError, LoketError):
                kept = self._kept.arrangements
                if not kept:
                    raise
                return Arrangements.model_validate_json(kept)
            self._kept.keep_arrangements(fresh.model_dump_json())
            return fresh

    def register(self, command: RegisterReport) -> Delivered[Registered] | Queued[None]:
        """Taken down: on disk when this returns, and numbered when the server answered."""
        with self._presence.as_somebody():
            return self._calls.register(command)

    def join(self, report_id: str, command: JoinReport) -> Delivered[Registered] | Queued[None]:
        with self._presence.as_somebody():
            return self._calls.join(report_id, command)

    def attach(
        self, report_id: str, file: AttachFile, *, thread: str
    ) -> Delivered[Attachment] | Queued[None]:
        """``thread``: id of the visit, or of the report where there is none."""
        with self._presence.as_somebody():
            return self._calls.attach(report_id, file, thread=thread)

    @staticmethod
    def read_file(path: Path) -> tuple[AttachFile, bytes | None]:
        """A file from this machine, checked here already, with a small picture of it.

        Photos are made smaller and lose where they were taken before they leave the desk. Raises
        AttachmentTooLarge and AttachmentRefused.
        """
        try:
            check_size(path.stat().st_size)
            content = path.read_bytes()
        except OSError as error:
            raise AttachmentRefused from error
        return ReportsDesk.read_picture(path.name, content)

    @staticmethod
    def read_picture(name: str, content: bytes) -> tuple[AttachFile, bytes | None]:
        """The same for what was pasted, and has no file."""
        kept = checked(content)
        sent = base64.b64encode(kept.content).decode()
        return AttachFile(name=name[:80], content=sent), kept.thumbnail

    def like(self, asked: LikeAsked) -> LikeReports:
        """What may be about the same, while it is typed."""
        with self._presence.as_somebody():
            return self._calls.like(asked)

    def suggest(self, text: str) -> Suggestions:
        """Which category it may be about; by keywords alone while the server is away."""
        with self._presence.as_somebody():
            try:
                return self._calls.suggest(SuggestAsked(text=text))
            except LinkError:
                return self._by_keywords(text)

    def _by_keywords(self, text: str) -> Suggestions:
        open_ones = [one for one in self.arrangements().categories if not one.closed]
        subjects = [Subject(one.id, one.name, tuple(one.keywords)) for one in open_ones]
        found = Keywords(subjects).suggest(text)
        made = [Suggestion(category_id=one.id, hundredths=one.confidence) for one in found]
        return Suggestions(suggestions=made, by=SuggestedBy.KEYWORDS)

    # followed up

    def page(self, asked: ReportsAsked) -> ReportPage:
        with self._presence.as_somebody():
            return self._calls.page(asked)

    def counts(self) -> Counts:
        with self._presence.as_somebody():
            return self._calls.counts()

    def find(self, reference: str) -> Report:
        with self._presence.as_somebody():
            return self._calls.find(reference)

    def file(self, report_id: str) -> ReportFile:
        with self._presence.as_somebody():
            return self._calls.file(report_id)

    def colleagues(self, report_id: str) -> Colleagues:
        with self._presence.as_somebody():
            return self._calls.colleagues(report_id)

    def year(self, asked: YearAsked) -> YearReport:
        """The figures of a year for the council."""
        with self._presence.as_somebody():
            return self._calls.year(asked)

    def export_year(self, asked: YearAsked, file: Path, language: str) -> None:
        """The report for the council: a workbook, or a PDF where the file is called so.

        Raises OSError where it cannot be written.
        """
        report = self.year(asked)
        facts = year_facts(report, self._shelf.at_hand().town.name, words(language))
        if file.suffix.lower() == ".pdf":
            write_whole(file, self._paper.year(facts))
        else:
            write_workbook(facts, file)

    def picture(self, attachment_id: str, *, small: bool) -> bytes:
        """The bytes of an attachment, or of a small picture of it."""
        with self._presence.as_somebody():
            return self._calls.attachment(attachment_id, small=small)

    def letters(self) -> LettersToPost:
        with self._presence.as_somebody():
            return self._calls.letters()

    def print_letters(self, letters: Sequence[LetterToPost]) -> PrintJob:
        """All of these as one paper; they are posted when somebody says so."""
        with self._presence.as_somebody() as current:
            catalogue = self._shelf.at_hand()
            facts = reply_letter_facts(letters, catalogue, site_id=current.site_id)
            title = facts[0].reference if len(facts) == 1 else f"{len(facts)} × M"
            return self._put(self._paper.report_letters(facts), JobKind.LETTER, title)

    def posted(self, command: PostedLetters) -> LettersToPost:
        with self._presence.as_somebody():
            return self._calls.posted(command)

    def loose_mails(self) -> LooseMails:
        with self._presence.as_somebody():
            return self._calls.loose_mails()

    def link_mail(self, mail_id: str, command: LinkMail) -> Report:
        with self._presence.as_somebody():
            return self._calls.link_mail(mail_id, command)

    def register_mail(self, mail_id: str, command: RegisterMail) -> Registered:
        with self._presence.as_somebody():
            return self._calls.register_mail(mail_id, command)

    def put_mail_aside(self, mail_id: str, command: PutMailAside) -> LooseMails:
        with self._presence.as_somebody():
            return self._calls.put_mail_aside(mail_id, command)

    def involved(self, asked: Filter) -> Involved:
        with self._presence.as_somebody():
            return self._calls.involved(asked)

    def inform_all(self, command: InformAll) -> Informed:
        with self._presence.as_somebody():
            return self._calls.inform_all(command)

    def promises(self, until: datetime) -> Promises:
        with self._presence.as_somebody():
            return self._calls.promises(until)

    def reply_templates(self) -> ReplyTemplates:
        with self._presence.as_somebody():
            return self._calls.reply_templates()

    def assign(self, report_id: str, command: AssignReport) -> Report:
        with self._presence.as_somebody():
            return self._calls.assign(report_id, command)

    def return_it(self, report_id: str, command: ReturnReport) -> Report:
        with self._presence.as_somebody():
            return self._calls.return_it(report_id, command)

    def move(self, report_id: str, command: MoveReport) -> Report:
        with self._presence.as_somebody():
            return self._calls.move(report_id, command)

    def take(self, report_id: str, command: Seen) -> Report:
        with self._presence.as_somebody():
            return self._calls.take(report_id, command)

    def hand(self, report_id: str, command: HandReport) -> Report:
        with self._presence.as_somebody():
            return self._calls.hand(report_id, command)

    def refer(self, report_id: str, command: ReferReport) -> Report:
        with self._presence.as_somebody():
            return self._calls.refer(report_id, command)

    def declare_inadmissible(self, report_id: str, command: DeclareInadmissible) -> Report:
        with self._presence.as_somebody():
            return self._calls.declare_inadmissible(report_id, command)

    def extend(self, report_id: str, command: Seen) -> Report:
        with self._presence.as_somebody():
            return self._calls.extend(report_id, command)

    def change(self, report_id: str, command: ChangeReport) -> Report:
        with self._presence.as_somebody():
            return self._calls.change(report_id, command)

    def link_to(self, report_id: str, command: LinkReport) -> Report:
        with self._presence.as_somebody():
            return self._calls.link_to(report_id, command)

    def judge(self, report_id: str, command: JudgeComplaint) -> Report:
        with self._presence.as_somebody():
            return self._calls.judge(report_id, command)

    def reply(self, report_id: str, command: Reply) -> Report:
        with self._presence.as_somebody():
            return self._calls.reply(report_id, command)

    def note(self, report_id: str, command: NoteReport) -> Report:
        with self._presence.as_somebody():
            return self._calls.note(report_id, command)

    def note_answer(self, report_id: str, command: NoteAnswer) -> Report:
        with self._presence.as_somebody():
            return self._calls.note_answer(report_id, command)

    def note_attempt(self, report_id: str, command: NoteAttempt) -> Report:
        with self._presence.as_somebody():
            return self._calls.note_attempt(report_id, command)

    def promise(self, report_id: str, command: MakePromise) -> Report:
        with self._presence.as_somebody():
            return self._calls.promise(report_id, command)
