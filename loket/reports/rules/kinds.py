"""The words of a report: what kind it is, how it is answered, how urgent it is."""

from enum import StrEnum
from typing import Final

from loket.kit.errors import Conflict, Invalid, NotFound

TEXT_LENGTH: Final = 2000
TITLE_LENGTH: Final = 120
CODE_KIND: Final = "M"
"""The kind letter of the barcode on a receipt."""


class ReportKind(StrEnum):
    """Melding, klacht, suggestie, vraag."""

    ISSUE = "issue"
    COMPLAINT = "complaint"
    SUGGESTION = "suggestion"
    QUESTION = "question"


class AnswerBy(StrEnum):
    """Over which way the reporter wants the answer."""

    MAIL = "mail"
    SMS = "sms"
    LETTER = "letter"
    PHONE = "phone"


class Urgency(StrEnum):
    NORMAL = "normal"
    DANGEROUS = "dangerous"


class Audience(StrEnum):
    """Who may see that it was reported."""

    TOWN_ONLY = "town_only"
    ON_MAP = "on_map"


class PlaceKind(StrEnum):
    ADDRESS = "address"
    SPOT = "spot"
    """A point on the map, without an address."""
    NONE = "none"
    """Not about a place."""


class UnknownReport(NotFound):
    code = "report.unknown"


class ReportExists(Conflict):
    """Another report has this id."""

    code = "report.exists"


class UnknownCategory(NotFound):
    code = "report.unknown_category"


class CategoryClosed(Conflict):
    """Nothing new is taken down under a category that the town closed."""

    code = "report.category_closed"


class NoWayToAnswer(Invalid):
    """The answer is wanted over a ``way`` of which no address or number was given."""

    code = "report.no_way_to_answer"


class UnknownReporter(NotFound):
    """Nobody with this id has to do with the report."""

    code = "report.unknown_reporter"


class UnknownDepartment(NotFound):
    code = "report.unknown_department"


class UnknownParty(NotFound):
    """No party outside the town hall has this id, or no longer."""

    code = "report.unknown_party"


class PartyInUse(Conflict):
    """So many ``categories`` and ``rules`` still send reports to this party."""

    code = "report.party_in_use"


class NameTaken(Conflict):
    """Another category, party or reply that is in use has this ``name``."""

    code = "report.name_taken"


class NameMissing(Invalid):
    """A category, party or reply without a name."""

    code = "report.name_missing"


class ArrangementStale(Conflict):
    """Somebody else changed how reports are arranged meanwhile."""

    code = "report.arrangement_stale"


class UnknownReply(NotFound):
    """No ready reply has this id, or no longer."""

    code = "report.unknown_reply"


class HandlerMayNot(Conflict):
    """``name`` does not work here any more, or does not handle reports."""

    code = "report.handler_may_not"


class HandlerElsewhere(Conflict):
    """The department is confidential, and ``name`` works for another one."""

    code = "report.handler_elsewhere"


class PromiseExists(Conflict):
    """Another promise has this id."""

    code = "report.promise_exists"


class LinkedToItself(Conflict):
    """A report is linked to another one, which is itself linked to none."""

    code = "report.linked_to_itself"


class ReplyUnfinished(Invalid):
    """``field`` still stands between braces in what would be sent."""

    code = "report.reply_unfinished"


class NothingSaid(Invalid):
    """A report without a text."""

    code = "report.nothing_said"


class ReportStale(Conflict):
    """Somebody was quicker; ``state`` is what it is now."""

    code = "report.stale"


def reference(year: int, number: int) -> str:
    """``M-2026-01873``."""
    return f"M-{year}-{number:05d}"


def title_from(text: str, category: str, place: str) -> str:
    """What lists call it: its subject and its place, or else how it begins."""
    subject = category.partition(" – ")[2] or category
    subject = subject[:1].upper() + subject[1:] if subject else _beginning(text)
    street = place.partition(",")[0].strip()
    return (f"{subject}, {street}" if street else subject)[:TITLE_LENGTH]


def _beginning(text: str) -> str:
    line = " ".join(text.split())
    if len(line) <= _BEGINS:
        return line
    return line[:_BEGINS].rsplit(" ", 1)[0] + "…"


_BEGINS: Final = 60
