"""Kinds, goals and languages as they are read in the administration."""

from collections.abc import Iterable
from typing import Final

from loket.kit.i18n import Words, mark
from loket.reports.messages.arranging import ReportSettings
from loket.reports.rules.flow import ReportAct
from loket.reports.rules.kinds import ReportKind
from ui.core.directory import Directory

STALE: Final = "report.arrangement_stale"
KINDS: Final[dict[ReportKind, str]] = {
    ReportKind.ISSUE: mark("Issue"),
    ReportKind.COMPLAINT: mark("Complaint"),
    ReportKind.SUGGESTION: mark("Suggestion"),
    ReportKind.QUESTION: mark("Question"),
}
ICONS: Final[dict[ReportKind, str]] = {
    ReportKind.ISSUE: "ph.warning-circle",
    ReportKind.COMPLAINT: "ph.thumbs-down",
    ReportKind.SUGGESTION: "ph.lightbulb",
    ReportKind.QUESTION: "ph.question",
}
ACTS: Final[dict[str, str]] = {
    "": mark("any answer"),
    str(ReportAct.ASK_CITIZEN): mark("asking for more"),
    str(ReportAct.RESOLVE): mark("solved"),
    str(ReportAct.REFER): mark("not for us"),
    str(ReportAct.DECLARE_INADMISSIBLE): mark("inadmissible"),
}
"""With which act a ready reply goes along."""
LANGUAGES: Final = ("nl", "fr", "en", "de")
_DEPARTMENT, _PARTY = "d:", "p:"


def goal_key(department_id: str | None, party_id: str | None) -> str:
    """Where something goes, as one value of a list; empty: nowhere yet."""
    if department_id is not None:
        return f"{_DEPARTMENT}{department_id}"
    return f"{_PARTY}{party_id}" if party_id is not None else ""


def goal_of(key: str) -> tuple[str | None, str | None]:
    """Department and party of such a value."""
    if key.startswith(_DEPARTMENT):
        return key.removeprefix(_DEPARTMENT), None
    return None, key.removeprefix(_PARTY) if key else None


def goals(settings: ReportSettings, directory: Directory, words: Words) -> dict[str, str]:
    """Where reports can be sent: departments, then open parties; by key."""
    named = {goal_key(part.id, None): part.name for part in directory.catalogue.departments}
    outside = {
        goal_key(None, party.id): words("{name} (outside)", name=party.name)
        for party in settings.parties
        if not party.closed
    }
    return named | outside


def goal_name(key: str, known: dict[str, str], words: Words) -> str:
    if not key:
        return words("nowhere yet")
    return known.get(key) or words("no longer there")


def few(names: Iterable[str], words: Words) -> str:
    """Two by name, the others counted."""
    listed = list(names)
    if len(listed) <= _FEW:
        return ", ".join(listed)
    more = len(listed) - _NAMED
    shown = ", ".join(listed[:_NAMED])
    others = words.plural("and {n} more", "and {n} more", more)
    return f"{shown} {others}"


_NAMED, _FEW = 2, 3
