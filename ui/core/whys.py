"""Why this person and no other, in one sentence."""

from loket.kit.i18n import Words
from loket.queue.messages import CallReason
from loket.queue.rules.order import WhyCode
from ui.core.directory import Directory


def why_text(why: CallReason | None, *, directory: Directory, words: Words) -> str:
    """``Afspraak van 10:20, 6 min te laat; daarna A015``; empty when nobody chose."""
    if why is None:
        return ""
    queue = directory.queues.get(why.second_choice)
    parts = [_reason(why, directory, words)]
    if queue is not None:
        parts.append(words("second choice, {queue}", queue=queue.name))
    said = ", ".join(parts)
    return words("{why}; then {number}", why=said, number=why.then) if why.then else said


def _reason(why: CallReason, directory: Directory, words: Words) -> str:
    match why.code:
        case WhyCode.OVER_LIMIT:
            return words(
                "Waits {minutes} min, over the limit of {limit}",
                minutes=why.minutes,
                limit=why.limit,
            )
        case WhyCode.APPOINTMENT | WhyCode.EARLY:
            return _appointment(why, words)
        case WhyCode.PRIORITY:
            reason = directory.reason(why.priority)
            name = reason.name if reason else words("Priority")
            return words("{reason}, waits {minutes} min", reason=name, minutes=why.minutes)
        case WhyCode.LONGEST:
            return words("Waits longest, {minutes} min", minutes=why.minutes)
        case WhyCode.EARNED:
            return words("Waits {minutes} min, turn comes faster here", minutes=why.minutes)


def _appointment(why: CallReason, words: Words) -> str:
    if why.at is None:
        return words("Appointment, waits {minutes} min", minutes=why.minutes)
    at = words.time(why.at)
    if why.code is WhyCode.EARLY:
        return words("Appointment at {time}, early: nobody else waits", time=at)
    if not why.minutes:
        return words("Appointment at {time}, on time", time=at)
    return words("Appointment at {time}, {minutes} min late", time=at, minutes=why.minutes)
