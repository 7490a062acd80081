"""Writing a message as part of another act: it goes out if, and only if, that act is committed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, bindparam, update
from sqlalchemy.dialects import postgresql, sqlite

from loket.catalogue.messages import Town
from loket.channels.calendar import CalendarItem, invitation
from loket.channels.faults import SendFault
from loket.correspondence.messages import MessageChanged
from loket.correspondence.queries import MESSAGE, template_for
from loket.correspondence.rules import (
    ANSWERABLE,
    HANDED_OVER,
    SETTLED,
    Facts,
    MessageChannel,
    MessageKind,
    MessageState,
    Template,
)
from loket.correspondence.wording import rendered
from loket.kit.i18n import CITIZEN_LANGUAGES
from loket.kit.ids import new_id
from loket.store.work import Work


@dataclass(frozen=True)
class Post:
    """What somebody has to be told."""

    kind: MessageKind
    channel: MessageChannel
    subject_id: str
    recipient: str
    """An address, or a number in E.164; judged where it was typed."""
    site_id: str
    """Whose desks see how it goes."""
    facts: Facts
    sequence: int = 0
    """Grows when the same is told of the same once more: the second time it is moved."""
    language: str = "nl"
    product_id: str | None = None
    """Whose own text is taken; and whether only that department sees it."""
    department_id: str | None = None
    """Who handles what it is about, where no product says so; see :func:`hand_on`."""
    due_at: datetime | None = None
    """Not before; None: at once."""
    until_at: datetime | None = None
    """Not after: a reminder of what is over is not sent."""
    calendar: CalendarItem | None = None


def post(work: Work, town: Town, what: Post) -> str | None:
    """Put a message in the post; its id, or None where exactly this was posted before.

    Does not commit. Nothing is sent here: a postman does so after the commit.
    """
    (row,) = _rendered(work, town, (what,))
    made = work.connection.execute(_INSERT[work.connection.dialect.name], row).one_or_none()
    if made is None:
        return None
    work.record("post_message", "message", row["id"], kind=what.kind, channel=what.channel)
    announce(work, what.site_id, row)
    return str(row["id"])


def _title(what: Post, said: Template) -> str:
    """What can be answered names its file, whatever a town's own text says."""
    reference = what.facts.reference
    if what.channel is not MessageChannel.MAIL or what.kind not in ANSWERABLE:
        return said.title
    return said.title if reference in said.title else f"{said.title} ({reference})"


def post_many(work: Work, town: Town, every: Sequence[Post]) -> int:
    """Put many messages of one kind in the post as one act; how many of them are new.

    Does not commit. One line in the journal, and one event for each site.
    """
    if not every:
        return 0
    rows = _rendered(work, town, every)
    insert_many = _INSERT[work.connection.dialect.name]
    made = work.connection.execute(insert_many, rows).all()
    first = every[0]
    work.record("post_messages", "message", "many", kind=first.kind, messages=len(made))
    for site in sorted({what.site_id for what in every}):
        work.announce(site, "message_changed", _any_of(first))
    return len(made)


def _rendered(work: Work, town: Town, every: Sequence[Post]) -> list[dict[str, Any]]:
    """Rows of messages, each template read once."""
    known: dict[tuple[MessageChannel, str], Template] = {}
    rows = []
    for what in every:
        language = what.language if what.language in CITIZEN_LANGUAGES else "nl"
        key = (what.channel, language)
        if key not in known:
            known[key] = template_for(
                work.connection, what.kind, what.channel, language, what.product_id
            )
        said = rendered(known[key], what.facts, town, what.channel, language)
        rows.append(
            {
                **_row(work, what),
                "language": language,
                "title": _title(what, said),
                "text": said.text,
            }
        )
    return rows


def _any_of(what: Post) -> MessageChanged:
    """It may be any message: who shows some looks again."""
    return MessageChanged(
        message_id="",
        subject_id="",
        kind=what.kind,
        channel=what.channel,
        state=MessageState.WAITING,
    )


