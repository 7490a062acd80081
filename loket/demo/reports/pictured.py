"""The reports that pictures 04 and 05 show, as they show them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

from loket.demo.reports.citizens import Citizen
from loket.demo.reports.life import Life
from loket.demo.reports.places import Somewhere
from loket.demo.reports.taking import Matter, TownReports
from loket.kit.clock import BRUSSELS
from loket.reports.rules.flow import OPEN, ReportAct
from loket.reports.rules.kinds import AnswerBy, ReportKind
from loket.visits.messages import Channel

_A = ReportAct
_BESIDE_M: Final = 175
"""Picture 04 shows all that was reported so near its tile."""
_NOT_LONG_AGO: Final = datetime(2026, 2, 1, tzinfo=BRUSSELS)


def _at(month: int, day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BRUSSELS)


_MOMENTS: Final = {
    1655: _at(2, 25, 10, 20),
    1688: _at(2, 27, 9, 40),
    1702: _at(3, 2, 11, 5),
    1731: _at(3, 5, 14, 25),
    1764: _at(3, 12, 9, 12),
    1790: _at(3, 12, 11, 30),
    1812: _at(3, 12, 16, 5),
    1851: _at(3, 13, 10, 40),
    1866: _at(3, 13, 16, 20),
}
"""When they were numbered."""
_WITHOUT_CONNECTION: Final = _at(3, 10, 16, 20)
"""When 1790 was taken down: in Kortbeek, where the line was down for two days."""


class Pictured:
    """Each by its number."""

    def __init__(self, town: TownReports) -> None:
        self._town = town
        self._tile = town.town.house("Kerkstraat", "48")
        self._told: dict[int, Callable[[Matter], Life]] = {
            1655: self._sunken_path,
            1688: self._bags_at_the_glass,
            1702: self._lamp,
            1731: self._no_answer,
            1764: self._litter,
            1790: self._before_the_chemist,
            1812: self._at_the_stop,
            1851: self._house_number,
            1866: self._bicycle_rack,
        }
        self.ids: set[str] = set()
        self.linked = ("", "")
        """Ids: the first one is the same matter as the second."""
        self._first: dict[int, Life] = {}

    def stops(self) -> list[tuple[int, datetime]]:
        return list(_MOMENTS.items())

    def life(self, number: int) -> Life:
        """With everything that had happened to it by Monday morning."""
        life = self._told[number](self._matter(number))
        life.dated()
        self.ids.add(life.row["id"])
        self._first[number] = life
        return life

    def is_beside(self, life: Life) -> bool:
        """Whether the picture would have to show it."""
        row = life.row
        old = row["registered_at"] < _NOT_LONG_AGO and life.state not in OPEN
        if row["lat"] is None or old:
            return False
        spot = replace(self._tile, lat=row["lat"], lon=row["lon"])
        return spot.metres_to(self._tile) < _BESIDE_M

    def _matter(self, number: int) -> Matter:
        return Matter(
            number=number,
            at=_MOMENTS[number],
            kind=ReportKind.ISSUE,
            text="",
            category=None,
            place=None,
            channel=Channel.DESK,
            by=self._town.staff.desk("sofie"),
            reporter=Citizen(),
        )

    def _place(self, street: str, number: str) -> Somewhere:
        return self._town.town.house(street, number)

    def _taken(self, matter: Matter, code: str, **values: object) -> Life:
        category = self._town.categories[code] if code else None
        return self._town.taken(replace(matter, category=category, **values))  # type: ignore[arg-type]

    def _at_the_stop(self, matter: Matter) -> Life:
        life = self._taken(
            matter,
            "voetpad-tegel",
            title="Losse tegel aan bushalte",
            text="Aan de bushalte in de Kerkstraat ligt een losse stoeptegel. Als je erop stapt,"
            " kantelt hij. Bij regen spat het water op.",
            place=self._tile.moved(-17.0, 10.5),
            on_spot=True,
            reporter=Citizen("Roger Baert", "+32475384412", answer_by=AnswerBy.PHONE),
        )
        life.until(_at(3, 13, 8, 50))
        life.start(self._town.staff.desk("jef"))
        life.tell(_A.NOTE, self._town.staff.desk("jef"), text="Ploeg Wegen gaat woensdag langs.")
        return life

    def _before_the_chemist(self, matter: Matter) -> Life:
        return self._taken(
            matter,
            "",
            at=_WITHOUT_CONNECTION,
            recorded_at=matter.at,
            by=self._town.staff.desk("rita"),
            title="Tegels los voor apotheek",
            text="Voor de apotheek liggen er enkele tegels van het voetpad los, iemand is er bijna"
            " over gevallen.",
            place=self._tile.moved(25.0, 65.4),
            reporter=Citizen("Godelieve Claeys", email="g.claeys@example.be"),
        )

    def _sunken_path(self, matter: Matter) -> Life:
        jef = self._town.staff.desk("jef")
        life = self._taken(
            matter,
            "voetpad-tegel",
            title="Verzakt voetpad Molendreef",
            text="Het voetpad in de Molendreef is verzakt, er blijft een plas water op de tegels"
            " staan.",
            place=self._tile.moved(-55.0, -128.7),
            on_spot=True,
            reporter=Citizen("Etienne Goethals", email="e.goethals@example.be"),
        )
        life.until(_at(2, 26, 8, 40))
        life.start(jef)
        life.until(_at(3, 6, 15, 30))
        life.reply(jef, "Dag Etienne Goethals\n\nHet voetpad is opnieuw gelegd.", posted=None)
        life.move(_A.RESOLVE, jef)
        return life

    def _bags_at_the_glass(self, matter: Matter) -> Life:
        els = self._town.staff.desk("els")
        life = self._taken(
            matter,
            "zwerfvuil-glasbak",
            text="Er staan weer zakken naast de glasbak in de Molendreef.",
            place=self._place("Molendreef", "11"),
            reporter=Citizen("Noah Stevens", "+32478220915", answer_by=AnswerBy.SMS),
        )
        life.until(_at(3, 2, 9, 10))
        life.start(els)
        life.until(_at(3, 4, 10, 45))
        life.reply(els, "Dag Noah Stevens\n\nDe zakken zijn opgehaald.", posted=None)
        life.move(_A.RESOLVE, els)
        life.move(_A.CLOSE, els)
        return life

    def _lamp(self, matter: Matter) -> Life:
        life = self._taken(
            matter,
            "straatlamp",
            title="Straatlamp stuk, Heirweg 12",
            text="De straatlamp voor Heirweg 12 brandt al een week niet meer.",
            place=self._place("Heirweg", "12"),
            reporter=Citizen("Anja Roels", email="a.roels@example.be"),
        )
        life.until(_at(3, 3, 9, 0))
        life.start(self._town.staff.desk("jef"))
        life.move(_A.AWAIT_THIRD, self._town.staff.desk("jef"))
        return life

    def _no_answer(self, matter: Matter) -> Life:
        return self._taken(
            matter,
            "bereikbaar",
            kind=ReportKind.COMPLAINT,
            title="Geen antwoord op mail",
            text="Ik stuurde drie mails over mijn aanvraag en kreeg nooit antwoord. Zo kan het"
            " niet verder.",
            channel=Channel.PHONE,
            by=self._town.staff.desk("yasmine"),
            reporter=Citizen(
                "Koen Lemmens", address="Hoogstraat 4, 8995 Heidebeek", answer_by=AnswerBy.LETTER
            ),
        )

    def _litter(self, matter: Matter) -> Life:
        """Picture 05, line by line."""
        hanne, griet = self._town.staff.desk("hanne"), self._town.staff.desk("griet")
        life = self._taken(
            matter,
            "zwerfvuil-glasbak",
            title="Zwerfvuil rond glasbak, Molendreef",
            text="Rond de glasbak in de Molendreef ligt al weken afval: zakken, karton en gebroken"
            " glas. Kinderen passeren hier naar school.",
            place=self._place("Molendreef", "7"),
            reporter=Citizen(
                "Hilde Cools",
                "+32470987654",
                "h.cools@example.be",
                "Molendreef 7, 8995 Heidebeek",
            ),
        )
        life.until(_at(3, 12, 11, 40))
        life.assign(hanne, life.row["department_id"], None, "")
        life.until(_at(3, 13, 8, 30))
        life.start(hanne)
        text = "Ploeg 2 ruimt woensdagvoormiddag. Plaatst ook een extra korf."
        life.tell(_A.NOTE, griet, text=text)
        life.until(_at(3, 13, 9, 5))
        asked = "Dag mevrouw Cools, ligt het afval ook op het grasveld ernaast?"
        life.reply(hanne, asked, posted=None)
        life.until(_at(3, 16, 8, 47))
        life.answered("Ja, ook op het gras, tot aan de speeltuin. Ik stuur nog een foto.")
        before = self._first[1688].row
        life.tell(_A.LINK, hanne, facts={"from_": before["reference"]})
        self.linked = (before["id"], life.row["id"])
        return life

    def _house_number(self, matter: Matter) -> Life:
        life = self._taken(
            matter,
            "huisnummer",
            kind=ReportKind.QUESTION,
            title="Vraag over huisnummer nieuwbouw",
            text="Wij bouwen in de Nieuwstraat. Wanneer krijgen we een huisnummer? De"
            " energieleverancier vraagt ernaar.",
            place=self._place("Nieuwstraat", "5"),
            reporter=Citizen("Youssef Benali", email="y.benali@example.be"),
        )
        life.until(_at(3, 13, 14, 10))
        life.start(self._town.staff.desk("tom"))
        return life

    def _bicycle_rack(self, matter: Matter) -> Life:
        life = self._taken(
            matter,
            "fietsenstalling",
            kind=ReportKind.SUGGESTION,
            title="Fietsenrek bibliotheek",
            text="Zet een fietsenrek aan de bibliotheek: nu staan alle fietsen tegen de gevel.",
            place=self._place("Bibliotheekplein", "1"),
            reporter=Citizen("Lien Verhaeghe", email="l.verhaeghe@example.be"),
        )
        life.until(_at(3, 13, 16, 40))
        life.start(self._town.staff.desk("nele"))
        return life
