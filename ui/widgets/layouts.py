"""Layouts in one call: widgets, gaps in pixels, and stretches."""

from typing import Final, TypeAlias, TypeVar

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget


class Stretch:
    """Takes the room that is left."""


STRETCH: Final = Stretch()
Item: TypeAlias = QWidget | QLayout | int | Stretch
Margins: TypeAlias = tuple[int, int, int, int]
"""Left, top, right, bottom."""
BoxT = TypeVar("BoxT", bound=QBoxLayout)


def row(*items: Item, gap: int = 0, margins: Margins = (0, 0, 0, 0)) -> QHBoxLayout:
    return _fill(QHBoxLayout(), items, gap=gap, margins=margins)


def column(*items: Item, gap: int = 0, margins: Margins = (0, 0, 0, 0)) -> QVBoxLayout:
    return _fill(QVBoxLayout(), items, gap=gap, margins=margins)


def _fill(layout: BoxT, items: tuple[Item, ...], *, gap: int, margins: Margins) -> BoxT:
    layout.setSpacing(gap)
    layout.setContentsMargins(*margins)
    for item in items:
        _add(layout, item)
    return layout


def _add(layout: QBoxLayout, item: Item) -> None:
    if isinstance(item, QWidget):
        layout.addWidget(item)
    elif isinstance(item, QLayout):
        layout.addLayout(item)
    elif isinstance(item, int):
        layout.addSpacing(item)
    else:
        layout.addStretch(1)
