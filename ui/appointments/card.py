"""Whose appointment it is, from the eID: the name is filled in, all else that was typed stays."""

from dataclasses import replace
from functools import partial

from loket.desk.eid import CardHolder
from loket.kit.clock import local_day
from ui.appointments.talking import TalkingModel
from ui.core.eid_words import filled_in, not_read


class CardModel(TalkingModel):
    """Read off this thread; what comes once the form is another's is for nobody."""

    def read_eid(self) -> None:
        """The name on the card that is in the reader now."""
        if not self.state.can_read_eid:
            return
        form = self._card_for = self._draft.id
        self._refresh()
        self._tasks.run(
            self._desk.read_eid,
            owner=self,
            done=partial(self._on_card, form),
            failed=partial(self._on_no_card, form),
            latest="eid",
        )

    def _on_card(self, form: str, holder: CardHolder) -> None:
        if self._is_for(form):
            self._draft = replace(self._draft, name=holder.name, from_card=True)
            today = local_day(self._desk.clock.now())
            self.said.emit(filled_in(holder, today, self._words))
            self._refresh()

    def _on_no_card(self, form: str, error: Exception) -> None:
        """What stands in the form stays as it is."""
        if self._is_for(form):
            self.said.emit(not_read(error, self._words))
            self._refresh()

    def _is_for(self, form: str) -> bool:
        """Whether the form still asks for the same person."""
        if self._card_for == form:
            self._card_for = ""
        return self._draft.id == form
