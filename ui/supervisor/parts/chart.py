"""The day in half hours: who came, who is expected, and room for how many."""

from typing import Any

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGraphicsRectItem, QSizePolicy, QVBoxLayout, QWidget

from loket.kit.i18n import Words
from ui.supervisor.state import Band, Bar, DayChart
from ui.theme.look import colour, font
from ui.theme.paint import box, text_width, write
from ui.widgets.cards import Card, EmptyState
from ui.widgets.labels import Label
from ui.widgets.layouts import STRETCH, column, row

_BAR = 0.8
_BEYOND = 24
"""Pixels that the text of an axis may stand out at its ends."""
_FEWEST = 4.0
"""The scale never shows fewer visitors than this: one person is no tower."""


def _pyqtgraph() -> Any:
    """Imported when a chart is first drawn: it brings numpy, and no other screen needs it."""
    import pyqtgraph  # noqa: PLC0415 - as said

    pyqtgraph.setConfigOptions(antialias=True)
    return pyqtgraph


class Plot(QWidget):
    """The drawing itself; made at the first day to draw, drawn anew when day or theme change."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._chart = DayChart()
        self._view: Any = None
        self._room = QVBoxLayout(self)
        self._room.setContentsMargins(0, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(140)

    def show_chart(self, chart: DayChart) -> None:
        if chart != self._chart:
            self._chart = chart
            self._draw()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.StyleChange}:
            self._draw()
        super().changeEvent(event)

    def _draw(self) -> None:
        if not self._chart.bars:
            return
        if self._view is None:
            self._view = self._new_view()
            self._room.addWidget(self._view)
        plot = self._view.getPlotItem()
        plot.clear()
        top = max(_FEWEST, *(max(bar.arrived, bar.expected) for bar in self._chart.bars))
        top = max(top, *(bar.room or 0.0 for bar in self._chart.bars)) * 1.12
        # A hair wider than the bars: a tick exactly at an end is taken to lie outside.
        ends = (-0.01, len(self._chart.bars) + 0.01)
        plot.setRange(xRange=ends, yRange=(-0.001 * top, top), padding=0)
        self._dress(plot, top)
        self._draw_bands(plot, top)
        self._draw_bars(plot)
        self._draw_room(plot)
        self._draw_now(plot, top)

    def _new_view(self) -> Any:
        graph = _pyqtgraph()
        view = graph.PlotWidget(background=None)
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setFrameShape(view.Shape.NoFrame)
        view.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        view.setMinimumSize(0, 0)
        plot = view.getPlotItem()
        plot.setMouseEnabled(x=False, y=False)
        plot.setMenuEnabled(False)
        plot.hideButtons()
        plot.layout.setContentsMargins(0, 6, 20, 0)
        return view

    def _dress(self, plot: Any, top: float) -> None:
        self._view.setBackground(colour("surface"))
        bottom, left = plot.getAxis("bottom"), plot.getAxis("left")
        for axis in (bottom, left):
            axis.setTickFont(font(12, 500))
            axis.setTextPen(colour("text2"))
            axis.setPen(colour("chart_grid"))
            axis.setStyle(tickLength=0, hideOverlappingLabels=_BEYOND)
            axis.setZValue(-50)
        bottom.setTicks([[(at, text) for at, text in enumerate(self._chart.labels) if text]])
        left.setTicks([[(at, str(at)) for at in scale(top)]])
        left.setWidth(30)
        for at in scale(top):
            line = _pyqtgraph().InfiniteLine(at, angle=0, pen=QPen(colour("chart_grid"), 0))
            line.setZValue(-30)
            plot.addItem(line)

    def _draw_bands(self, plot: Any, top: float) -> None:
        short = self._chart.short
        if short is not None:
            area = QGraphicsRectItem(short.first, 0, short.last - short.first + 1, top)
            area.setPen(QPen(Qt.PenStyle.NoPen))
            area.setBrush(colour("late_bg"))
            area.setZValue(-20)
            plot.addItem(area)
            self._write(plot, short, top, tone="late_fg", bold=True, anchor=(0.5, 0.0))
        for gap in self._chart.breaks:
            self._write(plot, gap, top * 0.5, tone="text2", bold=False, anchor=(0.5, 0.5))

    def _write(
        self,
        plot: Any,
        band: Band,
        height: float,
        *,
        tone: str,
        bold: bool,
        anchor: tuple[float, float],
    ) -> None:
        text = _pyqtgraph().TextItem(band.text, color=colour(tone), anchor=anchor)
        text.setFont(font(13, 600 if bold else 400))
        text.setPos((band.first + band.last + 1) / 2, height)
        text.setZValue(30)
        plot.addItem(text)

    def _draw_bars(self, plot: Any) -> None:
        """Behind what is expected, from this half hour on; in front who came."""
        bars, now = self._chart.bars, self._chart.now
        expected = [(at, bar.expected) for at, bar in enumerate(bars) if at + 1 > now]
        arrived = [(at, float(bar.arrived)) for at, bar in enumerate(bars) if bar.arrived]
        self._bars(plot, expected, fill="accent_tint2", line="chart1")
        self._bars(plot, arrived, fill="chart1", line="chart1")

    def _bars(self, plot: Any, heights: list[tuple[int, float]], *, fill: str, line: str) -> None:
        shown = [(at, height) for at, height in heights if height > 0]
        if shown:
            item = _pyqtgraph().BarGraphItem(
                x=[at + 0.5 for at, _height in shown],
                height=[height for _at, height in shown],
                width=_BAR,
                brush=colour(fill),
                pen=QPen(colour(line), 0),
            )
            plot.addItem(item)

    def _draw_room(self, plot: Any) -> None:
        x, y = steps(self._chart.bars)
        if not x:
            return
        for tone, width in (("surface", 7), ("text", 3)):
            pen = QPen(colour(tone), width)
            pen.setCosmetic(True)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            curve = _pyqtgraph().PlotCurveItem(x, y, pen=pen, connect="finite")
            curve.setZValue(10)
            plot.addItem(curve)

    def _draw_now(self, plot: Any, top: float) -> None:
        now = self._chart.now
        if not 0 <= now <= len(self._chart.bars):
            return
        pen = QPen(colour("text"), 2)
        pen.setCosmetic(True)
        line = _pyqtgraph().InfiniteLine(now, angle=90, pen=pen)
        line.setZValue(20)
        plot.addItem(line)
        place = Band(0, 0, self._words("now"))
        text = _pyqtgraph().TextItem(
            place.text, color=colour("text"), anchor=(1.0 if now >= 1 else 0.0, 0.0)
        )
        text.setFont(font(13, 600))
        text.setPos(now, top)
        plot.addItem(text)


def scale(top: float) -> range:
    """Whole visitors at some four to six places of the axis."""
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000) if top / step <= 6)  # noqa: PLR2004 - as said
    return range(0, int(top) + 1, step)


def steps(bars: tuple[Bar, ...]) -> tuple[list[float], list[float]]:
    """The line of room as points; not-a-number where it is broken off."""
    x: list[float] = []
    y: list[float] = []
    for at, bar in enumerate(bars):
        if bar.room is None:
            x.append(float(at))
            y.append(float("nan"))
        else:
            x += [float(at), float(at + 1)]
            y += [bar.room, bar.room]
    return x, y


class Legend(QWidget):
    """What the three signs mean."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._texts = (words("arrived"), words("expected"), words("room"))
        self._widths = [text_width(text, font(13)) + 42 for text in self._texts]
        self.setFixedSize(round(sum(self._widths)), 20)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        left = 0.0
        for place, text in enumerate(self._texts):
            spot = QRectF(left + 8, 4, 12, 12)
            if place == 0:
                box(painter, spot, fill="chart1", radius=1)
            elif place == 1:
                box(painter, spot, fill="accent_tint2", line="chart1", radius=1)
            else:
                painter.fillRect(QRectF(left + 6, 8.5, 16, 3), colour("text"))
            room = QRectF(left + 27, 0, self._widths[place], 20)
            write(painter, room, text, font(13), tone="text2")
            left += self._widths[place]
        painter.end()


