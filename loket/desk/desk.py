"""The facade that the screens get: all that can be done at a desk, and all there is to see."""

from collections.abc import Callable, Sequence
from datetime import datetime

from loket.appointments.messages import Misfit
from loket.catalogue.messages import Catalogue
from loket.desk.appointments import AppointmentsDesk
from loket.desk.arranging import ArrangingDesk
from loket.desk.correspondence import CorrespondenceDesk
from loket.desk.eid import CardHolder, holder_of
from loket.desk.facts import Hears, JobKind, PrintJob
from loket.desk.feeds import FeedsDesk
from loket.desk.figures import FiguresDesk
from loket.desk.geography import GeographyDesk
from loket.desk.hardware import NO_HARDWARE, Hardware
from loket.desk.letters import letter_facts
from loket.desk.live_desk import LiveDesk
from loket.desk.overview import Overview
from loket.desk.papers import Paper, receipt_facts, slip_facts
from loket.desk.parts import build
from loket.desk.presence import Presence
from loket.desk.printing import FindPrinter
from loket.desk.reports import ReportsDesk
from loket.desk.scheduling import Scheduling
from loket.desk.settings import DeskSettings
from loket.desk.waiting_room import WaitingRoom
from loket.kit.clock import Clock, SystemClock, local_day
from loket.kit.ids import new_code
from loket.link.address import Whereabouts
from loket.link.delivery import Delivered, Queued
from loket.link.outbox import Entry, EntryState
from loket.queue.messages import (
    IssuedTicket,
    IssueTicket,
    OwnDay,
    TicketCard,
)
from loket.queue.picture import SitePicture
from loket.queue.provisional import Situation, issued_without_server, queue_for
from loket.queue.rules.life import TICKET_CODE_KIND
from loket.staff.messages import Demonstration, SignedIn
from loket.visits.messages import AddAct, ChangeVisit, StartVisit, Visit


