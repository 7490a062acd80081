"""The reporter from the eID: name and address are filled in, all else that was typed stays."""

from dataclasses import replace
from functools import partial

from loket.desk.eid import CardHolder
from loket.kit.clock import local_day
from ui.core.sentences import UserMessage, describe
from ui.reports.taking.looking import LookingModel

_CODE = "eid"
"""What is said of a card replaces what was said of the one before."""
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
        self.said.emit(self._told_of(holder))

    def _told_of(self, holder: CardHolder) -> UserMessage:
        words, today = self._words, local_day(self._desk.clock.now())
        text, icon = words("Filled in from the eID"), "ph.warning-bold"
        if holder.valid_until is not None and holder.valid_until < today:
            day = words.slip_day(holder.valid_until)
            text = words("Filled in from the eID, which expired after {day}", day=day)
        elif holder.valid_from is not None and today < holder.valid_from:
            day = words.slip_day(holder.valid_from)
            text = words("Filled in from the eID, which is valid from {day} on", day=day)
        else:
            icon = "ph.identification-card-bold"
        return UserMessage(text, icon=icon, code=_CODE)

    def _on_no_card(self, form: Form, error: Exception) -> None:
        """What stands in the form stays as it is."""
        if form[0] == self._forms:
            self._reading_card = False
            self._refresh()
        if form == self._form():
            self.said.emit(replace(describe(error, self._words), code=_CODE))
