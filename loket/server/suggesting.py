"""``python -m loket suggest train|evaluate``: learning from reports, and how well it went."""

import json
import sys
from dataclasses import asdict
from typing import Any, Final

from sqlalchemy import Connection

from loket.kit.ids import new_id
from loket.reports.queries.arrangements import read_categories
from loket.reports.rules.suggesting import Keywords, Subject
from loket.reports.suggesting.keeping import category_ids, keep_model, read_examples
from loket.reports.suggesting.learning import LEAST, Example, Score, learn, scored, split
from loket.server.importing import SYSTEM
from loket.staff.rules import Permission
from loket.store.work import Request, Store
from loket.wire.base import WireOut

_DIGITS: Final = 4


class Trained(WireOut):
    """Which model there is now."""

    id: str


def evaluate(store: Store) -> int:
    """Print what a model and the keyword table would have said of the newest tenth."""
    with store.reading() as connection:
        examples = read_examples(connection)
        table = _keywords(connection)
    older, newer = split(examples)
    _print({"by": "keywords", "reports": len(examples), **_figures(scored(table.suggest, newer))})
    if len(examples) < LEAST:
        return _too_few(examples)
    score = scored(learn(older).suggest, newer)
    _print({"by": "model", "reports": len(examples), **_figures(score)})
    return 0


def train(store: Store) -> int:
    """Learn from all reports, and keep what was learnt with its score on held-out ones."""
    with store.reading() as connection:
        examples = read_examples(connection)
    if len(examples) < LEAST:
        return _too_few(examples)
    older, newer = split(examples)
    judged = learn(older)
    score = scored(judged.suggest, newer)
    model = learn(examples, judged.temperature)
    model_id = new_id()
    values = {
        "id": model_id,
        "trained_at": store.clock.now(),
        "reports": len(examples),
        "categories": category_ids(examples),
        "top1": score.top1,
        "top3": score.top3,
    }
    # Nothing slow in the transaction: it was learnt before.
    with store.work(Request(SYSTEM)) as work:
        work.allow(Permission.IMPORT_CATALOGUE)
        keep_model(work.connection, values, model)
        work.record("train_suggestions", "report_model", model_id, reports=len(examples))
        work.commit(Trained(id=model_id))
    _print({"trained": model_id, "reports": len(examples), **_figures(score)})
    return 0


def _keywords(connection: Connection) -> Keywords:
    open_ones = [one for one in read_categories(connection) if not one.closed]
    return Keywords([Subject(one.id, one.name, tuple(one.keywords)) for one in open_ones])


def _too_few(examples: list[Example]) -> int:
    """The keyword table goes on."""
    _print({"by": "model", "reports": len(examples), "needed": LEAST})
    return 1


def _figures(score: Score) -> dict[str, Any]:
    return {name: round(value, _DIGITS) for name, value in asdict(score).items()}


def _print(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()
