"""Reports: taken down on one page, followed up on another."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from loket.kit.i18n import Words
from ui.core.actions import ActionId
from ui.reports.following.screen import FollowingScreen
from ui.reports.following.state import FollowingState
from ui.reports.taking.screen import TakingScreen
from ui.reports.view_model import ReportsViewModel
from ui.widgets.choices import Segmented
from ui.widgets.labels import Label
from ui.widgets.layouts import STRETCH, column, row

TAKING, FOLLOWING = "taking", "following"
_SWITCH = 216


class ReportsScreen(QWidget):
    """Holds the pages; a key goes to the one that is shown."""

    def __init__(self, model: ReportsViewModel, words: Words) -> None:
        super().__init__()
        self._words = words
        self.switches = (self._switch(), self._switch())
        self.taking = TakingScreen(model.taking, words, self.switches[0])
        head = QWidget()
        title = Label(words("Reports"), "title", shrink=True)
        head.setLayout(row(title, STRETCH, self.switches[1], gap=8))
        self.following = FollowingScreen(model.following, words, head=head)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.taking)
        self.pages.addWidget(self.following)
        self.setLayout(column(self.pages))
        for switch in self.switches:
            switch.chosen.connect(self.show_page)
        model.page_wished.connect(self.show_page)
        model.following.state_changed.connect(self._on_followed)
        self._on_followed(model.following.state)

    def _switch(self) -> Segmented:
        made = Segmented(self._words("Reports"), self._pages(None), value=TAKING)
        made.setFixedWidth(_SWITCH)
        return made

    def _pages(self, many: int | None) -> tuple[tuple[str, str], ...]:
        follow = self._words("Follow-up")
        counted = follow if many is None else f"{follow} · {many}"
        return (TAKING, self._words("New")), (FOLLOWING, counted)

    def _on_followed(self, state: FollowingState) -> None:
        for switch in self.switches:
            switch.set_options(self._pages(state.list.open))

    def show_page(self, page: str) -> None:
        """Both switches show the same."""
        self.pages.setCurrentWidget(self.following if page == FOLLOWING else self.taking)
        for switch in self.switches:
            switch.set_value(page)
        self.take_focus()

    @property
    def _follows(self) -> bool:
        return self.pages.currentWidget() is self.following

    def take_focus(self) -> None:
        if self._follows:
            self.following.take_focus()
        else:
            self.taking.take_focus()

    def do(self, action: ActionId) -> None:
        if self._follows:
            self.following.do(action)
        else:
            self.taking.do(action)

    def do_digit(self, digit: int) -> None:
        if not self._follows:
            self.taking.do_digit(digit)
