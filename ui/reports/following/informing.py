"""Everybody involved in what the list shows: counted, and told something in one act."""

from dataclasses import replace
from datetime import date, time, timedelta
from functools import partial
from typing import Any

from loket.kit.clock import from_wall
from loket.kit.ids import new_id
from loket.reports.messages.following import Filter
from loket.reports.messages.informing import InformAll, Informed, Involved
from loket.reports.rules.replies import OWN_FIELDS, open_field
from ui.core.sentences import describe, sentence
from ui.reports.following import inform_faces
from ui.reports.following.inform_state import InformState
from ui.reports.following.resending import Resending
from ui.reports.following.state import Page

_EVENING = time(17)


class Informing(Resending):
    """What is typed stays until it is sent; a first press asks, a second one does it."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self._involved: Involved | None = None
        self._about: Filter | None = None
        """The filter of which ``_involved`` tells."""
        self._inform_id = new_id()

    # wishes

    def show_involved(self) -> None:
        """Of the list as it is filtered now."""
        if self.may_inform:
            self._set(page=Page.INVOLVED)
            self._count_people()

    def type_inform(self, text: str) -> None:
        self._inform(text=text)

    def set_call_by(self, day: date, at: time) -> None:
        self._inform(day=day, time=at)

    def inform(self) -> None:
        """The first press says how many it is; the second one tells them."""
        state, involved, about = self.state.inform, self._involved, self._about
        if involved is None or about is None or state.busy:
            return
        wrong = self._not_ready(state, involved)
        if wrong:
            self._set_inform(wrong=wrong, armed=False)
        elif not state.armed:
            self._set_inform(armed=True, wrong="")
        else:
            self._set_inform(busy=True)
            command = self._command(state, involved, about)
            self._act(
                partial(self._desk.reports.inform_all, command),
                self._on_informed,
                self._on_not_informed,
            )

    # inside

    def _inform(self, **changes: Any) -> None:
        """Another text is another message: it has an id of its own."""
        if any(getattr(self.state.inform, name) != value for name, value in changes.items()):
            self._inform_id = new_id()
            self._set_inform(armed=False, wrong="", **changes)

    def _set_inform(self, **changes: Any) -> None:
        state = replace(self.state.inform, **changes)
        self._set(inform=replace(state, send=inform_faces.send_of(state, self._words)))

    def _not_ready(self, state: InformState, involved: Involved) -> str:
        words = self._words
        if not involved.people:
            return words("There is nobody to tell something.")
        if not state.text.strip():
            return words("There is nothing to send yet. Type a text first.")
        field = open_field(state.text, OWN_FIELDS)
        if field:
            return sentence("report.reply_unfinished", {"field": f"{{{field}}}"}, words)
        return ""

    def _command(self, state: InformState, involved: Involved, about: Filter) -> InformAll:
        day, at = state.day or self.today + timedelta(days=1), state.time or _EVENING
        return InformAll(
            id=self._inform_id,
            filter=about,
            text=state.text.strip(),
            call_by=from_wall(day, at),
            seen_people=involved.people,
            seen_last=involved.last.id if involved.last else None,
        )

    def _count_people(self) -> None:
        asked = Filter.model_validate(self._filter.model_dump())
        if asked != self._about:
            self._involved, self._about = None, asked
            self._inform_id = new_id()
            self._set_inform(what="", ways=(), notes=(), last="", armed=False, can_send=False)
        self._read(
            partial(self._desk.reports.involved, asked),
            partial(self._on_involved, asked),
            latest="involved",
            failed=self._on_not_counted,
        )

    def _on_involved(self, asked: Filter, found: Involved) -> None:
        if asked != self._about or self.state.inform.busy:
            return
        same = found == self._involved
        self._involved = found
        state = self.state.inform
        self._set_inform(
            what=inform_faces.what_of(found, asked, self._town, self._words),
            ways=inform_faces.ways_of(found, self._words),
            notes=inform_faces.notes_of(found, self._words),
            last=inform_faces.last_of(found, self.today, self._words),
            day=(state.day or self.today + timedelta(days=1)) if found.phone else None,
            time=state.time or _EVENING,
            can_send=bool(found.people),
            # Others than a moment ago: the press that asked was about those.
            armed=state.armed and same,
        )

    def _on_not_counted(self, error: Exception) -> None:
        self._set_inform(wrong=describe(error, self._words).text, can_send=False, armed=False)

    def _on_informed(self, done: Informed) -> None:
        self._inform_id = new_id()
        revision = self.state.inform.revision + 1
        self._set_inform(text="", revision=revision, busy=False, armed=False, wrong="")
        self._say(inform_faces.done_of(done, self._words), icon="ph.paper-plane-tilt-bold")
        self._set(page=Page.FILE)
        self.refresh()
        self._reread()

    def _on_not_informed(self, error: Exception) -> None:
        """What was typed stays; who was quicker is shown."""
        message = describe(error, self._words)
        self._set_inform(busy=False, armed=False, wrong=message.text)
        self._count_people()

    def _list_came(self) -> None:
        super()._list_came()
        if self.state.page is Page.INVOLVED:
            self._count_people()
