"""What a filled-in form asks of the desk, as a command."""

from collections.abc import Callable
from typing import Any, Final

from loket.kit.clock import from_wall
from loket.reports.messages.following import (
    ChangeReport,
    DeclareInadmissible,
    JudgeComplaint,
    MakePromise,
    MoveReport,
    NoteAnswer,
    NoteAttempt,
    ReferReport,
    ReturnReport,
    Seen,
)
from loket.reports.rules.flow import Founded, Inadmissible, ReportAct, Solved
from loket.reports.rules.kinds import AnswerBy
from loket.wire.base import WireIn
from ui.reports.following import changing
from ui.reports.following.desk import FollowedReports
from ui.reports.following.dock_faces import ATTEMPT_NO, ATTEMPT_YES, HEARD, PROMISE
from ui.reports.following.form_state import FormState
from ui.reports.following.forms import completed

_SHORT: Final = 200
DO: Final[dict[str, Callable[[FollowedReports], Callable[..., Any]]]] = {
    "return": lambda calls: calls.return_it,
    "refer": lambda calls: calls.refer,
    "declare_inadmissible": lambda calls: calls.declare_inadmissible,
    "extend": lambda calls: calls.extend,
    "judge": lambda calls: calls.judge,
    "change": lambda calls: calls.change,
    "await_third": lambda calls: calls.move,
    "reopen": lambda calls: calls.move,
    ATTEMPT_YES: lambda calls: calls.note_attempt,
    ATTEMPT_NO: lambda calls: calls.note_attempt,
    PROMISE: lambda calls: calls.promise,
    HEARD: lambda calls: calls.note_answer,
    changing.HAND: lambda calls: calls.hand,
    **dict.fromkeys(
        (changing.TITLE, changing.KIND, changing.URGENCY, changing.PLACE),
        lambda calls: calls.change,
    ),
}
"""Which call of the desk each form ends in."""


def command_of(form: FormState, seen: int, *, me: str) -> WireIn:
    """``seen``: the version of the report that stood on the screen; ``me``: who promises."""
    if form.kind in changing.TITLES:
        return changing.command_of(form, seen)
    if form.kind in _CALLS:
        return _CALLS[form.kind](form, me)
    return _ACTS[form.kind](form, seen)


def _return(form: FormState, seen: int) -> WireIn:
    return ReturnReport(seen_version=seen, reason=form.text.strip()[:_SHORT])


def _refer(form: FormState, seen: int) -> WireIn:
    return ReferReport(seen_version=seen, to=form.line, text=completed(form))


def _refuse(form: FormState, seen: int) -> WireIn:
    reason = Inadmissible(form.first_chosen)
    return DeclareInadmissible(seen_version=seen, reason=reason, text=completed(form))


def _extend(_form: FormState, seen: int) -> WireIn:
    return Seen(seen_version=seen)


def _judge(form: FormState, seen: int) -> WireIn:
    founded, solved = Founded(form.first_chosen), Solved(form.second_chosen)
    return JudgeComplaint(seen_version=seen, founded=founded, solved=solved)


def _change(form: FormState, seen: int) -> WireIn:
    return ChangeReport(seen_version=seen, category_id=form.first_chosen)


def _move(form: FormState, seen: int) -> WireIn:
    reason = form.text.strip()[:_SHORT]
    return MoveReport(seen_version=seen, act=ReportAct(form.kind), reason=reason)


def _attempt(form: FormState, _me: str) -> WireIn:
    return NoteAttempt(
        reporter_id=form.first_chosen, reached=form.kind == ATTEMPT_YES, text=form.text.strip()
    )


def _promise(form: FormState, me: str) -> WireIn:
    if form.day is None or form.time is None:
        raise AssertionError("a promise has a day and a time")
    return MakePromise(
        reporter_id=form.first_chosen,
        due_at=from_wall(form.day, form.time),
        for_user_id=me or None,
        note=form.line.strip(),
    )


def _heard(form: FormState, _me: str) -> WireIn:
    way = AnswerBy(form.second_chosen)
    return NoteAnswer(reporter_id=form.first_chosen, channel=way, text=form.text.strip())


_ACTS: Final[dict[str, Callable[[FormState, int], WireIn]]] = {
    "return": _return,
    "refer": _refer,
    "declare_inadmissible": _refuse,
    "extend": _extend,
    "judge": _judge,
    "change": _change,
    "await_third": _move,
    "reopen": _move,
}
_CALLS: Final[dict[str, Callable[[FormState, str], WireIn]]] = {
    ATTEMPT_YES: _attempt,
    ATTEMPT_NO: _attempt,
    PROMISE: _promise,
    HEARD: _heard,
}
