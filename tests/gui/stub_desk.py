"""A desk without a server: it answers at once and remembers what was asked."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from loket.appointments.messages import Appointments, Expected, FirstFrees
from loket.desk.facts import JobKind, JobState, PrintJob
from loket.kit.clock import FixedClock
from loket.link.delivery import Delivered, Queued
from loket.queue.messages import CallOutcome, IssuedTicket, OwnDay, WaitRange
from loket.queue.rules.life import TicketState
from loket.staff.messages import Demonstration, DemonstrationUser, SignedIn, User
from loket.visits.messages import Visit
from tests.gui import town
from tests.gui.stub_reports import StubPlaces, StubReports


class Settings:
    def __init__(self, code):
        self.code = code
        self.server_url = None


class NoBookings:
    """Nobody has an appointment today."""

    def expected(self, day):
        return Expected(site_id=town.SITE, day=day, appointments=[])

    def find(self, text, since=None):
        return Appointments(appointments=[], more=False)

    def first_free(self, product_ids):
        return FirstFrees(products=[])


class StubDesk:
    def __init__(self, code="onthaal-1", *, now=town.NOW):
        self.settings = Settings(code)
        self.clock = FixedClock(now)
        self.session = None
        self.asked = []
        self.appointments = NoBookings()
        self.reports = StubReports(self)
        self.geography = StubPlaces()
        self.offline = False
        self.fail_with = {}
        self.current = town.picture()
        self.listeners = []
        self.known_printers = ("Balie-bon", "Kopie A4")
        self.chosen_printer = ""
        self._number = 14
        self.appointments = NoBookings()

    # immediate

    def picture(self):
        return self.current

    def subscribe(self, listener):
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    def tell(self, fact):
        for listener in list(self.listeners):
            listener(fact)

    # people

    def demonstration(self):
        users = [
            DemonstrationUser(username="sofie", password="x", name="Sofie Vermeulen", role="desk"),
            DemonstrationUser(username="tom", password="x", name="Tom Claes", role="counter"),
        ]
        return Demonstration(active=True, users=users)

    def sign_in(self, username, password):
        self._note("sign_in", username, password)
        name = {"sofie": "Sofie Vermeulen", "tom": "Tom Claes"}.get(username, username)
        self.session = SignedIn(
            token="t",
            expires_at=self.clock.now() + timedelta(hours=8),
            user=User(
                id=f"u-{username}",
                username=username,
                name=name,
                roles=["counter"],
                permissions=[
                    "read",
                    "visit.record",
                    "ticket.issue",
                    "ticket.withdraw",
                    "ticket.call",
                ],
            ),
            counter_id=f"c-{self.settings.code}",
            site_id=town.SITE,
            desk_token="d",
        )
        return self.session

    def sign_out(self):
        self._note("sign_out")
        self.session = None

    def catalogue(self):
        return town.CATALOGUE

    # acts

    def issue_ticket(self, visit, product_id):
        self._note("issue_ticket", visit, product_id)
        self._number += 1
        number = f"A{900 if self.offline else self._number:03d}"
        made = town.ticket(number, product=product_id.removeprefix("p-"), waited=0)
        made = made.model_copy(update={"visit_id": visit.id, "arrived_at": self.clock.now()})
        issued = IssuedTicket(
            ticket=made,
            visit=self.visit(visit.id),
            ahead=5,
            wait_minutes=22,
            wait=WaitRange(low=15, middle=22, high=30, sure=41),
            page_address="",
        )
        return Queued(issued, "entry-1") if self.offline else Delivered(issued)

    def change_visit(self, visit_id, details):
        self._note("change_visit", visit_id, details)
        return Delivered(self.visit(visit_id))

    def add_act(self, visit_id, act):
        self._note("add_act", visit_id, act)
        return Delivered(self.visit(visit_id))

    def end_encounter(self, visit_id):
        self._note("end_encounter", visit_id)
        return Delivered(self.visit(visit_id))

    def call_next(self, believes):
        self._note("call_next", believes)
        waiting = [
            one
            for one in self.current.cards.values()
            if one.ticket.state is TicketState.WAITING and one.ticket.queue_id == "q-loket"
        ]
        now = self.clock.now()
        finished = self._to(believes, TicketState.DONE) if believes else None
        if not waiting:
            return CallOutcome(called=None, finished=finished)
        first = min(waiting, key=lambda one: one.ticket.arrived_at)
        made = self._to(
            first.ticket.id,
            TicketState.CALLED,
            counter_id=f"c-{self.settings.code}",
            first_called_at=now,
            last_called_at=now,
            calls=1,
        )
        outcome = first.model_copy(update={"ticket": made})
        return CallOutcome(called=outcome, finished=finished)

    def start(self, ticket_id, seen_version=None):
        self._note("start", ticket_id)
        return self._to(ticket_id, TicketState.SERVING, serving_since=self.clock.now())

    def finish(self, ticket_id, seen_version=None):
        self._note("finish", ticket_id)
        return self._to(ticket_id, TicketState.DONE)

    def put_back(self, ticket_id, seen_version=None):
        self._note("put_back", ticket_id)
        return self._to(ticket_id, TicketState.WAITING, counter_id=None)

    def recall(self, ticket_id, seen_version=None):
        self._note("recall", ticket_id)
        return self._to(ticket_id, TicketState.CALLED, calls=2)

    def mark_no_show(self, ticket_id, seen_version=None):
        self._note("mark_no_show", ticket_id)
        return self._to(ticket_id, TicketState.NO_SHOW)

    def park(self, ticket_id, remark="", seen_version=None):
        self._note("park", ticket_id, remark)
        made = self._to(ticket_id, TicketState.PARKED, parked_by="u-tom")
        card = self.current.cards[ticket_id].model_copy(update={"remark": remark})
        self.current = replace(self.current, cards={**self.current.cards, ticket_id: card})
        return made

    def resume(self, ticket_id, seen_version=None):
        self._note("resume", ticket_id)
        return self._to(ticket_id, TicketState.WAITING, counter_id=None, parked_by=None)

    def call_parked(self, ticket_id, seen_version=None):
        self._note("call_parked", ticket_id)
        here = f"c-{self.settings.code}"
        return self._to(ticket_id, TicketState.CALLED, counter_id=here, parked_by=None)

    def return_ticket(self, ticket_id, seen_version=None):
        self._note("return_ticket", ticket_id)
        return self._to(ticket_id, TicketState.WAITING, counter_id=None)

    def transfer(self, ticket_id, *, seen_version=None, **goal):
        self._note("transfer", ticket_id, goal)
        queue = goal.get("queue_id", "q-snel")
        return self._to(ticket_id, TicketState.WAITING, counter_id=None, queue_id=queue)

    def add_product(self, ticket_id, product_id, seen_version=None):
        self._note("add_product", ticket_id, product_id)
        ticket = self.current.cards[ticket_id].ticket
        products = [*ticket.product_ids, product_id]
        return self._to(ticket_id, ticket.state, product_ids=products)

    def remove_product(self, ticket_id, product_id, seen_version=None):
        self._note("remove_product", ticket_id, product_id)
        ticket = self.current.cards[ticket_id].ticket
        products = [one for one in ticket.product_ids if one != product_id]
        return self._to(ticket_id, ticket.state, product_ids=products)

    def pause(self, reason, until=None):
        self._note("pause", reason, until)
        return town.counter_now(self.settings.code, pause=reason, until=until)

    def end_pause(self):
        self._note("end_pause")
        return town.counter_now(self.settings.code)

    def withdraw(self, ticket_id, seen_version=None):
        self._note("withdraw", ticket_id)
        if ticket_id in self.current.cards:
            return self._to(ticket_id, TicketState.WITHDRAWN)
        return town.ticket(ticket_id.removeprefix("t-")).model_copy(
            update={"state": TicketState.WITHDRAWN, "version": 9}
        )

    def undo(self, ticket_id, seen_version=None):
        self._note("undo", ticket_id)
        return self._to(ticket_id, TicketState.WAITING, counter_id=None)

    # reads

    def visit(self, visit_id):
        return Visit(
            id=visit_id,
            site_id=town.SITE,
            started_at=self.clock.now(),
            ended_at=None,
            closed_at=None,
            channel="desk",
            language="nl",
            visitor_name="",
            priority="",
            note="",
            follow_up_code="7K2Q-94TD",
            acts=[],
        )

    def card(self, ticket_id):
        return self.current.cards[ticket_id]

    def find_ticket(self, code):
        self._note("find_ticket", code)
        return next(iter(self.current.cards.values()))

    def own_day(self):
        return OwnDay(
            since=town.NOW - timedelta(minutes=84),
            served=9,
            mean_service=530,
            mean_wait=16 * 60,
            no_shows=1,
        )

    # paper

    def prepare_papers(self):
        """Nothing to load."""

    @property
    def printer(self):
        return self.chosen_printer

    def printers(self):
        return self.known_printers

    def choose_printer(self, name):
        self._note("choose_printer", name)
        self.chosen_printer = name

    def print_slip(self, issued):
        self._note("print_slip", issued.ticket.number)
        return self.job(title=issued.ticket.number)

    def print_receipt(self, visit_id):
        self._note("print_receipt", visit_id)
        return self.job(kind=JobKind.RECEIPT, title="B-2026-004417")

    def print_again(self, job_id):
        self._note("print_again", job_id)
        return self.job(id=job_id)

    def job(self, **other):
        made = PrintJob(
            id="j-1",
            kind=JobKind.SLIP,
            title="A015",
            printer="",
            state=JobState.PRINTED,
            reason="",
            made_at=self.clock.now(),
            path=Path("a.pdf"),
        )
        return replace(made, **other)

    def print_jobs(self):
        return ()

    def close(self):
        self._note("close")

    # inside

    def names(self):
        return [entry[0] for entry in self.asked]

    def _note(self, name, *values):
        self.asked.append((name, *values))
        if name in self.fail_with:
            raise self.fail_with[name]

    def _to(self, ticket_id, state, **changed):
        one = self.current.cards[ticket_id]
        made = one.ticket.model_copy(
            update={
                "state": state,
                "version": one.ticket.version + 1,
                "state_since": self.clock.now(),
                **changed,
            }
        )
        cards = dict(self.current.cards)
        if state in {TicketState.DONE, TicketState.WITHDRAWN}:
            cards.pop(ticket_id)
        else:
            cards[ticket_id] = one.model_copy(update={"ticket": made})
        self.current = replace(self.current, cards=cards)
        return made
