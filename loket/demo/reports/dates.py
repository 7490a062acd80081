"""The dates of reports by the regulation of the town, each computed once."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final

from loket.catalogue.hours import holiday_name
from loket.kit.clock import local
from loket.reports.rules.kinds import ReportKind
from loket.reports.rules.terms import Pause, Regulation, answer_due, reaction_due, receipt_due

_OPENS, _CLOSES, _SATURDAY = 8, 17, 5
_NIGHT: Final = timedelta(hours=15)


class Dates:
    """Asked again and again for the same days."""

    def __init__(self, regulations: Mapping[ReportKind, Regulation], today: date) -> None:
        self._regulations = regulations
        self._today = today
        self.receipt = cache(self._receipt)
        self.answer = cache(self._answer)
        self.reaction = cache(self._reaction)

    def _receipt(self, kind: ReportKind, day: date) -> date:
        return receipt_due(self._regulations[kind], day, holiday_name).due

    def _answer(self, kind: ReportKind, day: date, pauses: tuple[Pause, ...] = ()) -> date:
        regulation = self._regulations[kind]
        return answer_due(regulation, day, holiday_name, today=self._today, pauses=pauses).due

    def _reaction(self, kind: ReportKind, day: date) -> date:
        return reaction_due(self._regulations[kind], day, holiday_name).due


def working(moment: datetime) -> datetime:
    """The same moment, or the next at which somebody works."""
    here = local(moment)
    while here.weekday() >= _SATURDAY or not _OPENS <= here.hour < _CLOSES:
        if here.hour < _OPENS:
            moment += timedelta(hours=_OPENS - here.hour)
        elif here.weekday() >= _SATURDAY:
            moment += timedelta(days=1)
        else:
            moment += _NIGHT
        here = local(moment)
    return moment
