"""A small believable town for the screens: the data of the design's pictures."""

from datetime import UTC, datetime, timedelta

from loket.catalogue.messages import (
    Access,
    Catalogue,
    Counter,
    Department,
    DeskKind,
    Link,
    PriorityReason,
    Product,
    Queue,
    QueueClass,
    QuickProduct,
    Service,
    Site,
    Town,
)
from loket.catalogue.rules import usual_rules
from loket.queue.messages import CounterNow, Period, QueueNow, Ticket, TicketCard
from loket.queue.picture import Connection, ConnectionState, SitePicture
from loket.queue.rules.life import TicketKind, TicketState
from loket.visits.messages import Language

NOW = datetime(2026, 3, 16, 9, 24, tzinfo=UTC)  # 10:24 in Brussels
SITE = "site-stadhuis"


def _product(code, name, short, service, icon, **other):
    given = {
        "access": Access.WALK_IN,
        "usual_minutes": 10,
        "mean_service_seconds": 300,
        "asked": 0,
        "bring": [],
        "fee_cents": None,
        "synonyms": [],
        "clerk_text": "",
        "links": [],
    } | other
    return Product(
        id=f"p-{code}",
        code=code,
        name=name,
        short_name=short,
        service_id=service,
        icon=icon,
        **given,
    )


PRODUCTS = [
    _product(
        "rb",
        "Rijbewijs – aanvraag",
        "Rijbewijs",
        "s-loket",
        "ph.car",
        access=Access.BOTH,
        bring=["eID", "pasfoto", "slaagattest"],
        fee_cents=3100,
        mean_service_seconds=528,
        clerk_text="Controleer het slaagattest. Een tijdelijk rijbewijs volgt na drie dagen.",
        links=[Link(title="Vlaanderen", address="https://vlaanderen.example/rijbewijs")],
    ),
    _product("rba", "Rijbewijs – afhalen", "Rijbewijs", "s-snel", "ph.package", fee_cents=0),
    _product(
        "irb", "Internationaal rijbewijs", "Int. rijbewijs", "s-snel", "ph.globe-hemisphere-west"
    ),
    _product(
        "vrb",
        "Voorlopig rijbewijs",
        "Voorl. rijb.",
        "s-loket",
        "ph.student",
        access=Access.BOTH,
        mean_service_seconds=528,
    ),
    _product(
        "rbo",
        "Rijbewijs – buitenlands omwisselen",
        "Omwisselen",
        "s-loket",
        "ph.arrows-left-right",
        access=Access.APPOINTMENT,
    ),
    _product(
        "eid",
        "Identiteitskaart – aanvraag",
        "eID",
        "s-loket",
        "ph.identification-card",
        usual_minutes=12,
        mean_service_seconds=528,
        bring=["oude kaart", "pasfoto, hoogstens 6 maanden oud"],
        fee_cents=2500,
        clerk_text="Kijk de pasfoto na vóór de vingerafdrukken. De pincode volgt per post.",
    ),
    _product("afh", "eID of reispas afhalen", "Afhalen", "s-snel", "ph.package"),
    _product("adr", "Adreswijziging", "Adreswijziging", "s-loket", "ph.house-line",
             mean_service_seconds=528),
    _product("str", "Uittreksel strafregister", "Strafregister", "s-snel", "ph.shield-check"),
    _product("rei", "Reispas aanvragen", "Reispas", "s-loket", "ph.airplane-tilt",
             mean_service_seconds=528),
    _product("hvz", "Huisvuilzakken", "Vuilzakken", "s-snel", "ph.trash-simple"),
    _product("kid", "Kids-ID aanvragen", "Kids-ID", "s-loket", "ph.baby",
             mean_service_seconds=528),
    _product("omg", "Omgevingsloket", "Omgeving", "s-omg", "ph.buildings",
             mean_service_seconds=540),
    _product("soc", "Sociaal Huis", "Sociaal Huis", "s-soc", "ph.heart", mean_service_seconds=420),
    _product("geb", "Geboorteaangifte", "Geboorte", "s-loket", "ph.baby"),
]  # fmt: skip

CATALOGUE = Catalogue(
    version="1",
    made_at=NOW,
    town=Town(
        name="Heidebeek",
        phone="011 00 00 00",
        email="info@heidebeek.example",
        phone_hours="9-17",
        privacy_email="privacy@heidebeek.example",
        public_address="",
        slip_languages=["fr", "en", "de"],
    ),
    sites=[Site(id=SITE, code="stadhuis", name="Stadhuis", address="Markt 1", hours="")],
    departments=[
        Department(id="d-bz", code="bz", name="Burgerzaken", confidential=False),
        Department(id="d-sn", code="sn", name="Snelloket", confidential=False),
        Department(id="d-om", code="om", name="Omgeving", confidential=False),
        Department(id="d-so", code="so", name="Sociaal Huis", confidential=True),
    ],
    services=[
        Service(id="s-loket", department_id="d-bz", name="Burgerzaken"),
        Service(id="s-snel", department_id="d-sn", name="Snelloket"),
        Service(id="s-omg", department_id="d-om", name="Omgeving"),
        Service(id="s-soc", department_id="d-so", name="Sociaal Huis"),
    ],
    queues=[
        Queue(
            id=f"q-{code}",
            site_id=SITE,
            code=code,
            name=name,
            icon="ph.ticket",
            walk_in_prefix=prefix,
            appointment_prefix="P",
            norm_minutes=norm,
            target_percent=85,
            classes=[
                QueueClass(visitor_class=each, rate=rule.rate, limit_minutes=rule.limit_minutes)
                for each, rule in usual_rules(norm).items()
            ],
            service_ids=[service],
        )
        for code, name, prefix, norm, service in [
            ("loket", "Loket", "A", 20, "s-loket"),
            ("snel", "Snelloket", "S", 10, "s-snel"),
            ("omg", "Omgevingsloket", "D", 20, "s-omg"),
            ("soc", "Sociaal Huis", "H", 20, "s-soc"),
        ]
    ],
    counters=[
        Counter(
            id=f"c-{code}",
            site_id=SITE,
            code=code,
            name=name,
            kind=kind,
            first_choice=first,
            second_choice=[],
        )
        for code, name, kind, first in [
            ("onthaal-1", "Onthaal 1", DeskKind.WELCOME, []),
            ("loket-2", "Loket 2", DeskKind.COUNTER, ["q-loket"]),
            ("loket-3", "Loket 3", DeskKind.COUNTER, ["q-loket"]),
            ("snelloket-1", "Snelloket 1", DeskKind.QUICK, ["q-snel"]),
        ]
    ],
    products=PRODUCTS,
    quick_products=[
        QuickProduct(site_id=SITE, place=place, product_id=f"p-{code}")
        for place, code in enumerate(
            ["eid", "afh", "adr", "str", "rei", "hvz", "kid", "omg", "soc"], start=1
        )
    ],
    priority_reasons=[
        PriorityReason(code="mobility", name="Mobiliteit", icon="ph.wheelchair-bold"),
        PriorityReason(code="pram", name="Kinderwagen", icon="mdi6.baby-carriage"),
    ],
)


