"""Reports and places of the desk without a server: the town of the design's picture."""

from datetime import UTC, datetime, timedelta

from loket.desk.drafts import Draft
from loket.desk.reports import ReportsDesk
from loket.geography.messages import AddressHit, TilesThere, TownMap
from loket.geography.rules.spots import Spot
from loket.geography.rules.tiles import NoTiles
from loket.link.delivery import Delivered, Queued
from loket.reports.messages.following import Attachment, Counts
from loket.reports.messages.suggesting import SuggestedBy, Suggestion, Suggestions
from loket.reports.messages.taking import (
    Arrangements,
    Category,
    LikeReport,
    LikeReports,
    Party,
    Registered,
    Report,
    Reporter,
    Terms,
)
from loket.reports.rules.flow import ReportState
from loket.reports.rules.kinds import PlaceKind, ReportKind, title_from
from loket.reports.rules.suggesting import Keywords, Subject

NOW = datetime(2026, 3, 16, 9, 19, tzinfo=UTC)  # 10:19 in Brussels
TEXT = (
    "Sinds de storm van vorige week ligt er een losse stoeptegel op het voetpad ter hoogte van "
    "Kerkstraat 48, vlak bij de bushalte. Gisteren is mijn buurvrouw er bijna over gevallen. Als "
    "het regent, spat het water tegen de gevel."
)


def category(code, name, team, keywords, **other):
    given = {
        "department_id": "d-om",
        "party_id": None,
        "alerts": False,
        "alert_name": "",
        "closed": False,
    }
    return Category(
        id=f"k-{code}", code=code, name=name, team=team, keywords=keywords, **(given | other)
    )


CATEGORIES = [
    category(
        "tegel",
        "Voetpad – losse of verzakte tegel",
        "ploeg Wegen",
        ["stoeptegel", "tegel", "voetpad", "trottoir", "stoep"],
        alerts=True,
    ),
    category("put", "Rijweg – put of verzakking", "ploeg Wegen", ["put", "asfalt", "water"]),
    category(
        "bushalte",
        "Bushalte – schuilhuisje of paal",
        "via Mobiliteit",
        ["bushalte", "halte"],
        department_id=None,
        party_id="p-delijn",
    ),
    category("lamp", "Straatverlichting – lamp stuk", "", ["straatlamp", "verlichting"]),
    category("oud", "Telefooncel – stuk", "", ["telefooncel"], closed=True),
]


def terms(kind, answer=45, counting="calendar"):
    return Terms(
        kind=kind,
        receipt_days=10,
        answer_days=answer,
        extension_days=0,
        reaction_days=2,
        counting=counting,
        starts_with="registration",
        pauses=True,
    )


ARRANGEMENTS = Arrangements(
    categories=CATEGORIES,
    parties=[Party(id="p-delijn", name="De Lijn", email="meldingen@delijn.example")],
    terms=[
        terms(kind, counting="working" if kind is ReportKind.QUESTION else "calendar")
        for kind in ReportKind
    ],
)


def like(number, title, state, metres, days, lat):
    return LikeReport(
        id=f"r-{number}",
        reference=f"M-2026-0{number}",
        title=title,
        state=state,
        registered_at=NOW - timedelta(days=days),
        lat=lat,
        lon=4.7,
        metres=metres,
        alike=60,
    )


LIKES = LikeReports(
    reports=[
        like(1812, "Losse tegel aan bushalte", ReportState.IN_PROGRESS, 20, 4, 51.0001),
        like(1790, "Tegels los voor apotheek", ReportState.NEW, 70, 6, 51.0006),
        like(1655, "Verzakt voetpad Molendreef", ReportState.RESOLVED, 140, 19, 51.001),
    ]
)


def report(report_id, *, title, reference="M-2026-01873", dangerous=False):
    return Report(
        id=report_id,
        reference=reference,
        code="M234567890ABC",
        site_id="site-stadhuis",
        kind=ReportKind.ISSUE,
        title=title,
        text="",
        category_id=None,
        place_kind=PlaceKind.NONE,
        address="",
        lat=None,
        lon=None,
        quarter="",
        outside=False,
        urgency="dangerous" if dangerous else "normal",
        audience="town_only",
        channel="desk",
        language="nl",
        registered_at=NOW,
        state=ReportState.NEW,
        department_id=None,
        party_id=None,
        handler_id=None,
        receipt_due=NOW.date(),
        answer_due=NOW.date(),
        reaction_due=None,
        confirmed_at=None,
        answered_at=None,
        resolved_at=None,
        returns=0,
        hidden=False,
        version=1,
    )


