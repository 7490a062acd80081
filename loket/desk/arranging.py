"""How reports are arranged, as whoever administers it handles it."""

from loket.desk.presence import Presence
from loket.reports.arranging_gateway import ArrangingGateway
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


class ArrangingDesk:
    """All of it live, where the server is. Calls block, as those of the desk."""

    def __init__(self, presence: Presence, gateway: ArrangingGateway) -> None:
        self._presence = presence
        self._gateway = gateway

    def settings(self) -> ReportSettings:
        with self._presence.as_somebody():
            return self._gateway.settings()

    def preview(self, rules: RuleList) -> RulesPreview:
        """What rules would have done with the reports of last month; nothing is kept."""
        with self._presence.as_somebody():
            return self._gateway.preview(rules)

    def set_rules(self, command: SetRules) -> Rules:
        with self._presence.as_somebody():
            return self._gateway.set_rules(command)

    def set_regulation(self, kind: ReportKind, command: SetRegulation) -> RegulationOf:
        with self._presence.as_somebody():
            return self._gateway.set_regulation(kind, command)

    def set_category(self, category_id: str, command: SetCategory) -> ArrangedCategory:
        """Without an id: a new one."""
        with self._presence.as_somebody():
            return self._gateway.set_category(category_id, command)

    def end_category(
        self, category_id: str, seen_version: int, *, closed: bool
    ) -> ArrangedCategory:
        """Close it, or open it again."""
        with self._presence.as_somebody():
            return self._gateway.end_category(category_id, seen_version, closed=closed)

    def set_party(self, party_id: str, command: SetParty) -> ArrangedParty:
        """Without an id: a new one."""
        with self._presence.as_somebody():
            return self._gateway.set_party(party_id, command)

    def end_party(self, party_id: str, seen_version: int, *, closed: bool) -> ArrangedParty:
        with self._presence.as_somebody():
            return self._gateway.end_party(party_id, seen_version, closed=closed)

    def set_reply(self, reply_id: str, command: SetReply) -> ReplyTemplate:
        """Without an id: a new one."""
        with self._presence.as_somebody():
            return self._gateway.set_reply(reply_id, command)

    def remove_reply(self, reply_id: str, seen_version: int) -> ReplyTemplates:
        with self._presence.as_somebody():
            return self._gateway.remove_reply(reply_id, seen_version)
