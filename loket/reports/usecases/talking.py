"""The conversation with citizens, and notes among colleagues."""

from collections.abc import Collection
from datetime import datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from loket.catalogue.hours import holiday_name
from loket.catalogue.offer import Offer
from loket.kit.clock import from_wall, local_day
from loket.kit.ids import new_id
from loket.reports.messages.following import (
    LettersToPost,
    MakePromise,
    NoteAnswer,
    NoteAttempt,
    NoteReport,
    PostedLetters,
    Reply,
    ReplyTo,
)
from loket.reports.messages.taking import Report
from loket.reports.queries.arrangements import read_regulation
from loket.reports.queries.hiding import sight_of
from loket.reports.queries.letters import read_letters
from loket.reports.queries.reports import REPORTER, reporters_of
from loket.reports.rules.flow import ENDED, MOVES, ReportAct, ReportState, WrongReportState
from loket.reports.rules.involved import way_of
from loket.reports.rules.kinds import (
    AnswerBy,
    NoWayToAnswer,
    PromiseExists,
    ReplyUnfinished,
    ReportKind,
    UnknownReporter,
)
from loket.reports.rules.replies import NAME, check_braces, open_field
from loket.reports.rules.terms import reaction_due
from loket.reports.tables import PromiseRow
from loket.reports.usecases.ledger import change, commit_report, held, move, tell
from loket.reports.usecases.notices import LETTER, own_words, send_reply
from loket.reports.usecases.registering import check_way, reindex
from loket.staff.rules import Permission
from loket.store.work import Work

PROMISE = PromiseRow.metadata.tables["report_promise"]
NOTE_LENGTH: Final = 200
_EVENING: Final = time(17)
_THEN = frozenset({ReportAct.ASK_CITIZEN, ReportAct.RESOLVE})
_POSTED = (
    update(LETTER)
    .where(LETTER.c.id.in_(bindparam("ids", expanding=True)), LETTER.c.posted_at.is_(None))
    .values(posted_at=bindparam("now"), posted_by=bindparam("by"))
    .returning(LETTER.c.id, LETTER.c.report_id)
)
_KEEP = (
    update(PROMISE)
    .where(PROMISE.c.report_id == bindparam("report"), PROMISE.c.kept_at.is_(None))
    .where(PROMISE.c.reporter_id == bindparam("reporter"))
    .values(kept_at=bindparam("now"))
    .returning(PROMISE.c.id)
)
_REPORTER = select(REPORTER).where(
    REPORTER.c.id == bindparam("reporter"), REPORTER.c.report_id == bindparam("report")
)


def reply(work: Work, offer: Offer, report_id: str, command: Reply) -> Report:
    """Answer or ask, by the citizen's own way; the report goes along with it."""
    work.allow(Permission.HANDLE_REPORT)
    if command.then is not None and command.then not in _THEN:
        raise WrongReportState(act=command.then)
    row = held(work, offer, report_id, command.seen_version)
    only = _reporter(work, report_id, command.reporter_id).id if command.reporter_id else None
    row = say_to_citizens(work, offer, row, command.text, to=command.to, by=command.by, only=only)
    if command.then is ReportAct.ASK_CITIZEN:
        row = move(work, offer, row, ReportAct.ASK_CITIZEN)
    elif command.then is ReportAct.RESOLVE:
        row = move(work, offer, row, ReportAct.RESOLVE, also={"answered_at": work.now})
        if command.close:
            row = move(work, offer, row, ReportAct.CLOSE)
    reindex(work, row)
    return commit_report(work, offer, row)


def say_to_citizens(  # noqa: PLR0913 - what, to whom and how
    work: Work,
    offer: Offer,
    row: Any,
    text: str,
    *,
    to: ReplyTo,
    by: AnswerBy | None = None,
    only: str | None = None,
) -> Any:
    """Say something to who made it, or to everybody involved, or only to one; does not commit.

    Each reads their own name where the text says so. What nobody reads is kept as a note: who is
    anonymous gets no answer, but what was decided stands in the file.
    """
    check_finished(text)
    row = change(work, row, reaction_due=None)
    everybody = to is ReplyTo.ALL and only is None
    people = _spoken_to(work, row, to, only)
    if not people:
        tell(work, offer, row, ReportAct.NOTE, text=text)
    for reporter in people:
        way = by or (way_of(reporter) if everybody else AnswerBy(reporter.answer_by))
        check_way(reporter, way)
        own = own_words(text, row, reporter)
        if everybody and way is AnswerBy.PHONE:
            _to_be_called(work, offer, row, reporter, own)
            continue
        seq = tell(
            work, offer, row, ReportAct.REPLY, text=own, channel=way, reporter_id=reporter.id
        )
        send_reply(work, offer, row, reporter, own, seq, way)
    return row


def check_finished(text: str, own: Collection[str] = (NAME,)) -> None:
    """Refuse a reply in which a field is still open, or only half a field stands."""
    if missing := open_field(text, own):
        raise ReplyUnfinished(field=missing)
    check_braces(text)


def _to_be_called(work: Work, offer: Offer, row: Any, reporter: Any, text: str) -> None:
    """Who wants it by telephone has heard nothing yet: they are called by tomorrow evening."""
    due = from_wall(local_day(work.now) + timedelta(days=1), _EVENING)
    note = " ".join(text.split())[:NOTE_LENGTH]
    values = promise_values(work, reporter, due, note=note, for_user_id=row.handler_id)
    work.connection.execute(insert(PROMISE), values)
    tell(
        work,
        offer,
        row,
        ReportAct.PROMISE,
        text=text,
        channel=AnswerBy.PHONE,
        reporter_id=reporter.id,
        promise=values["id"],
        due=due.isoformat(),
    )


