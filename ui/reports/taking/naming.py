"""The words and icons for what a report is, and where it stands."""

from loket.kit.i18n import Words, mark
from loket.reports.messages.taking import Arrangements, Category
from loket.reports.rules.flow import ReportState
from loket.reports.rules.kinds import AnswerBy, ReportKind
from loket.visits.messages import Channel
from ui.core.directory import Directory

KINDS: dict[ReportKind, tuple[str, str]] = {
    ReportKind.ISSUE: (mark("Report"), "ph.warning-circle"),
    ReportKind.COMPLAINT: (mark("Complaint"), "ph.thumbs-down"),
    ReportKind.SUGGESTION: (mark("Suggestion"), "ph.lightbulb"),
    ReportKind.QUESTION: (mark("Question"), "ph.question"),
}
TITLES: dict[ReportKind, str] = {
    ReportKind.ISSUE: mark("New report"),
    ReportKind.COMPLAINT: mark("New complaint"),
    ReportKind.SUGGESTION: mark("New suggestion"),
    ReportKind.QUESTION: mark("New question"),
}
WAYS: dict[AnswerBy, tuple[str, str]] = {
    AnswerBy.MAIL: (mark("E-mail"), "ph.envelope-simple"),
    AnswerBy.SMS: (mark("Text message"), "ph.device-mobile"),
    AnswerBy.LETTER: (mark("Letter"), "ph.file-text"),
    AnswerBy.PHONE: (mark("Telephone"), "ph.phone"),
}
CHANNELS: dict[Channel, str] = {
    Channel.DESK: mark("At the desk"),
    Channel.PHONE: mark("Telephone"),
    Channel.MAIL: mark("E-mail"),
}
STATES: dict[ReportState, tuple[str, str, str]] = {
    ReportState.NEW: (mark("New"), "ph.hourglass-medium-bold", "wait"),
    ReportState.ASSIGNED: (mark("Assigned"), "ph.hourglass-medium-bold", "wait"),
    ReportState.IN_PROGRESS: (mark("Under way"), "ph.play-circle-bold", "serve"),
    ReportState.WAITING_CITIZEN: (mark("Waits for the citizen"), "ph.pause-circle-bold", "done"),
    ReportState.WAITING_THIRD: (mark("Waits for others"), "ph.pause-circle-bold", "done"),
    ReportState.RESOLVED: (mark("Resolved"), "ph.check-circle-bold", "done"),
    ReportState.CLOSED: (mark("Closed"), "ph.check-circle-bold", "done"),
    ReportState.REFERRED: (mark("Not for us"), "ph.arrow-bend-up-right-bold", "done"),
    ReportState.INADMISSIBLE: (mark("Inadmissible"), "ph.prohibit-bold", "done"),
}
"""Word, icon and tone of each."""


def whose(
    category: Category, arrangements: Arrangements, directory: Directory | None, words: Words
) -> str:
    """Who handles it: ``Openbaar domein · ploeg Wegen``."""
    departments = directory.catalogue.departments if directory else []
    department = next((one for one in departments if one.id == category.department_id), None)
    party = next((one for one in arrangements.parties if one.id == category.party_id), None)
    names = [
        department.name if department else "",
        words("{party}, outside the town hall", party=party.name) if party else "",
        category.team,
    ]
    return " · ".join(dict.fromkeys(name for name in names if name))
