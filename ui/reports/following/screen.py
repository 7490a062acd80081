"""Follow-up: which reports at the left, one of them in the middle, what is done with it right."""

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QStackedWidget,
    QWidget,
)

from loket.kit.i18n import Words
from loket.reports.rules.flow import ReportAct
from ui.core.actions import ActionId
from ui.reports.following import changing
from ui.reports.following.mails import MailsState
from ui.reports.following.parts import dock, left
from ui.reports.following.parts.dock import DockPanel
from ui.reports.following.parts.involved import InvolvedPage
from ui.reports.following.parts.left import LeftPanel
from ui.reports.following.parts.mails import MailsPile
from ui.reports.following.parts.middle import FilePage
from ui.reports.following.parts.pile import CallsPile, LettersPile
from ui.reports.following.state import FollowingState, Page, Phase
from ui.reports.following.view_model import FollowingViewModel
from ui.widgets.layouts import row

_NARROW = 1240
"""Below so many pixels the columns beside the file give some room."""


class FollowingScreen(QWidget):
    """State in, intents out.

    ``head`` stands above the search field: the title with the switch to taking down.
    """

    def __init__(
        self, model: FollowingViewModel, words: Words, *, head: QWidget | None = None
    ) -> None:
        super().__init__()
        self._model, self._words = model, words
        self._build(head)
        self._bind()
        self._render(model.state)

    def _build(self, head: QWidget | None) -> None:
        words = self._words
        self.setObjectName("page")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.left = LeftPanel(words, head)
        self.file = FilePage(words)
        self.letters, self.calls = LettersPile(words), CallsPile(words)
        self.mails = MailsPile(words)
        self.involved = InvolvedPage(words)
        self._by_page: dict[Page, QWidget] = {
            Page.FILE: self.file,
            Page.LETTERS: self.letters,
            Page.CALLS: self.calls,
            Page.MAILS: self.mails,
            Page.INVOLVED: self.involved,
        }
        self._pages = QStackedWidget()
        for page in self._by_page.values():
            self._pages.addWidget(page)
        self.dock = DockPanel(words)
        whole = row(self.left, self._pages, self.dock)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self._share()

    def _bind(self) -> None:
        self._bind_left()
        self._bind_file()
        self._bind_dock()
        self._bind_piles()
        self._model.focus_wished.connect(self._on_focus_wished)
        self._model.file_ready.connect(self._on_file_ready)
        self._model.state_changed.connect(self._on_state)

    def _bind_left(self) -> None:
        model, panel, filters = self._model, self.left, self.left.filters
        panel.search.textEdited.connect(model.search)
        panel.search.moved.connect(model.step)
        panel.search.left.connect(self._clear_search)
        panel.filter_button.clicked.connect(model.toggle_filters)
        panel.view_chosen.connect(model.choose_view)
        panel.list.chosen.connect(model.open)
        panel.list.more_wished.connect(model.more)
        panel.more.clicked.connect(model.more)
        panel.involved.clicked.connect(model.show_involved)
        panel.letters.clicked.connect(model.show_letters)
        panel.calls.clicked.connect(model.show_calls)
        panel.mails.clicked.connect(model.show_mails)
        filters.narrowed.connect(model.narrow)
        filters.days_set.connect(model.set_days)
        filters.kept.connect(model.keep_filter)
        filters.forgotten.connect(model.forget_filter)
        filters.used.connect(model.use_filter)
        filters.cleared.connect(model.clear_filter)

    def _bind_file(self) -> None:
        model, file, reply = self._model, self.file, self.file.reply
        file.stepped.connect(model.step)
        file.rename_wished.connect(lambda: model.start_act(changing.TITLE))
        file.timeline.opened.connect(model.open_attachment)
        file.timeline.again_wished.connect(model.send_again)
        file.timeline.other_wished.connect(model.answer_otherwise)
        reply.typed.connect(model.type_reply)
        reply.way_chosen.connect(model.choose_way)
        reply.template_chosen.connect(model.use_template)
        reply.all_chosen.connect(lambda on: model.to_everybody(everybody=on))
        reply.sent.connect(self.send)
        reply.closed.connect(lambda: model.send(then=ReportAct.RESOLVE, close=True))
        reply.asked.connect(lambda: model.send(then=ReportAct.ASK_CITIZEN))
        reply.not_reached.connect(model.not_reached)
        reply.attached.connect(model.attach)

    def _bind_dock(self) -> None:
        model, panel, form = self._model, self.dock, self.dock.form
        panel.wished.connect(model.wish)
        panel.goal_chosen.connect(model.choose_goal)
        panel.goals_wished.connect(model.show_goals)
        panel.note_typed.connect(model.type_note)
        panel.forwarded.connect(model.forward)
        panel.act_wished.connect(model.start_act)
        panel.closed.connect(model.resolve_and_close)
        form.filled.connect(lambda field, value: model.fill_form(**{field: value}))
        form.confirmed.connect(model.confirm_form)
        form.left.connect(model.leave_form)
        form.searched.connect(model.find)
        form.found_moved.connect(model.move_found)
        form.found_taken.connect(model.take_found)
        form.pointed.connect(model.point_at)
        model.tiles.serve(form.spot.map)
        form.nowhere_toggled.connect(model.toggle_nowhere)

    def _bind_piles(self) -> None:
        model = self._model
        for pile in (self.letters, self.calls):
            pile.opened.connect(model.open)
            pile.left.connect(model.show_report)
        self.involved.left.connect(model.show_report)
        self.involved.typed.connect(model.type_inform)
        self.involved.call_by_set.connect(model.set_call_by)
        self.involved.informed.connect(model.inform)
        self.letters.printed.connect(model.print_letters)
        self.letters.posted.connect(model.posted)
        self._bind_mails()

    def _bind_mails(self) -> None:
        pile, mails = self.mails, self._model.mails
        pile.left.connect(self._model.show_report)
        pile.chosen.connect(mails.choose)
        pile.reference_typed.connect(mails.type_reference)
        pile.reason_typed.connect(mails.type_reason)
        pile.linked.connect(mails.link)
        pile.registered.connect(mails.register)
        pile.put_aside.connect(mails.put_aside)
        mails.state_changed.connect(self._on_mails)

    # what the holder asks

    def take_focus(self) -> None:
        """Where following up begins: at the list."""
        if self.isVisible():
            self.left.list.setFocus()

    def do(self, action: ActionId) -> None:
        """A key of the table of actions; the main one is the same on both pages."""
        if action is ActionId.REGISTER_AND_PRINT:
            self.send()
        elif action is ActionId.SOLVE_AND_CLOSE:
            self.resolve_and_close()

    def send(self) -> None:
        """Ctrl+Enter: the act that is asked about, or else the reply."""
        if self._model.state.page is Page.INVOLVED:
            self._model.inform()
        elif self._model.state.file.form.kind:
            self._model.confirm_form()
        else:
            self._model.send()

    def resolve_and_close(self) -> None:
        """F12."""
        self._model.resolve_and_close()

    def focus_search(self) -> None:
        """The slash."""
        self.left.search.setFocus()
        self.left.search.selectAll()

    def print_paper(self) -> None:
        """Ctrl+P, where there is something to print."""
        if self._model.state.page is Page.LETTERS:
            self._model.print_letters(self.letters.meant())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Plain keys mean something only where nobody is typing."""
        typing = isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit | QComboBox)
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        key = event.key()
        if key == Qt.Key.Key_Slash and not typing:
            self.focus_search()
        elif key == Qt.Key.Key_F12:
            self.resolve_and_close()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and control:
            self.send()
        elif key == Qt.Key.Key_P and control:
            self.print_paper()
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down} and not typing:
            self._model.step(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape and self._model.state.page is not Page.FILE:
            self._model.show_report()
        else:
            super().keyPressEvent(event)

    def _clear_search(self) -> None:
        """Esc: empties the field, then goes back to the list."""
        if self.left.search.text():
            self.left.search.clear()
            self._model.search("")
        else:
            self.left.list.setFocus()

    def _on_focus_wished(self, where: str) -> None:
        if self.isVisible() and where == "reply":
            self.file.reply.edit.setFocus()
        elif self.isVisible() and where == "form":
            self.dock.form.take_focus()

    def _on_file_ready(self, path: str) -> None:
        if self.isVisible():
            QDesktopServices.openUrl(QUrl.fromLocalFile(path))

    # rendering

    def _on_state(self, state: FollowingState) -> None:
        """A screen that nobody sees is shown its state when somebody does."""
        if self.isVisible():
            self._render(state)

    def _on_mails(self, state: MailsState) -> None:
        if self.isVisible():
            self.left.show_mails(state.total)
            self.mails.show_mails(state)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        self._model.look()
        self._render(self._model.state)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        self._model.look_away()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        self._share()
        super().resizeEvent(event)

    def _share(self) -> None:
        narrow = self.width() < _NARROW
        self.left.setFixedWidth(left.NARROW if narrow else left.WIDE)
        self.dock.setFixedWidth(dock.NARROW if narrow else dock.WIDE)

    def _render(self, state: FollowingState) -> None:
        self.left.show_list(state.list, self._model.today)
        self._pages.setCurrentWidget(self._by_page[state.page])
        self.dock.setVisible(state.page is Page.FILE and state.file.phase is Phase.SHOWN)
        if state.page is Page.FILE:
            self.file.show_file(state.file)
            self.dock.show_dock(state.file.dock, state.file.form)
        self.letters.show_pile(state.letters)
        self.calls.show_pile(state.calls)
        self.left.show_mails(self._model.mails.state.total)
        self.mails.show_mails(self._model.mails.state)
        self.involved.show_inform(state.inform)
