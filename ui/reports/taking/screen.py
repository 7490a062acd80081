"""Taking a report down: what is the matter at the left, where in the middle, who at the right."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from loket.kit.i18n import Words
from loket.reports.rules.kinds import Audience, ReportKind, Urgency
from ui.core.actions import ActionId
from ui.reports.taking.naming import KINDS
from ui.reports.taking.parts.alike import AlikePart
from ui.reports.taking.parts.dock import TakingDock
from ui.reports.taking.parts.hits import HitBox
from ui.reports.taking.parts.photos import LOW, TALL, PhotoPart
from ui.reports.taking.parts.place import PlacePart
from ui.reports.taking.parts.suggestions import SuggestionPart
from ui.reports.taking.parts.text import TextBox
from ui.reports.taking.parts.visit_tag import VisitTag
from ui.reports.taking.state import TakingState
from ui.reports.taking.view_model import TakingViewModel
from ui.widgets.choices import Segmented
from ui.widgets.labels import Label
from ui.widgets.layouts import STRETCH, column, row

_SHORT_WINDOW = 800
"""A page that is lower has smaller pictures, so that the text keeps its room."""
_HITS = 420


def labelled(label: str, field: QWidget) -> QWidget:
    made = QWidget()
    made.setLayout(column(Label(label, "small", weight=600, tone="text2"), 4, field))
    return made


class TakingScreen(QWidget):
    """State in, intents out."""

    def __init__(self, model: TakingViewModel, words: Words, switch: QWidget | None = None) -> None:
        """``switch``: what stands at the top right, to go to the follow-up."""
        super().__init__()
        self._model = model
        self._words = words
        self._build(switch)
        self._bind()
        self._render(model.state)

    def _build(self, switch: QWidget | None) -> None:
        words = self._words
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self._title = Label("", "page", whole=True)
        self._visit = VisitTag()
        self.kind = Segmented(
            words("Kind"),
            tuple((kind.value, words(text)) for kind, (text, _icon) in KINDS.items()),
            value=ReportKind.ISSUE.value,
            icons={kind.value: icon for kind, (_text, icon) in KINDS.items()},
        )
        self.text = TextBox(words)
        self.category = SuggestionPart(words)
        self._build_choices()
        self.photos = PhotoPart(words)
        self.place = PlacePart(words)
        self.alike = AlikePart(words)
        self.dock = TakingDock(words)
        head = row(self._title, 16, STRETCH, self._visit)
        if switch is not None:
            head.addSpacing(12)
            head.addWidget(switch)
        page = column(head, 14, self._columns(), margins=(24, 20, 24, 16))
        page.setStretch(2, 1)
        whole = row(page, self.dock)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self.category_hits = HitBox(
            words("Categories found"), words("No category has these words."), self
        )
        self.place_hits = HitBox(
            words("Addresses found"), words("Not on the map. It is kept as it is typed."), self
        )

    def _build_choices(self) -> None:
        words = self._words
        self.urgency = Segmented(
            words("Urgency"),
            (
                (Urgency.NORMAL.value, words("Normal")),
                (Urgency.DANGEROUS.value, words("Dangerous")),
            ),
            value=Urgency.NORMAL.value,
            icons={Urgency.DANGEROUS.value: "ph.warning"},
        )
        self.audience = Segmented(
            words("Visible to others"),
            (
                (Audience.TOWN_ONLY.value, words("Town only")),
                (Audience.ON_MAP.value, words("On the map")),
            ),
            value=Audience.TOWN_ONLY.value,
        )

    def _columns(self) -> QHBoxLayout:
        words = self._words
        left = column(labelled(words("Kind"), self.kind), 14)
        left.addWidget(self.text, 10)
        left.addSpacing(12)
        left.addWidget(self.category)
        left.addSpacing(14)
        choices = row(
            labelled(words("Urgency"), self.urgency),
            labelled(words("Visible to others"), self.audience),
            gap=24,
        )
        left.addLayout(choices)
        left.addSpacing(14)
        left.addWidget(self.photos)
        left.addStretch(1)
        right = column()
        right.addWidget(self.place, 10)
        right.addSpacing(16)
        right.addWidget(self.alike)
        right.addStretch(1)
        both = row(left, right, gap=24)
        both.setStretch(0, 5)
        both.setStretch(1, 3)
        return both

    def _bind(self) -> None:
        model = self._model
        self.kind.chosen.connect(model.choose_kind)
        self.text.typed.connect(model.type_text)
        self.text.cleared.connect(model.start_over)
        self.text.edit.left.connect(self._on_text_left)
        self.text.edit.pictured.connect(self._on_picture)
        self.text.edit.dropped.connect(self._on_files)
        self.urgency.chosen.connect(model.choose_urgency)
        self.audience.chosen.connect(model.choose_audience)
        self.photos.chosen.connect(self._on_files)
        self.photos.pasted.connect(self._on_picture)
        self.photos.dropped.connect(model.drop_file)
        self.alike.linked.connect(model.link_to)
        self._bind_finding()
        self._bind_dock()
        model.focus_wished.connect(self._on_focus_wished)
        model.state_changed.connect(self._on_state)

    def _bind_finding(self) -> None:
        model, category, place = self._model, self.category, self.place
        category.chosen.connect(model.choose_category)
        category.searched.connect(model.search_category)
        category.search.moved.connect(model.move_category)
        category.search.entered.connect(self._on_category_entered)
        category.search.left.connect(model.leave_category)
        self.category_hits.chosen.connect(self._on_category_pressed)
        model.tiles.serve(place.map)
        place.typed.connect(model.type_place)
        place.field.moved.connect(model.move_place)
        place.field.entered.connect(model.take_place)
        place.field.left.connect(model.leave_place)
        place.nowhere_toggled.connect(model.toggle_nowhere)
        place.spot_chosen.connect(model.point_at)
        place.mark_pressed.connect(self.alike.take_focus)
        self.place_hits.chosen.connect(self._on_place_pressed)

    def _bind_dock(self) -> None:
        model, dock, reporter = self._model, self.dock, self.dock.reporter
        reporter.typed.connect(model.type_reporter)
        reporter.field_left.connect(model.leave_field)
        reporter.answer_chosen.connect(model.choose_answer)
        reporter.language_chosen.connect(model.choose_language)
        reporter.channel_chosen.connect(model.choose_channel)
        reporter.card_wished.connect(model.read_eid)
        dock.only_wished.connect(self._register_only)
        dock.main_wished.connect(self._register_and_print)

    # what the window asks

    def take_focus(self) -> None:
        """Where a report begins: at what is the matter."""
        if self.isVisible():
            self.text.edit.setFocus()

    def do(self, action: ActionId) -> None:
        """One of this screen's actions, by key or button."""
        acts = {
            ActionId.REGISTER_AND_PRINT: self._register_and_print,
            ActionId.REGISTER_ONLY: self._register_only,
            ActionId.READ_EID: self._model.read_eid,
        }
        if action in acts:
            acts[action]()

    def do_digit(self, digit: int) -> None:
        self._model.choose_suggestion(digit)

    def _register_and_print(self) -> None:
        self._model.register(on_paper=True)

    def _register_only(self) -> None:
        self._model.register(on_paper=False)

    # wishes of the parts

    def _on_text_left(self) -> None:
        if self._model.state.text:
            self._model.leave_field("text")

    def _on_picture(self, content: bytes) -> None:
        self._model.add_picture(self._words("Pasted picture.jpg"), content)

    def _on_files(self, paths: list[str]) -> None:
        self._model.add_files([Path(path) for path in paths])

    def _on_category_entered(self) -> None:
        self._model.take_category()
        self.category.search.clear()
        self.text.edit.setFocus()

    def _on_category_pressed(self, category_id: str) -> None:
        self.category.search.clear()
        self._model.leave_category()
        if category_id != self._chosen_category():
            self._model.choose_category(category_id)

    def _chosen_category(self) -> str:
        rows = self._model.state.category.rows
        return next((one.id for one in rows if one.chosen), "")

    def _on_place_pressed(self, place: str) -> None:
        self._model.take_place(int(place))

    def _on_focus_wished(self, where: str) -> None:
        if not self.isVisible():
            return
        if where == "text":
            self.text.edit.setFocus()
        else:
            self.dock.reporter.take_focus(where)

    # files that are dragged here

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        self.photos.take(event.mimeData())
        event.acceptProposedAction()

    # rendering

    def _on_state(self, state: TakingState) -> None:
        """A screen that nobody sees is shown its state when somebody does."""
        if self.isVisible():
            self._render(state)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        self._model.looked_at()
        self._render(self._model.state)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        self._model.leave_category()
        self._model.leave_place()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        self.photos.set_side(TALL if self.height() >= _SHORT_WINDOW else LOW)
        super().resizeEvent(event)

    def _render(self, state: TakingState) -> None:
        self._title.setText(state.title)
        self._visit.show_visit(state.visit)
        self.kind.set_value(state.kind.value)
        self.text.show_text(state)
        self.category.show_category(state.category)
        self.urgency.set_value(state.urgency.value)
        self.audience.set_value(state.audience.value)
        self.photos.show_files(state.files)
        self.place.show_place(state.place)
        self.place.show_map(state.place, state.alike)
        self.alike.show_alike(state.alike)
        self.dock.show_dock(state)
        self.category_hits.show_hits(state.category.hits, self.category.search, _HITS)
        self.place_hits.show_hits(state.place.hits, self.place.field, 0)
