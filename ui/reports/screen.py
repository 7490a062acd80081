"""Reports: taken down on one page, followed up on another."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from loket.kit.i18n import Words
from ui.core.actions import ActionId
from ui.reports.taking.screen import TakingScreen
from ui.reports.view_model import ReportsViewModel
from ui.widgets.layouts import column


class ReportsScreen(QWidget):
    """Holds the pages; a key goes to the one that is shown."""

    def __init__(self, model: ReportsViewModel, words: Words) -> None:
        super().__init__()
        self.taking = TakingScreen(model.taking, words)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.taking)
        self.setLayout(column(self.pages))

    def take_focus(self) -> None:
        self.taking.take_focus()

    def do(self, action: ActionId) -> None:
        self.taking.do(action)

    def do_digit(self, digit: int) -> None:
        self.taking.do_digit(digit)