def _row(work: Work, what: Post) -> dict[str, Any]:
    due = what.due_at or work.now
    by_mail = what.channel is MessageChannel.MAIL
    calendar = invitation(what.calendar).decode() if what.calendar and by_mail else None
    return {
        "id": new_id(),
        "channel": str(what.channel),
        "kind": str(what.kind),
        "subject_id": what.subject_id,
        "sequence": what.sequence,
        "site_id": what.site_id,
        "product_id": what.product_id,
        "department_id": what.department_id,
        "recipient": what.recipient,
        "calendar": calendar,
        "state": str(MessageState.WAITING),
        "fault": "",
        "attempts": 0,
        "made_at": work.now,
        "due_at": due,
        "until_at": what.until_at,
        "next_try_at": due,
        "claimed_at": None,
        "sent_at": None,
        "changed_at": work.now,
    }


_INSERT: Final = {
    name: dialect.insert(MESSAGE)
    .on_conflict_do_nothing(index_elements=["subject_id", "kind", "sequence", "channel"])
    .returning(MESSAGE.c.id)
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}
_WITHDRAW: Final = (
    update(MESSAGE)
    .where(
        MESSAGE.c.subject_id == bindparam("subject"),
        MESSAGE.c.kind.in_(bindparam("kinds", expanding=True)),
        MESSAGE.c.state == str(MessageState.WAITING),
    )
    .values(state=str(MessageState.WITHDRAWN), changed_at=bindparam("now"))
    .returning(MESSAGE)
)


def withdraw(work: Work, subject_id: str, kinds: frozenset[MessageKind]) -> int:
    """Let messages that did not go out yet never go out; how many there were. Does not commit.

    What failed or is in doubt stays for a person to see.
    """
    asked = {"subject": subject_id, "kinds": sorted(map(str, kinds)), "now": work.now}
    gone = work.connection.execute(_WITHDRAW, asked).mappings().all()
    for row in gone:
        work.record("withdraw_message", "message", row["id"])
        announce(work, row["site_id"], row)
    return len(gone)


_HAND_ON: Final = (
    update(MESSAGE)
    .where(MESSAGE.c.subject_id.in_(bindparam("subjects", expanding=True)))
    .values(department_id=bindparam("department"))
)


def hand_on(work: Work, subject_ids: Sequence[str], department_id: str | None) -> None:
    """Another department handles it from now on: what went out before is theirs to read, too.

    Does not commit.
    """
    asked = {"subjects": list(subject_ids), "department": department_id}
    work.connection.execute(_HAND_ON, asked)


_RETURN: Final = (
    update(MESSAGE)
    .where(
        MESSAGE.c.id.in_(bindparam("ids", expanding=True)),
        MESSAGE.c.channel == str(MessageChannel.MAIL),
        MESSAGE.c.state.in_([str(state) for state in HANDED_OVER]),
    )
    .values(
        state=str(MessageState.FAILED),
        fault=str(SendFault.RETURNED),
        sent_at=None,
        changed_at=bindparam("now"),
    )
    .returning(MESSAGE)
)


def came_back(work: Work, ids: Sequence[str]) -> int:
    """These mails could not be delivered after all; how many are known. Does not commit.

    Also one of which the postman did not say yet that it went: who comes late does not undo it.
    """
    asked = {"ids": list(ids), "now": work.now}
    rows = work.connection.execute(_RETURN, asked).mappings().all()
    for row in rows:
        work.record("message_came_back", "message", row["id"])
        announce(work, row["site_id"], row)
    return len(rows)


def announce(work: Work, site_id: str, row: Any) -> None:
    """Tell the site's desks where a message stands: ids and codes only."""
    changed = MessageChanged(
        message_id=row["id"],
        subject_id=row["subject_id"],
        kind=MessageKind(row["kind"]),
        channel=MessageChannel(row["channel"]),
        state=MessageState(row["state"]),
    )
    work.announce(site_id, "message_changed", changed)


_FORGET: Final = (
    update(MESSAGE)
    .where(
        MESSAGE.c.changed_at < bindparam("before"),
        MESSAGE.c.recipient != "",
        MESSAGE.c.state.in_([str(state) for state in SETTLED]),
    )
    .values(recipient="", title="", text="", calendar=None)
)


def forget_messages(connection: Connection, now: datetime, kept: timedelta) -> int:
    """Erase who was written to and what; that something went out, and when, stays."""
    return connection.execute(_FORGET, {"before": now - kept}).rowcount
