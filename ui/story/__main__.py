"""``python -m loket story --out DIR``: play the morning, leave pictures, papers and story.json."""

import argparse
import logging
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform.startswith("linux") and not (
    os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is loaded

from PySide6.QtWidgets import QApplication

from loket.kit import logs
from loket.kit.errors import LoketError
from loket.kit.paths import DataFolder
from ui.story.busy_hour import play_hour
from ui.story.heart import Heart
from ui.story.report import Report, tell
from ui.story.script import play
from ui.story.server import StoryServer
from ui.story.stage import NotHeld, Stage

MORNING, HOUR = "data", "data-busy-hour"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m loket story", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder for what it leaves")
    parser.add_argument(
        "--town", type=Path, help="the database of a town just loaded, taken instead of loading it"
    )
    options = parser.parse_args()
    folder: Path = options.out
    if not _made_empty(folder):
        tell(f"{folder} holds something else than a story: choose another folder")
        return 2
    logs.set_up()
    logging.getLogger().setLevel(logging.WARNING)  # beside the progress, only what is wrong
    for data in (MORNING, HOUR) if options.town else ():
        _lay_down(options.town, DataFolder(folder / data))
    return 0 if tell_story(folder) else 1


def tell_story(folder: Path) -> bool:
    """Play it and write down what became of it."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError(app)
    report, heart = Report(), Heart()
    heart.start()
    data = DataFolder(folder / MORNING)
    try:
        with _played(app, folder, data, report, heart) as (stage, server):
            play(stage, server, data)
        hour = DataFolder(folder / HOUR)
        with _played(app, folder, hour, report, heart) as (stage, server):
            play_hour(stage, server, hour, folder)
    except (NotHeld, LoketError, OSError) as failure:
        tell(f"The story did not hold: {failure}")
    finally:
        heart.stop()
        report.write(folder, heart, _papers(data, folder))
    return report.ok


@contextmanager
def _played(
    app: QApplication, folder: Path, data: DataFolder, report: Report, heart: Heart
) -> Iterator[tuple[Stage, StoryServer]]:
    """A stage with a server of its own, both cleared away afterwards."""
    server, stage = StoryServer(data), Stage(app, folder, data, report, heart)
    try:
        yield stage, server
    finally:
        stage.close()
        server.close()


def _made_empty(folder: Path) -> bool:
    """Take away what an earlier story left; nothing else is touched."""
    folder.mkdir(parents=True, exist_ok=True)
    if not any(folder.iterdir()):
        return True
    if not (folder / "story.json").is_file():
        return False
    for left in (MORNING, HOUR, "papers"):
        shutil.rmtree(folder / left, ignore_errors=True)
    for picture in folder.glob("[0-9][0-9]-*.png"):
        picture.unlink()
    return True


def _lay_down(town: Path, data: DataFolder) -> None:
    data.server.mkdir(parents=True)
    shutil.copyfile(town, data.database)


def _papers(data: DataFolder, folder: Path) -> list[str]:
    """The papers beside the pictures, in the order in which they came out."""
    papers = folder / "papers"
    papers.mkdir(exist_ok=True)
    found = sorted(data.prints.glob("*.pdf")) if data.prints.is_dir() else []
    for paper in found:
        shutil.copyfile(paper, papers / paper.name)
    return [f"papers/{paper.name}" for paper in found]


if __name__ == "__main__":
    sys.exit(main())
