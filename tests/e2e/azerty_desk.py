"""A welcome desk in a process of its own, for keys that come from outside; tells what it shows."""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from loket.kit.paths import DataFolder
from tests.builders import PASSWORD
from ui.shell.state import Stage as ShellStage
from ui.story.heart import Heart
from ui.story.report import Report
from ui.story.stage import Stage


def main() -> None:
    url, folder = sys.argv[1], Path(sys.argv[2])
    app = QApplication(sys.argv[:1])
    stage = Stage(app, folder, DataFolder(folder), Report(), Heart())
    seat = stage.open("onthaal-1", server=url)
    seat.click(seat.window.sign_in.name.edit)
    seat.type("sofie")
    seat.press("Return")
    seat.type(PASSWORD)
    seat.press("Return")
    stage.until(lambda: seat.shell.stage is ShellStage.WORKING, "signed in")
    stage.until(lambda: seat.shell.pill.tone == "serve", "connected")
    stage.until(seat.window.isActiveWindow, "in front")
    print("ready", flush=True)  # noqa: T201 - read by the test
    stage.until(lambda: seat.welcome.last.number, "a ticket, by a key from outside")
    print(seat.welcome.last.number, flush=True)  # noqa: T201 - as above
    seat.window.close()
    stage.close()


main()
