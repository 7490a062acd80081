"""What really happened with what was sent: by which way, and what is still to be done for it."""

from collections.abc import Sequence

from loket.kit.i18n import Words, mark
from loket.reports.messages.following import Reply, ReplyTo, ReportFile
from loket.reports.messages.taking import Reporter
from loket.reports.rules.kinds import AnswerBy
from loket.wire.contact import number_shown

_ONE: dict[AnswerBy, str] = {
    AnswerBy.MAIL: mark("{reference}: e-mail on its way to {whom}"),
    AnswerBy.SMS: mark("{reference}: text message on its way to {whom}"),
    AnswerBy.LETTER: mark("{reference}: the letter for {whom} is on the pile to post"),
    AnswerBy.PHONE: mark("{reference}: noted what was said to {whom}"),
}
_SOME: dict[AnswerBy, str] = {
    AnswerBy.MAIL: mark("{n} by e-mail"),
    AnswerBy.SMS: mark("{n} by text message"),
    AnswerBy.LETTER: mark("{n} on the pile of letters"),
    AnswerBy.PHONE: mark("{n} to be called"),
}


def replied(command: Reply, file: ReportFile, person: Reporter | None, words: Words) -> str:
    """In one sentence, by the ways that were taken."""
    reference = file.report.reference
    if command.to is ReplyTo.ALL:
        people = [one for one in file.reporters if not one.anonymous]
        return f"{reference}: {_ways(people, words)}"
    if person is None:
        return words("{reference}: kept in the file", reference=reference)
    way = command.by or person.answer_by
    return words(_ONE[way], reference=reference, whom=_whom(person, way))


def _ways(people: Sequence[Reporter], words: Words) -> str:
    many = {way: sum(1 for one in people if one.answer_by is way) for way in _SOME}
    return ", ".join(words(_SOME[way], n=n) for way, n in many.items() if n)


def _whom(person: Reporter, way: AnswerBy) -> str:
    if way is AnswerBy.MAIL:
        return person.email
    return number_shown(person.phone) if way is AnswerBy.SMS else person.name
