"""The messages: which are listed, which one is looked at, what is done about it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final, Protocol

from PySide6.QtCore import QObject, Signal

from loket.correspondence.messages import MessagePage, MessagesAsked, OutgoingMessage
from loket.correspondence.rules import MessageState
from loket.kit.clock import Clock
from loket.kit.i18n import Words
from ui.admin.messages import faces
from ui.admin.messages.state import MessagesState, Phase, Pile
from ui.core.sentences import UserMessage, describe
from ui.core.tasks import Lane, TaskRunner

PAGE: Final = 50
MOST: Final = 200
"""As many as one answer holds."""


class Post(Protocol):
    """What goes out, as the desk knows it."""

    def messages(self, asked: MessagesAsked) -> MessagePage: ...
    def send_again(self, message_id: str, recipient: str | None = None) -> OutgoingMessage: ...
    def withdraw(self, message_id: str) -> OutgoingMessage: ...


class PostDesk(Protocol):
    """What this screen needs of the desk."""

    @property
    def clock(self) -> Clock: ...
    @property
    def correspondence(self) -> Post: ...


class MessagesViewModel(QObject):
    """Wishes in, one state out."""

    state_changed = Signal(object)
    said = Signal(object)

    def __init__(self, desk: PostDesk, tasks: TaskRunner, words: Words) -> None:
        super().__init__()
        self._desk, self._tasks, self._words = desk, tasks, words
        self._messages: dict[str, OutgoingMessage] = {}
        self._next: str | None = None
        self._pages = 1
        self._watching = self._asking = self._stale = False
        self._person = 0
        self.state = MessagesState()

    # what comes from outside

    def speak(self, words: Words) -> None:
        self._words = words
        self._show()

    def begin(self) -> None:
        """Somebody signed in: nothing of the former one is shown."""
        self._person += 1
        self._asking = self._stale = False
        self._messages, self._next, self._pages = {}, None, 1
        self._set(MessagesState(filter=self.state.filter))

    def open(self) -> None:
        """Somebody looks."""
        self._watching = True
        self.refresh()

    def close(self) -> None:
        """Nobody looks any more."""
        self._watching = False

    def message_changed(self) -> None:
        """Some message got further, says the desk; hundreds may, one after the other."""
        if self._asking:
            self._stale = True
        elif self._watching:
            self.refresh()

    # wishes

    def choose_filter(self, pile: Pile) -> None:
        if pile is self.state.filter:
            return
        self._messages, self._next, self._pages = {}, None, 1
        self._set(MessagesState(filter=pile, counts=self.state.counts))
        self.refresh()

    def choose(self, key: str) -> None:
        if key != self.state.chosen:
            self._set(replace(self.state, chosen=key, wrong="", confirming=False))
            self._show()

    def show_more(self) -> None:
        """The page after those that are shown."""
        if self._next is not None and not self.state.busy:
            self._pages += 1
            self._ask(_asked(self.state.filter, before=self._next), self._on_more)

    def refresh(self) -> None:
        """Ask anew; what was shown stays until the answer is there."""
        many = min(PAGE * self._pages, MOST)
        self._ask(_asked(self.state.filter, many=many), self._on_page)

    def send_again(self, recipient: str) -> None:
        """Put the chosen one in the post; to another address where one was typed."""
        shown = self.state.shown
        if shown is None or not shown.may_send:
            return
        typed = recipient.strip()
        other = typed if shown.may_redirect and typed and typed != shown.recipient else None
        act = partial(self._desk.correspondence.send_again, shown.key, other)
        self._act(act, self._words("The message is in the post again"))

    def withdraw(self) -> None:
        """Ask once more first: a withdrawn message never goes."""
        shown = self.state.shown
        if shown is None or not shown.may_withdraw:
            return
        if not self.state.confirming:
            self._set(replace(self.state, confirming=True))
            return
        act = partial(self._desk.correspondence.withdraw, shown.key)
        self._act(act, self._words("The message is withdrawn"))

    def keep(self) -> None:
        """It is not withdrawn after all."""
        self._set(replace(self.state, confirming=False))

    # inside

    def _ask(self, asked: MessagesAsked, done: Callable[[MessagePage], object]) -> None:
        self._asking, self._stale = True, False
        person = self._person

        def learn(page: MessagePage) -> None:
            if person == self._person:  # what the former one asked is not for this one
                done(page)

        self._tasks.run(
            partial(self._desk.correspondence.messages, asked),
            owner=self,
            done=learn,
            failed=self._on_failed,
            latest="messages",
        )

    def _on_page(self, page: MessagePage) -> None:
        self._messages = {each.id: each for each in page.messages}
        self._learn(page)

    def _on_more(self, page: MessagePage) -> None:
        self._messages |= {each.id: each for each in page.messages}
        self._learn(page)

    def _learn(self, page: MessagePage) -> None:
        self._asking = False
        self._next = page.next
        counts = page.counts
        counted = (
            (Pile.WAITING, counts.waiting),
            (Pile.FAILED, counts.failed),
            (Pile.IN_DOUBT, counts.in_doubt),
            (Pile.PLANNED, counts.planned),
        )
        chosen = self.state.chosen
        if chosen not in self._messages:
            chosen = next(iter(self._messages), "")
        self._set(
            replace(
                self.state,
                phase=Phase.SHOWN,
                problem="",
                counts=counted,
                more=page.next is not None,
                chosen=chosen,
                confirming=self.state.confirming and chosen == self.state.chosen,
            )
        )
        self._show()
        if self._stale:
            self.message_changed()

    def _show(self) -> None:
        now, words = self._desk.clock.now(), self._words
        chosen = self._messages.get(self.state.chosen)
        self._set(
            replace(
                self.state,
                rows=tuple(faces.row_of(words, each, now) for each in self._messages.values()),
                shown=None if chosen is None else faces.shown_of(words, chosen, now),
            )
        )

    def _act(self, act: Callable[[], OutgoingMessage], done: str) -> None:
        if self.state.busy:
            return
        self._set(replace(self.state, busy=True, wrong=""))
        self._tasks.run(
            act,
            owner=self,
            done=lambda _message: self._on_done(done),
            failed=self._on_refused,
            lane=Lane.LIVE,
        )

    def _on_done(self, text: str) -> None:
        self._set(replace(self.state, busy=False, confirming=False))
        self.said.emit(UserMessage(text))
        self.refresh()

    def _on_refused(self, error: Exception) -> None:
        wrong = describe(error, self._words).text
        self._set(replace(self.state, busy=False, confirming=False, wrong=wrong))
        self.refresh()

    def _on_failed(self, error: Exception) -> None:
        self._asking = False
        problem = describe(error, self._words).text
        phase = Phase.SHOWN if self._messages else Phase.FAILED
        self._set(replace(self.state, phase=phase, problem=problem))

    def _set(self, state: MessagesState) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)


def _asked(pile: Pile, *, before: str | None = None, many: int = PAGE) -> MessagesAsked:
    """Which messages lie there."""
    planned = {Pile.WAITING: False, Pile.PLANNED: True}.get(pile)
    state = MessageState.WAITING if planned is not None else MessageState(pile)
    return MessagesAsked(state=state, planned=planned, before=before, many=many)
