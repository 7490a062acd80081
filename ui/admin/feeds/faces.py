"""Calendar addresses as they are read."""

from datetime import datetime

from loket.appointments.messages import Feed, FeedKind
from loket.kit.clock import local_day
from loket.kit.i18n import Words, mark
from ui.admin.feeds.state import FeedLine
from ui.core.directory import Directory

HEADS = (
    mark("Name"),
    mark("Calendar of"),
    mark("Names"),
    mark("Last read"),
)


def line_of(feed: Feed, directory: Directory, words: Words) -> FeedLine:
    last = _moment(feed.last_read_at, words) if feed.last_read_at else words("not yet")
    cells = (
        feed.name,
        dict(targets(directory, feed.kind)).get(feed.target_id)
        or words("No longer in the catalogue"),
        words("yes") if feed.with_names else words("no"),
        words("revoked") if feed.revoked else last,
    )
    made = words("made on {moment}", moment=_moment(feed.made_at, words))
    return FeedLine(feed.id, cells, " · ".join((*cells[:2], made)), feed.revoked)


def targets(directory: Directory, kind: FeedKind) -> tuple[tuple[str, str], ...]:
    """Of what there can be a calendar, with ids."""
    catalogue = directory.catalogue
    if kind is FeedKind.DEPARTMENT:
        return tuple((part.id, part.name) for part in catalogue.departments)
    sites = {site.id: site.name for site in catalogue.sites}
    return tuple((c.id, f"{sites.get(c.site_id, '')} · {c.name}") for c in catalogue.counters)


def _moment(moment: datetime, words: Words) -> str:
    return f"{words.short_day(local_day(moment))} · {words.time(moment)}"
