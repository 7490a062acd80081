"""What can be chosen in the overlay, from what was typed so far."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from loket.catalogue.messages import Counter, Product, Queue
from loket.catalogue.search import ProductIndex
from loket.kit.clock import local
from loket.kit.i18n import Words, mark
from loket.queue.messages import Ticket
from loket.queue.picture import SitePicture
from loket.queue.rules.life import TicketState
from loket.queue.rules.opening import PauseReason
from ui.core.directory import Directory
from ui.counter.state import Choice, Picker, PickerKind

MOST_PRODUCTS = 6
REMARKS = (
    (mark("having a photo taken"), "ph.camera"),
    (mark("filling in a form"), "ph.file-text"),
    (mark("fetching a document"), "ph.archive"),
    (mark("getting money"), "ph.money"),
    (mark("is phoning"), "ph.phone"),
)
PAUSES = {
    PauseReason.BREAK: (mark("Pause"), "ph.coffee"),
    PauseReason.LUNCH: (mark("Lunch"), "ph.coffee"),
    PauseReason.BACK_OFFICE: (mark("Back office"), "ph.file-text"),
    PauseReason.MEETING: (mark("Meeting"), "ph.users-three"),
    PauseReason.TECHNICAL: (mark("Technical trouble"), "ph.desktop"),
}
_TIME = re.compile(r"\b([01]?\d|2[0-3])[:.u]?([0-5]\d)\b")


@dataclass(frozen=True)
class Known:
    """What the choices are made from."""

    directory: Directory
    index: ProductIndex | None
    picture: SitePicture
    counter_id: str
    ticket: Ticket | None
    now: datetime
    words: Words


def picker(kind: PickerKind, query: str, chosen: int, known: Known) -> Picker:
    """The overlay as it is shown now."""
    words = known.words
    number = known.ticket.number if known.ticket else ""
    title, placeholder, none = {
        PickerKind.PARK: (
            words("Park {number}", number=number),
            words("Where, or why"),
            "",
        ),
        PickerKind.TRANSFER: (
            words("Refer {number}", number=number),
            words("Queue, product or counter"),
            words("Nothing found. Try a department or the number of a counter."),
        ),
        PickerKind.PRODUCTS: (
            words("Products of {number}", number=number),
            words("Add a product of this counter"),
            words("Nothing found that is served here. Refer the visitor on."),
        ),
        PickerKind.PAUSE: (
            words("Pause this counter"),
            words("Reason, and until when: 10:30"),
            words("No such reason. Clear the search."),
        ),
    }[kind]
    choices = tuple(_MAKERS[kind](query.strip(), known))
    return Picker(
        kind=kind,
        title=title,
        hint=words("Enter chooses, Esc closes"),
        placeholder=placeholder,
        query=query,
        choices=choices,
        chosen=min(chosen, max(0, len(choices) - 1)),
        none=none,
    )


def until_in(query: str, now: datetime) -> datetime | None:
    """The moment that was typed, such as ``10:30``; None: none, or it is over today."""
    found = _TIME.search(query)
    if found is None:
        return None
    wanted = local(now).replace(
        hour=int(found[1]), minute=int(found[2]), second=0, microsecond=0, fold=0
    )
    moment = wanted.astimezone(now.tzinfo)
    return moment if moment > now else None


def _parking(query: str, known: Known) -> Iterator[Choice]:
    words = known.words
    own = query.casefold()
    if not query:
        yield Choice("park:", words("Without a reason"), "", "ph.pause-circle")
    remarks = [(words(text), icon) for text, icon in REMARKS]
    if query and own not in [text.casefold() for text, _icon in remarks]:
        yield Choice(f"park:{query}", query, words("In these words"), "ph.pause-circle")
    for text, icon in remarks:
        if own in text.casefold():
            yield Choice(f"park:{text}", text, "", icon)


def _transferring(query: str, known: Known) -> Iterator[Choice]:
    wanted, directory = query.casefold(), known.directory
    here = known.ticket.queue_id if known.ticket else ""
    for queue in directory.queues.values():
        if queue.id != here and wanted in queue.name.casefold():
            yield _queue(queue, known)
    for counter in directory.counters.values():
        if _may_take(counter, known) and wanted in counter.name.casefold():
            yield _counter(counter, known)
    for product in _products(query, known):
        queue_of = directory.queue_of(product)
        if queue_of is not None and not (known.ticket and product.id == known.ticket.product_id):
            place = directory.place_of(product)
            yield Choice(f"product:{product.id}", product.name, place, product.icon)


def _changing_products(query: str, known: Known) -> Iterator[Choice]:
    words, directory, ticket = known.words, known.directory, known.ticket
    if ticket is None:
        return
    for product_id in ticket.product_ids[1:]:
        product = directory.product(product_id)
        name = product.name if product else product_id
        if query.casefold() in name.casefold():
            yield Choice(f"remove:{product_id}", name, words("Take off this ticket"), "ph.x")
    counter = directory.counter(known.counter_id)
    served = {ticket.queue_id}
    if counter is not None:
        served |= {*counter.first_choice, *counter.second_choice}
    for product in _products(query, known):
        queue = directory.queue_of(product)
        if queue is not None and queue.id in served and product.id not in ticket.product_ids:
            yield Choice(
                f"add:{product.id}", product.name, directory.place_of(product), product.icon
            )


def _pausing(query: str, known: Known) -> Iterator[Choice]:
    words = known.words
    until = until_in(query, known.now)
    wanted = _TIME.sub("", query).strip().casefold()
    detail = words("until {time}", time=words.time(until)) if until else ""
    for reason, (text, icon) in PAUSES.items():
        name = words(text)
        if wanted in name.casefold():
            yield Choice(f"pause:{reason}", name, detail, icon)


_MAKERS = {
    PickerKind.PARK: _parking,
    PickerKind.TRANSFER: _transferring,
    PickerKind.PRODUCTS: _changing_products,
    PickerKind.PAUSE: _pausing,
}


def _products(query: str, known: Known) -> list[Product]:
    if not query or known.index is None:
        return []
    return [hit.product for hit in known.index.search(query, MOST_PRODUCTS)]


def _queue(queue: Queue, known: Known) -> Choice:
    words, now = known.words, known.picture.queues.get(queue.id)
    waiting = sum(
        card.ticket.queue_id == queue.id and card.ticket.state is TicketState.WAITING
        for card in known.picture.cards.values()
    )
    open_counters = now.open_counters if now else 0
    detail = " · ".join(
        (
            words.plural("{n} waiting", "{n} waiting", waiting),
            words.plural("{n} counter open", "{n} counters open", open_counters),
        )
    )
    return Choice(f"queue:{queue.id}", queue.name, detail, queue.icon)


def _may_take(counter: Counter, known: Known) -> bool:
    """Another counter of this site where somebody sits and calls."""
    if counter.id == known.counter_id or counter.site_id != known.directory.site_id:
        return False
    if not (counter.first_choice or counter.second_choice):
        return False
    now = known.picture.counters.get(counter.id)
    return now is not None and (now.open or now.pause is not None)


def _counter(counter: Counter, known: Known) -> Choice:
    words, now = known.words, known.picture.counters[counter.id]
    parts = [now.clerk, words("pauses") if now.pause else ""]
    detail = " · ".join(part for part in parts if part)
    return Choice(f"counter:{counter.id}", counter.name, detail, "ph.desktop")