class ChartCard(Card):
    """The chart with its heading, and what it says when there is nothing to draw."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._subject = Label("", "small", tone="text2")
        self.plot = Plot(words)
        self._legend = Legend(words)
        self._empty = EmptyState(icon="ph.chart-bar", title=words("Closed today"))
        title = Label(words("Today: arrivals and room"), "strong")
        title.setMinimumWidth(title.sizeHint().width())
        head = row(title, 16, self._subject, STRETCH, self._legend)
        self.setLayout(column(head, 8, self.plot, self._empty, margins=(16, 12, 12, 8)))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_chart(self, chart: DayChart) -> None:
        words = self._words
        parts = [chart.subject, words("per half hour") if chart.bars else "", chart.learnt]
        self._subject.setText(", ".join(part for part in parts if part))
        some = bool(chart.bars)
        self.plot.setVisible(some)
        self._legend.setVisible(some)
        self._empty.setVisible(not some)
        read = bool(chart.learnt)
        self._empty.say(words("Closed today") if read else words("Figures come here in a moment"))
        self.setAccessibleName(self._spoken(chart))
        self.plot.show_chart(chart)

    def _spoken(self, chart: DayChart) -> str:
        """What the drawing says, for who does not see it."""
        arrived = sum(bar.arrived for bar in chart.bars)
        expected = round(sum(bar.expected for bar in chart.bars))
        said = self._words(
            "{subject}: {arrived} arrived of {expected} expected today",
            subject=chart.subject,
            arrived=arrived,
            expected=expected,
        )
        if chart.short is None:
            return said
        begins = self._words.time(chart.bars[chart.short.first].begins)
        more = self._words("{many} from {time} on", many=chart.short.text, time=begins)
        return f"{said}; {more}"