def reporter(reporter_id, details):
    return Reporter(
        id=reporter_id,
        place=1,
        anonymous=not details.name,
        name=details.name,
        on_behalf_of=details.on_behalf_of,
        phone=details.phone or "",
        email=details.email or "",
        address=details.address,
        answer_by=details.answer_by,
        language=details.language,
        joined_at=NOW,
        said="",
    )


class StubReports:
    """Answers at once and remembers what was asked; drafts of who is signed in."""

    def __init__(self, desk):
        self._desk = desk
        self.known = ARRANGEMENTS
        self.likes = LIKES
        self.drafts = {}
        self.refused_files = {}
        self.refused_later = []

    def _note(self, name, *values):
        self._desk._note(name, *values)

    # the form on disk

    def _who(self):
        return self._desk.session.user.id

    def keep_draft(self, text):
        self._note("keep_draft", text)
        self.drafts[self._who(), "form"] = Draft(text, self._desk.clock.now())

    def draft(self):
        return self.drafts.get((self._who(), "form"))

    def keep_draft_files(self, text):
        self.drafts[self._who(), "files"] = Draft(text, self._desk.clock.now())

    def draft_files(self):
        return self.drafts.get((self._who(), "files"))

    def forget_draft(self):
        self._note("forget_draft")
        for part in ("form", "files"):
            self.drafts.pop((self._who(), part), None)

    # looked up

    def counts(self):
        names = set(Counts.model_fields) - {"at", "quarters"}
        return Counts(**dict.fromkeys(names, 0), at=[], quarters=[])

    def arrangements(self):
        return self.known

    def suggest(self, text):
        subjects = [
            Subject(one.id, one.name, tuple(one.keywords))
            for one in self.arrangements().categories
            if not one.closed
        ]
        found = Keywords(subjects).suggest(text)
        made = [Suggestion(category_id=one.id, hundredths=one.confidence) for one in found]
        return Suggestions(suggestions=made, by=SuggestedBy.KEYWORDS)

    def like(self, asked):
        self._note("like", asked)
        return self.likes

    read_file = staticmethod(ReportsDesk.read_file)
    read_picture = staticmethod(ReportsDesk.read_picture)

    # refused later

    def refused(self):
        return tuple(self.refused_later)

    def correct(self, entry_id, command):
        self._note("correct", entry_id, command)
        self.refused_later = [one for one in self.refused_later if one.entry_id != entry_id]
        return Queued(None, "entry-9b")

    # taken down

    def register(self, command):
        self._note("register", command)
        if self._desk.offline:
            return Queued(None, "entry-7")
        found = next((one for one in self.known.categories if one.id == command.category_id), None)
        title = title_from(command.text, found.name if found else "", command.place.address)
        dangerous = command.urgency == "dangerous"
        return Delivered(
            Registered(
                report=report(command.id, title=title, dangerous=dangerous),
                reporter=reporter("m-1", command.reporter),
                visit_id=command.visit.id if command.visit else None,
                alerted=dangerous and found is not None and found.alerts,
            )
        )

    def join(self, report_id, command):
        self._note("join", report_id, command)
        if self._desk.offline:
            return Queued(None, "entry-8")
        known = next(one for one in self.likes.reports if one.id == report_id)
        return Delivered(
            Registered(
                report=report(report_id, title=known.title, reference=known.reference),
                reporter=reporter(command.id, command.reporter),
                visit_id=command.visit.id if command.visit else None,
                alerted=False,
            )
        )

    def attach(self, report_id, file, *, thread):
        self._note("attach", report_id, file.name, thread)
        if file.name in self.refused_files:
            raise self.refused_files[file.name]
        if self._desk.offline:
            return Queued(None, "entry-9")
        return Delivered(
            Attachment(
                id=file.id,
                name=file.name,
                media_type="image/jpeg",
                size=1,
                entry_seq=1,
                has_thumbnail=True,
            )
        )


def address(label, lat=51.0, lon=4.7):
    street, _, number = label.partition(",")[0].rpartition(" ")
    return AddressHit(
        street_id=f"s-{street.lower()}",
        street=street,
        house_number=number,
        postal_code="3299",
        municipality="Heidebeek",
        spot=Spot(lat, lon),
        label=label,
    )


class StubPlaces:
    def __init__(self):
        self.known = [
            address("Kerkstraat 48, Heidebeek"),
            address("Kerkstraat 4, Heidebeek"),
            address("Kerkplein 1, Heidebeek"),
        ]

    def map(self):
        return TownMap.empty()

    def search(self, text, limit=8):
        return tuple(one for one in self.known if one.label.lower().startswith(text.lower()))

    def nearest(self, spot):
        return self.known[0]

    def tiles(self):
        return TilesThere(there=False, credit="")

    def tile(self, tile):
        raise NoTiles
