"""The regulation of each kind of report.

A report keeps the terms of the moment at which it was registered: its receipt says until when the
town answers. So a change is for what is registered from then on, and what held before is kept.
"""

from dataclasses import asdict
from typing import Any, Final

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from loket.catalogue.offer import Offer
from loket.reports.messages.arranging import RegulationOf, SetRegulation
from loket.reports.queries.arrangements import PAST_REGULATION, REGULATION, read_regulation
from loket.reports.queries.reports import REPORT
from loket.reports.queries.settings import read_regulations
from loket.reports.rules.kinds import ArrangementStale, ReportKind
from loket.reports.rules.terms import Regulation, check_regulation
from loket.reports.usecases.arranging.telling import announce
from loket.staff.rules import Permission
from loket.store.work import Work

_CHANGE: Final = (
    update(REGULATION)
    .where(REGULATION.c.kind == bindparam("of_kind"), REGULATION.c.version == bindparam("seen"))
    .values(version=REGULATION.c.version + 1)
    .returning(REGULATION.c.version)
)
_VERSION: Final = select(REGULATION.c.version).where(REGULATION.c.kind == bindparam("kind"))
_ANY_REPORT: Final = select(REPORT.c.id).limit(1)
"""Whether there is a report, which may yet become one of the kind: without one nothing is held."""


def _keep(dialect: str) -> Any:
    """What held for no moment at all is not kept."""
    upsert = (sqlite if dialect == "sqlite" else postgresql).insert(PAST_REGULATION)
    return upsert.on_conflict_do_nothing(index_elements=["kind", "until"])


_KEEP: Final = {name: _keep(name) for name in ("sqlite", "postgresql")}


def set_regulation(
    work: Work, offer: Offer, kind: ReportKind, command: SetRegulation
) -> RegulationOf:
    """Other terms for what is registered from now on."""
    work.allow(Permission.ARRANGE_REPORTS)
    wanted = Regulation(**command.model_dump(exclude={"seen_version"}))
    check_regulation(wanted)
    if not write_regulation(work, kind, wanted, command.seen_version):
        raise ArrangementStale
    announce(work, offer, "terms")
    found = {one.kind: one for one in read_regulations(work.connection)}
    return work.commit(found[kind])


def write_regulation(work: Work, kind: ReportKind, wanted: Regulation, seen: int) -> bool:
    """Keep what held until now, and what holds from now on; False: somebody was quicker."""
    before = read_regulation(work.connection, kind)
    if not _written(work, kind, wanted, seen):
        return False
    if work.connection.execute(_ANY_REPORT).first() is not None:
        held = {"kind": str(kind), **_values(before), "until": work.now}
        work.connection.execute(_KEEP[work.connection.dialect.name], held)
    work.record("set_report_terms", "report_regulation", str(kind), version=seen + 1)
    return True


def version_of(work: Work, kind: ReportKind) -> int:
    return work.connection.scalar(_VERSION, {"kind": str(kind)}) or 0


def _written(work: Work, kind: ReportKind, wanted: Regulation, seen: int) -> bool:
    if seen:
        statement = _CHANGE.values(**_values(wanted))
        found = work.connection.execute(statement, {"of_kind": str(kind), "seen": seen})
        return found.one_or_none() is not None
    try:
        row = {"kind": str(kind), **_values(wanted), "version": 1}
        work.connection.execute(insert(REGULATION), row)
    except IntegrityError:
        return False
    return True


def _values(terms: Regulation) -> dict[str, Any]:
    found = asdict(terms)
    return {**found, "counting": str(terms.counting), "starts_with": str(terms.starts_with)}
