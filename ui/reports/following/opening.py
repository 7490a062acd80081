"""The report that is open: read, walked through, and read again when somebody changed it."""

import shutil
import tempfile
import weakref
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal

from loket.reports.messages.following import Attachment, ReplyTemplates, ReportFile
from loket.reports.messages.taking import Report
from loket.reports.rules.flow import ReportAct
from loket.reports.rules.kinds import ReportKind, Urgency
from ui.core.sentences import describe
from ui.reports.following import dock_faces
from ui.reports.following.drafts import Draft
from ui.reports.following.form_state import FormState
from ui.reports.following.listing import Listing
from ui.reports.following.naming import KINDS, badge_of
from ui.reports.following.state import (
    Badge,
    DockState,
    FileState,
    Page,
    Phase,
    ReplyState,
)
from ui.reports.following.terms_faces import terms_of
from ui.reports.following.timeline_faces import items_of

_ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf"}


class Opening(Listing):
    """Which report is open, and what is known of it."""

    file_ready = Signal(str)
    """The path of an attachment, to be opened by the system's viewer."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self._file: ReportFile | None = None
        self._wanted = ""
        self._place = 0
        self._drafts: dict[str, Draft] = {}
        self._pictures: dict[str, bytes] = {}
        self._templates: ReplyTemplates | None = None
        self._folder: Path | None = None

    # wishes

    def open(self, report_id: str) -> None:
        """Show a report; what is typed at another one stays there."""
        if not report_id or (report_id == self._wanted and self.state.page is Page.FILE):
            return
        if report_id != self._wanted:
            self._file = None
            self._pictures = {}
            self._set(file=FileState(phase=Phase.LOADING, id=report_id))
        self._wanted = report_id
        self._set(page=Page.FILE)
        self._set_list(current=report_id)
        self._reread()

    def open_reference(self, reference: str) -> None:
        """By its number, such as a linked one."""
        self._read(
            partial(self._desk.reports.find, reference),
            lambda report: self.open(report.id),
            latest="find",
        )

    def step(self, by: int) -> None:
        """The one before, or after, in the list."""
        lines = self.state.list.lines
        if not lines:
            return
        place = self._position()
        at = self._place if place is None else place + by
        if place is None and by < 0:
            at -= 1
        at = max(0, min(at, len(lines) - 1))
        self.open(lines[at].id)
        if at >= len(lines) - 3:
            self.more()

    def open_attachment(self, attachment_id: str) -> None:
        """With the viewer of this machine, from a folder that goes when the program ends."""
        found = next((one for one in self._attachments() if one.id == attachment_id), None)
        if found is not None:
            self._read(
                partial(self._fetched, found),
                self.file_ready.emit,
                latest=f"open-{attachment_id}",
            )

    # inside

    def _fetched(self, attachment: Attachment) -> str:
        content = self._desk.reports.picture(attachment.id, small=False)
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="loket-"))
            # What citizens sent does not stay behind on this machine.
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        ending = _ENDINGS.get(attachment.media_type, "")
        path = self._folder / f"{attachment.id}{ending}"
        path.write_bytes(content)
        return str(path)

    def _attachments(self) -> list[Attachment]:
        entries = self._file.entries if self._file else []
        return [one for entry in entries for one in entry.attachments]

    def _reread(self) -> None:
        if self._templates is None:
            self.templates_changed()
        if self._wanted:
            self._read(
                partial(self._desk.reports.file, self._wanted),
                self._on_file,
                latest="file",
                failed=self._on_file_failed,
            )

    def templates_changed(self) -> None:
        """The replies that stand ready are others, or not known yet."""
        self._read(self._desk.reports.reply_templates, self._on_templates, latest="templates")

    def _on_templates(self, templates: ReplyTemplates) -> None:
        self._templates = templates
        self._show_file()

    def _on_file(self, file: ReportFile) -> None:
        if file.report.id != self._wanted:
            return
        self._file = file
        self._show_file()
        for one in self._attachments():
            if one.has_thumbnail and one.id not in self._pictures:
                self._read(
                    partial(self._desk.reports.picture, one.id, small=True),
                    partial(self._on_picture, one.id),
                    latest=f"small-{one.id}",
                    failed=lambda _error: None,  # the name stands there, and can be opened
                )

    def _on_picture(self, attachment_id: str, content: bytes) -> None:
        self._pictures[attachment_id] = content
        self._set_file(pictures=tuple(self._pictures.items()))

    def _on_file_failed(self, error: Exception) -> None:
        problem = describe(error, self._words).text
        if self._file is None:
            self._set_file(phase=Phase.FAILED, problem=problem)
        else:
            self.said.emit(describe(error, self._words))

    def _list_came(self) -> None:
        """Where the open report now stands in the list; the first one where none is open."""
        if not self._wanted and self.state.list.lines and self.state.page is Page.FILE:
            self.open(self.state.list.lines[0].id)
        self._show_file()

    def _position(self) -> int | None:
        lines = self.state.list.lines
        return next((at for at, line in enumerate(lines) if line.id == self._wanted), None)

    @property
    def _draft(self) -> Draft:
        return self._drafts.get(self._wanted, Draft())

    def _redraft(self, **changes: Any) -> None:
        if self._wanted:
            self._drafts[self._wanted] = replace(self._draft, **changes)

    def _show_file(self) -> None:
        file, words = self._file, self._words
        if file is None:
            return
        place = self._position()
        self._place = self._place if place is None else place
        lines = self.state.list.lines
        self._set_file(
            phase=Phase.SHOWN,
            problem="",
            id=file.report.id,
            reference=file.report.reference,
            badge=badge_of(file.report, self.today, words, whole=True),
            tags=self._tags(file.report),
            title=words("Confidential") if file.report.hidden else file.report.title,
            can_rename=ReportAct.CHANGE in file.may,
            place="" if place is None else words("{n} of {total}", n=place + 1, total=self._total),
            can_back=bool(lines) and place != 0,
            can_on=bool(lines) and (place is None or place < len(lines) - 1),
            items=items_of(file, self._town, self.today, words),
            pictures=tuple(self._pictures.items()),
            reply=self._reply_face(file),
            dock=self._dock_face(file),
            form=self._form_face(),
        )

    def _tags(self, report: Report) -> tuple[Badge, ...]:
        words, tags = self._words, []
        if report.kind is not ReportKind.ISSUE:
            tags.append(Badge(words(KINDS[report.kind]), "", "plain"))
        if report.urgency is Urgency.DANGEROUS:
            tags.append(Badge(words("Dangerous"), "ph.warning-bold", "late"))
        return tuple(tags)

    def _dock_face(self, file: ReportFile) -> DockState:
        words, draft = self._words, self._draft
        goals = dock_faces.goals_of(file, self._town, self._counts, draft.goal, words)
        chosen = next((at for at, goal in enumerate(goals) if goal.key == draft.goal), 0)
        few = len(goals) if draft.more_goals else max(dock_faces.FEW, chosen + 1)
        return DockState(
            terms=terms_of(file, self.today, words),
            reporter=dock_faces.reporter_facts(next(iter(file.reporters), None), words),
            others=dock_faces.other_facts(file.reporters, words),
            handling=dock_faces.handling_facts(file, self._town, self.me, words),
            goals=tuple(goals[:few]),
            more_goals=len(goals) - few if len(goals) > few else 0,
            goal=draft.goal,
            note=draft.note,
            can_forward=bool(draft.goal),
            acts=dock_faces.acts_of(file, self._town, words),
            close=dock_faces.close_of(file, words),
            busy=self._busy(),
        )

    # what the other parts fill in

    def _reply_face(self, _file: ReportFile) -> ReplyState:
        raise NotImplementedError

    def _form_face(self) -> FormState:
        raise NotImplementedError

    def _busy(self) -> bool:
        raise NotImplementedError
