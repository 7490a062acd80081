"""Something to post, and a postman over a real mail server: what tests of the post begin with."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from loket.catalogue.messages import Town
from loket.catalogue.offer import Offers
from loket.channels.calendar import CalendarItem
from loket.channels.mail import Security, Sender, SmtpMail, SmtpServer
from loket.channels.settings import Channels
from loket.channels.sms import FolderSms
from loket.correspondence.rules import Facts, MessageChannel, MessageKind
from loket.correspondence.sending import Postman
from loket.correspondence.usecases.posting import Post, post
from loket.queue.queries import measured
from loket.staff.usecases import NOBODY, Done
from loket.store.work import Request, Store, Work
from tests.builders import EID, MONDAY_NINE, SITE

STARTS = MONDAY_NINE + timedelta(days=3)
SENDER = Sender("onthaal@heidebeek.example", "Stad Heidebeek")


def facts(**more: Any) -> Facts:
    usual: dict[str, Any] = {
        "name": "Zoë Peeters",
        "starts_at": STARTS,
        "place": "Stadhuis, Markt 1",
        "products": ("Identiteitskaart – aanvraag",),
        "reference": "K-48213",
        "bring": ("uw identiteitskaart",),
        "fee_cents": 2500,
    }
    return Facts(**{**usual, **more})


def item() -> CalendarItem:
    return CalendarItem(
        uid="K-48213@heidebeek.example",
        sequence=0,
        starts_at=STARTS,
        ends_at=STARTS + timedelta(minutes=15),
        summary="Identiteitskaart – aanvraag",
        stamped_at=MONDAY_NINE,
    )


def letter(subject: str = "k-1", **more: Any) -> Post:
    by_sms = more.get("channel") is MessageChannel.SMS
    usual: dict[str, Any] = {
        "kind": MessageKind.APPOINTMENT_BOOKED,
        "channel": MessageChannel.MAIL,
        "subject_id": subject,
        "recipient": "+32470123456" if by_sms else f"{subject}@burger.example",
        "site_id": SITE,
        "facts": facts(),
        "product_id": EID,
    }
    return Post(**{**usual, **more})


def town_of(store: Store, work: Work) -> Town:
    return Offers(store.clock, measured).now(work.connection).catalogue.town


def posted(store: Store, *what: Post) -> list[str | None]:
    """Post it in an act of its own, as another area does."""
    with store.work(Request(NOBODY)) as work:
        town = town_of(store, work)
        ids = [post(work, town, each) for each in what]
        work.commit(Done())
    return ids


def postman(store: Store, port: int, folder: Path, *, timeout: float = 5.0) -> Postman:
    server = SmtpServer("127.0.0.1", port, Security.NONE, timeout=timeout)
    return Postman(store, Channels(SmtpMail(server, SENDER), FolderSms(folder)), chance=lambda: 0.5)
