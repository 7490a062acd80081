"""From session, catalogue and picture to what the frame of the window shows."""

from datetime import datetime

from loket.kit.i18n import Words, mark
from loket.queue.messages import TicketCard
from loket.queue.picture import Connection, ConnectionState, SitePicture
from loket.queue.rules.life import TicketState
from loket.staff.messages import Demonstration, SignedIn
from ui.core.actions import ScreenId
from ui.core.directory import Directory, calls_tickets
from ui.core.figures import initials, minutes
from ui.shell.state import Found, Person, Pill, TicketView

MOST_PRODUCTS, MOST_TICKETS = 5, 4
MAY_SEE_FIGURES, MAY_CLOSE = "figures.see", "queue.close"
MAY_CALL, MAY_ISSUE = "ticket.call", "ticket.issue"
MAY_BOOK = "appointment.book"
MAY_TAKE_REPORTS = "report.take"
MAY_SEE_FIGURES = "figures.see"
MAY_MANAGE_CALENDAR = "calendar.manage"
MAY_SEE_MESSAGES = "message.see"
_ROLES = {
    "desk": mark("Welcome desk"),
    "counter": mark("Counter"),
    "supervisor": mark("Supervisor"),
    "coordinator": mark("Report coordinator"),
    "administrator": mark("Administrator"),
}


def people(demonstration: Demonstration, words: Words) -> tuple[Person, ...]:
    """Who may sign in with one press."""
    if not demonstration.active:
        return ()
    return tuple(
        Person(
            username=user.username,
            name=user.name,
            role=words(_ROLES.get(user.role, user.role)),
            initials=initials(user.name),
        )
        for user in demonstration.users
    )


def screens(session: SignedIn, directory: Directory | None) -> tuple[ScreenId, ...]:
    """Which screens this person has at this desk; the first one is home."""
    permissions = session.user.permissions
    counter = directory.counter(session.counter_id) if directory else None
    found = []
    if MAY_ISSUE in permissions or MAY_CALL not in permissions:
        found.append(ScreenId.WELCOME)
    if counter is not None and calls_tickets(counter) and MAY_CALL in permissions:
        found.append(ScreenId.COUNTER)
    if MAY_BOOK in permissions:
        found.append(ScreenId.APPOINTMENTS)
    if MAY_TAKE_REPORTS in permissions:
        found.append(ScreenId.REPORTS)
    if MAY_SEE_FIGURES in permissions:
        found.append(ScreenId.QUEUES)
        found.append(ScreenId.INSIGHT)
    if {MAY_MANAGE_CALENDAR, MAY_SEE_MESSAGES} & {*permissions}:
        found.append(ScreenId.ADMIN)
    return tuple(found)


def home(session: SignedIn, directory: Directory | None) -> ScreenId:
    """A counter's home is the counter, every other desk's the welcome screen."""
    counter = directory.counter(session.counter_id) if directory else None
    offered = screens(session, directory)
    if counter is not None and counter.kind in {"counter", "quick"}:
        return ScreenId.COUNTER if ScreenId.COUNTER in offered else offered[0]
    if counter is not None and counter.kind == "office" and MAY_CLOSE in session.user.permissions:
        return ScreenId.QUEUES if ScreenId.QUEUES in offered else offered[0]
    return offered[0]


def desk_name(session: SignedIn, directory: Directory) -> str:
    """``Loket 3 · Stadhuis``."""
    counter, site = directory.counter(session.counter_id), directory.site()
    names = [counter.name if counter else "", site.name if site else ""]
    return " · ".join(name for name in names if name)


def pill(connection: Connection, words: Words) -> Pill:
    """Connected, offline or sending."""
    match connection.state:
        case ConnectionState.CONNECTED:
            if connection.parked:
                text = words.plural("{n} refused", "{n} refused", connection.parked)
                return Pill(text, "ph.warning-bold", "late")
            return Pill(words("Connected"), "ph.wifi-high-bold", "serve")
        case ConnectionState.OFFLINE:
            if not connection.waiting:
                return Pill(words("Offline"), "ph.wifi-slash-bold", "wait")
            waiting = words.number(connection.waiting)
            text = words("Offline · {n} to send", n=waiting)
            return Pill(text, "ph.wifi-slash-bold", "wait")
        case ConnectionState.SENDING:
            text = words("Sending, {n} left", n=words.number(connection.waiting))
            return Pill(text, "ph.arrows-clockwise-bold", "plain")


