"""The life of an appointment: its states, the moves between them, and what is refused."""

from enum import StrEnum

from loket.kit.errors import Conflict, Invalid, NotFound

CODE_KIND = "K"
FIRST_REFERENCE = 10_000


class AppointmentState(StrEnum):
    BOOKED = "booked"
    ARRIVED = "arrived"
    """Checked in: what follows is the life of the ticket."""
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"


class AppointmentAct(StrEnum):
    """What can happen to an appointment, as its history keeps it."""

    BOOK = "book"
    MOVE = "move"
    CHANGE = "change"
    CANCEL = "cancel"
    CHECK_IN = "check_in"
    UNDO_CHECK_IN = "undo_check_in"
    NO_SHOW = "no_show"


FROM: dict[AppointmentAct, frozenset[AppointmentState]] = {
    AppointmentAct.MOVE: frozenset({AppointmentState.BOOKED, AppointmentState.NO_SHOW}),
    AppointmentAct.CHANGE: frozenset({AppointmentState.BOOKED}),
    AppointmentAct.CANCEL: frozenset({AppointmentState.BOOKED}),
    # Again, when the ticket of the first time ended without service.
    AppointmentAct.CHECK_IN: frozenset(
        {AppointmentState.BOOKED, AppointmentState.NO_SHOW, AppointmentState.ARRIVED}
    ),
    AppointmentAct.UNDO_CHECK_IN: frozenset({AppointmentState.ARRIVED}),
    AppointmentAct.NO_SHOW: frozenset({AppointmentState.BOOKED}),
}
"""From which states an act is allowed; anything else is refused."""


class CancelReason(StrEnum):
    """Why an appointment does not take place."""

    CITIZEN = "citizen"
    """They said so."""
    TOWN = "town"
    MISTAKE = "mistake"


class WishKind(StrEnum):
    WAITING = "waiting"
    """Wants an earlier moment, or any, as soon as one comes free."""
    REQUEST = "request"
    """Taken down by a desk without its server: somebody books it later."""


class WishState(StrEnum):
    OPEN = "open"
    OFFERED = "offered"
    """A moment is kept for them until the offer lapses."""
    BOOKED = "booked"
    WITHDRAWN = "withdrawn"


class PartOfDay(StrEnum):
    ANY = "any"
    MORNING = "morning"
    """Before half past twelve on the wall clock."""
    AFTERNOON = "afternoon"


def reference(number: int) -> str:
    """``K-48213``."""
    return f"K-{number:05d}"


class UnknownAppointment(NotFound):
    code = "appointment.unknown"


class UnknownHold(NotFound):
    code = "appointment.unknown_hold"


class UnknownWish(NotFound):
    code = "appointment.unknown_wish"


class UnknownFeed(NotFound):
    """No calendar address with this id."""

    code = "appointment.unknown_feed"


class UnknownDepartment(NotFound):
    code = "appointment.unknown_department"


class AppointmentExists(Conflict):
    """Another appointment has this id."""

    code = "appointment.exists"


class HoldExists(Conflict):
    """Another held moment has this id."""

    code = "appointment.hold_exists"


class NotOffered(Conflict):
    """No queue of the site serves the product by appointment."""

    code = "appointment.not_offered"


class MomentTaken(Conflict):
    """``near`` has up to three free moments close to it, ISO 8601 with commas between."""

    code = "appointment.taken"


class MomentClosed(Conflict):
    """No appointments are offered then; ``reason`` may say why, ``near`` as above."""

    code = "appointment.closed"


class TooLong(Conflict):
    """It takes more time than there is before the end of the opening period."""

    code = "appointment.too_long"


class MomentPast(Conflict):
    code = "appointment.past"


class InsideNotice(Conflict):
    """Sooner than the product's notice of ``hours``."""

    code = "appointment.notice"


class BeyondHorizon(Conflict):
    """Later than the ``days`` for which the product is offered."""

    code = "appointment.horizon"


class TooManyPersons(Conflict):
    code = "appointment.persons"


class WrongState(Conflict):
    """The appointment is in another state than the act asks for."""

    code = "appointment.state"


class AppointmentStale(Conflict):
    """The desk saw an older version of the appointment."""

    code = "appointment.stale"


class OtherSite(Conflict):
    """The appointment is at another site."""

    code = "appointment.other_site"


class AnotherDay(Conflict):
    """Nobody waits for an appointment of another day: it is moved, or they walk in."""

    code = "appointment.another_day"


class TooEarly(Conflict):
    """Checks in more than ``minutes`` before; the clerk may do so all the same."""

    code = "appointment.too_early"


class TooLate(Conflict):
    """Comes more than ``minutes`` after; the clerk may check them in all the same."""

    code = "appointment.too_late"


class NotYetAbsent(Conflict):
    """Nobody is absent before their moment has passed."""

    code = "appointment.not_yet_absent"


class NoWayToConfirm(Invalid):
    """A confirmation by a channel of which there is no address."""

    code = "appointment.no_address"
