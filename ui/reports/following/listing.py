"""The left column: views, filters, search, and page after page while one scrolls."""

from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from pydantic import ValidationError

from loket.kit.clock import from_wall
from loket.reports.messages.following import (
    Counts,
    Filter,
    LettersToPost,
    Listed,
    Promises,
    ReportPage,
    ReportsAsked,
    View,
)
from loket.reports.messages.taking import Arrangements
from loket.staff.rules import Permission
from ui.core.sentences import describe
from ui.reports.following import list_faces
from ui.reports.following.model import FollowingModel
from ui.reports.following.naming import Town, of_key
from ui.reports.following.state import Phase

PAGE, MOST = 50, 200
_EMPTY = Filter()


class Listing(FollowingModel):
    """Which reports are shown."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self._filter = _EMPTY
        self._listed: list[Listed] = []
        self._next: str | None = None
        self._total = 0
        self._reading_on = False
        self._letters: LettersToPost | None = None
        self._calls: Promises | None = None
        self._filters_shown = False

    @property
    def may_inform(self) -> bool:
        """Whether the people of a list may be told something together."""
        session = self._desk.session
        return session is not None and Permission.DISPATCH_REPORT in session.user.permissions

    # wishes

    def refresh(self) -> None:
        """Everything of the left column as it now is; what is shown stays until then."""
        self._read(self._desk.reports.counts, self._on_counts, latest="counts")
        self._read(self._desk.reports.letters, self._on_letters, latest="letters")
        self._read(self._asked_calls, self._on_calls, latest="calls")
        if self._town.arrangements is None:
            self.arrangements_changed()
        self._reload(len(self._listed))

    def arrangements_changed(self) -> None:
        """The town arranged its reports anew, or it is not known yet how."""
        self._read(self._desk.reports.arrangements, self._on_arrangements, latest="arrangements")

    def choose_view(self, view: str) -> None:
        self._filter_by(view=View(view))

    def search(self, text: str) -> None:
        """Each key; the newest answer counts."""
        self._filter_by(text=text.strip())
        self._set_list(query=text)

    def narrow(self, field: str, value: str) -> None:
        """One field of the filter; empty lets everything through."""
        if field == "place":
            department, party = of_key(value)
            self._filter_by(
                department_ids=[department] if department else [],
                party_ids=[party] if party else [],
            )
        elif field == "view":
            self.choose_view(value)
        else:
            name = {"kind": "kinds", "category": "category_ids", "quarter": "quarters"}[field]
            self._filter_by(**{name: [value] if value else []})

    def set_days(self, since: date | None, until: date | None) -> None:
        self._filter_by(since=since, until=until)

    def clear_filter(self) -> None:
        self._filter = _EMPTY
        self._set_list(query="")
        self._filter_by()

    def toggle_filters(self) -> None:
        self._filters_shown = not self._filters_shown
        self._show_list()

    def keep_filter(self, name: str) -> None:
        """Under a name, for this person."""
        if name.strip():
            kept = self._saved.filters_of(self.me)
            kept[name.strip()] = self._filter.model_dump_json()
            self._saved.keep_filters(self.me, kept)
            self._show_list()

    def forget_filter(self, name: str) -> None:
        kept = self._saved.filters_of(self.me)
        kept.pop(name, None)
        self._saved.keep_filters(self.me, kept)
        self._show_list()

    def use_filter(self, name: str) -> None:
        """One that was kept; what no longer can be read is forgotten."""
        text = self._saved.filters_of(self.me).get(name)
        if text is None:
            return
        try:
            self._filter = Filter.model_validate_json(text)
        except ValidationError:
            self.forget_filter(name)
            return
        self._set_list(query=self._filter.text)
        self._filter_by()

    def more(self) -> None:
        """The next page, once per page."""
        if self._next is None or self._reading_on:
            return
        self._reading_on = True
        asked = self._question(after=self._next, many=PAGE)
        self._read(
            partial(self._desk.reports.page, asked),
            self._on_more,
            latest="page",
            failed=self._on_page_failed,
        )

    # inside

    def _filter_by(self, **changes: Any) -> None:
        self._filter = Filter.model_validate({**self._filter.model_dump(), **changes})
        self._show_list()
        self._reload(0)

    def _reload(self, shown: int) -> None:
        self._reading_on = False
        asked = self._question(after="", many=min(MOST, max(PAGE, shown)))
        self._read(
            partial(self._desk.reports.page, asked),
            self._on_page,
            latest="page",
            failed=self._on_page_failed,
        )

    def _question(self, *, after: str, many: int) -> ReportsAsked:
        return ReportsAsked(**self._filter.model_dump(), after=after, many=many)

    def _asked_calls(self) -> Promises:
        """Until the end of today."""
        tomorrow = self.today + timedelta(days=1)
        return self._desk.reports.promises(from_wall(tomorrow, time(0)))

    def _on_page(self, page: ReportPage) -> None:
        self._listed = list(page.reports)
        self._turned(page)

    def _on_more(self, page: ReportPage) -> None:
        known = {one.report.id for one in self._listed}
        self._listed += [one for one in page.reports if one.report.id not in known]
        self._turned(page)

    def _turned(self, page: ReportPage) -> None:
        self._reading_on = False
        self._next, self._total = page.next, page.total
        self._set_list(problem="")
        self._show_list(phase=Phase.SHOWN if self._listed else Phase.EMPTY)
        self._list_came()

    def _list_came(self) -> None:
        """The list is another one; who shows a file of it may want to know."""

    def _on_page_failed(self, error: Exception) -> None:
        self._reading_on = False
        problem = describe(error, self._words).text
        phase = self.state.list.phase if self._listed else Phase.FAILED
        self._set_list(phase=phase, problem=problem)

    def _on_counts(self, counts: Counts) -> None:
        self._counts = counts
        self._show_list()

    def _on_letters(self, letters: LettersToPost) -> None:
        self._letters = letters
        self._show_list()

    def _on_calls(self, calls: Promises) -> None:
        self._calls = calls
        self._show_list()

    def _on_arrangements(self, arrangements: Arrangements) -> None:
        self._town = Town(self._town.catalogue, arrangements)
        self._show_list()

    def _show_list(self, **changes: Any) -> None:
        words, today = self._words, self.today
        left = self._total - len(self._listed)
        more = words.plural("{n} report more", "{n} reports more", left) if left > 0 else ""
        calls = self._calls.promises if self._calls else []
        self._set_list(
            views=list_faces.views_of(self._counts, self._filter.view, words),
            filter=list_faces.filter_of(
                self._filter,
                self._counts,
                self._town,
                self._saved.filters_of(self.me),
                words,
                shown=self._filters_shown,
            ),
            lines=tuple(list_faces.line_of(one, self._town, today, words) for one in self._listed),
            more=more if self._next else "",
            open=self._counts.open if self._counts else None,
            can_inform=self.may_inform,
            letters=len(self._letters.letters) if self._letters else 0,
            calls=len(calls),
            calls_late=any(one.due_at < self._now() for one in calls),
            **changes,
        )

    def _now(self) -> datetime:
        return self._desk.clock.now()
