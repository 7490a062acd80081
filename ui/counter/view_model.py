"""What the clerk at a counter can do, and what the screen then shows."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from loket.kit.clock import Clock, monotonic
from loket.kit.i18n import Words, mark
from loket.queue.messages import CallOutcome, OwnDay, Ticket, TicketCard
from loket.queue.picture import SitePicture
from loket.queue.rules.life import AT_COUNTER, TicketState
from loket.visits.messages import Visit
from ui.core.directory import Directory
from ui.core.sentences import Remedy, UserMessage, describe, sentence
from ui.core.tasks import Lane, TaskRunner
from ui.counter import faces
from ui.counter.overlay import Overlay
from ui.counter.state import CounterState, ProductHelp, VisitAct, Visitor

SAFE_REPEAT = 1.0
"""Seconds in which a second F9 is a slip of the finger."""
LONGEST_LIST = 30

LiveAct = Callable[[str, int | None], Ticket]


class CounterDesk(Protocol):
    """What this screen needs of the desk."""

    @property
    def clock(self) -> Clock: ...
    def call_next(self, believes: str | None) -> CallOutcome: ...
    def put_back(self, ticket_id: str, seen_version: int | None = None) -> Ticket: ...
    def recall(self, ticket_id: str, seen_version: int | None = None) -> Ticket: ...
    def start(self, ticket_id: str, seen_version: int | None = None) -> Ticket: ...
    def finish(self, ticket_id: str, seen_version: int | None = None) -> Ticket: ...
    def mark_no_show(self, ticket_id: str, seen_version: int | None = None) -> Ticket: ...
    def undo(self, ticket_id: str, seen_version: int | None = None) -> Ticket: ...
    def visit(self, visit_id: str) -> Visit: ...
    def card(self, ticket_id: str) -> TicketCard: ...
    def own_day(self) -> OwnDay: ...


class CounterViewModel(QObject):
    """Intents of the clerk in, one state out."""

    state_changed = Signal(object)
    said = Signal(object)
    undo_lapsed = Signal()
    """Another act is the last one now; what was offered to undo is not."""

    def __init__(
        self,
        desk: CounterDesk,
        tasks: TaskRunner,
        words: Words,
        seconds: Callable[[], float] = monotonic,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._tasks = tasks
        self._words = words
        self._seconds = seconds
        self._directory: Directory | None = None
        self._counter_id = ""
        self._picture = SitePicture.empty()
        self._overlay = Overlay()
        self._calling = False
        self._called_at = float("-inf")
        self._last_act = ""
        self._day: OwnDay | None = None
        self._visit: Visit | None = None
        self._asked_visit = ""
        self.state = CounterState()

    # what comes from outside

    def sit_at(self, counter_id: str) -> None:
        """Another session: everything of the former one is forgotten."""
        self._counter_id = counter_id
        self._overlay = Overlay()
        self._last_act, self._day, self._visit, self._asked_visit = "", None, None, ""
        self._refresh()
        self._read_day()

    def speak(self, words: Words) -> None:
        self._words = words
        self._refresh()

    def show_catalogue(self, directory: Directory) -> None:
        self._directory = directory
        self._refresh()

    def show_picture(self, picture: SitePicture) -> None:
        self._picture = picture
        self._overlay.settle(picture)
        self._refresh()

    def tick(self) -> None:
        """Every second: the timer, once a minute the waits."""
        self._refresh()

    # intents

    def press_main(self) -> None:
        """The solid button, whatever it says now."""
        if self.state.big.act == "start":
            self.start()
        else:
            self.call_next()

    def call_next(self) -> None:
        """F9: finish who is here and call the next; never twice by one slip."""
        now = self._seconds()
        if self._calling or self.state.busy or now - self._called_at < SAFE_REPEAT:
            return
        card = self._current()
        if card is not None and card.ticket.state is TicketState.CALLED:
            self._refuse_call(card.ticket.number)
            return
        self._called_at, self._calling = now, True
        self._refresh()
        believes = card.ticket.id if card else None
        self._tasks.run(
            partial(self._desk.call_next, believes),
            owner=self,
            done=self._on_called,
            failed=self._on_failed,
            lane=Lane.LIVE,
        )

    def start(self) -> None:
        """Enter: the visitor is here."""
        self._act(self._desk.start, allowed=self.state.can_start)

    def recall(self) -> None:
        self._act(self._desk.recall, allowed=self.state.can_recall)

    def no_show(self) -> None:
        text = mark("{number} was not present")
        self._act(self._desk.mark_no_show, allowed=self.state.can_no_show, after=text)

    def put_back(self) -> None:
        text = mark("{number} waits again")
        self._act(self._desk.put_back, allowed=self.state.can_put_back, after=text)

    def finish(self) -> None:
        text = mark("{number} finished")
        self._act(self._desk.finish, allowed=self.state.can_finish, after=text)

    def undo(self) -> None:
        """Ctrl+Z: the last act of this counter is taken back."""
        if self._calling or self.state.busy:
            return
        if not self._last_act:
            self._say_code("queue.nothing_to_undo")
            return
        ticket_id, self._last_act = self._last_act, ""
        self._run(partial(self._desk.undo, ticket_id), done=self._on_undone)

    # answers

    def _act(self, act: LiveAct, *, allowed: bool, after: str = "") -> None:
        card = self._current()
        if card is None or not allowed or self._calling or self.state.busy:
            return
        self._run(
            partial(act, card.ticket.id, card.ticket.version), done=partial(self._on_done, after)
        )

    def _on_done(self, after: str, ticket: Ticket) -> None:
        self._last_act = ticket.id
        self._on_act(after, ticket)

    def _on_act(self, after: str, ticket: Ticket) -> None:
        self._overlay.put(ticket)
        self.undo_lapsed.emit()
        self._refresh()
        if after:
            text = self._words(after, number=ticket.number)
            remedy = Remedy.UNDO if self._last_act == ticket.id else Remedy.NONE
            self.said.emit(UserMessage(text, remedy=remedy, about=ticket.id))
        if ticket.state not in AT_COUNTER:
            self._read_day()

    def _on_undone(self, ticket: Ticket) -> None:
        self._on_act(mark("{number} taken back"), ticket)
        self._read_day()  # what was taken back may have counted, wherever the ticket is now

    def _on_called(self, outcome: CallOutcome) -> None:
        self._calling = False
        self.undo_lapsed.emit()
        if outcome.finished is not None:
            self._overlay.put(outcome.finished)
            self._last_act = outcome.finished.id
        if outcome.called is not None:
            self._overlay.put_card(outcome.called)
            self._last_act = outcome.called.ticket.id
        self._refresh()
        if outcome.called is None:
            text = self._words("Nobody is waiting. New tickets come by themselves.")
            self.said.emit(UserMessage(text, icon="ph.check-circle-bold"))
        self._read_day()

    def _on_failed(self, error: Exception) -> None:
        """Say what is wrong; the picture then shows what is true."""
        self._calling = False
        self._show(busy=False)
        self._called_at = float("-inf")
        self._overlay = Overlay()
        self._refresh()
        self.said.emit(describe(error, self._words))

    def _refuse_call(self, number: str) -> None:
        text = sentence("queue.not_yet_serving", {"number": number}, self._words)
        message = UserMessage(
            text, wrong=True, icon="ph.warning-circle-bold", code="queue.not_yet_serving"
        )
        self.said.emit(message)

    def _say_code(self, code: str) -> None:
        text = sentence(code, {}, self._words)
        self.said.emit(UserMessage(text, wrong=True, icon="ph.warning-circle-bold", code=code))

    # reads

    def _read_day(self) -> None:
        if self._counter_id:
            self._tasks.run(
                self._desk.own_day,
                owner=self,
                done=self._on_day,
                failed=_stay_silent,
                latest="day",
            )

    def _on_day(self, day: OwnDay) -> None:
        self._day = day
        self._refresh()

    def _read_visit(self, card: TicketCard) -> None:
        """Name, note and the other acts: events carry none of them."""
        if self._asked_visit == card.ticket.id:
            return
        self._asked_visit, self._visit = card.ticket.id, None
        ticket_id, visit_id = card.ticket.id, card.ticket.visit_id
        if not card.visitor_name and not card.note:
            self._tasks.run(
                partial(self._desk.card, ticket_id),
                owner=self,
                done=self._on_card,
                failed=_stay_silent,
                latest="card",
            )
        self._tasks.run(
            partial(self._desk.visit, visit_id),
            owner=self,
            done=self._on_visit,
            failed=_stay_silent,
            latest="visit",
        )

    def _on_card(self, card: TicketCard) -> None:
        self._overlay.put_card(card)
        self._refresh()

    def _on_visit(self, visit: Visit) -> None:
        self._visit = visit
        self._refresh()

    # inside

    def _current(self) -> TicketCard | None:
        """Who is at this counter, by the newest that is known."""
        return self._overlay.at_counter(self._picture, self._counter_id)

    def _run(self, work: Callable[[], Ticket], *, done: Callable[[Ticket], object]) -> None:
        """One act at a time: a key pressed again before the answer is a slip, not a wish."""
        self._show(busy=True)
        answered = partial(self._on_answer, done)
        self._tasks.run(work, owner=self, done=answered, failed=self._on_failed, lane=Lane.LIVE)

    def _on_answer(self, done: Callable[[Ticket], object], ticket: Ticket) -> None:
        self._show(busy=False)
        done(ticket)

    def _refresh(self) -> None:
        directory = self._directory
        if directory is None or not self._counter_id:
            return
        words, now, card = self._words, self._desk.clock.now(), self._current()
        if card is not None:
            self._read_visit(card)
            card = self._current()
        else:
            self._asked_visit, self._visit = "", None
        phase = faces.phase_of(card, calling=self._calling)
        product = directory.product(card.ticket.product_id) if card else None
        over = card is not None and faces.is_over(card.ticket, product, now)
        hidden = {card.ticket.id} if card else set()
        waiting = (
            one
            for one in self._picture.cards.values()
            if one.ticket.id not in hidden
            and not self._overlay.knows_better(one.ticket)
            and faces.may_call(one.ticket, self._counter_id, self._picture)
        )
        coming = faces.next_up(waiting, directory=directory, counter_id=self._counter_id, now=now)
        self._show(
            phase=phase,
            band=faces.band(card, phase=phase, over=over, now=now, words=words),
            big=faces.big_button(
                card,
                first=coming[0].ticket.number if coming else "",
                why=faces.next_why(
                    coming,
                    directory=directory,
                    counter_id=self._counter_id,
                    now=now,
                    words=words,
                ),
                phase=phase,
                words=words,
            ),
            visitor=faces.visitor(card, directory=directory, over=over, now=now, words=words)
            if card
            else Visitor(),
            queue=faces.next_lines(
                coming[:LONGEST_LIST], directory=directory, now=now, words=words
            ),
            waiting=words.plural("{n} waiting", "{n} waiting", len(coming)),
            day=faces.day_figures(self._day, words) if self._day else self.state.day,
            help=faces.product_help(product, words) if card else ProductHelp(),
            acts=self._acts(directory, card),
            undo=self._last_act,
        )

    def _acts(self, directory: Directory, card: TicketCard | None) -> tuple[VisitAct, ...]:
        if self._visit is None or card is None:
            return ()
        return tuple(
            faces.visit_act(act, directory=directory, picture=self._picture, words=self._words)
            for act in self._visit.acts
            if not act.undone and act.ticket_id != card.ticket.id
        )

    def _show(self, **changed: object) -> None:
        state = replace(self.state, **changed)  # type: ignore[arg-type]  # fields by name
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)


def _stay_silent(_error: Exception) -> None:
    """What a read brings is an extra here; the connection pill already tells it is away."""
