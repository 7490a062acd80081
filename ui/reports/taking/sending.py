"""A report on its way: first what was said, then each file, in one order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loket.kit.errors import LoketError
from loket.link.errors import LinkError
from loket.reports.messages.taking import AttachFile, Registered
from ui.reports.desk import Taking
from ui.reports.taking.draft import Draft

if TYPE_CHECKING:
    from loket.link.delivery import Delivered, Queued


@dataclass(frozen=True)
class Handed:
    """What became of it; a file that was refused does not undo the report."""

    answer: "Delivered[Registered] | Queued[None]"
    refused: tuple[tuple[str, Exception], ...] = ()
    """Names of files, and why."""


def hand_in(
    reports: Taking,
    draft: Draft,
    suggested: list[tuple[str, int]],
    files: Sequence[AttachFile],
    *,
    on_paper: bool,
) -> Handed:
    """Blocks; on disk when it returns."""
    if draft.linked is not None:
        report_id = draft.linked.id
        answer = reports.join(report_id, draft.joining(on_paper=on_paper))
    elif draft.entry:
        report_id = draft.id
        command = draft.registering(suggested, on_paper=on_paper)
        answer = reports.correct(draft.entry, command)
    else:
        report_id = draft.id
        answer = reports.register(draft.registering(suggested, on_paper=on_paper))
    thread = draft.start_visit().id
    refused = []
    for file in files:
        try:
            reports.attach(report_id, file, thread=thread)
        except (LoketError, LinkError) as error:
            refused.append((file.name, error))
    return Handed(answer, tuple(refused))
