"""The values of the design: colours by name for light and dark."""

import json
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).with_name("tokens.json")


@lru_cache(maxsize=2)
def tokens(theme: str) -> dict[str, str]:
    """Colour by name, such as ``accent``."""
    values: dict[str, dict[str, str]] = json.loads(FILE.read_text(encoding="utf-8"))
    return values[theme]
