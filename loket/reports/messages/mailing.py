"""Mail that found no file, and what somebody does with it."""

from typing import Annotated

from pydantic import Field, StringConstraints

from loket.kit.ids import new_id
from loket.reports.rules.mails import MailState, WhyLoose
from loket.wire.base import Id, Moment, WireIn, WireOut


class LooseMail(WireOut):
    """One mail that somebody looks at."""

    id: str
    arrived_at: Moment
    sender: str
    sender_name: str
    subject: str
    text: str
    files: list[str]
    """Names of what was sent along."""
    why: WhyLoose
    reference: str
    """Of the report that its subject names; empty: none."""


class LooseMails(WireOut):
    mails: list[LooseMail]
    total: int
    """How many there are; not all are given where there are very many."""


class LinkMail(WireIn):
    """It belongs with this report."""

    report_id: Id


class RegisterMail(WireIn):
    """It is a new report; the desk makes its id."""

    id: Id = Field(default_factory=new_id)


class PutMailAside(WireIn):
    """Nothing is done with it, and why."""

    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class MailChanged(WireOut):
    """Event ``report_mail_changed``: ids and codes only."""

    mail_id: str
    state: MailState
