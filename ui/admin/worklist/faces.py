"""The worklist as it is read."""

from loket.appointments.messages import Misfit
from loket.appointments.rules.fitting import Unfit
from loket.kit.clock import local_day
from loket.kit.i18n import Words, mark
from loket.wire.contact import number_shown
from ui.admin.worklist.state import MisfitLine
from ui.core.directory import Directory

HEADS = (
    mark("Moment"),
    mark("Name"),
    mark("Telephone"),
    mark("Product"),
    mark("Queue"),
    mark("Reason"),
)
REASONS = {
    Unfit.CLOSED: mark("Outside the opening times"),
    Unfit.FULL: mark("More booked than places"),
}


def line_of(misfit: Misfit, directory: Directory, words: Words) -> MisfitLine:
    one = misfit.appointment
    reason = words(REASONS[misfit.unfit])
    cells = (
        f"{words.short_day(local_day(one.starts_at))} · {words.time(one.starts_at)}",
        one.name or words("Name is not shown here"),
        number_shown(one.phone) if one.phone else one.email or "–",
        _products(one.product_ids, directory, words),
        _queue(one.queue_id, directory),
        f"{reason}: {misfit.reason}" if misfit.reason else reason,
    )
    return MisfitLine(one.id, cells, " · ".join((one.reference, *cells)))


def _products(ids: list[str], directory: Directory, words: Words) -> str:
    names = [p.name for p in (directory.product(ident) for ident in ids) if p is not None]
    return " + ".join(names) or words("other service")


def _queue(queue_id: str, directory: Directory) -> str:
    sites = {site.id: site.name for site in directory.catalogue.sites}
    found = next((q for q in directory.catalogue.queues if q.id == queue_id), None)
    return f"{sites.get(found.site_id, '')} · {found.name}" if found else ""
