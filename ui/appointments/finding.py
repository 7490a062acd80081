"""What the clerk does to find a moment: say what it is for, turn the pages of the calendar."""

from dataclasses import replace
from datetime import date, timedelta

from loket.appointments.rules.life import PartOfDay
from loket.kit.clock import local_day
from ui.appointments import showing
from ui.appointments.asking import Asked
from ui.appointments.layout import days_with, monday, turned
from ui.appointments.reading import ReadingModel
from ui.appointments.state import DockMode

MOST_PERSONS = 50
MOST_PRODUCTS = 8


class FindingModel(ReadingModel):
    """Intents of the left panel, and of the row above the calendar."""

    # what it is for

    def choose_department(self, department_id: str) -> None:
        self._ask(department=department_id, product_ids=(), query=None, hit=0, adding=False)

    def type_product(self, text: str) -> None:
        """Letters find a product."""
        self._asked = replace(self._asked, query=text, hit=0)
        self._refresh()

    def add_product(self) -> None:
        """One more thing in the same appointment."""
        if 0 < len(self._asked.product_ids) < MOST_PRODUCTS:
            self._asked = replace(self._asked, query="", hit=0, adding=True)
            self._refresh()
            self.focus_wished.emit("product")

    def move_hit(self, step: int) -> None:
        """Up or down; the first press shows what is asked for most."""
        hits = self.state.search.hits
        if self._asked.query is None:
            self.type_product("")
        elif hits:
            self._asked = replace(self._asked, hit=(self.state.search.hit + step) % len(hits))
            self._refresh()

    def leave_product(self) -> None:
        """Nothing is being looked for any more."""
        if self._asked.query is not None:
            self._asked = replace(self._asked, query=None, hit=0, adding=False)
            self._refresh()

    def take_hit(self, product_id: str = "") -> None:
        """Enter, or a click: this product, or this one besides."""
        search = self.state.search
        if product_id or search.hits:
            wanted = product_id or search.hits[search.hit].id
            before = self._asked.product_ids if self._asked.adding else ()
            self._ask(product_ids=(*before, wanted), query=None, hit=0, adding=False)
        if self._asked.product_ids:
            self.focus_wished.emit("moments")

    def drop_product(self, product_id: str) -> None:
        left = tuple(each for each in self._asked.product_ids if each != product_id)
        self._ask(product_ids=left)
        if not left:
            self.focus_wished.emit("product")

    def choose_site(self, site_id: str) -> None:
        self._ask(site=site_id)

    def set_persons(self, persons: int) -> None:
        self._ask(persons=min(max(1, persons), MOST_PERSONS))

    def choose_part(self, part: str) -> None:
        self._asked = replace(self._asked, part=PartOfDay(part))
        self._refresh()

    def show_all_of(self, day_key: str) -> None:
        """All free moments of a day."""
        self._asked = replace(self._asked, opened=self._asked.opened | {day_key})
        self._refresh()

    def search_later(self) -> None:
        if self._free is not None:
            self._read_moments(after=self._free.searched_to)

    def _ask(self, **changed: object) -> None:
        """Something else is asked for: a moment that was talked about no longer fits."""
        before = self._asked
        asked: Asked = replace(before, **changed)  # type: ignore[arg-type]  # names of its fields
        if asked == before:
            return
        fits = (asked.product_ids, asked.persons) == (before.product_ids, before.persons)
        self._asked = asked
        if not fits or asked.site != before.site:
            self._free = None
        if not fits:
            self._let_moment_go()
        self._read_calendar()
        self._read_moments()
        if self._todays() is None:
            self._read_today()
        self._refresh()

    def _let_moment_go(self) -> None:
        """Its heir knows of moments."""

    # where the calendar looks

    def turn_page(self, step: int) -> None:
        """Earlier or later: a week, or the days that fit, or one day."""
        if self._by_day:
            self._look_at(self._next_day(step))
            return
        shown = [each.day for each in self.state.calendar.columns]
        busy = [each.day for each in self._columns if each.openings or each.blocks]
        days = days_with(self._week(), busy)
        if len(shown) >= len(days) or not shown:
            self._look_at(monday(self._anchor()) + timedelta(days=7 * step))
        else:
            self._look_at(turned(days, shown, step))

    def _next_day(self, step: int) -> date:
        """The weekend is passed over where nothing is in it."""
        day = self._anchor() + timedelta(days=step)
        busy = {each.day for each in self._columns if each.openings or each.blocks}
        while day.weekday() > 4 and day not in busy:  # noqa: PLR2004 - Friday
            day += timedelta(days=step)
        return day

    def show_today(self) -> None:
        self._look_at(local_day(self._now))

    def show_by_day(self, *, by_day: bool) -> None:
        self._by_day = by_day
        self._refresh()

    def open_day(self, day: date) -> None:
        """A click on the head of a day."""
        self._by_day = True
        self._look_at(day)

    def _look_at(self, day: date) -> None:
        first = monday(self._anchor())
        self._day = day
        if monday(day) != first:
            self._read_calendar()
            self._read_today()
        self._refresh()

    def _bring_in_sight(self, day: date) -> None:
        """Look there, unless it is shown already."""
        shown = showing.shown_days(self._known(self._town)) if self._town else ()
        if day not in [each.day for each in shown]:
            self._look_at(day)

    # the list in the dock

    def find(self, text: str) -> None:
        """By name, reference or telephone number."""
        self._query = text
        self._mode = DockMode.TODAY
        if text.strip():
            bookings = self._bookings
            self._read(lambda: bookings.find(text.strip()), self._on_found, "find")
        self._refresh()

    def _on_found(self, found: object) -> None:
        self._found = found  # type: ignore[assignment]  # what find gives
        self._refresh()
