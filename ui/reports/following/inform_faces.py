"""How many people a list is about, in words."""

from datetime import date

from loket.kit.i18n import Words
from loket.reports.messages.following import Filter
from loket.reports.messages.informing import Informed, Involved
from loket.reports.rules.kinds import AnswerBy
from ui.reports.following.inform_state import InformState, WayCount
from ui.reports.following.list_faces import FURTHER, VIEWS
from ui.reports.following.naming import KINDS, WAYS, Town, day_month, joined, said_at


def what_of(found: Involved, asked: Filter, town: Town, words: Words) -> str:
    """``Open · wijk Centrum: 12 meldingen, 14 mensen``."""
    view = next(name for each, name in (*VIEWS, *FURTHER) if each is asked.view)
    parts = [
        words(view),
        *(words(KINDS[kind]) for kind in asked.kinds),
        *(town.department(each) for each in asked.department_ids),
        *(town.party(each) for each in asked.party_ids),
        *(town.category(each) for each in asked.category_ids),
        *(words("quarter {name}", name=each) for each in asked.quarters),
        f"“{asked.text}”" if asked.text else "",
        words("from {day}", day=day_month(asked.since)) if asked.since else "",
        words("up to {day}", day=day_month(asked.until)) if asked.until else "",
    ]
    reports = words.plural("{n} report", "{n} reports", found.reports)
    people = words.plural("{n} person", "{n} people", found.people)
    return f"{joined(parts)}: {reports}, {people}"


def ways_of(found: Involved, words: Words) -> tuple[WayCount, ...]:
    many = {
        AnswerBy.MAIL: found.mail,
        AnswerBy.SMS: found.sms,
        AnswerBy.LETTER: found.letter,
        AnswerBy.PHONE: found.phone,
    }
    return tuple(WayCount(words(WAYS[way][0]), WAYS[way][1], n) for way, n in many.items())


def notes_of(found: Involved, words: Words) -> tuple[str, ...]:
    """What becomes of the others, and of letters and calls."""
    notes = []
    if found.letter:
        notes.append(words("Letters go on the pile of letters to post."))
    if found.phone:
        notes.append(words("Who wants it by telephone stands on the list of calls."))
    if found.doubles:
        notes.append(
            words.plural(
                "{n} person stood there twice: the same mail or number. They get it once.",
                "{n} people stood there twice: the same mail or number. They get it once.",
                found.doubles,
            )
        )
    if found.unreachable:
        notes.append(
            words.plural(
                "{n} is anonymous and gets nothing.",
                "{n} are anonymous and get nothing.",
                found.unreachable,
            )
        )
    return tuple(notes)


def last_of(found: Involved, today: date, words: Words) -> str:
    last = found.last
    if last is None:
        return ""
    return words(
        "{name} told {people} people something {moment}.",
        name=last.user_name,
        people=last.people,
        moment=said_at(last.at, today, words),
    )


def send_of(state: InformState, words: Words) -> str:
    many = sum(way.many for way in state.ways)
    if state.armed:
        return words.plural("Yes, tell {n} person now", "Yes, tell {n} people now", many)
    return words.plural("Tell {n} person", "Tell {n} people", many)


def done_of(done: Informed, words: Words) -> str:
    """``131 mensen: 100 e-mail, 20 sms, 8 brief, 3 telefoon``."""
    many = {
        AnswerBy.MAIL: done.mail,
        AnswerBy.SMS: done.sms,
        AnswerBy.LETTER: done.letter,
        AnswerBy.PHONE: done.phone,
    }
    parts = [f"{n} {words(WAYS[way][0]).lower()}" for way, n in many.items() if n]
    people = words.plural("{n} person", "{n} people", done.people)
    return f"{people}: {', '.join(parts)}"
