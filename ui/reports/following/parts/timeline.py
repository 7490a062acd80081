"""The history of a report: words in cards, steps in one line, files with a small picture."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from loket.kit.i18n import Words
from ui.reports.following.parts.post import PostRow
from ui.reports.following.state import FileFace, Item
from ui.theme.icons import draw_icon
from ui.theme.look import colour, font
from ui.theme.paint import box, text_width, write
from ui.widgets.buttons import Pressable
from ui.widgets.cards import Scrolled
from ui.widgets.labels import Label, TextBlock
from ui.widgets.layouts import STRETCH, column, row

_LOOKS = {
    "said": ("surface", "border"),
    "ours": ("accent_tint", "accent_line"),
    "note": ("surface3", "border_strong"),
}
_THUMB = 72
_NAME = 200
"""So much of a name is shown before what follows it is cut further."""


class _IconBox(QWidget):
    """The square of 32 px beside an item."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(QSize(32, 32))
        self._icon, self._ours = "ph.user", False

    def show_icon(self, icon: str, *, ours: bool) -> None:
        self._icon, self._ours = icon, ours
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        box(painter, QRectF(self.rect()), fill="accent_tint2" if self._ours else "surface3")
        tone = "accent" if self._ours else "text2"
        draw_icon(painter, self._icon, QRectF(6, 6, 20, 20), tone=tone)
        painter.end()


