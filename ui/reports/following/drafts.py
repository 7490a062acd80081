"""What is typed and not sent: kept per report, so that looking at another one loses nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from gettext import NullTranslations

from loket.kit.i18n import CITIZEN_LANGUAGES, Words
from loket.reports.messages.following import ReplyTemplate, ReportFile
from loket.reports.messages.taking import Reporter
from loket.reports.rules.flow import ReportAct
from loket.reports.rules.kinds import AnswerBy
from loket.reports.rules.replies import NAME, prefilled
from loket.wire.contact import is_mobile

INTERNAL = "note"
_ELSEWHERE = frozenset({ReportAct.REFER, ReportAct.DECLARE_INADMISSIBLE})
"""Replies that belong to an act with a form of its own."""


@dataclass(frozen=True)
class Draft:
    """A reply, or a note, as far as it is typed."""

    way: str = ""
    text: str = ""
    filled: tuple[str, ...] = ()
    to_all: bool = False
    only: str = ""
    """To this one of those involved; empty: to who made it."""
    goal: str = ""
    """Where it would be sent on to, and what would be said with it."""
    note: str = ""
    more_goals: bool = False


def first_of(file: ReportFile) -> Reporter | None:
    """Who is answered; None: nobody can be."""
    return next((one for one in file.reporters if not one.anonymous), None)


def reader_of(file: ReportFile, draft: Draft) -> Reporter | None:
    """To whom the reply goes, where it does not go to everybody."""
    return next((one for one in file.reporters if one.id == draft.only), first_of(file))


def ways_of(person: Reporter | None) -> tuple[AnswerBy, ...]:
    """By which ways somebody can be reached, their own first."""
    if person is None:
        return ()
    given = {
        AnswerBy.MAIL: person.email,
        AnswerBy.LETTER: person.address,
        AnswerBy.SMS: person.phone if person.phone and is_mobile(person.phone) else "",
        AnswerBy.PHONE: person.phone,
    }
    known = [way for way, how in given.items() if how]
    return tuple(sorted(known, key=lambda way: way is not person.answer_by))


def fitting(
    templates: list[ReplyTemplate], file: ReportFile, person: Reporter | None
) -> list[ReplyTemplate]:
    """Those in the language of who reads it, for this category; the closest first."""
    language = str(person.language) if person else "nl"
    about = (None, file.report.category_id)
    usable = [t for t in templates if t.category_id in about and t.act not in _ELSEWHERE]
    own = [t for t in usable if t.language == language]
    chosen = own or [t for t in usable if t.language == "nl"]
    return sorted(chosen, key=lambda t: (t.category_id is None, t.name.casefold()))


def facts_of(
    file: ReportFile, person: Reporter | None, *, town: str, phone: str, handler: str, party: str
) -> dict[str, str]:
    """What the fields of a reply are filled with."""
    report = file.report
    language = str(person.language) if person else "nl"
    spoken = Words(language if language in CITIZEN_LANGUAGES else "nl", NullTranslations())
    return {
        "naam": person.name if person else "",
        "titel": report.title,
        "onderwerp": report.title,
        "referentie": report.reference,
        "behandelaar": handler,
        "stad": town,
        "telefoon": phone,
        "instantie": party,
        "termijn": spoken.long_day(report.answer_due),
    }


def filled(template: str, facts: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """The text, and which of its words the facts put in."""
    used = tuple(value for name, value in facts.items() if value and f"{{{name}}}" in template)
    return prefilled(template, facts), used


def with_template(draft: Draft, template: str, facts: Mapping[str, str]) -> Draft:
    """The template in the place of nothing, and below what was typed already."""
    text, used = filled(template.strip(), facts)
    whole = f"{draft.text.rstrip()}\n\n{text}" if draft.text.strip() else text
    return replace(draft, text=whole, filled=tuple(dict.fromkeys((*draft.filled, *used))))


def shared(draft: Draft, name: str, *, everybody: bool) -> Draft:
    """The same for everybody involved: each reads their own name in the place of the first one's.

    ``name``: that of who made the report; only where a template put it in.
    """
    text, field = draft.text, f"{{{NAME}}}"
    if everybody and name in draft.filled:
        text = text.replace(name, field)
    elif not everybody and name:
        text = text.replace(field, name)
    known = tuple(one for one in draft.filled if one not in {name, field})
    own = field if everybody else name
    return replace(draft, to_all=everybody, text=text, filled=(*known, own) if own else known)
