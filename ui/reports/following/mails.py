"""Mail that found no file: read, then linked to a report, made one, or put aside with a reason."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QObject, Signal

from loket.kit.clock import local_day
from loket.kit.i18n import Words
from loket.kit.ids import new_id
from loket.reports.messages.mailing import (
    LinkMail,
    LooseMail,
    LooseMails,
    PutMailAside,
    RegisterMail,
)
from loket.reports.messages.taking import Registered, Report
from ui.core.sentences import UserMessage, describe
from ui.core.tasks import Lane, TaskRunner
from ui.reports.following.desk import FollowingDesk
from ui.reports.following.piles import WHYS, mail_row
from ui.reports.following.state import PileRow

_REFERENCE: Final = re.compile(r"M-\d{4}-\d{5,6}")


@dataclass(frozen=True)
class MailFace:
    """The mail that is read."""

    id: str = ""
    """Empty: none."""
    sender: str = ""
    subject: str = ""
    why: str = ""
    text: str = ""
    files: str = ""


@dataclass(frozen=True)
class MailsState:
    """The pile, and the mail before one's eyes."""

    rows: tuple[PileRow, ...] = ()
    total: int = 0
    mail: MailFace = MailFace()
    reference: str = ""
    found: str = ""
    """The report of that reference, in words; or that there is none."""
    can_link: bool = False
    reason: str = ""
    can_put_aside: bool = False
    problem: str = ""
    busy: bool = False


class MailsModel(QObject):
    """Wishes in, one state out."""

    state_changed = Signal(object)
    said = Signal(object)
    settled = Signal(str)
    """In this report the mail now stands."""

    def __init__(self, desk: FollowingDesk, tasks: TaskRunner, words: Words) -> None:
        super().__init__()
        self._desk, self._tasks, self._words = desk, tasks, words
        self._mails: list[LooseMail] = []
        self._report: Report | None = None
        self.state = MailsState()

    # what comes from outside

    def begin(self) -> None:
        """Somebody else sits here."""
        self._mails, self._report = [], None
        self._set(**vars(MailsState()))

    def speak(self, words: Words) -> None:
        self._words = words
        self._show(self._mails, self.state.total)

    def refresh(self) -> None:
        self._tasks.run(
            self._desk.reports.loose_mails,
            owner=self,
            done=self._on_mails,
            failed=self._on_failed,
            latest="mails",
        )

    # wishes

    def choose(self, mail_id: str) -> None:
        """Read this one; what was typed at another one is gone with it."""
        if mail_id == self.state.mail.id:
            return
        mail = next((one for one in self._mails if one.id == mail_id), None)
        self._report = None
        self._set(mail=self._face(mail), reason="", can_put_aside=False, problem="")
        self.type_reference(mail.reference if mail else "")

    def type_reference(self, text: str) -> None:
        """Each key; a whole reference is looked up at once."""
        self._report = None
        self._set(reference=text, found="", can_link=False)
        reference = text.strip().upper()
        if _REFERENCE.fullmatch(reference):
            self._tasks.run(
                partial(self._desk.reports.find, reference),
                owner=self,
                done=partial(self._on_found, reference),
                failed=partial(self._on_not_found, reference),
                latest="reference",
            )

    def type_reason(self, text: str) -> None:
        self._set(reason=text, can_put_aside=bool(text.strip()))

    def link(self) -> None:
        """It belongs with the report that was found."""
        if self._report is not None and self._may():
            command = LinkMail(report_id=self._report.id)
            self._act(
                partial(self._desk.reports.link_mail, self.state.mail.id, command), self._on_linked
            )

    def register(self) -> None:
        """It is a new report."""
        if self._may():
            command = RegisterMail(id=new_id())
            self._act(
                partial(self._desk.reports.register_mail, self.state.mail.id, command),
                self._on_registered,
            )

    def put_aside(self) -> None:
        """Nothing is done with it."""
        if self.state.can_put_aside and self._may():
            command = PutMailAside(reason=self.state.reason.strip()[:200])
            self._act(
                partial(self._desk.reports.put_mail_aside, self.state.mail.id, command),
                self._on_put_aside,
            )

    # inside

    def _may(self) -> bool:
        return bool(self.state.mail.id) and not self.state.busy

    def _act(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        self._set(busy=True, problem="")
        self._tasks.run(work, owner=self, done=done, failed=self._on_refused, lane=Lane.LIVE)

    def _on_linked(self, report: Report) -> None:
        said = self._words("The mail stands in {reference}.", reference=report.reference)
        self._settled(report, said)

    def _on_registered(self, taken: Registered) -> None:
        reference = taken.report.reference
        said = self._words("The mail is report {reference} now.", reference=reference)
        self._settled(taken.report, said)

    def _settled(self, report: Report, said: str) -> None:
        self._without(self.state.mail.id)
        self.said.emit(UserMessage(said))
        self.settled.emit(report.id)

    def _on_put_aside(self, left: LooseMails) -> None:
        self._set(busy=False)
        self._on_mails(left)
        self.said.emit(UserMessage(self._words("The mail was put aside.")))

    def _without(self, mail_id: str) -> None:
        left = [one for one in self._mails if one.id != mail_id]
        self._set(busy=False)
        self._show(left, max(0, self.state.total - 1))

    def _on_mails(self, found: LooseMails) -> None:
        self._show(found.mails, found.total)

    def _show(self, mails: list[LooseMail], total: int) -> None:
        self._mails = mails
        today = local_day(self._desk.clock.now())
        rows = tuple(mail_row(one, today, self._words) for one in mails)
        kept = next((one for one in mails if one.id == self.state.mail.id), None)
        self._set(rows=rows, total=total)
        if kept is None:
            self.choose(mails[0].id if mails else "")
        else:
            self._set(mail=self._face(kept))

    def _face(self, mail: LooseMail | None) -> MailFace:
        if mail is None:
            return MailFace()
        words = self._words
        named = f"{mail.sender_name} <{mail.sender}>" if mail.sender_name else mail.sender
        files = ", ".join(mail.files)
        return MailFace(
            id=mail.id,
            sender=named or words("Unknown sender"),
            subject=mail.subject or words("No subject"),
            why=words(WHYS[mail.why]),
            text=mail.text,
            files=words("Attachments: {names}", names=files) if files else "",
        )

    def _on_found(self, reference: str, report: Report) -> None:
        if self.state.reference.strip().upper() == reference:
            self._report = report
            title = self._words("Confidential") if report.hidden else report.title
            self._set(found=title, can_link=not report.hidden)

    def _on_not_found(self, reference: str, error: Exception) -> None:
        if self.state.reference.strip().upper() == reference:
            self._set(found=describe(error, self._words).text)

    def _on_refused(self, error: Exception) -> None:
        """Said apart: by the time the pile is read again the mail may be gone from it."""
        self._set(busy=False)
        self.said.emit(describe(error, self._words))
        self.refresh()

    def _on_failed(self, error: Exception) -> None:
        self._set(problem=describe(error, self._words).text)

    def _set(self, **changes: Any) -> None:
        state = replace(self.state, **changes)
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)
