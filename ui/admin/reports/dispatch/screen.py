"""Verdeling: the rules in order at the left, the chosen one at the right."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from loket.kit.i18n import Words
from loket.reports.rules.kinds import ReportKind
from ui.admin.reports.dispatch.rows import RuleRows
from ui.admin.reports.dispatch.state import DispatchState
from ui.admin.reports.dispatch.view_model import DispatchViewModel
from ui.admin.reports.naming import ICONS, KINDS, goal_key
from ui.admin.reports.parts import OneOf, Several, headed
from ui.admin.reports.state import Phase
from ui.core.actions import ActionId
from ui.widgets.buttons import KeyButton
from ui.widgets.cards import Card, EmptyState, Scrolled
from ui.widgets.choices import ToggleChip
from ui.widgets.labels import Label, TextBlock
from ui.widgets.layouts import STRETCH, column, row
from ui.widgets.notices import Notice

WIDTH = 380


class RulePanel(Card):
    """What a rule is about, and where it sends."""

    def __init__(self, words: Words, model: DispatchViewModel) -> None:
        super().__init__()
        self._words, self._model = words, model
        self.kinds = {
            kind: ToggleChip(words(name), icon=ICONS[kind]) for kind, name in KINDS.items()
        }
        take_away = words("Take away")
        self.categories = Several(
            words("Category"),
            none=words("any category"),
            add=words("Add a category…"),
            take_away=take_away,
        )
        self.quarters = Several(
            words("Quarter"),
            none=words("the whole town"),
            add=words("Add a quarter…"),
            take_away=take_away,
        )
        self.goal = OneOf(words("Goes to"))
        self.up = KeyButton(words("Up"), icon="ph.arrow-up-bold", key="Alt+↑")
        self.down = KeyButton(words("Down"), icon="ph.arrow-down-bold", key="Alt+↓")
        self.delete = KeyButton(words("Remove"), kind="danger", icon="ph.trash-simple")
        self._none = EmptyState(
            icon="ph.arrow-bend-up-right",
            title=words("No rule chosen"),
            sentence=words("Choose one in the list."),
        )
        self._build()
        self._bind()

    def _build(self) -> None:
        words, kinds = self._words, list(self.kinds.values())
        title = Label(words("A report goes here when all of this fits"), "strong")
        form = column(
            headed(words("Goes to"), self.goal),
            Label(words("Kind (none: every kind)"), "small", weight=600, tone="text2"),
            row(*kinds[:2], gap=8),
            row(*kinds[2:], gap=8),
            self.categories,
            self.quarters,
            STRETCH,
            gap=10,
            margins=(2, 2, 10, 2),
        )
        self._edit = QWidget()
        self._edit.setLayout(
            column(
                title,
                12,
                Scrolled(form),
                12,
                row(self.up, 8, self.down, STRETCH),
                8,
                row(self.delete, STRETCH),
            )
        )
        self.setLayout(column(self._none, self._edit, margins=(16, 16, 8, 12)))
        self.setFixedWidth(WIDTH)

    def _bind(self) -> None:
        model = self._model
        self.goal.picked.connect(model.send_to)
        self.categories.changed.connect(lambda keys: model.change(category_ids=list(keys)))
        self.quarters.changed.connect(lambda keys: model.change(quarters=list(keys)))
        self.up.clicked.connect(lambda: model.move(-1))
        self.down.clicked.connect(lambda: model.move(1))
        self.delete.clicked.connect(model.remove)
        for chip in self.kinds.values():
            chip.clicked.connect(self._on_kinds)

    def _on_kinds(self) -> None:
        self._model.change(kinds=[kind for kind in ReportKind if self.kinds[kind].isChecked()])

    def show_state(self, state: DispatchState) -> None:
        rule = state.editing
        self._none.setVisible(rule is None)
        self._edit.setVisible(rule is not None)
        if rule is None:
            return
        key = goal_key(rule.department_id, rule.party_id)
        lost = state.lost if key else self._words("Choose where it goes…")
        self.goal.show_options(dict(state.goals), key, lost)
        for kind, chip in self.kinds.items():
            chip.setChecked(kind in rule.kinds)
        self.categories.show_several(tuple(rule.category_ids), dict(state.categories), state.lost)
        self.quarters.show_several(tuple(rule.quarters), dict(state.quarters), state.lost)
        places = [line.id for line in state.lines]
        self.up.setEnabled(places.index(rule.id) > 0)
        self.down.setEnabled(places.index(rule.id) < len(places) - 1)


class DispatchScreen(QWidget):
    """State in, intents out."""

    def __init__(self, model: DispatchViewModel, words: Words) -> None:
        super().__init__()
        self._model, self._words = model, words
        self._build()
        self._bind()
        self._render(model.state)

    def _build(self) -> None:
        words = self._words
        self.setAccessibleName(words("Dispatch of reports"))
        self.notice = Notice(words("Back to what was kept"))
        self._summary = TextBlock("", tone="text2")
        self.add = KeyButton(words("Add rule"), kind="tonal", icon="ph.plus-bold")
        self.revert = KeyButton(
            words("Back to what was kept"), icon="ph.arrow-counter-clockwise-bold"
        )
        self.save = KeyButton(words("Keep"), kind="primary", icon="ph.check-bold", key="Ctrl+Enter")
        self.setFocusProxy(self.add)  # while there are no rows yet to give it to
        self.panel = RulePanel(words, self._model)
        both = row(gap=16)
        both.addWidget(self._build_pages(), 1)
        both.addWidget(self.panel)
        title = Label(words("Dispatch of reports"), "page", whole=True)
        head = row(title, STRETCH, self.add, 8, self.revert, 8, self.save)
        whole = column(head, 8, self._summary, 12, self.notice, both)
        whole.setStretch(5, 1)
        self.setLayout(whole)

    def _build_pages(self) -> QStackedWidget:
        words = self._words
        self.rows = RuleRows(words("changed"))
        order = TextBlock(
            words("The first rule that fits decides. Where none fits, the category says where."),
            "small",
        )
        self._failed = EmptyState(icon="ph.wifi-slash-bold", title=words("No rules now"))
        self._by_phase = {
            Phase.SHOWN: Scrolled(column(order, self.rows, STRETCH, gap=8, margins=(2, 2, 8, 2))),
            Phase.EMPTY: EmptyState(
                icon="ph.arrow-bend-up-right",
                title=words("No rules yet"),
                sentence=words("Every report goes where its category says."),
            ),
            Phase.LOADING: EmptyState(icon="ph.spinner-gap-bold", title=words("One moment")),
            Phase.FAILED: self._failed,
        }
        pages = self._pages = QStackedWidget()
        for page in self._by_phase.values():
            pages.addWidget(page)
        return pages

    def _bind(self) -> None:
        model = self._model
        self.rows.chosen.connect(model.choose)
        self.rows.moved.connect(model.move)
        self.rows.removed.connect(model.remove)
        self.add.clicked.connect(self._on_add)
        self.revert.clicked.connect(model.revert)
        self.notice.pressed.connect(model.revert)
        self.save.clicked.connect(model.save)
        model.state_changed.connect(self._render)

    def _on_add(self) -> None:
        self._model.add()
        self.panel.goal.setFocus()

    def take_focus(self) -> None:
        if not self.rows.take_focus():
            self.add.setFocus()

    def do(self, action: ActionId) -> None:
        if action is ActionId.KEEP:
            self._model.save()

    def _render(self, state: DispatchState) -> None:
        self._pages.setCurrentWidget(self._by_phase[state.phase])
        self._failed.say(self._words("No rules now"), state.problem)
        self._summary.set_text(state.summary)
        self.rows.show_lines(state.lines, state.editing.id if state.editing else "")
        self.panel.show_state(state)
        self.add.setEnabled(state.phase in {Phase.SHOWN, Phase.EMPTY})
        self.revert.setEnabled(state.changed)
        self.save.setEnabled(state.changed)
        self.save.set_busy(self._words("One moment") if state.saving else "")
        if state.wrong:
            self.notice.say(state.wrong, tone="late", remedy=state.stale)
        else:
            self.notice.hide()
