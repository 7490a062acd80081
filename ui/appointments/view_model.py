"""What the clerk can do at the screen of appointments: hold, book, move, put on the list."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from loket.appointments.messages import (
    AddWish,
    Appointment,
    BookAppointment,
    Booked,
    ChangeContact,
    ConfirmBy,
    Hold,
    MoveAppointment,
    TakeHold,
    Wish,
)
from loket.appointments.rules.life import (
    AppointmentExists,
    MomentClosed,
    MomentTaken,
    PartOfDay,
    WishKind,
)
from loket.kit.clock import local_day
from loket.kit.i18n import mark
from loket.link.delivery import Delivered
from loket.link.errors import LinkError, Refusal
from ui.appointments.asking import in_part
from ui.appointments.draft import Draft, Talked
from ui.appointments.looking import LookingModel
from ui.appointments.naming import when
from ui.appointments.state import DockMode, Near
from ui.core.sentences import describe
from ui.core.tasks import Lane

_TAKEN = {MomentTaken.code, MomentClosed.code}
WISH_DAYS = 28


class AppointmentsViewModel(LookingModel):
    """Intents of the clerk in, one state out."""

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
        if not self._draft.typed() or self._changing or self._mode is DockMode.FILE:
            self._draft = Draft.of_visit(self._visit() if self._visit else None)
        self._file, self._changing = None, False
        self._mode = DockMode.FORM

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
        if self._talked is None or self._talked.starts_at != talked.starts_at:
            self._give_back(hold.id)  # it was let go while it was being asked for
            return
        self._talked = replace(self._talked, hold=hold, lapsed=False)
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

    # keeping it

    def confirm(self) -> None:
        """Ctrl+Enter: the main button of the form, whatever it says."""
        if self._busy or not self.state.can_confirm:
            return
        if self._moving is None and self._point_at_wrong():
            return
        if self._changing:
            self._keep_contact()
        elif self._mode is DockMode.WISH:
            self._add_wish(WishKind.WAITING)
        elif self._moving is not None:
            self._move()
        else:
            self._book()

    def _point_at_wrong(self) -> bool:
        wrong = self._draft.wrong_fields()
        if wrong:
            self._draft = replace(self._draft, left=frozenset({"name", "phone", "email"}))
            self._refresh()
            self.focus_wished.emit(wrong[0])
        return bool(wrong)

    def _book(self) -> None:
        talked, draft = self._talked, self._draft
        if talked is None:
            return
        asked = BookAppointment(
            id=draft.id,
            product_ids=list(self._asked.product_ids),
            persons=self._asked.persons,
            site_id=talked.site_id,
            starts_at=talked.starts_at,
            contact=draft.contact(),
            confirm=draft.confirm(),
            hold_id=talked.hold_id or None,
            wish_id=draft.wish_id or None,
            visit=self._visit() if self._visit else None,
        )
        self._refusal, self._near, self._away = "", (), False
        self._live(
            partial(self._bookings.book, asked),
            partial(self._on_booked, ConfirmBy.PAPER in asked.confirm),
            self._refuse,
        )

    def _on_booked(self, on_paper: bool, booked: Booked) -> None:  # noqa: FBT001 - bound by partial
        appointment = booked.appointment
        self._say(
            self._words("Appointment {reference} booked", reference=appointment.reference),
            icon="ph.calendar-check-bold",
        )
        self._done_with(appointment)
        if on_paper:
            self._print(
                partial(self._bookings.print_confirmation, appointment.id),
                self._words("Confirmation {reference} printed", reference=appointment.reference),
            )

    def _done_with(self, appointment: Appointment) -> None:
        """The form is empty again; the card of what was made stands in its place."""
        self._talked, self._moving, self._changing = None, None, False
        self._draft = Draft()
        self._refusal, self._near, self._away = "", (), False
        self._lay_out()
        self._read_calendar()
        self._read_today()
        self._read_moments()
        self._read_wishes()
        self.open_file(appointment.id)
        self._refresh()

    def _move(self) -> None:
        talked, moving = self._talked, self._moving
        if talked is None or moving is None:
            return
        asked = MoveAppointment(
            seen_version=moving.appointment.version,
            site_id=talked.site_id,
            starts_at=talked.starts_at,
            hold_id=talked.hold_id or None,
        )
        self._live(
            partial(self._bookings.move, moving.appointment.id, asked),
            self._on_moved,
            self._refuse,
        )

    def _on_moved(self, moved: Booked) -> None:
        appointment = moved.appointment
        moment = when(appointment.starts_at, self._words)
        reference = appointment.reference
        self._say(self._words("{reference} moved to {moment}", reference=reference, moment=moment))
        self._done_with(appointment)

    def _refuse(self, error: Exception) -> None:
        """Beside the form, where the clerk looks: what happened, and what can be done instead."""
        self._busy = False
        code = getattr(error, "code", "")
        if code == AppointmentExists.code:
            self.open_file(self._draft.id)  # an earlier try had arrived after all
            return
        self._refusal = describe(error, self._words).text
        self._away = isinstance(error, LinkError) and not isinstance(error, Refusal)
        self._near = self._nearest(error) if code in _TAKEN else ()
        if code in _TAKEN:
            self._read_calendar()
            self._read_moments()
        self._refresh()
        if self._near:
            self.focus_wished.emit("dock")

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

    # what is booked already

    def start_moving(self) -> None:
        """Choose another moment for the one that is open."""
        file = self._file
        if file is None or not self.state.can_move:
            return
        appointment = file.appointment
        self._moving, self._file, self._mode = file, None, DockMode.MOVE
        self._asked = replace(
            self._asked,
            department="",
            product_ids=tuple(appointment.product_ids),
            persons=appointment.persons,
        )
        self._free = None
        self._bring_in_sight(local_day(appointment.starts_at))
        self._read_calendar()
        self._read_moments()
        self._refresh()
        self.focus_wished.emit("moments")

    def change_contact(self) -> None:
        """Other ways to reach them, or another name."""
        if self._file is not None and self.state.file.can_change:
            self._draft = Draft.of(self._file.appointment)
            self._changing, self._mode = True, DockMode.FORM
            self._refresh()
            self.focus_wished.emit("name")

    def _keep_contact(self) -> None:
        file = self._file
        if file is None:
            return
        asked = ChangeContact(
            seen_version=file.appointment.version,
            contact=self._draft.contact(),
            remind=file.appointment.remind,
        )
        self._live(
            partial(self._bookings.change, file.appointment.id, asked),
            self._on_contact_kept,
            self._refuse,
        )

    def _on_contact_kept(self, appointment: Appointment) -> None:
        self._changing, self._mode, self._draft = False, DockMode.FILE, Draft()
        self._put(appointment)
        self._say(self._words("Details of {reference} changed", reference=appointment.reference))
        self.focus_wished.emit("dock")

    # who waits

    def start_wish(self) -> None:
        """Nothing suits: they wait for what comes free."""
        if not self._asked.product_ids:
            self.focus_wished.emit("product")
            return
        self._let_moment_go()
        today = local_day(self._now)
        self._wish_days = (today, today + timedelta(days=WISH_DAYS))
        if not self._draft.typed():
            self._draft = Draft.of_visit(self._visit() if self._visit else None)
        self._mode = DockMode.WISH
        self._refresh()
        self.focus_wished.emit("name")

    def set_wish_days(self, first: date, last: date) -> None:
        self._wish_days = (first, max(first, last))
        self._refresh()

    def note_request(self) -> None:
        """The server is away: what is asked for is kept, and booked by somebody later."""
        if not self._busy and self.state.form.can_request and not self._point_at_wrong():
            self._add_wish(WishKind.REQUEST)

    def _add_wish(self, kind: WishKind) -> None:
        first, last = self._wish_days or (local_day(self._now),) * 2
        part = self._asked.part
        if kind is WishKind.REQUEST and self._talked is not None:
            first = last = local_day(self._talked.starts_at)
            morning = in_part(self._talked.starts_at, PartOfDay.MORNING)
            part = PartOfDay.MORNING if morning else PartOfDay.AFTERNOON
        site = self._talked.site_id if self._talked else self._asked.site
        asked = AddWish(
            kind=kind,
            product_ids=list(self._asked.product_ids),
            persons=self._asked.persons,
            site_id=site or None,
            first_day=first,
            last_day=last,
            part=part,
            contact=self._draft.contact(),
        )
        self._live(partial(self._bookings.add_wish, asked), partial(self._on_wished, kind))

    def _on_wished(self, kind: WishKind, answer: object) -> None:
        name = self._draft.name
        if kind is WishKind.WAITING and isinstance(answer, Delivered):
            text = mark("{name} stands on the waiting list")
        else:
            text = mark("The request of {name} is noted, and booked when the server is back")
        self._draft, self._talked = Draft(), None
        self._refusal, self._near, self._away = "", (), False
        self._mode = DockMode.TODAY
        self._say(self._words(text, name=name), icon="ph.note-bold")
        self._lay_out()
        self._read_wishes()
        self._refresh()
        self.focus_wished.emit("product")

    def take_wish(self, wish_id: str) -> None:
        """Help who waits: with the moment that is offered, or by looking for one."""
        wish = self._wish(wish_id)
        if wish is None:
            return
        self._let_moment_go()
        self._asked = replace(
            self._asked,
            department="",
            product_ids=(wish.product_id,),
            persons=wish.persons,
            part=wish.part,
        )
        self._free, self._draft = None, Draft.of(wish)
        self._file, self._moving, self._changing = None, None, False
        self._mode = DockMode.TODAY
        if wish.offered_at is not None and wish.offered_site_id:
            self._talked = Talked(
                wish.offered_site_id, wish.offered_at, wish_hold=wish.hold_id or ""
            )
            self._mode = DockMode.FORM
        self._bring_in_sight(local_day(wish.offered_at) if wish.offered_at else wish.first_day)
        self._read_calendar()
        self._read_moments()
        self._refresh()
        self.focus_wished.emit("name" if self._talked else "moments")

    def withdraw_wish(self, wish_id: str) -> None:
        """They no longer wait."""
        wish = self._wish(wish_id)
        if wish is not None:
            self._live(partial(self._bookings.withdraw_wish, wish_id), self._on_withdrawn)

    def _on_withdrawn(self, wish: Wish) -> None:
        self._say(self._words("{name} no longer waits", name=wish.name))
        self._read_wishes()

    def _wish(self, wish_id: str) -> Wish | None:
        wishes = self._wishes.wishes if self._wishes else []
        return next((each for each in wishes if each.id == wish_id), None)


def _nothing(_answer: object) -> None:
    """Nobody waits for it."""
