"""The acts of a visit as they stand on its receipt: a head, some lines, an aside at the right."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from loket.kit.clock import local_day
from loket.kit.i18n import Words, mark, spoken
from loket.paper import fonts
from loket.paper.facts import ReceiptFacts, ReceiptLine

INK = HexColor("#211F1B")
QUIET = HexColor("#565047")
PAGE_WIDTH, PAGE_HEIGHT = A4
LEFT = 17 * mm
RIGHT = PAGE_WIDTH - 17 * mm
TEXT_LEFT = LEFT + 14.5 * mm
ASIDE_WIDTH = 58 * mm


@dataclass(frozen=True)
class Printed:
    """Text in one weight, size and colour."""

    text: str
    font: str = fonts.REGULAR
    size: float = 10.6
    colour: Color = INK
    leading: float = 16.0


@dataclass(frozen=True)
class Spoken:
    """Dutch, which always stands on the paper, and the visitor's language after it."""

    dutch: Words
    other: Words | None

    @classmethod
    def of(cls, language: str) -> "Spoken":
        dutch, *other = spoken(language)
        return cls(dutch, other[0] if other else None)

    def both(self, make: Callable[[Words], str]) -> str:
        """A text in Dutch and, where it differs, in the other language."""
        first = make(self.dutch)
        second = make(self.other) if self.other else first
        return first if first == second else f"{first} / {second}"


@dataclass(frozen=True)
class Entry:
    """One act between two lines."""

    icon: str
    body: tuple[Printed, ...]
    aside: tuple[Printed, ...]
    aside_first: float

    @property
    def height(self) -> float:
        lines = sum(printed.leading for printed in self.body)
        aside = self.aside_first + sum(printed.leading for printed in self.aside[1:])
        return max(lines, aside) + 6.5 * mm

    @classmethod
    def of(cls, line: ReceiptLine, facts: ReceiptFacts, spoken: Spoken) -> "Entry":
        make = _MAKERS.get(line.kind, _information)
        return make(line, facts, spoken)


def _head(text: str) -> Printed:
    return Printed(text, fonts.BOLD, 12.5, leading=16.5)


def _lines_of(text: str, colour: Color = INK) -> Iterator[Printed]:
    room = RIGHT - TEXT_LEFT - ASIDE_WIDTH
    for line in fonts.wrapped(text, fonts.REGULAR, 10.6, room):
        yield Printed(line, colour=colour, leading=15.4)


def _ticket(line: ReceiptLine, facts: ReceiptFacts, spoken: Spoken) -> Entry:
    def wait(say: Words) -> str:
        text = say("Please wait in the waiting room until your number is on the screen.")
        if not facts.priority:
            return text
        asked = say("You asked for priority ({reason}).", reason=facts.priority.lower())
        return f"{text} {asked}"

    head = _head(spoken.both(lambda say: say("Ticket for the counter")))
    body = (head, *_lines_of(line.product), *_lines_of(spoken.both(wait), QUIET))
    say = spoken.dutch
    at = say("from {time}", time=say.time(line.at))
    aside = (
        Printed(line.ticket, fonts.BOLD, 27, leading=20),
        Printed(at, colour=QUIET),
    )
    return Entry("ticket", body, aside, 10.4 * mm)


def _appointment(line: ReceiptLine, _facts: ReceiptFacts, spoken: Spoken) -> Entry:
    head = _head(spoken.both(lambda say: say(_HEADS[line.kind])))
    moment = line.moment
    when = spoken.both(lambda say: _when(moment, say)) if moment else ""
    things = ", ".join(line.bring) if line.kind != "appointment_cancelled" else ""
    bring = spoken.both(lambda say: say("Bring: {things}.", things=things)) if things else ""
    body = (head, *_lines_of(when), *_lines_of(line.product), *_lines_of(bring, QUIET))
    aside = (
        Printed(line.reference, fonts.BOLD, 15, leading=19),
        Printed(spoken.dutch.time(line.at), colour=QUIET),
    )
    return Entry("calendar-check", body, aside, 8.6 * mm)


def _when(moment: datetime, say: Words) -> str:
    return f"{say.long_day(local_day(moment))} · {say.time(moment)}"


_HEADS = {
    "appointment_booked": mark("Appointment booked"),
    "appointment_moved": mark("Appointment moved"),
    "appointment_cancelled": mark("Appointment cancelled"),
    "checked_in": mark("Checked in for your appointment"),
}


def _information(line: ReceiptLine, _facts: ReceiptFacts, spoken: Spoken) -> Entry:
    return _plain("info", spoken.both(lambda say: say("Information given")), line, spoken)


def _referred(line: ReceiptLine, _facts: ReceiptFacts, spoken: Spoken) -> Entry:
    return _plain("arrow-bend-up-right", spoken.both(lambda say: say("Referred")), line, spoken)


def _plain(icon: str, head: str, line: ReceiptLine, spoken: Spoken) -> Entry:
    things = ", ".join(line.bring)
    bring = spoken.both(lambda say: say("Bring: {things}.", things=things)) if things else ""
    body = (_head(head), *_lines_of(line.product), *_lines_of(line.text), *_lines_of(bring, QUIET))
    return Entry(icon, body, (Printed(spoken.dutch.time(line.at), colour=QUIET),), 7.6 * mm)


def _report(line: ReceiptLine, _facts: ReceiptFacts, spoken: Spoken) -> Entry:
    head = _head(spoken.both(lambda say: say(_REPORT_HEADS[line.kind])))
    asks = spoken.both(lambda say: say("Give this reference when you want to add something."))
    body = (head, *_lines_of(line.text), *_lines_of(asks, QUIET))
    aside = [Printed(line.reference, fonts.BOLD, 12.5, leading=16.5)]
    if line.moment is not None:
        say, day = spoken.dutch, local_day(line.moment)
        aside += [
            Printed(say("Answer at the latest on"), colour=QUIET),
            Printed(say.long_day(day), fonts.BOLD),
        ]
    return Entry("chat-text", body, tuple(aside), 7.6 * mm)


_REPORT_HEADS = {
    "report_registered": mark("Report taken down"),
    "report_joined": mark("Joined a report that is known"),
}


_MAKERS = {
    "ticket_issued": _ticket,
    "information_given": _information,
    "referred": _referred,
    **dict.fromkeys(_HEADS, _appointment),
    **dict.fromkeys(_REPORT_HEADS, _report),
}
