"""What the clerk can do at the screen of appointments: book, move, change, put on the list."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from loket.appointments.messages import (
    AddWish,
    Appointment,
    BookAppointment,
    Booked,
    ChangeContact,
    ConfirmBy,
    MoveAppointment,
    Wish,
)
from loket.appointments.rules.life import (
    MomentClosed,
    MomentTaken,
    PartOfDay,
    WishKind,
)
from loket.kit.clock import local_day
from loket.kit.i18n import mark
from loket.link.delivery import Delivered
from ui.appointments import told
from ui.appointments.asking import in_part
from ui.appointments.card import CardModel
from ui.appointments.draft import Draft, Talked
from ui.appointments.state import DockMode
from ui.core.sentences import UserMessage

_TAKEN = {MomentTaken.code, MomentClosed.code}
WISH_DAYS = 28


class AppointmentsViewModel(CardModel):
    """Intents of the clerk in, one state out."""

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
        self.visit_grew.emit(booked.visit_id or "", appointment)
        said = UserMessage(told.booked(appointment, self._words), icon="ph.calendar-check-bold")
        self.said.emit(said)
        self._done_with(appointment)
        if on_paper:
            self._papers.paper(
                partial(self._bookings.print_confirmation, appointment.id), after=said
            )

    def _done_with(self, appointment: Appointment) -> None:
        """The form is empty again; the card of what was made stands in its place."""
        self._talked, self._moving, self._changing = None, None, False
        self._draft = Draft()
        self._refusal, self._near, self._away = "", (), False
        with self._at_once():
            self._lay_out()
            self._read_all()
            self.open_file(appointment.id)

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
        self._say(told.moved(appointment, self._words))
        self._done_with(appointment)

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
        self._fill_in(anew=False)
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
