"""What the screen of reports needs of the desk."""

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from loket.desk.drafts import Draft
from loket.desk.eid import CardHolder
from loket.desk.refused import RefusedReport
from loket.kit.clock import Clock
from loket.reports.messages.following import Attachment
from loket.reports.messages.suggesting import Suggestions
from loket.reports.messages.taking import (
    Arrangements,
    AttachFile,
    JoinReport,
    LikeAsked,
    LikeReports,
    Registered,
    RegisterReport,
)
from loket.staff.messages import SignedIn
from ui.core.papers import PrintingDesk
from ui.reports.following.desk import FollowedReports, Places, Post

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
    def suggest(self, text: str) -> Suggestions: ...
    def like(self, asked: LikeAsked) -> LikeReports: ...
    def read_file(self, path: Path) -> tuple[AttachFile, bytes | None]: ...
    def read_picture(self, name: str, content: bytes) -> tuple[AttachFile, bytes | None]: ...
    def refused(self) -> tuple[RefusedReport, ...]: ...
    def correct(
        self, entry_id: str, command: RegisterReport
    ) -> "Delivered[Registered] | Queued[None]": ...
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
    @property
    def geography(self) -> Places: ...
    def read_eid(self) -> CardHolder: ...


class WholeReports(Taking, FollowedReports, Protocol):
    """The desk's reports: taken down, and followed up."""


class ReportsDesk(TakingDesk, Protocol):
    """The desk, as both pages need it."""

    @property
    def session(self) -> SignedIn | None: ...
    @property
    def reports(self) -> WholeReports: ...
    @property
    def correspondence(self) -> Post: ...
