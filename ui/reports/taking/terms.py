"""Until when the town confirms and answers, and how each of these dates came to be."""

from datetime import date

from loket.catalogue.hours import holiday_name
from loket.kit.i18n import Words
from loket.reports.messages.taking import Arrangements
from loket.reports.messages.taking import Terms as TermsOfKind
from loket.reports.rules.kinds import ReportKind
from loket.reports.rules.terms import (
    Counting,
    Explained,
    Regulation,
    StartsWith,
    answer_due,
    receipt_due,
)
from ui.reports.taking.state import TermFace


def faces(
    arrangements: Arrangements, kind: ReportKind, today: date, words: Words
) -> tuple[TermFace, ...]:
    """Receipt and answer of this kind; nothing where the town set no terms."""
    terms = next((one for one in arrangements.terms if one.kind is kind), None)
    if terms is None:
        return ()
    regulation = _regulation(terms)
    receipt = receipt_due(regulation, today, holiday_name)
    answer = answer_due(regulation, today, holiday_name, today=today)
    return (
        TermFace(words("Confirm receipt"), _until(receipt, words), _why(receipt, words)),
        TermFace(words("Answer"), _until(answer, words), _why(answer, words)),
    )


def _regulation(terms: TermsOfKind) -> Regulation:
    return Regulation(
        receipt_days=terms.receipt_days,
        answer_days=terms.answer_days,
        extension_days=terms.extension_days,
        reaction_days=terms.reaction_days,
        counting=Counting(terms.counting),
        starts_with=StartsWith(terms.starts_with),
        pauses=terms.pauses,
    )


def _until(term: Explained, words: Words) -> str:
    day = f"{words.short_day(term.due)} {term.due.year}"
    return words("by {day}", day=day)


def _why(term: Explained, words: Words) -> str:
    start = words.short_day(term.start)
    if term.counting is Counting.CALENDAR:
        return words.plural(
            "{n} day after {start}. The day itself still counts.",
            "{n} days after {start}. The day itself still counts.",
            term.days,
            start=start,
        )
    counted = words.plural(
        "{n} working day after {start}. The day itself still counts.",
        "{n} working days after {start}. The day itself still counts.",
        term.days,
        start=start,
    )
    if not term.holidays:
        return counted
    return f"{counted} {words('Not counted: {holidays}.', holidays=', '.join(term.holidays))}"
