"""From ticket, catalogue and time to what the counter shows."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from loket.catalogue.messages import Counter, Product
from loket.kit.i18n import Words, mark
from loket.kit.money import euros
from loket.queue.messages import CounterNow, OwnDay, Ticket, TicketCard
from loket.queue.picture import SitePicture
from loket.queue.rules.life import TicketKind, TicketState
from loket.queue.rules.opening import PauseReason
from loket.queue.turns import forecast, next_cards, reason_of
from loket.visits.messages import Act, ActKind
from ui.core.directory import Directory
from ui.core.figures import minutes, timer_text
from ui.core.waiting import waits_from
from ui.core.whys import why_text
from ui.counter.state import (
    Band,
    BigButton,
    DayFigures,
    NextLine,
    Phase,
    ProductHelp,
    VisitAct,
    Visitor,
)


def phase_of(card: TicketCard | None, *, calling: bool) -> Phase:
    if calling:
        return Phase.CALLING
    if card is None:
        return Phase.FREE
    return Phase.SERVING if card.ticket.state is TicketState.SERVING else Phase.CALLED


def since(ticket: Ticket) -> datetime:
    """From when the timer runs: the start of serving, else the last call."""
    if ticket.state is TicketState.SERVING and ticket.serving_since:
        return ticket.serving_since
    return ticket.last_called_at or ticket.state_since


def is_over(ticket: Ticket, product: Product | None, now: datetime) -> bool:
    """Whether serving takes longer than is usual for the product."""
    if product is None or ticket.state is not TicketState.SERVING:
        return False
    return now - since(ticket) > timedelta(minutes=product.usual_minutes)


def band(card: TicketCard | None, *, phase: Phase, over: bool, now: datetime, words: Words) -> Band:
    """The band above the number."""
    if phase is Phase.CALLING:
        return Band(words("Calling…"), "ph.spinner-gap-bold", "done")
    if card is None:
        return Band(words("Free, press F9 for the next"), "ph.circle-bold", "done")
    ticket = card.ticket
    timer = timer_text(now - since(ticket))
    called = ticket.last_called_at or ticket.state_since
    times = words.plural("{n} time", "{n} times", ticket.calls)
    detail = words("called at {time}, {times}", time=words.time(called), times=times)
    if phase is Phase.CALLED:
        text = words("Called, {timer}", timer=timer)
        return Band(text, "ph.megaphone-simple-fill", "call", detail)
    if over:
        text = words("Over the usual time, {timer}", timer=timer)
        return Band(text, "ph.warning-fill", "late", detail)
    return Band(words("Being served"), "ph.play-circle-fill", "serve", detail)


def pause_band(counter: CounterNow, words: Words) -> Band:
    """The band while nobody is called here."""
    if counter.pause is PauseReason.SUPERVISOR:
        return Band(words("Closed by the supervisor"), "ph.lock-key", "done")
    text = words("Pause")
    if counter.pause_until is not None:
        text = words("Pause until {time}", time=words.time(counter.pause_until))
    detail = ""
    if counter.paused_since is not None:
        detail = words("since {time}", time=words.time(counter.paused_since))
    return Band(text, "ph.coffee-fill", "done", detail)


def big_button(
    card: TicketCard | None, *, first: str, why: str, phase: Phase, words: Words
) -> BigButton:
    """What the solid button does now; its forecast is only a forecast."""
    if phase is Phase.CALLED and card is not None:
        text = words("{number} is now being served", number=card.ticket.number)
        return BigButton("start", words("Visitor is here"), text)
    parts = []
    if card is not None:
        parts.append(words("finish {number}", number=card.ticket.number))
    parts.append(words("call {number}", number=first) if first else words("nobody is waiting"))
    joined = ", ".join(parts)
    return BigButton("call_next", words("Next"), joined if card else joined.capitalize(), why)


def visitor(
    card: TicketCard, *, directory: Directory, over: bool, now: datetime, words: Words
) -> Visitor:
    """Number, product, timer and person."""
    ticket = card.ticket
    product = directory.product(ticket.product_id)
    spent = now - since(ticket)
    usual = product.usual_minutes if product else 0
    serving = ticket.state is TicketState.SERVING
    reason = directory.reason(ticket.priority)
    waited = (ticket.first_called_at or ticket.state_since) - waits_from(ticket)
    return Visitor(
        number=ticket.number,
        product=product.name if product else "",
        place=_place(ticket, product, directory, words),
        why=why_text(ticket.why, directory=directory, words=words),
        also=_also(ticket, directory, words),
        timer_label=words("Busy") if serving else words("Called"),
        timer=timer_text(spent),
        share=min(1.0, spent.total_seconds() / (usual * 60)) if serving and usual else 0.0,
        over=over,
        usual=words("Usual time {minutes} min", minutes=usual) if usual else "",
        waited=words("Waited {minutes} min", minutes=minutes(waited)),
        name=card.visitor_name or words("no name"),
        language=ticket.language.upper(),
        priority=reason.name if reason else "",
        priority_icon=reason.icon if reason else "",
        note=card.note,
    )


def _place(ticket: Ticket, product: Product | None, directory: Directory, words: Words) -> str:
    department = directory.department_of(product) if product else None
    issued = words("issued at {time}", time=words.time(ticket.issued_at))
    return f"{department.name} · {issued}" if department else issued


def _also(ticket: Ticket, directory: Directory, words: Words) -> str:
    more = [directory.product(product_id) for product_id in ticket.product_ids[1:]]
    names = ", ".join(product.name for product in more if product)
    return words("Also for {products}", products=names) if names else ""


def next_up(
    picture: SitePicture, *, directory: Directory, counter_id: str, now: datetime
) -> list[TicketCard]:
    """Who is next at a counter, by the rules by which the server chooses.

    A forecast all the same: whatever another counter calls first is no longer here.
    """
    counter = directory.counter(counter_id)
    if counter is None:
        return []
    cards = [card for card in picture.cards.values() if _may_come(card.ticket, picture, counter)]
    return next_cards(cards, directory.queues.values(), counter, now)


def next_why(
    coming: Sequence[TicketCard],
    *,
    directory: Directory,
    counter_id: str,
    now: datetime,
    words: Words,
) -> str:
    """Why the first of them is."""
    counter = directory.counter(counter_id)
    choice = forecast(coming, directory.queues.values(), counter, now) if counter else None
    why = reason_of(choice.why) if choice else None
    return why_text(why, directory=directory, words=words)


def _may_come(ticket: Ticket, picture: SitePicture, counter: Counter) -> bool:
    """Not who was sent to another counter by name, as long as that one is open."""
    if ticket.only_counter_id in {None, counter.id}:
        return True
    named = picture.counters.get(ticket.only_counter_id or "")
    return named is None or not named.open


def next_lines(
    cards: Sequence[TicketCard], *, directory: Directory, now: datetime, words: Words
) -> tuple[NextLine, ...]:
    return tuple(
        _next_line(card, first=place == 0, directory=directory, now=now, words=words)
        for place, card in enumerate(cards)
    )


def _next_line(
    card: TicketCard, *, first: bool, directory: Directory, now: datetime, words: Words
) -> NextLine:
    ticket = card.ticket
    product, queue = directory.product(ticket.product_id), directory.queues.get(ticket.queue_id)
    waited = minutes(now - waits_from(ticket))
    late = queue is not None and waited > queue.norm_minutes
    booked = ticket.kind is TicketKind.APPOINTMENT
    chip = words("{minutes} min", minutes=waited)
    icon, tone = "ph.hourglass-medium-bold", "wait"
    if booked and ticket.appointment_at is not None:
        chip, icon, tone = words.time(ticket.appointment_at), "ph.clock-bold", "plain"
    return NextLine(
        ticket_id=ticket.id,
        icon="ph.calendar-check-bold" if booked else "mdi6.walk",
        number=ticket.number,
        product=product.short_name if product else "",
        name=card.visitor_name or words("no name"),
        chip=chip,
        chip_icon="ph.warning-bold" if late else icon,
        chip_tone="late" if late else tone,
        first=first,
    )


def day_figures(day: OwnDay, words: Words) -> DayFigures:
    """The four tiles of the clerk's day."""
    service, wait = divmod(day.mean_service, 60), day.mean_wait // 60
    return DayFigures(
        since=words("since {time}", time=words.time(day.since)),
        served=words.number(day.served),
        mean_service=f"{service[0]}:{service[1]:02d}" if day.served else "",
        mean_wait=words("{minutes} min", minutes=wait) if day.served or wait else "",
        no_shows=words.number(day.no_shows),
    )


