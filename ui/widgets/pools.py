"""Lists of painted rows: widgets are kept and shown anew, never built again for a new state."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtWidgets import QBoxLayout, QWidget

S = TypeVar("S")


class RowPool(Generic[S]):
    """Shows a sequence in a layout with as many widgets as were ever needed."""

    def __init__(self, layout: QBoxLayout, make: Callable[[], "RowWidget[S]"]) -> None:
        self._layout = layout
        self._make = make
        self._rows: list[RowWidget[S]] = []
        self._shown: tuple[S, ...] = ()

    @property
    def rows(self) -> list["RowWidget[S]"]:
        return self._rows[: len(self._shown)]

    def show(self, items: Sequence[S]) -> None:
        wanted = tuple(items)
        if wanted == self._shown:
            return
        while len(self._rows) < len(wanted):
            made = self._make()
            self._layout.insertWidget(len(self._rows), made)
            self._rows.append(made)
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(wanted))
            if place < len(wanted):
                row.show_item(wanted[place])
        self._shown = wanted


class RowWidget(QWidget, Generic[S]):
    """One row: keeps its item, paints only when it changed."""

    def __init__(self) -> None:
        super().__init__()
        self.item: S | None = None

    def show_item(self, item: S) -> None:
        if item != self.item:
            self.item = item
            self.setAccessibleName(self.spoken(item))
            self.adapt(item)
            self.update()

    def spoken(self, item: S) -> str:
        """What a screen reader says of it."""
        raise NotImplementedError

    def adapt(self, item: S) -> None:
        """Size or tooltip that depend on the item."""
