"""Appointments: what it is for and when at the left, the calendar, and the dock at the right."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QStackedWidget, QWidget

from loket.kit.i18n import Words
from ui.appointments.parts.calendar import CalendarView
from ui.appointments.parts.file import FilePanel
from ui.appointments.parts.form import FormPanel
from ui.appointments.parts.product_field import HitList
from ui.appointments.parts.search import SearchPanel
from ui.appointments.parts.today import TodayPanel
from ui.appointments.state import AppointmentsState, DockMode
from ui.appointments.view_model import AppointmentsViewModel
from ui.core.actions import ActionId
from ui.widgets.cards import Edged
from ui.widgets.layouts import column, row

DOCK = 316


class AppointmentsScreen(QWidget):
    """State in, intents out."""

    def __init__(self, model: AppointmentsViewModel, words: Words) -> None:
        super().__init__()
        self._model = model
        self._words = words
        self._awaits_moments = False
        self._build()
        self._bind()
        self._render(model.state)

    def _build(self) -> None:
        words = self._words
        self.setObjectName("page")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.panel = SearchPanel(words)
        self.calendar = CalendarView(words)
        self.today = TodayPanel(words)
        self.form = FormPanel(words)
        self.file = FilePanel(words)
        self._pages = QStackedWidget()
        for page in (self.today, self.form, self.file):
            self._pages.addWidget(page)
        self.dock = Edged("left")
        self.dock.setFixedWidth(DOCK)
        self.dock.setLayout(column(self._pages, margins=(18, 18, 17, 16)))
        whole = row(self.panel, self.calendar, self.dock)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.hits = HitList(words, self)

    def _bind(self) -> None:
        self._bind_panel()
        self._bind_calendar()
        self._bind_form()
        self._bind_lists()
        self._model.focus_wished.connect(self._on_focus_wished)
        self._model.state_changed.connect(self._on_state)

    def _bind_panel(self) -> None:
        model, panel = self._model, self.panel
        panel.department_chosen.connect(model.choose_department)
        panel.product.typed.connect(model.type_product)
        panel.product.moved.connect(model.move_hit)
        panel.product.entered.connect(model.take_hit)
        panel.product.left.connect(model.leave_product)
        panel.product_dropped.connect(model.drop_product)
        panel.product_wished.connect(model.add_product)
        panel.site_chosen.connect(model.choose_site)
        panel.persons_set.connect(model.set_persons)
        panel.part_chosen.connect(model.choose_part)
        panel.moments.chosen.connect(model.choose_moment)
        panel.moments.more_wished.connect(model.show_all_of)
        panel.later_wished.connect(model.search_later)
        panel.wish_wished.connect(model.start_wish)
        self.hits.chosen.connect(model.take_hit)

    def _bind_calendar(self) -> None:
        model, calendar = self._model, self.calendar
        calendar.page_wished.connect(model.turn_page)
        calendar.today_wished.connect(model.show_today)
        calendar.by_day_wished.connect(lambda by_day: model.show_by_day(by_day=by_day))
        calendar.day_wished.connect(model.open_day)
        calendar.room_told.connect(model.room_for)
        calendar.grid.opened.connect(model.open_file)
        calendar.grid.slot_chosen.connect(model.choose_slot)
        calendar.banner.left.connect(model.give_up)

    def _bind_form(self) -> None:
        model, form = self._model, self.form
        form.typed.connect(model.type_contact)
        form.field_left.connect(model.leave_field)
        form.language_chosen.connect(model.choose_language)
        form.confirm_toggled.connect(model.toggle_confirm)
        form.near_chosen.connect(model.choose_near)
        form.request_wished.connect(model.note_request)
        form.wish_days_set.connect(model.set_wish_days)
        form.part_chosen.connect(model.choose_part)
        form.confirmed.connect(model.confirm)
        form.left.connect(model.give_up)
        form.card_wished.connect(model.read_eid)

    def _bind_lists(self) -> None:
        model, today, file = self._model, self.today, self.file
        today.searched.connect(model.find)
        today.opened.connect(model.open_file)
        today.check_in_wished.connect(model.check_in)
        today.wish_opened.connect(model.take_wish)
        today.wish_withdrawn.connect(model.withdraw_wish)
        today.day_list_wished.connect(model.print_day_list)
        file.check_in_wished.connect(lambda anyway: model.check_in(anyway=anyway))
        file.undo_wished.connect(model.undo_check_in)
        file.move_wished.connect(model.start_moving)
        file.no_show_wished.connect(model.no_show)
        file.change_wished.connect(model.change_contact)
        file.print_wished.connect(model.print_confirmation)
        file.cancel_wished.connect(model.ask_reason)
        file.cancelled.connect(model.cancel)
        file.not_cancelled.connect(lambda: model.ask_reason(asking=False))
        file.closed.connect(model.give_up)

    # what the window asks

    def take_focus(self) -> None:
        """Where a visit begins: at what it is for."""
        if self.isVisible():
            self._on_focus_wished("product" if not self._model.state.search.products else "moments")

    def do(self, action: ActionId) -> None:
        """One of this screen's actions, by key or button."""
        model = self._model
        acts = {
            ActionId.CONFIRM: model.confirm,
            ActionId.CLEAR_SEARCH: model.give_up,
            ActionId.SHOW_TODAY: model.show_today,
            ActionId.MOVE_APPOINTMENT: model.start_moving,
            ActionId.NOT_COME: model.no_show,
            ActionId.PRINT_PAPER: model.print_paper,
            ActionId.UNDO_CHECK_IN: model.undo_check_in,
            ActionId.ANOTHER_PRODUCT: model.add_product,
            ActionId.READ_EID_TO_BOOK: model.read_eid,
            ActionId.FIND_APPOINTMENT: self._find,
        }
        if action in acts:
            acts[action]()

    def do_digit(self, digit: int) -> None:
        """No quick products here."""

    def _find(self) -> None:
        """The list of today with its search field; a form stays as it was typed."""
        if self._model.state.mode is DockMode.FILE:
            self._model.close_file()
        self.today.search.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Plain letters mean something only where nobody is typing."""
        typing = isinstance(QApplication.focusWidget(), QLineEdit)
        if event.key() == Qt.Key.Key_T and not typing and not event.modifiers():
            self._model.show_today()
        elif event.key() == Qt.Key.Key_Slash and not typing:
            self._find()
        else:
            super().keyPressEvent(event)

    def _on_focus_wished(self, where: str) -> None:
        if not self.isVisible():
            return
        if where == "product":
            self.panel.product.setFocus()
        elif where == "moments":
            self.calendar.grid.setFocus()
            self._awaits_moments = True
            self._focus_moments()
        elif where == "calendar":
            self.calendar.grid.setFocus()
        elif where == "dock":
            self._focus_dock()
        elif self._model.state.form.anyone:
            self.form.take_focus(where)
        else:
            self.form.main.setFocus()

    def _focus_moments(self) -> None:
        """The first of them as soon as they are known, unless the clerk went on elsewhere."""
        if not self._awaits_moments:
            return
        buttons = self.panel.moments.buttons
        self._awaits_moments = not buttons and self.calendar.grid.hasFocus()
        if buttons and self.calendar.grid.hasFocus():
            buttons[0].setFocus()

    def _focus_dock(self) -> None:
        if self._model.state.mode is DockMode.FILE:
            self.file.take_focus()
        elif self._model.state.mode is not DockMode.TODAY:
            self.form.focus_trouble()

    # rendering

    def _on_state(self, state: AppointmentsState) -> None:
        """A screen that nobody sees is shown its state when somebody does."""
        if self.isVisible():
            self._render(state)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        self._model.looked_at(self)
        self._render(self._model.state)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        self._model.left(self)
        super().hideEvent(event)

    def _render(self, state: AppointmentsState) -> None:
        self.panel.show_search(state.search)
        self.hits.show_hits(state.search, self.panel.product)
        self.calendar.show_calendar(state.calendar)
        self._focus_moments()
        page = {DockMode.TODAY: self.today, DockMode.FILE: self.file}.get(state.mode, self.form)
        self._pages.setCurrentWidget(page)
        if page is self.today:
            self.today.show_today(state.today)
        elif page is self.file:
            self.file.show_file(state.file)
        else:
            self.form.show_form(state.form)