def product_help(products: Sequence[Product | None], words: Words) -> ProductHelp:
    """What to look at for all that the visitor came for: each thing once."""
    found = [product for product in products if product is not None]
    fees = [product.fee_cents for product in found if product.fee_cents is not None]
    fee = ""
    if fees:
        fee = euros(sum(fees), words.language) if sum(fees) else words("free of charge")
    texts = [_titled(one, among=len(found)) for one in found if one.clerk_text]
    return ProductHelp(
        bring=tuple(dict.fromkeys(thing for product in found for thing in product.bring)),
        fee=fee,
        text="\n".join(texts),
        links=tuple((link.title, link.address) for product in found for link in product.links),
    )


def _titled(product: Product, *, among: int) -> str:
    return f"{product.short_name}: {product.clerk_text}" if among > 1 else product.clerk_text


def visit_act(act: Act, *, directory: Directory, picture: SitePicture, words: Words) -> VisitAct:
    """Something else that was done in this visit."""
    product = directory.product(act.product_id)
    name = product.name if product else act.text
    card = picture.cards.get(act.ticket_id or "")
    if act.kind is ActKind.TICKET_ISSUED:
        number = card.ticket.number if card else words("Ticket")
        chip = _STATES.get(card.ticket.state, ("", "", "")) if card else _STATES[TicketState.DONE]
        return VisitAct(act.id, number, name, "ph.ticket", words(chip[0]), chip[1], chip[2])
    title, icon = _ACTS.get(act.kind, _ACTS[ActKind.INFORMATION_GIVEN])
    return VisitAct(act.id, words(title), name or act.text, icon)


