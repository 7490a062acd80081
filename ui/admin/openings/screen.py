"""Openingsmomenten: the periods in words, what is edited, and the weeks that follow from it."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from loket.appointments.messages import SchedulePeriod
from loket.kit.i18n import Words
from ui.admin.openings.parts.editors import ExceptionEditor, PeriodEditor
from ui.admin.openings.parts.rows import PartList
from ui.admin.openings.parts.weeks import WeeksView
from ui.admin.openings.state import OpeningsState, Phase
from ui.admin.openings.view_model import OpeningsViewModel
from ui.core.actions import ActionId
from ui.widgets.buttons import KeyButton
from ui.widgets.cards import Card, EmptyState, Scrolled
from ui.widgets.choices import Choice
from ui.widgets.labels import Label, TextBlock
from ui.widgets.layouts import STRETCH, column, row
from ui.widgets.notices import Notice

LEFT_WIDTH = 408


class OpeningsScreen(QWidget):
    """State in, intents out."""

    def __init__(self, model: OpeningsViewModel, words: Words) -> None:
        super().__init__()
        self._model = model
        self._words = words
        self._queues: tuple[tuple[str, str], ...] = ()
        self._rendered = OpeningsState()
        self._busy = words("One moment")
        self._build()
        self._bind()
        self._render(model.state)

    # building

    def _build(self) -> None:
        words = self._words
        self.setAccessibleName(words("Opening times"))
        self.notice = Notice(words("Reload"))
        self._pages = QStackedWidget()
        self._failed = EmptyState(icon="ph.wifi-slash-bold", title=words("No opening times now"))
        self._loading = EmptyState(icon="ph.spinner-gap-bold", title=self._busy)
        self._none = EmptyState(
            icon="ph.calendar",
            title=words("No queues"),
            sentence=words("Queues come with the catalogue of the town."),
        )
        self._by_phase = {
            Phase.SHOWN: self._build_both(),
            Phase.LOADING: self._loading,
            Phase.FAILED: self._failed,
            Phase.NONE: self._none,
        }
        for page in self._by_phase.values():
            self._pages.addWidget(page)
        whole = column(self._build_head(), 12, self.notice, self._pages)
        whole.setStretch(3, 1)
        self.setLayout(whole)

    def _build_head(self) -> QWidget:
        words = self._words
        self.queue = Choice(words("Queue"))
        self.queue.setMaximumWidth(280)
        self.revert = KeyButton(
            words("Back to what was kept"), icon="ph.arrow-counter-clockwise-bold"
        )
        self.save = KeyButton(words("Keep"), kind="primary", icon="ph.check-bold", key="Ctrl+Enter")
        head = QWidget()
        title = Label(words("Opening times"), "page")
        head.setLayout(row(title, 16, self.queue, STRETCH, self.revert, 8, self.save))
        return head

    def _build_both(self) -> QWidget:
        words = self._words
        self.weeks = WeeksView(words)
        self._left = QStackedWidget()
        self._left.setFixedWidth(LEFT_WIDTH)
        self._list, self._editor = self._build_list(), self._build_editor()
        for page in (self._list, self._editor):
            self._left.addWidget(page)
        preview = Card()
        title = Label(words("The next six weeks"), "strong")
        legend = Label(words("Hours and places at once"), "small", tone="text2")
        preview.setLayout(
            column(row(title, 8, legend, STRETCH), 8, self.weeks, margins=(16, 12, 12, 12))
        )
        both = QWidget()
        shown = row(self._left, preview, gap=16)
        shown.setStretch(1, 1)
        both.setLayout(shown)
        return both

    def _build_list(self) -> QWidget:
        words, model = self._words, self._model
        self.periods = PartList(words("changed"), model.edit)
        self.exceptions = PartList(words("changed"), model.edit)
        self.add_period = KeyButton(words("Add period"), kind="tonal", icon="ph.plus-bold")
        self.add_exception = KeyButton(words("Add exception"), icon="ph.calendar-x")
        self._no_periods = TextBlock(
            words("No opening times yet. Add a period: without one, nobody can be booked here.")
        )
        self._no_exceptions = TextBlock(words("Closures and extra hours of this queue come here."))
        self._holidays = TextBlock("", "small")
        listed = column(
            Label(words("Periods"), "strong"),
            self._no_periods,
            self.periods,
            row(self.add_period, STRETCH),
            8,
            Label(words("Exceptions and closures"), "strong"),
            self._no_exceptions,
            self.exceptions,
            row(self.add_exception, STRETCH),
            8,
            Label(words("Public holidays, closed by themselves"), "strong"),
            self._holidays,
            STRETCH,
            gap=8,
            margins=(0, 0, 8, 0),
        )
        return Scrolled(listed)

    def _build_editor(self) -> QWidget:
        words, model = self._words, self._model
        self.period = PeriodEditor(words, model.change)
        self.exception = ExceptionEditor(words, model.change)
        self._editors = QStackedWidget()
        for editor in (self.period, self.exception):
            self._editors.addWidget(_top(editor))
        self._title = Label("", "strong")
        self.done = KeyButton(words("To the list"), icon="ph.arrow-left-bold", key="Esc", height=32)
        self.copy = KeyButton(words("Duplicate"), kind="ghost", icon="ph.copy")
        self.delete = KeyButton(words("Remove"), kind="danger", icon="ph.trash-simple")
        card = Card()
        inside = column(
            row(self._title, STRETCH, self.done),
            12,
            Scrolled(column(self._editors, margins=(2, 0, 10, 0))),
            12,
            row(self.delete, STRETCH, self.copy, gap=8),
            margins=(16, 12, 12, 12),
        )
        card.setLayout(inside)
        return card

    def _bind(self) -> None:
        model = self._model
        self.queue.activated.connect(lambda _at: model.choose_queue(self.queue.currentData()))
        self.save.clicked.connect(model.save)
        self.revert.clicked.connect(model.revert)
        self.notice.pressed.connect(model.load)
        self.add_period.clicked.connect(model.add_period)
        self.add_exception.clicked.connect(model.add_exception)
        self.done.clicked.connect(model.close_editor)
        self.copy.clicked.connect(model.duplicate)
        self.delete.clicked.connect(model.remove)
        model.state_changed.connect(self._render)

    # what the frame asks

    def take_focus(self) -> None:
        editing = self._model.state.editing
        if editing is None:
            (self.queue if self.queue.count() > 1 else self.add_period).setFocus()
        elif isinstance(editing, SchedulePeriod):
            self.period.take_focus()
        else:
            self.exception.take_focus()

    def do(self, action: ActionId) -> None:
        if action is ActionId.KEEP:
            self._model.save()
        elif action is ActionId.CLEAR_SEARCH:
            self._model.close_editor()

    # rendering

    def _render(self, state: OpeningsState) -> None:
        before, self._rendered = self._rendered, state
        self._render_queues(state)
        self._pages.setCurrentWidget(self._by_phase[state.phase])
        self._failed.say(self._words("No opening times now"), state.problem)
        self.save.setEnabled(state.changed)
        self.revert.setEnabled(state.changed)
        self.save.set_busy(self._busy if state.saving else "")
        self._render_notice(state)
        self._render_list(state)
        self._render_editing(state)
        self.weeks.show_days(state.days)
        if _id(before) != _id(state) and self.isVisible():
            self.take_focus()

    def _render_queues(self, state: OpeningsState) -> None:
        if state.queues != self._queues:
            self._queues = state.queues
            self.queue.clear()
            for ident, name in state.queues:
                self.queue.addItem(name, ident)
        self.queue.setCurrentIndex(self.queue.findData(state.queue))

    def _render_notice(self, state: OpeningsState) -> None:
        if state.stale:
            self.notice.say(state.stale, tone="late", remedy=True)
        elif state.wrong:
            self.notice.say(state.wrong, tone="late")
        elif state.misfits and state.changed:
            more = self._words("They come in the worklist once this is kept.")
            self.notice.say(f"{state.misfit_text}. {more}", tone="wait")
        elif state.misfits:
            more = self._words("They are in the worklist.")
            self.notice.say(f"{state.misfit_text}. {more}", tone="wait")
        else:
            self.notice.hide()

    def _render_list(self, state: OpeningsState) -> None:
        self.periods.show_lines(state.periods)
        self.exceptions.show_lines(state.exceptions)
        for shown, lines in ((self.periods, state.periods), (self.exceptions, state.exceptions)):
            shown.setVisible(bool(lines))
        self._no_periods.setVisible(not state.periods)
        self._no_exceptions.setVisible(not state.exceptions)
        self._holidays.set_text("\n".join(state.holidays))

    def _render_editing(self, state: OpeningsState) -> None:
        editing = state.editing
        self._left.setCurrentWidget(self._list if editing is None else self._editor)
        if isinstance(editing, SchedulePeriod):
            self._title.setText(self._words("Period"))
            self._editors.setCurrentIndex(0)
            self.period.show_period(editing)
        elif editing is not None:
            self._title.setText(self._words("Exception"))
            self._editors.setCurrentIndex(1)
            self.exception.show_exception(editing)


def _id(state: OpeningsState) -> str:
    return state.editing.id if state.editing is not None else ""


def _top(editor: QWidget) -> QWidget:
    page = QWidget()
    page.setLayout(column(editor, STRETCH))
    return page
