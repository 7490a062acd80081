"""Products and their terms: searched among all, one edited at a time."""

from dataclasses import asdict, replace
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from loket.appointments.messages import ChangedTerms, SetTerms, Terms, TownTerms
from loket.catalogue.messages import Product
from loket.catalogue.search import ProductIndex
from loket.kit.i18n import Words
from ui.admin.durations import faces
from ui.admin.durations.state import DurationsState, Phase, Values
from ui.core.directory import Directory
from ui.core.sentences import UserMessage, describe
from ui.core.tasks import Lane, TaskRunner

MOST_FOUND = 200


class TermsOfTown(Protocol):
    """Where terms come from and go to."""

    def terms(self) -> TownTerms: ...
    def set_terms(self, product_id: str, command: SetTerms) -> ChangedTerms: ...
    def reset_terms(self, product_id: str) -> ChangedTerms: ...


class DurationsDesk(Protocol):
    """What this room needs of the desk."""

    @property
    def scheduling(self) -> TermsOfTown: ...


class DurationsViewModel(QObject):
    """Wishes in, one state out."""

    state_changed = Signal(object)
    said = Signal(object)

    def __init__(self, desk: DurationsDesk, tasks: TaskRunner, words: Words) -> None:
        super().__init__()
        self._desk = desk
        self._tasks = tasks
        self._words = words
        self._directory: Directory | None = None
        self._index: ProductIndex | None = None
        self._terms: dict[str, Terms] | None = None
        self.state = DurationsState()

    def speak(self, words: Words) -> None:
        self._words = words
        self._show()

    def show_catalogue(self, directory: Directory, index: ProductIndex) -> None:
        self._directory, self._index = directory, index
        self._show()

    def open(self) -> None:
        self._tasks.run(
            self._desk.scheduling.terms,
            owner=self,
            done=self._on_terms,
            failed=self._on_failed,
            latest="terms",
        )

    # wishes

    def search(self, query: str) -> None:
        self._set(query=query)
        self._show()

    def choose(self, product_id: str) -> None:
        """Edit this product; what was not kept of another stays asked for."""
        if product_id == self.state.chosen:
            return
        if self.state.changed:
            text = self._words("Keep this duration first, or put it back.")
            self.said.emit(UserMessage(text, wrong=True, icon="ph.warning-circle-bold"))
            self.state_changed.emit(self.state)
            return
        self._choose(product_id)

    def change(self, **values: int) -> None:
        self._set(values=replace(self.state.values, **values))

    def put_back(self) -> None:
        self._set(values=self.state.kept)

    def save(self) -> None:
        if not self.state.chosen or not self.state.changed or self.state.saving:
            return
        command = SetTerms(**asdict(self.state.values))
        self._act(partial(self._desk.scheduling.set_terms, self.state.chosen, command))

    def reset(self) -> None:
        """What is usual for a product for which the town set nothing."""
        if self.state.chosen and not self.state.usual and not self.state.saving:
            self._act(partial(self._desk.scheduling.reset_terms, self.state.chosen))

    def _act(self, act: "partial[ChangedTerms]") -> None:
        self._set(saving=True)
        self._tasks.run(
            act, owner=self, done=self._on_kept, failed=self._on_not_kept, lane=Lane.LIVE
        )

    # answers

    def _on_terms(self, found: TownTerms) -> None:
        self._terms = {terms.product_id: terms for terms in found.terms}
        self._show()

    def _on_failed(self, error: Exception) -> None:
        if self._terms is None:
            self._set(phase=Phase.FAILED, problem=describe(error, self._words).text)

    def _on_kept(self, changed: ChangedTerms) -> None:
        terms, known = changed.terms, self._terms or {}
        rest = {ident: one for ident, one in known.items() if ident != terms.product_id}
        self._terms = rest if terms.usual else {**rest, terms.product_id: terms}
        self._set(saving=False, values=self.state.kept)
        if self.state.chosen == terms.product_id:
            self._choose(terms.product_id)
        self._show()
        text = self._words("Duration is kept.")
        if changed.shorter:
            text = self._words.plural(
                "Kept. {n} booked appointment keeps its shorter time.",
                "Kept. {n} booked appointments keep their shorter time.",
                changed.shorter,
            )
        self.said.emit(UserMessage(text))

    def _on_not_kept(self, error: Exception) -> None:
        self._set(saving=False)
        self.said.emit(describe(error, self._words))

    # inside

    def _choose(self, product_id: str) -> None:
        product = self._directory.product(product_id) if self._directory else None
        if product is None or self._directory is None:
            self._set(chosen="", values=Values(), kept=Values())
            return
        terms = (self._terms or {}).get(product_id)
        values = faces.values_of(product, terms)
        self._set(
            chosen=product_id,
            name=product.name,
            place=faces.place_of(product, self._directory),
            usual=terms is None,
            kept=values,
            values=values,
        )

    def _show(self) -> None:
        if self._directory is None or self._terms is None:
            return
        found = self._found()
        lines = [
            faces.line_of(product, self._terms.get(product.id), self._words)
            for product in found[:MOST_FOUND]
        ]
        summary = self._words.plural("{n} product", "{n} products", len(found))
        if len(found) > MOST_FOUND:
            summary = self._words(
                "{summary}; the first {shown} are shown", summary=summary, shown=MOST_FOUND
            )
        self._set(phase=Phase.SHOWN if lines else Phase.EMPTY, lines=tuple(lines), summary=summary)

    def _found(self) -> list[Product]:
        """What was typed; else those the town set first, then what is asked most."""
        assert self._directory is not None  # noqa: S101 - asked before
        query, terms = self.state.query.strip(), self._terms or {}
        if query and self._index is not None:
            found = [hit.product for hit in self._index.search(query, limit=MOST_FOUND + 1)]
        else:
            found = sorted(
                self._directory.catalogue.products,
                key=lambda product: (product.id not in terms, -product.asked, product.name),
            )
        return found

    def _set(self, **changes: object) -> None:
        state = replace(self.state, **changes)  # type: ignore[arg-type]
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)
