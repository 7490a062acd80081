"""Reports of a believable town, and a desk that keeps them in memory: the data of picture 05."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

from loket.catalogue.messages import Department
from loket.kit.clock import FixedClock
from loket.reports.messages.following import (
    Attachment,
    Counts,
    Entry,
    Explanation,
    LettersToPost,
    LetterToPost,
    Listed,
    OpenAt,
    Promise,
    Promises,
    ReplyTemplate,
    ReplyTemplates,
    ReportFile,
    ReportPage,
)
from loket.reports.messages.handing import Colleague, Colleagues
from loket.reports.messages.informing import Informed, Involved
from loket.reports.messages.mailing import LooseMail, LooseMails
from loket.reports.messages.taking import (
    Arrangements,
    Category,
    Party,
    Registered,
    Report,
    Reporter,
    Terms,
)
from loket.reports.rules.flow import ReportAct, ReportState
from loket.reports.rules.kinds import AnswerBy, Audience, PlaceKind, ReportKind, Urgency
from loket.reports.rules.mails import WhyLoose
from loket.visits.messages import Channel, Language
from tests.gui import town
from tests.gui.stub_reports import StubPlaces

NOW = datetime(2026, 3, 16, 9, 32, tzinfo=UTC)  # 10:32 in Brussels
TODAY = date(2026, 3, 16)
HANDLING = [
    ReportAct.ASSIGN,
    ReportAct.RETURN,
    ReportAct.ASK_CITIZEN,
    ReportAct.AWAIT_THIRD,
    ReportAct.RESOLVE,
    ReportAct.REPLY,
    ReportAct.EXTEND,
    ReportAct.TAKE,
    ReportAct.NOTE,
    ReportAct.CHANGE,
    ReportAct.LINK,
    ReportAct.HAND,
]
DEPARTMENTS = [
    ("d-groen", "Groen en netheid"),
    ("d-od", "Openbaar domein"),
    ("d-gas", "Handhaving (GAS)"),
    ("d-mob", "Mobiliteit"),
    ("d-omg", "Omgeving"),
]


def a_catalogue():
    parts = [Department(id=i, code=i, name=n, confidential=False) for i, n in DEPARTMENTS]
    return town.CATALOGUE.model_copy(update={"departments": parts})


def a_report(ident="r-1764", **more):
    number = int(ident.partition("-")[2] or 1)
    given = {
        "id": ident,
        "reference": f"M-2026-{number:05d}",
        "code": "",
        "site_id": town.SITE,
        "kind": ReportKind.ISSUE,
        "title": "Zwerfvuil rond glasbak, Molendreef",
        "text": "Rond de glasbak in de Molendreef ligt al weken afval: zakken, karton en gebroken "
        "glas. Kinderen passeren hier naar school.",
        "category_id": "rc-zwerf",
        "place_kind": PlaceKind.ADDRESS,
        "address": "Molendreef 7, Heidebeek",
        "lat": None,
        "lon": None,
        "quarter": "Centrum",
        "outside": False,
        "urgency": Urgency.NORMAL,
        "audience": Audience.TOWN_ONLY,
        "channel": Channel.DESK,
        "language": Language.NL,
        "registered_at": datetime(2026, 3, 12, 8, 12, tzinfo=UTC),
        "state": ReportState.IN_PROGRESS,
        "department_id": "d-groen",
        "party_id": None,
        "handler_id": "u-els",
        "receipt_due": date(2026, 3, 22),
        "answer_due": date(2026, 4, 26),
        "reaction_due": date(2026, 3, 18),
        "confirmed_at": datetime(2026, 3, 12, 8, 15, tzinfo=UTC),
        "answered_at": None,
        "resolved_at": None,
        "returns": 0,
        "hidden": False,
        "version": 5,
    }
    return Report(**{**given, **more})


def a_reporter(ident="p-hilde", place=1, **more):
    given = {
        "id": ident,
        "place": place,
        "anonymous": False,
        "name": "Hilde Cools",
        "on_behalf_of": "",
        "phone": "+32470987654",
        "email": "h.cools@example.be",
        "address": "Molendreef 7",
        "answer_by": AnswerBy.MAIL,
        "language": Language.NL,
        "joined_at": datetime(2026, 3, 12, 8, 12, tzinfo=UTC),
        "said": "",
    }
    return Reporter(**{**given, **more})


def an_entry(seq, act, at, **more):
    given = {
        "seq": seq,
        "act": act,
        "at": at,
        "user_id": None,
        "user_name": "",
        "counter_id": None,
        "reporter_id": "p-hilde",
        "channel": "",
        "text": "",
        "state": ReportState.IN_PROGRESS,
        "facts": {},
        "attachments": [],
        "message": None,
    }
    return Entry(**{**given, **more})


PHOTO = Attachment(
    id="at-1",
    name="IMG_2041.jpg",
    media_type="image/jpeg",
    size=182_000,
    entry_seq=6,
    has_thumbnail=True,
)


def entries():
    on = partial_day
    return [
        an_entry(1, ReportAct.REGISTER, on(12, 8, 12), channel="desk", user_name="Sofie V."),
        an_entry(2, ReportAct.CONFIRM, on(12, 8, 15), channel="mail", facts={"paper": "yes"}),
        an_entry(3, ReportAct.ASSIGN, on(12, 10, 40), facts={"department": "d-groen"}),
        an_entry(
            4,
            ReportAct.NOTE,
            on(13, 7, 30),
            user_name="Greet Aerts",
            text="Ploeg 2 ruimt woensdagvoormiddag. Plaatst ook een extra korf.",
        ),
        an_entry(
            5,
            ReportAct.REPLY,
            on(13, 8, 5),
            user_name="Els Goossens",
            channel="mail",
            text="Dag mevrouw Cools, ligt het afval ook op het grasveld ernaast?",
        ),
        an_entry(
            6,
            ReportAct.ANSWERED,
            on(16, 7, 47),
            channel="mail",
            text="Ja, ook op het gras, tot aan de speeltuin. Ik stuur nog een foto.",
            attachments=[PHOTO],
        ),
    ]


def partial_day(day, hour, minute):
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def an_explanation(due, **more):
    given = {
        "due": due,
        "start": date(2026, 3, 12),
        "days": 45,
        "counting": "calendar",
        "extension": 0,
        "paused": 0,
        "holidays": [],
    }
    return Explanation(**{**given, **more})


def a_file(report=None, **more):
    report = report or a_report()
    given = {
        "report": report,
        "handler_name": "Els Goossens" if report.handler_id else "",
        "colleagues": {"u-els": "Els Goossens", "u-jef": "Jef Vermeulen"},
        "reporters": [a_reporter()],
        "entries": entries(),
        "receipt": an_explanation(report.receipt_due, days=10),
        "answer": an_explanation(report.answer_due),
        "linked_reference": "M-2026-01688",
        "linked_from": [],
        "promises": [],
        "inadmissible": "",
        "founded": "",
        "solved": "",
        "may": HANDLING,
    }
    return ReportFile(**{**given, **more})


def a_promise(ident="pr-1", **more):
    given = {
        "id": ident,
        "report_id": "r-1764",
        "reference": "M-2026-01764",
        "title": "Zwerfvuil",
        "reporter_name": "Hilde Cools",
        "phone": "+32470987654",
        "due_at": datetime(2026, 3, 16, 13, 0, tzinfo=UTC),
        "for_user_id": "u-els",
        "kept_at": None,
        "note": "Zeggen wanneer de ploeg komt",
    }
    return Promise(**{**given, **more})


def a_letter(ident="l-1", **more):
    given = {
        "id": ident,
        "report_id": "r-1764",
        "reference": "M-2026-01764",
        "name": "Hilde Cools",
        "address": "Molendreef 7, 9999 Heidebeek",
        "language": "nl",
        "title": "Zwerfvuil rond glasbak",
        "text": "Dag mevrouw Cools\n\nOnze ploeg ruimt het afval woensdag.",
        "written_at": datetime(2026, 3, 13, 9, 0, tzinfo=UTC),
        "posted_at": None,
    }
    return LetterToPost(**{**given, **more})


def several():
    """The rows of the picture."""
    none = {"reaction_due": None, "handler_id": None}
    rows = [
        ("r-1702", "Straatlamp stuk, Heirweg 12", "d-od", "Jef Vermeulen", -3, {}),
        (
            "r-1731",
            "geen antwoord op mail",
            "d-omg",
            "",
            -1,
            {"kind": ReportKind.COMPLAINT},
        ),
        ("r-1764", "Zwerfvuil rond glasbak, Molendreef", "d-groen", "Els Goossens", 41, {}),
        ("r-1790", "Tegels los voor apotheek", "d-od", "", 4, {"state": ReportState.NEW}),
        ("r-1812", "Losse tegel aan bushalte", "d-od", "Jef Vermeulen", 6, {}),
        (
            "r-1851",
            "huisnummer nieuwbouw",
            "d-omg",
            "Dirk Maes",
            8,
            {"kind": ReportKind.QUESTION, "state": ReportState.WAITING_CITIZEN},
        ),
        (
            "r-1866",
            "fietsenrek bibliotheek",
            "d-mob",
            "Nele Peeters",
            9,
            {"kind": ReportKind.SUGGESTION},
        ),
        ("r-1873", "Losse stoeptegel, Kerkstraat 48", "d-od", "", 10, {"state": "assigned"}),
    ]
    found = []
    for ident, title, department, handler, days, more in rows:
        due = TODAY + timedelta(days=days)
        extra = {} if ident == "r-1764" else none
        given = {"title": title, "department_id": department, "answer_due": due}
        report = a_report(ident, **{**given, **extra, **more})
        found.append(
            Listed(report=report, reporter_name="Hilde Cools", reporters=1, handler_name=handler)
        )
    return found


TEMPLATES = [
    ReplyTemplate(
        id="t-plan",
        name="Uitvoering gepland",
        language="nl",
        act="",
        category_id=None,
        text="Dag {naam}\n\nBedankt voor uw melding over {onderwerp}. Wij voeren het uit op "
        "{uitvoering}.\n\nMet vriendelijke groeten,\n{behandelaar}, {stad}",
        version=1,
    ),
    ReplyTemplate(
        id="t-niet",
        name="Niet ontvankelijk",
        language="nl",
        act="declare_inadmissible",
        category_id=None,
        text="Dag {naam}\n\nWij kunnen uw klacht niet behandelen: {reden}",
        version=1,
    ),
    ReplyTemplate(
        id="t-refer",
        name="Niet voor ons",
        language="nl",
        act="refer",
        category_id=None,
        text="Dag {naam}\n\nHiervoor is {instantie} bevoegd.",
        version=1,
    ),
]


def arrangements():
    def category(ident, name, department):
        return Category(
            id=ident,
            code=ident,
            name=name,
            keywords=[],
            department_id=department,
            party_id=None,
            team="",
            alerts=False,
            alert_name="",
            closed=False,
        )

    return Arrangements(
        categories=[
            category("rc-zwerf", "Zwerfvuil – glasbak", "d-groen"),
            category("rc-tegel", "Voetpad – losse tegel", "d-od"),
        ],
        parties=[Party(id="rp-iok", name="Intercommunale afval", email="x@afval.example")],
        terms=[
            Terms(
                kind=kind,
                receipt_days=10,
                answer_days=45,
                extension_days=45 if kind is ReportKind.COMPLAINT else 0,
                reaction_days=2,
                counting="calendar",
                starts_with="registration",
                pauses=True,
            )
            for kind in ReportKind
        ],
    )


def a_mail(ident="e-1", **changes):
    mail = LooseMail(
        id=ident,
        arrived_at=NOW,
        sender="an.peeters@burger.example",
        sender_name="An Peeters",
        subject="De put in de Molenstraat",
        text="Goeiemorgen\n\nDe put waar ik vorige maand over belde, is nog altijd niet dicht.",
        files=["put.jpg"],
        why=WhyLoose.NO_FILE,
        reference="",
    )
    return mail.model_copy(update=changes)


def some_people(**more):
    given = {
        "reports": 23,
        "people": 31,
        "mail": 20,
        "sms": 6,
        "letter": 3,
        "phone": 2,
        "unreachable": 4,
        "doubles": 2,
        "last": None,
    }
    return Involved(**{**given, **more})


class StubReports:
    """Answers from memory, and remembers what was asked of it."""

    def __init__(self):
        self.listed = several()
        self.files = {
            one.report.id: a_file(one.report, handler_name=one.handler_name) for one in self.listed
        }
        self.waiting = []
        self.calls = []
        self.loose = []
        self.done = []
        self.refuses = None
        self.people = some_people()
        self.asked_involved = []
        self.own_late, self.own_nearly_due = 0, 2
        self.asked = []
        self.page_size = None

    def arrangements(self):
        return arrangements()

    def page(self, asked):
        self.asked.append(asked)
        many = self.page_size or asked.many
        rows = [one for one in self.listed if asked.text.lower() in one.report.title.lower()]
        start = int(asked.after.rpartition("|")[2] or 0)
        end = start + many
        return ReportPage(
            reports=rows[start:end],
            next=f"2026-03-16|{end}" if end < len(rows) else None,
            total=len(rows),
            most=10_000,
        )

    def counts(self):
        return Counts(
            open=23,
            late=2,
            nearly_due=1,
            new=4,
            mine=7,
            answered=1,
            returned=0,
            waiting=1,
            own_late=self.own_late,
            own_nearly_due=self.own_nearly_due,
            at=[
                OpenAt(department_id="d-od", party_id=None, open=14),
                OpenAt(department_id="d-gas", party_id=None, open=3),
            ],
            quarters=["Centrum", "Kortbeek"],
        )

    def find(self, reference):
        return next(f.report for f in self.files.values() if f.report.reference == reference)

    def file(self, report_id):
        return self.files[report_id]

    def colleagues(self, report_id):
        people = [
            ("u-els", "Els Goossens", True, 4),
            ("u-jef", "Jef Vermeulen", True, 2),
            ("u-dirk", "Dirk Maes", False, 0),
        ]
        return Colleagues(
            colleagues=[Colleague(id=i, name=n, near=near, open=o) for i, n, near, o in people]
        )

    def involved(self, asked):
        self.asked_involved.append(asked)
        return self.people

    def inform_all(self, command):
        self.done.append(("inform_all", command))
        if self.refuses is not None:
            raise self.refuses
        counts = self.people.model_dump(include={"people", "mail", "sms", "letter", "phone"})
        return Informed(id=command.id, **counts)

    def picture(self, attachment_id, *, small):
        from tests.gui.pictures import a_picture

        return a_picture()

    def reply_templates(self):
        return ReplyTemplates(templates=TEMPLATES)

    def letters(self):
        return LettersToPost(letters=self.waiting)

    def loose_mails(self):
        return LooseMails(mails=self.loose, total=len(self.loose))

    def _sort(self, act, mail_id, command):
        self.done.append((act, mail_id, command))
        if self.refuses is not None:
            raise self.refuses
        self.loose = [one for one in self.loose if one.id != mail_id]

    def link_mail(self, mail_id, command):
        self._sort("link_mail", mail_id, command)
        return self.files[command.report_id].report

    def register_mail(self, mail_id, command):
        self._sort("register_mail", mail_id, command)
        report = a_report("r-1999").model_copy(update={"id": command.id})
        self.files[command.id] = a_file(report)
        return Registered(report=report, reporter=a_reporter(), visit_id=None, alerted=False)

    def put_mail_aside(self, mail_id, command):
        self._sort("put_mail_aside", mail_id, command)
        return self.loose_mails()

    def promises(self, until):
        return Promises(promises=[one for one in self.calls if one.due_at < until])

    def posted(self, command):
        self.done.append(("posted", command))
        self.waiting = [one for one in self.waiting if one.id not in command.ids]
        return self.letters()

    def print_letters(self, letters):
        self.done.append(("print_letters", list(letters)))

    def __getattr__(self, act):
        """Any act on one report."""

        def do(report_id, command, **_more):
            self.done.append((act, command))
            if self.refuses is not None:
                raise self.refuses
            return self.files[report_id].report

        return do


class StubPost:
    """Messages that did not arrive."""

    def __init__(self):
        self.again = []
        self.refuses = None

    def message(self, message_id):
        return SimpleNamespace(id=message_id, text="Wij kregen uw melding.")

    def send_again(self, message_id, recipient=None):
        if self.refuses is not None:
            raise self.refuses
        self.again.append((message_id, recipient))
        return self.message(message_id)


class StubFollowingDesk:
    def __init__(self):
        self.clock = FixedClock(NOW)
        self.reports = StubReports()
        self.geography = StubPlaces()
        self.correspondence = StubPost()
        user = SimpleNamespace(
            id="u-els", name="Els Goossens", permissions=["report.handle", "report.dispatch"]
        )
        self.session = SimpleNamespace(user=user)
