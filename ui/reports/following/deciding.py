"""Whose it is and where it stands: sent on, taken on, sent back, solved, closed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from functools import partial
from typing import Any

from loket.reports.messages.following import (
    AssignReport,
    LinkReport,
    MoveReport,
    ReportFile,
    Seen,
)
from loket.reports.messages.taking import Report
from loket.reports.rules.flow import ReportAct
from loket.reports.rules.replies import unfilled
from ui.core.sentences import describe, sentence
from ui.reports.following.commands import DO, command_of
from ui.reports.following.dock_faces import HEARD
from ui.reports.following.drafts import Draft
from ui.reports.following.forms import ASKS, Forms, completed
from ui.reports.following.naming import of_key
from ui.reports.following.state import FormState
from ui.reports.following.talking import Talking

_Work = Callable[[], Report]


class Deciding(Talking):
    """Acts on the report that is open."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self._forms: dict[str, FormState] = {}

    # wishes

    def choose_goal(self, key: str) -> None:
        """Whom it would go to; pressing the same again chooses nobody."""
        file = self._file
        if file is None:
            return
        now = (file.report.department_id, file.report.party_id)
        self._redraft(goal="" if of_key(key) == now else key)
        self._show_file()

    def show_goals(self) -> None:
        self._redraft(more_goals=True)
        self._show_file()

    def type_note(self, text: str) -> None:
        self._redraft(note=text)

    def forward(self) -> None:
        """Send it on to who was chosen."""
        file, draft = self._file, self._draft
        if file is None or not draft.goal or self._busy():
            return
        department, party = of_key(draft.goal)
        command = AssignReport(
            seen_version=file.report.version,
            department_id=department,
            party_id=party,
            note=draft.note.strip(),
        )
        self._do(file, partial(self._desk.reports.assign, file.report.id, command))

    def wish(self, wish: str) -> None:
        """What stands in the dock as a link was pressed."""
        what, _, about = wish.partition(":")
        if what == "take":
            self.take()
        elif what == "open":
            self.open_reference(about)
        elif what == "form":
            self.start_act(about)

    def take(self) -> None:
        if self._file is not None and not self._busy():
            seen = Seen(seen_version=self._file.report.version)
            self._do(self._file, partial(self._desk.reports.take, self._file.report.id, seen))

    def start_act(self, kind: str) -> None:
        """An act of the menu: done at once, or asked about first."""
        file = self._file
        if file is None or self._busy():
            return
        if kind not in ASKS:
            self._move(file, ReportAct(kind), "")
            return
        templates = self._templates.templates if self._templates else []
        forms = Forms(file, self._town, templates, self._facts(file), self._now(), self._words)
        self._revision += 1
        self._forms[self._wanted] = replace(forms.form(kind), revision=self._revision)
        self._show_form()
        self.focus_wished.emit("form")

    def fill_form(
        self,
        *,
        first: str | None = None,
        second: str | None = None,
        line: str | None = None,
        text: str | None = None,
        day: date | None = None,
        time_of_day: time | None = None,
    ) -> None:
        """What is typed or chosen; what is not named stays."""
        form = self._forms.get(self._wanted)
        if form is None:
            return
        changes = {
            "first_chosen": first,
            "second_chosen": second,
            "line": line,
            "text": text,
            "day": day,
            "time": time_of_day,
        }
        given: dict[str, Any] = {
            name: value for name, value in changes.items() if value is not None
        }
        self._forms[self._wanted] = replace(form, wrong="", **given)
        self._show_form()

    def leave_form(self) -> None:
        self._forms.pop(self._wanted, None)
        self._show_form()

    def confirm_form(self) -> None:
        """Do what the form is for; refused, it stays as it was typed."""
        file, form = self._file, self._forms.get(self._wanted)
        if file is None or form is None or self._busy():
            return
        wrong = self._missing(form)
        if wrong:
            self._forms[self._wanted] = replace(form, wrong=wrong)
            self._show_form()
            return
        self._do(file, self._work(file, form), form=form)

    def resolve_and_close(self) -> None:
        """F12: solved, and done with. What is typed is sent first, or let go by hand."""
        file = self._file
        if file is None or self._busy() or not self.state.file.dock.close:
            return
        if self._draft.text.strip():
            self._refuse(
                self._words("A reply is still there. Send it, or empty it, then close the report.")
            )
        elif ReportAct.RESOLVE in file.may:
            self._move(file, ReportAct.RESOLVE, "", close=True)
        else:
            self._move(file, ReportAct.CLOSE, "")

    # inside

    def _move(self, file: ReportFile, act: ReportAct, reason: str, *, close: bool = False) -> None:
        command = MoveReport(seen_version=file.report.version, act=act, reason=reason, close=close)
        self._do(file, partial(self._desk.reports.move, file.report.id, command))

    def _missing(self, form: FormState) -> str:
        """What must be filled in first, in a sentence."""
        words = self._words
        if form.kind in {"return", "reopen"} and not form.text.strip():
            return sentence("report.reason_missing", {}, words)
        if form.kind in {"refer", "link"} and not form.line.strip():
            return words("Fill in: {field}.", field=form.line_label)
        if form.kind in {"refer", "declare_inadmissible", HEARD} and not form.text.strip():
            return words("Fill in: {field}.", field=form.text_label)
        field = unfilled(completed(form)) if form.kind in {"refer", "declare_inadmissible"} else ""
        if field:
            return sentence("report.reply_unfinished", {"field": f"{{{field}}}"}, words)
        if form.first_label and not form.first_chosen:
            return words("Fill in: {field}.", field=form.first_label)
        return ""

    def _work(self, file: ReportFile, form: FormState) -> _Work:
        """The act of a form, ready to be done elsewhere."""
        calls, ident = self._desk.reports, file.report.id
        if form.kind == "link":
            return partial(self._linked, ident, file.report.version, form.line.strip())
        command = command_of(form, file.report.version, me=self.me)
        return partial(DO[form.kind](calls), ident, command)

    def _linked(self, ident: str, seen: int, reference: str) -> Report:
        other = self._desk.reports.find(reference.upper())
        command = LinkReport(seen_version=seen, to_id=other.id)
        return self._desk.reports.link_to(ident, command)

    def _do(self, file: ReportFile, work: _Work, *, form: FormState | None = None) -> None:
        report_id = file.report.id
        self._sending.add(report_id)
        self._show_file()
        self._act(
            work,
            partial(self._on_done, report_id, form),
            partial(self._on_not_done, report_id, form),
        )

    def _on_done(self, report_id: str, form: FormState | None, report: Report) -> None:
        self._sending.discard(report_id)
        if form is not None:
            self._forms.pop(report_id, None)
        else:
            draft = self._drafts.get(report_id, Draft())
            self._drafts[report_id] = replace(draft, goal="", note="", more_goals=False)
        done = self._words("{reference}: kept in the file", reference=report.reference)
        self._say(done)
        self._changed(report_id)

    def _on_not_done(self, report_id: str, form: FormState | None, error: Exception) -> None:
        """What was typed stays; who was quicker is shown."""
        self._sending.discard(report_id)
        message = describe(error, self._words)
        kept = self._forms.get(report_id)
        if form is not None and kept is not None:
            self._forms[report_id] = replace(kept, wrong=message.text)
        else:
            self.said.emit(message)
        if message.code == "report.stale":
            self._reread()
        self._show_file()

    def _show_form(self) -> None:
        self._set_file(form=self._form_face())

    def _form_face(self) -> FormState:
        form = self._forms.get(self._wanted)
        return replace(form, busy=self._busy()) if form else FormState()
