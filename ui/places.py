"""The screens there are: for each its view model, its widget, and how it takes part in the day."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from loket.kit.i18n import Words
from loket.staff.messages import SignedIn
from ui.admin.view_model import AdminViewModel
from ui.appointments.screen import AppointmentsScreen
from ui.appointments.view_model import AppointmentsViewModel
from ui.core.actions import ScreenId
from ui.counter.screen import CounterScreen
from ui.counter.view_model import CounterViewModel
from ui.insight.view_model import InsightViewModel
from ui.reports.screen import ReportsScreen
from ui.reports.view_model import ReportsViewModel
from ui.supervisor.screen import SupervisorScreen
from ui.supervisor.view_model import SupervisorViewModel
from ui.welcome.screen import WelcomeScreen
from ui.welcome.view_model import WelcomeViewModel


@dataclass(frozen=True)
class Place:
    """One screen. A further one is a further line in :data:`PLACES`.

    Every view model has the signals ``said`` and ``undo_lapsed``, and the methods ``speak``,
    ``show_catalogue(directory, index)``, ``show_picture`` and ``tick``.
    """

    screen: ScreenId
    model: Callable[[Any, Any, Words], Any]
    """Made once, from desk, tasks and words; stays when the window is built anew."""
    build: Callable[[Any, Words], QWidget]
    """Makes the widget when the screen is first opened, so that no desk waits for another's."""
    begin: Callable[[Any, SignedIn], None]
    """Somebody signed in."""
    undo: Callable[[Any], None]
    """Take the last act at this screen back, as its toast offers."""
    each_second: bool = False
    """Whether it shows running times; the others hear of minutes only."""


def _insight(model: Any, words: Words) -> QWidget:
    # Here, because charts take a third of a second to import and most desks never show one.
    from ui.insight.screen import InsightScreen  # noqa: PLC0415

    return InsightScreen(model, words)


def _admin(model: Any, words: Words) -> QWidget:
    # Here, because most desks never administer anything.
    from ui.admin.screen import AdminScreen  # noqa: PLC0415

    return AdminScreen(model, words)


PLACES = (
    Place(
        ScreenId.WELCOME,
        WelcomeViewModel,
        WelcomeScreen,
        begin=lambda model, _session: model.start_anew(),
        undo=lambda model: model.withdraw_last(),
    ),
    Place(
        ScreenId.COUNTER,
        CounterViewModel,
        CounterScreen,
        begin=lambda model, session: model.sit_at(session.counter_id, session.user.id),
        undo=lambda model: model.undo(),
        each_second=True,
    ),
    Place(
        ScreenId.APPOINTMENTS,
        AppointmentsViewModel,
        AppointmentsScreen,
        begin=lambda model, _session: model.begin(),
        undo=lambda model: model.undo_last_check_in(),
        each_second=True,
    ),
    Place(
        ScreenId.REPORTS,
        ReportsViewModel,
        ReportsScreen,
        begin=lambda model, session: model.begin(session),
        undo=lambda _model: None,
    ),
    Place(
        ScreenId.QUEUES,
        SupervisorViewModel,
        SupervisorScreen,
        begin=lambda model, session: model.begin(session),
        undo=lambda _model: None,
        each_second=True,
    ),
    Place(
        ScreenId.INSIGHT,
        InsightViewModel,
        _insight,
        begin=lambda _model, _session: None,
        undo=lambda _model: None,
    ),
    Place(
        ScreenId.ADMIN,
        AdminViewModel,
        _admin,
        begin=lambda model, session: model.begin(session),
        undo=lambda _model: None,
    ),
)
