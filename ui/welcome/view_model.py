"""What the clerk at the welcome desk can do, and what the screen then shows."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

from loket.appointments.messages import Appointment, AppointmentAsked, CheckedIn, FirstFrees
from loket.catalogue.messages import Access, Product
from loket.catalogue.search import ProductIndex
from loket.desk.facts import PrintJob
from loket.kit.clock import Clock
from loket.kit.i18n import Words
from loket.queue.messages import IssuedTicket, Ticket
from loket.queue.picture import SitePicture
from loket.queue.rules.life import NothingToUndo, TicketState
from loket.visits.messages import ActKind, AddAct, ChangeVisit, Channel, Language, StartVisit
from ui.core.directory import Directory
from ui.core.figures import near_moment
from ui.core.papers import Papers, PrintingDesk
from ui.core.sentences import Remedy, UserMessage, describe
from ui.core.taken import TakenDown
from ui.core.tasks import Lane, TaskRunner
from ui.core.waiting import QueueFigures, figures
from ui.welcome import faces
from ui.welcome.arrivals import Arrivals, ArrivalsDesk
from ui.welcome.current import CurrentVisit, GivenTicket
from ui.welcome.finding import Finding
from ui.welcome.state import LastPrinted, ProductInfo, WelcomeState

if TYPE_CHECKING:
    from loket.link.delivery import Delivered, Queued


class WelcomeDesk(PrintingDesk, ArrivalsDesk, Protocol):
    """What this screen needs of the desk."""

    @property
    def clock(self) -> Clock: ...
    def issue_ticket(
        self, visit: StartVisit, product_id: str
    ) -> "Delivered[IssuedTicket] | Queued[IssuedTicket]": ...
    def change_visit(self, visit_id: str, details: ChangeVisit) -> object: ...
    def add_act(self, visit_id: str, act: AddAct) -> object: ...
    def end_encounter(self, visit_id: str) -> object: ...
    def withdraw(self, ticket_id: str, seen_version: int | None = None) -> Ticket: ...
    def add_product(
        self, ticket_id: str, product_id: str, seen_version: int | None = None
    ) -> Ticket: ...


class WelcomeViewModel(QObject):
    """Intents of the clerk in, one state out."""

    state_changed = Signal(object)
    said = Signal(object)
    focus_wished = Signal()
    booking_wished = Signal(str)
    """An appointment for this product."""
    undo_lapsed = Signal()
    """What was offered to take back no longer can be."""

    def __init__(self, desk: WelcomeDesk, tasks: TaskRunner, words: Words) -> None:
        super().__init__()
        self._desk = desk
        self._tasks = tasks
        self._words = words
        self._directory: Directory | None = None
        self._picture: SitePicture | None = None
        self._figures: dict[str, QueueFigures] = {}
        self._finding = Finding()
        self._visit = CurrentVisit.begin()
        self._papers = Papers(desk, tasks, words)
        self._papers.said.connect(self.said)
        self._papers.slip_made.connect(self._on_slip)
        self._warned = ("", "")
        self.arrivals = Arrivals(desk, tasks, words)
        self.arrivals.said.connect(self.said)
        self.arrivals.checked_in.connect(self._on_checked_in)
        self.state = WelcomeState()

    # what comes from outside

    def speak(self, words: Words) -> None:
        """Say everything in another language from now on."""
        self._words = words
        self._papers.speak(words)
        self.arrivals.speak(words)
        self._refresh()

    def show_catalogue(self, directory: Directory, index: ProductIndex) -> None:
        self._directory = directory
        self._finding.take(index)
        self.arrivals.show_catalogue(directory)
        self._refresh()

    def prepare(self) -> None:
        """While somebody signs in: load what the first slip would have to wait for."""
        self._papers.prepare()

    def start_anew(self) -> None:
        """Another person sits down: the visitor of the former one is not theirs."""
        self._visit = CurrentVisit.begin()
        self.state = WelcomeState()
        self.arrivals.start_anew()
        self._finding.search("")
        self._refresh()

    def visit_now(self) -> StartVisit | None:
        """Who stands at the desk, for other screens; None: nobody of whom anything is known."""
        start = self._visit.start
        known = self._visit.begun or start.visitor_name
        return start if known else None

    def visit_grew(self, visit_id: str, appointment: Appointment) -> None:
        """Another screen did something in the visit: now the server knows it."""
        if visit_id == self._visit.start.id:
            self._visit.join(appointment, at=self._desk.clock.now())
            self._refresh()

    def began_at(self, visit_id: str) -> datetime | None:
        """When the visit of who stands here began."""
        return self._visit.began_at if visit_id == self._visit.start.id else None

    def report_taken(self, taken: TakenDown) -> None:
        """A report was taken down in the visit, or in one that begins with it."""
        own = taken.visit.id == self._visit.start.id
        if not own and self.visit_now() is None and taken.visit.channel is Channel.DESK:
            self._visit = CurrentVisit(taken.visit)
            own = True
        if own:
            self._visit.report(taken, at=self._desk.clock.now())
            self._refresh()

    def show_picture(self, picture: SitePicture) -> None:
        self._picture = picture
        self._visit.follow(picture)
        self.arrivals.show_picture(picture)
        self._refresh()

    def tick(self) -> None:
        """A minute may have passed: waits grow, queues open and close."""
        self.arrivals.tick()
        self._finding.first_free.clear()
        self._refresh()

    def show_print(self, job: PrintJob) -> None:
        """A print went on or failed; a failed one says so and can be done again."""
        self._papers.follow(job)

    def entry_delivered(self, result: object) -> None:
        """A deferred ticket reached the server: its truth replaces what was provisional."""
        if not isinstance(result, IssuedTicket):
            return
        if self._visit.confirm(result):
            self._refresh()
        if self.state.last.number == result.ticket.number:
            self._show(last=replace(self.state.last, mark=""))

    def entry_parked(self, entry_id: str, why: str) -> None:
        """Say that something deferred was refused, and of which ticket, if it is this visit's."""
        given = self._visit.refuse(entry_id)
        text = why
        if given is not None:
            text = self._words("{number}: {why}", number=given.ticket.number, why=why)
            self._refresh()
        self._say(UserMessage(text, wrong=True, icon="ph.warning-bold"))

    # search

    def search(self, text: str) -> None:
        self._finding.search(text)
        self.arrivals.search(text)
        self._show(query=text, selected=0, info=None, **self._found())
        self._ask_first_free()

    def find(self, name: str) -> None:
        """Search what was chosen in the omnibox, and go on here."""
        self.search(name)
        self.focus_wished.emit()

    def move(self, step: int) -> None:
        """Select another suggestion, from the top to the bottom and round."""
        if self._finding:
            self._show(selected=(self.state.selected + step) % len(self._finding), info=None)

    def select(self, place: int) -> None:
        if 0 <= place < len(self._finding):
            self._show(selected=place, info=None)

    def clear(self) -> None:
        """Esc: first the info, then the search."""
        if self.state.info is not None:
            self._show(info=None)
        else:
            self.search("")
        self.focus_wished.emit()

    def show_info(self) -> None:
        """F1: what is known of the selected product; once more closes it."""
        product = self._selected()
        if product is None or self._directory is None:
            return
        shown = None if self.state.info else self._info(product)
        self._show(info=shown)

    def _info(self, product: Product) -> ProductInfo | None:
        if self._directory is None:
            return None
        return faces.info(
            product,
            directory=self._directory,
            figures=self._figures,
            can_note=self._visit.begun,
            words=self._words,
        )

    def note_information(self) -> None:
        """Write down that the visitor was told about the product."""
        info = self.state.info
        if info is None or not self._visit.begun:
            return
        act = AddAct(kind=ActKind.INFORMATION_GIVEN, product_id=info.product_id, text=info.title)
        self._visit.note(act, at=self._desk.clock.now())
        work = partial(self._desk.add_act, self._visit.start.id, act)
        self._write(work, done=lambda _answer: None)
        self._show(info=None)
        self._refresh()
        self.focus_wished.emit()

    # tickets

    def print_selected(self) -> None:
        product = self._selected()
        if product is not None and product.access is Access.APPOINTMENT:
            self.book_selected()
        elif product is not None:
            self.print_product(product)
        elif self.arrivals.first_found():
            self.check_in(self.arrivals.first_found())

    def book_selected(self) -> None:
        """Ctrl+Enter: an appointment for the product that is chosen."""
        product = self._selected()
        if product is not None and product.access is not Access.WALK_IN:
            self.booking_wished.emit(product.id)

    def _ask_first_free(self) -> None:
        wanted = self._finding.by_appointment()
        if wanted:
            self._tasks.run(
                partial(self._desk.appointments.first_free, wanted),
                owner=self,
                done=self._on_first_free,
                failed=lambda _error: None,  # a moment that is not known is not shown
                latest="first_free",
            )

    def _on_first_free(self, answer: FirstFrees) -> None:
        now = self._desk.clock.now()
        for found in answer.products:
            if found.starts_at is not None:
                shown = near_moment(self._words, found.starts_at, now)
                self._finding.first_free[found.product_id] = shown
        self._show(**self._found())

    def check_in(self, appointment_id: str, *, anyway: bool = False) -> None:
        """Somebody with an appointment stands here: it becomes part of this visit."""
        name = self.arrivals.name_of(appointment_id)
        if name and not self._visit.start.visitor_name:
            self._visit.change(visitor_name=name)
        self.arrivals.check_in(appointment_id, self._visit.start, anyway=anyway)
        self.search("")
        self.focus_wished.emit()

    def _on_checked_in(self, visit_id: str, answer: CheckedIn) -> None:
        issued = answer.issued
        if self._visit.start.id == visit_id:
            given = GivenTicket(issued.ticket, pending=False, appointment_id=answer.appointment.id)
            self._visit.add_ticket(given)
        self._show(last=self._last(issued, pending=False))
        self._papers.slip(issued)
        self._refresh()

    def print_quick(self, place: int) -> None:
        product = self._directory.quick().get(place) if self._directory else None
        if product is not None:
            self.print_product(product)

    def print_product(self, product: Product) -> None:
        """Give a ticket at once; what is wrong with that is said instead."""
        queue = self._directory.queue_of(product) if self._directory else None
        why = faces.refusal(product, self._figures.get(queue.id if queue else ""), self._words)
        if why and self._figures:
            text = f"{product.name}: {why[0].lower()}{why[1:]}"
            self._say(UserMessage(text, wrong=True, icon="ph.warning-circle-bold"))
            return
        if self._warn_of_closing(product):
            return
        visit = self._visit
        self.search("")
        work = partial(self._desk.issue_ticket, visit.start, product.id)
        self._write(work, done=partial(self._on_issued, visit))
        self.focus_wished.emit()

    def give_anyway(self, product_id: str) -> None:
        """The visitor takes the chance: a ticket although the turn may come after closing."""
        product = self._directory.product(product_id) if self._directory else None
        if product is not None:
            self._warned = (self._visit.start.id, product_id)
            self.print_product(product)

    def _warn_of_closing(self, product: Product) -> bool:
        """Say it once per visitor when the turn would come after closing, before a slip is made.

        Nothing is given: the visitor may want an appointment, or to come back. Asked for the same
        product again, or by the button of the message, the ticket is given.
        """
        now, warned = self._desk.clock.now(), (self._visit.start.id, product.id)
        queue = self._directory.queue_of(product) if self._directory else None
        figures_now = self._figures.get(queue.id if queue else "")
        late = figures_now is not None and figures_now.too_late(product, now)
        if not late or figures_now is None or self._warned == warned:
            return False
        self._warned = warned
        text = faces.late_text(product, figures_now, self._words)
        icon = "ph.warning-circle-bold"
        self._say(
            UserMessage(text, wrong=True, icon=icon, remedy=Remedy.GIVE_ANYWAY, about=product.id)
        )
        return True

    def add_selected(self) -> None:
        """One more thing on the ticket with which this visitor already waits there."""
        product = self._selected()
        queue = self._directory.queue_of(product) if self._directory and product else None
        if product is None or queue is None:
            return
        given = self._visit.waiting_in(queue.id)
        if given is None:
            text = self._words("No ticket of this visitor waits there. Enter gives one.")
            self._say(UserMessage(text, wrong=True, icon="ph.warning-circle-bold"))
            return
        self.search("")
        self._tasks.run(
            partial(self._desk.add_product, given.ticket.id, product.id),
            owner=self,
            done=partial(self._on_added, self._visit, product.name),
            failed=self._on_failed,
            lane=Lane.LIVE,
        )
        self.focus_wished.emit()

    def _on_added(self, visit: CurrentVisit, name: str, ticket: Ticket) -> None:
        visit.update(ticket)
        self._refresh()
        text = self._words("{number} is also for {place}", number=ticket.number, place=name)
        self._say(UserMessage(text, icon="ph.list-plus-bold"))

    def _on_issued(
        self, visit: CurrentVisit, answer: "Delivered[IssuedTicket] | Queued[IssuedTicket]"
    ) -> None:
        from loket.link.delivery import Queued  # noqa: PLC0415 - brings HTTP, not for the first frame

        issued = answer.result
        entry_id = answer.entry_id if isinstance(answer, Queued) else ""
        pending = bool(entry_id)
        visit.add_ticket(GivenTicket(issued.ticket, pending=pending, entry_id=entry_id))
        self._show(last=self._last(issued, pending=pending))
        self._papers.slip(issued)  # before anything is drawn: somebody waits for the paper
        self._refresh()

    def _last(self, issued: IssuedTicket, *, pending: bool) -> LastPrinted:
        product = self._directory.product(issued.ticket.product_id) if self._directory else None
        return LastPrinted(
            number=issued.ticket.number,
            product=product.name if product else "",
            at=self._words.time(issued.ticket.issued_at),
            mark=self._words("to be sent") if pending else "",
            can_withdraw=True,
        )

    def _on_slip(self, issued: IssuedTicket, job: PrintJob) -> None:
        if self.state.last.number == issued.ticket.number:
            self._show(last=replace(self.state.last, job_id=job.id))

    def withdraw_last(self) -> None:
        """Ctrl+Z: the ticket that was given last is taken back."""
        given = self._visit.last_ticket()
        if given is None or not self.state.last.can_withdraw:
            self._say(describe(NothingToUndo(), self._words))
            return
        self._show(last=replace(self.state.last, can_withdraw=False))
        self._tasks.run(
            partial(self._take_back, given),
            owner=self,
            done=self._on_withdrawn,
            failed=self._on_withdraw_failed,
            lane=Lane.LIVE,
        )

    def _take_back(self, given: GivenTicket) -> Ticket:
        """Of who checked in, the appointment is to come again."""
        if not given.appointment_id:
            return self._desk.withdraw(given.ticket.id)
        self._desk.appointments.undo_check_in(given.appointment_id, AppointmentAsked())
        return given.ticket.model_copy(update={"state": TicketState.WITHDRAWN})

    def _on_withdrawn(self, ticket: Ticket) -> None:
        self._visit.update(ticket)
        self._show(last=replace(self.state.last, mark=self._words("withdrawn")))
        self._refresh()
        text = self._words("Ticket {number} withdrawn", number=ticket.number)
        self._say(UserMessage(text, icon="ph.arrow-counter-clockwise-bold"))
        self.focus_wished.emit()

    def _on_withdraw_failed(self, error: Exception) -> None:
        self._show(last=replace(self.state.last, can_withdraw=True))
        self._on_failed(error)

    def print_again(self, job_id: str = "") -> None:
        """Print the last slip, or a given job, once more."""
        wanted = job_id or self.state.last.job_id
        if wanted:
            self._papers.again(wanted)

    def remedy(self, message: UserMessage) -> bool:
        """Do what a message of this screen offered; tells whether it was one of these."""
        remedies: dict[Remedy, Callable[[str], object]] = {
            Remedy.PRINT_AGAIN: self.print_again,
            Remedy.GIVE_ANYWAY: self.give_anyway,
            Remedy.CHECK_IN_ANYWAY: partial(self.check_in, anyway=True),
        }
        act = remedies.get(message.remedy)
        if act is not None:
            act(message.about)
        return act is not None

    # the visitor

    def set_name(self, name: str) -> None:
        self._visit.change(visitor_name=name)

    def set_note(self, note: str) -> None:
        self._visit.change(note=note)

    def set_language(self, language: str) -> None:
        self._visit.change(language=Language(language))
        self.commit_details()

    def toggle_priority(self, code: str) -> None:
        """Switch a reason on, or off again; at most one counts."""
        now = "" if self._visit.start.priority == code else code
        self._visit.change(priority=now)
        self.commit_details()

    def commit_details(self) -> None:
        """What was typed goes with the first ticket, or at once when the visit has begun."""
        details = self._visit.to_send()
        if details is not None:
            work = partial(self._desk.change_visit, self._visit.start.id, details)
            self._write(work, done=lambda _answer: None)
        self._refresh()

    def print_receipt(self) -> None:
        if self._visit.begun:
            self._papers.receipt(self._visit.start.id)

    def next_visitor(self) -> None:
        """F9: the encounter here ends; the visit lives on while its tickets do."""
        self.commit_details()
        if self._visit.begun:
            work = partial(self._desk.end_encounter, self._visit.start.id)
            self._write(work, done=lambda _answer: None)
        self._visit = CurrentVisit.begin()
        self.undo_lapsed.emit()
        self._show(last=replace(self.state.last, can_withdraw=False))
        self.search("")
        self._refresh()
        self.focus_wished.emit()

    # inside

    def _selected(self) -> Product | None:
        return self._finding.product(self.state.selected)

    def _found(self) -> dict[str, object]:
        if self._directory is None:
            return {"suggestions": (), "found": ""}
        rows = self._finding.rows(self._directory, self._figures, self._words)
        found = self._words.plural("{n} product", "{n} products", len(rows)) if rows else ""
        return {"suggestions": rows, "found": found}

    def _refresh(self) -> None:
        """Make the state anew from what is known; nothing is emitted when nothing changed."""
        directory, now = self._directory, self._desk.clock.now()
        if directory is None:
            return
        if self._picture is not None:
            self._figures = figures(directory, self._picture, now, self._words)
        self._show(
            ready=True,
            tiles=faces.tiles(directory, self._figures, self._words),
            visitor=self._visit.shown(directory=directory, now=now, words=self._words),
            **self._found(),
        )

    def _show(self, **changed: object) -> None:
        state = replace(self.state, **changed)  # type: ignore[arg-type]  # fields by name
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)

    def _write(self, work: Callable[[], object], *, done: Callable[..., object]) -> None:
        self._tasks.run(work, owner=self, done=done, failed=self._on_failed, lane=Lane.WRITE)

    def _on_failed(self, error: Exception) -> None:
        self._say(describe(error, self._words))

    def _say(self, message: UserMessage) -> None:
        self.said.emit(message)
