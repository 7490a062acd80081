"""Rows of reports: the files themselves, and how the town has arranged them."""

from loket.reports.tables.arrangements import (
    CategoryRow,
    ModelRow,
    PartyRow,
    RegulationRow,
    ReplyTemplateRow,
    RoutingRuleRow,
)
from loket.reports.tables.files import (
    AttachmentContentRow,
    AttachmentRow,
    EntryRow,
    LetterRow,
    PromiseRow,
    ReporterRow,
    ReportRow,
    ReportSearchRow,
    ReportYearRow,
)
from loket.reports.tables.informed import AnnouncementRow, InformedRow

__all__ = [
    "AnnouncementRow",
    "AttachmentContentRow",
    "AttachmentRow",
    "CategoryRow",
    "EntryRow",
    "InformedRow",
    "LetterRow",
    "ModelRow",
    "PartyRow",
    "PromiseRow",
    "RegulationRow",
    "ReplyTemplateRow",
    "ReportRow",
    "ReportSearchRow",
    "ReportYearRow",
    "ReporterRow",
    "RoutingRuleRow",
]
