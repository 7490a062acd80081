"""Row by row: a mean or a share as a bar, and where there is one, nine in ten as a mark."""

import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont

from ui.insight.state import Bar
from ui.theme.look import colour, font

_LETTERS = 22
NAMES_WIDTH = 160


class RowChart(pg.PlotWidget):  # type: ignore[misc]  # a package without types
    """Bars that lie, so that long names can be read; the first row at the top."""

    def __init__(self) -> None:
        super().__init__(background=None)
        self._bars: tuple[Bar, ...] = ()
        self.setAntialiasing(True)
        self.setMouseEnabled(x=False, y=False)
        self.hideButtons()
        self.setMenuEnabled(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.getPlotItem().invertY(b=True)

    def show_bars(self, bars: tuple[Bar, ...]) -> None:
        if bars != self._bars:
            self._bars = bars
            self._draw()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.getPlotItem() is not None:
            self._draw()

    def _draw(self) -> None:
        plot = self.getPlotItem()
        plot.clear()
        self.setBackground(colour("surface"))
        if not self._bars:
            return
        places = list(range(len(self._bars)))
        accent = colour("chart1")
        plot.addItem(
            pg.BarGraphItem(
                x0=0,
                y=places,
                height=0.6,
                width=[bar.value for bar in self._bars],
                brush=accent,
                pen=pg.mkPen(None),
            )
        )
        for place, bar in enumerate(self._bars):
            if bar.mark is not None:
                pen = pg.mkPen(colour("text"), width=2)
                plot.plot([bar.mark, bar.mark], [place - 0.34, place + 0.34], pen=pen)
        self._dress(places)

    def _dress(self, places: list[int]) -> None:
        plot = self.getPlotItem()
        small: QFont = font(12, 500)
        for side in ("left", "bottom"):
            axis = plot.getAxis(side)
            axis.setTickFont(small)
            axis.setTextPen(colour("text2"))
            axis.setPen(pg.mkPen(colour("chart_grid")))
        plot.getAxis("left").setTicks(
            [[(place, _short(bar.name)) for place, bar in zip(places, self._bars, strict=True)]]
        )
        plot.getAxis("left").setStyle(tickLength=0, hideOverlappingLabels=False)
        plot.getAxis("left").setWidth(NAMES_WIDTH)
        plot.showGrid(x=True, y=False, alpha=0.3)
        plot.getAxis("bottom").setZValue(-1)  # its lines behind the bars
        longest = max(max(bar.value, bar.mark or 0.0) for bar in self._bars)
        plot.setXRange(0, max(1.0, longest * 1.05), padding=0)
        plot.setYRange(-0.6, len(self._bars) - 0.4, padding=0)


def _short(name: str) -> str:
    return name if len(name) <= _LETTERS else f"{name[: _LETTERS - 1]}…"
