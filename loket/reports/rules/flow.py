"""The states of a report and the only moves between them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from loket.kit.errors import Conflict, Invalid
from loket.reports.rules.kinds import ReportKind


class ReportState(StrEnum):
    NEW = "new"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    WAITING_CITIZEN = "waiting_citizen"
    WAITING_THIRD = "waiting_third"
    RESOLVED = "resolved"
    CLOSED = "closed"
    REFERRED = "referred"
    """Not for us: somebody else answers."""
    INADMISSIBLE = "inadmissible"


class ReportAct(StrEnum):
    """What is done with a report; the first eleven move it, the others leave it where it is."""

    ASSIGN = "assign"
    RETURN = "return"
    START = "start"
    ASK_CITIZEN = "ask_citizen"
    AWAIT_THIRD = "await_third"
    RESUME = "resume"
    RESOLVE = "resolve"
    CLOSE = "close"
    REOPEN = "reopen"
    REFER = "refer"
    DECLARE_INADMISSIBLE = "declare_inadmissible"
    REGISTER = "register"
    JOIN = "join"
    """One more citizen with the same report."""
    CONFIRM = "confirm"
    """The citizen has a confirmation that it was received."""
    REPLY = "reply"
    NOTE = "note"
    ANSWERED = "answered"
    """The citizen wrote or said something."""
    PARTY_ANSWERED = "party_answered"
    """A party outside that handles it wrote something; no citizen reads it."""
    MACHINE_ANSWERED = "machine_answered"
    """An automatic answer to a mail of ours, such as out of office: nobody said anything."""
    ATTEMPT = "attempt"
    """Somebody tried to reach the citizen by telephone."""
    PROMISE = "promise"
    KEEP_PROMISE = "keep_promise"
    EXTEND = "extend"
    CHANGE = "change"
    LINK = "link"
    JUDGE = "judge"
    """Of a complaint: founded or not, solved or not."""
    ATTACH = "attach"
    TAKE = "take"
    """Somebody makes it theirs."""
    HAND = "hand"
    """Somebody gives it to a colleague."""


_S = ReportState
_A = ReportAct
_OPEN: Final = (_S.NEW, _S.ASSIGNED, _S.IN_PROGRESS, _S.WAITING_CITIZEN, _S.WAITING_THIRD)
_WITH_DEPARTMENT: Final = (_S.ASSIGNED, _S.IN_PROGRESS, _S.WAITING_CITIZEN, _S.WAITING_THIRD)
_WAITING: Final = (_S.WAITING_CITIZEN, _S.WAITING_THIRD)

MOVES: Final[Mapping[tuple[ReportState, ReportAct], ReportState]] = {
    **{(state, _A.ASSIGN): _S.ASSIGNED for state in _OPEN},
    **{(state, _A.RETURN): _S.NEW for state in _WITH_DEPARTMENT},
    (_S.ASSIGNED, _A.START): _S.IN_PROGRESS,
    (_S.IN_PROGRESS, _A.ASK_CITIZEN): _S.WAITING_CITIZEN,
    (_S.IN_PROGRESS, _A.AWAIT_THIRD): _S.WAITING_THIRD,
    **{(state, _A.RESUME): _S.IN_PROGRESS for state in _WAITING},
    **{(state, _A.RESOLVE): _S.RESOLVED for state in (_S.IN_PROGRESS, *_WAITING)},
    (_S.RESOLVED, _A.CLOSE): _S.CLOSED,
    (_S.RESOLVED, _A.REOPEN): _S.ASSIGNED,
    (_S.CLOSED, _A.REOPEN): _S.ASSIGNED,
    (_S.REFERRED, _A.REOPEN): _S.NEW,
    (_S.INADMISSIBLE, _A.REOPEN): _S.NEW,
    **{(state, _A.REFER): _S.REFERRED for state in (_S.NEW, _S.ASSIGNED)},
    **{(state, _A.DECLARE_INADMISSIBLE): _S.INADMISSIBLE for state in _OPEN},
}
"""Every move there is; anything else is refused."""

OPEN: Final = frozenset(_OPEN)
ENDED: Final = frozenset(ReportState) - OPEN
REASONED: Final = frozenset({_A.RETURN, _A.REFER, _A.DECLARE_INADMISSIBLE, _A.REOPEN})
"""What is never done without saying why."""


class WrongReportState(Conflict):
    """``act`` cannot be done while a report is in ``state``."""

    code = "report.wrong_state"


class ReasonMissing(Invalid):
    """``act`` needs a reason."""

    code = "report.reason_missing"


class NotAComplaint(Conflict):
    """Only a complaint can be inadmissible, or founded."""

    code = "report.not_a_complaint"


class Inadmissible(StrEnum):
    """Why a complaint is not handled (as the yearly reports of Flemish ombudsmen count them)."""

    ANONYMOUS = "anonymous"
    POLICY = "policy"
    APPEAL_OPEN = "appeal_open"
    HANDLED_BEFORE = "handled_before"
    OVER_A_YEAR = "over_a_year"
    IN_COURT = "in_court"
    MANIFESTLY_UNFOUNDED = "manifestly_unfounded"
    NO_INTEREST = "no_interest"
    NOT_COMPETENT = "not_competent"
    OWN_STAFF = "own_staff"


class Founded(StrEnum):
    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Solved(StrEnum):
    YES = "yes"
    PARTLY = "partly"
    NO = "no"


def moved(state: ReportState, act: ReportAct) -> ReportState:
    """Where an act brings a report; :class:`WrongReportState` where it cannot."""
    try:
        return MOVES[state, act]
    except KeyError:
        raise WrongReportState(state=state, act=act) from None


def path_to(state: ReportState, act: ReportAct) -> tuple[ReportAct, ...]:
    """The acts that lead to ``act``: who answers a report that nobody began, begins it."""
    if (state, act) not in MOVES and (state, _A.START) in MOVES:
        moved(MOVES[state, _A.START], act)
        return (_A.START, act)
    moved(state, act)
    return (act,)


def check_reason(act: ReportAct, reason: str) -> None:
    if act in REASONED and not reason.strip():
        raise ReasonMissing(act=act)


def check_complaint(kind: ReportKind) -> None:
    if kind is not ReportKind.COMPLAINT:
        raise NotAComplaint(kind=kind)
