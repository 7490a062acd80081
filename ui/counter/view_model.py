"""What the clerk at a counter can do; what is then shown follows from the answers."""

from functools import partial

from loket.kit.i18n import mark
from loket.queue.messages import Ticket
from loket.queue.rules.life import TicketState
from loket.queue.rules.opening import PauseReason
from ui.core.tasks import Lane
from ui.counter import picking
from ui.counter.desk import CounterDesk
from ui.counter.model import CounterModel, LiveAct
from ui.counter.state import PickerKind

SAFE_REPEAT = 1.0
"""Seconds in which a second F9 is a slip of the finger."""


class CounterViewModel(CounterModel):
    """Intents of the clerk in, one state out."""

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
        if not self._idle or now - self._called_at < SAFE_REPEAT:
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

    def resume(self, ticket_id: str) -> None:
        """Back from parking: straight to this counter by who parked it, else waiting on."""
        card = self._picture.cards.get(ticket_id)
        if card is None or not self._idle:
            return
        own = card.ticket.parked_by == self._user_id
        act = self._desk.call_parked if own else self._desk.resume
        after = "" if own else mark("{number} waits again")
        if own:
            self._overlay.know(card)
        self._run(partial(act, ticket_id, card.ticket.version), done=partial(self._on_done, after))
        self.focus_wished.emit()  # else Enter would press the button of the next parked one

    def undo(self) -> None:
        """Ctrl+Z: the last act of this counter is taken back."""
        if not self._idle:
            return
        if not self._last_act:
            self._say_code("queue.nothing_to_undo")
            return
        ticket_id, self._last_act = self._last_act, ""
        self._run(partial(self._desk.undo, ticket_id), done=self._on_undone)

    # choosing in the overlay

    def park(self) -> None:
        """F5: say where the visitor is, or nothing."""
        self._pick(PickerKind.PARK, allowed=self.state.can_park)

    def transfer(self) -> None:
        """F6: to another queue, product or counter."""
        self._pick(PickerKind.TRANSFER, allowed=self.state.can_transfer)

    def change_products(self) -> None:
        """F3: one more thing, or one less."""
        self._pick(PickerKind.PRODUCTS, allowed=self.state.can_change_products)

    def pause(self) -> None:
        """F2: pause this counter, or be back."""
        if not self.state.paused:
            self._pick(PickerKind.PAUSE, allowed=self.state.can_pause)
        elif self._idle:
            self._run(self._desk.end_pause, done=partial(self._on_counter, ""))

    def _pick(self, kind: PickerKind, *, allowed: bool) -> None:
        """Open the overlay; the same key once more closes it."""
        if self._picking is not None:
            self.close_picker()
        elif allowed and self._idle:
            self._picking = (kind, "", 0)
            self._refresh()

    def close_picker(self) -> None:
        self._picking = None
        self._refresh()
        self.focus_wished.emit()

    def leave_picker(self) -> None:
        """Esc: first what was typed, then the overlay."""
        if self._picking is not None and self._picking[1]:
            self.search_picker("")
        else:
            self.close_picker()

    def search_picker(self, query: str) -> None:
        if self._picking is not None and query != self._picking[1]:
            self._picking = (self._picking[0], query, 0)
            self._refresh()

    def move_picker(self, step: int) -> None:
        shown = self.state.picker
        if shown is not None and shown.choices:
            self._picking = (shown.kind, shown.query, (shown.chosen + step) % len(shown.choices))
            self._refresh()

    def choose(self, key: str = "") -> None:
        """Enter, or a click on a choice: do it."""
        shown = self.state.picker
        if shown is None or not shown.choices:
            return
        key = key or shown.choices[shown.chosen].key
        title = next((one.title for one in shown.choices if one.key == key), "")
        until = picking.until_in(shown.query, self._desk.clock.now())
        self.close_picker()
        kind, _colon, what = key.partition(":")
        if kind == "pause":
            self._run(
                partial(self._desk.pause, PauseReason(what), until),
                done=partial(self._on_counter, mark("The counter pauses. F9 or F2 ends it.")),
            )
        else:
            self._do_chosen(kind, what, title)

    def _do_chosen(self, kind: str, what: str, title: str) -> None:
        desk = self._desk
        acts: dict[str, tuple[LiveAct, str]] = {
            "park": (lambda ticket, seen: desk.park(ticket, what, seen), mark("{number} parked")),
            "add": (
                lambda ticket, seen: desk.add_product(ticket, what, seen),
                mark("{number} is also for {place}"),
            ),
            "remove": (
                lambda ticket, seen: desk.remove_product(ticket, what, seen),
                mark("{number} is no longer for {place}"),
            ),
        }
        sent = mark("{number} referred to {place}")
        for goal in ("product", "queue", "counter"):
            acts[goal] = (partial(_transfer, desk, f"{goal}_id", what), sent)
        act, after = acts[kind]
        self._act(act, allowed=self._current() is not None, after=after, place=title)


def _transfer(
    desk: CounterDesk, goal: str, what: str, ticket_id: str, seen_version: int | None
) -> Ticket:
    return desk.transfer(ticket_id, seen_version=seen_version, **{goal: what})
