"""What the dock says: of today, of who waits, and of the form that is being filled in."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from loket.appointments.messages import Appointment, Wish
from loket.appointments.rules.life import PartOfDay, WishKind, WishState
from loket.kit.clock import local_day
from loket.kit.i18n import Words, mark
from loket.kit.money import euros
from ui.appointments.draft import contact_face
from ui.appointments.naming import (
    CHIPS,
    day_and_month,
    full_product,
    look_of,
    said_name,
    short_product,
    when,
)
from ui.appointments.state import (
    AppointmentLine,
    DockMode,
    FormState,
    Look,
    Moment,
    TodayState,
    WishLine,
)

if TYPE_CHECKING:
    from ui.appointments.showing import Known

MOST_LINES = 30
_OVER = {Look.DONE, Look.ABSENT, Look.CANCELLED}
PARTS = {
    PartOfDay.ANY: mark("any time of day"),
    PartOfDay.MORNING: mark("in the morning"),
    PartOfDay.AFTERNOON: mark("in the afternoon"),
}


def today_state(known: "Known") -> TodayState:
    """Who comes next, or who was found."""
    words, found = known.words, bool(known.query.strip())
    shown = known.found.appointments if found else list(_next(known))
    lines = tuple(_line(each, known, with_day=found) for each in shown[:MOST_LINES])
    queue = known.town.directories[known.site_id].queues.get(known.queue_id)
    more = known.found.more if found else len(shown) > MOST_LINES
    waits = tuple(_wishes(known))
    return TodayState(
        title=words("Found") if found else words("Today"),
        place=queue.name if queue else "",
        query=known.query,
        found=found,
        lines=lines,
        none=_none(words, found=found) if found or known.today is not None else "",
        more=words("There are more. Type more of the name.") if more else "",
        wishes=waits,
        waiting=words.plural("Waiting list · {n}", "Waiting list · {n}", len(waits)),
    )


def _none(words: Words, *, found: bool) -> str:
    if found:
        return words("Nobody found. Try the reference or the telephone number.")
    return words("No more appointments today. New ones come here by themselves.")


def _next(known: "Known") -> Iterator[Appointment]:
    for appointment in sorted(known.today or (), key=lambda each: each.starts_at):
        if look_of(appointment, known.now) not in _OVER:
            yield appointment


def _line(appointment: Appointment, known: "Known", *, with_day: bool) -> AppointmentLine:
    words, look = known.words, look_of(appointment, known.now)
    products = known.town.products()
    day = local_day(appointment.starts_at)
    at_day = day_and_month(day, words) if with_day else ""
    parts = [at_day, short_product(appointment.product_ids, products), appointment.reference]
    waiting = look in {Look.BOOKED, Look.LATE}
    return AppointmentLine(
        id=appointment.id,
        time=words.time(appointment.starts_at),
        title=said_name(appointment, words),
        detail=" · ".join(part for part in parts if part),
        look=look,
        chip="" if look is Look.BOOKED else _chip(appointment, look, known),
        can_check_in=waiting and day == local_day(known.now),
    )


def _chip(appointment: Appointment, look: Look, known: "Known") -> str:
    if look is Look.LATE:
        late = int((known.now - appointment.starts_at).total_seconds() // 60)
        return known.words("+{minutes} min", minutes=late)
    if look is Look.ARRIVED and appointment.ticket:
        return appointment.ticket
    return known.words(CHIPS[look][0])


def _wishes(known: "Known") -> Iterator[WishLine]:
    words = known.words
    for wish in known.wishes.wishes if known.wishes else ():
        if wish.state not in {WishState.OPEN, WishState.OFFERED}:
            continue
        offered = wish.state is WishState.OFFERED and wish.offered_at is not None
        product = known.town.products().get(wish.product_id)
        parts = [product.short_name if product else "", _wanted(wish, words)]
        if offered and wish.offered_at is not None:
            parts = [when(wish.offered_at, words), parts[0]]
        request = wish.kind is WishKind.REQUEST
        yield WishLine(
            id=wish.id,
            title=wish.name,
            detail=" · ".join(part for part in parts if part),
            chip=words("Offer") if offered else words("Request") if request else words("Waits"),
            tone="tint2" if offered else "wait" if request else "plain",
            offered=offered,
        )


def _wanted(wish: Wish, words: Words) -> str:
    first, last = words.short_day(wish.first_day), words.short_day(wish.last_day)
    days = first if wish.first_day == wish.last_day else f"{first} – {last}"
    return f"{days}, {words(PARTS[wish.part])}" if wish.part is not PartOfDay.ANY else days


# the form


def form_state(known: "Known") -> FormState:
    """A new appointment, a move, a wish, or a change of who it is for."""
    words = known.words
    moving, changing = known.moving is not None, known.changing
    return FormState(
        title=_title(known),
        moment=None if changing or known.mode is DockMode.WISH else _moment(known),
        contact=contact_face(known.draft, words, reading_card=known.reading_card),
        languages=known.town.own.languages,
        bring="" if moving or changing else _bring(known),
        held=_held(known),
        held_wrong=bool(known.talked and known.talked.lapsed),
        problem=known.refusal,
        near=known.near,
        can_request=known.away and not moving and not changing,
        main=_main(known),
        busy=known.busy,
        anyone=not moving,
        confirms=not (moving or changing or known.mode is DockMode.WISH),
        wishes=known.mode is DockMode.WISH,
        first_day=known.wish_days[0] if known.wish_days else None,
        last_day=known.wish_days[1] if known.wish_days else None,
        part=known.asked.part,
    )


def _title(known: "Known") -> str:
    words = known.words
    if known.changing:
        return words("Change details")
    if known.moving is not None:
        return words("Move {reference}", reference=known.moving.appointment.reference)
    if known.mode is DockMode.WISH:
        return words("On the waiting list")
    return words("New appointment")


def _main(known: "Known") -> str:
    words = known.words
    if known.changing:
        return words("Keep")
    if known.moving is not None and known.talked is not None:
        return words("Move to {moment}", moment=words.time(known.talked.starts_at))
    if known.mode is DockMode.WISH:
        return words("Put on the waiting list")
    return words("Book appointment")


def _moment(known: "Known") -> Moment | None:
    talked, words = known.talked, known.words
    if talked is None:
        return None
    products = known.town.products()
    moved = known.moving.appointment if known.moving else None
    product_ids = moved.product_ids if moved else list(known.asked.product_ids)
    persons = moved.persons if moved else known.asked.persons
    fees = [products[each].fee_cents or 0 for each in product_ids if each in products]
    parts = [
        known.town.site_name(talked.site_id),
        words("{minutes} min", minutes=known.minutes),
        words.plural("{n} person", "{n} persons", persons) if persons > 1 else "",
        euros(sum(fees), words.language) if sum(fees) else "",
    ]
    was = words("was {moment}", moment=when(moved.starts_at, words)) if moved else ""
    return Moment(
        when=when(talked.starts_at, words),
        product=full_product(product_ids, products),
        detail=" · ".join(part for part in parts if part),
        was=was,
    )


def _bring(known: "Known") -> str:
    products = known.town.products()
    things = [
        thing
        for each in known.asked.product_ids
        if each in products
        for thing in products[each].bring
    ]
    text = ", ".join(dict.fromkeys(things))
    return text[:1].upper() + text[1:]


def _held(known: "Known") -> str:
    talked, words = known.talked, known.words
    if talked is None:
        return ""
    if talked.lapsed:
        return words("This moment is no longer kept. It is asked for again when it is booked.")
    if talked.hold is None:
        return ""
    return words("Kept for this desk until {time}", time=words.time(talked.hold.expires_at))
