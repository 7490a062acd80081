"""The frame around the screens: who is signed in, what is found, how the connection is."""

from dataclasses import replace
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from loket.catalogue.messages import Catalogue
from loket.catalogue.search import ProductIndex
from loket.kit.clock import Clock
from loket.kit.errors import NotFound
from loket.kit.i18n import Words
from loket.queue.messages import Ticket, TicketCard
from loket.queue.picture import SitePicture
from loket.staff.messages import Demonstration, SignedIn
from ui.core.actions import ScreenId
from ui.core.attention import Attention
from ui.core.directory import Directory
from ui.core.figures import day_and_time, initials, short_name
from ui.core.scans import readings
from ui.core.sentences import UserMessage, describe
from ui.core.tasks import Lane, TaskRunner
from ui.shell import faces
from ui.shell.appointments import AppointmentSearch
from ui.shell.printers import PrinterChoice, PrinterDesk
from ui.shell.reports import ReportSearch
from ui.shell.state import Found, ShellState, Stage

ASK_AGAIN_MS = 1500


class ShellDesk(PrinterDesk, Protocol):
    """What the frame needs of the desk."""

    @property
    def clock(self) -> Clock: ...
    def demonstration(self) -> Demonstration: ...
    def sign_in(self, username: str, password: str) -> SignedIn: ...
    def sign_out(self) -> None: ...
    def catalogue(self) -> Catalogue: ...
    def picture(self) -> SitePicture: ...
    def find_ticket(self, code: str) -> TicketCard: ...
    def withdraw(self, ticket_id: str, seen_version: int | None = None) -> Ticket: ...
    def resume(self, ticket_id: str, seen_version: int | None = None) -> Ticket: ...
    def return_ticket(self, ticket_id: str, seen_version: int | None = None) -> Ticket: ...


