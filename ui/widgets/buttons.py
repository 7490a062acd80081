"""Buttons that show their key: primary, tonal, outlined, ghost, danger, and the counter action."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.theme.icons import draw_icon
from ui.theme.look import font
from ui.theme.paint import box, cap_width, draw_cap, text_width, write

PADDING, GAP, ICON = 16, 8, 20


@dataclass(frozen=True)
class Paint:
    """Fill, line and text of a button in one state, as colour names; empty: none."""

    fill: str
    line: str
    tone: str


KINDS: dict[str, dict[str, Paint]] = {
    "primary": {
        "rest": Paint("accent", "", "on_accent"),
        "hover": Paint("accent_hover", "", "on_accent"),
        "pressed": Paint("accent_press", "", "on_accent"),
    },
    "tonal": {
        "rest": Paint("accent_tint2", "", "accent"),
        "hover": Paint("accent_tint2", "accent_line", "accent"),
        "pressed": Paint("accent_tint2", "accent", "accent"),
    },
    "outlined": {
        "rest": Paint("surface", "border_strong", "text"),
        "hover": Paint("hover", "border_strong", "text"),
        "pressed": Paint("surface3", "border_strong", "text"),
    },
    "linked": {
        "rest": Paint("surface", "border_strong", "accent"),
        "hover": Paint("hover", "border_strong", "accent"),
        "pressed": Paint("surface3", "border_strong", "accent"),
    },
    "ghost": {
        "rest": Paint("", "", "accent"),
        "hover": Paint("hover", "", "accent"),
        "pressed": Paint("surface3", "", "accent"),
    },
    "danger": {
        "rest": Paint("surface", "border_strong", "late_fg"),
        "hover": Paint("hover", "border_strong", "late_fg"),
        "pressed": Paint("surface3", "border_strong", "late_fg"),
    },
}
_OFF = Paint("disabled_bg", "", "disabled_fg")
_OFF_GHOST = Paint("", "", "disabled_fg")


class Pressable(QAbstractButton):
    """What the painted buttons share: hover, Enter presses like Space, a name for everyone."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(name)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def state(self) -> str:
        if not self.isEnabled():
            return "off"
        if self.isDown():
            return "pressed"
        return "hover" if self.underMouse() else "rest"

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's name
        self.update()
        super().enterEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self.sizeHint()


class KeyButton(Pressable):
    """A button with an icon, a text and the cap of its key.

    ``spread``: text at the left, key at the right edge, as in a dock.
    """

    def __init__(
        self,
        text: str,
        *,
        kind: str = "outlined",
        icon: str = "",
        key: str = "",
        height: int = 40,
        spread: bool = False,
    ) -> None:
        super().__init__(text)
        self._kind = kind
        self._icon = icon
        self._key = key
        self._height = height
        self._spread = spread
        self._busy = ""
        self._face = font(16 if height >= 48 else 13 if height <= 32 else 14, 600)  # noqa: PLR2004
        self._padding = 10 if height <= 32 else PADDING  # noqa: PLR2004 - the small button
        self._icon_size = 16 if height <= 32 else ICON  # noqa: PLR2004
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    @property
    def kind(self) -> str:
        return self._kind

    def set_kind(self, kind: str) -> None:
        if kind != self._kind:
            self._kind = kind
            self.update()

    def set_words(self, text: str, *, key: str | None = None, icon: str | None = None) -> None:
        """Another text, key or icon in the same place."""
        key = self._key if key is None else key
        icon = self._icon if icon is None else icon
        if (text, key, icon) != (self.text(), self._key, self._icon):
            self._key, self._icon = key, icon
            self.setText(text)
            self.setAccessibleName(text)
            self.updateGeometry()

    def set_busy(self, sentence: str) -> None:
        """Show that it is at work (empty: no longer); the width is kept."""
        if sentence != self._busy:
            self._busy = sentence
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(round(self._ordinary() + 2 * self._padding), self._height)

    def _content(self) -> float:
        if self._busy:
            return self._icon_size + GAP + text_width(self._busy, self._face)
        return self._ordinary()

    def _ordinary(self) -> float:
        width = text_width(self.text(), self._face)
        if self._icon:
            width += self._icon_size + (GAP if self.text() else 0)
        return width + (GAP + cap_width(self._key) if self._key else 0)

    def _paint(self) -> Paint:
        if not self.isEnabled():
            return _OFF_GHOST if self._kind == "ghost" else _OFF
        return KINDS[self._kind][self.state()]

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        paint = self._paint()
        area = QRectF(self.rect())
        box(painter, area, fill=paint.fill, line=paint.line)
        left = self._padding if self._spread else max(4, (area.width() - self._content()) / 2)
        middle = area.height() / 2
        icon = "ph.spinner-gap-bold" if self._busy else self._icon
        if icon:
            size = self._icon_size
            spot = QRectF(left, middle - size / 2, size, size)
            draw_icon(painter, icon, spot, tone=paint.tone)
            left += size + GAP
        right = area.width() - self._padding
        if self._busy:
            right = area.width()
        elif self._key:
            self._draw_key(painter, left=left, right=right, middle=middle)
        room = QRectF(left, 0, right - left, area.height())
        write(painter, room, self._busy or self.text(), self._face, tone=paint.tone)
        painter.end()

    def _draw_key(self, painter: QPainter, *, left: float, right: float, middle: float) -> None:
        ends = left + text_width(self.text(), self._face) + GAP + cap_width(self._key)
        on = "accent" if self._kind == "primary" else "surface"
        if self._kind == "tonal" and self.isEnabled():
            on = "tonal"
        draw_cap(
            painter,
            self._key,
            right=right if self._spread else ends,
            middle=middle,
            on=on if self.isEnabled() else "off",
        )


