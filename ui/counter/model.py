"""What the counter screen knows, and how it takes the answers to what was asked."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from loket.catalogue.search import ProductIndex
from loket.kit.clock import monotonic
from loket.kit.i18n import Words, mark
from loket.queue.messages import CallOutcome, CounterNow, OwnDay, Ticket, TicketCard
from loket.queue.picture import SitePicture
from loket.queue.rules.life import AT_COUNTER
from loket.visits.messages import StartVisit, Visit, VisitDetails
from ui.core.directory import Directory
from ui.core.sentences import Remedy, UserMessage, describe, sentence
from ui.core.tasks import Lane, TaskRunner
from ui.counter import picking, showing
from ui.counter.desk import CounterDesk
from ui.counter.overlay import Overlay
from ui.counter.picking import Known
from ui.counter.showing import Facts
from ui.counter.state import CounterState, Picker, PickerKind

T = TypeVar("T")

LiveAct = Callable[[str, int | None], Ticket]


class CounterModel(QObject):
    """All that is known, and one state made from it; the intents are its heir's."""

    state_changed = Signal(object)
    said = Signal(object)
    focus_wished = Signal()
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
        self._index: ProductIndex | None = None
        self._counter_id, self._user_id = "", ""
        self._picture = SitePicture.empty()
        self._overlay = Overlay()
        self._calling = False
        self._called_at = float("-inf")
        self._last_act = ""
        self._day: OwnDay | None = None
        self._visit: Visit | None = None
        self._asked_visit = ""
        self._asked_cards: set[tuple[str, int]] = set()
        self._picking: tuple[PickerKind, str, int] | None = None
        self.state = CounterState()

    # what comes from outside

    def sit_at(self, counter_id: str, user_id: str = "") -> None:
        """Another session: everything of the former one is forgotten."""
        self._counter_id, self._user_id = counter_id, user_id
        self._picking, self._asked_cards = None, set()
        self._overlay = Overlay()
        self._last_act, self._day, self._visit, self._asked_visit = "", None, None, ""
        self._refresh()
        self._read_day()

    def speak(self, words: Words) -> None:
        self._words = words
        self._refresh()

    def show_catalogue(self, directory: Directory, index: ProductIndex | None = None) -> None:
        self._directory, self._index = directory, index
        self._refresh()

    def show_picture(self, picture: SitePicture) -> None:
        self._picture = picture
        self._overlay.settle(picture)
        self._refresh()
        self._read_parked()

    def visit_now(self) -> StartVisit | None:
        """Who is here, for other screens; None: nobody, or not known yet."""
        card, visit = self._current(), self._visit
        if card is None or visit is None or visit.id != card.ticket.visit_id:
            return None
        details = visit.model_dump(include=set(VisitDetails.model_fields))
        return StartVisit.model_validate({"id": visit.id, **details})

    def tick(self) -> None:
        """Every second: the timer, once a minute the waits."""
        self._refresh()

    # answers

    @property
    def _idle(self) -> bool:
        """Nothing is under way and nothing is being chosen."""
        return not (self._calling or self.state.busy or self._picking is not None)

    def _on_counter(self, after: str, counter: CounterNow) -> None:
        self._picture = self._picture.with_counter_now(counter)
        self._refresh()
        if after:
            self.said.emit(UserMessage(self._words(after), icon="ph.coffee-bold"))

    def _act(self, act: LiveAct, *, allowed: bool, after: str = "", place: str = "") -> None:
        card = self._current()
        if card is None or not allowed or not self._idle:
            return
        self._run(
            partial(act, card.ticket.id, card.ticket.version),
            done=partial(self._on_done, after, place=place),
        )

    def _on_done(self, after: str, ticket: Ticket, *, place: str = "") -> None:
        self._last_act = ticket.id
        self._on_act(after, ticket, place=place)

    def _on_act(self, after: str, ticket: Ticket, *, place: str = "") -> None:
        self._overlay.put(ticket)
        self.undo_lapsed.emit()
        self._refresh()
        if after:
            text = self._words(after, number=ticket.number, place=place)
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

    def _read_parked(self) -> None:
        """Why somebody was parked: events do not say."""
        facts = self._facts()
        for card in showing.parked_here(facts) if facts else ():
            asked = (card.ticket.id, card.ticket.version)
            if card.ticket.id in self._picture.unread and asked not in self._asked_cards:
                self._asked_cards.add(asked)
                self._tasks.run(
                    partial(self._desk.card, card.ticket.id),
                    owner=self,
                    done=self._on_parked,
                    failed=_stay_silent,
                )

    def _on_parked(self, card: TicketCard) -> None:
        self._picture = self._picture.with_card(card)
        self._refresh()

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

    def _run(self, work: Callable[[], T], *, done: Callable[[T], object]) -> None:
        """One act at a time: a key pressed again before the answer is a slip, not a wish."""
        self._show(busy=True)
        answered = partial(self._on_answer, done)
        self._tasks.run(work, owner=self, done=answered, failed=self._on_failed, lane=Lane.LIVE)

    def _on_answer(self, done: Callable[[T], object], answer: T) -> None:
        self._show(busy=False)
        done(answer)

    def _refresh(self) -> None:
        facts = self._facts()
        if facts is None:
            return
        if facts.card is None:
            self._asked_visit, self._visit = "", None
        else:
            self._read_visit(facts.card)
            facts = self._facts() or facts
        if facts.card is None and self._picking and self._picking[0] is not PickerKind.PAUSE:
            self._picking = None  # who it was about is no longer here
        self._show(
            **showing.shown(facts),
            undo=self._last_act,
            picker=self._picker(facts) if self._picking else None,
        )

    def _facts(self) -> Facts | None:
        if self._directory is None or not self._counter_id:
            return None
        return Facts(
            directory=self._directory,
            picture=self._picture,
            overlay=self._overlay,
            counter_id=self._counter_id,
            user_id=self._user_id,
            card=self._current(),
            calling=self._calling,
            visit=self._visit,
            day=self._day,
            now=self._desk.clock.now(),
            words=self._words,
        )

    def _picker(self, facts: Facts) -> Picker | None:
        if self._picking is None:
            return None
        known = Known(
            directory=facts.directory,
            index=self._index,
            picture=facts.picture,
            counter_id=facts.counter_id,
            ticket=facts.card.ticket if facts.card else None,
            now=facts.now,
            words=facts.words,
        )
        return picking.picker(*self._picking, known)

    def _show(self, **changed: object) -> None:
        state = replace(self.state, **changed)  # type: ignore[arg-type]  # fields by name
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)


def _stay_silent(_error: Exception) -> None:
    """What a read brings is an extra here; the connection pill already tells it is away."""
