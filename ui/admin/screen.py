"""Beheer: the list of sections at the left, the open one beside it."""

from typing import Any

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from loket.kit.i18n import Words
from ui.admin.sections import SECTIONS, Section, SectionId
from ui.admin.view_model import AdminState, AdminViewModel
from ui.core.actions import ActionId
from ui.theme.icons import draw_icon
from ui.theme.look import font
from ui.theme.paint import box, write
from ui.widgets.buttons import Pressable
from ui.widgets.cards import Edged
from ui.widgets.chips import chip_width, draw_chip
from ui.widgets.labels import Label
from ui.widgets.layouts import STRETCH, column, row

LIST_WIDTH = 216


class SectionItem(Pressable):
    """One section in the list."""

    def __init__(self, text: str, *, icon: str) -> None:
        super().__init__(text)
        self._icon, self._many = icon, 0
        self.setCheckable(True)
        self.setFixedHeight(44)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_many(self, many: int) -> None:
        """How many things wait there."""
        if many != self._many:
            self._many = many
            self.setAccessibleName(f"{self.text()}, {many}" if many else self.text())
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(LIST_WIDTH - 24, 44)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter, area = QPainter(self), QRectF(self.rect())
        on = self.isChecked()
        if on:
            box(painter, area, fill="accent_tint2")
        elif self.state() in {"hover", "pressed"}:
            box(painter, area, fill="hover")
        tone = "accent" if on else "text2"
        draw_icon(painter, self._icon, QRectF(12, 12, 20, 20), tone=tone)
        right = area.width() - 8
        if self._many:
            right -= chip_width(str(self._many), "", height=20) + 6
            draw_chip(
                painter,
                text=str(self._many),
                icon="",
                tone="wait",
                left=right + 6,
                middle=22,
                height=20,
            )
        ink = "accent" if on else "text"
        write(painter, QRectF(40, 0, right - 40, 44), self.text(), font(14, 600), tone=ink)
        painter.end()


class AdminScreen(QWidget):
    """State in, intents out."""

    def __init__(
        self, model: AdminViewModel, words: Words, sections: tuple[Section, ...] = SECTIONS
    ) -> None:
        super().__init__()
        self._model = model
        self._words = words
        self._sections = {section.id: section for section in sections}
        self._opened: dict[SectionId, Any] = {}
        self._build()
        model.state_changed.connect(self._on_state)
        self._render(model.state)

    def _build(self) -> None:
        self.setObjectName("page")
        self.setAccessibleName(self._words("Administration"))
        self.items = {
            ident: SectionItem(self._words(section.text), icon=section.icon)
            for ident, section in self._sections.items()
        }
        for ident, item in self.items.items():
            item.clicked.connect(lambda _checked, ident=ident: self._on_chosen(ident))
        listed = Edged("right")
        listed.setFixedWidth(LIST_WIDTH)
        title = Label(self._words("Administration"), "title")
        listed.setLayout(
            column(title, 12, *self._listed(), STRETCH, gap=4, margins=(12, 20, 12, 16))
        )
        self.pages = QStackedWidget()
        self.pages.setContentsMargins(24, 20, 24, 16)
        whole = row(listed, self.pages)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _listed(self) -> list[QWidget | int]:
        """The items, with the name of a group over its first."""
        self._groups: dict[str, Label] = {}
        listed: list[QWidget | int] = []
        for ident, item in self.items.items():
            group = self._sections[ident].group
            if group and group not in self._groups:
                head = Label(self._words(group), "small", weight=600, tone="text2")
                self._groups[group] = head
                listed += [12, head]
            listed.append(item)
        return listed

    # what the window asks

    def take_focus(self) -> None:
        section = self._opened.get(self._model.state.chosen)
        if section is not None:
            section.take_focus()

    def do(self, action: ActionId) -> None:
        section = self._opened.get(self._model.state.chosen)
        if section is not None:
            section.do(action)

    def do_digit(self, _digit: int) -> None:
        """No quick keys here."""

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self._model.open()
        self._render(self._model.state)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        super().hideEvent(event)
        self._model.leave()

    # rendering

    def _on_chosen(self, section: SectionId) -> None:
        self._model.choose(section)
        self._render(self._model.state)
        self.take_focus()

    def _on_state(self, state: AdminState) -> None:
        if self.isVisible():
            self._render(state)

    def _render(self, state: AdminState) -> None:
        for ident, item in self.items.items():
            item.setVisible(ident in state.sections)
            item.setChecked(ident is state.chosen)
        for group, head in self._groups.items():
            head.setVisible(any(self._sections[one].group == group for one in state.sections))
        if SectionId.WORKLIST in self.items:
            self.items[SectionId.WORKLIST].show_many(state.misfits)
        if state.chosen in state.sections:
            self.pages.setCurrentWidget(self._section(state.chosen))

    def _section(self, ident: SectionId) -> QWidget:
        """Made when it is first opened."""
        if ident not in self._opened:
            section = self._sections[ident].build(self._model.rooms[ident], self._words)
            self._opened[ident] = section
            self.pages.addWidget(section)
        widget: QWidget = self._opened[ident]
        return widget
