"""A process that shows one window, says when it can be used, and ends."""

import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSettings, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from ui.app import LoketApplication, Options
from ui.opening import open_desk
from ui.workplace import WholeDesk

NOBODY = "http://127.0.0.1:9"
"""No server: the window does not wait for one."""


class FirstFrame(QObject):
    """Tells when a window was exposed, and so painted, and its events were done."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.windowHandle().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Expose:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, _ready)
        return False


def _ready() -> None:
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    QTimer.singleShot(0, QApplication.quit)


def _empty() -> QMainWindow:
    window = QMainWindow()
    window.resize(1440, 900)
    return window


def _open(asked: Options) -> WholeDesk:
    return open_desk(asked.desk, server_url=NOBODY, data=asked.data, demonstration=True)


def main() -> int:
    name, folder = sys.argv[1], Path(sys.argv[2])
    app = QApplication(sys.argv[:1])
    if name == "empty":
        window = _empty()
        window.show()
        FirstFrame(window)
        return app.exec()
    settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    application = LoketApplication(app, Options(data=folder), _open, settings=settings)
    application.start()
    FirstFrame(application.workplace.window)
    status = app.exec()
    application.stop()
    return status


if __name__ == "__main__":
    sys.exit(main())
