"""A report that was taken down in a visit, as screens tell each other."""

from dataclasses import dataclass

from loket.visits.messages import StartVisit


@dataclass(frozen=True)
class TakenDown:
    """What was registered or joined, and in which visit."""

    visit: StartVisit
    report_id: str
    reference: str
    """Empty while the server gave none."""
    title: str
    joined: bool = False
    """No report of its own: the citizen joined one."""
    pending: bool = False
    """Only this desk knows of it."""
