"""What things are called in the follow-up of reports: states, ways, kinds, dates, places."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from loket.catalogue.messages import Catalogue
from loket.kit.clock import local_day
from loket.kit.i18n import Words, mark
from loket.reports.messages.taking import Arrangements, Category, Report
from loket.reports.rules.flow import ENDED, Founded, Inadmissible, ReportState, Solved
from loket.reports.rules.kinds import AnswerBy, ReportKind, Urgency
from loket.visits.messages import Channel
from ui.reports.following.state import Badge

NEARLY = timedelta(days=5)
"""As the server counts what is nearly due."""
KINDS: dict[ReportKind, str] = {
    ReportKind.ISSUE: mark("Issue"),
    ReportKind.COMPLAINT: mark("Complaint"),
    ReportKind.SUGGESTION: mark("Suggestion"),
    ReportKind.QUESTION: mark("Question"),
}
URGENCIES: dict[Urgency, str] = {
    Urgency.NORMAL: mark("Normal"),
    Urgency.DANGEROUS: mark("Dangerous"),
}
WAYS: dict[AnswerBy, tuple[str, str]] = {
    AnswerBy.MAIL: (mark("E-mail"), "ph.envelope-simple"),
    AnswerBy.LETTER: (mark("Letter"), "ph.file-text"),
    AnswerBy.SMS: (mark("Text message"), "ph.device-mobile"),
    AnswerBy.PHONE: (mark("Telephone"), "ph.phone"),
}
CHANNELS: dict[str, str] = {
    str(Channel.DESK): mark("at the welcome desk"),
    str(Channel.PHONE): mark("by telephone"),
    "mail": mark("by e-mail"),
    "letter": mark("by letter"),
    "sms": mark("by text message"),
    str(Channel.CHAT): mark("by chat"),
    str(Channel.WHATSAPP): mark("by WhatsApp"),
    str(Channel.SOCIAL): mark("over social media"),
}
INADMISSIBLE: dict[Inadmissible, str] = {
    Inadmissible.ANONYMOUS: mark("it is anonymous"),
    Inadmissible.POLICY: mark("it is about policy or rules in general"),
    Inadmissible.APPEAL_OPEN: mark("an appeal is still possible"),
    Inadmissible.HANDLED_BEFORE: mark("it was handled before"),
    Inadmissible.OVER_A_YEAR: mark("it happened over a year ago"),
    Inadmissible.IN_COURT: mark("a court has it"),
    Inadmissible.MANIFESTLY_UNFOUNDED: mark("it is manifestly unfounded"),
    Inadmissible.NO_INTEREST: mark("the person has no interest in it"),
    Inadmissible.NOT_COMPETENT: mark("the town is not competent"),
    Inadmissible.OWN_STAFF: mark("it comes from own staff about their work"),
}
FOUNDED: dict[Founded, str] = {
    Founded.YES: mark("Founded"),
    Founded.PARTLY: mark("Partly"),
    Founded.NO: mark("Unfounded"),
}
SOLVED: dict[Solved, str] = {
    Solved.YES: mark("Solved"),
    Solved.PARTLY: mark("Partly"),
    Solved.NO: mark("Not solved"),
}
_STATES: dict[ReportState, Badge] = {
    ReportState.NEW: Badge(mark("New"), "ph.hourglass-medium-bold", "wait"),
    ReportState.ASSIGNED: Badge(mark("Assigned"), "ph.arrow-bend-up-right-bold", "tint"),
    ReportState.IN_PROGRESS: Badge(mark("Busy"), "ph.play-circle-bold", "serve"),
    ReportState.WAITING_CITIZEN: Badge(mark("Waits for reporter"), "ph.user-bold", "done"),
    ReportState.WAITING_THIRD: Badge(mark("Waits for others"), "ph.users-bold", "done"),
    ReportState.RESOLVED: Badge(mark("Solved"), "ph.check-circle-bold", "done"),
    ReportState.CLOSED: Badge(mark("Closed"), "ph.check-circle-bold", "done"),
    ReportState.REFERRED: Badge(mark("Not for us"), "ph.arrow-square-out-bold", "done"),
    ReportState.INADMISSIBLE: Badge(mark("Inadmissible"), "ph.prohibit-bold", "done"),
}
_LATE = Badge(mark("Too late"), "ph.warning-bold", "late")
_ANSWER = Badge(mark("Answer"), "ph.chat-centered-text-bold", "call")
_WHOLE_ANSWER = Badge(mark("Answer from reporter"), "ph.chat-centered-text-bold", "call")
_RETURNED = Badge(mark("Returned"), "ph.arrow-u-up-left-bold", "wait")


@dataclass(frozen=True)
class Town:
    """What ids stand for."""

    catalogue: Catalogue | None = None
    arrangements: Arrangements | None = None

    @property
    def name(self) -> str:
        return self.catalogue.town.name if self.catalogue else ""

    def department(self, ident: str | None) -> str:
        parts = self.catalogue.departments if self.catalogue else []
        return next((part.name for part in parts if part.id == ident), "")

    def party(self, ident: str | None) -> str:
        parts = self.arrangements.parties if self.arrangements else []
        return next((part.name for part in parts if part.id == ident), "")

    def whose(self, department_id: str | None, party_id: str | None) -> str:
        return self.department(department_id) or self.party(party_id)

    @property
    def categories(self) -> list[Category]:
        return self.arrangements.categories if self.arrangements else []

    def category(self, ident: str | None) -> str:
        return next((one.name for one in self.categories if one.id == ident), "")


def place_key(department_id: str | None, party_id: str | None) -> str:
    """One text for a department or a party."""
    return f"d:{department_id}" if department_id else f"p:{party_id}" if party_id else ""


def of_key(key: str) -> tuple[str | None, str | None]:
    """The other way round: department and party."""
    what, _, ident = key.partition(":")
    return (ident, None) if what == "d" else (None, ident) if what == "p" else (None, None)


def badge_of(report: Report, today: date, words: Words, *, whole: bool = False) -> Badge:
    """What matters most of it now; ``whole``: where there is room for more words."""
    badge = _STATES[report.state]
    if report.state not in ENDED:
        if report.answer_due < today:
            badge = _LATE
        elif report.reaction_due is not None:
            badge = _WHOLE_ANSWER if whole else _ANSWER
        elif report.state is ReportState.NEW and report.returns:
            badge = _RETURNED
    return Badge(words(badge.text), badge.icon, badge.tone)


def due_of(report: Report, today: date, words: Words) -> tuple[str, str]:
    """When something must be done with it, and the tone of that."""
    if report.state in ENDED:
        ended = report.resolved_at
        return (day_month(local_day(ended)) if ended else "", "text2")
    due = min(filter(None, (report.reaction_due, report.answer_due)))
    left = (due - today).days
    if left < 0:
        return words("was due {day}", day=day_month(due)), "late_fg"
    tone = "wait_fg" if due - today <= NEARLY else "text2"
    if not left:
        return words("today"), tone
    return words.plural("{n} day left", "{n} days left", left), tone


def day_month(day: date) -> str:
    """``13/03``."""
    return f"{day:%d/%m}"


def short_weekday(day: date, words: Words) -> str:
    """``zo 26/04``."""
    return f"{words.short_day(day).split()[0]} {day_month(day)}"


def said_at(moment: datetime, today: date, words: Words) -> str:
    """``do 12 maart, 09:12``; of today ``vandaag, 08:47``."""
    day = local_day(moment)
    shown = words("today") if day == today else words.short_day(day)
    if day.year != today.year:
        shown = f"{shown} {day.year}"
    return f"{shown}, {words.time(moment)}"


def joined(parts: Iterable[str]) -> str:
    return " · ".join(part for part in parts if part)
