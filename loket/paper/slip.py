"""The slip of a ticket, on a roll of 80 mm. Dutch always stands on it, another language below."""

from collections.abc import Iterator

from reportlab.lib.units import mm

from loket.kit.clock import local_day
from loket.kit.i18n import Words, spoken
from loket.kit.money import euros
from loket.paper import fonts
from loket.paper.facts import SlipFacts
from loket.paper.roll import (
    MARGIN,
    WIDTH,
    Bars,
    Big,
    Block,
    Columns,
    Gap,
    QrBeside,
    Rule,
    Text,
    as_pdf,
)


def slip_pdf(facts: SlipFacts) -> bytes:
    """The slip as a PDF of one page."""
    return as_pdf(list(_blocks(facts)), title=facts.number)


def _blocks(facts: SlipFacts) -> Iterator[Block]:
    said = spoken(facts.language)
    yield Gap(5 * mm)
    yield Text(facts.town, fonts.BOLD, 13.5, 17)
    yield Text(facts.site)
    yield Rule()
    yield Text(" / ".join(say("Your number") for say in said))
    yield Big(facts.number)
    yield Text(facts.product, fonts.BOLD, 14.5, 18)
    yield Rule()
    for say in said:
        yield from _promise(facts, say)
    if facts.page_address:
        yield Gap(2.5 * mm)
        yield _follow(facts, said)
    if facts.bring or facts.fee_cents:
        yield Rule()
        yield from _to_bring(facts, said)
    yield Rule()
    yield Bars(facts.code)
    yield Gap(1.2 * mm)
    nl = said[0]
    day = nl.slip_day(local_day(facts.issued_at))
    yield Columns((day, nl.time(facts.issued_at), facts.desk))
    yield Gap(4 * mm)


def _promise(facts: SlipFacts, say: Words) -> Iterator[Block]:
    if facts.appointment_at is not None:
        time = say.time(facts.appointment_at)
        yield Text(say("Your appointment at {time}", time=time), fonts.SEMIBOLD, 13, 17)
        return
    if facts.wait is not None and facts.ahead:
        yield Text(_wait(*facts.wait, say), fonts.SEMIBOLD, 13, 17)
    yield Text(_ahead(facts, say))


def _wait(low: int, high: int, say: Words) -> str:
    """``Wachttijd 15 à 30 min``: a range, because nobody can know it to the minute."""
    if low < 1:
        return say.plural("At most {n} minute", "At most {n} minutes", high)
    if low == high:
        return say.plural("Waiting time about {n} minute", "Waiting time about {n} minutes", high)
    return say("Waiting time {low} to {high} min", low=low, high=high)


def _ahead(facts: SlipFacts, say: Words) -> str:
    if not facts.ahead:
        return say("Nobody is waiting before you")
    return say.plural("{n} visitor before you", "{n} visitors before you", facts.ahead)


def _follow(facts: SlipFacts, said: tuple[Words, ...]) -> Block:
    head, *others = (say("Follow your turn on your phone") for say in said)
    say = said[0]
    lines = others or [say("You can go outside for a while. Scan the code.")]
    texts = [_beside(head, fonts.BOLD), *(_beside(line, fonts.MEDIUM) for line in lines)]
    return QrBeside(facts.page_address, texts)


def _beside(text: str, font: str) -> Text:
    """A text at the right of the QR code."""
    left = MARGIN + 27.6 * mm + 3.5 * mm
    return Text(text, font, 11, 15, "left", left, WIDTH - 31.1 * mm)


def _to_bring(facts: SlipFacts, said: tuple[Words, ...]) -> Iterator[Block]:
    yield Text(" / ".join(say("Have ready") for say in said), fonts.BOLD, align="left")
    for item in facts.bring:
        yield Text(item, align="left")
    if facts.fee_cents:
        say = said[0]
        fee = say("{fee} (Bancontact or cash)", fee=euros(facts.fee_cents))
        yield Text(fee, align="left")
