"""The right column: who reports, who handles, whom it can be sent on to, and what may be done."""

from loket.kit.i18n import Words, mark
from loket.reports.messages.following import Counts, ReportFile
from loket.reports.messages.taking import Report, Reporter
from loket.reports.rules.flow import Founded, ReportAct, ReportState, Solved
from loket.reports.rules.kinds import AnswerBy, PlaceKind, ReportKind
from loket.wire.contact import number_shown
from ui.reports.following import changing
from ui.reports.following.naming import (
    FOUNDED,
    KINDS,
    SOLVED,
    URGENCIES,
    WAYS,
    Town,
    place_key,
)
from ui.reports.following.state import ActFace, Fact, Goal

FEW = 4
"""So many goals are shown before more are asked for."""
ATTEMPT_YES, ATTEMPT_NO, PROMISE, HEARD = "reached", "not_reached", "promise", "heard"


def reporter_facts(person: Reporter | None, words: Words) -> tuple[Fact, ...]:
    """Who made it, and how they are reached."""
    if person is None:
        return ()
    if person.anonymous:
        return (Fact(words("Name"), words("Anonymous"), strong=True),)
    way, icon = WAYS[person.answer_by]
    via = f"{words(way).lower()}, {str(person.language).upper()}"
    # Where the answer goes by mail, the address stands below the reply.
    known = (
        Fact(words("Name"), person.name, strong=True),
        Fact(words("On behalf of"), person.on_behalf_of),
        Fact(words("By"), via, icon=icon),
        Fact(words("Phone"), number_shown(person.phone) if person.phone else ""),
        Fact(words("E-mail"), "" if person.answer_by is AnswerBy.MAIL else person.email),
        Fact(words("Address"), person.address),
    )
    return tuple(fact for fact in known if fact.text)


def other_facts(people: list[Reporter], words: Words) -> tuple[Fact, ...]:
    """Who else is told how it goes."""
    return tuple(
        Fact("", words("Anonymous") if one.anonymous else one.name, icon=WAYS[one.answer_by][1])
        for one in people[1:]
    )


def handling_facts(file: ReportFile, town: Town, me: str, words: Words) -> tuple[Fact, ...]:
    """What it is about, who handles it, what it is linked to."""
    report = file.report
    facts = [
        _pencil(words("Kind"), words(KINDS[report.kind]), changing.KIND, file),
        _pencil(
            words("Category"),
            town.category(report.category_id) or words("none yet"),
            "change",
            file,
            strong=True,
        ),
        _pencil(words("Place"), _where(report, words), changing.PLACE, file),
        Fact("", words("Outside the town") if report.outside else "", icon="ph.warning-bold"),
        _pencil(words("Urgency"), words(URGENCIES[report.urgency]), changing.URGENCY, file),
        Fact(
            words("Handler"),
            file.handler_name or words("nobody"),
            wish=f"form:{changing.HAND}" if ReportAct.HAND in file.may else "",
        ),
    ]
    if ReportAct.TAKE in file.may and report.handler_id != me:
        facts.append(Fact("", words("Take it on"), wish="take"))
    if file.linked_reference:
        facts.append(_link(words("Linked to"), file.linked_reference))
    facts += [_link(words("Linked"), reference) for reference in file.linked_from]
    facts += _judged(file, words)
    return tuple(fact for fact in facts if fact.text)


def _pencil(name: str, text: str, form: str, file: ReportFile, *, strong: bool = False) -> Fact:
    """A fact that can be made right."""
    may = ReportAct.CHANGE in file.may
    return Fact(name, text, strong=strong, wish=f"form:{form}" if may else "")


def _where(report: Report, words: Words) -> str:
    if report.place_kind is PlaceKind.NONE:
        return words("not about a place")
    spot = words("a point on the map") if not report.address else ""
    return ", ".join(filter(None, (report.address or spot, report.quarter)))


def _link(name: str, reference: str) -> Fact:
    return Fact(name, reference, wish=f"open:{reference}")


def _judged(file: ReportFile, words: Words) -> list[Fact]:
    if not file.founded:
        return []
    said = (words(FOUNDED[Founded(file.founded)]), words(SOLVED[Solved(file.solved)]))
    return [Fact(words("Judged"), ", ".join(said))]


