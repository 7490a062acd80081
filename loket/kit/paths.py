"""Folders of this machine: where data, desk settings and the program's own resources stand."""

from dataclasses import dataclass
from pathlib import Path

import platformdirs

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
FONTS = RESOURCES / "fonts"
LOCALE = RESOURCES / "locale"


@dataclass(frozen=True)
class DataFolder:
    """All that one installation keeps: ``server/`` for the embedded server, ``desks/`` per desk."""

    root: Path

    @classmethod
    def of_user(cls, name: str = "loket") -> "DataFolder":
        return cls(Path(platformdirs.user_data_dir(name, appauthor=False)))

    @property
    def server(self) -> Path:
        return self.root / "server"

    @property
    def database(self) -> Path:
        return self.server / "loket.sqlite3"

    @property
    def lock(self) -> Path:
        return self.server / "server.lock"

    @property
    def run_file(self) -> Path:
        return self.server / "run.json"

    @property
    def prints(self) -> Path:
        return self.root / "prints"

    def desk(self, code: str) -> Path:
        return self.root / "desks" / code
