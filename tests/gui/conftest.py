"""What the tests of the screens share: platform, look, words, tasks that do not wait."""

import io
import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import gc
import gettext

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from loket.kit import paths
from loket.kit.i18n import Words


class ImmediateTasks:
    """Does the work at once, on this thread."""

    def __init__(self):
        self.held = None

    def hold(self):
        """From now on keep the work until it is released."""
        self.held = []

    def release(self):
        held, self.held = self.held, None
        for work, done, failed in held:
            self._do(work, done, failed)

    def run(self, work, *, owner, done, failed=None, lane=None, latest=None):
        if self.held is not None:
            self.held.append((work, done, failed))
            return
        self._do(work, done, failed)

    def _do(self, work, done, failed):
        try:
            answer = work()
        except Exception as error:
            if failed is None:
                raise
            failed(error)
            return
        done(answer)


def dutch():
    """The Dutch words, read from their sources."""
    folder = paths.LOCALE / "nl" / "LC_MESSAGES"
    found = gettext.NullTranslations()
    for file in sorted(folder.glob("*.po")):
        compiled = io.BytesIO()
        with file.open("rb") as source:
            write_mo(compiled, read_po(source, locale="nl"))
        compiled.seek(0)
        part = gettext.GNUTranslations(compiled)
        part.add_fallback(found)
        found = part
    return Words("nl", found)


@pytest.fixture(scope="session")
def nl():
    return dutch()


@pytest.fixture(scope="session")
def en():
    return Words("en", gettext.NullTranslations())


@pytest.fixture
def tasks():
    return ImmediateTasks()


@pytest.fixture(scope="session")
def qapp_cls():
    from PySide6.QtWidgets import QApplication

    return QApplication


@pytest.fixture(autouse=True)
def dressed(qapp):
    """Every test has the look of the house, in light."""
    from ui.theme import look

    if look.FAMILY not in qapp.font().family():
        look.load_fonts()
    if not qapp.styleSheet():
        look.apply(qapp, "light")


@pytest.fixture(autouse=True)
def nothing_left(qapp):
    """No window, no running timer and no worker of the program outlives its test."""
    import threading

    yield
    qapp.sendPostedEvents(None, 0)
    qapp.processEvents()
    left = [one for one in qapp.topLevelWidgets() if one.isVisible()]
    assert left == []
    threads = [one.name for one in threading.enumerate() if one.name.startswith("loket-")]
    assert threads == []


@pytest.fixture
def workplace_at(qtbot, tasks, nl, en, tmp_path):
    """Builds the window of a desk, shown and attached; all of them are closed afterwards."""
    from PySide6.QtCore import QSettings
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from ui.core.preferences import PreferenceStore
    from ui.theme import look
    from ui.workplace import Workplace

    made = []

    def build(desk, code, *, size=None):
        settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
        spoken = {"nl": nl, "en": en}
        workplace = Workplace(tasks, PreferenceStore(settings), spoken.__getitem__, desk_code=code)
        if size:
            workplace.window.resize(*size)
        workplace.window.show()
        workplace.window.activateWindow()
        QTest.qWaitForWindowActive(workplace.window)
        workplace.attach(desk)
        made.append(workplace)
        QApplication.processEvents()
        return workplace

    yield build
    for workplace in made:
        workplace.close()
        workplace.window.close()
        workplace.window.deleteLater()
        workplace.deleteLater()
    look.switch("light")
    QApplication.processEvents()


@pytest.fixture(scope="module", autouse=True)
def windows_end_here():
    """Free what the windows of a file leave in circles, in the thread that made them.

    Else the collector finds them during a later test, in the thread of a server: there no widget
    may end, and the process falls.
    """
    yield
    application = QApplication.instance()
    if application is not None:
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
