"""Answers that are newer than the picture: shown at once, forgotten when the picture has them."""

from loket.queue.messages import Ticket, TicketCard
from loket.queue.picture import SitePicture
from loket.queue.rules.life import ALIVE, AT_COUNTER


class Overlay:
    """What the server answered to this desk before its events arrived."""

    def __init__(self) -> None:
        self._tickets: dict[str, Ticket] = {}
        self._people: dict[str, tuple[str, str]] = {}

    def put(self, ticket: Ticket) -> None:
        known = self._tickets.get(ticket.id)
        if known is None or ticket.version >= known.version:
            self._tickets[ticket.id] = ticket

    def put_card(self, card: TicketCard) -> None:
        self.put(card.ticket)
        self._people[card.ticket.id] = (card.visitor_name, card.note)

    def know(self, card: TicketCard) -> None:
        """Remember a visitor whose ticket is about to come here."""
        self._people[card.ticket.id] = (card.visitor_name, card.note)

    def settle(self, picture: SitePicture) -> None:
        """Forget what the picture now knows, and who is gone from it."""
        for ticket_id, ticket in list(self._tickets.items()):
            card = picture.cards.get(ticket_id)
            known = card.ticket.version if card else picture.gone.get(ticket_id)
            dead = card is None and ticket.state not in ALIVE
            if dead or (known is not None and known >= ticket.version):
                del self._tickets[ticket_id]
        for ticket_id in list(self._people):
            if ticket_id not in picture.cards and ticket_id not in self._tickets:
                del self._people[ticket_id]

    def knows_better(self, ticket: Ticket) -> bool:
        """Whether an answer says that the picture's ticket no longer waits."""
        newer = self._tickets.get(ticket.id)
        return newer is not None and newer.version > ticket.version and newer.state != ticket.state

    def at_counter(self, picture: SitePicture, counter_id: str) -> TicketCard | None:
        """Who is at the counter: by an answer, else by the picture."""
        known = {ticket_id: card.ticket for ticket_id, card in picture.cards.items()}
        for ticket_id, ticket in self._tickets.items():
            if ticket_id not in known or known[ticket_id].version < ticket.version:
                known[ticket_id] = ticket
        here = [
            ticket
            for ticket in known.values()
            if ticket.counter_id == counter_id and ticket.state in AT_COUNTER
        ]
        if not counter_id or not here:
            return None
        newest = max(here, key=lambda ticket: ticket.state_since)
        return self._card_of(newest, picture)

    def _card_of(self, ticket: Ticket, picture: SitePicture) -> TicketCard:
        card = picture.cards.get(ticket.id)
        name, note = (card.visitor_name, card.note) if card else ("", "")
        read_name, read_note = self._people.get(ticket.id, ("", ""))
        return TicketCard(
            ticket=ticket,
            visitor_name=name or read_name,
            note=note or read_note,
            remark="",
            parked_by="",
        )
