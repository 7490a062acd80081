"""The composition root: how a window ends, whenever it ends."""

import threading

from PySide6.QtCore import QSettings

from tests.gui.stub_desk import StubDesk
from ui.app import LoketApplication, Options


class ClosingDesk(StubDesk):
    closed = 0

    def close(self):
        self.closed += 1


def test_a_window_closed_while_its_desk_opens_closes_the_desk(qapp, tmp_path):
    opening, go_on = threading.Event(), threading.Event()
    desk = ClosingDesk("onthaal-1")

    def open_desk(_options):
        opening.set()
        assert go_on.wait(10)
        return desk

    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    application = LoketApplication(qapp, Options(), open_desk, settings=settings)
    application.start()
    assert opening.wait(10)
    threading.Timer(0.05, go_on.set).start()
    application.workplace.window.close()
    application.stop()
    assert desk.closed == 1
