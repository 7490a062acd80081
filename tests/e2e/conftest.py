"""A real server over the small town, and a stage with real windows."""

import shutil
import threading

import pytest

from loket.desk.desk import Desk
from loket.desk.settings import DeskSettings
from loket.kit.paths import DataFolder
from loket.paper.pdf import PdfPaper
from loket.store.engine import open_database, sqlite_url
from loket.store.work import Store
from tests.builders import PASSWORD
from tests.desks import Printers
from tests.serving import running


@pytest.fixture
def small_town(sqlite_template, tmp_path, clock):
    """The address of a server on SQLite; its clock is moved by the test."""
    file = tmp_path / "server.sqlite3"
    shutil.copyfile(sqlite_template, file)
    database = open_database(sqlite_url(file))
    with running(Store(database, clock), tmp_path) as url:
        yield url
    database.dispose()


class House:
    """Opens desks on the stage."""

    def __init__(self, stage, url, data):
        self.stage, self._url, self._data = stage, url, data
        self.printers = Printers()

    def open(self, code, *, name="", printer=""):
        def desk(asked):
            settings = DeskSettings.of(asked.desk, folder=self._data, server_url=self._url)
            if printer:
                settings = settings.with_printer(printer)
            return Desk(settings, paper=PdfPaper(), find_printer=self.printers.find)

        return self.stage.open(code, server=self._url, open_desk=desk, name=name)

    def sign_in(self, seat, username, password=PASSWORD):
        """Name, Enter, password, Enter."""
        form = seat.window.sign_in
        seat.click(form.name.edit)
        seat.press("Ctrl+A")
        seat.type(username)
        seat.press("Return")
        seat.press("Ctrl+A")
        seat.type(password)
        seat.press("Return")

    def at_work(self, code, username, **more):
        from ui.shell.state import Stage

        seat = self.open(code, **more)
        self.sign_in(seat, username)
        self.stage.until(lambda: seat.shell.stage is Stage.WORKING, f"{username} works")
        self.stage.until(lambda: seat.picture.site_id and seat.shell.pill.tone == "serve", "green")
        return seat


@pytest.fixture
def house(qapp, small_town, tmp_path):
    from ui.story.heart import Heart
    from ui.story.report import Report
    from ui.story.stage import Stage

    data = DataFolder(tmp_path / "desks")
    stage = Stage(qapp, tmp_path, data, Report(), Heart())
    yield House(stage, small_town, data)
    for seat in stage.seats.values():
        seat.window.close()
    stage.close()
    qapp.sendPostedEvents(None, 0)
    qapp.processEvents()
    names = {one.name for one in threading.enumerate() if one.name.startswith("loket-")}
    own = {"loket-events", "loket-forecaster", "loket-postman"}  # the server's, which end later
    assert names <= own
