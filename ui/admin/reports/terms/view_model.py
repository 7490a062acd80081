"""The terms of each kind: edited, and shown at once on a report of today."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from typing import Any

from loket.catalogue.hours import holiday_name
from loket.kit.clock import local_day
from loket.kit.errors import LoketError
from loket.kit.i18n import Words
from loket.reports.messages.arranging import RegulationOf, ReportSettings, SetRegulation
from loket.reports.rules.terms import (
    Counting,
    Explained,
    Regulation,
    StartsWith,
    answer_due,
    check_regulation,
    receipt_due,
)
from ui.admin.reports.naming import KINDS
from ui.admin.reports.room import EditingRoom
from ui.admin.reports.state import Line
from ui.core.sentences import describe


@dataclass(frozen=True)
class TermsDraft:
    """The terms of one kind as they are edited."""

    receipt_days: int = 10
    answer_days: int = 45
    extension_days: int = 0
    reaction_days: int = 2
    counting: Counting = Counting.CALENDAR
    starts_with: StartsWith = StartsWith.REGISTRATION
    pauses: bool = True


class TermsViewModel(EditingRoom):
    """Four kinds, one of them edited."""

    def _things(self, settings: ReportSettings) -> Sequence[RegulationOf]:
        return settings.regulations

    def _key(self, thing: RegulationOf) -> str:
        return str(thing.kind)

    def _line(self, thing: RegulationOf) -> Line:
        words = self._words
        extension = _days(thing.extension_days, thing.counting, words)
        cells = (
            words(KINDS[thing.kind]),
            _days(thing.receipt_days, thing.counting, words),
            _days(thing.answer_days, thing.counting, words),
            extension if thing.extension_days else words("none"),
            words("the town") if thing.version else words("usual"),
        )
        return Line(str(thing.kind), cells)

    def _draft_of(self, thing: RegulationOf | None) -> TermsDraft:
        if thing is None:
            return TermsDraft()
        return TermsDraft(**{name: getattr(thing, name) for name in asdict(TermsDraft())})

    def _work(self, ident: str, version: int, draft: TermsDraft) -> Callable[[], Any]:
        command = SetRegulation(seen_version=version, **asdict(draft))
        thing = self._thing(ident)
        return partial(self._desk.arranging.set_regulation, thing.kind, command)

    def _fault(self, draft: TermsDraft) -> str:
        try:
            check_regulation(_regulation(draft))
        except LoketError as error:
            return describe(error, self._words).text
        return ""

    def _faces(self, thing: RegulationOf, draft: TermsDraft) -> dict[str, Any]:
        fault = self._fault(draft)
        today = local_day(self._desk.clock.now())
        return {
            "title": self._words(KINDS[thing.kind]),
            "detail": _running(thing.running, self._words),
            "shown": () if fault else examples(_regulation(draft), today, self._words),
            "wrong": fault or self.state.wrong,
        }


def examples(regulation: Regulation, today: date, words: Words) -> tuple[str, ...]:
    """What it means for a report of today."""
    receipt = receipt_due(regulation, today, holiday_name)
    answer = answer_due(regulation, today, holiday_name, today=today)
    said = [
        words("Receipt confirmed {until}", until=_until(receipt, words)),
        words("Answered {until}", until=_until(answer, words)),
    ]
    if regulation.extension_days:
        longer = answer_due(regulation, today, holiday_name, today=today, extended=True)
        said.append(words("Once extended {until}", until=_until(longer, words)))
    if answer.holidays:
        said.append(words("Not counted: {holidays}.", holidays=", ".join(answer.holidays)))
    return tuple(said)


def _until(term: Explained, words: Words) -> str:
    return words("by {day}", day=f"{words.short_day(term.due)} {term.due.year}")


def _running(many: int, words: Words) -> str:
    """Why another regulation moves no date that a citizen was told."""
    if not many:
        return words("Holds for what is registered from now on. No reports of this kind are open.")
    return words.plural(
        "Holds for what is registered from now on. {n} open report keeps its dates: they stand on"
        " the receipt of the citizen.",
        "Holds for what is registered from now on. {n} open reports keep their dates: they stand"
        " on the receipts of the citizens.",
        many,
    )


def _days(many: int, counting: str, words: Words) -> str:
    if counting == Counting.WORKING:
        return words.plural("{n} working day", "{n} working days", many)
    return words.plural("{n} day", "{n} days", many)


def _regulation(draft: TermsDraft) -> Regulation:
    return Regulation(**asdict(draft))
