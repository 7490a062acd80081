"""The moment that is talked about: held for this desk, let go, taken again; and who it is for."""

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from loket.appointments.messages import (
    ConfirmBy,
    Hold,
    TakeHold,
)
from loket.appointments.rules.life import (
    AppointmentExists,
    MomentClosed,
    MomentTaken,
)
from loket.kit.clock import local_day
from loket.link.errors import LinkError, Refusal, TimedOut, Unreachable
from ui.appointments.draft import Draft, Talked
from ui.appointments.looking import LookingModel
from ui.appointments.naming import when
from ui.appointments.state import DockMode, Near
from ui.core.sentences import describe
from ui.core.tasks import Lane

_TAKEN = {MomentTaken.code, MomentClosed.code}
WISH_DAYS = 28


class TalkingModel(LookingModel):
    """Intents of the fields of the form, and of choosing a moment."""

    # the moment that is talked about

    def choose_moment(self, site_id: str, starts_at: datetime) -> None:
        """Keep it for this desk while talking, and ask who it is for."""
        if not self._asked.product_ids:
            self._say(self._words("First choose what it is for."), icon="ph.info-bold")
            self.focus_wished.emit("product")
            return
        if self._talked is not None and (site_id, starts_at) == (
            self._talked.site_id,
            self._talked.starts_at,
        ):
            self.focus_wished.emit("name")
            return
        if self._mode is not DockMode.FORM or self._changing:
            self._open_form()
        site_before = self._site_id()
        self._talked = Talked(site_id, starts_at)
        self._refusal, self._near, self._away = "", (), False
        self._bring_in_sight(local_day(starts_at))
        if self._site_id() != site_before:
            self._read_calendar()
        self._take_hold()
        self._lay_out()
        self._refresh()
        self.focus_wished.emit("name")

    def choose_slot(self, starts_at: datetime) -> None:
        """A free place in the calendar that is shown."""
        self.choose_moment(self._site_id(), starts_at)

    def _open_form(self) -> None:
        if self._moving is not None:
            self._mode = DockMode.MOVE
            return
        self._fill_in(anew=self._changing or self._mode is DockMode.FILE)
        self._file, self._changing = None, False
        self._mode = DockMode.FORM

    def _fill_in(self, *, anew: bool) -> None:
        """From who stands at the desk; what was typed for them stays."""
        visit = self._visit() if self._visit else None
        if anew or not self._draft.typed() or self._draft.of_another(visit):
            self._draft = Draft.of_visit(visit)

    def _take_hold(self) -> None:
        talked = self._talked
        if talked is None or talked.wish_hold:
            return
        asked = TakeHold(
            product_ids=list(self._product_ids()),
            persons=self._persons(),
            site_id=talked.site_id,
            starts_at=talked.starts_at,
        )
        self._tasks.run(
            partial(self._bookings.hold, asked),
            owner=self,
            done=partial(self._on_held, talked),
            failed=partial(self._on_not_held, talked),
            lane=Lane.LIVE,
            latest="hold",
        )

    def _product_ids(self) -> tuple[str, ...]:
        if self._moving is not None:
            return tuple(self._moving.appointment.product_ids)
        return self._asked.product_ids

    def _persons(self) -> int:
        return self._moving.appointment.persons if self._moving else self._asked.persons

    def _on_held(self, talked: Talked, hold: Hold) -> None:
        gone = self._talked is None or self._talked.starts_at != talked.starts_at
        if gone or not self._watching:
            self._give_back(hold.id)  # it was let go while it was being asked for
            return
        self._talked = replace(talked, hold=hold, lapsed=False)
        self._lay_out()
        self._refresh()

    def _on_not_held(self, talked: Talked, error: Exception) -> None:
        if self._talked is None or self._talked.starts_at != talked.starts_at:
            return
        self._talked = replace(self._talked, hold=None)
        self._refuse(error)

    def _let_moment_go(self) -> None:
        """Nobody talks about it any more."""
        talked, self._talked = self._talked, None
        self._refusal, self._near, self._away = "", (), False
        if talked is not None and talked.hold is not None:
            self._give_back(talked.hold.id)
        if self._mode is DockMode.FORM and not self._changing:
            self._mode = DockMode.TODAY
        if talked is not None:
            self._lay_out()

    def _give_back(self, hold_id: str) -> None:
        self._tasks.run(
            partial(self._bookings.let_go, hold_id),
            owner=self,
            done=_nothing,
            failed=_nothing,  # it lapses by itself
            lane=Lane.LIVE,
        )

    def tick(self) -> None:
        """Every second: whether what is kept is still kept."""
        super().tick()
        talked = self._talked
        if talked is None or talked.hold is None or talked.hold.expires_at > self._now:
            return
        self._talked = replace(talked, hold=None, lapsed=True)
        self._say(self._words("The moment was kept long enough and is asked for again."))
        self._take_hold()
        self._refresh()

    def looked_at(self, by: object) -> None:
        super().looked_at(by)
        if self._talked is not None and self._talked.hold is None:
            self._take_hold()

    def left(self, by: object) -> None:
        """Another screen, or signed out: others may have the moment; what was typed stays."""
        super().left(by)
        talked = self._talked
        if not self._watching and talked is not None and talked.hold is not None:
            self._talked = replace(talked, hold=None)
            self._give_back(talked.hold.id)

    def give_up(self) -> None:
        """Esc: one step back, from what is nearest."""
        if self._asked.query is not None:
            self.leave_product()
        elif self._cancelling:
            self.ask_reason(asking=False)
        elif self._changing or (self._moving is not None and self._talked is None):
            self._back_to_file()
        elif self._talked is not None:
            self._let_moment_go()
            self._mode = DockMode.MOVE if self._moving else DockMode.TODAY
            self.focus_wished.emit("calendar")
        elif self._mode is DockMode.WISH:
            self._mode = DockMode.TODAY
        elif self._mode is DockMode.FILE:
            self.close_file()
        elif self._query:
            self.find("")
        self._refresh()

    def _back_to_file(self) -> None:
        file = self._moving or self._file
        self._let_moment_go()
        self._moving, self._changing, self._refusal = None, False, ""
        self._file, self._mode = file, DockMode.FILE if file else DockMode.TODAY
        self._draft = Draft()
        self.focus_wished.emit("dock")

    # who it is for

    def type_contact(self, field: str, text: str) -> None:
        """``name``, ``phone``, ``email`` or ``note``, letter by letter."""
        changed: dict[str, Any] = {field: text}
        if field == "name":
            changed["from_card"] = False
        self._draft = replace(self._draft, **changed)
        self._refresh()

    def leave_field(self, field: str) -> None:
        """The clerk went on: now it may be called wrong."""
        if getattr(self._draft, field):
            self._draft = replace(self._draft, left=self._draft.left | {field})
            self._refresh()

    def choose_language(self, language: str) -> None:
        self._draft = replace(self._draft, language=language)
        self._refresh()

    def toggle_confirm(self, way: ConfirmBy) -> None:
        if way in self._draft.possible():
            self._draft = self._draft.toggled(way)
        self._refresh()

    def _refuse(self, error: Exception) -> None:
        """Beside the form, where the clerk looks: what happened, and what can be done instead."""
        self._busy = False
        code = getattr(error, "code", "")
        if code == AppointmentExists.code:
            self.open_file(self._draft.id)  # an earlier try had arrived after all
            return
        self._away = isinstance(error, LinkError) and not isinstance(error, Refusal)
        self._refusal = self._said_of(error)
        self._near = self._nearest(error) if code in _TAKEN else ()
        if code in _TAKEN:
            self._read_calendar()
            self._read_moments()
        self._refresh()
        if self._near:
            self.focus_wished.emit("dock")

    def _said_of(self, error: Exception) -> str:
        """What happened, in words that fit who stands here for an appointment."""
        words = self._words
        if isinstance(error, TimedOut):
            return words("No answer came. Try again: nothing is ever booked twice.")
        if isinstance(error, Unreachable) and self._moving is None and not self._changing:
            return words(
                "The server is away: nothing is booked. Note the request; it is booked later."
            )
        return describe(error, words).text

    def _nearest(self, error: Exception) -> tuple[Near, ...]:
        params = getattr(error, "params", {})
        moments = [
            datetime.fromisoformat(each) for each in str(params.get("near", "")).split(",") if each
        ]
        return tuple(Near(each, when(each, self._words)) for each in moments[:3])

    def choose_near(self, starts_at: datetime) -> None:
        """One of the moments offered instead."""
        if self._talked is not None:
            self.choose_moment(self._talked.site_id, starts_at)


def _nothing(_answer: object) -> None:
    """Nobody waits for it."""
