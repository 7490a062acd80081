"""A mail server of our own with a mailbox in it, from the machine's own package: Dovecot."""

import grp
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from imap_tools import MailBoxUnencrypted

from loket.channels.mail import ImapServer, Security
from tests.mailbox import free_port

USER, PASSWORD = "meldingen", "geheim"
_PLACES = f"{os.environ.get('PATH', '')}:/usr/sbin"


def missing() -> bool:
    return shutil.which("dovecot", path=_PLACES) is None


_CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{folder}/mail
mail_uid = {user}
mail_gid = {group}
first_valid_uid = {uid}
first_valid_gid = {gid}
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


@dataclass
class Imap:
    """A running server."""

    folder: Path
    port: int

    @property
    def server(self) -> ImapServer:
        return ImapServer("127.0.0.1", self.port, Security.NONE, USER, PASSWORD, timeout=10.0)

    @property
    def url(self) -> str:
        return f"imap://{USER}:{PASSWORD}@127.0.0.1:{self.port}/INBOX"

    def put(self, *messages: bytes) -> None:
        """As a mail server delivers them."""
        with self._box() as box:
            for message in messages:
                box.append(message, "INBOX")

    def holds(self, folder: str = "INBOX") -> list[bytes]:
        """What stands in a folder, by its headers and text."""
        with self._box() as box:
            if not box.folder.exists(folder):
                return []
            box.folder.set(folder)
            return [one.obj.as_bytes() for one in box.fetch(mark_seen=False)]

    @contextmanager
    def _box(self) -> Iterator[MailBoxUnencrypted]:
        box = MailBoxUnencrypted("127.0.0.1", self.port, timeout=10)
        try:
            yield box.login(USER, PASSWORD)
        finally:
            box.logout()


def _who() -> tuple[str, str]:
    """Dovecot lets nobody read mail as root; its package made a user for it."""
    name = "dovecot" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    return name, grp.getgrgid(pwd.getpwnam(name).pw_gid).gr_name


@contextmanager
def imap_server(port: int = 0) -> Iterator[Imap]:
    """A fresh server on loopback, with one empty mailbox."""
    user, group = _who()
    folder = Path(tempfile.mkdtemp(prefix="loket-imap-"))
    found = Imap(folder, port or free_port())
    file = folder / "dovecot.conf"
    file.write_text(_configured(found, user, group), encoding="utf-8")
    for made in (folder, folder / "mail"):
        made.mkdir(exist_ok=True)
        if os.geteuid() == 0:
            shutil.chown(made, user, group)
    folder.chmod(0o755)
    program = shutil.which("dovecot", path=_PLACES)
    assert program is not None
    process = subprocess.Popen(
        [program, "-F", "-c", str(file)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(found, process)
        yield found
    finally:
        process.terminate()
        process.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def _configured(at: Imap, user: str, group: str) -> str:
    account = pwd.getpwnam(user)
    return _CONFIGURATION.format(
        folder=at.folder,
        port=at.port,
        user=user,
        group=group,
        uid=account.pw_uid,
        gid=account.pw_gid,
        password=PASSWORD,
    )


def _wait_for(at: Imap, process: "subprocess.Popen[bytes]") -> None:
    """Until somebody can sign in."""
    waited = 0
    while process.poll() is None and waited < _LONGEST:
        try:
            at.holds()
        except OSError:
            waited += 1
            process_wait(process)
        else:
            return
    log = at.folder / "log"
    raise RuntimeError(log.read_text(encoding="utf-8") if log.exists() else "no Dovecot")


_LONGEST = 100


def process_wait(process: "subprocess.Popen[bytes]") -> None:
    """A tenth of a second, or until it ended."""
    try:
        process.wait(0.1)
    except subprocess.TimeoutExpired:
        return
