"""A welcome desk at work: from Enter to the bytes of the slip, and each keystroke of a search."""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from loket.bench.report import measured, percentile, progress
from loket.catalogue.search import ProductIndex
from loket.desk.desk import Desk
from loket.desk.settings import DeskSettings
from loket.devices.printers import find_printer
from loket.kit.paths import DataFolder
from loket.paper.facts import SlipFacts
from loket.paper.pdf import PdfPaper
from ui.app import Options
from ui.story.at_welcome import FIRST_START_SECONDS
from ui.story.heart import Heart
from ui.story.morning import Morning
from ui.story.report import Report
from ui.story.seconds import precise
from ui.story.server import StoryServer
from ui.story.stage import Seat, Stage
from ui.workplace import WholeDesk

TICKETS = 60
SEARCHES = ("rijbewijs", "paspoort", "verhuizen", "huisvuilzak", "kinderopvang", "eid", "bouwen")
ROUNDS = 4
LETTERS = "rijb"


class TimedPaper(PdfPaper):
    """Remembers when each slip was made."""

    def __init__(self) -> None:
        self.slips: dict[str, tuple[float, bytes]] = {}

    def slip(self, facts: SlipFacts) -> bytes:
        pdf = super().slip(facts)
        self.slips[facts.code] = (precise(), pdf)
        return pdf


def measure_work(folder: Path) -> list[str]:
    """One window, one server process, nothing between them."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError(app)
    data, paper = DataFolder(folder), TimedPaper()
    server = StoryServer(data)
    stage = Stage(app, folder, data, Report(), Heart())
    try:
        morning = _open(stage, server, data, paper)
        wrong = _slips(morning, paper)
        _keystrokes(morning.onthaal, stage)
    finally:
        stage.close()
        server.close()
    return wrong


def _open(stage: Stage, server: StoryServer, data: DataFolder, paper: TimedPaper) -> Morning:
    def open_desk(asked: Options) -> WholeDesk:
        settings = DeskSettings.of(asked.desk, folder=data, server_url=server.direct_url)
        return Desk(settings, paper=paper, find_printer=find_printer)

    server.open_line()
    server.start()
    progress("  loading the town")
    stage.until(server.listens, "the server listens", seconds=FIRST_START_SECONDS)
    morning = Morning(stage, server, data.prints)
    morning.seats["onthaal-1"] = stage.open("onthaal-1", server="", open_desk=open_desk)
    morning.sign_in("onthaal-1", "Sofie Vermeulen")
    return morning


def _slips(morning: Morning, paper: TimedPaper) -> list[str]:
    """Type four letters and press Enter, once per visitor."""
    onthaal, times, pages = morning.onthaal, [], []
    for _ in range(TICKETS):
        onthaal.type(LETTERS)
        known = set(paper.slips)
        began = precise()
        number = morning.ticket_by(lambda: onthaal.press("Return"))
        made, pdf = next(one for code, one in paper.slips.items() if code not in known)
        times.append((made - began) * 1000)
        pages.append((number, pdf))
        morning.next_visitor()
    beside = f"{TICKETS} tickets; median {percentile(times, 0.5):.1f} ms, first {times[0]:.1f} ms"
    measured("ui.enter_to_slip.p95", percentile(times, 0.95), "ms", f"aim: at most 100; {beside}")
    wrong = [f"the slip of {number} is no PDF" for number, pdf in pages if pdf[:5] != b"%PDF-"]
    if len({number for number, _ in pages}) != TICKETS:
        wrong.append("a number was given twice")
    return wrong


def _keystrokes(onthaal: Seat, stage: Stage) -> None:
    """The search by itself, and the whole key: event, search, rows and tiles shown anew."""
    index = ProductIndex(onthaal.catalogue())
    alone, whole = [], []
    for text in SEARCHES * ROUNDS:
        for length in range(1, len(text) + 1):
            began = precise()
            index.search(text[:length])
            alone.append((precise() - began) * 1000)
        for sign in text:
            began = precise()
            onthaal.type(sign)
            whole.append((precise() - began) * 1000)
        onthaal.press("Esc")
        stage.until(lambda: not onthaal.welcome.query, "the search is empty")
    products = len(onthaal.catalogue().products)
    beside = f"{products} products, {len(alone)} keystrokes"
    measured("ui.search.p95", percentile(alone, 0.95), "ms", f"aim: at most 5; {beside}")
    measured("ui.keystroke.p95", percentile(whole, 0.95), "ms", "event, search and rows; no frame")
