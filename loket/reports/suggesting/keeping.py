"""Reports to learn from, and what was learnt, in the database."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, insert, select

from loket.reports.suggesting.learning import MOST_REPORTS, Example
from loket.reports.suggesting.model import Model
from loket.reports.tables import CategoryRow, ModelRow, ReportRow

_REPORT = ReportRow.metadata.tables["report"]
_CATEGORY = CategoryRow.metadata.tables["report_category"]
_MODEL = ModelRow.metadata.tables["report_model"]
_NEWEST: Final = (
    select(_REPORT.c.text, _REPORT.c.category_id)
    .join(_CATEGORY, _CATEGORY.c.id == _REPORT.c.category_id)
    .where(_CATEGORY.c.closed_at.is_(None))
    .order_by(_REPORT.c.serial.desc())
    .limit(MOST_REPORTS)
)
_LAST: Final = select(_MODEL.c.id).order_by(_MODEL.c.trained_at.desc(), _MODEL.c.id.desc()).limit(1)


def read_examples(connection: Connection) -> list[Example]:
    """Reports in an open category, the oldest first."""
    rows = connection.execute(_NEWEST).all()
    return [Example(row.text, row.category_id) for row in reversed(rows)]


def keep_model(connection: Connection, values: dict[str, Any], model: Model) -> None:
    """Beside those of before: figures of suggestions say which model made them."""
    connection.execute(insert(_MODEL), {**values, "blob": model.packed()})


def last_model_id(connection: Connection) -> str | None:
    """The one to use; None: none was trained."""
    return connection.execute(_LAST).scalar_one_or_none()


def read_model(connection: Connection, model_id: str) -> Model:
    found = select(_MODEL.c.blob).where(_MODEL.c.id == model_id)
    return Model.unpacked(connection.execute(found).scalar_one())


def category_ids(examples: Sequence[Example]) -> int:
    """How many different ones there are."""
    return len({one.category_id for one in examples})
