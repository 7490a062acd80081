"""What opens over a screen: the page of shortcuts, and a ticket that was found."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from loket.kit.i18n import Words
from ui.core.actions import ACTIONS, ScreenId
from ui.shell.state import TicketView
from ui.widgets.buttons import KeyButton
from ui.widgets.caps import KeyCap
from ui.widgets.cards import Card, Rule, Scrolled
from ui.widgets.chips import Chip
from ui.widgets.labels import Label, TextBlock
from ui.widgets.layouts import STRETCH, column, row


class Panel(Card):
    """A card in the middle of the window; Esc closes it, nothing behind it is lost."""

    close_wished = Signal()

    def __init__(self, parent: QWidget, *, name: str, width: int, height: int) -> None:
        super().__init__()
        self.setProperty("card", "over")
        self.setParent(parent)
        self.setAccessibleName(name)
        self._size = (width, height)
        self.hide()

    def stand_in(self, area: QRect) -> None:
        """Stand in the middle of an area of the window."""
        width, height = min(self._size[0], area.width()), min(self._size[1], area.height())
        self.setGeometry(
            area.left() + (area.width() - width) // 2,
            area.top() + (area.height() - height) // 2,
            width,
            height,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self.close_wished.emit()
        else:
            super().keyPressEvent(event)


class ShortcutsPanel(Panel):
    """All shortcuts, made from the table of actions."""

    def __init__(self, words: Words, parent: QWidget) -> None:
        super().__init__(parent, name=words("Keyboard shortcuts"), width=640, height=640)
        titles = {
            ScreenId.EVERYWHERE: words("Everywhere"),
            ScreenId.WELCOME: words("Welcome desk"),
            ScreenId.COUNTER: words("Counter"),
            ScreenId.QUEUES: words("Queues"),
            ScreenId.ADMIN: words("Administration"),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        line = 0
        for screen, title in titles.items():
            grid.addWidget(Label(title, "strong"), line, 0, 1, 2)
            line += 1
            for spec in (spec for spec in ACTIONS if spec.screen is screen):
                grid.addWidget(Label(words(spec.text)), line, 0)
                grid.addWidget(KeyCap(spec.shortcut), line, 1)
                line += 1
        grid.setColumnStretch(0, 1)
        inner = column(STRETCH)
        inner.insertLayout(0, grid)
        self.close_button = KeyButton(words("Close"), key="Esc")
        self.close_button.clicked.connect(self.close_wished)
        self.setLayout(
            column(
                Label(words("Keyboard shortcuts"), "title"),
                12,
                Rule(),
                12,
                Scrolled(inner),
                12,
                row(STRETCH, self.close_button),
                margins=(24, 20, 24, 20),
            )
        )


class TicketPanel(Panel):
    """A ticket that was scanned or found."""

    withdraw_wished = Signal()
    wait_wished = Signal()

    def __init__(self, words: Words, parent: QWidget) -> None:
        super().__init__(parent, name=words("Ticket"), width=520, height=360)
        self.number = Label("", "figure")
        self._chip = Chip("")
        self._product = Label("", "strong")
        self._name = Label("", "title")
        self._names, self._values = TextBlock(), TextBlock(tone="text")
        self._note = TextBlock(tone="text2")
        self.withdraw = KeyButton(
            words("Withdraw ticket"), kind="danger", icon="ph.arrow-counter-clockwise-bold"
        )
        self.close_button = KeyButton(words("Close"), key="Esc")
        self.wait = KeyButton(words("Wait again"), kind="tonal", icon="ph.hourglass-medium-bold")
        self.wait.clicked.connect(self.wait_wished)
        self.withdraw.clicked.connect(self.withdraw_wished)
        self.close_button.clicked.connect(self.close_wished)
        facts = row(self._names, self._values, gap=16)
        facts.setStretch(1, 1)
        self.setLayout(
            column(
                row(self.number, STRETCH, self._chip),
                self._product,
                12,
                Rule(),
                12,
                self._name,
                4,
                facts,
                12,
                self._note,
                STRETCH,
                row(self.wait, 8, self.withdraw, STRETCH, self.close_button),
                margins=(24, 20, 24, 20),
            )
        )

    def show_ticket(self, view: TicketView) -> None:
        self.number.setText(view.number)
        self._chip.show_state(view.chip, icon=view.chip_icon, tone=view.chip_tone)
        self._product.setText(view.product)
        self._name.setText(view.name)
        self._name.setVisible(bool(view.name))
        names, values = zip(*view.lines, strict=True)
        self._names.set_text("\n".join(names))
        self._names.setFixedWidth(self._names.needs)
        self._values.set_text("\n".join(values))
        self._note.set_text(view.note)
        self._note.setVisible(bool(view.note))
        self.withdraw.setVisible(view.can_withdraw)
        self.wait.setVisible(view.can_wait)
