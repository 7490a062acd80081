"""Where it is: an address found while typing, a point on the map, or not about a place."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from loket.kit.i18n import Words
from ui.reports.taking.parts.hits import FindField
from ui.reports.taking.state import AlikeState, PlaceState
from ui.widgets.buttons import KeyButton
from ui.widgets.fields import ClearButton
from ui.widgets.labels import Label
from ui.widgets.layouts import STRETCH, column, row
from ui.widgets.town_map.model import MapMarker
from ui.widgets.town_map.widget import MapWords, TownMapView

_MAP, _FIELD = 280, 72


class PlacePart(QWidget):
    """State in, a place out."""

    typed = Signal(str)
    nowhere_toggled = Signal()
    spot_chosen = Signal(object)
    mark_pressed = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        name = words("Where?")
        self.field = FindField(name, icon="ph.map-pin-fill")
        self.field.setPlaceholderText(words("Street and number, or a place"))
        self.field.setTextMargins(26, 0, 26, 0)
        self._cross = ClearButton(words("Empty the place"), self.field)
        self._cross.setFixedSize(QSize(28, 28))
        self._cross.hide()
        self.nowhere = KeyButton(words("Not about a place"), kind="ghost", height=24)
        self.nowhere.setCheckable(True)
        head = row(Label(name, "small", weight=600, tone="text2"), STRETCH, self.nowhere)
        self.map = TownMapView(
            MapWords(
                name=words("Map of the town"),
                keys=words("Arrows move it, plus and minus zoom, Enter chooses the middle."),
                zoom_in=words("Zoom in"),
                zoom_out=words("Zoom out"),
            )
        )
        self.map.setMaximumHeight(_MAP)
        self.map.hide()
        layout = column(head, self.field, 8)
        layout.addWidget(self.map, 1)
        layout.addStretch(0)
        self.setLayout(layout)
        self.map.spot_chosen.connect(self.spot_chosen)
        self.map.marker_pressed.connect(self.mark_pressed)
        self.field.textEdited.connect(self.typed)
        self._cross.clicked.connect(self._on_cross)
        self.nowhere.clicked.connect(self.nowhere_toggled)

    def show_map(self, state: PlaceState, alike: AlikeState) -> None:
        """The town with a pin, and the numbers of what is alike."""
        shown = state.map is not None and not state.nowhere
        self.map.setVisible(shown)
        self.setMaximumHeight(_FIELD + (_MAP if shown else 0))
        if state.map is None:
            return
        self.map.show_map(state.map)
        self.map.set_pin(state.point)
        self.map.describe(state.text)
        self.map.set_markers(
            tuple(
                MapMarker(one.id, one.number, one.point, one.reference, one.chosen)
                for one in alike.rows
                if one.point is not None
            )
        )

    def show_place(self, state: PlaceState) -> None:
        if self.field.text() != state.text:
            self.field.setText(state.text)
        self._cross.setVisible(bool(state.text))
        self.field.show_tone("accent" if state.known else "text2")
        self.field.setToolTip(state.text)
        self.nowhere.setChecked(state.nowhere)
        text = self._words("It is about a place") if state.nowhere else ""
        self.nowhere.set_words(text or self._words("Not about a place"))
        hint = self._words("Not about a place")
        self.field.setEnabled(not state.nowhere)
        ask = self._words("Street and number, or a place")
        self.field.setPlaceholderText(hint if state.nowhere else ask)
        self._place_cross()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._place_cross()

    def _place_cross(self) -> None:
        self._cross.move(self.field.width() - 34, 6)

    def _on_cross(self) -> None:
        self.typed.emit("")
        self.field.setFocus()
