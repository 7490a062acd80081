"""What becomes of a report: handled within a week, or asked about, returned, late."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from loket.demo.history.chance import Chance
from loket.demo.reports.citizens import citizen
from loket.demo.reports.dates import working
from loket.demo.reports.life import Life, NotYet
from loket.demo.reports.places import Town
from loket.demo.reports.staff import COORDINATOR, Desk, Staff
from loket.reports.rules.flow import Inadmissible, ReportAct, ReportState
from loket.reports.rules.kinds import ReportKind

_A = ReportAct
_USUAL_DAYS, _SPREAD = 2.3, 1.0
_SLOW = 0.011
"""Reports that lie somewhere for two months."""
_SLOW_WEEK, _SLOW_THEN = 6, 0.09
"""So many weeks ago half of the crews were ill: what they left is due now."""
_NOTES: Final = (
    "Ploeg gaat woensdagvoormiddag langs.",
    "Ter plaatse gezien, materiaal besteld.",
    "Doorgegeven aan de ploegbaas.",
    "Zelfde als vorige maand, nu definitief herstellen.",
    "Aannemer verwittigd, komt volgende week.",
    "Gebeld met de melder: het is links van de inrit.",
)
_PLANNED: Final = (
    "Bedankt voor uw melding. Onze ploeg komt volgende week langs.",
    "Bedankt. Wij hebben dit ingepland en laten u iets weten zodra het klaar is.",
)
_QUESTIONS: Final = (
    "Kunt u ons laten weten waar het juist is, en of het er nu nog ligt?",
    "Hebt u een foto of het nummer van de paal?",
    "Op welke dag en om hoe laat stelde u dit vast?",
    "Gaat het om het voetpad of om de rijweg?",
)
_ANSWERS: Final = (
    "Het is vlak naast de inrit, aan de kant van de even nummers.",
    "Ja, het is er nog altijd. Ik stuur nog een foto.",
    "Dinsdagavond rond acht uur, en gisteren opnieuw.",
    "Op de paal staat 0457.",
    "Nee, intussen is het nog erger geworden.",
)
_RETURNED: Final = (
    "Dit is gewestweg, niet voor ons.",
    "Hoort bij Openbaar domein.",
    "Privéterrein: handhaving nodig.",
    "Dit is voor de afvalintercommunale.",
)
_SOLVED: Final = (
    "Uw melding is opgelost. Bedankt dat u het ons liet weten.",
    "De ploeg heeft dit hersteld. Bedankt voor uw melding.",
    "Wij hebben dit nagekeken en in orde gebracht.",
    "Dit is doorgegeven en uitgevoerd. Laat gerust weten als het nog niet goed is.",
)
_JOINED: Final = ("Ik heb hetzelfde gezien.", "Bij ons ook, iets verder in de straat.", "")


class Story:
    """Lets lives go their way until now."""

    def __init__(self, chance: Chance, staff: Staff, town: Town, now: datetime) -> None:
        self._now = now
        self._chance = chance
        self._staff = staff
        self._town = town

    def live(self, life: Life, taker: Desk) -> None:
        """Everything that happened after it was taken down."""
        with suppress(NotYet):
            self._handled(life, taker)
        life.dated()

    def _handled(self, life: Life, taker: Desk) -> None:
        chance, row = self._chance, life.row
        days = self._days(row["registered_at"])
        if chance.happens(0.055):
            self._joined(life, taker)
        if row["kind"] == ReportKind.COMPLAINT and chance.happens(0.07):
            self._inadmissible(life)
            return
        if life.state is ReportState.NEW:
            self._dispatched(life, days)
        elif chance.happens(0.1):
            self._returned(life, days)
        handler = self._staff.handler(chance, row["department_id"])
        if chance.happens(0.015):
            self._referred(life, days, handler)
            return
        self._soon(life, days * chance.uniform(0.1, 0.5))
        life.start(handler)
        self._worked_on(life, days, handler)
        self._resolved(life, days, handler)

    def _days(self, at: datetime) -> float:
        weeks_ago = (self._now - at) // timedelta(weeks=1)
        if self._chance.happens(_SLOW_THEN if weeks_ago == _SLOW_WEEK else _SLOW):
            return self._chance.uniform(38, 85)
        return min(34.0, _USUAL_DAYS * self._chance.lognormvariate(0, _SPREAD))

    def _soon(self, life: Life, days: float) -> None:
        minutes = self._chance.randrange(1, 50)
        life.until(working(life.at + timedelta(days=days)) + timedelta(minutes=minutes))

    def _dispatched(self, life: Life, days: float) -> None:
        """Nobody knew whose it was: the coordinator decides."""
        self._soon(life, min(days, 2.5) * self._chance.uniform(0.3, 1.2))
        department = self._chance.choice(self._staff.departments())
        life.assign(self._coordinator(), department, None, "")

    def _returned(self, life: Life, days: float) -> None:
        handler = self._staff.handler(self._chance, life.row["department_id"])
        self._soon(life, days * 0.2)
        life.give_back(handler, self._chance.choice(_RETURNED))
        self._dispatched(life, days)

    def _referred(self, life: Life, days: float, handler: Desk) -> None:
        self._soon(life, days * 0.3)
        life.move(_A.REFER, handler, to="Agentschap Wegen en Verkeer")
        self._reply(life, handler, "Hiervoor is het gewest bevoegd; wij gaven het door.")

    def _inadmissible(self, life: Life) -> None:
        reason = self._chance.choice(list(Inadmissible))
        self._soon(life, self._chance.uniform(1, 8))
        life.row["inadmissible"] = str(reason)
        life.move(_A.DECLARE_INADMISSIBLE, self._coordinator(), reason=str(reason))
        self._reply(life, self._coordinator(), "Wij kunnen uw klacht niet behandelen.")

    def _worked_on(self, life: Life, days: float, handler: Desk) -> None:
        chance = self._chance
        if chance.happens(0.28):
            self._soon(life, days * 0.1)
            life.tell(_A.NOTE, handler, text=chance.choice(_NOTES))
        known = not life.reporters[0]["anonymous"]
        if life.row["party_id"] is not None and chance.happens(0.5):
            life.move(_A.AWAIT_THIRD, handler)
        elif known and chance.happens(0.24):
            self._asked(life, days, handler)
        elif known and chance.happens(0.14):
            self._soon(life, days * 0.1)
            self._reply(life, handler, chance.choice(_PLANNED))
        if life.reporters[0]["phone"] and chance.happens(0.05):
            self._called_back(life, handler)

    def _asked(self, life: Life, days: float, handler: Desk) -> None:
        chance = self._chance
        self._soon(life, days * 0.1)
        self._reply(life, handler, chance.choice(_QUESTIONS))
        life.move(_A.ASK_CITIZEN, handler)
        if chance.happens(0.85):
            life.until(life.at + timedelta(hours=chance.uniform(4, 130)))
            life.answered(chance.choice(_ANSWERS))
            self._soon(life, chance.uniform(0.1, 1.6))
            self._reply(life, handler, chance.choice(_PLANNED))

    def _called_back(self, life: Life, handler: Desk) -> None:
        due = working(life.at + timedelta(hours=self._chance.randrange(3, 30)))
        due = due.replace(minute=due.minute // 15 * 15, second=0)
        life.promise(handler, due, "Belt terug met de stand van zaken.", kept=due)
        life.until(due)
        life.called(handler, "Uitgelegd wanneer de ploeg komt.", reached=True)
        facts = {"promise": life.promises[-1]["id"]}
        life.tell(_A.KEEP_PROMISE, handler, facts=facts)

    def _joined(self, life: Life, taker: Desk) -> None:
        for _ in range(self._chance.choice((1, 1, 1, 2))):
            self._soon(life, self._chance.uniform(0.05, 0.7))
            home = self._town.anywhere(self._chance)
            somebody = citizen(self._chance, home, anonymous=False)
            life.join(taker, somebody, self._chance.choice(_JOINED))

    def _resolved(self, life: Life, days: float, handler: Desk) -> None:
        whole = life.row["registered_at"] + timedelta(days=days)
        if whole > life.at:
            self._soon(life, (whole - life.at) / timedelta(days=1))
        self._reply(life, handler, self._chance.choice(_SOLVED))
        life.move(_A.RESOLVE, handler)
        if life.row["kind"] == ReportKind.COMPLAINT:
            self._judged(life, handler)
        if self._chance.happens(0.6):
            life.move(_A.CLOSE, handler)
            return
        self._soon(life, self._chance.uniform(7, 21))
        life.move(_A.CLOSE, handler)

    def _judged(self, life: Life, handler: Desk) -> None:
        founded = self._chance.choices(("yes", "partly", "no"), (45, 25, 30))[0]
        solved = self._chance.choices(("yes", "partly", "no"), (65, 20, 15))[0]
        life.row["founded"], life.row["solved"] = founded, solved
        life.tell(_A.JUDGE, handler, facts={"founded": founded, "solved": solved})

    def _reply(self, life: Life, by: Desk, text: str) -> None:
        name = life.reporters[0]["name"]
        whole = f"Dag {name}\n\n{text}\n\nMet vriendelijke groeten, Stad Heidebeek"
        # The post goes the next working day.
        life.reply(by, whole, posted=working(life.at + timedelta(hours=20)))

    def _coordinator(self) -> Desk:
        return self._staff.desk(COORDINATOR.removeprefix("u-"))
