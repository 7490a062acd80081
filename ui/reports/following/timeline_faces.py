"""The history of a report as it is read: what was said, by whom, and each step in one line."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import pairwise

from loket.kit.i18n import Words, mark
from loket.reports.messages.following import Attachment, Entry, ReportFile
from loket.reports.messages.taking import Reporter
from loket.reports.rules.flow import Founded, Inadmissible, ReportAct, Solved
from ui.reports.following.change_faces import changed
from ui.reports.following.naming import (
    CHANNELS,
    FOUNDED,
    INADMISSIBLE,
    SOLVED,
    Town,
    said_at,
)
from ui.reports.following.post_faces import post_of
from ui.reports.following.state import FileFace, Item, PostFace

_SAID = frozenset(
    {ReportAct.REGISTER, ReportAct.JOIN, ReportAct.ANSWERED, ReportAct.PARTY_ANSWERED}
)
_KILO = 1024
_ICONS: dict[ReportAct, str] = {
    ReportAct.CONFIRM: "ph.envelope-simple",
    ReportAct.ASSIGN: "ph.arrow-bend-up-right",
    ReportAct.RETURN: "ph.arrow-u-up-left",
    ReportAct.START: "ph.play-circle",
    ReportAct.ASK_CITIZEN: "ph.question",
    ReportAct.AWAIT_THIRD: "ph.users",
    ReportAct.RESUME: "ph.play-circle",
    ReportAct.RESOLVE: "ph.check-circle",
    ReportAct.CLOSE: "ph.archive",
    ReportAct.REOPEN: "ph.arrow-counter-clockwise",
    ReportAct.REFER: "ph.arrow-square-out",
    ReportAct.DECLARE_INADMISSIBLE: "ph.prohibit",
    ReportAct.MACHINE_ANSWERED: "ph.robot",
    ReportAct.ATTEMPT: "ph.phone",
    ReportAct.PROMISE: "ph.clock",
    ReportAct.KEEP_PROMISE: "ph.check-circle",
    ReportAct.EXTEND: "ph.calendar-plus",
    ReportAct.CHANGE: "ph.pencil-simple",
    ReportAct.LINK: "ph.link",
    ReportAct.JUDGE: "ph.scales",
    ReportAct.ATTACH: "ph.paperclip",
    ReportAct.TAKE: "ph.user",
    ReportAct.HAND: "ph.arrows-left-right",
}
_PLAIN: dict[ReportAct, str] = {
    ReportAct.START: mark("Handling began"),
    ReportAct.ASK_CITIZEN: mark("Waits for the reporter"),
    ReportAct.AWAIT_THIRD: mark("Waits for others"),
    ReportAct.RESUME: mark("Handling goes on"),
    ReportAct.RESOLVE: mark("Solved"),
    ReportAct.CLOSE: mark("Closed"),
    ReportAct.REOPEN: mark("Opened again"),
    ReportAct.RETURN: mark("Sent back"),
    ReportAct.KEEP_PROMISE: mark("Called back as promised"),
    ReportAct.ATTACH: mark("File added"),
    ReportAct.TAKE: mark("Taken on"),
    ReportAct.MACHINE_ANSWERED: mark("Automatic answer"),
}


@dataclass(frozen=True)
class _Known:
    file: ReportFile
    town: Town
    today: date
    words: Words

    def person(self, ident: str | None) -> Reporter | None:
        return next((one for one in self.file.reporters if one.id == ident), None)

    def name(self, ident: str | None) -> str:
        person = self.person(ident)
        if person is None or person.anonymous:
            return self.words("Anonymous")
        return person.name


def items_of(file: ReportFile, town: Town, today: date, words: Words) -> tuple[Item, ...]:
    """The whole history, the oldest first."""
    known = _Known(file, town, today, words)
    merged = _merged(file.entries)
    answers = {ReportAct.ANSWERED, ReportAct.PARTY_ANSWERED}
    last = max((e.seq for e in merged if e.act in answers), default=0)
    fresh = last if file.report.reaction_due is not None else 0
    return tuple(_item(entry, known, fresh=entry.seq == fresh) for entry in merged)


def _merged(entries: list[Entry]) -> list[Entry]:
    """Files that came right after words stand with them."""
    found = list(entries)
    for before, after in reversed(list(pairwise(entries))):
        follows = after.act is ReportAct.ATTACH and before.act in _SAID | {ReportAct.ATTACH}
        if not follows or after.user_id != before.user_id:
            continue
        files = [*before.attachments, *found[found.index(after)].attachments]
        place = found.index(before)
        found[place : place + 2] = [before.model_copy(update={"attachments": files})]
    return found


def _item(entry: Entry, known: _Known, *, fresh: bool) -> Item:
    files = tuple(_file(one) for one in entry.attachments)
    post = _post(entry, known)
    when = said_at(entry.at, known.today, known.words)
    made = partial(Item, when=when, files=files, post=post)
    if entry.act in _SAID:
        text = known.file.report.text if entry.act is ReportAct.REGISTER else entry.text
        if text:
            name, via = _speaker(entry, known), _via(entry, known.words)
            text = _with_refused(text, entry, known.words)
            return made("said", "ph.user", name, via, text, fresh=fresh)
    if entry.act is ReportAct.REPLY:
        return made("ours", "ph.paper-plane-tilt", entry.user_name, _to(entry, known), entry.text)
    if entry.act is ReportAct.NOTE:
        via = known.words("internal note")
        return made("note", "ph.lock-key", entry.user_name, via, entry.text)
    return made("step", _ICONS.get(entry.act, "ph.circle"), "", "", _step(entry, known))


def _post(entry: Entry, known: _Known) -> PostFace | None:
    may = ReportAct.REPLY in known.file.may
    return post_of(entry, known.person(entry.reporter_id), known.words, may_reply=may)


def _speaker(entry: Entry, known: _Known) -> str:
    """Who said it; who wrote a mail from nowhere we know goes by its address."""
    party, sender = entry.facts.get("party"), entry.facts.get("sender", "")
    if entry.act is ReportAct.PARTY_ANSWERED:
        return known.town.party(party) or sender or known.words("Other party")
    return sender if entry.reporter_id is None and sender else known.name(entry.reporter_id)


def _with_refused(text: str, entry: Entry, words: Words) -> str:
    refused = entry.facts.get("refused")
    if not refused:
        return text
    said = words("Attachment not accepted: {names}", names=refused)
    return f"{text}\n\n{said}"


def _via(entry: Entry, words: Words) -> str:
    said = words(CHANNELS[entry.channel]) if entry.channel in CHANNELS else entry.channel
    sender = entry.facts.get("sender")
    if sender and (entry.reporter_id or entry.act is ReportAct.PARTY_ANSWERED):
        return words("{channel}, from {address}", channel=said, address=sender)
    return words("{channel}, about the same", channel=said) if _joins(entry) else said


def _joins(entry: Entry) -> bool:
    return entry.act is ReportAct.JOIN


def _to(entry: Entry, known: _Known) -> str:
    via = known.words(CHANNELS.get(entry.channel, "")) or entry.channel
    if len(known.file.reporters) > 1:
        return known.words("{channel} to {name}", channel=via, name=known.name(entry.reporter_id))
    return via


def _file(one: Attachment) -> FileFace:
    size = f"{max(1, one.size // _KILO)} kB"
    return FileFace(one.id, one.name, size, has_picture=one.has_thumbnail)


# the steps


def _step(entry: Entry, known: _Known) -> str:
    special = _STEPS.get(entry.act)
    said = special(entry, known) if special else known.words(_PLAIN.get(entry.act, ""))
    by = f" · {entry.user_name}" if entry.user_name and entry.act not in _BY_ITSELF else ""
    line = f"{said}: {entry.text}{by}" if entry.text else f"{said}{by}"
    return _with_refused(line, entry, known.words)


_BY_ITSELF = frozenset({ReportAct.CONFIRM})


def _joined(entry: Entry, known: _Known) -> str:
    return known.words("{name} has the same report", name=known.name(entry.reporter_id))


def _registered(_entry: Entry, known: _Known) -> str:
    return known.words("Taken down")


def _confirmed(entry: Entry, known: _Known) -> str:
    words = known.words
    ways = []
    if entry.channel in CHANNELS:
        ways.append(words(CHANNELS[entry.channel]))
    if entry.facts.get("paper"):
        ways.append(words("receipt printed"))
    said = words("Receipt confirmed")
    return f"{said} {', '.join(ways)}" if ways else said


def _assigned(entry: Entry, known: _Known) -> str:
    whose = known.town.whose(entry.facts.get("department"), entry.facts.get("party"))
    return known.words("Sent on to {name}", name=whose or "…")


def _referred(entry: Entry, known: _Known) -> str:
    return known.words("Not for us, but for {name}", name=entry.facts.get("to", "…"))


def _inadmissible(entry: Entry, known: _Known) -> str:
    reason = entry.facts.get("reason", "")
    why = known.words(INADMISSIBLE[Inadmissible(reason)]) if reason else "…"
    return known.words("Declared inadmissible: {reason}", reason=why)


def _attempt(entry: Entry, known: _Known) -> str:
    name = known.name(entry.reporter_id)
    if entry.facts.get("reached") == "yes":
        return known.words("{name} was called", name=name)
    return known.words("{name} was called and not reached", name=name)


def _promise(entry: Entry, known: _Known) -> str:
    promise = next((p for p in known.file.promises if p.id == entry.facts.get("promise")), None)
    if promise is None:
        return known.words("Promised to call back")
    due = said_at(promise.due_at, known.today, known.words)
    return known.words("Promised to call back by {moment}", moment=due)


def _extended(entry: Entry, known: _Known) -> str:
    until = entry.facts.get("until", "")
    if not until:
        return known.words("Term extended")
    return known.words(
        "Term extended to {day}", day=known.words.slip_day(date.fromisoformat(until))
    )


def _linked(entry: Entry, known: _Known) -> str:
    to, other = entry.facts.get("to"), entry.facts.get("from_") or entry.facts.get("from", "…")
    if to:
        return known.words("Linked to {reference}", reference=to)
    return known.words("{reference} was linked to this", reference=other)


def _judged(entry: Entry, known: _Known) -> str:
    founded, solved = entry.facts.get("founded", ""), entry.facts.get("solved", "")
    said = [
        known.words(FOUNDED[Founded(founded)]) if founded else "",
        known.words(SOLVED[Solved(solved)]) if solved else "",
    ]
    return known.words("Judged: {words}", words=", ".join(filter(None, said)))


def _handed(entry: Entry, known: _Known) -> str:
    words, names = known.words, known.file.colleagues
    to = names.get(entry.facts.get("handler", ""), "")
    former = names.get(entry.facts.get("former", ""), "")
    if to and former:
        return words("Handed from {former} to {name}", former=former, name=to)
    if to:
        return words("Handed to {name}", name=to)
    return words("No longer with {name}", name=former or "…")


_STEPS: dict[ReportAct, Callable[[Entry, _Known], str]] = {
    ReportAct.REGISTER: _registered,
    ReportAct.JOIN: _joined,
    ReportAct.CONFIRM: _confirmed,
    ReportAct.ASSIGN: _assigned,
    ReportAct.REFER: _referred,
    ReportAct.DECLARE_INADMISSIBLE: _inadmissible,
    ReportAct.ATTEMPT: _attempt,
    ReportAct.PROMISE: _promise,
    ReportAct.EXTEND: _extended,
    ReportAct.LINK: _linked,
    ReportAct.JUDGE: _judged,
    ReportAct.HAND: _handed,
    ReportAct.CHANGE: lambda entry, known: changed(entry.facts, known.town, known.words),
}