class _Ground(QFrame):
    """The card of what is said; dashed where only colleagues read it."""

    def __init__(self) -> None:
        super().__init__()
        self.kind = "said"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        if self.kind == "step":
            return
        fill, line = _LOOKS[self.kind]
        painter = QPainter(self)
        area = QRectF(self.rect())
        if self.kind != "note":
            box(painter, area, fill=fill, line=line, radius=10)
        else:
            box(painter, area, fill=fill, radius=10)
            pen = QPen(colour(line), 1, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        painter.end()


class FileButton(Pressable):
    """An attachment: its small picture or an icon, its name; a press opens it."""

    def __init__(self) -> None:
        super().__init__("")
        self.face: FileFace | None = None
        self._picture: QPixmap | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_file(self, face: FileFace, picture: bytes | None) -> None:
        self.face = face
        self.setText(face.name)
        self.setAccessibleName(f"{face.name}, {face.detail}")
        self.setToolTip(f"{face.name}, {face.detail}")
        self._picture = None
        if picture is not None:
            loaded = QPixmap()
            self._picture = loaded if loaded.loadFromData(picture) else None
        self.setFixedHeight(_THUMB + 8 if self._picture is not None else 28)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        wide = text_width(self.text(), font(14, 600)) + 28
        return QSize(round(wide + (_THUMB if self._picture else 0)), self.height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(60, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        left, middle = 0.0, self.height() / 2
        if self._picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            size = self._picture.size().scaled(
                _THUMB * 4 // 3, _THUMB, Qt.AspectRatioMode.KeepAspectRatio
            )
            spot = QRectF(0, 4, size.width(), size.height())
            painter.drawPixmap(spot, self._picture, QRectF(self._picture.rect()))
            left = spot.right() + 10
        else:
            photo = self.face is not None and self.face.has_picture
            icon = "ph.image" if photo else "ph.file-text"
            draw_icon(painter, icon, QRectF(0, middle - 10, 20, 20), tone="accent")
            left = 28
        face = font(14, 600)
        write(
            painter,
            QRectF(left, middle - 10, self.width() - left, 20),
            self.text(),
            face,
            tone="accent_hover" if self.underMouse() else "accent",
        )
        painter.end()


class TimelineItem(QWidget):
    """One of the history; shown anew, never built again."""

    opened = Signal(str)
    again_wished = Signal(str)
    other_wished = Signal(int)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._icon, self._ground = _IconBox(), _Ground()
        self._name = Label("", "small", weight=600)
        self._via = Label("", "small", tone="text2")
        self._when = Label("", "small", tone="text2", whole=True)
        self._text = TextBlock("", tone="text")
        self._step = Label("", "small", tone="text2")
        self._files: list[FileButton] = []
        self._filed = column()
        self._head = QWidget()
        self._head.setLayout(row(self._name, self._via, STRETCH, gap=8))
        line = row(self._head, self._step, self._when, gap=8)
        line.setStretch(1, 1)
        self.post = PostRow(words)
        self.post.again_wished.connect(self.again_wished)
        self.post.other_wished.connect(self.other_wished)
        self._inner = column(line, self._text, self._filed, self.post)
        self._ground.setLayout(self._inner)
        beside = column(self._icon, STRETCH)
        whole = row(beside, self._ground, gap=12)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.item: Item | None = None
        self._pictures: tuple[tuple[str, bytes], ...] = ()

    def show_item(self, item: Item, pictures: tuple[tuple[str, bytes], ...]) -> None:
        wanted = {one.id for one in item.files}
        own = tuple(pair for pair in pictures if pair[0] in wanted)
        if (item, own) == (self.item, self._pictures):
            return
        self.item, self._pictures = item, own
        step = item.kind == "step"
        self._ground.kind = item.kind
        self._inner.setContentsMargins(*((0, 6, 0, 6) if step else (16, 8, 16, 9)))
        self._icon.show_icon(item.icon, ours=item.kind == "ours")
        self._head.setVisible(not step)
        self._text.setVisible(not step)
        self._step.setVisible(step)
        self._name.setText(item.name)
        self._name.setMinimumWidth(min(self._name.sizeHint().width(), _NAME))
        self._via.setText(item.via)
        self._step.setText(item.text if step else "")
        self._text.set_text("" if step else item.text)
        self._when.setText(item.when)
        self._when.set_tone("call_fg" if item.fresh else "text2")
        self._show_files(item.files, dict(own))
        self.post.show_post(item.post)
        self.setAccessibleName(f"{item.name} {item.via} {item.when}: {item.text}".strip())
        self._ground.update()

    def _show_files(self, files: tuple[FileFace, ...], pictures: dict[str, bytes]) -> None:
        while len(self._files) < len(files):
            made = FileButton()
            made.clicked.connect(self._on_file)
            self._files.append(made)
            self._filed.addWidget(made)
        for place, button in enumerate(self._files):
            button.setVisible(place < len(files))
            if place < len(files):
                button.show_file(files[place], pictures.get(files[place].id))

    def _on_file(self) -> None:
        button = self.sender()
        if isinstance(button, FileButton) and button.face is not None:
            self.opened.emit(button.face.id)


class Timeline(Scrolled):
    """All of it, the newest in sight."""

    opened = Signal(str)
    again_wished = Signal(str)
    other_wished = Signal(int)

    def __init__(self, words: Words) -> None:
        self._words = words
        self._items: QVBoxLayout = column(gap=12)
        super().__init__(column(self._items, STRETCH, margins=(24, 8, 24, 16)))
        self.setAccessibleName(words("History"))
        self._made: list[TimelineItem] = []
        self._shown: tuple[str, int] = ("", 0)
        self.verticalScrollBar().rangeChanged.connect(self._on_range)
        self._follow = False

    def show_items(
        self, ident: str, items: tuple[Item, ...], pictures: tuple[tuple[str, bytes], ...]
    ) -> None:
        while len(self._made) < len(items):
            made = TimelineItem(self._words)
            made.opened.connect(self.opened)
            made.again_wished.connect(self.again_wished)
            made.other_wished.connect(self.other_wished)
            self._items.addWidget(made)
            self._made.append(made)
        for place, item in enumerate(self._made):
            item.setVisible(place < len(items))
            if place < len(items):
                item.show_item(items[place], pictures)
        if (ident, len(items)) != self._shown:
            self._shown = (ident, len(items))
            self._follow = True
            self._on_range()

    @property
    def items(self) -> list[TimelineItem]:
        return [item for item in self._made if not item.isHidden()]

    def wheelEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        self._follow = False
        super().wheelEvent(event)  # type: ignore[arg-type]

    def _on_range(self, *_range: int) -> None:
        """Heights are known only after the layout: the end is kept in sight until one scrolls."""
        if self._follow:
            bar = self.verticalScrollBar()
            bar.setValue(bar.maximum())
