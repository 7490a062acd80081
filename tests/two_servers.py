"""Two servers over one database, and two colleagues who press at the same moment."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Barrier
from typing import Any

from sqlalchemy import text

from loket.kit.clock import Clock
from loket.store.engine import open_database
from loket.store.work import Store
from tests.serving import Client, running


@contextmanager
def two_servers(
    store: Store, clock: Clock, folder: Path, people: Sequence[tuple[str, str]]
) -> Iterator[list[Client]]:
    """Somebody at a desk of each; the servers share nothing but the database."""
    database = open_database(store.database.url)
    with ExitStack() as stack:
        found = []
        for nr, (served, (name, desk)) in enumerate(
            zip((store, Store(database, clock)), people, strict=True)
        ):
            own = folder / str(nr)
            own.mkdir()
            client = Client(stack.enter_context(running(served, own))).sign_in(name, desk)
            stack.callback(client.http.close)
            # FastAPI makes its routes when first asked, under filters for warnings that all threads
            # share: two in one process must not do so at the same moment.
            assert client.get("/nothing").status_code == 404
            found.append(client)
        yield found
    database.dispose()


def both(desks: list[Client], act: Callable[[int, Client], Any]) -> list[Any]:
    """Both press at the same moment."""
    start = Barrier(len(desks))

    def press(nr: int) -> Any:
        start.wait()
        return act(nr, desks[nr])

    with ThreadPoolExecutor(len(desks)) as pool:
        return list(pool.map(press, range(len(desks))))


def one_did(answers: list[Any], *refusals: str) -> Any:
    """One got it, the other was told why not; the answer of the one."""
    done, refused = sorted(answers, key=lambda answer: answer.status_code)
    assert done.status_code < 300, done.text
    assert refused.json()["code"] in refusals, refused.text
    return done


def count(store: Store, what: str) -> int:
    """How many rows of a table, with a condition perhaps."""
    with store.reading() as connection:
        return int(connection.scalar(text(f"SELECT count(*) FROM {what}")) or 0)
