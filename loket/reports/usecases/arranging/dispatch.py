"""The rules of dispatch, kept as one list."""

from typing import Any, Final

from sqlalchemy import delete, insert
from sqlalchemy.dialects import postgresql, sqlite

from loket.catalogue.offer import Offer
from loket.reports.messages.arranging import Rule, Rules, SetRules
from loket.reports.queries.arrangements import RULE, read_categories
from loket.reports.queries.settings import RULE_LIST, read_rule_list
from loket.reports.rules.kinds import ArrangementStale, UnknownCategory
from loket.reports.rules.routing import Goal
from loket.reports.usecases.arranging.telling import announce, check_sent_to
from loket.staff.rules import Permission
from loket.store.work import Work


def _next_version(dialect: str) -> Any:
    upsert = (sqlite if dialect == "sqlite" else postgresql).insert(RULE_LIST)
    return upsert.on_conflict_do_update(
        index_elements=["id"], set_={"version": RULE_LIST.c.version + 1}
    ).returning(RULE_LIST.c.version)


_NEXT_VERSION: Final = {name: _next_version(name) for name in ("sqlite", "postgresql")}


def set_rules(work: Work, offer: Offer, command: SetRules) -> Rules:
    """Keep the whole list, over the version that its author saw."""
    work.allow(Permission.ARRANGE_REPORTS)
    # The version is taken first: whoever keeps the list at the same moment waits here.
    if next_version(work) != command.seen_version + 1:
        raise ArrangementStale
    known = {category.id for category in read_categories(work.connection)}
    for rule in command.rules:
        check_sent_to(work, offer, Goal(rule.department_id, rule.party_id))
        for category_id in rule.category_ids:
            if category_id not in known:
                raise UnknownCategory(category=category_id)
    write_rules(work, command.rules)
    work.record("set_report_rules", "report_rules", "all", rules=len(command.rules))
    announce(work, offer, "rules")
    return work.commit(read_rule_list(work.connection))


def next_version(work: Work) -> int:
    """The list is another from now on; gives its new version."""
    statement = _NEXT_VERSION[work.connection.dialect.name]
    version: int = work.connection.execute(statement, {"id": 1, "version": 1}).scalar_one()
    return version


def write_rules(work: Work, rules: list[Rule]) -> None:
    """These and no others, in this order."""
    work.connection.execute(delete(RULE))
    rows = [{**rule.model_dump(mode="json"), "place": n} for n, rule in enumerate(rules, start=1)]
    if rows:
        work.connection.execute(insert(RULE), rows)
