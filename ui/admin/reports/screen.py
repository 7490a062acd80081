"""A section of reports: a list at the left, what is edited at the right."""

from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from loket.kit.i18n import Words
from ui.admin.reports.room import EditingRoom
from ui.admin.reports.state import NEW, EditingState, Phase
from ui.core.actions import ActionId
from ui.widgets.buttons import KeyButton
from ui.widgets.cards import Card, EmptyState, Scrolled
from ui.widgets.fields import SearchField
from ui.widgets.labels import Label, TextBlock
from ui.widgets.layouts import STRETCH, column, row
from ui.widgets.tables import TextRow, TextTable


class Form(Protocol):
    """What edits one thing: a widget that shows the state."""

    def show_state(self, state: EditingState) -> None: ...
    def take_focus(self) -> None: ...


class EditingScreen(QWidget):
    """State in, intents out."""

    def __init__(  # noqa: PLR0913 - what a section consists of
        self,
        model: EditingRoom,
        words: Words,
        *,
        title: str,
        heads: Sequence[str],
        widths: Sequence[int],
        form: Any,
        width: int = 380,
        search: str = "",
        add: str = "",
        nothing: str = "",
        icon: str = "ph.chat-centered-text",
    ) -> None:
        """``search``, ``add``: what those say; without words there are none."""
        super().__init__()
        self._model, self._words, self._title, self._icon = model, words, title, icon
        self.form, self._width, self._nothing = form, width, nothing
        self._build(heads, widths, search, add)
        self._bind()
        self._render(model.state)

    # building

    def _build(self, heads: Sequence[str], widths: Sequence[int], search: str, add: str) -> None:
        words = self._words
        self.setAccessibleName(self._title)
        self.search = SearchField(search, placeholder=search, clear_name=words("Clear search"))
        self.table = TextTable(self._title, heads)
        self.table.widths(*widths, stretched=0)
        self.add = KeyButton(add, kind="tonal", icon="ph.plus-bold")
        for part, said in ((self.search, search), (self.add, add)):
            if not said:
                part.hide()
        self._summary = Label("", tone="text2")
        left = self.left = column(self.search, 12 if search else 0, self._build_pages())
        left.setStretch(2, 1)
        both = row(gap=16)
        both.addLayout(left, 1)
        both.addWidget(self._build_panel())
        head = row(Label(self._title, "page", whole=True), 16, self._summary, STRETCH, self.add)
        whole = column(head, 16, both)
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def _build_pages(self) -> QStackedWidget:
        words, card = self._words, Card()
        card.setLayout(column(self.table, margins=(1, 1, 1, 1)))
        self._failed = EmptyState(icon="ph.wifi-slash-bold", title=words("Not to be seen now"))
        self._by_phase: dict[Phase, QWidget] = {
            Phase.SHOWN: card,
            Phase.LOADING: EmptyState(icon="ph.spinner-gap-bold", title=words("One moment")),
            Phase.FAILED: self._failed,
            Phase.EMPTY: EmptyState(
                icon=self._icon, title=words("Nothing here yet"), sentence=self._nothing
            ),
            Phase.NOTHING_FOUND: EmptyState(
                icon="ph.magnifying-glass",
                title=words("Nothing found"),
                sentence=words("Type another word."),
            ),
        }
        pages = self._pages = QStackedWidget()
        pages.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        for page in self._by_phase.values():
            pages.addWidget(page)
        return pages

    def _build_panel(self) -> Card:
        words = self._words
        self._name = TextBlock("", "strong", tone="text")
        self._detail = TextBlock("", "small")
        self._wrong = TextBlock("", "small", tone="late_fg")
        self.save = KeyButton(words("Keep"), kind="primary", icon="ph.check-bold", key="Ctrl+Enter")
        self.put_back = KeyButton(words("Put back"), kind="ghost")
        self.end = KeyButton("", kind="outlined")
        self.bar = row(self.end, gap=8)
        self._none = EmptyState(
            icon=self._icon,
            title=words("Nothing chosen"),
            sentence=words("Choose one in the table."),
        )
        self._edit = QWidget()
        self._edit.setLayout(
            column(
                self._name,
                self._detail,
                12,
                Scrolled(column(self.form, STRETCH, margins=(2, 2, 10, 2))),
                8,
                self._wrong,
                8,
                row(self.bar, STRETCH),
                8,
                row(self.save, 8, self.put_back, STRETCH),
            )
        )
        panel = Card()
        panel.setLayout(column(self._none, self._edit, margins=(16, 16, 8, 12)))
        panel.setFixedWidth(self._width)
        return panel

    def _bind(self) -> None:
        model = self._model
        self.search.textEdited.connect(model.search)
        self.search.cleared.connect(self._on_cleared)
        self.search.moved.connect(lambda _step: self.table.setFocus())
        self.search.entered.connect(self._on_entered)
        self.table.selected.connect(self._on_selected)
        self.table.opened.connect(lambda _ident: self.form.take_focus())
        self.add.clicked.connect(self._on_add)
        self.save.clicked.connect(model.save)
        self.put_back.clicked.connect(model.put_back)
        model.state_changed.connect(self._render)

    # what the frame asks

    def take_focus(self) -> None:
        (self.table if self.search.isHidden() else self.search).setFocus()

    def do(self, action: ActionId) -> None:
        if action is ActionId.KEEP:
            self._model.save()
        elif action is ActionId.CLEAR_SEARCH:
            self._on_cleared()

    # wishes

    def _on_cleared(self) -> None:
        self.search.clear()
        self._model.search("")

    def _on_entered(self) -> None:
        if self._model.state.lines:
            self._model.choose(self._model.state.lines[0].id)
            self.form.take_focus()

    def _on_selected(self, ident: str) -> None:
        if ident:
            self._model.choose(ident)

    def _on_add(self) -> None:
        self._model.add()
        self.form.take_focus()

    # rendering

    def _render(self, state: EditingState) -> None:
        self._pages.setCurrentWidget(self._by_phase[state.phase])
        self._failed.say(self._words("Not to be seen now"), state.problem)
        self._summary.setText(state.summary)
        self.add.setEnabled(state.phase not in {Phase.LOADING, Phase.FAILED})
        self.table.show_rows(tuple(TextRow(line.id, line.cells, line.tip) for line in state.lines))
        self._show_chosen(state.chosen)
        self._render_panel(state)

    def _show_chosen(self, ident: str) -> None:
        """The row that is edited is the selected one, also after a wish that was refused."""
        if self.table.current() == ident:
            return
        self.table.doItemsLayout()  # so that it knows how far it can scroll
        rows = self.table.texts.rows
        place = next((place for place, line in enumerate(rows) if line.id == ident), -1)
        self.table.setCurrentIndex(self.table.texts.index(place, 0))

    def _render_panel(self, state: EditingState) -> None:
        editing = state.draft is not None
        self._none.setVisible(not editing)
        self._edit.setVisible(editing)
        self.end.hide()
        if not editing:
            return
        self._name.set_text(state.title)
        self._detail.set_text(state.detail)
        self._detail.setVisible(bool(state.detail))
        self.form.show_state(state)
        self._wrong.set_text(state.wrong)
        self._wrong.setVisible(bool(state.wrong))
        self.save.setEnabled(state.changed and not state.busy)
        self.save.set_busy(self._words("One moment") if state.busy else "")
        self.put_back.setEnabled(state.changed and not state.busy)


class ClosingScreen(EditingScreen):
    """The same, of things that are closed and opened again."""

    def _bind(self) -> None:
        super()._bind()
        self.end.clicked.connect(self._on_end)

    def _on_end(self) -> None:
        self._model.end()  # type: ignore[attr-defined]  # rooms of this screen end things

    def _render_panel(self, state: EditingState) -> None:
        super()._render_panel(state)
        known = state.draft is not None and state.chosen != NEW
        self.end.setVisible(known)
        words = self._words
        self.end.set_words(words("Open again") if state.ended else words("Close"))
        self.end.setEnabled(not state.busy)
