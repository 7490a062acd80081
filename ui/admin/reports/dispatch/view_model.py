"""The rules of dispatch: a list that is edited as one, tried on last month with every change."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from loket.desk.errors import NoTownMap
from loket.kit.errors import LoketError
from loket.kit.i18n import Words
from loket.kit.ids import new_id
from loket.link.errors import LinkError
from loket.reports.messages.arranging import (
    MOST_RULES,
    ReportSettings,
    Rule,
    RuleList,
    Rules,
    RulesPreview,
    SetRules,
)
from ui.admin.reports.desk import ArrangingDesk
from ui.admin.reports.dispatch import faces
from ui.admin.reports.dispatch.state import DispatchState, RuleLine
from ui.admin.reports.naming import STALE, goal_of
from ui.admin.reports.room import ArrangingRoom
from ui.admin.reports.state import Phase
from ui.core.sentences import describe, sentence
from ui.core.tasks import TaskRunner

_Read = tuple[ReportSettings, tuple[str, ...]]


class DispatchViewModel(ArrangingRoom):
    """Wishes in, one state out."""

    def __init__(self, desk: ArrangingDesk, tasks: TaskRunner, words: Words) -> None:
        super().__init__(desk, tasks, words)
        self._kept: tuple[Rule, ...] = ()
        self._draft: tuple[Rule, ...] = ()
        self._seen = 0
        self._quarters: tuple[str, ...] = ()
        self._editing = ""
        self._preview: RulesPreview | None = None
        self._asking = self._ask_again = False
        self.state = DispatchState()

    # wishes

    def choose(self, rule_id: str) -> None:
        self._editing = rule_id
        self._show()

    def add(self) -> None:
        """One more, at the end."""
        if len(self._draft) >= MOST_RULES or self._settings is None:
            return
        rule = Rule(id=new_id())
        self._editing = rule.id
        self._put((*self._draft, rule))

    def change(self, **values: Any) -> None:
        """Other values for the rule that is edited; sets have no order of their own."""
        for name in ("category_ids", "quarters"):
            if name in values:
                values[name] = sorted(values[name])
        self._put(
            tuple(
                rule.model_copy(update=values) if rule.id == self._editing else rule
                for rule in self._draft
            )
        )

    def send_to(self, goal: str) -> None:
        department, party = goal_of(goal)
        self.change(department_id=department, party_id=party)

    def move(self, step: int) -> None:
        """The rule that is edited, up (-1) or down (1)."""
        place = self._place(self._editing)
        to = place + step
        if place < 0 or not 0 <= to < len(self._draft):
            return
        rules = list(self._draft)
        rules.insert(to, rules.pop(place))
        self._put(tuple(rules))

    def remove(self) -> None:
        """Out of the list; kept it is only then gone."""
        place = self._place(self._editing)
        if place < 0:
            return
        rules = (*self._draft[:place], *self._draft[place + 1 :])
        self._editing = rules[min(place, len(rules) - 1)].id if rules else ""
        self._put(rules)

    def revert(self) -> None:
        """Back to what is kept."""
        self._draft = self._kept
        self._set(wrong="", stale=False)
        self._follow()

    def save(self) -> None:
        if not self.state.changed or self.state.saving:
            return
        lost = next((r for r in self._draft if not (r.department_id or r.party_id)), None)
        if lost is not None:
            self._editing = lost.id
            self._set(wrong=sentence("report.goal_unclear", {}, self._words))
            self._show()
            return
        self._set(saving=True, wrong="")
        command = SetRules(seen_version=self._seen, rules=list(self._draft))
        self._act(partial(self._desk.arranging.set_rules, command), self._on_saved)

    # answers

    def open(self) -> None:
        self._tasks.run(
            self._read_all,
            owner=self,
            done=self._on_read,
            failed=self._on_failed,
            latest="rules",
        )

    def _read_all(self) -> _Read:
        # On the worker's thread. A town without a map has no quarters.
        try:
            quarters = self._desk.geography.quarters()
        except (NoTownMap, LinkError, LoketError):
            quarters = ()
        return self._desk.arranging.settings(), quarters

    def _on_read(self, found: _Read) -> None:
        settings, self._quarters = found
        self._on_settings(settings)

    def _on_settings(self, settings: ReportSettings) -> None:
        """What is being edited stays, beside what is kept now."""
        untouched = self._draft == self._kept
        self._settings = settings
        self._kept, self._seen = tuple(settings.rules.rules), settings.rules.version
        if untouched:
            self._draft = self._kept
            self._set(stale=False)
        self._follow()

    def _on_failed(self, error: Exception) -> None:
        wrong = describe(error, self._words).text
        if self._settings is None:
            self._set(phase=Phase.FAILED, problem=wrong)
        else:
            self._set(saving=False, wrong=wrong)

    def _on_saved(self, rules: Rules) -> None:
        self._kept, self._seen = tuple(rules.rules), rules.version
        self._draft = self._kept
        self._set(saving=False, wrong="", stale=False)
        self._tell(self._words("The rules are kept. They hold from the next report on."))
        self._follow()

    def _on_refused(self, error: Exception) -> None:
        told = describe(error, self._words)
        self._set(saving=False, wrong=told.text, stale=told.code == STALE)
        if told.code == STALE:
            self.open()

    # the preview follows the draft: one question at a time, the last one always asked

    def _put(self, rules: tuple[Rule, ...]) -> None:
        self._draft = rules
        self._set(wrong="")
        self._follow()

    def _follow(self) -> None:
        self._show()
        if self._asking:
            self._ask_again = True
            return
        self._asking, self._ask_again = True, False
        self._tasks.run(
            self._asked(),
            owner=self,
            done=self._on_preview,
            failed=self._on_no_preview,
        )

    def _asked(self) -> Callable[[], RulesPreview]:
        """Rules without a goal as yet decide nothing."""
        sent = [rule for rule in self._draft if rule.department_id or rule.party_id]
        return partial(self._desk.arranging.preview, RuleList(rules=sent))

    def _on_preview(self, preview: RulesPreview) -> None:
        self._preview = preview
        self._on_asked()

    def _on_no_preview(self, error: Exception) -> None:
        self._preview = None
        self._set(wrong=self.state.wrong or describe(error, self._words).text)
        self._on_asked()

    def _on_asked(self) -> None:
        self._asking = False
        if self._ask_again:
            self._follow()
        else:
            self._show()

    # inside

    def _place(self, rule_id: str) -> int:
        return next((n for n, rule in enumerate(self._draft) if rule.id == rule_id), -1)

    def _show(self) -> None:
        if self._settings is None or self._directory is None:
            return
        words = self._words
        known = faces.Known.of(self._settings, self._directory, self._quarters, words)
        place = self._place(self._editing)
        self._set(
            phase=Phase.SHOWN if self._draft else Phase.EMPTY,
            problem="",
            lines=self._lines(known),
            summary=faces.summary_of(self._preview, words) if self._preview else "",
            editing=self._draft[place] if place >= 0 else None,
            categories=tuple(known.categories.items()),
            quarters=tuple((name, name) for name in self._quarters),
            goals=tuple(known.goals.items()),
            lost=words("no longer there"),
            changed=self._draft != self._kept,
        )

    def _lines(self, known: faces.Known) -> tuple[RuleLine, ...]:
        effects = {one.rule_id: one for one in self._preview.effects} if self._preview else {}
        places = {rule.id: n for n, rule in enumerate(self._draft, start=1)}
        kept = {rule.id: (n, rule) for n, rule in enumerate(self._kept, start=1)}
        return tuple(
            faces.line_of(
                rule,
                n,
                known,
                effects.get(rule.id),
                places,
                self._words,
                changed=kept.get(rule.id) != (n, rule),
            )
            for n, rule in enumerate(self._draft, start=1)
        )

    def _set(self, **changes: object) -> None:
        state = replace(self.state, **changes)  # type: ignore[arg-type]
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)
