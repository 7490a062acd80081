"""Photos and files: small pictures with a cross, and where more are added."""

from PySide6.QtCore import QMimeData, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QWidget

from loket.kit.i18n import Words
from loket.reports.rules.attachments import USUAL_NAMES
from ui.reports.taking.parts.text import jpeg_of, local_files
from ui.reports.taking.state import FileFace, FilesState
from ui.theme.icons import draw_icon
from ui.theme.look import colour, font
from ui.theme.paint import CENTRE, box, cornered, write
from ui.widgets.buttons import Pressable
from ui.widgets.labels import Label, TextBlock
from ui.widgets.layouts import STRETCH, column, row

TALL, LOW = 112, 72
_GAP = 8


class DropCross(Pressable):
    """Takes a file off again."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(name, parent)
        self.setFixedSize(24, 24)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        fill = "hover" if self.state() != "rest" else "surface"
        box(painter, QRectF(self.rect()), fill=fill, radius=6)
        draw_icon(painter, "ph.x-bold", QRectF(4, 4, 16, 16), tone="text")
        painter.end()


class FileTile(QWidget):
    """A photo, or a file by its name."""

    dropped = Signal(str)

    def __init__(self, face: FileFace, words: Words) -> None:
        super().__init__()
        self.face = face
        self.setAccessibleName(face.name)
        self.setToolTip(face.name)
        self.cross = DropCross(words("Take {name} off", name=face.name), self)
        self.cross.clicked.connect(self._on_cross)
        self._picture = QPixmap()
        if face.picture:
            self._picture.loadFromData(face.picture)

    def set_side(self, side: int) -> None:
        self.setFixedSize(QSize(side, side))
        self.cross.move(side - 28, 4)

    def _on_cross(self) -> None:
        self.dropped.emit(self.face.id)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        area = QRectF(self.rect())
        if self._picture.isNull():
            self._paper(painter, area)
        else:
            painter.setClipPath(cornered(area, 8, below=True))
            painter.drawPixmap(area, self._picture, _middle_of(self._picture))
            painter.setClipping(False)
        box(painter, area, line="border")
        painter.end()

    def _paper(self, painter: QPainter, area: QRectF) -> None:
        box(painter, area, fill="surface3")
        spot = QRectF(area.center().x() - 14, area.center().y() - 22, 28, 28)
        draw_icon(painter, "ph.file-pdf", spot, tone="text2")
        line = QRectF(8, area.height() - 28, area.width() - 16, 20)
        write(painter, line, self.face.name, font(12, 500), tone="text2", align=CENTRE)


def _middle_of(picture: QPixmap) -> QRectF:
    """The largest square of it."""
    side = min(picture.width(), picture.height())
    return QRectF((picture.width() - side) / 2, (picture.height() - side) / 2, side, side)


class AddTile(Pressable):
    """A dashed square with what it adds."""

    def __init__(self, text: str, *, icon: str) -> None:
        super().__init__(text)
        self._icon = icon

    def set_side(self, side: int) -> None:
        self.setFixedSize(QSize(side, side))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        area = QRectF(self.rect())
        fill = {"hover": "hover", "pressed": "surface3"}.get(self.state(), "surface")
        box(painter, area, fill=fill)
        pen = QPen(colour("border_strong"), 1, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        middle = area.center()
        corner = QPointF(middle.x() - 12, middle.y() - 26)
        draw_icon(painter, self._icon, QRectF(corner.x(), corner.y(), 24, 24), tone="accent")
        line = QRectF(4, middle.y() + 4, area.width() - 8, 20)
        write(painter, line, self.text(), font(14, 600), tone="accent", align=CENTRE)
        painter.end()


class PhotoPart(QWidget):
    """Choose, paste or drop; what is refused says why beside the label."""

    chosen = Signal(list)
    pasted = Signal(bytes)
    dropped = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._side = TALL
        self._shown: tuple[FileFace, ...] = ()
        self.tiles: list[FileTile] = []
        self._count = Label("", "small", tone="text2")
        self.add = AddTile(words("File"), icon="ph.paperclip-bold")
        self.paste = AddTile(words("Paste"), icon="ph.clipboard-text-bold")
        self._hint = TextBlock(words("Or drop photos and PDF files here."), "small")
        self._hint.setFixedSize(QSize(116, 60))
        title = Label(words("Photos and attachments"), "small", weight=600, tone="text2")
        head = row(title, 8, self._count)
        head.setStretch(2, 1)
        self._strip: QHBoxLayout = row(self.add, self.paste, 6, self._hint, STRETCH, gap=_GAP)
        self.setLayout(column(head, 4, self._strip))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.add.clicked.connect(self._on_add)
        self.paste.clicked.connect(self._on_paste)
        self.set_side(TALL)

    def set_side(self, side: int) -> None:
        """Lower where the window is."""
        self._side = side
        for button in (self.add, self.paste):
            button.set_side(side)
        for tile in self.tiles:
            tile.set_side(side)

    def show_files(self, state: FilesState) -> None:
        if state.files != self._shown:
            self._shown = state.files
            self._make_tiles()
        self._count.setText(state.wrong or state.count)
        self._count.set_tone("late_fg" if state.wrong else "text2")
        self._count.setAccessibleName(state.wrong or state.count)
        for button in (self.add, self.paste):
            button.setVisible(state.can_add)
        self._hint.setVisible(len(state.files) <= 1)

    def _make_tiles(self) -> None:
        for tile in self.tiles:
            self._strip.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self.tiles = [FileTile(face, self._words) for face in self._shown]
        for place, tile in enumerate(self.tiles):
            tile.set_side(self._side)
            tile.dropped.connect(self.dropped)
            self._strip.insertWidget(place, tile)

    def _on_add(self) -> None:
        words = self._words
        kinds = words("Photos and PDF files ({endings})", endings=USUAL_NAMES)
        every = words("All files ({endings})", endings="*")
        # Without a native dialog this would be a window of Qt's own; both block only this window.
        paths, _filter = QFileDialog.getOpenFileNames(
            self, words("Photos and attachments"), "", f"{kinds};;{every}"
        )
        if paths:
            self.chosen.emit(paths)

    def _on_paste(self) -> None:
        self.take(QGuiApplication.clipboard().mimeData())

    def take(self, source: QMimeData) -> None:
        """What was copied or dropped: files, or the pixels of a picture."""
        files = local_files(source)
        if files:
            self.chosen.emit(files)
        elif source.hasImage():
            self.pasted.emit(jpeg_of(source))
