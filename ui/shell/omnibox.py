"""The omnibox: one field for tickets, products and scans, with its results below."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QWidget

from loket.kit.i18n import Words
from ui.core.actions import ActionId, key_of
from ui.shell.state import Found
from ui.widgets.cards import Card
from ui.widgets.fields import OmniboxField
from ui.widgets.labels import Label
from ui.widgets.layouts import column
from ui.widgets.pools import RowPool
from ui.widgets.results import ROW, Result, ResultRow


class FoundList(Card):
    """The results, over the screen; no window of its own."""

    chosen = Signal(int)

    def __init__(self, words: Words, parent: QWidget) -> None:
        super().__init__()
        self.setParent(parent)
        self.setAccessibleName(words("Found"))
        self._none = Label(words("Nothing found. Enter looks it up on the server."), tone="text2")
        layout = column(margins=(4, 4, 4, 4))
        self._pool: RowPool[Result] = RowPool(layout, self._make_row)
        layout.addWidget(self._none)
        self.setLayout(layout)
        self._found: tuple[Found, ...] = ()
        self.hide()

    def show_found(self, found: tuple[Found, ...], chosen: int) -> None:
        self._found = found
        self._pool.show(
            [
                Result(one.id, one.title, one.detail, one.icon, chosen=place == chosen)
                for place, one in enumerate(found)
            ]
        )
        self._none.setVisible(not found)
        self.setFixedHeight((len(found) * ROW if found else 36) + 10)

    def _make_row(self) -> ResultRow:
        made = ResultRow()
        made.pressed.connect(self._on_pressed)
        return made

    def _on_pressed(self, found_id: str) -> None:
        places = [place for place, one in enumerate(self._found) if one.id == found_id]
        if places:
            self.chosen.emit(places[0])


class Omnibox(QWidget):
    """The field; it places its results under itself, in the window."""

    typed = Signal(str)
    moved = Signal(int)
    entered = Signal()
    left = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.field = OmniboxField(
            words("Search or scan"),
            placeholder=words("Search or scan: name, product, ticket, appointment, report"),
            key=key_of(ActionId.FIND),
        )
        self.setLayout(column(self.field))
        self.setMinimumWidth(280)
        self.setMaximumWidth(568)
        self.field.textChanged.connect(self.typed)
        self.field.moved.connect(self.moved)
        self.field.returnPressed.connect(self.entered)
        self.field.left.connect(self.left)

    def show_query(self, query: str) -> None:
        if self.field.text() != query:
            self.field.setText(query)

    def place_list(self, found: FoundList) -> None:
        """Put the results right under the field."""
        over = found.parentWidget()
        if over is not None:
            found.move(self.mapTo(over, QPoint(0, self.height() + 4)))
        found.setFixedWidth(max(self.width(), 360))
        found.raise_()
