"""What is attached to a report that is typed, and how it is kept on disk."""

import base64
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from loket.reports.messages.taking import AttachFile


@dataclass(frozen=True)
class Attached:
    """A file as it will be sent, with a small picture of it."""

    file: AttachFile
    picture: bytes | None


class _KeptFile(BaseModel):
    model_config = ConfigDict(frozen=True)

    file: AttachFile
    picture: str = ""


class KeptFiles(BaseModel):
    """All of them, as JSON."""

    model_config = ConfigDict(frozen=True)

    draft_id: str
    files: list[_KeptFile]

    @classmethod
    def of(cls, draft_id: str, files: tuple[Attached, ...]) -> "KeptFiles":
        kept = [
            _KeptFile(file=one.file, picture=base64.b64encode(one.picture or b"").decode())
            for one in files
        ]
        return cls(draft_id=draft_id, files=kept)

    def attached(self) -> tuple[Attached, ...]:
        return tuple(
            Attached(one.file, base64.b64decode(one.picture) or None) for one in self.files
        )
