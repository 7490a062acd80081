"""The reply: typed, filled in from what stands ready, sent, and never lost."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from loket.kit.errors import Param
from loket.kit.ids import new_id
from loket.reports.messages.following import (
    NoteAttempt,
    NoteReport,
    Reply,
    ReplyTo,
    ReportFile,
)
from loket.reports.messages.taking import AttachFile, Report, Reporter
from loket.reports.rules.flow import ReportAct
from loket.reports.rules.kinds import AnswerBy
from loket.reports.rules.replies import NAME, open_field
from ui.core.sentences import describe, sentence
from ui.core.tasks import Lane
from ui.reports.following import drafts, sent_words
from ui.reports.following.naming import WAYS
from ui.reports.following.opening import Opening
from ui.reports.following.state import ReplyState

_STALE = "report.stale"


class Talking(Opening):
    """What is said, by which way, and what it does with the report."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self._revision = 0
        self._wrong: dict[str, str] = {}
        self._sending: set[str] = set()

    # wishes

    def type_reply(self, text: str) -> None:
        # Who emptied it begins anew, to who made the report.
        self._redraft(text=text, only=self._draft.only if text.strip() else "")
        self._wrong.pop(self._wanted, None)
        self._show_reply()

    def choose_way(self, way: str) -> None:
        self._redraft(way=way)
        self._wrong.pop(self._wanted, None)
        self._show_reply()

    def to_everybody(self, *, everybody: bool) -> None:
        person = self._person(self._file) if self._file else None
        if person is not None:
            draft = drafts.shared(self._draft, person.name, everybody=everybody)
            draft = replace(draft, only="" if everybody else draft.only)
            self._revision += draft.text != self._draft.text
            self._drafts[self._wanted] = draft
            self._show_reply()

    def use_template(self, template_id: str) -> None:
        """One that stands ready, with what is known filled in."""
        file, ready = self._file, self._templates
        found = [t for t in (ready.templates if ready else []) if t.id == template_id]
        if file is not None and found:
            self._drafts[self._wanted] = drafts.with_template(
                self._draft, found[0].text, self._facts(file, everybody=self._draft.to_all)
            )
            self._revision += 1
            self._wrong.pop(self._wanted, None)
            self._show_reply()
            self.focus_wished.emit("reply")

    def send(self, *, then: ReportAct | None = None, close: bool = False) -> None:
        """What is typed goes to the citizen, or among colleagues; refused, it stays."""
        file, draft = self._file, self._draft
        if file is None or self._busy():
            return
        if not draft.text.strip():
            self._refuse(self._words("There is nothing to send yet. Type a text first."))
        elif self._way(file) == drafts.INTERNAL:
            note = NoteReport(text=draft.text)
            said = self._words("{reference}: note kept", reference=file.report.reference)
            self._send(file, partial(self._desk.reports.note, file.report.id, note), said)
        elif missing := open_field(draft.text):
            fields: dict[str, Param] = {"field": f"{{{missing}}}"}
            self._refuse(sentence("report.reply_unfinished", fields, self._words))
        else:
            command = self._reply(file, then, close=close)
            said = sent_words.replied(command, file, self._person(file), self._words)
            self._send(file, partial(self._replied, file, command), said)

    def not_reached(self) -> None:
        """Tried to call; what was typed stays for the next time."""
        person = self._person(self._file) if self._file else None
        if self._file is None or person is None or self._busy():
            return
        command = NoteAttempt(reporter_id=person.id, reached=False)
        work = partial(self._desk.reports.note_attempt, self._file.report.id, command)
        said = self._words("{reference}: not reached", reference=self._file.report.reference)
        self._send(self._file, work, said, keep=True)

    def attach(self, path: Path) -> None:
        """A photo or PDF of this machine, into the file."""
        file = self._file
        if file is None:
            return

        def add() -> object:
            read, _small = self._desk.reports.read_file(path)
            named: AttachFile = read.model_copy(update={"id": new_id()})
            return self._desk.reports.attach(file.report.id, named, thread=file.report.id)

        self._tasks.run(
            add,
            owner=self,
            done=lambda _done: self._reread(),
            failed=self._on_failed,
            lane=Lane.WRITE,
        )

    # inside

    def _reply(self, file: ReportFile, then: ReportAct | None, *, close: bool) -> Reply:
        draft, person = self._draft, self._person(file)
        way = AnswerBy(self._way(file))
        everybody = draft.to_all and self._many(file) > 1
        own = everybody or (person is not None and way is person.answer_by)
        return Reply(
            seen_version=file.report.version,
            text=draft.text,
            to=ReplyTo.ALL if everybody else ReplyTo.FIRST,
            reporter_id=None if everybody else self._draft.only or None,
            then=then,
            close=close,
            by=None if own else way,
        )

    def _replied(self, file: ReportFile, command: Reply) -> Report:
        """Said by telephone: who was promised a call has had it."""
        person, calls = self._person(file), self._desk.reports
        promised = any(promise.kept_at is None for promise in file.promises)
        if self._spoken(command, file) and promised and person is not None:
            reached = NoteAttempt(reporter_id=person.id, reached=True)
            now = calls.note_attempt(file.report.id, reached)
            command = command.model_copy(update={"seen_version": now.version})
        return calls.reply(file.report.id, command)

    def _spoken(self, command: Reply, file: ReportFile) -> bool:
        person = self._person(file)
        own = person.answer_by if person else None
        return (command.by or own) is AnswerBy.PHONE

    def _send(
        self, file: ReportFile, work: Callable[[], Report], said: str, *, keep: bool = False
    ) -> None:
        """``said``: what has happened when it is done; ``keep``: the text stays."""
        report_id = file.report.id
        self._sending.add(report_id)
        self._wrong.pop(report_id, None)
        self._show_file()
        self._act(
            work,
            partial(self._on_sent, report_id, None if keep else self._draft.text, said),
            partial(self._on_not_sent, report_id),
        )

    def _on_sent(self, report_id: str, text: str | None, said: str, _report: Report) -> None:
        """Only what was sent is let go: who typed on meanwhile keeps what they typed."""
        self._sending.discard(report_id)
        draft = self._drafts.get(report_id)
        if draft is not None and text is not None and draft.text == text:
            self._drafts[report_id] = drafts.Draft(way=draft.way)
            self._revision += 1
        self._say(said, icon="ph.paper-plane-tilt-bold" if text is not None else "ph.phone-x")
        self._changed(report_id)

    def _on_not_sent(self, report_id: str, error: Exception) -> None:
        self._sending.discard(report_id)
        message = describe(error, self._words)
        self._wrong[report_id] = message.text
        if message.code == _STALE:
            self._reread()
        self._show_file()

    def _changed(self, report_id: str) -> None:
        """After an act of ours: the file and the list as they now are."""
        if report_id == self._wanted:
            self._reread()
        self._show_file()
        self.refresh()

    def _refuse(self, text: str) -> None:
        self._wrong[self._wanted] = text
        self._show_reply()
        self.focus_wished.emit("reply")

    def _busy(self) -> bool:
        return self._wanted in self._sending

    def _facts(self, file: ReportFile, *, everybody: bool = False) -> dict[str, str]:
        """``everybody``: the name stays open, for each reads their own."""
        town = self._town.catalogue.town if self._town.catalogue else None
        facts = drafts.facts_of(
            file,
            self._person(file),
            town=town.name if town else "",
            phone=town.phone if town else "",
            handler=self.my_name,
            party=self._town.party(file.report.party_id),
        )
        return facts | {NAME: f"{{{NAME}}}"} if everybody and self._many(file) > 1 else facts

    def _person(self, file: ReportFile) -> Reporter | None:
        return drafts.reader_of(file, self._draft)

    @staticmethod
    def _many(file: ReportFile) -> int:
        return sum(1 for one in file.reporters if not one.anonymous)

    def _way(self, file: ReportFile) -> str:
        """The way that is chosen, or else the reporter's own; among colleagues where none is."""
        ways = [str(way) for way in drafts.ways_of(self._person(file))]
        if ReportAct.REPLY not in file.may:
            return drafts.INTERNAL
        chosen = self._draft.way
        if chosen in {*ways, drafts.INTERNAL}:
            return chosen
        return ways[0] if ways else drafts.INTERNAL

    def _show_reply(self) -> None:
        if self._file is not None:
            self._set_file(reply=self._reply_face(self._file))

    def _reply_face(self, file: ReportFile) -> ReplyState:
        words, draft, way = self._words, self._draft, self._way(file)
        citizen = way != drafts.INTERNAL
        spoken = way == AnswerBy.PHONE
        busy = self._busy()
        may = ReportAct.REPLY in file.may if citizen else ReportAct.NOTE in file.may
        return ReplyState(
            revision=self._revision,
            text=draft.text,
            ways=self._ways(file),
            way=way,
            templates=self._ready(file) if citizen else (),
            filled=draft.filled,
            to=self._to(file, way),
            can_all=words("To all {n} involved", n=self._many(file))
            if citizen and self._many(file) > 1
            else "",
            to_all=draft.to_all,
            send=words("Send") if citizen and not spoken else words("Note it"),
            can_send=may and not busy,
            can_close=citizen and ReportAct.RESOLVE in file.may and not busy,
            can_ask=citizen and ReportAct.ASK_CITIZEN in file.may and not busy,
            not_reached=spoken,
            wrong=self._wrong.get(self._wanted, ""),
            busy=busy,
        )

    def _ways(self, file: ReportFile) -> tuple[tuple[str, str], ...]:
        ways = drafts.ways_of(self._person(file)) if ReportAct.REPLY in file.may else ()
        named = tuple((str(way), self._words(WAYS[way][0])) for way in ways)
        return (*named, (drafts.INTERNAL, self._words("Internal")))

    def _ready(self, file: ReportFile) -> tuple[tuple[str, str], ...]:
        ready = self._templates.templates if self._templates else []
        return tuple((t.id, t.name) for t in drafts.fitting(ready, file, self._person(file)))

    def _to(self, file: ReportFile, way: str) -> str:
        person, words = self._person(file), self._words
        if way == drafts.INTERNAL or person is None:
            return words("Only colleagues read this")
        if self._draft.to_all and self._many(file) > 1:
            return words("Each by their own way")
        if way == AnswerBy.PHONE:
            return words("What was said to {name}", name=person.name)
        how = {AnswerBy.MAIL: person.email, AnswerBy.LETTER: person.address}
        return words("To {whom}", whom=how.get(AnswerBy(way), "") or person.phone)
