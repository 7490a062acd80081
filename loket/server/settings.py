"""What a server is told when it starts."""

from dataclasses import dataclass, field
from pathlib import Path

from argon2 import PasswordHasher

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
    hasher: PasswordHasher = field(default_factory=PasswordHasher)

    @property
    def run_file(self) -> Path:
        return self.folder / "run.json"
