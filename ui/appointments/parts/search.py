"""The left panel: what it is for, where, for how many, and the first free moments."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from loket.appointments.rules.life import PartOfDay
from loket.kit.i18n import Words
from ui.appointments.parts.moments import MomentList
from ui.appointments.parts.product_field import ProductField
from ui.appointments.state import SearchState
from ui.core.actions import ActionId, key_of
from ui.theme.icons import draw_icon
from ui.theme.look import font
from ui.theme.paint import CENTRE, box, write
from ui.widgets.buttons import KeyButton, Pressable
from ui.widgets.cards import Glyph, Scrolled
from ui.widgets.chips import Chip
from ui.widgets.choices import Choice, Segmented
from ui.widgets.labels import Label, TextBlock
from ui.widgets.layouts import STRETCH, column, row

WIDTH = 280


class ChosenProduct(Pressable):
    """A further product of the appointment; pressing takes it off."""

    def __init__(self, product_id: str, name: str, spoken: str) -> None:
        super().__init__(name)
        self.product_id = product_id
        self.setAccessibleName(spoken)
        self.setToolTip(name)
        self.setFixedHeight(28)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        area = QRectF(self.rect())
        box(painter, area, fill="accent_tint", line="accent_line", radius=6)
        write(painter, area.adjusted(10, 0, -28, 0), self.text(), font(13, 600), tone="accent")
        draw_icon(painter, "ph.x-bold", QRectF(area.right() - 23, 6, 16, 16), tone="accent")
        painter.end()


class Stepper(QWidget):
    """How many persons come."""

    changed = Signal(int)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._value = 1
        self.fewer = _small_button(words("One person fewer"), "ph.minus-bold")
        self.more = _small_button(words("One person more"), "ph.plus-bold")
        self._shown = Label("1", weight=600, align=CENTRE)
        self._shown.setFixedWidth(32)
        self.setLayout(row(self.fewer, self._shown, self.more))
        self.fewer.clicked.connect(lambda: self.changed.emit(self._value - 1))
        self.more.clicked.connect(lambda: self.changed.emit(self._value + 1))

    def show_value(self, value: int) -> None:
        self._value = value
        self._shown.setText(str(value))
        self.fewer.setEnabled(value > 1)


class SearchPanel(QWidget):
    """280 px at the left."""

    department_chosen = Signal(str)
    product_dropped = Signal(str)
    product_wished = Signal()
    site_chosen = Signal(str)
    persons_set = Signal(int)
    part_chosen = Signal(str)
    later_wished = Signal()
    wish_wished = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._sites: tuple[tuple[str, str], ...] = ()
        self._first_key: tuple[str, ...] = ()
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        self.sites: Segmented | None = None
        self._build()
        self._bind()

    def _build(self) -> None:
        words = self._words
        self.department = Choice(words("Department"))
        self.department.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.product = ProductField(words("Product"))
        self.product.setPlaceholderText(words("Search a product"))
        self._more_products = column(gap=4)
        self._chips: list[ChosenProduct] = []
        self._clock = Glyph("ph.clock", size=16)
        self._minutes = Label("", "small", tone="text2")
        self._access = Chip(tone="tint2", height=20)
        self.persons = Stepper(words)
        self._site_box = column(gap=4)
        self.part = Segmented(
            words("Part of the day"),
            (
                (PartOfDay.ANY.value, words("All")),
                (PartOfDay.MORNING.value, words("Morning")),
                (PartOfDay.AFTERNOON.value, words("Afternoon")),
            ),
            value=PartOfDay.ANY.value,
        )
        self.part.setFixedHeight(32)
        self.moments = MomentList(words)
        self._none = TextBlock("", "small")
        inner = column(self._none, self.moments, STRETCH)
        inner.setContentsMargins(3, 3, 3, 0)
        self.scrolled = Scrolled(inner)
        self.later = KeyButton(words("Search later"), icon="ph.caret-right-bold")
        self.wish = KeyButton(words("On the waiting list"), kind="ghost", height=32)
        self.setLayout(self._laid_out())

    def _laid_out(self) -> QVBoxLayout:
        words = self._words
        self.facts = row(self._clock, 6, self._minutes, 10, self._access, STRETCH)
        self.another = KeyButton(words("One more"), kind="ghost", icon="ph.plus-bold", height=24)
        self.another.setAccessibleName(words("Another product"))
        self.another.setToolTip(f"{words('Another product')} ({key_of(ActionId.ANOTHER_PRODUCT)})")
        self.another.clicked.connect(self.product_wished)
        named = Label(words("Product"), "small", weight=600, tone="text2")
        product = row(named, STRETCH, self.another)
        people = row(Label(words("Persons"), "small", weight=600, tone="text2"))
        people.addStretch(1)
        people.addWidget(self.persons)
        return column(
            Label(words("Find an appointment"), "title"),
            10,
            Label(words("Department"), "small", weight=600, tone="text2"),
            2,
            self.department,
            8,
            product,
            2,
            self.product,
            6,
            self._more_products,
            self.facts,
            6,
            people,
            6,
            self._site_box,
            12,
            Label(words("First free moments"), "strong"),
            6,
            self.part,
            6,
            self.scrolled,
            8,
            self.wish,
            4,
            self.later,
            margins=(20, 20, 18, 16),
        )

    def _bind(self) -> None:
        self.department.activated.connect(
            lambda place: self.department_chosen.emit(self.department.itemData(place))
        )
        self.persons.changed.connect(self.persons_set)
        self.part.chosen.connect(self.part_chosen)
        self.later.clicked.connect(self.later_wished)
        self.wish.clicked.connect(self.wish_wished)

    def show_search(self, state: SearchState) -> None:
        self._show_departments(state)
        self._show_products(state)
        self._show_sites(state)
        self.persons.show_value(state.persons)
        self.part.set_value(state.part.value)
        self._none.set_text(state.none)
        self._none.setVisible(bool(state.none))
        keys = tuple(day.key for day in state.days)
        if keys[:1] != self._first_key:
            self._first_key = keys[:1]
            self.scrolled.verticalScrollBar().setValue(0)
        self.moments.show_days(state.days)
        self.later.setVisible(state.can_later)
        self.wish.setVisible(state.can_wish)

    def _show_departments(self, state: SearchState) -> None:
        box = self.department
        known = tuple((box.itemData(n), box.itemText(n)) for n in range(box.count()))
        if known != state.departments:
            box.clear()
            for department_id, name in state.departments:
                box.addItem(name, department_id)
        box.setCurrentIndex(max(0, box.findData(state.department)))

    def _show_products(self, state: SearchState) -> None:
        first = state.products[0][1] if state.products else ""
        if state.adding and state.query == "" and self.product.text():
            self.product.clear()
        if state.query is None:
            self.product.show_name(first)
        wanted = state.products[1:] if len(state.products) > 1 else ()
        if tuple(chip.product_id for chip in self._chips) != tuple(each for each, _n in wanted):
            self._rebuild_chips(wanted)
        self._minutes.setText(state.minutes)
        self._access.show_state(state.access, icon=state.access_icon, tone="tint2")
        for widget in (self._clock, self._minutes, self._access, self.another):
            widget.setVisible(bool(state.products))

    def _rebuild_chips(self, wanted: tuple[tuple[str, str], ...]) -> None:
        for chip in self._chips:
            self._more_products.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        for product_id, name in wanted:
            chip = ChosenProduct(product_id, name, self._words("Take off {name}", name=name))
            chip.clicked.connect(self._on_dropped)
            self._more_products.addWidget(chip)
            self._chips.append(chip)

    def _on_dropped(self) -> None:
        chip = self.sender()
        if isinstance(chip, ChosenProduct):
            self.product_dropped.emit(chip.product_id)

    def _show_sites(self, state: SearchState) -> None:
        if self._sites != state.sites:
            self._sites = state.sites
            if self.sites is None:
                text = self._words("Location")
                self._site_box.addWidget(Label(text, "small", weight=600, tone="text2"))
            else:
                self._site_box.removeWidget(self.sites)
                self.sites.deleteLater()
            self.sites = Segmented(self._words("Location"), state.sites, value=state.site)
            self.sites.chosen.connect(self.site_chosen)
            self._site_box.addWidget(self.sites)
        if self.sites is not None:
            self.sites.set_value(state.site)


def _small_button(name: str, icon: str) -> KeyButton:
    made = KeyButton("", icon=icon, height=32)
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setFixedWidth(32)
    return made
