"""The screen of reports as the workplace knows it: one place with its pages."""

from PySide6.QtCore import QObject, Signal

from loket.catalogue.search import ProductIndex
from loket.desk.facts import PrintJob
from loket.kit.i18n import Words
from loket.queue.picture import SitePicture
from loket.reports.messages.taking import Registered
from loket.staff.messages import SignedIn
from ui.core.directory import Directory
from ui.core.tasks import TaskRunner
from ui.reports.desk import TakingDesk
from ui.reports.taking.view_model import TakingViewModel


class ReportsViewModel(QObject):
    """Passes on what comes from outside."""

    said = Signal(object)
    undo_lapsed = Signal()
    visit_grew = Signal(object)

    def __init__(self, desk: TakingDesk, tasks: TaskRunner, words: Words) -> None:
        super().__init__()
        self.taking = TakingViewModel(desk, tasks, words)
        self.taking.said.connect(self.said)
        self.taking.visit_grew.connect(self.visit_grew)

    def begin(self, session: SignedIn) -> None:
        self.taking.begin(session)

    def speak(self, words: Words) -> None:
        self.taking.speak(words)

    def show_catalogue(self, directory: Directory, _index: ProductIndex) -> None:
        self.taking.show_catalogue(directory)

    def show_picture(self, picture: SitePicture) -> None:
        """Who waits says nothing about reports."""

    def show_print(self, job: PrintJob) -> None:
        self.taking.show_print(job)

    def entry_delivered(self, result: object) -> None:
        if isinstance(result, Registered):
            self.taking.entry_delivered(result)

    def map_changed(self) -> None:
        """The town imported a newer map."""
        self.taking.read_map()

    def tick(self) -> None:
        self.taking.tick()
