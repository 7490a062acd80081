"""What tickets take over from their visit when that changes."""

from sqlalchemy import bindparam, update

from loket.queue.tables import IS_ALIVE
from loket.queue.usecases.ledger import TICKET
from loket.store.work import Work
from loket.visits.messages import VisitDetails

_FOLLOW = (
    update(TICKET)
    .where(
        TICKET.c.visit_id == bindparam("visit"),
        IS_ALIVE,
    )
    .values(priority=bindparam("reason"), language=bindparam("spoken"))
)


def follow_visit(work: Work, visit_id: str, details: VisitDetails) -> None:
    """Give the visit's living tickets its reason for priority and its language."""
    spoken = {"reason": details.priority, "spoken": str(details.language)}
    work.connection.execute(_FOLLOW, {"visit": visit_id, **spoken})
