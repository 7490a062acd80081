"""Rows of reports: the files themselves, and how the town has arranged them."""

from loket.reports.tables.arrangements import (
    CategoryRow,
    ModelRow,
    PartyRow,
    PastRegulationRow,
    RegulationRow,
    ReplyTemplateRow,
    RoutingRuleRow,
    RuleListRow,
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
from loket.reports.tables.mails import MailContentRow, MailRow

__all__ = [
    "AnnouncementRow",
    "AttachmentContentRow",
    "AttachmentRow",
    "CategoryRow",
    "EntryRow",
    "InformedRow",
    "LetterRow",
    "MailContentRow",
    "MailRow",
    "ModelRow",
    "PartyRow",
    "PastRegulationRow",
    "PromiseRow",
    "RegulationRow",
    "ReplyTemplateRow",
    "ReportRow",
    "ReportSearchRow",
    "ReportYearRow",
    "ReporterRow",
    "RoutingRuleRow",
    "RuleListRow",
]
