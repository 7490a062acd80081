"""The confirmation of an appointment, on a roll of 80 mm; Dutch, and the visitor's language."""

from collections.abc import Iterator

from reportlab.lib.units import mm

from loket.kit.clock import local_day
from loket.kit.i18n import Words, mark, spoken
from loket.kit.money import euros
from loket.paper import fonts
from loket.paper.facts import AppointmentFacts
from loket.paper.roll import Bars, Big, Block, Columns, Gap, Rule, Text, as_pdf


def appointment_pdf(facts: AppointmentFacts) -> bytes:
    """The confirmation as a PDF of one page."""
    return as_pdf(list(_blocks(facts)), title=facts.reference)


def _blocks(facts: AppointmentFacts) -> Iterator[Block]:
    said = spoken(facts.language)
    yield Gap(5 * mm)
    yield Text(facts.town, fonts.BOLD, 13.5, 17)
    yield Text(_both(said, mark("Your appointment")))
    yield Rule()
    for say in said:
        yield Text(_capital(say.weekday(local_day(facts.starts_at))), fonts.BOLD, 14.5, 19)
    yield Big(said[0].time(facts.starts_at), max_size=56)
    yield Text(" + ".join(facts.products), fonts.BOLD, 12.5, 16)
    yield from _details(facts, said)
    if facts.bring or facts.fee_cents:
        yield Rule()
        yield from _to_bring(facts, said)
    yield Rule()
    reference = _both(said, mark("Reference"))
    yield Text(f"{reference} {facts.reference}", fonts.BOLD, 13, 17)
    yield Gap(1.5 * mm)
    yield Bars(facts.code)
    yield Gap(1.5 * mm)
    for say in said:
        yield Text(say("Can you not come? Tell us: {phone}", phone=_unbroken(facts.phone)))
    yield Rule()
    nl = said[0]
    day = nl.slip_day(local_day(facts.printed_at))
    yield Columns((day, nl.time(facts.printed_at), facts.desk))
    yield Gap(4 * mm)


def _details(facts: AppointmentFacts, said: tuple[Words, ...]) -> Iterator[Block]:
    yield Gap(1 * mm)
    yield Text(facts.place)
    for say in said:
        length = say("about {minutes} min", minutes=facts.minutes)
        persons = say.plural("{n} person", "{n} persons", facts.persons)
        yield Text(f"{length} · {persons}" if facts.persons > 1 else length)


def _to_bring(facts: AppointmentFacts, said: tuple[Words, ...]) -> Iterator[Block]:
    yield Text(_both(said, mark("Bring along")), fonts.BOLD, align="left")
    for item in facts.bring:
        yield Text(item, align="left")
    if facts.fee_cents:
        fee = said[0]("{fee} (Bancontact or cash)", fee=euros(facts.fee_cents))
        yield Text(fee, align="left")


def _both(said: tuple[Words, ...], text: str) -> str:
    return " / ".join(dict.fromkeys(say(text) for say in said))


def _unbroken(number: str) -> str:
    """A telephone number is never cut in two."""
    return number.replace(" ", "\N{NO-BREAK SPACE}")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
