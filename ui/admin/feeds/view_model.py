"""Calendar addresses: made, told once, and revoked after a question."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from loket.appointments.messages import Feed, FeedKind, Feeds, MakeFeed, NewFeed
from loket.catalogue.search import ProductIndex
from loket.kit.i18n import Words
from ui.admin.feeds import faces
from ui.admin.feeds.state import Draft, FeedsState, Phase
from ui.core.directory import Directory
from ui.core.sentences import UserMessage, describe
from ui.core.tasks import Lane, TaskRunner


class Addresses(Protocol):
    """Where addresses are made and revoked."""

    def feeds(self) -> Feeds: ...
    def make(self, command: MakeFeed) -> NewFeed: ...
    def revoke(self, feed_id: str) -> Feed: ...
    def server_address(self) -> str: ...


class FeedsDesk(Protocol):
    """What this room needs of the desk."""

    @property
    def feeds(self) -> Addresses: ...


class FeedsViewModel(QObject):
    """Wishes in, one state out."""

    state_changed = Signal(object)
    said = Signal(object)

    def __init__(self, desk: FeedsDesk, tasks: TaskRunner, words: Words) -> None:
        super().__init__()
        self._desk = desk
        self._tasks = tasks
        self._words = words
        self._directory: Directory | None = None
        self._feeds: Sequence[Feed] | None = None
        self.state = FeedsState()

    # what comes from outside

    def speak(self, words: Words) -> None:
        self._words = words
        self._show()

    def show_catalogue(self, directory: Directory, _index: ProductIndex) -> None:
        self._directory = directory
        self._show()
        self._show_draft(self.state.draft)

    def open(self) -> None:
        """As they are now; what was shown stays until it is there."""
        self._tasks.run(
            self._read,
            owner=self,
            done=self._on_feeds,
            failed=self._on_failed,
            latest="feeds",
        )

    # wishes: making one

    def choose_kind(self, kind: FeedKind) -> None:
        if kind is not self.state.draft.kind:
            self._show_draft(replace(self.state.draft, kind=kind, target=""))

    def choose_target(self, target: str) -> None:
        self._show_draft(replace(self.state.draft, target=target))

    def name(self, name: str) -> None:
        self._show_draft(replace(self.state.draft, name=name))

    def give_names(self, given: bool) -> None:  # noqa: FBT001 - a tick
        self._show_draft(replace(self.state.draft, with_names=given))

    def make(self) -> None:
        """One address at a time: the one before must have been taken along."""
        draft = self.state.draft
        if self.state.busy or self.state.address or not draft.target:
            return
        if not draft.name.strip():
            self._set(wrong=self._words("Give it a name, so that you know later who uses it."))
            return
        command = MakeFeed(
            kind=draft.kind,
            target_id=draft.target,
            name=draft.name.strip(),
            with_names=draft.with_names,
        )
        self._set(busy=True, wrong="")
        public = self._directory.catalogue.town.public_address if self._directory else ""
        self._tasks.run(
            partial(self._make, command, public),
            owner=self,
            done=self._on_made,
            failed=self._on_refused,
            lane=Lane.WRITE,
        )

    def forget_address(self) -> None:
        """It was taken along; from here on nobody can see it again."""
        self._set(address="", made="")

    # wishes: revoking one

    def choose(self, feed_id: str) -> None:
        if feed_id != self.state.chosen:
            self._set(chosen=feed_id, confirming=False)

    def revoke(self) -> None:
        """The first time it is asked, the second time it is done."""
        if not self.state.may_revoke:
            return
        if not self.state.confirming:
            self._set(confirming=True)
            return
        self._set(busy=True, confirming=False)
        self._tasks.run(
            partial(self._desk.feeds.revoke, self.state.chosen),
            owner=self,
            done=self._on_revoked,
            failed=self._on_refused,
            lane=Lane.WRITE,
        )

    def keep(self) -> None:
        self._set(confirming=False)

    # inside

    def _read(self) -> Feeds:
        # On the worker's thread.
        return self._desk.feeds.feeds()

    def _make(self, command: MakeFeed, public: str) -> tuple[NewFeed, str]:
        # On the worker's thread. Where the server is comes first: once made, it is told only now.
        begin = public or self._desk.feeds.server_address()
        made = self._desk.feeds.make(command)
        return made, begin.rstrip("/") + made.path

    def _on_feeds(self, feeds: Feeds) -> None:
        self._feeds = feeds.feeds
        self._show()

    def _on_failed(self, error: Exception) -> None:
        if self._feeds is None:
            self._set(phase=Phase.FAILED, problem=describe(error, self._words).text)

    def _on_made(self, made: tuple[NewFeed, str]) -> None:
        new, address = made
        draft = Draft(kind=self.state.draft.kind, target=self.state.draft.target)
        self._set(busy=False, draft=draft, address=address, made=new.feed.name)
        self.open()

    def _on_revoked(self, feed: Feed) -> None:
        self._set(busy=False)
        text = self._words("{name} is revoked. Nobody reads it any more.", name=feed.name)
        self.said.emit(UserMessage(text, icon="ph.check-circle-bold"))
        self.open()

    def _on_refused(self, error: Exception) -> None:
        self._set(busy=False)
        self.said.emit(describe(error, self._words))
        self.open()

    def _show(self) -> None:
        if self._feeds is None or self._directory is None:
            return
        found = sorted(self._feeds, key=lambda feed: (feed.revoked, feed.name.casefold(), feed.id))
        lines = tuple(faces.line_of(feed, self._directory, self._words) for feed in found)
        self._set(phase=Phase.SHOWN if lines else Phase.EMPTY, problem="", lines=lines)

    def _show_draft(self, draft: Draft) -> None:
        """A target that is not there, or not any more, makes place for the first that is."""
        targets = faces.targets(self._directory, draft.kind) if self._directory else ()
        if draft.target not in dict(targets):
            draft = replace(draft, target=targets[0][0] if targets else "")
        self._set(draft=draft, targets=targets, wrong="")

    def _set(self, **changes: object) -> None:
        state = replace(self.state, **changes)  # type: ignore[arg-type]
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)
