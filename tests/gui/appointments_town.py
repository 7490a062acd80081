"""A town with appointments: the week of the design's picture, and a desk that books in it."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from loket.appointments.messages import (
    Appointment,
    AppointmentFile,
    Appointments,
    Booked,
    Calendar,
    CalendarDay,
    CalendarPeriod,
    CalendarSlot,
    CheckedIn,
    Expected,
    FirstFree,
    FirstFrees,
    FreeDay,
    FreeMoments,
    HeldMoment,
    Hold,
    Step,
    Wish,
    Wishes,
)
from loket.appointments.rules.life import (
    AppointmentAct,
    AppointmentState,
    PartOfDay,
    WishKind,
    WishState,
)
from loket.catalogue.messages import Access, Site
from loket.desk.facts import JobKind, JobState, PrintJob
from loket.kit.clock import BRUSSELS, local_day
from loket.link.delivery import Delivered
from loket.link.errors import Rejected
from loket.queue.messages import IssuedTicket, WaitRange
from loket.queue.rules.life import TicketState
from loket.visits.messages import Channel, Language
from loket.wire.problem import Problem
from tests.gui import town
from tests.gui.stub_desk import StubDesk

NOW = datetime(2026, 3, 16, 9, 28, tzinfo=UTC)  # 10:28 in Brussels
MONDAY = date(2026, 3, 16)
KORTBEEK = "site-kortbeek"
QUEUE = "q-loket"

_BOOKABLE = {"rb", "vrb", "rbo", "eid", "adr", "rei", "kid", "geb"}
_PRODUCTS = [
    product.model_copy(
        update={
            "access": Access.APPOINTMENT if product.code in {"rbo", "geb"} else Access.BOTH,
            "usual_minutes": 30,
        }
    )
    if product.code in _BOOKABLE
    else product
    for product in town.PRODUCTS
]
_PRODUCTS = [
    product.model_copy(
        update={
            "name": "Buitenlands rijbewijs omwisselen",
            "fee_cents": 3100,
            "bring": ["buitenlands rijbewijs", "verblijfskaart", "recente pasfoto"],
        }
    )
    if product.code == "rbo"
    else product
    for product in _PRODUCTS
]
CATALOGUE = town.CATALOGUE.model_copy(
    update={
        "products": _PRODUCTS,
        "sites": [
            *town.CATALOGUE.sites,
            Site(id=KORTBEEK, code="kortbeek", name="Kortbeek", address="Plein 3", hours=""),
        ],
        "queues": [
            *town.CATALOGUE.queues,
            town.CATALOGUE.queues[0].model_copy(
                update={"id": "q-kortbeek", "site_id": KORTBEEK, "code": "kortbeek"}
            ),
        ],
    }
)

# who comes, when, for what, so many half hours; by day of the week
_HALF = 30
WEEK = [
    (
        "9:00 Maes rei|9:00 Aerts geb 2|9:30 Goris eid|10:00 Peeters rei|10:15 Hendrickx kid .5"
        "|10:30 Wouters rb|10:30 Vandamme kid .5|10:45 Bouzid adr|11:00 De_Clercq geb"
        "|11:30 Thys kid"
        "|11:30 Cornelis rei|13:30 Claeys eid|13:30 Verlee rei|14:00 Dewulf rei|14:30 Segers adr"
        "|14:30 Smets rb|15:00 Bosmans rb|15:00 Idrissi adr|15:30 Jansen geb 2|15:30 Moens kid"
        "|16:00 Vos eid|16:30 Lambert eid|17:00 Pauwels adr|17:00 Wyns rei|17:30 Baert eid"
    ),
    (
        "9:00 Jacobs rei|9:00 Lenders kid|9:30 Coppens rei|9:30 Martens rb|10:00 Yilmaz adr"
        "|10:00 Bauters geb 2|10:30 Michels adr|11:00 Willems geb 2|11:00 Fonteyn eid"
        "|11:30 Gielen rei"
        "|13:30 Deleu rb|13:30 Desmet eid|14:00 Stevens eid|14:30 Hermans rei|14:30 Thijs adr"
        "|15:00 Nguyen geb|15:00 Vercam rei|16:00 Leys adr|16:00 Cools kid"
    ),
    (
        "9:00 Hoste eid|9:00 Wuyts rb|9:30 Mertens rei|10:00 Rombauts adr|10:00 Peeters eid"
        "|10:30 Haddad geb|10:30 Geerts rei|11:00 Naudts adr|11:30 Callens kid|11:30 Torfs geb"
        "|14:00 Boone kid|14:30 Acker kid|15:00 Dierckx rei|15:30 Leman eid"
    ),
    (
        "9:00 Wauters eid|9:30 Baeten rei|9:30 Beckers rb|10:00 Devos eid|10:30 Verhaert geb 2"
        "|10:30 Sanders kid|11:30 Dhondt rei|13:30 Jacobs adr|14:00 Diallo geb|14:00 Bertels adr"
        "|15:00 Soete eid|15:30 Raes rei|16:00 Nijs eid"
    ),
    (
        "9:00 Simons rei|9:30 Verbeke eid|9:30 Lievens rb|10:00 Hellin adr|10:00 Ozturk adr"
        "|10:30 Buyse eid|11:00 Kint kid|11:30 Maes rei"
    ),
]
HOURS = [
    [(9, 12, 2), (13.5, 18, 2)],
    [(9, 12, 2), (13.5, 16.5, 2)],
    [(9, 12, 2), (14, 16.5, 1)],
    [(9, 12, 2), (13.5, 16.5, 2)],
    [(9, 12, 2)],
]
GIVEN = ("Anna", "Bart", "Carla", "Dirk", "Els", "Frank", "Greet", "Hans")


def at(day, hour, minute=0):
    whole = datetime.combine(day, time(0), tzinfo=BRUSSELS)
    return (whole + timedelta(minutes=round(hour * 60) + minute)).astimezone(UTC)


def appointment(number=48213, **other):
    given = {
        "id": f"a-{number}",
        "reference": f"K-{number}",
        "code": "K" + "B" * 12,
        "site_id": town.SITE,
        "queue_id": QUEUE,
        "product_ids": ["p-rei"],
        "starts_at": at(MONDAY, 10, 30),
        "minutes": 30,
        "persons": 1,
        "state": AppointmentState.BOOKED,
        "name": "Rachid Amrani",
        "phone": "+32470123456",
        "email": "r.amrani@example.be",
        "language": Language.NL,
        "note": "",
        "confirm": [],
        "remind": True,
        "channel": Channel.DESK,
        "booked_at": at(MONDAY - timedelta(days=9), 9),
        "version": 1,
        "ticket": "",
        "ticket_id": None,
        "ticket_state": None,
        "counter_id": None,
        "late_minutes": 15,
    } | other
    return Appointment(**given)


def picture_week():
    made = []
    for nr, text in enumerate(WEEK):
        for each in text.split("|"):
            begin, name, code, *length = each.split(" ")
            hour, minute = begin.split(":")
            number = 48100 + len(made)
            one = appointment(
                number,
                starts_at=at(MONDAY + timedelta(days=nr), int(hour), int(minute)),
                minutes=round(float(length[0]) * _HALF) if length else _HALF,
                name=f"{GIVEN[number % 8]} {name.replace('_', ' ')}",
                product_ids=[f"p-{code}"],
            )
            made.append(_lived(one))
    return made


def _lived(one):
    """What became of those of this morning."""
    name = one.name.split(" ", 1)[1]
    if local_day(one.starts_at) != MONDAY:
        return one
    lives = {
        "Maes": TicketState.DONE,
        "Aerts": TicketState.DONE,
        "Goris": TicketState.DONE,
        "Hendrickx": TicketState.CALLED,
        "Wouters": TicketState.WAITING,
        "Vandamme": TicketState.SERVING,
    }
    if name not in lives:
        return one
    ticket = {"ticket": f"P{one.reference[-3:]}", "ticket_id": "t-1", "counter_id": "c-loket-3"}
    state = {"state": AppointmentState.ARRIVED, "ticket_state": lives[name]}
    return one.model_copy(update=state | ticket)


def wish(number=1, **other):
    given = {
        "id": f"w-{number}",
        "kind": WishKind.WAITING,
        "state": WishState.OPEN,
        "product_id": "p-rei",
        "site_id": town.SITE,
        "persons": 1,
        "first_day": MONDAY,
        "last_day": MONDAY + timedelta(days=14),
        "part": PartOfDay.MORNING,
        "name": "Ilse Vandenbroeck",
        "phone": "+32470123456",
        "email": "",
        "language": Language.NL,
        "note": "",
        "made_at": NOW - timedelta(days=2),
        "offered_at": None,
        "offered_site_id": None,
        "offer_until": None,
        "hold_id": None,
        "appointment_id": None,
    } | other
    return Wish(**given)


def rejected(code, **params):
    return Rejected(
        Problem(type="", title="", status=409, code=code, params=params, fields=[], request_id="")
    )


class StubBookings:
    """Books in memory; remembers what was asked and refuses what it is told to."""

    def __init__(self, clock, *, appointments=None, hours=HOURS):
        self.clock = clock
        self.booked = {one.id: one for one in (appointments or picture_week())}
        self.hours = hours
        self.held = {}
        self.waiting = {}
        self.others = []
        self.asked = []
        self.fail_with = {}
        self._number = 48213

    def names(self):
        return [entry[0] for entry in self.asked]

    def last(self, name):
        return next(entry for entry in reversed(self.asked) if entry[0] == name)

    def _note(self, name, *values):
        self.asked.append((name, *values))
        if name in self.fail_with:
            raise self.fail_with[name]

    # reads

    def moments(self, product_ids, persons, *, site_id=None, first_day, days=14, hold_id=None):
        self._note("moments", tuple(product_ids), persons, site_id, first_day)
        found = []
        for step in range(days):
            day = first_day + timedelta(days=step)
            if day > MONDAY + timedelta(days=11):
                break
            free = [
                slot.starts_at
                for slot in self._day(day).slots
                if slot.taken < slot.places and slot.starts_at > self.clock.now()
            ]
            sites = [site_id] if site_id else [town.SITE, KORTBEEK]
            found += [FreeDay(day=day, site_id=site, moments=free) for site in sites if free]
        return FreeMoments(
            minutes=30 * len(product_ids) * persons,
            persons=persons,
            days=found,
            searched_to=first_day + timedelta(days=days - 1),
        )

    def calendar(self, queue_id, first_day, days):
        self._note("calendar", queue_id, first_day, days)
        shown = [self._day(first_day + timedelta(days=step)) for step in range(days)]
        return Calendar(queue_id=queue_id, made_at=self.clock.now(), days=shown)

    def _day(self, day):
        nr = day.weekday()
        mine = [
            one
            for one in self.booked.values()
            if local_day(one.starts_at) == day and one.state is not AppointmentState.CANCELLED
        ]
        periods, slots = [], []
        for opens, closes, places in self.hours[nr] if nr < len(self.hours) else []:
            begin, end = at(day, opens), at(day, closes)
            periods.append(
                CalendarPeriod(
                    starts_at=begin,
                    ends_at=end,
                    places=places,
                    public_places=places,
                    grid_minutes=30,
                )
            )
            while begin < end:
                slots.append(self._slot(begin, places, mine))
                begin += timedelta(minutes=30)
        room = sum(slot.places * slot.minutes for slot in slots)
        return CalendarDay(
            day=day,
            reason="" if periods else "gesloten",
            periods=periods,
            slots=slots,
            appointments=sorted(mine, key=lambda one: one.starts_at),
            holds=[one for one in self._holds() if local_day(one.starts_at) == day],
            free_minutes=sum((slot.places - slot.taken) * slot.minutes for slot in slots),
            place_minutes=room,
        )

    def _slot(self, begin, places, mine):
        end = begin + timedelta(minutes=30)
        taken = sum(
            one.starts_at < end and begin < one.starts_at + timedelta(minutes=one.minutes)
            for one in [*mine, *self._holds()]
        )
        return CalendarSlot(starts_at=begin, minutes=30, places=places, taken=min(places, taken))

    def _holds(self):
        mine = [
            HeldMoment(
                hold_id=hold.id,
                starts_at=hold.starts_at,
                minutes=hold.minutes,
                counter_id="c-onthaal-1",
                expires_at=hold.expires_at,
            )
            for hold in self.held.values()
        ]
        return [*mine, *self.others]

    def expected(self, day):
        """Who comes on a day."""
        self._note("expected", day)
        mine = [one for one in self.booked.values() if local_day(one.starts_at) == day]
        mine.sort(key=lambda one: (one.starts_at, one.name))
        return Expected(site_id=town.SITE, day=day, appointments=mine)

    def first_free(self, product_ids):
        self._note("first_free", product_ids)
        moment = at(MONDAY + timedelta(days=1), time(14))
        found = [
            FirstFree(product_id=one, site_id=town.SITE, starts_at=moment) for one in product_ids
        ]
        return FirstFrees(products=found)

    def find(self, text):
        self._note("find", text)
        found = [
            one
            for one in self.booked.values()
            if text.casefold() in f"{one.name} {one.reference}".casefold()
        ]
        return Appointments(appointments=found, more=False)

    def file(self, appointment_id):
        self._note("file", appointment_id)
        one = self.booked[appointment_id]
        step = Step(
            act=AppointmentAct.BOOK,
            at=one.booked_at,
            user_id="u-sofie",
            counter_id="c-onthaal-1",
            starts_at=one.starts_at,
            reason="",
        )
        return AppointmentFile(appointment=one, steps=[step])

    # acts

    def hold(self, asked):
        self._note("hold", asked)
        made = Hold(
            id=asked.id,
            starts_at=asked.starts_at,
            minutes=30,
            expires_at=self.clock.now() + timedelta(minutes=5),
        )
        self.held = {made.id: made}
        return made

    def let_go(self, hold_id):
        self._note("let_go", hold_id)
        self.held.pop(hold_id, None)

    def book(self, asked):
        self._note("book", asked)
        self._number += 1
        self.held.pop(asked.hold_id, None)
        made = appointment(
            self._number,
            id=asked.id,
            site_id=asked.site_id,
            product_ids=asked.product_ids,
            persons=asked.persons,
            starts_at=asked.starts_at,
            name=asked.contact.name,
            phone=asked.contact.phone or "",
            email=asked.contact.email or "",
            confirm=asked.confirm,
        )
        self.booked[made.id] = made
        return Booked(appointment=made, visit_id="v-1")

    def move(self, appointment_id, asked):
        self._note("move", appointment_id, asked)
        self.held.pop(asked.hold_id, None)
        made = self._to(appointment_id, starts_at=asked.starts_at, site_id=asked.site_id)
        return Booked(appointment=made, visit_id=None)

    def change(self, appointment_id, asked):
        self._note("change", appointment_id, asked)
        contact = asked.contact
        return self._to(
            appointment_id,
            name=contact.name,
            phone=contact.phone or "",
            email=contact.email or "",
        )

    def cancel(self, appointment_id, asked):
        self._note("cancel", appointment_id, asked)
        made = self._to(appointment_id, state=AppointmentState.CANCELLED)
        return Booked(appointment=made, visit_id=None)

    def no_show(self, appointment_id, asked):
        self._note("no_show", appointment_id, asked)
        return self._to(appointment_id, state=AppointmentState.NO_SHOW)

    def check_in(self, appointment_id, asked):
        self._note("check_in", appointment_id, asked)
        made = self._to(
            appointment_id,
            state=AppointmentState.ARRIVED,
            ticket="P003",
            ticket_id=asked.ticket_id,
            ticket_state=TicketState.WAITING,
        )
        issued = IssuedTicket(
            ticket=town.ticket("P003"),
            visit=StubDesk().visit(asked.visit.id),
            ahead=0,
            wait_minutes=4,
            wait=WaitRange(low=2, middle=4, high=8, sure=10),
            page_address="",
        )
        return CheckedIn(appointment=made, issued=issued)

    def undo_check_in(self, appointment_id, asked):
        self._note("undo_check_in", appointment_id, asked)
        return self._to(appointment_id, state=AppointmentState.BOOKED, ticket="", ticket_state=None)

    def add_wish(self, asked):
        self._note("add_wish", asked)
        made = wish(len(self.waiting) + 1, id=asked.id, kind=asked.kind, name=asked.contact.name)
        self.waiting[made.id] = made
        return Delivered(made)

    def wishes(self):
        self._note("wishes")
        return Wishes(wishes=list(self.waiting.values()))

    def withdraw_wish(self, wish_id):
        self._note("withdraw_wish", wish_id)
        return self.waiting.pop(wish_id)

    def print_confirmation(self, appointment_id):
        self._note("print_confirmation", appointment_id)
        return self._job()

    def print_day_list(self, site_id, day):
        self._note("print_day_list", site_id, day)
        return self._job(JobKind.DAY_LIST, day.isoformat())

    def _job(self, kind=JobKind.APPOINTMENT, title="K-48213"):
        return PrintJob(
            id="j-1",
            kind=kind,
            title=title,
            printer="",
            state=JobState.PRINTED,
            reason="",
            made_at=self.clock.now(),
            path=Path("a.pdf"),
        )

    def _to(self, appointment_id, **changed):
        one = self.booked[appointment_id]
        made = one.model_copy(update={**changed, "version": one.version + 1})
        self.booked[appointment_id] = made
        return made


class AppointmentsTown(StubDesk):
    """A welcome desk that may book."""

    def __init__(self, variant="picture", *, now=NOW):
        super().__init__(now=now)
        self.appointments = StubBookings(self.clock, **_VARIANTS.get(variant, dict)())
        if variant in {"busy", "long"}:
            _wait(self.appointments)
        if variant == "away":
            from loket.link.errors import Unreachable

            for name in ("calendar", "moments", "wishes"):
                self.appointments.fail_with[name] = Unreachable()

    def sign_in(self, username, password):
        session = super().sign_in(username, password)
        permissions = [*session.user.permissions, "appointment.book"]
        user = session.user.model_copy(update={"permissions": permissions})
        self.session = session.model_copy(update={"user": user})
        return self.session

    def catalogue(self):
        return CATALOGUE


def _wait(bookings):
    bookings.waiting = {
        "w-1": wish(1),
        "w-2": wish(
            2,
            name="Mohammed El Bouazzaoui-Vandenbroucke",
            state=WishState.OFFERED,
            offered_at=at(MONDAY + timedelta(days=1), 15, 30),
            offered_site_id=town.SITE,
            hold_id="h-wish",
        ),
        "w-3": wish(3, name="Jo Peeters", kind=WishKind.REQUEST),
    }
    bookings.others = [
        HeldMoment(
            hold_id="h-other",
            starts_at=at(MONDAY + timedelta(days=1), 15, 30),
            minutes=30,
            counter_id="c-loket-2",
            expires_at=NOW + timedelta(minutes=5),
        )
    ]


def full(lanes, rows=18, days=5, *, name=None):
    """A department with so many counters, all of it booked."""
    made = []
    for nr in range(days):
        for slot in range(rows):
            for _lane in range(lanes):
                number = 50000 + len(made)
                made.append(
                    appointment(
                        number,
                        starts_at=at(MONDAY + timedelta(days=nr), 9 + slot / 2),
                        name=name or f"{GIVEN[number % 8]} {NAMES[number % len(NAMES)]}",
                        product_ids=[_PRODUCTS[number % 8].id],
                    )
                )
    return made


NAMES = (
    "Peeters",
    "Janssens",
    "Maes",
    "Jacobs",
    "Mertens",
    "Willems",
    "Claes",
    "Goossens",
    "Wouters",
)
LONG = "Marie-Christine Vandenbroucke-Van Overstraeten de Meulebroeck"
_VARIANTS = {
    "three": lambda: {
        "appointments": [one for one in full(3) if int(one.id[2:]) % 7],
        "hours": [[(9, 18, 3)]] * 5,
    },
    "full": lambda: {"appointments": full(20, 20), "hours": [[(9, 19, 20)]] * 5},
    "six": lambda: {"appointments": full(6, 20), "hours": [[(9, 19, 6)]] * 5},
    "long": lambda: {"appointments": full(2, 16, name=LONG), "hours": [[(9, 17, 2)]] * 5},
    "saturday": lambda: {"hours": [*HOURS, [(9, 12, 1)]]},
    "closed": lambda: {
        "appointments": [appointment(starts_at=at(date(2026, 1, 5), 9))],
        "hours": [],
    },
}
