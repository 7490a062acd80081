"""Reading the card from the desk's side: a process with a time limit, and its one line."""

import json
import logging
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import loket
from loket.devices.eid.contents import Document, EidCard
from loket.devices.eid.errors import REFUSALS, CardTooSlow, CardUnreadable
from loket.kit.clock import monotonic

log = logging.getLogger(__name__)

READ_SECONDS = 15.0
"""The oldest cards in a slow reader take some three; no clerk waits longer than this."""
LOOK_SECONDS = 0.1
COMMAND = (sys.executable, "-m", "loket.devices.eid")


def read_eid(
    *, seconds: float = READ_SECONDS, given_up: Callable[[], bool] = lambda: False
) -> EidCard:
    """The card in the reader of this machine. Blocks; raises a refusal whose code starts ``eid.``.

    What is read stays nowhere: it comes over a pipe, and the process ends. ``given_up`` is asked
    many times a second whether anybody still wants it.
    """
    child = subprocess.Popen(  # noqa: S603 - our own program
        COMMAND,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(loket.__file__).parents[1],  # a checkout need not be installed
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    with child:
        try:
            said, complained = _last_words(child, monotonic() + seconds, given_up)
        finally:
            child.kill()
    answer = _answer(said)
    if answer is None:
        # The kind of the failure alone: what it says may quote the card.
        kind = complained.decode(errors="replace").rstrip().rpartition("\n")[2].partition(":")[0]
        log.error("the process that reads cards ended with %d: %s", child.returncode, kind)
        raise CardUnreadable(what=f"process {child.returncode}")
    if "refused" in answer:
        raise REFUSALS[answer["refused"]](**answer["params"])
    return _card(**answer["card"])


def _last_words(
    child: "subprocess.Popen[bytes]", until: float, given_up: Callable[[], bool]
) -> tuple[bytes, bytes]:
    while monotonic() < until and not given_up():
        try:
            return child.communicate(timeout=LOOK_SECONDS)
        except subprocess.TimeoutExpired:
            continue
    raise CardTooSlow


def _answer(output: bytes) -> dict[str, Any] | None:
    """The last line; None: it did not come so far as to say one."""
    try:
        answer = json.loads(output.decode().rstrip().rpartition("\n")[2])
    except ValueError:
        return None
    return answer if isinstance(answer, dict) else None


def _card(document: str, valid_from: str | None, valid_until: str | None, **names: str) -> EidCard:
    return EidCard(
        document=Document(document),
        valid_from=_day(valid_from),
        valid_until=_day(valid_until),
        **names,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
