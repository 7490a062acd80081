"""Reports that were kept while the server was away, and refused when they were delivered."""

from dataclasses import dataclass

from loket.kit.errors import Params
from loket.link.outbox import EntryState, Outbox
from loket.reports.messages.taking import RegisterReport

KIND = "register_report"
"""How such a letter is called in the outbox."""


@dataclass(frozen=True)
class RefusedReport:
    """What was taken down, and why it was refused."""

    entry_id: str
    command: RegisterReport
    code: str
    params: Params


def refused_reports(outbox: Outbox, author: str) -> tuple[RefusedReport, ...]:
    """Those of one person, the oldest first."""
    return tuple(
        RefusedReport(
            entry.id,
            RegisterReport.model_validate_json(entry.letter.body or ""),
            entry.code,
            entry.params,
        )
        for entry in outbox.entries()
        if entry.state is EntryState.PARKED
        and entry.letter.kind == KIND
        and entry.letter.author == author
    )
