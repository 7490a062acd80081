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
from ui.core.sentences import describe
from ui.reports.following import changing
from ui.reports.following.commands import DO, command_of
from ui.reports.following.drafts import Draft
from ui.reports.following.form_state import FormState
from ui.reports.following.forms import ASKS, Forms, missing_of
from ui.reports.following.naming import of_key
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
        # These are told to everybody involved.
        facts = self._facts(file, everybody=True)
        forms = Forms(file, self._town, templates, facts, self._now(), self._words)
        self._revision += 1
        form = replace(forms.form(kind), revision=self._revision)
        self._forms[self._wanted] = replace(form, hint=self._hint(form))
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
        filled = replace(form, wrong="", **given)
        hint = self._hint(filled)
        self._forms[self._wanted] = replace(filled, hint=hint)
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

    def _hint(self, form: FormState) -> str:
        if self._file is None:
            return form.hint
        return changing.hint_of(form, self._file, self._town, self.today, self._words)

    def _missing(self, form: FormState) -> str:
        """What must be filled in first, in a sentence."""
        if form.kind in changing.TITLES:
            return changing.missing(form, self._words)
        return missing_of(form, self._words)

    def _work(self, file: ReportFile, form: FormState) -> _Work:
        """The act of a form, ready to be done elsewhere."""
        calls, ident = self._desk.reports, file.report.id
        # What stood there when it was opened: a colleague's change meanwhile is looked at first.
        seen = form.seen or file.report.version
        if form.kind == "link":
            return partial(self._linked, ident, seen, form.line.strip())
        command = command_of(form, seen, me=self.me)
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
            self._forms[report_id] = replace(kept, wrong=message.text, seen=0)
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
