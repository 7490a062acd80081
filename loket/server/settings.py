"""What a server is told when it starts."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from argon2 import PasswordHasher

from loket.channels.settings import ChannelSettings
from loket.channels.tiles import TileSettings
from loket.correspondence.rules import KEPT
from loket.staff.messages import Demonstration

NO_DEMONSTRATION = Demonstration(active=False, users=[])


@dataclass(frozen=True)
class ServerSettings:
    """Where the data is and how to serve it."""

    database_url: str
    folder: Path
    """Of run file, lock and logs."""
    host: str = "127.0.0.1"
    port: int = 0
    """0: any free one; the run file tells which."""
    demonstration: Demonstration = NO_DEMONSTRATION
    linger_seconds: float | None = None
    """An embedded server ends so long after the last desk is gone; None: never."""
    channels: ChannelSettings = field(default_factory=ChannelSettings)
    """Ways to the outside; folders by default."""
    tiles: TileSettings = field(default_factory=TileSettings)
    """A map server, where the town has one."""
    messages_kept: timedelta = KEPT
    """How long it is known who was written to, and what."""
    hasher: PasswordHasher = field(default_factory=PasswordHasher)

    @property
    def run_file(self) -> Path:
        return self.folder / "run.json"

    @property
    def tile_folder(self) -> Path:
        """Squares of the map that were fetched before."""
        return self.folder / "tiles"

    @property
    def outgoing(self) -> Path:
        """What goes out where no mail server or gateway is set."""
        return self.folder / "outgoing"
