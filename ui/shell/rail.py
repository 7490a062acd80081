"""The rail at the left: the screens that exist, each under its number."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from loket.kit.i18n import Words
from ui.core.actions import BY_ID, ActionId, ScreenId
from ui.core.attention import Attention
from ui.theme.icons import draw_icon
from ui.theme.look import colour, font
from ui.theme.paint import CENTRE, box, text_width, write
from ui.widgets.buttons import Pressable
from ui.widgets.layouts import column

PLACES = {
    ScreenId.WELCOME: (1, ActionId.SHOW_WELCOME),
    ScreenId.COUNTER: (2, ActionId.SHOW_COUNTER),
    ScreenId.APPOINTMENTS: (3, ActionId.SHOW_APPOINTMENTS),
    ScreenId.REPORTS: (4, ActionId.SHOW_REPORTS),
    ScreenId.QUEUES: (7, ActionId.SHOW_QUEUES),
    ScreenId.INSIGHT: (8, ActionId.SHOW_INSIGHT),
    ScreenId.ADMIN: (0, ActionId.SHOW_ADMIN),
}
"""Number under Alt, and the action; the numbers of the design, whatever screens exist."""


_MOST = 99
"""More are not counted in the corner."""


class RailItem(Pressable):
    """One screen, 72 px square."""

    def __init__(self, text: str, *, number: int, icon: str) -> None:
        super().__init__(text)
        self._number, self._icon = number, icon
        self.setCheckable(True)
        self.setFixedSize(QSize(72, 72))
        self._attention = Attention()
        self.setToolTip(f"Alt+{number}")

    def show_attention(self, asked: Attention) -> None:
        """A count in the corner; red where something is too late."""
        if asked == self._attention:
            return
        self._attention = asked
        said = f"{self.text()}: {asked.text}" if asked.many else self.text()
        self.setAccessibleName(said)
        keys = f"Alt+{self._number}"
        self.setToolTip(f"{asked.text}\n{keys}" if asked.many else keys)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        chosen = self.isChecked()
        area = QRectF(self.rect())
        if chosen:
            box(painter, area, fill="rail_sel")
        elif self.state() in {"hover", "pressed"}:
            box(painter, area, fill="rail_hover")
        ink = "rail_sel_fg" if chosen else "rail_text"
        digit = "rail_sel_fg" if chosen else "rail_text2"
        write(painter, QRectF(8, 6, 20, 16), str(self._number), font(12, 600), tone=digit)
        icon = f"{self._icon}-fill" if chosen else self._icon
        draw_icon(painter, icon, QRectF(24, 14, 24, 24), tone=ink)
        label = QRectF(0, 41, 72, 16)
        weight = 600 if chosen else 500
        write(painter, label, self.text(), font(12, weight), tone=ink, align=CENTRE)
        self._paint_attention(painter)
        painter.end()

    def _paint_attention(self, painter: QPainter) -> None:
        asked = self._attention
        if not asked.many:
            return
        text, face = str(min(asked.many, _MOST)), font(12, 700)
        wide = max(18.0, text_width(text, face) + 10)
        area = QRectF(self.width() - wide - 4, 4, wide, 20)
        if asked.urgent:
            box(painter, area, fill="late_bg", line="late_line", radius=6)
        else:
            box(painter, area, fill="rail_sel", radius=6)
        tone = "late_fg" if asked.urgent else "rail_sel_fg"
        write(painter, area, text, face, tone=tone, align=CENTRE)


class Rail(QWidget):
    """Logo and screens, 88 px wide."""

    screen_wished = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setFixedWidth(88)
        self.items: dict[ScreenId, RailItem] = {}
        layout = column(60, margins=(8, 0, 8, 8))
        layout.setSpacing(4)
        for screen, (number, action) in PLACES.items():
            spec = BY_ID[action]
            item = RailItem(words(spec.text), number=number, icon=spec.icon)
            item.setProperty("screen", str(screen))
            item.clicked.connect(self._on_clicked)
            if not number:
                layout.addStretch(1)  # what is set once stands apart, at the bottom
            layout.addWidget(item, 0, Qt.AlignmentFlag.AlignHCenter)
            self.items[screen] = item
        self.setLayout(layout)

    def show_screens(self, screens: tuple[ScreenId, ...], chosen: ScreenId) -> None:
        for screen, item in self.items.items():
            item.setVisible(screen in screens)
            item.setChecked(screen is chosen)

    def show_attention(self, asked: tuple[tuple[ScreenId, Attention], ...]) -> None:
        wanted = dict(asked)
        for screen, item in self.items.items():
            item.show_attention(wanted.get(screen, Attention()))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("rail"))
        draw_logo(painter, QRectF(24, 8, 40, 40))
        painter.end()

    def _on_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, RailItem):
            sender.setChecked(True)
            self.screen_wished.emit(ScreenId(str(sender.property("screen"))))


def draw_logo(painter: QPainter, rect: QRectF) -> None:
    """Paint the waves of the house."""
    box(painter, rect, fill="rail_text")
    draw_icon(painter, "ph.waves-bold", rect.adjusted(8, 8, -8, -8), tone="rail")
