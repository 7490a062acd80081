"""Roles, what each may do, and how long a wrong password makes one wait."""

from datetime import datetime, timedelta
from enum import StrEnum

from loket.kit.errors import NotAllowed, NotFound, NotSignedIn, TooOften, Unavailable


class Role(StrEnum):
    DESK = "desk"
    COUNTER = "counter"
    SUPERVISOR = "supervisor"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """What an act asks for; checked on the server, in the first line of its use case."""

    RECORD_VISIT = "visit.record"
    ISSUE_TICKET = "ticket.issue"
    WITHDRAW_TICKET = "ticket.withdraw"
    CALL_TICKET = "ticket.call"
    SEE_FIGURES = "figures.see"
    IMPORT_CATALOGUE = "catalogue.import"
    MANAGE_DISPLAYS = "display.manage"
    CLOSE_QUEUE = "queue.close"
    """Open and close queues by hand, and counters of others."""
    BOOK_APPOINTMENT = "appointment.book"
    MANAGE_CALENDAR = "calendar.manage"
    """Schedules, closures, terms of products, and addresses of calendars."""
    SEE_MESSAGES = "message.see"
    """See what goes out to citizens, send it again or withdraw it."""
    MANAGE_TEMPLATES = "template.manage"
    TAKE_REPORT = "report.take"
    """Take reports down, and see how they go."""
    HANDLE_REPORT = "report.handle"
    """Answer citizens, and say what became of a report."""
    DISPATCH_REPORT = "report.dispatch"
    """Decide whose a report is."""
    ARRANGE_REPORTS = "report.arrange"
    """Set rules of dispatch, terms, categories, ready replies and parties outside."""


_DESK = {Permission.RECORD_VISIT, Permission.ISSUE_TICKET, Permission.WITHDRAW_TICKET}
_DESK |= {Permission.BOOK_APPOINTMENT, Permission.SEE_MESSAGES, Permission.TAKE_REPORT}
_COUNTER = _DESK | {Permission.CALL_TICKET, Permission.HANDLE_REPORT}
_COORDINATOR = {Permission.HANDLE_REPORT, Permission.DISPATCH_REPORT}
_COORDINATOR |= {Permission.ARRANGE_REPORTS}
_SUPERVISOR = {Permission.SEE_FIGURES, Permission.CLOSE_QUEUE, Permission.MANAGE_DISPLAYS}
_SUPERVISOR |= {Permission.MANAGE_CALENDAR}
_ADMINISTRATOR = {Permission.IMPORT_CATALOGUE, Permission.MANAGE_TEMPLATES}

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.DESK: frozenset(_DESK),
    Role.COUNTER: frozenset(_COUNTER),
    Role.SUPERVISOR: frozenset(_COUNTER | _SUPERVISOR),
    Role.COORDINATOR: frozenset(
        _DESK | _COORDINATOR | {Permission.SEE_FIGURES, Permission.MANAGE_TEMPLATES}
    ),
    Role.ADMINISTRATOR: frozenset(_COUNTER | _COORDINATOR | _SUPERVISOR | _ADMINISTRATOR),
}

SESSION_LASTS = timedelta(hours=12)
LONGEST_DELAY = timedelta(minutes=5)


class WrongPassword(NotSignedIn):
    """Name or password; which of the two is not said."""

    code = "staff.wrong_password"


class TooManyAttempts(TooOften):
    """Wait ``retry_after`` seconds before the next attempt."""

    code = "staff.too_many_attempts"


class SignInBusy(Unavailable):
    """More people sign in at this moment than passwords can be judged."""

    code = "staff.sign_in_busy"


class SessionEnded(NotSignedIn):
    code = "staff.session_ended"


class UnknownAuthor(NotAllowed):
    """A desk delivers for somebody who does not work here, or no longer."""

    code = "staff.unknown_author"


class UnknownDesk(NotFound):
    code = "staff.unknown_desk"


def short_name(name: str) -> str:
    """``Tom Claes`` → ``Tom C.``: what colleagues see."""
    first, _space, rest = name.partition(" ")
    return f"{first} {rest[0]}." if rest else first


def permissions_of(roles: frozenset[Role]) -> frozenset[str]:
    """Everything that any of the roles may do."""
    return frozenset(str(granted) for role in roles for granted in GRANTS[role])


def next_attempt_at(failures: int, last: datetime) -> datetime:
    """When the next attempt is heard.

    1, 2, 4, 8 … seconds after the last failure, at most five minutes.
    """
    if failures == 0:
        return last
    return last + min(timedelta(seconds=2 ** min(failures - 1, 12)), LONGEST_DELAY)
