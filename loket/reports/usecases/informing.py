"""Telling everybody whom a list shows something: one act, each by their own way, nobody twice."""

from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from loket.catalogue.offer import Offer
from loket.correspondence.usecases.posting import Post, post_many
from loket.kit.clock import local_day
from loket.reports.messages.informing import InformAll, Informed
from loket.reports.messages.taking import ReportsTold
from loket.reports.queries.hiding import sight_of
from loket.reports.queries.involved import (
    ANNOUNCEMENT,
    INFORMED,
    Gathered,
    gather,
    last_informed,
)
from loket.reports.queries.reports import REPORT
from loket.reports.rules.flow import ReportAct
from loket.reports.rules.involved import (
    Everybody,
    InformedAlready,
    InformedMeanwhile,
    InvolvedChanged,
    Reached,
)
from loket.reports.rules.kinds import AnswerBy
from loket.reports.rules.replies import OWN_FIELDS
from loket.reports.usecases.ledger import ENTRY, entry_values
from loket.reports.usecases.notices import (
    LETTER,
    electronic,
    letter_values,
    own_words,
    reply_message,
)
from loket.reports.usecases.talking import NOTE_LENGTH, PROMISE, check_finished, promise_values
from loket.staff.rules import Permission
from loket.store.work import Work

_LAST_SEQS: Final = (
    select(ENTRY.c.report_id, func.max(ENTRY.c.seq).label("seq"))
    .where(ENTRY.c.report_id.in_(bindparam("ids", expanding=True)))
    .group_by(ENTRY.c.report_id)
)
_NEWER: Final = (
    update(REPORT)
    .where(REPORT.c.id.in_(bindparam("ids", expanding=True)))
    .values(version=REPORT.c.version + 1)
)


@dataclass
class _Written:
    """Everything that one act writes, gathered so that a thousand people are a few statements."""

    entries: list[dict[str, Any]] = field(default_factory=list)
    letters: list[dict[str, Any]] = field(default_factory=list)
    promises: list[dict[str, Any]] = field(default_factory=list)
    informed: list[dict[str, Any]] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)


def inform_all(work: Work, offer: Offer, command: InformAll) -> Informed:
    """Each reads it by their own way, and in their own file; who is called stands on the list."""
    work.allow(Permission.DISPATCH_REPORT)
    check_finished(command.text, OWN_FIELDS)
    found = gather(
        work.connection,
        sight_of(work.actor, offer),
        command.filter,
        today=local_day(work.now),
        user_id=work.actor.user_id,
        hold=True,
    )
    _check(work, found, command)
    _announce(work, command, len(found.people.reached))
    written = _written(work, found, command)
    _write(work, offer, written)
    _tell_desks(work, offer, command, found)
    return work.commit(_informed(command.id, found.people))


def _check(work: Work, found: Gathered, command: InformAll) -> None:
    """What was looked at is what is done: the same people, and nobody told them meanwhile."""
    last = last_informed(work.connection, list(found.reports))
    if last is not None and last.id == command.id:
        raise InformedAlready
    if last is not None and last.id != command.seen_last:
        raise InformedMeanwhile(name=last.user_name, people=last.people)
    if len(found.people.reached) != command.seen_people:
        raise InvolvedChanged(people=len(found.people.reached))


def _announce(work: Work, command: InformAll, people: int) -> None:
    values = {
        "id": command.id,
        "made_at": work.now,
        "made_by": work.actor.user_id,
        "filter": command.filter.model_dump(mode="json", exclude={"text"}),
        "text": command.text,
        "people": people,
    }
    try:
        work.connection.execute(insert(ANNOUNCEMENT), values)
    except IntegrityError as error:
        raise InformedAlready from error


def _written(work: Work, found: Gathered, command: InformAll) -> _Written:
    written = _Written()
    touched = sorted({_of(one).report_id for one in found.people.reached})
    seqs = {row.report_id: row.seq for row in work.connection.execute(_LAST_SEQS, {"ids": touched})}
    for one in found.people.reached:
        report_id = _of(one).report_id
        seqs[report_id] = seqs.get(report_id, 0) + 1
        _one(work, found.reports[report_id], one, command, seqs[report_id], written)
    work.connection.execute(_NEWER, {"ids": touched})
    return written


def _one(
    work: Work, row: Any, one: Reached, command: InformAll, seq: int, written: _Written
) -> None:
    reporter = _of(one)
    text = own_words(command.text, row, reporter)
    to = electronic(reporter, one.way)
    facts: dict[str, str] = {"announcement": command.id}
    if to is not None:
        written.posts.append(reply_message(row, reporter, to, text, seq))
    elif one.way is AnswerBy.LETTER:
        written.letters.append(letter_values(row, reporter, text, seq, work.now))
    else:
        promise = _promise(work, reporter, text, command)
        written.promises.append(promise)
        facts |= {"promise": promise["id"], "due": command.call_by.isoformat()}
    act = ReportAct.PROMISE if one.way is AnswerBy.PHONE else ReportAct.REPLY
    written.entries.append(
        entry_values(
            work, row, act, seq, text=text, channel=one.way, reporter_id=reporter.id, **facts
        )
    )
    written.informed.append(
        {
            "announcement_id": command.id,
            "person_key": one.key,
            "report_id": row.id,
            "reporter_id": reporter.id,
        }
    )


def _of(one: Reached) -> Any:
    return one.person


def _promise(work: Work, reporter: Any, text: str, command: InformAll) -> dict[str, Any]:
    note = " ".join(text.split())
    return promise_values(
        work,
        reporter,
        command.call_by,
        note=note if len(note) <= NOTE_LENGTH else f"{note[: NOTE_LENGTH - 1]}…",
    )


def _write(work: Work, offer: Offer, written: _Written) -> None:
    """The words are not made findable in each file: what all have in common finds nothing."""
    tables = (
        (ENTRY, written.entries),
        (INFORMED, written.informed),
        (LETTER, written.letters),
        (PROMISE, written.promises),
    )
    for table, rows in tables:
        if rows:
            work.connection.execute(insert(table), rows)
    post_many(work, offer.catalogue.town, written.posts)


def _tell_desks(work: Work, offer: Offer, command: InformAll, found: Gathered) -> None:
    work.record(
        "inform_all",
        "report_announcement",
        command.id,
        people=len(found.people.reached),
        reports=len(found.reports),
    )
    for site in offer.catalogue.sites:
        work.announce(site.id, "reports_told", ReportsTold(announcement_id=command.id))


def _informed(ident: str, people: Everybody) -> Informed:
    return Informed(
        id=ident,
        people=len(people.reached),
        mail=people.by(AnswerBy.MAIL),
        sms=people.by(AnswerBy.SMS),
        letter=people.by(AnswerBy.LETTER),
        phone=people.by(AnswerBy.PHONE),
    )
