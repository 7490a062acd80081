"""Overviews of reports as they are read on the screen and named in a file."""

from loket.geography.rules.spots import Spot
from loket.kit.i18n import Words, mark
from loket.reports.messages.overview import ReportsOverview, ReportsRow
from loket.reports.rules.overview import OverviewBy
from ui.insight.cells import days, percent
from ui.insight.faces import CHANNELS
from ui.insight.state import Bar, Face, Line, Place, ReportsBy

BY_NAMES = {
    ReportsBy.THEME: mark("Reports by theme"),
    ReportsBy.DEPARTMENT: mark("Reports by department"),
    ReportsBy.QUARTER: mark("Reports by quarter"),
    ReportsBy.SPOT: mark("Hot spots of reports"),
    ReportsBy.CHANNEL: mark("Reports by channel"),
    ReportsBy.MONTH: mark("Reports by month"),
}
WIRE = {by: OverviewBy(by.value.removeprefix("reports_")) for by in ReportsBy}
_OF_WIRE = {wire: by for by, wire in WIRE.items()}
_HEADS = (
    mark("Reports"),
    mark("Open"),
    mark("In time"),
    mark("Too late"),
    mark("Late share"),
    mark("Days, mean"),
    mark("Days, half"),
    mark("Sent back"),
)
_SPOT_HEADS = (
    mark("Reports"),
    mark("Open"),
    mark("Too late"),
    mark("Mostly"),
)
_TILES = (
    mark("Reports"),
    mark("Open"),
    mark("In time"),
    mark("Too late"),
    mark("Days, mean"),
    mark("Sent back"),
)
BARS = 14


def face(words: Words, by: OverviewBy) -> Face:
    """What stands around the table."""
    on_map = by is OverviewBy.SPOT
    return Face(
        heads=tuple(words(head) for head in (_SPOT_HEADS if on_map else _HEADS)),
        rows=words(BY_NAMES[_OF_WIRE[by]]),
        wide=on_map,
        tiles=tuple(words(name) for name in _TILES),
        chart=words("Where") if on_map else words("Reports"),
        legend=(
            words("Numbered as the rows; from two within 100 m on.")
            if on_map
            else words("Those with the most.")
        ),
        of_tickets=False,
        empty=words("No reports in this period"),
        on_map=on_map,
    )


def lines(words: Words, overview: ReportsOverview) -> tuple[Line, ...]:
    if overview.by is OverviewBy.SPOT:
        every = enumerate(overview.rows, 1)
        return tuple(_spot_line(words, number, row) for number, row in every)
    return tuple(
        _line(words, row.key, _name(words, overview.by, row), row) for row in overview.rows
    )


def together(words: Words, overview: ReportsOverview) -> Line:
    if overview.by is OverviewBy.SPOT:
        row = overview.together
        return _spot_cells(words, "", words("Together, also elsewhere"), row)
    return _line(words, "", words("Together"), overview.together)


def bars(words: Words, overview: ReportsOverview) -> tuple[Bar, ...]:
    """How many a row; of months the last ones."""
    rows = overview.rows[-BARS:] if overview.by is OverviewBy.MONTH else overview.rows[:BARS]
    return tuple(Bar(_name(words, overview.by, row), float(row.count)) for row in rows)


def tiles(words: Words, overview: ReportsOverview) -> tuple[str, ...]:
    """The figures under the names of the tiles."""
    row = overview.together
    late = words.number(row.late)
    if row.on_time + row.late:
        late = f"{late} · {percent(words, _late(row))}"
    return (
        words.number(row.count),
        words.number(row.open),
        words.number(row.on_time),
        late,
        days(words, row.average_days),
        words.number(row.returned),
    )


def places(words: Words, overview: ReportsOverview) -> tuple[Place, ...]:
    """Rows that lie somewhere, with the numbers they have in the table."""
    return tuple(
        Place(str(number), number, _place_name(words, row), Spot(row.lat, row.lon))
        for number, row in enumerate(overview.rows, 1)
        if row.lat is not None and row.lon is not None
    )


def _place_name(words: Words, row: ReportsRow) -> str:
    where = row.key or words("without an address")
    return words("{where}: {n} reports", where=where, n=row.count)


def _line(words: Words, key: str, name: str, row: ReportsRow) -> Line:
    share = _late(row)
    took = (row.average_days, row.median_days)
    counts = (row.count, row.open, row.on_time, row.late)
    cells = (
        *(words.number(count) for count in counts),
        percent(words, share),
        *(days(words, one) for one in took),
        words.number(row.returned),
    )
    known = tuple(-1.0 if one is None else one for one in took)
    return Line(key, name, cells, (*counts, round(share, 1), *known, row.returned))


def _spot_line(words: Words, number: int, row: ReportsRow) -> Line:
    where = row.key or words("without an address")
    return _spot_cells(words, str(number), f"{number} · {where}", row)


def _spot_cells(words: Words, key: str, name: str, row: ReportsRow) -> Line:
    cells = (words.number(row.count), words.number(row.open), words.number(row.late), row.about)
    return Line(key, name, cells, (row.count, row.open, row.late, row.about))


def _late(row: ReportsRow) -> float:
    """In percent of those of which it is known; below nothing where it is of none."""
    known = row.on_time + row.late
    return 100 * row.late / known if known else -1.0


def _name(words: Words, by: OverviewBy, row: ReportsRow) -> str:
    if not row.key:
        return words("Not known")
    if by is OverviewBy.CHANNEL and row.key in CHANNELS:
        return words(CHANNELS[row.key])
    return row.key
