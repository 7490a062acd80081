"""What goes wrong in a database is told without the values: they hold names of citizens."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from loket.store.engine import Database


def test_an_error_does_not_tell_the_values(database: Database) -> None:
    for engine in (database.readers, database.writers, database.glances):
        with engine.connect() as connection, pytest.raises(DBAPIError) as failed:
            connection.execute(text("SELECT :name FROM nowhere"), {"name": "Marleen De Smedt"})
        assert "nowhere" in str(failed.value)
        assert "Marleen" not in str(failed.value)
