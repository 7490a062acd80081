"""Mails and text messages that did not arrive: sent again, or answered by another way."""

from functools import partial

from loket.correspondence.messages import OutgoingMessage
from loket.desk.facts import Fact, MessagesChanged
from loket.reports.messages.following import Entry
from loket.reports.rules.flow import ReportAct
from ui.core.sentences import describe
from ui.reports.following.choosing import Choosing
from ui.reports.following.post_faces import other_way


class Resending(Choosing):
    """What went wrong on its way is put right from the file itself."""

    def send_again(self, message_id: str) -> None:
        """Once more, to the same address."""
        if not self._busy():
            self._act(
                partial(self._desk.correspondence.send_again, message_id),
                self._on_sent_again,
                self._on_not_sent_again,
            )

    def answer_otherwise(self, seq: int) -> None:
        """The same words stand ready for another way, to who did not get them."""
        entry = self._entry(seq)
        if entry is None or entry.message is None:
            return
        if entry.act is ReportAct.REPLY:
            self._prepare(entry, entry.text)
            return
        self._read(
            partial(self._desk.correspondence.message, entry.message.id),
            partial(self._on_message, self._wanted, seq),
            latest="message",
        )

    def concerns(self, fact: Fact) -> bool:
        """Whether a message is one of the report that is open."""
        if not isinstance(fact, MessagesChanged) or self._file is None:
            return False
        file = self._file
        about = {"", file.report.id, *(one.id for one in file.reporters)}
        return fact.subject_id in about

    # inside

    def _entry(self, seq: int) -> Entry | None:
        entries = self._file.entries if self._file else []
        return next((one for one in entries if one.seq == seq), None)

    def _on_message(self, report_id: str, seq: int, message: OutgoingMessage) -> None:
        entry = self._entry(seq)
        if report_id == self._wanted and entry is not None:
            self._prepare(entry, message.text)

    def _prepare(self, entry: Entry, text: str) -> None:
        """Below what was typed already, as a template is."""
        people = self._file.reporters if self._file else []
        person = next((one for one in people if one.id == entry.reporter_id), None)
        way = other_way(entry, person) if person is not None else None
        if person is None or way is None:
            return
        typed = self._draft.text.rstrip()
        whole = f"{typed}\n\n{text}" if typed and text not in typed else text
        self._redraft(text=whole, way=str(way), only=person.id, to_all=False)
        self._revision += 1
        self._show_reply()
        self.focus_wished.emit("reply")

    def _on_sent_again(self, message: OutgoingMessage) -> None:
        self._say(self._words("It is sent again."), icon="ph.paper-plane-tilt-bold")
        del message
        self._reread()

    def _on_not_sent_again(self, error: Exception) -> None:
        self.said.emit(describe(error, self._words))
        self._reread()
