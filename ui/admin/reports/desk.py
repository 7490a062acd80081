"""What the sections of reports need of the desk."""

from typing import Protocol

from loket.kit.clock import Clock
from loket.reports.messages.arranging import (
    ArrangedCategory,
    ArrangedParty,
    RegulationOf,
    ReportSettings,
    RuleList,
    Rules,
    RulesPreview,
    SetCategory,
    SetParty,
    SetRegulation,
    SetReply,
    SetRules,
)
from loket.reports.messages.following import ReplyTemplate, ReplyTemplates
from loket.reports.rules.kinds import ReportKind


class Arranges(Protocol):
    """Where arrangements come from and go to."""

    def settings(self) -> ReportSettings: ...
    def preview(self, rules: RuleList) -> RulesPreview: ...
    def set_rules(self, command: SetRules) -> Rules: ...
    def set_regulation(self, kind: ReportKind, command: SetRegulation) -> RegulationOf: ...
    def set_category(self, category_id: str, command: SetCategory) -> ArrangedCategory: ...
    def end_category(
        self, category_id: str, seen_version: int, *, closed: bool
    ) -> ArrangedCategory: ...
    def set_party(self, party_id: str, command: SetParty) -> ArrangedParty: ...
    def end_party(self, party_id: str, seen_version: int, *, closed: bool) -> ArrangedParty: ...
    def set_reply(self, reply_id: str, command: SetReply) -> ReplyTemplate: ...
    def remove_reply(self, reply_id: str, seen_version: int) -> ReplyTemplates: ...


class Quarters(Protocol):
    """The map, as far as its quarters go."""

    def quarters(self) -> tuple[str, ...]: ...


class ArrangingDesk(Protocol):
    """The desk of who arranges reports."""

    @property
    def clock(self) -> Clock: ...
    @property
    def arranging(self) -> Arranges: ...
    @property
    def geography(self) -> Quarters: ...