class Desk(LiveDesk):
    """One desk of the town hall.

    Calls that ask a server or a disk block, each within a time limit, and raise LinkError or
    LoketError: run them off the GUI thread. ``picture``, ``subscribe``, ``session``, ``clock``
    and ``print_jobs`` are there at once. Facts come on any thread.
    """

    def __init__(
        self,
        settings: DeskSettings,
        *,
        paper: Paper,
        find_printer: FindPrinter,
        hardware: Hardware = NO_HARDWARE,
        machine: Clock | None = None,
        whereabouts: Whereabouts | None = None,
    ) -> None:
        self.settings = settings
        self._paper = paper
        self._hardware = hardware
        self._parts = build(
            settings,
            machine=machine or SystemClock(),
            find_printer=find_printer,
            whereabouts=whereabouts,
        )
        self._presence = Presence(self._parts, settings.code)
        self.overview = Overview(self._parts, self._presence)
        self.insight = FiguresDesk(
            self._presence, self._parts.insight, self._parts.appointments, self._parts.reports
        )
        self.appointments = AppointmentsDesk(self._parts, self._presence, self._paper, self._print)
        self.correspondence = CorrespondenceDesk(self._presence, self._parts.correspondence)
        self.arranging = ArrangingDesk(self._presence, self._parts.arranging)
        self.feeds = FeedsDesk(self._presence, self._parts.feeds)
        self.geography = GeographyDesk(self._presence, self._parts.map_shelf, self._parts.geography)
        self.scheduling = Scheduling(self._presence, self._parts.scheduling, self._print_letters)
        self.reports = ReportsDesk(self._parts, self._presence, self._paper, self._print)
        self.waiting_room = WaitingRoom(self._presence, self._parts.displays)
        self._presence.start()

    def close(self) -> None:
        """End all threads and close the files; what is in the outbox stays there."""
        self._parts.closing.set()
        self.overview.close()
        self._presence.close()
        self._parts.close()

    @property
    def clock(self) -> Clock:
        """The server's time, as measured."""
        return self._parts.clock

    @property
    def session(self) -> SignedIn | None:
        return self._presence.signed_in

    def subscribe(self, listener: Hears) -> Callable[[], None]:
        """Hear every fact from now on; the answer ends it."""
        return self._parts.listeners.subscribe(listener)

    def picture(self) -> SitePicture:
        return self._parts.sight.picture

    # Who sits here

    def demonstration(self) -> Demonstration:
        return self._parts.staff.demonstration()

    def sign_in(self, username: str, password: str) -> SignedIn:
        self.overview.close()
        return self._presence.sign_in(username, password)

    def sign_out(self) -> None:
        self.overview.close()
        self._presence.sign_out()

    # What the town offers

    def catalogue(self) -> Catalogue:
        """The newest there is; the one on disk when the server is away."""
        with self._presence.as_somebody():
            return self._parts.shelf.newest()

    # Acts that may wait in the outbox

    def issue_ticket(
        self, visit: StartVisit, product_id: str
    ) -> Delivered[IssuedTicket] | Queued[IssuedTicket]:
        """Give a ticket; with a number leased beforehand when the server does not answer."""
        with self._presence.as_somebody() as current:
            command = IssueTicket(
                visit=visit, product_id=product_id, code=new_code(TICKET_CODE_KIND)
            )
            numbered: list[IssueTicket] = []

            def without_server() -> IssueTicket:
                numbered.append(self._numbered(command, current))
                return numbered[-1]

            answer = self._parts.queue.issue(command, without_server=without_server)
            if isinstance(answer, Delivered):
                self._show(answer.result)
                return answer
            situation = self._situation(current, answer.occurred_at)
            return Queued(issued_without_server(numbered[-1], situation), answer.entry_id)

    def change_visit(self, visit_id: str, details: ChangeVisit) -> Delivered[Visit] | Queued[None]:
        with self._presence.as_somebody():
            return self._parts.visits.change(visit_id, details)

    def add_act(self, visit_id: str, act: AddAct) -> Delivered[Visit] | Queued[None]:
        with self._presence.as_somebody():
            return self._parts.visits.add_act(visit_id, act)

    def end_encounter(self, visit_id: str) -> Delivered[Visit] | Queued[None]:
        with self._presence.as_somebody():
            return self._parts.visits.end_encounter(visit_id)

    # Reading

    def visit(self, visit_id: str) -> Visit:
        with self._presence.as_somebody():
            return self._parts.visits.visit(visit_id)

    def card(self, ticket_id: str) -> TicketCard:
        with self._presence.as_somebody():
            return self._learn(self._parts.queue.card(ticket_id))

    def find_ticket(self, code: str) -> TicketCard:
        """The ticket of a scanned slip."""
        with self._presence.as_somebody():
            return self._learn(self._parts.queue.find(code))

    def own_day(self) -> OwnDay:
        with self._presence.as_somebody() as current:
            return self._parts.queue.own_day(current.counter_id)

    # Paper

    def prepare_papers(self) -> None:
        """Load what the first paper of the day would have to wait for."""
        self._paper.prepare()

    def print_slip(self, issued: IssuedTicket) -> PrintJob:
        with self._presence.as_somebody() as current:
            catalogue = self._parts.shelf.at_hand()
            facts = slip_facts(issued, catalogue, counter_id=current.counter_id)
            return self._print(self._paper.slip(facts), JobKind.SLIP, facts.number)

    def print_receipt(self, visit_id: str) -> PrintJob:
        """A numbered receipt of the visit so far; the number needs the server."""
        with self._presence.as_somebody() as current:
            receipt = self._parts.visits.receipt(visit_id)
            cards = self.picture().cards.values()
            facts = receipt_facts(
                receipt,
                self._parts.shelf.at_hand(),
                counter_id=current.counter_id,
                ticket_numbers={card.ticket.id: card.ticket.number for card in cards},
            )
            return self._print(self._paper.receipt(facts), JobKind.RECEIPT, facts.number)

    def _print_letters(self, misfits: Sequence[Misfit]) -> PrintJob:
        catalogue = self._parts.shelf.at_hand()
        letters = letter_facts(misfits, catalogue, written_at=self.clock.now())
        title = letters[0].reference if len(letters) == 1 else f"{len(letters)} × K"
        return self._print(self._paper.letters(letters), JobKind.LETTER, title)

    def print_again(self, job_id: str) -> PrintJob:
        """Send a paper once more, to the printer that is chosen now."""
        return self._parts.prints.again(job_id, printer=self.settings.printer)

    def print_jobs(self) -> tuple[PrintJob, ...]:
        return self._parts.prints.jobs()

    @property
    def printer(self) -> str:
        """The chosen printer; empty: the folder of PDFs only. There at once."""
        return self.settings.printer

    def printers(self) -> tuple[str, ...]:
        """The printers to choose from, as this machine knows them now."""
        return tuple(self._hardware.known_printers())

    def choose_printer(self, name: str) -> None:
        """Print on this one from now on; empty for the folder of PDFs only."""
        self.settings = self.settings.with_printer(name)

    # The citizen's card

    def read_eid(self) -> CardHolder:
        """Who holds the card that is in the reader now; nothing of it is kept here."""
        with self._presence.as_somebody():
            return holder_of(self._hardware.read_card(given_up=self._parts.closing.is_set))

    # What stands in the outbox

    def parked_entries(self) -> tuple[Entry, ...]:
        """Acts that were refused when they were delivered, for a person to decide on."""
        entries = self._parts.delivery.outbox.entries()
        return tuple(entry for entry in entries if entry.state is EntryState.PARKED)

    def retry_parked(self, entry_id: str) -> None:
        self._parts.delivery.outbox.try_again(entry_id)
        self._presence.woken()

    def discard_parked(self, entry_id: str) -> None:
        """Let a refused act go for good, so that what came after it in its visit is delivered."""
        self._parts.delivery.outbox.erase(entry_id)
        self._presence.woken()

    def _show(self, issued: IssuedTicket) -> None:
        visit = issued.visit
        self._learn(
            TicketCard(
                ticket=issued.ticket,
                visitor_name=visit.visitor_name,
                note=visit.note,
                remark="",
                parked_by="",
            )
        )

    def _numbered(self, command: IssueTicket, current: SignedIn) -> IssueTicket:
        catalogue = self._parts.shelf.at_hand()
        _product, queue = queue_for(catalogue, current.site_id, command.product_id)
        today = local_day(self.clock.now())
        number = self._parts.leases.give(queue.walk_in_prefix, today=today)
        return command.model_copy(update={"leased_number": number})

    def _situation(self, current: SignedIn, moment: datetime) -> Situation:
        return Situation(
            catalogue=self._parts.shelf.at_hand(),
            picture=self.picture(),
            counter_id=current.counter_id,
            site_id=current.site_id,
            now=moment,
        )

    def _print(self, pdf: bytes, kind: JobKind, title: str) -> PrintJob:
        printer = self.settings.printer
        return self._parts.prints.take(pdf, kind=kind, title=title, printer=printer)
