"""The reporter from the eID: name and address are filled in, all else that was typed stays."""

from functools import partial

from loket.desk.eid import CardHolder
from loket.kit.clock import local_day
from ui.core.eid_words import filled_in, not_read
from ui.reports.taking.looking import LookingModel

Form = tuple[int, str]
"""Which form it was read for, and for whose visit."""


class CardModel(LookingModel):
    """Read off this thread; what comes after the form was emptied is for nobody."""

    def read_eid(self) -> None:
        """Who reports, from the card that is in the reader now."""
        if not self.state.can_read_eid:
            return
        self._reading_card = True
        self._refresh()
        form = self._form()
        self._tasks.run(
            self._desk.read_eid,
            owner=self,
            done=partial(self._on_card, form),
            failed=partial(self._on_no_card, form),
            latest="eid",
        )

    def _form(self) -> Form:
        visit = self._draft.visit
        return self._forms, visit.id if visit else ""

    def _on_card(self, form: Form, holder: CardHolder) -> None:
        if form[0] != self._forms:
            return
        self._reading_card = False
        if form != self._form():
            self._refresh()  # somebody else stands here by now
            return
        self._change(name=holder.name, address=holder.address, from_card=True)
        today = local_day(self._desk.clock.now())
        self.said.emit(filled_in(holder, today, self._words))

    def _on_no_card(self, form: Form, error: Exception) -> None:
        """What stands in the form stays as it is."""
        if form[0] == self._forms:
            self._reading_card = False
            self._refresh()
        if form == self._form():
            self.said.emit(not_read(error, self._words))