def goals_of(
    file: ReportFile, town: Town, counts: Counts | None, chosen: str, words: Words
) -> list[Goal]:
    """Departments and parties: where it is now, then where its category goes, then the others."""
    if ReportAct.ASSIGN not in file.may:
        return []
    now = place_key(file.report.department_id, file.report.party_id)
    usual = next((c for c in town.categories if c.id == file.report.category_id), None)
    wanted = place_key(usual.department_id, usual.party_id) if usual else ""
    opens = {
        place_key(at.department_id, at.party_id): at.open for at in (counts.at if counts else [])
    }
    goals = [
        Goal(key, name, _detail(key, now, opens.get(key, 0), words), chosen=key == (chosen or now))
        for key, name in _everybody(town)
    ]
    order = {now: 0, wanted: 1}
    return sorted(goals, key=lambda goal: (order.get(goal.key, 2), -opens.get(goal.key, 0)))


def _everybody(town: Town) -> list[tuple[str, str]]:
    parts = town.catalogue.departments if town.catalogue else []
    parties = town.arrangements.parties if town.arrangements else []
    inside = [(place_key(part.id, None), part.name) for part in parts]
    return inside + [(place_key(None, party.id), party.name) for party in parties]


def _detail(key: str, now: str, opened: int, words: Words) -> str:
    if key == now:
        return words("now")
    if key.startswith("p:"):
        return words("external")
    return words.plural("{n} open", "{n} open", opened)


_ACTS: tuple[tuple[ReportAct, str, str], ...] = (
    (ReportAct.START, mark("Begin handling"), "ph.play-circle"),
    (ReportAct.RESUME, mark("Go on handling"), "ph.play-circle"),
    (ReportAct.AWAIT_THIRD, mark("Waits for others…"), "ph.users"),
    (ReportAct.RETURN, mark("Send back…"), "ph.arrow-u-up-left"),
    (ReportAct.REFER, mark("Not for us…"), "ph.arrow-square-out"),
    (ReportAct.DECLARE_INADMISSIBLE, mark("Inadmissible…"), "ph.prohibit"),
    (ReportAct.JUDGE, mark("Founded and solved…"), "ph.scales"),
    (ReportAct.CHANGE, mark("Change category…"), "ph.pencil-simple"),
    (ReportAct.LINK, mark("Link to…"), "ph.link"),
    (ReportAct.REOPEN, mark("Open again…"), "ph.arrow-counter-clockwise"),
)


def acts_of(file: ReportFile, town: Town, words: Words) -> tuple[ActFace, ...]:
    """What the menu offers: no more than what may be done with it now."""
    acts = [ActFace(str(act), words(text), icon) for act, text, icon in _ACTS if act in file.may]
    if ReportAct.EXTEND in file.may and _knows_extension(file, town):
        acts.append(ActFace("extend", words("Extend the term…"), "ph.calendar-plus"))
    person = next((one for one in file.reporters if not one.anonymous), None)
    if person is not None and person.phone and ReportAct.NOTE in file.may:
        acts += [
            ActFace(ATTEMPT_YES, words("Called: reached…"), "ph.phone"),
            ActFace(ATTEMPT_NO, words("Called: not reached…"), "ph.phone-x"),
            ActFace(PROMISE, words("Promise to call back…"), "ph.clock"),
        ]
    if person is not None and file.may:
        acts.append(ActFace(HEARD, words("Note what the reporter says…"), "ph.chat-centered-text"))
    return tuple(acts)


def _knows_extension(file: ReportFile, town: Town) -> bool:
    terms = town.arrangements.terms if town.arrangements else []
    kind: ReportKind = file.report.kind
    days = next((one.extension_days for one in terms if one.kind is kind), 0)
    return bool(days) and not file.answer.extension


def close_of(file: ReportFile, words: Words) -> str:
    """What F12 does, by the state it is in."""
    if ReportAct.RESOLVE in file.may:
        return words("Solve and close")
    if file.report.state is ReportState.RESOLVED and ReportAct.CLOSE in file.may:
        return words("Close")
    return ""
