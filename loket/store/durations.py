"""Time in SQL, alike on both databases: seconds between two moments, and since 1970."""

from typing import Any

from sqlalchemy import ColumnElement, Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class epoch_seconds(FunctionElement[int]):  # noqa: N801 - reads as a function of SQL
    """Whole seconds since 1970 of a moment."""

    type = Integer()
    inherit_cache = True


@compiles(epoch_seconds, "sqlite")
def _on_sqlite(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    return f"CAST(strftime('%s', {compiler.process(element.clauses, **options)}) AS INTEGER)"


@compiles(epoch_seconds, "postgresql")
def _on_postgresql(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    moment = compiler.process(element.clauses, **options)
    return f"CAST(floor(extract(epoch FROM {moment})) AS BIGINT)"


def seconds_between(earlier: Any, later: Any) -> ColumnElement[int]:
    """Whole seconds from one moment to another; NULL when one of them is."""
    return epoch_seconds(later) - epoch_seconds(earlier)