def found_tickets(
    text: str, picture: SitePicture, directory: Directory, words: Words
) -> tuple[Found, ...]:
    """Tickets of which the number begins so, or the visitor's name holds it."""
    wanted = text.strip().casefold()
    if not wanted:
        return ()
    hits = [
        card
        for card in picture.cards.values()
        if card.ticket.number.casefold().startswith(wanted)
        or (len(wanted) > 1 and wanted in card.visitor_name.casefold())
    ]
    hits.sort(key=lambda card: card.ticket.number)
    return tuple(_found_ticket(card, directory, words) for card in hits[:MOST_TICKETS])


def _found_ticket(card: TicketCard, directory: Directory, words: Words) -> Found:
    product = directory.product(card.ticket.product_id)
    parts = [
        product.name if product else "",
        card.visitor_name,
        words(STATE_WORDS[card.ticket.state][0]),
    ]
    detail = " · ".join(part for part in parts if part)
    return Found("ticket", card.ticket.id, card.ticket.number, detail, "ph.ticket")


def ticket_view(
    card: TicketCard, *, directory: Directory | None, now: datetime, words: Words
) -> TicketView:
    """A found ticket with all that may be told about it."""
    ticket = card.ticket
    product = directory.product(ticket.product_id) if directory else None
    queue = directory.queues.get(ticket.queue_id) if directory else None
    counter = directory.counter(ticket.counter_id or "") if directory else None
    word, icon, tone = STATE_WORDS[ticket.state]
    lines = [(words("Arrived"), words.time(ticket.arrived_at))]
    if ticket.state is TicketState.WAITING:
        waited = words("{minutes} min", minutes=minutes(now - ticket.arrived_at))
        lines.append((words("Waits"), waited))
    if ticket.last_called_at is not None:
        lines.append((words("Called"), words.time(ticket.last_called_at)))
    if card.remark:
        lines.append((words("Is away"), card.remark))
    if card.parked_by:
        lines.append((words("Parked by"), card.parked_by))
    if queue is not None:
        lines.append((words("Queue"), queue.name))
    if counter is not None:
        lines.append((words("Counter"), counter.name))
    return TicketView(
        ticket_id=ticket.id,
        number=ticket.number,
        product=product.name if product else "",
        chip=words(word),
        chip_icon=icon,
        chip_tone=tone,
        name=card.visitor_name,
        note=card.note,
        lines=tuple(lines),
        can_withdraw=ticket.state in {TicketState.WAITING, TicketState.PARKED},
        can_wait=ticket.state in {TicketState.PARKED, TicketState.NO_SHOW},
        absent=ticket.state is TicketState.NO_SHOW,
    )


STATE_WORDS = {
    TicketState.WAITING: (mark("Waiting"), "ph.hourglass-medium-bold", "wait"),
    TicketState.CALLED: (mark("Called"), "ph.megaphone-simple-bold", "call"),
    TicketState.SERVING: (mark("Being served"), "ph.play-circle-bold", "serve"),
    TicketState.PARKED: (mark("Parked"), "ph.pause-circle-bold", "done"),
    TicketState.NO_SHOW: (mark("Not present"), "ph.user-minus-bold", "done"),
    TicketState.TRANSFERRED: (mark("Referred"), "ph.arrow-bend-up-right-bold", "done"),
    TicketState.DONE: (mark("Finished"), "ph.check-circle-bold", "done"),
    TicketState.WITHDRAWN: (mark("Withdrawn"), "ph.x-circle-bold", "done"),
    TicketState.EXPIRED: (mark("Expired"), "ph.x-circle-bold", "done"),
}
