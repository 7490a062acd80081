"""A mailbox over IMAP: what nobody saw yet is taken one by one, and put away where it belongs.

imap-tools (Apache-2.0) speaks to the server: waiting for new mail (RFC 2177), moving (RFC 6851)
with its replacement on older servers, and names of folders (RFC 3501, 5.1.3) are not in imaplib.
"""

import imaplib
import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError

from loket.channels.incoming.message import MOST_BYTES
from loket.channels.mail import ImapServer, Security

_SIZE: Final = re.compile(rb"RFC822\.SIZE (\d+)")
_GONE: Final = b"EXPUNGEISSUED"  # RFC 5530
_HEAD: Final = "BODY.PEEK[HEADER]"
_WHOLE: Final = "BODY.PEEK[]"
IDLE_SECONDS: Final = 300.0
"""So long one question for news stands; servers and the boxes between end what is silent longer."""
POLL_SECONDS: Final = 60.0
_SLICE_SECONDS: Final = 0.5
LINE_FAULTS: Final = (ImapToolsError, imaplib.IMAP4.error, OSError, ssl.SSLError, EOFError)
"""What a line to a mailbox breaks with; later it may be there again."""


class Mailbox:
    """One line to a mailbox, with its folder chosen."""

    def __init__(self, box: BaseMailBox) -> None:
        self._box = box
        self._known: dict[tuple[str, ...], str] = {}

    def unseen(self) -> list[str]:
        """What nobody saw, the oldest first; fetching does not make it seen."""
        return list(self._box.uids("UNSEEN", None))

    def fetch(self, uid: str) -> bytes | None:
        """A message; of one that is too large its headers. None where it is gone."""
        size = _SIZE.search(b" ".join(_flat(self._ask(uid, "(RFC822.SIZE)"))))
        if size is None:
            return None
        if int(size[1]) <= MOST_BYTES:
            return _literal(self._ask(uid, f"({_WHOLE})"))
        head = _literal(self._ask(uid, f"({_HEAD})"))
        # As long as it was said to be, so that whoever reads it sees that it is too much.
        return None if head is None else head.ljust(MOST_BYTES + 1)

    def put_away(self, uid: str, *folder: str) -> None:
        """Into a folder, which is made where it is missing; what is gone already stays gone."""
        to = self._folder(folder)
        try:
            self._box.move([uid], to)
        except ImapToolsError:
            if self._is_there(uid):
                raise

    def _is_there(self, uid: str) -> bool:
        """Another reader of the same mailbox may have been quicker."""
        self._box.client.noop()
        return bool(_SIZE.search(b" ".join(_flat(self._ask(uid, "(RFC822.SIZE)")))))

    def wait(self, stopping: Callable[[float], bool]) -> None:
        """Until something may have come, or for some time.

        ``stopping`` waits so many seconds, and says whether to end.
        """
        if "IDLE" not in self._box.client.capabilities:
            stopping(POLL_SECONDS)
            return
        self._box.idle.start()
        try:
            rounds = int(IDLE_SECONDS / _SLICE_SECONDS)
            for _round in range(rounds):
                if self._box.idle.poll(timeout=_SLICE_SECONDS) or stopping(0):
                    break
        finally:
            self._box.idle.stop()

    def _ask(self, uid: str, what: str) -> list[Any]:
        kind, found = self._box.client.uid("fetch", uid, what)
        if kind != "OK" and _GONE not in b" ".join(_flat(found)):
            raise imaplib.IMAP4.error("fetch")
        return list(found)

    def _folder(self, parts: tuple[str, ...]) -> str:
        """Its name on this server; some keep everything below the inbox."""
        if parts not in self._known:
            mark = next((one.delim for one in self._box.folder.list() if one.delim), "/")
            self._known[parts] = self._made(parts, mark)
        return self._known[parts]

    def _made(self, parts: tuple[str, ...], mark: str) -> str:
        plain, below = mark.join(parts), mark.join(("INBOX", *parts))
        for name in (plain, below):
            if self._box.folder.exists(name):
                return name
        try:
            self._box.folder.create(plain)
        except ImapToolsError:
            # Another reader may have made it since we looked.
            if self._box.folder.exists(plain):
                return plain
            self._box.folder.create(below)
            return below
        return plain


@contextmanager
def mailbox(server: ImapServer, trusted: ssl.SSLContext | None = None) -> Iterator[Mailbox]:
    """A line to a mailbox; raises what is in ``LINE_FAULTS``."""
    box = _connected(server, trusted or ssl.create_default_context())
    try:
        _sign_in(box, server)
        yield Mailbox(box)
    finally:
        _hang_up(box)


def _connected(server: ImapServer, trusted: ssl.SSLContext) -> BaseMailBox:
    at = {"host": server.host, "port": server.port, "timeout": server.timeout}
    if server.security is Security.TLS:
        return MailBox(**at, ssl_context=trusted)
    if server.security is Security.STARTTLS:
        return MailBoxStartTls(**at, ssl_context=trusted)
    return MailBoxUnencrypted(**at)


def _sign_in(box: BaseMailBox, server: ImapServer) -> None:
    plain = f"{server.user}{server.password}".isascii()
    login = box.login if plain else box.login_utf8
    login(server.user, server.password, initial_folder=server.folder)
    # Some servers tell only who signed in what they can do, moving among it.
    told = box.client.capability()[1][0] or b""
    box.client.capabilities = tuple(told.decode("ascii", "replace").upper().split())


def _hang_up(box: BaseMailBox) -> None:
    """Say goodbye; whatever was taken is put away by now, so nothing here can go wrong for us."""
    try:
        box.logout()
    except LINE_FAULTS:
        box.client.shutdown()


def _flat(found: list[Any]) -> Iterator[bytes]:
    for each in found:
        yield from (one for one in (each if isinstance(each, tuple) else (each,)) if one)


def _literal(found: list[Any]) -> bytes | None:
    return next((bytes(each[1]) for each in found if isinstance(each, tuple)), None)
