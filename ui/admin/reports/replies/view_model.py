"""Ready replies: written, tried on an example with every key, kept and taken away."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from loket.kit.clock import local_day
from loket.reports.messages.arranging import ReportSettings, SetReply
from loket.reports.messages.following import ReplyTemplate, ReplyTemplates
from loket.reports.rules.flow import ReportAct
from ui.admin.reports.naming import ACTS
from ui.admin.reports.replies import faces
from ui.admin.reports.room import EditingRoom
from ui.admin.reports.state import NEW, Line
from ui.core.sentences import sentence


@dataclass(frozen=True)
class ReplyDraft:
    """A reply as it is typed."""

    name: str = ""
    language: str = "nl"
    act: str = ""
    category_id: str = ""
    text: str = ""


@dataclass(frozen=True)
class ReplyFaces:
    """What the form needs besides the draft."""

    categories: tuple[tuple[str, str], ...] = ()
    lost: str = ""
    fault: str = ""
    example: str = ""
    by_hand: str = ""


class RepliesViewModel(EditingRoom):
    """Replies of every language, act and category."""

    def _things(self, settings: ReportSettings) -> Sequence[ReplyTemplate]:
        return sorted(settings.replies, key=lambda one: (one.name.casefold(), one.language))

    def _categories(self) -> dict[str, str]:
        every = self._settings.categories if self._settings else []
        return {"": self._words("all categories")} | {one.id: one.name for one in every}

    def _summary(self, things: Sequence[ReplyTemplate]) -> str:
        wrong = sum(bool(faces.fault_of(one.text, self._words)) for one in things)
        if not wrong:
            return ""
        words = self._words
        return words.plural("{n} reply has a fault", "{n} replies have a fault", wrong)

    def _line(self, thing: ReplyTemplate) -> Line:
        words = self._words
        fault = faces.fault_of(thing.text, words)
        category = self._categories().get(thing.category_id or "") or words("no longer there")
        cells = (
            thing.name,
            thing.language.upper(),
            words(ACTS.get(thing.act, thing.act)),
            category if thing.category_id else words("all"),
            words("fault") if fault else "–",
        )
        return Line(thing.id, cells, fault or f"{thing.name} · {category}")

    def _draft_of(self, thing: ReplyTemplate | None) -> ReplyDraft:
        if thing is None:
            return ReplyDraft()
        return ReplyDraft(
            thing.name, thing.language, thing.act, thing.category_id or "", thing.text
        )

    def _fault(self, draft: ReplyDraft) -> str:
        if not draft.name.strip():
            return sentence("report.name_missing", {}, self._words)
        if not draft.text.strip():
            return sentence("report.nothing_said", {}, self._words)
        return faces.fault_of(draft.text, self._words)

    def _work(self, ident: str, version: int, draft: ReplyDraft) -> Callable[[], Any]:
        command = SetReply(
            seen_version=version,
            name=draft.name,
            language=draft.language,
            act=ReportAct(draft.act) if draft.act else None,
            category_id=draft.category_id or None,
            text=draft.text,
        )
        return partial(self._desk.arranging.set_reply, ident, command)

    def _faces(self, thing: ReplyTemplate | None, draft: ReplyDraft) -> dict[str, Any]:
        words, known = self._words, self._categories()
        town = self._directory.catalogue.town if self._directory else None
        by_hand = ", ".join(f"{{{name}}}" for name in faces.left_to_fill(draft.text))
        shown = ReplyFaces(
            categories=tuple(known.items()),
            lost=words("no longer there"),
            fault=faces.fault_of(draft.text, words),
            example=faces.example(
                draft.text,
                draft.language,
                town=town.name if town else "",
                phone=town.phone if town else "",
                today=local_day(self._desk.clock.now()),
            ),
            by_hand=words("{fields} is filled in by who answers.", fields=by_hand)
            if by_hand
            else "",
        )
        title = thing.name if thing is not None else words("New reply")
        return {"title": title, "detail": "", "shown": shown}

    # taken away

    def remove(self) -> None:
        """The first time it is asked, the second time it is done: it cannot be taken back."""
        thing = self._thing(self.state.chosen)
        if thing is None or self.state.busy:
            return
        if not self.state.confirming:
            self._set(confirming=True)
            return
        self._set(busy=True, confirming=False, wrong="")
        work = partial(self._desk.arranging.remove_reply, thing.id, thing.version)
        self._act(work, self._on_removed)

    def leave_it(self) -> None:
        self._set(confirming=False)

    def duplicate(self) -> None:
        """A new one with the same words, such as for another language."""
        draft = self.state.draft
        if draft is None or self.state.changed:
            self._tell(self._words("Keep this first, or put it back."), wrong=True)
            return
        self._load(NEW)
        self.change(name=draft.name, act=draft.act, category_id=draft.category_id, text=draft.text)

    def _on_removed(self, _left: ReplyTemplates) -> None:
        self._load("")
        self._tell(self._words("Removed. What was sent with it stays as it was."))
        self.open()
