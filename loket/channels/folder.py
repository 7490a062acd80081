"""A folder that stands for the outside: whole files, one a message."""

from pathlib import Path

from loket.channels.faults import SendFault, TryAgain


def put(file: Path, content: bytes) -> None:
    """Write a file whole or not at all; the same message again replaces itself."""
    fresh = file.with_name(f"{file.name}.new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(content)
        fresh.replace(file)
    except OSError as error:
        raise TryAgain(SendFault.NOT_WRITABLE) from error