_ACTS = {
    ActKind.INFORMATION_GIVEN: (mark("Information given"), "ph.info"),
    ActKind.REFERRED: (mark("Referred"), "ph.info"),
    ActKind.APPOINTMENT_BOOKED: (mark("Appointment booked"), "ph.calendar-check"),
    ActKind.APPOINTMENT_MOVED: (mark("Appointment moved"), "ph.arrows-left-right"),
    ActKind.APPOINTMENT_CANCELLED: (mark("Appointment cancelled"), "ph.calendar-x"),
    ActKind.CHECKED_IN: (mark("Checked in"), "ph.calendar-check"),
    ActKind.REPORT_REGISTERED: (mark("Report taken down"), "ph.chat-text"),
    ActKind.REPORT_JOINED: (mark("Joined a report that is known"), "ph.chat-text"),
}

_STATES = {
    TicketState.WAITING: (mark("Waiting"), "ph.hourglass-medium-bold", "wait"),
    TicketState.CALLED: (mark("Called"), "ph.megaphone-simple-bold", "call"),
    TicketState.SERVING: (mark("Busy"), "ph.play-circle-bold", "serve"),
    TicketState.PARKED: (mark("Parked"), "ph.pause-circle-bold", "done"),
    TicketState.NO_SHOW: (mark("Not present"), "ph.user-minus-bold", "done"),
    TicketState.DONE: (mark("Finished"), "ph.check-circle-bold", "done"),
}
