"""The visitor who stands at the desk now: details, tickets, and what is still to be told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from loket.appointments.messages import Appointment
from loket.kit.i18n import Words
from loket.queue.messages import IssuedTicket, Ticket
from loket.queue.picture import SitePicture
from loket.queue.rules.life import TicketState
from loket.visits.messages import AddAct, ChangeVisit, StartVisit
from ui.core.directory import Directory
from ui.core.figures import minutes
from ui.core.taken import TakenDown
from ui.welcome import faces
from ui.welcome.state import ActLine, Reason, VisitorState


@dataclass
class GivenTicket:
    """A ticket given in this visit; ``pending`` while only this desk knows of it.

    ``entry_id`` names it in the outbox; ``refused``: the server did not take it afterwards.
    """

    ticket: Ticket
    pending: bool
    entry_id: str = ""
    refused: bool = False
    appointment_id: str = ""
    """For which it was given."""


@dataclass
class CurrentVisit:
    """One visitor at the desk. The visit exists for the server from its first act on."""

    start: StartVisit
    begun: bool = False
    sent: ChangeVisit | None = None
    began_at: datetime | None = None

    def __post_init__(self) -> None:
        self.tickets: list[GivenTicket] = []
        self.notes: list[AddAct] = []
        self.booked: dict[str, Appointment] = {}
        self.reports: dict[str, TakenDown] = {}

    @classmethod
    def begin(cls) -> "CurrentVisit":
        return cls(StartVisit())

    def change(self, **details: Any) -> None:
        """What the clerk filled in; validation of lengths is the field's."""
        self.start = self.start.model_copy(update=details)

    def details(self) -> ChangeVisit:
        return ChangeVisit.model_validate(self.start.model_dump(exclude={"id"}))

    def to_send(self) -> ChangeVisit | None:
        """The details, when the server knows the visit but not yet these."""
        details = self.details()
        if not self.begun or details == self.sent:
            return None
        self.sent = details
        return details

    def add_ticket(self, given: GivenTicket) -> None:
        self.begun = True
        self.sent = self.sent or self.details()
        self.began_at = self.began_at or given.ticket.issued_at
        self.tickets.append(given)

    def join(self, appointment: Appointment, *, at: datetime) -> None:
        """An appointment was made in it elsewhere: it exists for the server."""
        self.booked[appointment.id] = appointment
        self.begun = True
        self.sent = self.sent or self.details()
        self.began_at = self.began_at or at

    def report(self, taken: TakenDown, *, at: datetime) -> None:
        """A report was taken down in it; the visit goes on with what was known there."""
        self.reports[taken.report_id] = taken
        self.begun = True
        self.sent = self.sent or self.details()
        self.began_at = self.began_at or at

    def note(self, act: AddAct, *, at: datetime) -> None:
        self.began_at = self.began_at or at
        self.notes.append(act)

    def last_ticket(self) -> GivenTicket | None:
        """The newest ticket that can still be taken back."""
        waiting = (TicketState.WAITING, TicketState.CALLED, TicketState.PARKED)
        alive = [given for given in self.tickets if given.ticket.state in waiting]
        return alive[-1] if alive else None

    def waiting_in(self, queue_id: str) -> GivenTicket | None:
        """The ticket with which the visitor already waits there, and of which the server knows."""
        for given in reversed(self.tickets):
            ticket = given.ticket
            waits = ticket.state is TicketState.WAITING and not (given.pending or given.refused)
            if waits and ticket.queue_id == queue_id:
                return given
        return None

    def confirm(self, issued: IssuedTicket) -> bool:
        """Take over what the server made of a provisional ticket; tells whether it was ours."""
        return self.update(issued.ticket, confirmed=True)

    def update(self, ticket: Ticket, *, confirmed: bool = False) -> bool:
        for given in self.tickets:
            if given.ticket.id == ticket.id:
                given.ticket = ticket
                given.pending = given.pending and not confirmed
                return True
        return False

    def refuse(self, entry_id: str) -> GivenTicket | None:
        """Mark what the server refused afterwards; gives it when it is of this visit."""
        for given in self.tickets:
            if entry_id and given.entry_id == entry_id:
                given.refused = True
                return given
        return None

    def follow(self, picture: SitePicture) -> None:
        """Take over newer states; who is gone from the picture while alive has been served."""
        for given in self.tickets:
            card = picture.cards.get(given.ticket.id)
            if card is not None and card.ticket.version >= given.ticket.version:
                given.ticket = card.ticket
                given.pending = False
            elif card is None and given.ticket.state is TicketState.SERVING:
                given.ticket = given.ticket.model_copy(update={"state": TicketState.DONE})

    def shown(self, *, directory: Directory, now: datetime, words: Words) -> VisitorState:
        """The dock."""
        acts = tuple(self._acts(directory, now, words))
        elapsed = ""
        if self.began_at is not None:
            elapsed = words("{minutes} min", minutes=minutes(now - self.began_at))
        return VisitorState(
            visit_id=self.start.id,
            name=self.start.visitor_name,
            language=self.start.language,
            languages=directory.languages,
            priority=self.start.priority,
            reasons=tuple(
                Reason(reason.code, reason.name, reason.icon) for reason in directory.reasons
            ),
            note=self.start.note,
            elapsed=elapsed,
            acts=acts,
            count=words.plural("{n} part", "{n} parts", len(acts)) if acts else "",
            can_print_receipt=self.begun,
        )

    def _acts(self, directory: Directory, now: datetime, words: Words) -> Iterator[ActLine]:
        for given in self.tickets:
            yield faces.act_line(
                given.ticket,
                act_id=given.ticket.id,
                pending=given.pending,
                refused=given.refused,
                directory=directory,
                now=now,
                words=words,
            )
        for one in self.booked.values():
            yield faces.booked_line(one, directory=directory, words=words)
        for taken in self.reports.values():
            yield faces.report_line(taken, words=words)
        for act in self.notes:
            yield ActLine(act.id, words("Information given"), act.text, "ph.info")
