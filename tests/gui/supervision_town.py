"""The town hall of picture 06 at 10:12, and a second site: what a supervisor looks at."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from loket.catalogue.messages import Counter, DeskKind, Queue, Site
from loket.displays.messages import Display, Displays, SiteMessage, SiteMessageNow
from loket.insight.messages import Advice, Advices, PromisesKept, QueueDay, SeriesUse, Supervision
from loket.queue.messages import CounterNow, Period, QueueNow
from loket.queue.picture import Connection, ConnectionState, SitePicture
from loket.queue.rules.opening import PauseReason
from tests.gui import town
from tests.gui.stub_desk import StubDesk

NOW = datetime(2026, 3, 16, 9, 12, 4, tzinfo=UTC)  # 10:12:04 in Brussels
SITE, OTHER = town.SITE, "site-kortbeek"
OPENS = NOW.replace(hour=8, minute=0, second=0)
QUEUES = [
    ("burgerzaken", "Burgerzaken", "ph.identification-card", 20, SITE),
    ("snel", "Snelloket", "ph.lightning", 10, SITE),
    ("omg", "Omgeving", "ph.buildings", 20, SITE),
    ("soc", "Sociaal Huis", "ph.heart", 20, SITE),
    ("onthaal", "Onthaal", "ph.hand-waving", 5, SITE),
    ("wonen", "Wonen en energie", "ph.house", 20, SITE),
    ("kortbeek", "Balie Kortbeek", "ph.house-line", 20, OTHER),
]
COUNTERS = [
    ("loket-1", "Loket 1", DeskKind.COUNTER, ["burgerzaken"], SITE),
    ("loket-2", "Loket 2", DeskKind.COUNTER, ["burgerzaken"], SITE),
    ("loket-3", "Loket 3", DeskKind.COUNTER, ["burgerzaken"], SITE),
    ("loket-4", "Loket 4", DeskKind.COUNTER, ["burgerzaken"], SITE),
    ("snel-1", "Snel 1", DeskKind.QUICK, ["snel"], SITE),
    ("snel-2", "Snel 2", DeskKind.QUICK, ["snel"], SITE),
    ("loket-5", "Loket 5", DeskKind.COUNTER, ["omg"], SITE),
    ("loket-6", "Loket 6", DeskKind.COUNTER, ["soc"], SITE),
    ("loket-7", "Loket 7", DeskKind.COUNTER, ["soc"], SITE),
    ("toezicht", "Toezicht", DeskKind.OFFICE, [], SITE),
    ("kortbeek-1", "Kortbeek 1", DeskKind.COUNTER, ["kortbeek"], OTHER),
]


def _queue(code, name, icon, norm, site):
    return Queue(
        id=f"q-{code}",
        site_id=site,
        code=code,
        name=name,
        icon=icon,
        walk_in_prefix="A",
        appointment_prefix="P",
        norm_minutes=norm,
        target_percent=85,
        classes=[],
        service_ids=["s-loket"] if code == "burgerzaken" else [],
    )


def _counter(code, name, kind, first, site):
    return Counter(
        id=f"c-{code}",
        site_id=site,
        code=code,
        name=name,
        kind=kind,
        first_choice=[f"q-{one}" for one in first],
        second_choice=[],
    )


CATALOGUE = town.CATALOGUE.model_copy(
    update={
        "sites": [
            *town.CATALOGUE.sites,
            Site(id=OTHER, code="kortbeek", name="Deelkantoor Kortbeek", address="", hours=""),
        ],
        "queues": [_queue(*one) for one in QUEUES],
        "counters": [_counter(*one) for one in COUNTERS],
    }
)


def waiting(number, minutes, queue, **other):
    arrived = NOW - timedelta(minutes=minutes)
    given = {"arrived_at": arrived, "issued_at": arrived, "state_since": arrived} | other
    return town.card(number, queue=queue, **given)


def at_counter(number, seconds, queue, counter, *, product="rei", called=False):
    since = NOW - timedelta(seconds=seconds)
    given = {"state": "called" if called else "serving", "counter_id": f"c-{counter}"}
    given |= {"last_called_at": since, "first_called_at": since, "state_since": since}
    given |= {"serving_since": None if called else since, "calls": 1, "version": 3}
    return town.card(number, queue=queue, product=product, **given)


WAITING = [
    waiting("A009", 23, "burgerzaken"),
    waiting("A010", 16, "burgerzaken"),
    *(waiting(f"A{number:03d}", 24 - number, "burgerzaken") for number in range(11, 17)),
    *(waiting(f"S{number:03d}", 38 - number, "snel") for number in (31, 33, 36)),
    waiting("R005", 9, "omg"),
    *(waiting(f"W{number:03d}", 18 - number, "soc") for number in (6, 9)),
]
AT_COUNTERS = [
    at_counter("P014", 520, "burgerzaken", "loket-1"),
    at_counter("P015", 1270, "burgerzaken", "loket-2", product="geb"),
    at_counter("A008", 385, "burgerzaken", "loket-3", product="adr"),
    at_counter("S029", 65, "snel", "snel-1", product="str"),
    at_counter("S030", 20, "snel", "snel-2", product="afh", called=True),
    at_counter("R004", 842, "omg", "loket-5", product="omg"),
    at_counter("W005", 735, "soc", "loket-7", product="soc"),
]
CLERKS = {
    "loket-1": "Dirk M.",
    "loket-2": "Nele P.",
    "loket-3": "Tom C.",
    "snel-1": "Lies B.",
    "snel-2": "Kim N.",
    "loket-5": "Piet S.",
    "loket-6": "Sara W.",
    "loket-7": "Bea L.",
    "kortbeek-1": "Jo V.",
}


def counter_now(code, clerk, pause=None, until=None):
    return CounterNow(
        counter_id=f"c-{code}",
        clerk=clerk,
        open=bool(clerk) and pause is None,
        pause=pause,
        paused_since=NOW if pause else None,
        pause_until=until,
    )


def hours(queue):
    spans = [(0, 3), (4.5, 9)] if queue != "wonen" else [(4.5, 9)]
    return [
        Period(
            opens_at=OPENS + timedelta(hours=start),
            closes_at=OPENS + timedelta(hours=end),
        )
        for start, end in spans
    ]


def queue_now(code, counters):
    return QueueNow(
        queue_id=f"q-{code}",
        hours=hours(code),
        closed_reason="",
        open_counters=counters,
        by_hand=None,
        hand_reason=None,
        hand_from=None,
        hand_until=None,
    )


def picture(site=SITE, cards=None, *, state=ConnectionState.CONNECTED):
    shown = [*WAITING, *AT_COUNTERS] if cards is None else cards
    if site == OTHER:
        shown = [
            one.model_copy(update={"ticket": one.ticket.model_copy(update={"site_id": OTHER})})
            for one in [waiting("K003", 4, "kortbeek")]
        ]
    pauses = {"loket-6": (PauseReason.BREAK, OPENS + timedelta(hours=1, minutes=30))}
    now = [
        counter_now(code, CLERKS.get(code, ""), *pauses.get(code, ()))
        for code, _name, _kind, _first, at in COUNTERS
        if at == site
    ]
    open_now = {
        queue: sum(
            one.open
            for one, given in zip(now, [g for g in COUNTERS if g[4] == site], strict=True)
            if queue in given[3]
        )
        for queue, *_rest in QUEUES
    }
    return SitePicture(
        site_id=site,
        epoch="e",
        number=1,
        cards={one.ticket.id: one for one in shown},
        queues={f"q-{q[0]}": queue_now(q[0], open_now[q[0]]) for q in QUEUES if q[4] == site},
        counters={one.counter_id: one for one in now},
        connection=Connection(state, 0, 0),
    )


HALVES = 18
ARRIVED = [7, 8, 3]
EXPECTED = [6.5, 7.6, 7.0, 8.0, 9.0, 6.0, 0, 0, 0, 5.0, 6.0, 5.0, 4.0, 4.9, 4.0, 5.0, 4.0, 3.0]
USUAL = [3.0, 3.0, 3.0, 3.0, 2.75, 2.75, 0, 0, 0, 3.0, 3.0, 3.0, 2.5, 2.5, 2.0, 2.0, 2.0, 2.0]


def queue_day(code, *, called=20, within=18, trend=(), **other):
    given = {
        "queue_id": f"q-{code}",
        "arrived": [1, 0, 2] + [0] * (HALVES - 3),
        "expected": [1.5] * 6 + [0.0] * 3 + [1.5] * 9,
        "staffed": [1.0] * 3 + [0.0] * (HALVES - 3),
        "usual": [1.0] * 6 + [0.0] * 3 + [1.0] * 9,
        "mean_service": 600,
        "trend": list(trend) or [0] * 12,
        "called": called,
        "within_norm": within,
        "called_last_hour": 8,
        "waited_last_hour": 8 * 13 * 60,
        "served": 10,
        "waited_before": 2,
    } | other
    return QueueDay(**given)


def _minutes(*values):
    return [value * 60 for value in values]


SUPERVISION = Supervision(
    made_at=NOW,
    halves=[OPENS + timedelta(minutes=30 * place) for place in range(HALVES)],
    learnt_from=["2026-03-02", "2026-03-09"],
    compared_with="2026-03-09",
    queues=[
        queue_day(
            "burgerzaken",
            called=25,
            within=16,
            trend=_minutes(8, 8, 10, 11, 14, 12, 15, 17, 17, 20, 21, 23),
            arrived=ARRIVED + [0] * (HALVES - 3),
            expected=EXPECTED,
            staffed=[3.0] * 3 + [0.0] * (HALVES - 3),
            usual=USUAL,
            mean_service=900,
        ),
        queue_day("snel", called=30, within=28, trend=_minutes(5, 9, 7, 3, 4, 6, 5, 3, 3, 6, 4, 7)),
        queue_day("omg", called=9, within=9, trend=_minutes(2, 3, 3, 4, 3, 3, 2, 2, 4, 5, 6, 9)),
        queue_day(
            "soc", called=14, within=12, trend=_minutes(4, 4, 2, 5, 6, 5, 7, 9, 8, 10, 9, 12)
        ),
        queue_day("onthaal", called=0, within=0),
        queue_day("wonen", called=0, within=0),
    ],
    promises=PromisesKept(day="2026-03-13", promises=203, mean_error=3.84, likely_held=0.808),
    series=[SeriesUse(site_id=SITE, prefix="A", used=216, of=899)],
)
ADVICES = Advices(
    made_at=NOW,
    advices=[
        Advice(
            counter_id="c-loket-4",
            queue_id="q-burgerzaken",
            seated=False,
            minutes_before=34,
            minutes_after=16,
        ),
        Advice(
            counter_id="c-loket-6",
            queue_id="q-soc",
            seated=True,
            minutes_before=26,
            minutes_after=12,
        ),
    ],
)
EMPTY = SUPERVISION.model_copy(
    update={
        "queues": [],
        "promises": None,
        "series": [],
        "learnt_from": [],
        "compared_with": None,
        "halves": [],
    }
)


class StubOverview:
    """Answers with what it was given, and remembers what was watched."""

    def __init__(self, asked):
        self.day, self.advices, self.asked = SUPERVISION, ADVICES, asked
        self.watched = frozenset()

    def supervision(self, site_id):
        self.asked.append(("supervision", site_id))
        return self.day

    def advice(self, site_id):
        self.asked.append(("advice", site_id))
        return self.advices

    def watch(self, site_ids):
        self.asked.append(("watch", site_ids))
        self.watched = site_ids


class StubRooms:
    """A waiting room with one screen that says nothing particular."""

    def __init__(self, asked):
        self.asked, self.fail_with, self.said = asked, None, None

    def displays(self):
        one = Display(
            id="d-1",
            site_id=SITE,
            name="Wachtzaal gelijkvloers",
            chime=True,
            speech=False,
            paired_at=OPENS,
            revoked_at=None,
            last_seen_at=NOW,
        )
        return Displays(displays=[one])

    def pair(self, command):
        self._note("pair", command)
        return self.displays().displays[0].model_copy(update={"name": command.name})

    def message(self, site_id):
        return SiteMessageNow(site_id=site_id, message=self.said)

    def say(self, site_id, command):
        self._note("say", site_id, command)
        texts = {str(code): text for code, text in command.texts.items()}
        self.said = SiteMessage(texts=texts, from_at=NOW, until_at=command.until_at, set_at=NOW)
        return self.message(site_id)

    def say_nothing(self, site_id):
        self._note("say_nothing", site_id)
        self.said = None
        return self.message(site_id)

    def _note(self, name, *values):
        self.asked.append((name, *values))
        if self.fail_with:
            raise self.fail_with


class SupervisorDesk(StubDesk):
    """The desk of the supervisor, at 10:12."""

    def __init__(self, code="toezicht"):
        super().__init__(code, now=NOW)
        self.current = picture()
        self.overview = StubOverview(self.asked)
        self.waiting_room = StubRooms(self.asked)

    def catalogue(self):
        return CATALOGUE

    def sign_in(self, username, password):
        session = super().sign_in(username, password)
        more = [*session.user.permissions, "figures.see", "queue.close", "display.manage"]
        user = session.user.model_copy(update={"permissions": more, "name": "An Desmet"})
        self.session = session.model_copy(update={"user": user})
        return self.session

    def demonstration(self):
        found = super().demonstration()
        user = found.users[0].model_copy(update={"username": "an", "name": "An Desmet"})
        return found.model_copy(update={"users": [user]})

    def open_counter(self, counter_id):
        self._note("open_counter", counter_id)

    def close_counter(self, counter_id):
        self._note("close_counter", counter_id)

    def open_queue(self, queue_id, reason, until=None):
        self._note("open_queue", queue_id, reason)

    def close_queue(self, queue_id, reason, until=None):
        self._note("close_queue", queue_id, reason)


def long_names():
    """The same town with names as long as they may be."""
    name = "Burgerlijke stand, bevolking, vreemdelingenzaken en begraafplaatsen, tweede verdieping"
    queues = [
        one.model_copy(update={"name": name[:80]}) if one.code == "burgerzaken" else one
        for one in CATALOGUE.queues
    ]
    counters = [
        one.model_copy(update={"name": "Loket onthaal gelijkvloers 4"})
        for one in CATALOGUE.counters
    ]
    return CATALOGUE.model_copy(update={"queues": queues, "counters": counters})


def desk(variant="busy"):
    made = SupervisorDesk()
    if variant == "empty":
        made.current = replace(picture(cards=[]), counters={}, queues={})
        made.overview.day = EMPTY
        made.overview.advices = Advices(made_at=NOW, advices=[])
    elif variant == "calm":
        made.current = picture(cards=AT_COUNTERS[3:])
        made.overview.advices = Advices(made_at=NOW, advices=[])
    elif variant == "offline":
        made.current = picture(state=ConnectionState.OFFLINE)
    elif variant == "long":
        made.catalogue = long_names
    return made