def ticket(number="A015", *, product="adr", queue="loket", waited=10, **other):
    arrived = NOW - timedelta(minutes=waited)
    given = {
        "id": f"t-{number}",
        "number": number,
        "code": "T" + "A" * 12,
        "site_id": SITE,
        "queue_id": f"q-{queue}",
        "product_id": f"p-{product}",
        "product_ids": [f"p-{product}"],
        "visit_id": f"v-{number}",
        "kind": TicketKind.WALK_IN,
        "state": TicketState.WAITING,
        "version": 1,
        "arrived_at": arrived,
        "appointment_at": None,
        "issued_at": arrived,
        "state_since": arrived,
        "first_called_at": None,
        "last_called_at": None,
        "serving_since": None,
        "calls": 0,
        "counter_id": None,
        "only_counter_id": None,
        "parked_by": None,
        "priority": "",
        "language": Language.NL,
        "why": None,
    } | other
    return Ticket(**given)


def card(number="A015", *, name="", note="", remark="", parker="", **other):
    return TicketCard(
        ticket=ticket(number, **other),
        visitor_name=name,
        note=note,
        remark=remark,
        parked_by=parker,
    )


def parked(number="A011", *, remark="maakt pasfoto", parker="Tom C.", by="u-tom", **other):
    given = {"state": TicketState.PARKED, "parked_by": by, "waited": 40, "version": 4}
    return card(number, remark=remark, parker=parker, **(given | other))


def counter_now(code, clerk="Tom C.", *, pause=None, until=None):
    return CounterNow(
        counter_id=f"c-{code}",
        clerk=clerk,
        open=bool(clerk) and pause is None,
        pause=pause,
        paused_since=NOW if pause else None,
        pause_until=until,
    )


def called(number="A014", *, ago=20, counter="loket-3", **other):
    at = NOW - timedelta(seconds=ago)
    given = {
        "product": "eid",
        "waited": 20,
        "name": "Marleen De Smedt",
        "note": "Graag lage balie",
        "priority": "mobility",
        "state": TicketState.CALLED,
        "counter_id": f"c-{counter}",
        "first_called_at": at,
        "last_called_at": at,
        "state_since": at,
        "calls": 1,
        "version": 2,
    } | other
    return card(number, **given)


def serving(number="A014", *, seconds=252, **other):
    at = NOW - timedelta(seconds=seconds)
    given = {"state": TicketState.SERVING, "serving_since": at, "state_since": at, "version": 3}
    return called(number, ago=seconds, **(given | other))


WAITING = (
    card("A015", waited=24, product="adr", name="Jan Peeters"),
    card("A016", waited=18, product="rei", name="Lotte Verstraete"),
    card("A017", waited=13, product="rb"),
    card("A018", waited=9, product="adr", name="Mehmet Yilmaz"),
    card("A019", waited=4, product="kid", name="Annelies Thys"),
    card("S031", waited=5, product="str", queue="snel"),
    card("S032", waited=3, product="afh", queue="snel"),
    card("S033", waited=1, product="hvz", queue="snel"),
    card("D004", waited=7, product="omg", queue="omg"),
    card("H011", waited=14, product="soc", queue="soc"),
    card("H012", waited=6, product="soc", queue="soc"),
)


def queue_now(code, *, counters=2, opens=8, closes=11, reason=""):
    day = NOW.replace(hour=0, minute=0)
    hours = [Period(opens_at=day + timedelta(hours=opens), closes_at=day + timedelta(hours=closes))]
    return QueueNow(
        queue_id=f"q-{code}",
        hours=[] if reason else hours,
        closed_reason=reason,
        open_counters=counters,
        by_hand=None,
        hand_reason=None,
        hand_from=None,
        hand_until=None,
    )


def picture(*cards, state=ConnectionState.CONNECTED, to_send=0, queues=None):
    shown = cards or WAITING
    hours = queues or [queue_now(code) for code in ("loket", "snel", "omg", "soc")]
    return SitePicture(
        site_id=SITE,
        epoch="e",
        number=1,
        cards={one.ticket.id: one for one in shown},
        queues={one.queue_id: one for one in hours},
        counters={
            "c-loket-2": counter_now("loket-2", "Nele P."),
            "c-loket-3": counter_now("loket-3"),
        },
        connection=Connection(state, to_send, 0),
    )
