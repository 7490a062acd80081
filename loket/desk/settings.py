"""Settings of one desk: given at the start, or chosen here and kept in its folder."""

import os
import re
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import BaseModel, ValidationError

from loket.desk.errors import DeskCodeUnreadable, ServerNeedsTls
from loket.kit.paths import DataFolder
from loket.link.http import is_loopback

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,30}")


class _Chosen(BaseModel):
    printer: str = ""


@dataclass(frozen=True)
class DeskSettings:
    """Which desk this is, where its server and its files are, what it prints on."""

    code: str
    """As the catalogue has it, such as ``loket-3``."""
    folder: DataFolder
    server_url: str | None = None
    """A shared server; None: the embedded one of the data folder."""
    printer: str = ""
    """Name of a printer; empty: papers only go to the folder of PDFs."""
    demonstration: bool = False
    """Whether an embedded server shows the demonstration town."""

    @classmethod
    def of(
        cls,
        code: str,
        *,
        folder: DataFolder | None = None,
        server_url: str | None = None,
        demonstration: bool = False,
    ) -> "DeskSettings":
        """The settings of a desk, with what was chosen there before."""
        if not _CODE.fullmatch(code):
            raise DeskCodeUnreadable(desk=code)
        if server_url and not (server_url.startswith("https://") or is_loopback(server_url)):
            raise ServerNeedsTls(address=server_url)
        where = folder or DataFolder.of_user()
        chosen = _read(where.desk(code) / "settings.json")
        return cls(code, where, server_url, chosen.printer, demonstration)

    @property
    def desk_folder(self) -> Path:
        return self.folder.desk(self.code)

    def with_printer(self, name: str) -> "DeskSettings":
        """The same desk with another printer, which it keeps."""
        self.desk_folder.mkdir(parents=True, exist_ok=True)
        file = self.desk_folder / "settings.json"
        write_whole(file, _Chosen(printer=name).model_dump_json(indent=2))
        return replace(self, printer=name)


def _read(file: Path) -> _Chosen:
    try:
        return _Chosen.model_validate_json(file.read_text(encoding="utf-8"))
    except (OSError, ValidationError):
        return _Chosen()  # none yet, or damaged: a printer is chosen again in a moment


def write_whole(file: Path, content: str | bytes) -> None:
    """Write a file so that others see the old one or the new one, never a part."""
    fresh = file.with_name(f"{file.name}.{os.getpid()}.new")
    fresh.write_bytes(content.encode() if isinstance(content, str) else content)
    fresh.replace(file)
