"""The system's own Chromium for the pages of the server; none: the tests say so and are skipped."""

import os
import shutil
from pathlib import Path
from typing import Any

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WITH_SOUND = "--autoplay-policy=no-user-gesture-required"


def executable() -> str | None:
    """Debian's Chromium, or another that is installed; Ubuntu's is a stub that asks for snap."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found and not _is_stub(Path(found)):
            return found
    return None


def _is_stub(file: Path) -> bool:
    return b"snap" in file.read_bytes()[:4000]


def launch(playwright: Any, *more: str) -> Any:
    return playwright.chromium.launch(
        executable_path=executable(), args=[*FLAGS, *more], env={**os.environ}
    )
