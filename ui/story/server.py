"""The server of the story: a process of its own, which is killed and started again."""

import subprocess
import sys
from pathlib import Path

from pydantic import ValidationError

import loket
from loket.desk.embedded import RunFile
from loket.kit.paths import DataFolder
from ui.story.line import Line


class StoryServer:
    """``python -m loket serve`` on the story's own data, behind a line that can be cut."""

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder
        self._line = Line()
        self._child: subprocess.Popen[bytes] | None = None
        self._is_up = False
        self.direct_url = ""
        """Where it listens itself, without the line."""

    @property
    def url(self) -> str:
        """Where the desks find it; the same for each of its lives."""
        return self._line.url

    @property
    def log(self) -> Path:
        return self._folder.server / "server.log"

    @property
    def outgoing(self) -> Path:
        """What it would have sent; it has no mail server."""
        return self._folder.server / "outgoing"

    def open_line(self) -> None:
        self._line.start()

    def start(self) -> None:
        """Begin its next life; it listens some time later."""
        self._folder.server.mkdir(parents=True, exist_ok=True)
        self._folder.run_file.unlink(missing_ok=True)  # a killed one leaves it behind
        command = [sys.executable, "-m", "loket", "serve", "--demonstration"]
        with self.log.open("ab") as output:
            self._child = subprocess.Popen(  # noqa: S603 - our own program
                [*command, "--data", str(self._folder.root)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=Path(loket.__file__).parents[1],
            )
        self._is_up = False

    def listens(self) -> bool:
        """Whether it is there; the line is then up."""
        if self._is_up:
            return True
        try:
            run = RunFile.model_validate_json(self._folder.run_file.read_bytes())
        except (OSError, ValidationError):
            return False
        self.direct_url = run.url
        self._line.up(run.port)
        self._is_up = True
        return True

    def ended(self) -> bool:
        return self._child is None or self._child.poll() is not None

    def kill_after(self, request: str) -> None:
        """Kill it between having done the next such request and answering it."""
        self._line.lose_answer(request, self.kill)

    def close(self) -> None:
        self._line.close()
        self.kill()

    def kill(self) -> None:
        """End this life; the line stays."""
        child = self._child
        if child is not None:
            child.kill()
            child.wait()
