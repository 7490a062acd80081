"""The composition root: application, look, tasks, desk, workplace; and how they end."""

import argparse
import logging
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtWidgets import QApplication

from loket.kit import logs
from loket.kit.i18n import words
from ui.core.preferences import THEMES, PreferenceStore
from ui.core.tasks import Lane, ThreadTaskRunner
from ui.theme import look
from ui.workplace import WholeDesk, Workplace

log = logging.getLogger(__name__)

DEFAULT_DESK = "onthaal-1"


@dataclass(frozen=True)
class Options:
    """What was asked on the command line."""

    desk: str = DEFAULT_DESK
    server: str | None = None
    data: Path | None = None
    theme: str | None = None
    language: str | None = None
    demonstration: bool = False


OpenDesk = Callable[[Options], WholeDesk]


def parse(arguments: Sequence[str] | None = None) -> Options:
    parser = argparse.ArgumentParser(prog="python -m ui", description="The window of one desk")
    parser.add_argument("--desk", default=DEFAULT_DESK, help="code of the desk, such as loket-3")
    parser.add_argument("--server", help="address of a shared server; else the embedded one")
    parser.add_argument("--data", type=Path, help="folder of the data; else the user's own")
    parser.add_argument("--theme", choices=THEMES)
    parser.add_argument("--language", choices=("nl", "en"))
    parser.add_argument(
        "--demonstration", action="store_true", help="the town of Heidebeek, on its own day"
    )
    return Options(**vars(parser.parse_args(arguments)))


class LoketApplication(QObject):
    """One process: shows the window first, then opens the desk behind it."""

    failure = Signal(object)

    def __init__(
        self,
        app: QApplication,
        options: Options,
        open_desk: OpenDesk,
        *,
        settings: QSettings | None = None,
    ) -> None:
        super().__init__()
        self._app = app
        self._options = options
        self._open_desk = open_desk
        self._desk: WholeDesk | None = None
        self.tasks = ThreadTaskRunner(self)
        store = PreferenceStore(settings or QSettings("Loket", f"desk-{options.desk}"))
        changed = {"theme": options.theme, "language": options.language}
        preferences = store.change(**{key: value for key, value in changed.items() if value})
        look.load_fonts()
        look.apply(app, preferences.theme)
        self.workplace = Workplace(self.tasks, store, words, desk_code=options.desk)
        self.failure.connect(self.workplace.say_unhandled)
        self.tasks.unhandled.connect(self._on_unhandled)

    def start(self) -> None:
        """Show the window, then open the desk off the GUI thread."""
        self.workplace.window.show()
        self.tasks.run(
            self._opened,
            owner=self,
            done=self.workplace.attach,
            failed=self.workplace.shell.start_failed,
            lane=Lane.WRITE,
        )

    def _opened(self) -> WholeDesk:
        # On a worker thread.
        self._desk = self._open_desk(self._options)
        return self._desk

    def stop(self) -> None:
        """In this order: no more facts, no more work, then the desk, then the widgets."""
        self.workplace.close()
        opened = self._desk
        if opened is not None:
            opened.close()
        self.tasks.close()
        late = self._desk
        if late is not None and late is not opened:
            late.close()  # it was still being opened: its threads would keep the process alive
        self.workplace.window.deleteLater()

    def _on_unhandled(self, error: Exception) -> None:
        log.error("work failed without a handler", exc_info=error)
        self.workplace.say_unhandled(error)


def hook_failures(tell: Callable[[Exception], object]) -> None:
    """Whatever nobody caught is logged, and told to the person at the desk."""

    def on_failure(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if isinstance(error, KeyboardInterrupt):
            QApplication.quit()
            return
        log.critical("nobody caught this", exc_info=(kind, error, trace))
        if isinstance(error, Exception):
            tell(error)

    def on_thread_failure(happened: threading.ExceptHookArgs) -> None:
        if happened.exc_value is not None:
            on_failure(happened.exc_type, happened.exc_value, happened.exc_traceback)

    sys.excepthook = on_failure
    threading.excepthook = on_thread_failure


def _open_real_desk(options: Options) -> WholeDesk:
    from ui.opening import open_desk  # noqa: PLC0415 - imported on a worker, after the first frame

    return open_desk(
        options.desk,
        server_url=options.server,
        data=options.data,
        demonstration=options.demonstration,
    )


def run(options: Options, open_desk: OpenDesk = _open_real_desk) -> int:
    """Run until the window is closed."""
    logs.set_up()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Loket")
    app.setDesktopFileName("loket")
    application = LoketApplication(app, options, open_desk)
    hook_failures(application.failure.emit)
    application.start()
    status = app.exec()
    application.stop()
    return status


def main(arguments: Sequence[str] | None = None) -> int:
    return run(parse(arguments))
