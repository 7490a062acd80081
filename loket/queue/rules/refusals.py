"""Why an act on a ticket, a counter or a queue can be refused, beyond the moves of ``life``."""

from loket.kit.errors import Conflict, NotAllowed
from loket.queue.rules.life import QueueClosed


class OtherDay(Conflict):
    """The ticket is of an earlier day: nobody is called from that day's queue any more."""

    code = "queue.other_day"


class ParkedByOther(NotAllowed):
    """Only who parked a ticket calls it straight from there; anybody lets it wait again."""

    code = "queue.parked_by_other"


class SamePlace(Conflict):
    """The ticket waits there already, for that product."""

    code = "queue.same_place"


class NobodyThere(Conflict):
    """Nobody sits at the counter."""

    code = "queue.nobody_there"


class CounterClosed(Conflict):
    """A supervisor closed the counter; a clerk who is back does not undo that by calling."""

    code = "queue.counter_closed"


class ProductThere(Conflict):
    """The ticket is for that product already."""

    code = "queue.product_there"


class ProductNotThere(Conflict):
    """The ticket is not, or no longer, for that product."""

    code = "queue.product_not_there"


class ProductElsewhere(Conflict):
    """The product is served in another queue than the ticket waits in."""

    code = "queue.product_elsewhere"


class ProductServed(Conflict):
    """What a ticket is being served for is changed by a transfer, not taken off."""

    code = "queue.product_served"


class ClosedByHand(QueueClosed):
    """A supervisor closed the queue, until ``until`` or for the rest of the day."""

    code = "queue.closed_by_hand"


class UntilPast(Conflict):
    """The moment until which something was to last is over already, or not today."""

    code = "queue.until_past"


class CounterServesOther(Conflict):
    """The counter does not serve the queue."""

    code = "queue.counter_serves_other"
