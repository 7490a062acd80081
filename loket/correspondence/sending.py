"""The postman: takes what is due, hands it to a channel, and notes what came of it.

A message is claimed in a transaction of its own before it is sent, and its outcome is noted in
another one after that. So two postmen never send the same message; and one that is lost between the
two leaves a message of which nobody knows whether it arrived, which only a person sends again.
"""

import logging
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, func, select, update

from loket.channels.faults import InDoubt, NotSent, Refused, SendFault, TryAgain
from loket.channels.mail import Mail
from loket.channels.settings import Channels
from loket.channels.sms import Sms
from loket.correspondence.queries import MESSAGE
from loket.correspondence.rules import (
    ANSWERABLE,
    EXPIRED,
    FIRST_PAUSE,
    LEASE,
    MessageChannel,
    MessageState,
    gives_up,
    next_try,
)
from loket.correspondence.usecases.posting import announce
from loket.staff.usecases import NOBODY, Done
from loket.store.work import Request, Store, Work

log = logging.getLogger(__name__)

LONGEST_SLEEP_SECONDS: Final = 60.0
"""Another process may have posted something, or have been lost."""
LEAST_SLEEP_SECONDS: Final = 1.0
"""What is due and not ours is being claimed by another postman."""
_WAITING, _SENDING = str(MessageState.WAITING), str(MessageState.SENDING)
_OPEN = MESSAGE.c.channel.in_(bindparam("open", expanding=True))
_LOOK: Final = select(
    select(func.min(MESSAGE.c.next_try_at))
    .where(MESSAGE.c.state == _WAITING, _OPEN)
    .scalar_subquery()
    .label("due"),
    select(func.min(MESSAGE.c.claimed_at))
    .where(MESSAGE.c.state == _SENDING)
    .scalar_subquery()
    .label("oldest_claim"),
)
_DUE: Final = (
    select(MESSAGE)
    .where(MESSAGE.c.state == _WAITING, MESSAGE.c.next_try_at <= bindparam("now"), _OPEN)
    .order_by(MESSAGE.c.next_try_at, MESSAGE.c.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_CLAIM: Final = (
    update(MESSAGE)
    .where(MESSAGE.c.id == bindparam("message"))
    .values(
        state=_SENDING,
        attempts=MESSAGE.c.attempts + 1,
        claimed_at=bindparam("now"),
        changed_at=bindparam("now"),
    )
    .returning(MESSAGE)
)
# Also over a doubt: who comes back late knows better. Not over a later claim, or a person's act.
_NOTE: Final = (
    update(MESSAGE)
    .where(
        MESSAGE.c.id == bindparam("message"),
        MESSAGE.c.attempts == bindparam("attempt"),
        MESSAGE.c.claimed_at == bindparam("claimed"),
        MESSAGE.c.state.in_([_SENDING, str(MessageState.IN_DOUBT)]),
    )
    .values(
        state=bindparam("new_state"),
        fault=bindparam("new_fault"),
        sent_at=bindparam("sent"),
        next_try_at=bindparam("again"),
        changed_at=bindparam("now"),
    )
    .returning(MESSAGE)
)
_DOUBT: Final = (
    update(MESSAGE)
    .where(MESSAGE.c.state == _SENDING, MESSAGE.c.claimed_at < bindparam("before"))
    .values(
        state=str(MessageState.IN_DOUBT),
        fault=str(SendFault.UNCERTAIN),
        changed_at=bindparam("now"),
    )
    .returning(MESSAGE)
)
_EXPIRE: Final = (
    update(MESSAGE)
    .where(MESSAGE.c.id == bindparam("message"))
    .values(state=str(MessageState.WITHDRAWN), fault=EXPIRED, changed_at=bindparam("now"))
    .returning(MESSAGE)
)


@dataclass(frozen=True)
class _Outcome:
    """What came of a claimed message, until it is noted."""

    claimed: Any
    fault: NotSent | None
    at: datetime


class Postman:
    """Sends in a thread of its own: at a commit, and when something that waits becomes due."""

    def __init__(
        self, store: Store, channels: Channels, *, chance: Callable[[], float] | None = None
    ) -> None:
        self._store = store
        self._channels = channels
        self._chance = chance or secrets.SystemRandom().random
        self._resting: dict[MessageChannel, datetime] = {}
        self._outcomes: list[_Outcome] = []
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="loket-postman")

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End after the message that is on its way now."""
        self._stopping.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join()

    def wake(self) -> None:
        """Something may have been posted."""
        self._wake.set()

    def go_round(self) -> float:
        """Send all that is due; in how many seconds something else may be."""
        self._note_outcomes()
        ahead = self._look()
        if ahead.oldest_claim is not None and ahead.oldest_claim < self._now - LEASE:
            self._doubt_lost_ones()
        # Looking first spares a transaction: most commits are not about messages that are due.
        while ahead.due is not None and ahead.due <= self._now and not self._stopping.is_set():
            if not self._deliver_one():
                break
            ahead = self._look()
        return self._seconds_left(ahead.due)

    @property
    def _now(self) -> datetime:
        return self._store.clock.now()

    def _look(self) -> Any:
        """When the next message is due, and since when the oldest claim stands."""
        with self._store.glancing() as reads:
            return reads.execute(_LOOK, {"open": self._open()}).one()

    def _run(self) -> None:
        seconds = 0.0
        while not self._stopping.is_set():
            self._wake.wait(seconds)
            self._wake.clear()
            try:
                seconds = self.go_round()
            except Exception as error:  # noqa: BLE001 - the thread must outlive what a database does
                # Its name only: the error of a message may hold an address.
                log.error("the post waits: %s", type(error).__name__)  # noqa: TRY400
                seconds = LONGEST_SLEEP_SECONDS

    def _open(self) -> list[str]:
        """Channels that are not known to be out of order."""
        now = self._now
        return [each for each in MessageChannel if self._resting.get(each, now) <= now]

    def _seconds_left(self, due: datetime | None) -> float:
        now = self._now
        moments = [at for at in self._resting.values() if at > now]
        moments += [due] if due is not None else []
        left = min(((at - now).total_seconds() for at in moments), default=LONGEST_SLEEP_SECONDS)
        return min(max(left, LEAST_SLEEP_SECONDS), LONGEST_SLEEP_SECONDS)

    def _deliver_one(self) -> bool:
        """Send one that is due; False when another postman was quicker."""
        row = self._claim()
        if row is None:
            return False
        if MessageState(row.state) is MessageState.SENDING:
            self._outcomes.append(_Outcome(row, self._send(row), self._now))
            self._note_outcomes()
        return True

    def _claim(self) -> Any | None:
        """The next one that is due, as ours; or withdrawn, if its moment is over."""
        with self._store.work(Request(NOBODY)) as work:
            due = {"now": work.now, "open": self._open()}
            row = work.connection.execute(_DUE, due).one_or_none()
            if row is None:
                return None
            over = row.until_at is not None and row.until_at <= work.now
            change = _EXPIRE if over else _CLAIM
            asked = {"message": row.id, "now": work.now}
            claimed = work.connection.execute(change, asked).one()
            if over:
                _tell(work, claimed)
            work.commit(Done())
        return claimed

    def _send(self, row: Any) -> NotSent | None:
        channel = MessageChannel(row.channel)
        try:
            if channel is MessageChannel.MAIL:
                self._channels.mail.send(_mail(row))
            else:
                self._channels.sms.send(Sms(row.id, row.recipient, row.text, row.claimed_at))
        except NotSent as fault:
            log.warning("message %s, attempt %d: %s", row.id, row.attempts, fault.fault)
            if isinstance(fault, TryAgain) and fault.of_channel:
                self._resting[channel] = self._now + FIRST_PAUSE
            return fault
        self._resting.pop(channel, None)
        return None

    def _note_outcomes(self) -> None:
        """What came of the messages we sent; kept here while the database cannot take it."""
        while self._outcomes:
            self._note(self._outcomes[0])
            del self._outcomes[0]

    def _note(self, outcome: _Outcome) -> None:
        row = outcome.claimed
        with self._store.work(Request(NOBODY)) as work:
            noted = work.connection.execute(
                _NOTE,
                {
                    "message": row.id,
                    "attempt": row.attempts,
                    "claimed": row.claimed_at,
                    "now": work.now,
                    **self._standing(outcome),
                },
            ).one_or_none()
            if noted is not None:
                _tell(work, noted)
            work.commit(Done())

    def _standing(self, outcome: _Outcome) -> dict[str, Any]:
        """The columns that say where the message stands after this attempt."""
        row, fault, now = outcome.claimed, outcome.fault, outcome.at
        standing = {"new_fault": "", "sent": None, "again": row.next_try_at}
        if fault is None:
            return {**standing, "new_state": str(MessageState.SENT), "sent": now}
        standing["new_fault"] = str(fault.fault)
        if isinstance(fault, InDoubt):
            return {**standing, "new_state": str(MessageState.IN_DOUBT)}
        if isinstance(fault, Refused) or gives_up(now, row.due_at):
            return {**standing, "new_state": str(MessageState.FAILED)}
        of_channel = isinstance(fault, TryAgain) and fault.of_channel
        again = next_try(now, row.attempts, self._chance(), of_channel=of_channel)
        return {**standing, "new_state": _WAITING, "again": again}

    def _doubt_lost_ones(self) -> None:
        """Messages whose postman was lost on the way: nobody knows whether they arrived."""
        with self._store.work(Request(NOBODY)) as work:
            asked = {"before": work.now - LEASE, "now": work.now}
            for row in work.connection.execute(_DOUBT, asked).all():
                _tell(work, row)
            work.commit(Done())


def _mail(row: Any) -> Mail:
    return Mail(
        id=row.id,
        recipient=row.recipient,
        title=row.title,
        text=row.text,
        made_at=row.claimed_at,
        language=row.language,
        calendar=None if row.calendar is None else row.calendar.encode(),
        answerable=row.kind in ANSWERABLE,
    )


def _tell(work: Work, row: Any) -> None:
    announce(work, row.site_id, row._mapping)  # noqa: SLF001 - so SQLAlchemy calls it
