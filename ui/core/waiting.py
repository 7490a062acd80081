"""Who waits where, read from the picture: counts, longest waits, forecasts, opening hours."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from loket.catalogue.messages import Product, Queue
from loket.kit.i18n import Words
from loket.queue.messages import QueueNow, Ticket, TicketCard, WaitRange
from loket.queue.picture import SitePicture
from loket.queue.rules.life import TicketState, expected_wait
from ui.core.directory import Directory
from ui.core.figures import minutes


@dataclass(frozen=True)
class QueueFigures:
    """One queue now."""

    queue: Queue
    waiting: tuple[TicketCard, ...]
    open_counters: int
    is_open: bool
    closed: str
    """Why, or until when; empty while it is open."""
    wait: WaitRange | None = None
    """What the server reckons that who comes now waits."""
    closes_at: datetime | None = None
    """When the present opening ends."""

    def longest(self, now: datetime) -> timedelta:
        if not self.waiting:
            return timedelta(0)
        return max(timedelta(0), now - min(waits_from(card.ticket) for card in self.waiting))

    def late(self, now: datetime) -> bool:
        """In whole minutes, as they are shown: *20 min* is not over a norm of 20."""
        return minutes(self.longest(now)) > self.queue.norm_minutes

    def forecast(self, product: Product) -> timedelta | None:
        """How long somebody who takes a ticket now will wait: the middle of what is likely."""
        if self.wait is not None:
            return timedelta(minutes=self.wait.middle)
        return expected_wait(len(self.waiting), product.mean_service_seconds, self.open_counters)

    def too_late(self, product: Product, now: datetime) -> bool:
        """Whether the turn of who comes now would more likely than not come after closing."""
        wait = self.forecast(product)
        if wait is None or self.closes_at is None:
            return False
        return now + wait >= self.closes_at


def waits_from(ticket: Ticket) -> datetime:
    """The later of arrival and appointment: before that nobody waits."""
    return max(ticket.arrived_at, ticket.appointment_at or ticket.arrived_at)


def arrival(card: TicketCard) -> tuple[datetime, str]:
    return (card.ticket.arrived_at, card.ticket.id)


def figures(
    directory: Directory, picture: SitePicture, now: datetime, words: Words
) -> dict[str, QueueFigures]:
    """All queues of the site by id, each card looked at once."""
    waiting: dict[str, list[TicketCard]] = {queue_id: [] for queue_id in directory.queues}
    for card in picture.cards.values():
        if card.ticket.state is TicketState.WAITING and card.ticket.queue_id in waiting:
            waiting[card.ticket.queue_id].append(card)
    return {
        queue.id: _figures_of(
            queue,
            picture.queues.get(queue.id),
            waiting[queue.id],
            wait=picture.wait_of(queue.id),
            now=now,
            words=words,
        )
        for queue in directory.queues.values()
    }


def _figures_of(
    queue: Queue,
    hours: QueueNow | None,
    cards: list[TicketCard],
    *,
    wait: WaitRange | None,
    now: datetime,
    words: Words,
) -> QueueFigures:
    closed = closed_text(hours, now, words)
    return QueueFigures(
        queue=queue,
        waiting=tuple(sorted(cards, key=arrival)),
        open_counters=hours.open_counters if hours else 0,
        is_open=not closed,
        closed=closed,
        wait=wait,
        closes_at=_closes(hours, now),
    )


def _closes(hours: QueueNow | None, now: datetime) -> datetime | None:
    periods = hours.hours if hours else []
    return next((p.closes_at for p in periods if p.opens_at <= now < p.closes_at), None)


def closed_text(hours: QueueNow | None, now: datetime, words: Words) -> str:
    """``gesloten tot 13:30``, or the reason; empty while open, or while nothing is known."""
    if hours is None or any(period.opens_at <= now < period.closes_at for period in hours.hours):
        return ""
    later = [period.opens_at for period in hours.hours if period.opens_at > now]
    if later:
        return words("closed until {time}", time=words.time(min(later)))
    if hours.closed_reason:
        return words("closed: {reason}", reason=hours.closed_reason)
    return words("closed today") if not hours.hours else words("closed for today")