class CounterAction(Pressable):
    """The 80 px action of the counter: icon and key above, label below."""

    def __init__(self, text: str, *, icon: str, key: str, short: str = "") -> None:
        """``short``: what it says where there is no room for the whole text."""
        super().__init__(text)
        self._icon = icon
        self._key = key
        self._short = short or text
        self._face = font(14, 600)
        self.setFixedHeight(80)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._needs(self.text()), 80)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._needs(self._short), 80)

    def _needs(self, text: str) -> int:
        above = 24 + GAP + cap_width(self._key)
        return round(max(above, text_width(text, self._face)) + 26)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        paint = KINDS["outlined"][self.state()] if self.isEnabled() else _OFF
        area = QRectF(self.rect())
        box(painter, area, fill=paint.fill, line=paint.line)
        on = self.isEnabled()
        draw_icon(painter, self._icon, QRectF(13, 12, 24, 24), tone="accent" if on else paint.tone)
        cap_on = "surface" if on else "off"
        draw_cap(painter, self._key, right=area.width() - 13, middle=24, on=cap_on)
        line = QRectF(13, 48, area.width() - 20, 20)
        text = self.text() if self.width() >= self._needs(self.text()) else self._short
        write(painter, line, text, self._face, tone=paint.tone)
        painter.end()


class BigAction(Pressable):
    """The one solid button of the counter: what comes next, in two lines."""

    def __init__(self, text: str, *, icon: str, key: str) -> None:
        super().__init__(text)
        self._icon = icon
        self._key = key
        self._detail = ""
        self.setFixedHeight(80)
        self.setMinimumWidth(240)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def detail(self) -> str:
        return self._detail

    def show_next(self, text: str, *, detail: str, icon: str, key: str) -> None:
        """The next act, and what it will do."""
        wanted = (text, detail, icon, key)
        if wanted != (self.text(), self._detail, self._icon, self._key):
            self._detail, self._icon, self._key = detail, icon, key
            self.setText(text)
            self.setAccessibleName(f"{text}. {detail}" if detail else text)
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(335, 80)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(240, 80)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        paint = KINDS["primary"][self.state()] if self.isEnabled() else _OFF
        area = QRectF(self.rect())
        box(painter, area, fill=paint.fill, radius=8)
        draw_icon(painter, self._icon, QRectF(20, 26, 28, 28), tone=paint.tone)
        cramped = text_width(self._detail, font(14)) > area.width() - 67 - 32 - self._key_width()
        beside = area.width() - 67 - 32 - self._key_width()
        # What the button does is read from afar: its key rather stands beside the second line.
        low = cramped and text_width(self.text(), font(20, 600)) > beside
        cap = self._draw_key(painter, area, top=(42 if low else 14) if cramped else 26)
        if self._detail:
            whole = area.width() - 67 - 20
            above, below = (whole, beside) if low else (beside, whole if cramped else beside)
            self._two_lines(painter, QRectF(67, 0, above, 80), below, paint)
        else:
            write(painter, QRectF(67, 0, cap - 79, 80), self.text(), font(20, 600), tone=paint.tone)
        painter.end()

    def _key_width(self) -> float:
        return max(34.0, text_width(self._key, font(14, 600)) + 18)

    def _draw_key(self, painter: QPainter, area: QRectF, *, top: float) -> float:
        face, width = font(14, 600), self._key_width()
        rect = QRectF(area.width() - 20 - width, top, width, 28)
        on = self.isEnabled()
        box(painter, rect, line="on_accent_line" if on else "done_line", radius=6)
        tone = "on_accent" if on else "disabled_fg"
        write(painter, rect, self._key, face, tone=tone, align=Qt.AlignmentFlag.AlignCenter)
        return rect.left()

    def _two_lines(self, painter: QPainter, room: QRectF, width: float, paint: Paint) -> None:
        second = "on_accent2" if self.isEnabled() else paint.tone
        top = QRectF(room.left(), 16, room.width(), 28)
        write(painter, top, self.text(), font(20, 600), tone=paint.tone)
        below = QRectF(room.left(), 44, width, 20)
        write(painter, below, self._detail, font(14), tone=second)
