"""Reads the card that is in now and says it as one line of JSON; a process of its own.

Here the national number is met and let go, so that the program of the desk never holds it; and a
reader that hangs can be ended from outside.
"""

import json
import sys
from dataclasses import asdict
from typing import Any

from loket.devices.eid.contents import EidCard, eid_card
from loket.devices.eid.errors import NoCardLibrary
from loket.devices.eid.talking import only_eid, read_files
from loket.kit.errors import LoketError


def read_now() -> EidCard:
    try:
        from loket.devices.eid.smart_cards import inserted_cards  # noqa: PLC0415 - may be missing
    except ImportError as error:
        raise NoCardLibrary from error
    with inserted_cards() as cards:
        return eid_card(*read_files(only_eid(cards)))


def said() -> dict[str, Any]:
    try:
        return {"card": asdict(read_now())}
    except LoketError as error:
        return {"refused": error.code, "params": error.params}


if __name__ == "__main__":
    # A line of its own: the library may have written to this stream before.
    sys.stdout.write("\n" + json.dumps(said(), default=str) + "\n")
