"""Categories: searched, added, changed, closed and opened again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from loket.kit.i18n import Words
from loket.reports.messages.arranging import ArrangedCategory, ReportSettings, SetCategory
from loket.wire.contact import is_mobile, number_shown, phone_number
from ui.admin.reports.naming import goal_key, goal_name, goal_of, goals
from ui.admin.reports.room import EndingRoom
from ui.admin.reports.state import Line
from ui.core.sentences import sentence

_LEAST, _MOST, _LONGEST = 2, 60, 60


@dataclass(frozen=True)
class CategoryDraft:
    """A category as it is typed."""

    name: str = ""
    goal: str = ""
    """Department or party, see :func:`ui.admin.reports.naming.goal_key`."""
    team: str = ""
    alert_phone: str = ""
    alert_name: str = ""
    keywords: str = ""
    """With commas between."""


@dataclass(frozen=True)
class CategoryFaces:
    """What the form needs besides the draft."""

    goals: tuple[tuple[str, str], ...] = ()
    lost: str = ""
    phone_wrong: str = ""


class CategoriesViewModel(EndingRoom):
    """What reports are about."""

    def _things(self, settings: ReportSettings) -> Sequence[ArrangedCategory]:
        return sorted(settings.categories, key=lambda one: (one.closed, one.name.casefold()))

    def _summary(self, things: Sequence[ArrangedCategory]) -> str:
        words, closed = self._words, sum(one.closed for one in things)
        shown = words.plural("{n} category", "{n} categories", len(things) - closed)
        others = words.plural("{n} is closed", "{n} are closed", closed)
        return f"{shown} · {others}" if closed else shown

    def _goals(self) -> dict[str, str]:
        if self._settings is None or self._directory is None:
            return {}
        return goals(self._settings, self._directory, self._words)

    def _line(self, thing: ArrangedCategory) -> Line:
        words = self._words
        key = goal_key(thing.department_id, thing.party_id)
        goal = goal_name(key, self._goals(), words)
        warned = thing.alert_name or number_shown(thing.alert_phone)
        cells = (
            thing.name,
            goal,
            warned if thing.alert_phone else "–",
            words("closed") if thing.closed else str(thing.open),
        )
        return Line(thing.id, cells, " · ".join((thing.name, goal, *thing.keywords)))

    def _draft_of(self, thing: ArrangedCategory | None) -> CategoryDraft:
        if thing is None:
            return CategoryDraft()
        return CategoryDraft(
            name=thing.name,
            goal=goal_key(thing.department_id, thing.party_id),
            team=thing.team,
            alert_phone=number_shown(thing.alert_phone),
            alert_name=thing.alert_name,
            keywords=", ".join(thing.keywords),
        )

    def _fault(self, draft: CategoryDraft) -> str:
        words = self._words
        if not draft.name.strip():
            return sentence("report.name_missing", {}, words)
        if not draft.goal:
            return sentence("report.goal_unclear", {}, words)
        return mobile_fault(draft.alert_phone, words) or self._keyword_fault(draft.keywords)

    def _keyword_fault(self, text: str) -> str:
        words, listed = self._words, keywords_of(text)
        if len(listed) > _MOST:
            return words("At most {n} keywords. Take some away.", n=_MOST)
        wrong = next((one for one in listed if not _LEAST <= len(one) <= _LONGEST), None)
        if wrong is None:
            return ""
        shown = f"{wrong[:24]}…" if len(wrong) > _LONGEST else wrong
        return words("A keyword has 2 to 60 signs, with commas between: {word}.", word=shown)

    def _work(self, ident: str, version: int, draft: CategoryDraft) -> Callable[[], Any]:
        department, party = goal_of(draft.goal)
        command = SetCategory(
            seen_version=version,
            name=draft.name,
            keywords=keywords_of(draft.keywords),
            department_id=department,
            party_id=party,
            team=draft.team,
            alert_phone=draft.alert_phone.strip() or None,
            alert_name=draft.alert_name,
        )
        return partial(self._desk.arranging.set_category, ident, command)

    def _ending(self, thing: ArrangedCategory) -> Callable[[], Any]:
        return partial(
            self._desk.arranging.end_category, thing.id, thing.version, closed=not thing.closed
        )

    def _faces(self, thing: ArrangedCategory | None, draft: CategoryDraft) -> dict[str, Any]:
        words, known = self._words, self._goals()
        faces = CategoryFaces(
            goals=tuple(known.items()),
            lost=goal_name(draft.goal, known, words),
            phone_wrong=mobile_fault(draft.alert_phone, words),
        )
        if thing is None:
            new = words("New category")
            return {"title": new, "detail": "", "ended": False, "shown": faces}
        many = words.plural("{n} open report", "{n} open reports", thing.open)
        code = words("code {code}", code=thing.code)
        closed = words("Closed: nothing new comes under it; what is under it stays.")
        detail = f"{closed} {many}." if thing.closed else f"{many} · {code}"
        return {"title": thing.name, "detail": detail, "ended": thing.closed, "shown": faces}


def keywords_of(text: str) -> list[str]:
    """What was typed between commas or on lines, each once."""
    parts = (part.strip() for part in text.replace("\n", ",").split(","))
    return list(dict.fromkeys(part for part in parts if part))


def mobile_fault(text: str, words: Words) -> str:
    """Why nobody can be warned by this number, in a sentence."""
    if not text.strip():
        return ""
    try:
        mobile = is_mobile(phone_number(text.strip()))
    except ValueError:
        mobile = False
    return "" if mobile else words("Warnings go by text message: this is no mobile number.")
