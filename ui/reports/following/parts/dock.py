"""The right column: dates, reporter, handling, sending on, and the acts that ask something."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QLineEdit, QMenu, QStackedWidget, QWidget

from loket.kit.i18n import Words
from ui.reports.following.form_state import FormState
from ui.reports.following.parts.facts import Facts, GoalRow, TermRow
from ui.reports.following.parts.form import FormPanel
from ui.reports.following.state import ActFace, DockState, Goal, TermFace
from ui.widgets.buttons import KeyButton
from ui.widgets.cards import Card, Edged, Rule, Scrolled
from ui.widgets.labels import Label
from ui.widgets.layouts import STRETCH, column
from ui.widgets.pools import RowPool

WIDE, NARROW = 316, 288
_NOTE_LENGTH = 2000


class DockPanel(Edged):
    """State in, wishes out."""

    wished = Signal(str)
    goal_chosen = Signal(str)
    goals_wished = Signal()
    note_typed = Signal(str)
    forwarded = Signal()
    act_wished = Signal(str)
    closed = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__("left")
        self._words = words
        self._acts: tuple[ActFace, ...] = ()
        self._build()
        self._bind()

    def _build(self) -> None:
        words = self._words
        terms = column()
        self._terms: RowPool[TermFace] = RowPool(terms, TermRow)
        self.reporter, self.others, self.handling = Facts(), Facts(), Facts()
        self._involved = Label(words("Also involved"), "small", weight=600, tone="text2")
        sections = column(
            Label(words("Term"), "strong"),
            6,
            terms,
            10,
            Rule(),
            10,
            Label(words("Reporter"), "strong"),
            6,
            self.reporter,
            self._involved,
            self.others,
            10,
            Rule(),
            10,
            Label(words("Handling"), "strong"),
            6,
            self.handling,
            10,
            self._goals_part(),
            STRETCH,
        )
        sections.setContentsMargins(0, 0, 6, 0)
        self.more = KeyButton(words("More acts"), icon="ph.dots-three-bold", spread=True)
        self.close_it = KeyButton(
            words("Solve and close"),
            icon="ph.check-circle",
            key="F12",
            height=48,
            spread=True,
        )
        # As wide as what scrolls above them, which leaves room for its bar.
        keys = column(self.more, 8, self.close_it, margins=(0, 0, 6, 0))
        overview = QWidget()
        overview.setLayout(column(Scrolled(sections), 8, keys))
        self.form = FormPanel(words)
        self._pages = QStackedWidget()
        self._pages.addWidget(overview)
        self._pages.addWidget(self.form)
        self.setLayout(column(self._pages, margins=(19, 14, 13, 14)))

    def _goals_part(self) -> QWidget:
        words = self._words
        self._goal_column = column(margins=(0, 1, 0, 1))
        self.goals: list[GoalRow] = []
        card = Card()
        card.setLayout(self._goal_column)
        self.more_goals = KeyButton("", kind="ghost", icon="ph.caret-down", height=32)
        self.note = QLineEdit()
        self.note.setAccessibleName(words("Note for who gets it"))
        self.note.setPlaceholderText(words("Note for who gets it"))
        self.note.setMaxLength(_NOTE_LENGTH)
        self.note.setFixedHeight(40)
        self.forward = KeyButton(words("Send on"), kind="tonal", icon="ph.arrow-bend-up-right-bold")
        self._goals_box = QWidget()
        self._goals_box.setLayout(
            column(
                Rule(),
                10,
                Label(words("Send on to"), "strong"),
                6,
                card,
                self.more_goals,
                8,
                self.note,
                self.forward,
                gap=0,
            )
        )
        return self._goals_box

    def _bind(self) -> None:
        self.reporter.wished.connect(self.wished)
        self.handling.wished.connect(self.wished)
        self.more_goals.clicked.connect(self.goals_wished)
        self.note.textEdited.connect(self.note_typed)
        self.note.returnPressed.connect(self.forwarded)
        self.forward.clicked.connect(self.forwarded)
        self.more.clicked.connect(self._on_more)
        self.close_it.clicked.connect(self.closed)

    def _on_more(self) -> None:
        menu = self.menu()
        corner = self.more.mapToGlobal(QPoint(0, 0))
        menu.popup(corner - QPoint(0, menu.sizeHint().height() + 4))

    def menu(self) -> QMenu:
        """The acts as they are now; gone when it closes."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for act in self._acts:
            entry = menu.addAction(act.text)
            entry.setData(act.kind)
        menu.triggered.connect(lambda entry: self.act_wished.emit(str(entry.data())))
        return menu

    # rendering

    def show_dock(self, state: DockState, form: FormState) -> None:
        self._terms.show(state.terms)
        self.reporter.show_facts(state.reporter)
        self.others.show_facts(state.others)
        self._involved.setVisible(bool(state.others))
        self.handling.show_facts(state.handling)
        self._show_goals(state)
        self._acts = state.acts
        self.more.setVisible(bool(state.acts))
        self.more.setEnabled(not state.busy)
        self.close_it.setVisible(bool(state.close))
        self.close_it.set_words(state.close)
        self.close_it.setEnabled(not state.busy)
        self._pages.setCurrentIndex(1 if form.kind else 0)
        if form.kind:
            self.form.show_form(form)

    def _show_goals(self, state: DockState) -> None:
        self._goals_box.setVisible(bool(state.goals))
        while len(self.goals) < len(state.goals):
            made = GoalRow()
            made.clicked.connect(self._on_goal)
            self._goal_column.addWidget(made)
            self.goals.append(made)
        for place, row_ in enumerate(self.goals):
            row_.setVisible(place < len(state.goals))
            if place < len(state.goals):
                row_.show_goal(state.goals[place])
        words = self._words
        self.more_goals.setVisible(bool(state.more_goals))
        self.more_goals.set_words(
            words.plural("{n} other", "{n} others", state.more_goals) if state.more_goals else ""
        )
        self.note.setVisible(bool(state.goal))
        if not self.note.hasFocus() and self.note.text() != state.note:
            self.note.setText(state.note)
        self.forward.setEnabled(state.can_forward and not state.busy)

    def _on_goal(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, GoalRow):
            goal: Goal = pressed.goal
            pressed.setChecked(goal.chosen)
            self.goal_chosen.emit(goal.key)
