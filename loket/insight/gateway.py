"""Figures from the desk's side."""

from collections.abc import Iterator
from urllib.parse import urlencode

from pydantic import BaseModel

from loket.insight.messages import (
    Advices,
    Days,
    Figures,
    FiguresAsked,
    LinesAsked,
    Supervision,
    SupervisionAsked,
    TicketLines,
)
from loket.link.http import Limits, Request, ServerLink, T
from loket.link.session import Session

_LONG = Limits(read=60.0)
"""A period of years is reckoned in one go."""


class InsightGateway:
    """Typed questions about figures."""

    def __init__(self, link: ServerLink, session: Session) -> None:
        self._link = link
        self._session = session

    def figures(self, asked: FiguresAsked) -> Figures:
        return self._ask("/figures", asked, Figures)

    def lines(self, days: Days) -> Iterator[TicketLines]:
        """The tickets behind the figures, page after page; each says how many there are in all."""
        after = ""
        while True:
            asked = LinesAsked(**days.model_dump(), after=after)
            page = self._ask("/figures/tickets", asked, TicketLines)
            yield page
            after = page.after
            if not after:
                return

    def supervision(self, site_id: str | None) -> Supervision:
        """The day that is going on, at one site or at all."""
        return self._ask("/supervision", SupervisionAsked(site=site_id), Supervision, Limits())

    def advice(self, site_id: str | None) -> Advices:
        """Which counters are worth opening now."""
        asked = SupervisionAsked(site=site_id)
        return self._ask("/supervision/advice", asked, Advices, Limits())

    def _ask(self, path: str, asked: BaseModel, answer: type[T], limits: Limits = _LONG) -> T:
        given = asked.model_dump(mode="json", exclude_none=True)
        request = Request.get(f"{path}?{urlencode(given)}", answer)
        return self._link.call(request.with_headers(self._session.bearer()), limits=limits)
