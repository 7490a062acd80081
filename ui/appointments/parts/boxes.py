"""What stands in the form besides its fields: the moment, ways to confirm, what was refused."""

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from loket.kit.i18n import Words
from ui.appointments.state import FormState, Moment, Near
from ui.theme.icons import draw_icon
from ui.theme.look import font
from ui.theme.paint import box, write
from ui.widgets.buttons import KeyButton, Pressable
from ui.widgets.cards import Card
from ui.widgets.labels import Label, TextBlock
from ui.widgets.layouts import column

_MOST_NEAR = 3


class ConfirmBox(Pressable):
    """A checkbox of 24 px with an icon; off with its reason beside it while it cannot be."""

    def __init__(self, text: str, *, icon: str) -> None:
        super().__init__(text)
        self._icon = icon
        self._why = ""
        self.setCheckable(True)
        self.setFixedHeight(32)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_way(self, *, on: bool, why_not: str) -> None:
        self._why = why_not
        self.setChecked(on and not why_not)
        self.setEnabled(not why_not)
        said = f"{self.text()}: {why_not}" if why_not else self.text()
        self.setAccessibleName(said)
        self.setToolTip(said if why_not else "")
        self.update()

    def nextCheckState(self) -> None:  # noqa: N802 - Qt's name
        """What is chosen is the model's to say."""

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(200, 32)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        square = QRectF(0, 4, 24, 24)
        if self.isChecked():
            box(painter, square, fill="accent", radius=6)
            draw_icon(painter, "ph.check-bold", square.adjusted(4, 4, -4, -4), tone="on_accent")
        else:
            off = not self.isEnabled()
            fill = "disabled_bg" if off else "hover" if self.state() == "hover" else "surface"
            box(painter, square, fill=fill, line="done_line" if off else "border_strong", radius=6)
        tone = "text" if self.isEnabled() else "text2"
        draw_icon(painter, self._icon, QRectF(36, 6, 20, 20), tone="text2")
        self._draw_texts(painter, tone)
        painter.end()

    def _draw_texts(self, painter: QPainter, tone: str) -> None:
        room = self.width() - 66.0
        if not self._why:
            write(painter, QRectF(66, 0, room, 32), self.text(), font(14, 500), tone=tone)
            return
        write(painter, QRectF(66, -1, room, 18), self.text(), font(13, 500), tone=tone)
        write(painter, QRectF(66, 15, room, 17), self._why, font(12), tone="text2")


class MomentCard(Card):
    """When, what for, where: the head of the form."""

    def __init__(self) -> None:
        super().__init__(kind="advice")
        self._when = Label("", "title")
        self._product = TextBlock("", "base", tone="text")
        self._detail = Label("", "small", tone="text2")
        self._was = Label("", "small", tone="text2")
        self._held = Label("", "small", tone="text2")
        self.setLayout(
            column(
                self._when,
                self._product,
                self._detail,
                self._was,
                self._held,
                gap=1,
                margins=(14, 10, 14, 10),
            )
        )

    def show_moment(self, moment: Moment | None, held: str, *, lapsed: bool) -> None:
        self.setVisible(moment is not None)
        if moment is None:
            return
        self._when.setText(moment.when)
        self._product.set_text(moment.product)
        self._detail.setText(moment.detail)
        for label, text in ((self._was, moment.was), (self._held, held)):
            label.setText(text)
            label.setVisible(bool(text))
        self._held.set_tone("late_fg" if lapsed else "text2")


class TroubleBox(Card):
    """What was refused, and what can be done at once instead."""

    near_chosen = Signal(object)
    request_wished = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__(kind="note")
        self._text = TextBlock("", "small", tone="late_fg")
        self.buttons = [KeyButton("", kind="linked", height=40) for _each in range(_MOST_NEAR)]
        self.request = KeyButton(words("Note the request"), icon="ph.note-bold", height=40)
        self._near: tuple[Near, ...] = ()
        for button in self.buttons:
            button.clicked.connect(self._on_clicked)
        self.request.clicked.connect(self.request_wished)
        self.setLayout(
            column(self._text, *self.buttons, self.request, gap=6, margins=(12, 10, 12, 10))
        )
        self.hide()

    def show_trouble(self, state: FormState) -> None:
        self._near = state.near
        self._text.set_text(state.problem)
        for place, button in enumerate(self.buttons):
            button.setVisible(place < len(state.near))
            if place < len(state.near):
                button.set_words(state.near[place].text)
        self.request.setVisible(state.can_request)
        self.setVisible(bool(state.problem))
        self.setAccessibleName(state.problem)

    def _on_clicked(self) -> None:
        place = next((n for n, each in enumerate(self.buttons) if each is self.sender()), -1)
        if 0 <= place < len(self._near):
            self.near_chosen.emit(self._near[place].starts_at)
