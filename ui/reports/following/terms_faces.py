"""The dates that count, each with how it came to be."""

from datetime import date

from loket.kit.clock import local_day
from loket.kit.i18n import Words
from loket.reports.messages.following import Explanation, ReportFile
from loket.reports.rules.flow import ENDED
from loket.reports.rules.terms import Counting
from ui.reports.following.naming import NEARLY, day_month, short_weekday
from ui.reports.following.state import TermFace


def terms_of(file: ReportFile, today: date, words: Words) -> tuple[TermFace, ...]:
    """Receipt, the reaction that is asked for, and the answer."""
    faces = [_receipt(file, today, words)]
    if file.report.reaction_due is not None:
        faces.append(_reaction(file.report.reaction_due, today, words))
    faces.append(_answer(file, today, words))
    return tuple(faces)


def _receipt(file: ReportFile, today: date, words: Words) -> TermFace:
    tip, at = explained(file.receipt, words), file.report.confirmed_at
    if at is not None:
        day = day_month(local_day(at))
        return TermFace("ph.check-circle-fill", "serve_fg", words("Receipt confirmed"), day, tip)
    return _open(words("Confirm receipt"), file.receipt.due, today, words, tip)


def _reaction(due: date, today: date, words: Words) -> TermFace:
    tip = words("The reporter wrote back. Reply or react by this day, that day included.")
    shown = words("by {day}", day=day_month(due))
    tone = "late_fg" if due < today else "wait_fg"
    brief = day_month(due)
    return TermFace("ph.warning-bold", tone, words("Next reaction"), shown, tip, brief)


def _answer(file: ReportFile, today: date, words: Words) -> TermFace:
    report, tip = file.report, explained(file.answer, words)
    if report.answered_at is not None:
        day = day_month(local_day(report.answered_at))
        return TermFace("ph.check-circle-fill", "serve_fg", words("Answered"), day, tip)
    if report.state in ENDED:
        return TermFace("ph.flag", "text2", words("Answer"), words("none"), tip)
    return _open(words("Answer"), report.answer_due, today, words, tip)


def _open(text: str, due: date, today: date, words: Words, tip: str) -> TermFace:
    if due < today:
        was = words("was due {day}", day=day_month(due))
        return TermFace("ph.warning-bold", "late_fg", text, was, tip, day_month(due))
    shown = words("by {day}", day=short_weekday(due, words))
    near = due - today <= NEARLY
    icon, tone = ("ph.warning-bold", "wait_fg") if near else ("ph.flag", "text2")
    return TermFace(icon, tone, text, shown, tip, short_weekday(due, words))


def explained(one: Explanation, words: Words) -> str:
    """In sentences: from when, how many days, what was added and what was passed over."""
    start = words("Counted from {day}, that day not included.", day=words.slip_day(one.start))
    if one.counting == Counting.WORKING:
        days = words.plural("{n} working day.", "{n} working days.", one.days)
    else:
        days = words.plural("{n} calendar day.", "{n} calendar days.", one.days)
    said = [start, days]
    if one.extension:
        said.append(words.plural("Extended by {n} day.", "Extended by {n} days.", one.extension))
    if one.paused:
        said.append(
            words.plural(
                "{n} day did not count: the town waited for the reporter.",
                "{n} days did not count: the town waited for the reporter.",
                one.paused,
            )
        )
    if one.holidays:
        said.append(words("Passed over: {days}.", days=", ".join(one.holidays)))
    said.append(words("Due on {day}, that day included.", day=words.slip_day(one.due)))
    return "\n".join(said)