def _spoken_to(work: Work, row: Any, to: ReplyTo, only: str | None) -> list[Any]:
    people = [one for one in reporters_of(work.connection, row.id) if not one.anonymous]
    if only is not None:
        return [one for one in people if one.id == only]
    return people if to is ReplyTo.ALL else people[:1]


def note_report(work: Work, offer: Offer, report_id: str, command: NoteReport) -> Report:
    """An internal note: no citizen reads it."""
    work.allow(Permission.HANDLE_REPORT)
    row = change(work, held(work, offer, report_id))
    tell(work, offer, row, ReportAct.NOTE, text=command.text)
    reindex(work, row)
    return commit_report(work, offer, row)


def note_answer(work: Work, offer: Offer, report_id: str, command: NoteAnswer) -> Report:
    """What a citizen said or wrote back; whoever waited for it goes on."""
    work.allow(Permission.TAKE_REPORT)
    row = held(work, offer, report_id)
    reporter = _reporter(work, report_id, command.reporter_id)
    row, _seq = heard(work, offer, row, reporter.id, str(command.channel), command.text)
    return commit_report(work, offer, row)


def heard(
    work: Work,
    offer: Offer,
    row: Any,
    reporter_id: str | None,
    channel: str,
    text: str,
    **facts: str | None,
) -> tuple[Any, int]:
    """Put what a citizen says in the file; gives the number of its line, too. Does not commit."""
    state = ReportState(row.state)
    row = await_reaction(work, row)
    seq = tell(
        work,
        offer,
        row,
        ReportAct.ANSWERED,
        text=text,
        channel=channel,
        reporter_id=reporter_id,
        **facts,
    )
    if state is ReportState.WAITING_CITIZEN and (state, ReportAct.RESUME) in MOVES:
        row = move(work, offer, row, ReportAct.RESUME)
    reindex(work, row)
    return row, seq


def await_reaction(work: Work, row: Any) -> Any:
    """Somebody wrote: while it goes on, the town reacts within its term."""
    if ReportState(row.state) in ENDED:
        return change(work, row)
    regulation = read_regulation(work.connection, ReportKind(row.kind), row.registered_at)
    due = reaction_due(regulation, local_day(work.now), holiday_name).due
    return change(work, row, reaction_due=due)


def note_attempt(work: Work, offer: Offer, report_id: str, command: NoteAttempt) -> Report:
    """Tried to reach somebody by telephone; who was reached was promised nothing more."""
    work.allow(Permission.HANDLE_REPORT)
    row = change(work, held(work, offer, report_id))
    reporter = _reporter(work, report_id, command.reporter_id)
    tell(
        work,
        offer,
        row,
        ReportAct.ATTEMPT,
        text=command.text,
        channel=str(AnswerBy.PHONE),
        reporter_id=reporter.id,
        reached="yes" if command.reached else "no",
    )
    if command.reached:
        asked = {"report": report_id, "reporter": reporter.id, "now": work.now}
        for kept in work.connection.execute(_KEEP, asked).all():
            tell(work, offer, row, ReportAct.KEEP_PROMISE, promise=kept.id)
    return commit_report(work, offer, row)


def make_promise(work: Work, offer: Offer, report_id: str, command: MakePromise) -> Report:
    """Somebody is promised to be called back before a moment."""
    work.allow(Permission.TAKE_REPORT)
    row = change(work, held(work, offer, report_id))
    reporter = _reporter(work, report_id, command.reporter_id)
    if not reporter.phone:
        raise NoWayToAnswer(way=AnswerBy.PHONE)
    values = promise_values(
        work,
        reporter,
        command.due_at,
        note=command.note,
        for_user_id=command.for_user_id,
        ident=command.id,
    )
    _add_promise(work, values)
    tell(
        work,
        offer,
        row,
        ReportAct.PROMISE,
        text=command.note,
        reporter_id=reporter.id,
        promise=command.id,
        due=command.due_at.isoformat(),
    )
    return commit_report(work, offer, row)


def promise_values(
    work: Work,
    reporter: Any,
    due_at: datetime,
    *,
    note: str,
    for_user_id: str | None = None,
    ident: str = "",
) -> dict[str, Any]:
    """A promise to call somebody back as it is kept."""
    return {
        "id": ident or new_id(),
        "report_id": reporter.report_id,
        "reporter_id": reporter.id,
        "due_at": due_at,
        "made_at": work.now,
        "made_by": work.actor.user_id,
        "for_user_id": for_user_id,
        "kept_at": None,
        "note": note,
    }


def post_letters(work: Work, offer: Offer, command: PostedLetters) -> LettersToPost:
    """These letters were given to the post; what is left is the answer."""
    work.allow(Permission.HANDLE_REPORT)
    asked = {"ids": command.ids, "now": work.now, "by": work.actor.user_id}
    for letter in work.connection.execute(_POSTED, asked).all():
        work.record("post_letter", "report", letter.report_id, letter=letter.id)
    left = read_letters(work.connection, sight_of(work.actor, offer))
    return work.commit(left)


def _add_promise(work: Work, values: dict[str, Any]) -> None:
    try:
        work.connection.execute(insert(PROMISE), values)
    except IntegrityError as error:
        raise PromiseExists(promise=values["id"]) from error


def _reporter(work: Work, report_id: str, reporter_id: str) -> Any:
    asked = {"report": report_id, "reporter": reporter_id}
    row = work.connection.execute(_REPORTER, asked).one_or_none()
    if row is None:
        raise UnknownReporter(reporter=reporter_id)
    return row
