"""The screen of reports as the workplace knows it: one place with its pages."""

from PySide6.QtCore import QObject, Signal

from loket.catalogue.search import ProductIndex
from loket.desk.facts import (
    ArrangementsChanged,
    MessagesChanged,
    PrintJob,
    ReportsChanged,
    TownMapChanged,
)
from loket.kit.i18n import Words
from loket.queue.picture import SitePicture
from loket.reports.messages.taking import Registered
from loket.staff.messages import SignedIn
from ui.core.directory import Directory
from ui.core.tasks import TaskRunner
from ui.reports.desk import ReportsDesk
from ui.reports.following.view_model import FollowingViewModel
from ui.reports.taking.view_model import TakingViewModel


class ReportsViewModel(QObject):
    """Passes on what comes from outside."""

    said = Signal(object)
    undo_lapsed = Signal()
    visit_grew = Signal(object)

    page_wished = Signal(str)
    attention_changed = Signal(object)

    def __init__(self, desk: ReportsDesk, tasks: TaskRunner, words: Words) -> None:
        super().__init__()
        self.taking = TakingViewModel(desk, tasks, words)
        self.following = FollowingViewModel(desk, tasks, words)
        self.taking.said.connect(self.said)
        self.following.said.connect(self.said)
        self.taking.visit_grew.connect(self.visit_grew)
        self.following.attention_changed.connect(self.attention_changed)

    def begin(self, session: SignedIn) -> None:
        self.taking.begin(session)
        self.following.begin(session)

    def speak(self, words: Words) -> None:
        self.taking.speak(words)
        self.following.speak(words)

    def show_catalogue(self, directory: Directory, _index: ProductIndex) -> None:
        self.taking.show_catalogue(directory)
        self.following.know_town(directory.catalogue)

    def hear(
        self, fact: ReportsChanged | MessagesChanged | TownMapChanged | ArrangementsChanged
    ) -> None:
        """Somebody did something with a report, or the town arranged or mapped itself anew."""
        if isinstance(fact, TownMapChanged):
            self.taking.read_map()
            self.following.forget_map()
        elif isinstance(fact, ArrangementsChanged):
            self.taking.arrangements_changed()
            self.following.arrangements_changed()
            self.following.templates_changed()
        else:
            self.following.hear(fact)

    def follow(self, report_id: str) -> None:
        """Show this one in the follow-up."""
        self.page_wished.emit("following")
        self.following.open(report_id)

    def show_picture(self, picture: SitePicture) -> None:
        """Who waits says nothing about reports."""

    def show_print(self, job: PrintJob) -> None:
        self.taking.show_print(job)

    def entry_parked(self, entry_id: str) -> None:
        self.taking.entry_parked(entry_id)

    def take_back(self, entry_id: str) -> None:
        """The form of a report that was refused."""
        self.page_wished.emit("taking")
        self.taking.take_back(entry_id)

    def entry_delivered(self, result: object) -> None:
        if isinstance(result, Registered):
            self.taking.entry_delivered(result)

    def tick(self) -> None:
        self.taking.tick()
        self.following.tick()
