"""What the screen of reports needs of the desk."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from loket.desk.drafts import Draft
from loket.kit.clock import Clock
from loket.reports.messages.following import Attachment
from loket.reports.messages.taking import (
    Arrangements,
    AttachFile,
    JoinReport,
    LikeAsked,
    LikeReports,
    Registered,
    RegisterReport,
)
from ui.core.papers import PrintingDesk

if TYPE_CHECKING:
    from loket.link.delivery import Delivered, Queued


class Taking(Protocol):
    """The desk's reports, as far as they are taken down: all calls block, within a time limit."""

    def keep_draft(self, text: str) -> None: ...
    def draft(self) -> Draft | None: ...
    def keep_draft_files(self, text: str) -> None: ...
    def draft_files(self) -> Draft | None: ...
    def forget_draft(self) -> None: ...
    def arrangements(self) -> Arrangements: ...
    def like(self, asked: LikeAsked) -> LikeReports: ...
    def read_file(self, path: Path) -> tuple[AttachFile, bytes | None]: ...
    def read_picture(self, name: str, content: bytes) -> tuple[AttachFile, bytes | None]: ...
    def register(self, command: RegisterReport) -> "Delivered[Registered] | Queued[None]": ...
    def join(
        self, report_id: str, command: JoinReport
    ) -> "Delivered[Registered] | Queued[None]": ...
    def attach(
        self, report_id: str, file: AttachFile, *, thread: str
    ) -> "Delivered[Attachment] | Queued[None]": ...


class TakingDesk(PrintingDesk, Protocol):
    """The desk, as this screen needs it."""

    @property
    def clock(self) -> Clock: ...
    @property
    def reports(self) -> Taking: ...


class Point(Protocol):
    """Degrees of WGS 84."""

    @property
    def lat(self) -> float: ...
    @property
    def lon(self) -> float: ...


class FoundPlace(Protocol):
    """An address of the town's map."""

    @property
    def street_id(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def spot(self) -> Point: ...


class FindsPlaces(Protocol):
    """The desk's map of the town; without it an address is typed as it is said."""

    def search(self, text: str, limit: int = 8) -> Sequence[FoundPlace]: ...


class BeganAt(Protocol):
    """When the visit of that id began at this desk; None: unknown."""

    def __call__(self, visit_id: str) -> datetime | None: ...
