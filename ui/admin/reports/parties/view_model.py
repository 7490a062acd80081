"""Parties outside: added, changed, closed and opened again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from loket.kit.i18n import Words
from loket.reports.messages.arranging import ArrangedParty, ReportSettings, SetParty
from loket.wire.contact import email_address, number_shown, phone_number
from ui.admin.reports.room import EndingRoom
from ui.admin.reports.state import Line
from ui.core.sentences import sentence


@dataclass(frozen=True)
class PartyDraft:
    """A party as it is typed."""

    name: str = ""
    email: str = ""
    phone: str = ""


class PartiesViewModel(EndingRoom):
    """Who handles reports outside the town hall."""

    def _things(self, settings: ReportSettings) -> Sequence[ArrangedParty]:
        return sorted(settings.parties, key=lambda one: (one.closed, one.name.casefold()))

    def _summary(self, things: Sequence[ArrangedParty]) -> str:
        many = sum(not one.closed for one in things)
        return self._words.plural("{n} party", "{n} parties", many) if things else ""

    def _line(self, thing: ArrangedParty) -> Line:
        words = self._words
        cells = (
            thing.name,
            thing.email,
            number_shown(thing.phone) if thing.phone else "–",
            words("closed") if thing.closed else str(thing.open),
        )
        return Line(thing.id, cells, f"{thing.name} · {thing.email}")

    def _draft_of(self, thing: ArrangedParty | None) -> PartyDraft:
        if thing is None:
            return PartyDraft()
        return PartyDraft(thing.name, thing.email, number_shown(thing.phone))

    def _fault(self, draft: PartyDraft) -> str:
        if not draft.name.strip():
            return sentence("report.name_missing", {}, self._words)
        return email_fault(draft.email, self._words) or phone_fault(draft.phone, self._words)

    def _work(self, ident: str, version: int, draft: PartyDraft) -> Callable[[], Any]:
        command = SetParty(
            seen_version=version,
            name=draft.name,
            email=draft.email,
            phone=draft.phone.strip() or None,
        )
        return partial(self._desk.arranging.set_party, ident, command)

    def _ending(self, thing: ArrangedParty) -> Callable[[], Any]:
        return partial(
            self._desk.arranging.end_party, thing.id, thing.version, closed=not thing.closed
        )

    def _faces(self, thing: ArrangedParty | None, draft: PartyDraft) -> dict[str, Any]:
        words = self._words
        if thing is None:
            return {"title": words("New party"), "detail": "", "ended": False, "shown": None}
        gets = words.plural("{n} category", "{n} categories", thing.categories)
        rules = words.plural("{n} rule", "{n} rules", thing.rules)
        many = words.plural("{n} open report", "{n} open reports", thing.open)
        detail = words(
            "Gets reports of {gets} and {rules}; {many}.", gets=gets, rules=rules, many=many
        )
        return {
            "title": thing.name,
            "detail": words("Closed: nothing new goes there.") if thing.closed else detail,
            "ended": thing.closed,
            "shown": (_email_told(draft, words), phone_fault(draft.phone, words)),
        }


def _email_told(draft: PartyDraft, words: Words) -> str:
    return email_fault(draft.email, words) if draft.email.strip() else ""


def email_fault(text: str, words: Words) -> str:
    """Why this is no address, in a sentence."""
    try:
        email_address(text.strip())
    except ValueError:
        return words("This is no e-mail address. Look at it again.")
    return ""


def phone_fault(text: str, words: Words) -> str:
    if not text.strip():
        return ""
    try:
        phone_number(text.strip())
    except ValueError:
        return words("This is no number that can be called. Look at it again.")
    return ""
