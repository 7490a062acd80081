"""Answers by mail taken in: what tests of incoming mail share."""

from typing import Any

from sqlalchemy import text

from loket.catalogue.offer import Offers
from loket.channels.tags import tagged
from loket.queue.queries import measured
from loket.reports.usecases.mailing.taking_in import Outcome, OwnAddresses, take_in
from loket.store.work import Store

REPLY = "meldingen@heidebeek.example"
OWN = OwnAddresses(REPLY, "onthaal@heidebeek.example")


def taken_in(store: Store, raw: bytes, **more: Any) -> Outcome:
    return take_in(store, Offers(store.clock, measured), OWN, raw, **more)


def sent(store: Store, kind: str = "report_received") -> Any:
    """The last message of a kind."""
    with store.reading() as connection:
        asked = text("SELECT * FROM outgoing_message WHERE kind = :kind ORDER BY id DESC LIMIT 1")
        return connection.execute(asked, {"kind": kind}).one()


def answer_to(store: Store, kind: str = "report_received") -> str:
    """Where an answer to that message goes."""
    return tagged(REPLY, sent(store, kind).id)


def rows(store: Store, table: str = "report_mail") -> list[Any]:
    with store.reading() as connection:
        return list(connection.execute(text(f"SELECT * FROM {table}")))
