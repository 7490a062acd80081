"""The sections of Beheer: for each its view model and its widget, one line each."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from loket.kit.i18n import Words, mark
from loket.staff.rules import Permission
from ui.admin.durations.view_model import DurationsViewModel
from ui.admin.feeds.view_model import FeedsViewModel
from ui.admin.messages.room import MessagesRoom
from ui.admin.openings.view_model import OpeningsViewModel
from ui.admin.reports.categories.view_model import CategoriesViewModel
from ui.admin.reports.dispatch.view_model import DispatchViewModel
from ui.admin.reports.parties.view_model import PartiesViewModel
from ui.admin.reports.replies.view_model import RepliesViewModel
from ui.admin.reports.terms.view_model import TermsViewModel
from ui.admin.worklist.view_model import WorklistViewModel


class SectionId(StrEnum):
    OPENINGS = "openings"
    DURATIONS = "durations"
    WORKLIST = "worklist"
    MESSAGES = "messages"
    FEEDS = "feeds"
    DISPATCH = "report_dispatch"
    REPORT_TERMS = "report_terms"
    CATEGORIES = "report_categories"
    REPLIES = "report_replies"
    PARTIES = "report_parties"


@dataclass(frozen=True)
class Section:
    """One section. A further one is a further line in :data:`SECTIONS`.

    Every view model has the signal ``said`` and the methods ``speak``,
    ``show_catalogue(directory, index)`` and ``open``; every widget ``take_focus`` and
    ``do(action)``.
    """

    id: SectionId
    text: str
    icon: str
    model: Callable[[Any, Any, Words], Any]
    build: Callable[[Any, Words], Any]
    """Makes the widget when the section is first opened."""
    needs: str
    """The permission without which it is not shown."""
    group: str = ""
    """What it stands under in the list."""


def _openings(model: Any, words: Words) -> Any:
    from ui.admin.openings.screen import OpeningsScreen  # noqa: PLC0415 - when it is opened

    return OpeningsScreen(model, words)


def _durations(model: Any, words: Words) -> Any:
    from ui.admin.durations.screen import DurationsScreen  # noqa: PLC0415 - as above

    return DurationsScreen(model, words)


def _worklist(model: Any, words: Words) -> Any:
    from ui.admin.worklist.screen import WorklistScreen  # noqa: PLC0415 - as above

    return WorklistScreen(model, words)


def _messages(model: Any, words: Words) -> Any:
    from ui.admin.messages.screen import MessagesScreen  # noqa: PLC0415 - as above

    return MessagesScreen(model.post, model.texts if model.may_write else None, words)


def _feeds(model: Any, words: Words) -> Any:
    from ui.admin.feeds.screen import FeedsScreen  # noqa: PLC0415 - as above

    return FeedsScreen(model, words)


def _dispatch(model: Any, words: Words) -> Any:
    from ui.admin.reports.dispatch.screen import DispatchScreen  # noqa: PLC0415 - as above

    return DispatchScreen(model, words)


def _terms(model: Any, words: Words) -> Any:
    from ui.admin.reports.terms.screen import terms_screen  # noqa: PLC0415 - as above

    return terms_screen(model, words)


def _categories(model: Any, words: Words) -> Any:
    from ui.admin.reports.categories.screen import categories_screen  # noqa: PLC0415 - as above

    return categories_screen(model, words)


def _replies(model: Any, words: Words) -> Any:
    from ui.admin.reports.replies.screen import RepliesScreen  # noqa: PLC0415 - as above

    return RepliesScreen(model, words)


def _parties(model: Any, words: Words) -> Any:
    from ui.admin.reports.parties.screen import parties_screen  # noqa: PLC0415 - as above

    return parties_screen(model, words)


SECTIONS: tuple[Section, ...] = (
    Section(
        SectionId.OPENINGS,
        mark("Opening times"),
        "ph.calendar",
        OpeningsViewModel,
        _openings,
        Permission.MANAGE_CALENDAR,
    ),
    Section(
        SectionId.DURATIONS,
        mark("Products and duration"),
        "ph.timer",
        DurationsViewModel,
        _durations,
        Permission.MANAGE_CALENDAR,
    ),
    Section(
        SectionId.WORKLIST,
        mark("Worklist"),
        "ph.phone-outgoing",
        WorklistViewModel,
        _worklist,
        Permission.MANAGE_CALENDAR,
    ),
    Section(
        SectionId.MESSAGES,
        mark("Messages"),
        "ph.paper-plane-tilt",
        MessagesRoom,
        _messages,
        Permission.SEE_MESSAGES,
    ),
    Section(
        SectionId.FEEDS,
        mark("Calendar addresses"),
        "ph.broadcast",
        FeedsViewModel,
        _feeds,
        Permission.MANAGE_CALENDAR,
    ),
    Section(
        SectionId.DISPATCH,
        mark("Dispatch"),
        "ph.arrow-bend-up-right",
        DispatchViewModel,
        _dispatch,
        Permission.ARRANGE_REPORTS,
        group=mark("Reports"),
    ),
    Section(
        SectionId.REPORT_TERMS,
        mark("Terms"),
        "ph.calendar-check",
        TermsViewModel,
        _terms,
        Permission.ARRANGE_REPORTS,
        group=mark("Reports"),
    ),
    Section(
        SectionId.CATEGORIES,
        mark("Categories"),
        "ph.tag",
        CategoriesViewModel,
        _categories,
        Permission.ARRANGE_REPORTS,
        group=mark("Reports"),
    ),
    Section(
        SectionId.REPLIES,
        mark("Ready replies"),
        "ph.text-aa",
        RepliesViewModel,
        _replies,
        Permission.ARRANGE_REPORTS,
        group=mark("Reports"),
    ),
    Section(
        SectionId.PARTIES,
        mark("Parties outside"),
        "ph.buildings",
        PartiesViewModel,
        _parties,
        Permission.ARRANGE_REPORTS,
        group=mark("Reports"),
    ),
)
