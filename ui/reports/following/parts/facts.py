"""Rows of the dock: a date that counts, a fact with its name, whom it can be sent on to."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.reports.following.state import Fact, Goal, TermFace
from ui.theme.icons import draw_icon
from ui.theme.look import colour, font
from ui.theme.paint import RIGHT, rule, text_width, write
from ui.widgets.buttons import Pressable
from ui.widgets.layouts import column
from ui.widgets.pools import RowWidget

_NAME = 92
_TERM_LEFT = 28


class TermRow(RowWidget[TermFace]):
    """An icon, what it is, and until when; the tooltip explains the date."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(28)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def spoken(self, item: TermFace) -> str:
        return f"{item.text}, {item.when}"

    def adapt(self, item: TermFace) -> None:
        self.setToolTip(item.tip)
        self.setAccessibleDescription(item.tip)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        item = self.item
        if item is None:
            return
        painter = QPainter(self)
        draw_icon(painter, item.icon, QRectF(0, 4, 20, 20), tone=item.tone)
        urgent = item.tone in {"late_fg", "wait_fg"}
        face = font(13, 600 if urgent else 400)
        shown = self._fitting(item, face)
        wide = text_width(shown, face) + 2
        when = QRectF(self.width() - wide, 4, wide, 20)
        write(painter, when, shown, face, tone=item.tone if urgent else "text2", align=RIGHT)
        room = self.width() - 28 - wide - 8
        tone = item.tone if urgent else "text"
        write(
            painter, QRectF(28, 4, room, 20), item.text, font(14, 600 if urgent else 400), tone=tone
        )
        painter.end()

    def _fitting(self, item: TermFace, face: QFont) -> str:
        """The day alone where both would not stand beside each other."""
        urgent = item.tone in {"late_fg", "wait_fg"}
        text = text_width(item.text, font(14, 600 if urgent else 400))
        room = self.width() - _TERM_LEFT - 8 - text
        return item.when if text_width(item.when, face) + 2 <= room else item.brief or item.when


class FactRow(Pressable):
    """A name and what it is; one that can be pressed is a link."""

    wished = Signal(str)

    def __init__(self) -> None:
        super().__init__("")
        self.fact = Fact("", "")
        self.setFixedHeight(24)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: self.wished.emit(self.fact.wish))

    def show_fact(self, fact: Fact) -> None:
        if fact == self.fact:
            return
        self.fact = fact
        self.setAccessibleName(f"{fact.name} {fact.text}".strip())
        self.setToolTip(fact.text)
        link = bool(fact.wish)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if link else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.ArrowCursor)
        self.setEnabled(True)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(160, 24)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(80, 24)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        fact = self.fact
        painter = QPainter(self)
        write(painter, QRectF(0, 2, _NAME, 20), fact.name, font(13), tone="text2")
        left = float(_NAME + 4)
        if fact.icon:
            draw_icon(painter, fact.icon, QRectF(left, 4, 16, 16), tone="text2")
            left += 22
        link = bool(fact.wish)
        pencil = fact.wish.startswith("form:")
        weight = 600 if fact.strong or (link and not pencil) else 400
        room = QRectF(left, 2, self.width() - left - (20 if pencil else 0), 20)
        tone = "accent" if link and not pencil else "text"
        write(painter, room, fact.text, font(14, weight), tone=tone)
        if pencil:
            spot = QRectF(self.width() - 17, 4, 16, 16)
            draw_icon(painter, "ph.pencil-simple", spot, tone="accent")
        painter.end()


class Facts(QWidget):
    """Facts below each other; rows are kept and shown anew."""

    wished = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._column = column()
        self.setLayout(self._column)
        self.rows: list[FactRow] = []

    def show_facts(self, facts: tuple[Fact, ...]) -> None:
        while len(self.rows) < len(facts):
            made = FactRow()
            made.wished.connect(self.wished)
            self.rows.append(made)
            self._column.addWidget(made)
        for place, row in enumerate(self.rows):
            row.setVisible(place < len(facts))
            if place < len(facts):
                row.show_fact(facts[place])


class GoalRow(Pressable):
    """A department or party, with a dot where it is chosen."""

    def __init__(self) -> None:
        super().__init__("")
        self.goal = Goal("", "", "", chosen=False)
        self.setCheckable(True)
        self.setFixedHeight(40)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_goal(self, goal: Goal) -> None:
        self.setChecked(goal.chosen)
        if goal != self.goal:
            self.goal = goal
            self.setText(goal.name)
            self.setAccessibleName(f"{goal.name}, {goal.detail}")
            self.setToolTip(goal.name)
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(200, 40)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(120, 40)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.goal.chosen
        if chosen or self.underMouse():
            inner = self.rect().adjusted(1, 1, -1, -1)
            painter.fillRect(inner, colour("accent_tint" if chosen else "hover"))
        spot = QRectF(11, 10, 20, 20)
        painter.setBrush(colour("surface"))
        painter.setPen(QPen(colour("accent" if chosen else "border_strong"), 6 if chosen else 1))
        inset = 3.0 if chosen else 0.5
        painter.drawEllipse(spot.adjusted(inset, inset, -inset, -inset))
        face = font(13)
        wide = text_width(self.goal.detail, face) + 2
        where = QRectF(self.width() - wide - 11, 10, wide, 20)
        write(painter, where, self.goal.detail, face, tone="text2", align=RIGHT)
        room = QRectF(43, 10, self.width() - 43 - wide - 20, 20)
        write(painter, room, self.goal.name, font(14, 600 if chosen else 400))
        low = self.height() - 0.5
        rule(painter, QPointF(1, low), QPointF(self.width() - 1, low))
        painter.end()
