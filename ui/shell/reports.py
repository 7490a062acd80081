"""Reports in the omnibox: found by reference or by words, or by a scan of a receipt."""

from typing import Protocol

from loket.kit.clock import local_day
from loket.reports.messages.following import ReportPage, ReportsAsked, View
from loket.reports.messages.taking import Report
from loket.reports.rules.kinds import CODE_KIND
from ui.shell.searches import MOST, ServerSearch
from ui.shell.state import Found


class FindsReports(Protocol):
    """What looking for reports needs of the desk."""

    def page(self, asked: ReportsAsked) -> ReportPage: ...
    def find(self, reference: str) -> Report: ...


class ReportSearch(ServerSearch):
    """Whatever its state: who asks after a report gives its number or says what it was about."""

    kind = "report"
    least = 3
    code_kind = CODE_KIND

    def ask(self, text: str) -> ReportPage:
        asked = ReportsAsked(view=View.ALL, text=text[:200], many=MOST)
        found: ReportPage = self._desk.reports.page(asked)
        return found

    def look_up(self, code: str) -> Report:
        found: Report = self._desk.reports.find(code)
        return found

    def results(self, answer: ReportPage) -> list[Found]:
        return [self._result(row.report) for row in answer.reports]

    def _result(self, one: Report) -> Found:
        day = self._words.short_day(local_day(one.registered_at))
        title = one.title or self._words("Other service")
        return Found(self.kind, one.id, title, f"{one.reference} · {day}", "ph.chat-text")
