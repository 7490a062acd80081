"""The table of actions: every action has all it needs, and no key means two things."""

import dataclasses
from collections import Counter

from ui.appointments.state import AppointmentsState
from ui.core.actions import ACTIONS, ActionId, ScreenId
from ui.counter.state import CounterState
from ui.reports.taking.state import TakingState
from ui.supervisor.state import SupervisorState
from ui.welcome.state import WelcomeState


def test_each_action_stands_once_in_the_table():
    assert Counter(spec.id for spec in ACTIONS) == Counter(ActionId)


def test_no_key_means_two_things_on_one_screen():
    for screen in ScreenId:
        keys = [spec.shortcut for spec in ACTIONS if spec.screen in {screen, ScreenId.EVERYWHERE}]
        assert len(keys) == len(set(keys))


def test_each_action_has_text_icon_and_key():
    assert all(spec.text and spec.icon and spec.shortcut for spec in ACTIONS)


def test_the_enabling_states_exist():
    states = {
        ScreenId.WELCOME: WelcomeState,
        ScreenId.COUNTER: CounterState,
        ScreenId.APPOINTMENTS: AppointmentsState,
        ScreenId.REPORTS: TakingState,
        ScreenId.QUEUES: SupervisorState,
    }
    for spec in ACTIONS:
        if spec.enabled_by:
            state = states[spec.screen]
            names = {field.name for field in dataclasses.fields(state)} | set(dir(state))
            assert spec.enabled_by in names, spec.id