class ShellViewModel(QObject):
    """Intents of the frame in, one state out; tells the others what was read."""

    state_changed = Signal(object)
    said = Signal(object)
    catalogue_read = Signal(object, object)
    """Directory and product index of this site."""
    signed_in = Signal(object)
    product_wished = Signal(str)
    """The name of a product chosen in the omnibox."""

    def __init__(self, tasks: TaskRunner, words: Words, *, desk_code: str) -> None:
        super().__init__()
        self._tasks = tasks
        self._words = words
        self._desk: ShellDesk | None = None
        self._desk_code = desk_code
        self._demonstration = Demonstration(active=False, users=[])
        self._session: SignedIn | None = None
        self._asking = QTimer(self)
        self._asking.setSingleShot(True)
        self._asking.setInterval(ASK_AGAIN_MS)
        self._asking.timeout.connect(self._ask_whom_to_offer)
        self._directory: Directory | None = None
        self._index: ProductIndex | None = None
        self._from_server: dict[str, tuple[Found, ...]] = {}
        self.printers = PrinterChoice(tasks, words)
        self.printers.said.connect(self.said)
        self.appointments = AppointmentSearch(tasks, words)
        self.reports = ReportSearch(tasks, words)
        self._searches = {
            ScreenId.APPOINTMENTS: self.appointments,
            ScreenId.REPORTS: self.reports,
        }
        for search in self._searches.values():
            search.said.connect(self.said)
            search.found.connect(self._on_found)
        self.state = ShellState(sign_in=replace(ShellState().sign_in, desk=desk_code))

    # what comes from outside

    def attach(self, desk: ShellDesk) -> None:
        """Take the desk that is ready now, and ask whom it may offer."""
        self._desk = desk
        self.printers.attach(desk)
        for search in self._searches.values():
            search.attach(desk)
        self._ask_whom_to_offer()

    def _ask_whom_to_offer(self) -> None:
        if self._desk is None or self._session is not None:
            return
        self._tasks.run(
            self._desk.demonstration,
            owner=self,
            done=self._on_demonstration,
            failed=self._on_demonstration_failed,
        )

    def start_failed(self, error: Exception) -> None:
        """Without a desk there is only a sentence with what to do."""
        message = describe(error, self._words)
        sign_in = replace(self.state.sign_in, wrong=message.text)
        self._show(sign_in=sign_in)

    def speak(self, words: Words) -> None:
        self._words = words
        self.printers.speak(words)
        for search in self._searches.values():
            search.speak(words)
        sign_in = replace(
            self.state.sign_in, people=faces.people(self._demonstration, words), wrong=""
        )
        self._show(sign_in=sign_in)
        self.refresh()

    def refresh(self) -> None:
        """Clock, connection and names as they now are."""
        if self._desk is None:
            return
        words, session = self._words, self._session
        name = session.user.name if session else ""
        directory = self._directory
        self._show(
            clock=day_and_time(words, self._desk.clock.now()),
            demonstration=words("demonstration") if self._demonstration.active else "",
            pill=faces.pill(self._desk.picture().connection, words),
            person=name,
            short_name=short_name(name) if name else "",
            initials=initials(name),
            desk=faces.desk_name(session, directory) if session and directory else "",
        )

    def catalogue_changed(self) -> None:
        """Read it and make it searchable, off the GUI thread."""
        desk, session = self._desk, self._session
        if desk is None or session is None:
            return
        self._tasks.run(
            partial(_read_catalogue, desk, session.site_id),
            owner=self,
            done=self._on_catalogue,
            failed=self._on_failed,
            latest="catalogue",
        )

    def session_ended(self) -> None:
        """Nobody is signed in any more, though nobody signed out."""
        if self._session is not None:
            self._leave()
            wrong = self._words("The session has ended. Sign in again.")
            self._show(sign_in=replace(self.state.sign_in, wrong=wrong))

    # signing in and out

    def sign_in_as(self, username: str) -> None:
        """One press on a person of the demonstration town."""
        user = next((one for one in self._demonstration.users if one.username == username), None)
        if user is not None:
            self.sign_in(user.username, user.password)

    def sign_in(self, username: str, password: str) -> None:
        desk = self._desk
        if desk is None or self.state.sign_in.busy:
            return
        if not username.strip() or not password:
            wrong = self._words("Fill in name and password.")
            self._show(sign_in=replace(self.state.sign_in, wrong=wrong))
            return
        self._show(sign_in=replace(self.state.sign_in, busy=True, wrong=""))
        self._tasks.run(
            partial(desk.sign_in, username.strip(), password),
            owner=self,
            done=self._on_signed_in,
            failed=self._on_refused,
            lane=Lane.LIVE,
        )

    def sign_out(self) -> None:
        desk = self._desk
        if desk is None or self._session is None:
            return
        self._leave()
        self._tasks.run(
            desk.sign_out,
            owner=self,
            done=lambda _nothing: None,
            failed=self._on_failed,
            lane=Lane.LIVE,
        )

    def _leave(self) -> None:
        self._session = None
        self._show(
            stage=Stage.SIGN_IN,
            screens=(),
            ticket=None,
            attention=(),
            query="",
            found=(),
            sign_in=replace(self.state.sign_in, busy=False, wrong=""),
        )

    def _on_demonstration(self, demonstration: Demonstration) -> None:
        self._demonstration = demonstration
        offered = faces.people(demonstration, self._words)
        sign_in = replace(self.state.sign_in, people=offered, wrong="")
        self._show(stage=Stage.SIGN_IN, sign_in=sign_in)
        self.refresh()

    def _on_demonstration_failed(self, error: Exception) -> None:
        wrong = describe(error, self._words).text
        self._show(stage=Stage.SIGN_IN, sign_in=replace(self.state.sign_in, wrong=wrong))
        self.refresh()
        # A first start loads a whole town, and a server may come back: ask again until it answers.
        self._asking.start()

    def _on_signed_in(self, session: SignedIn) -> None:
        self._session = session
        self._show(sign_in=replace(self.state.sign_in, busy=False, wrong=""))
        self.catalogue_changed()

    def _on_refused(self, error: Exception) -> None:
        wrong = describe(error, self._words).text
        self._show(sign_in=replace(self.state.sign_in, busy=False, wrong=wrong))

    def _on_catalogue(self, read: tuple[Directory, ProductIndex]) -> None:
        self._directory, self._index = read
        session = self._session
        if session is None:
            return
        begins = self.state.stage is not Stage.WORKING
        for search in self._searches.values():
            search.show_catalogue(self._directory)
        self.catalogue_read.emit(self._directory, self._index)
        if begins:
            self.signed_in.emit(session)
        screen = faces.home(session, self._directory) if begins else self.state.screen
        self._show(
            stage=Stage.WORKING, screens=faces.screens(session, self._directory), screen=screen
        )
        self.refresh()

    # moving about

    def open_screen(self, screen: ScreenId) -> None:
        if screen in self.state.screens:
            self._show(screen=screen, ticket=None)

    def show_attention(self, screen: ScreenId, asked: Attention) -> None:
        """A count beside the name of a screen, whichever is shown."""
        others = tuple(pair for pair in self.state.attention if pair[0] is not screen)
        self._show(attention=(*others, (screen, asked)) if asked.many else others)

    def search(self, text: str) -> None:
        """The omnibox: tickets first, then what the server finds, then products."""
        self._from_server = {}
        self._show(query=text, found=self._found(text), chosen=0)
        for screen, search in self._searches.items():
            if screen in self.state.screens:
                search.search(text)

    def _on_found(self, kind: str, text: str, found: tuple[Found, ...]) -> None:
        if text == self.state.query and found:
            self._from_server[kind] = found
            self._show(found=self._found(text))

    def move(self, step: int) -> None:
        if self.state.found:
            self._show(chosen=(self.state.chosen + step) % len(self.state.found))

    def choose(self, place: int | None = None) -> None:
        """Enter in the omnibox, or a click on a result."""
        found, text = self.state.found, self.state.query.strip()
        codes = readings(text)
        if codes:
            self.close_search()
            self.scan(codes)
            return
        place = self.state.chosen if place is None else place
        if place < len(found):
            self._open(found[place])
        elif text:
            self.close_search()
            self.scan((text.upper(),))

    def close_search(self) -> None:
        self._show(query="", found=(), chosen=0)

    def scan(self, codes: tuple[str, ...]) -> None:
        """A code was scanned: open what it stands for, by its first reading that is known."""
        desk = self._desk
        if desk is None or self._session is None or not codes:
            return
        if any(search.scan(codes) for search in self._searches.values()):
            return
        self._tasks.run(
            partial(_first_found, desk, codes),
            owner=self,
            done=self.show_ticket,
            failed=self._on_failed,
            latest="scan",
        )

    def show_ticket(self, card: TicketCard) -> None:
        desk = self._desk
        if desk is not None:
            view = faces.ticket_view(
                card, directory=self._directory, now=desk.clock.now(), words=self._words
            )
            self._show(ticket=view)

    def close_ticket(self) -> None:
        self._show(ticket=None)

    def withdraw_shown(self) -> None:
        """The ticket that is looked at is taken back."""
        desk, view = self._desk, self.state.ticket
        if desk is None or view is None or not view.can_withdraw:
            return
        self._tasks.run(
            partial(desk.withdraw, view.ticket_id),
            owner=self,
            done=self._on_withdrawn,
            failed=self._on_failed,
            lane=Lane.LIVE,
        )

    def let_wait_shown(self) -> None:
        """Who was parked or not present is here again, and waits on."""
        desk, view = self._desk, self.state.ticket
        if desk is None or view is None or not view.can_wait:
            return
        act = desk.return_ticket if view.absent else desk.resume
        self._tasks.run(
            partial(act, view.ticket_id),
            owner=self,
            done=self._on_waiting,
            failed=self._on_failed,
            lane=Lane.LIVE,
        )

    def _on_waiting(self, ticket: Ticket) -> None:
        self.close_ticket()
        text = self._words("{number} waits again", number=ticket.number)
        self.said.emit(UserMessage(text, icon="ph.hourglass-medium-bold"))

    def _on_withdrawn(self, ticket: Ticket) -> None:
        self.close_ticket()
        text = self._words("Ticket {number} withdrawn", number=ticket.number)
        self.said.emit(UserMessage(text, icon="ph.arrow-counter-clockwise-bold"))

    def _open(self, found: Found) -> None:
        self.close_search()
        if found.kind == "product":
            self.open_screen(ScreenId.WELCOME)
            self.product_wished.emit(found.title)
            return
        for search in self._searches.values():
            if found.kind == search.kind:
                search.opened.emit(found.id)
                return
        card = self._desk.picture().cards.get(found.id) if self._desk else None
        if card is not None:
            self.show_ticket(card)

    def _found(self, text: str) -> tuple[Found, ...]:
        if self._directory is None or self._index is None or self._desk is None:
            return ()
        tickets = faces.found_tickets(text, self._desk.picture(), self._directory, self._words)
        for search in self._searches.values():
            tickets += self._from_server.get(search.kind, ())
        if not text.strip() or ScreenId.WELCOME not in self.state.screens:
            return tickets
        products = tuple(
            Found(
                "product",
                hit.product.id,
                hit.product.name,
                self._directory.place_of(hit.product),
                hit.product.icon,
            )
            for hit in self._index.search(text, faces.MOST_PRODUCTS)
        )
        return tickets + products

    def _on_failed(self, error: Exception) -> None:
        self.said.emit(describe(error, self._words))

    def _show(self, **changed: object) -> None:
        state = replace(self.state, **changed)  # type: ignore[arg-type]  # fields by name
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)


def _read_catalogue(desk: ShellDesk, site_id: str) -> tuple[Directory, ProductIndex]:
    catalogue = desk.catalogue()
    return Directory(catalogue, site_id), ProductIndex(catalogue)


def _first_found(desk: ShellDesk, codes: tuple[str, ...]) -> TicketCard:
    *others, last = codes
    for code in others:
        try:
            return desk.find_ticket(code)
        except Exception as error:
            if not _unknown(error):
                raise
    return desk.find_ticket(last)


def _unknown(error: Exception) -> bool:
    """Whether the server, or the desk, says that there is no such ticket."""
    code = str(getattr(error, "code", ""))
    return isinstance(error, NotFound) or code.endswith(("unknown_ticket", "not_found"))
