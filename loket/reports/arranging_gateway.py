"""How reports are arranged, from the desk's side: all of it live."""

from pydantic import BaseModel

from loket.link.http import Request, ServerLink, T
from loket.link.live import LiveActs
from loket.link.session import Session
from loket.reports.messages.arranging import (
    ArrangedCategory,
    ArrangedParty,
    RegulationOf,
    ReportSettings,
    RuleList,
    Rules,
    RulesPreview,
    SeenArrangement,
    SetCategory,
    SetParty,
    SetRegulation,
    SetReply,
    SetRules,
)
from loket.reports.messages.following import ReplyTemplate, ReplyTemplates
from loket.reports.rules.kinds import ReportKind


class ArrangingGateway:
    """Typed calls about rules, terms, categories, parties and ready replies."""

    def __init__(self, link: ServerLink, session: Session, *, live: LiveActs) -> None:
        self._link = link
        self._session = session
        self._live = live

    def settings(self) -> ReportSettings:
        request = Request.get("/report-settings", ReportSettings)
        return self._link.call(request.with_headers(self._session.bearer()))

    def preview(self, asked: RuleList) -> RulesPreview:
        request = Request.post("/report-rules/preview", RulesPreview, asked)
        return self._link.call(request.with_headers(self._session.bearer()))

    def set_rules(self, command: SetRules) -> Rules:
        return self._live.perform(Request.put("/report-rules", Rules, command))

    def set_regulation(self, kind: ReportKind, command: SetRegulation) -> RegulationOf:
        path = f"/report-regulations/{kind}"
        return self._live.perform(Request.put(path, RegulationOf, command))

    def set_category(self, category_id: str, command: SetCategory) -> ArrangedCategory:
        """Without an id: a new one."""
        return self._set("/report-categories", category_id, ArrangedCategory, command)

    def set_party(self, party_id: str, command: SetParty) -> ArrangedParty:
        return self._set("/report-parties", party_id, ArrangedParty, command)

    def set_reply(self, reply_id: str, command: SetReply) -> ReplyTemplate:
        return self._set("/report-replies", reply_id, ReplyTemplate, command)

    def end_category(
        self, category_id: str, seen_version: int, *, closed: bool
    ) -> ArrangedCategory:
        """Close it, or open it again."""
        path = f"/report-categories/{category_id}/{_end(closed=closed)}"
        return self._seen(path, ArrangedCategory, seen_version)

    def end_party(self, party_id: str, seen_version: int, *, closed: bool) -> ArrangedParty:
        path = f"/report-parties/{party_id}/{_end(closed=closed)}"
        return self._seen(path, ArrangedParty, seen_version)

    def remove_reply(self, reply_id: str, seen_version: int) -> ReplyTemplates:
        return self._seen(f"/report-replies/{reply_id}/remove", ReplyTemplates, seen_version)

    def _set(self, path: str, ident: str, answer: type[T], command: BaseModel) -> T:
        if not ident:
            return self._live.perform(Request.post(path, answer, command))
        return self._live.perform(Request.put(f"{path}/{ident}", answer, command))

    def _seen(self, path: str, answer: type[T], seen_version: int) -> T:
        command = SeenArrangement(seen_version=seen_version)
        return self._live.perform(Request.post(path, answer, command))


def _end(*, closed: bool) -> str:
    return "close" if closed else "reopen"
