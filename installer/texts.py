"""The catalogue of texts: ``update`` it from the code, ``check`` it, ``compile`` it.

English msgids stand in the code; resources/locale/nl is complete, or ``check`` fails.
"""

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
PO = ROOT / "resources" / "locale" / "nl" / "LC_MESSAGES" / "loket.po"
MO = PO.with_suffix(".mo")
KEYWORDS = {
    "_": None,
    "N_": None,
    "mark": None,
    "say": None,
    "_say": None,
    "words": None,
    "_words": None,
    "plural": (1, 2),
}
NOT_TEXTS = {"nl", "en", "error"}
"""What looks like a text where words are asked for, and is a language or a code."""


def extracted() -> Catalog:
    """All texts that stand in the code."""
    found = Catalog(project="Loket", fuzzy=False, header_comment="# Texts of Loket.")
    for package in ("loket", "ui"):
        if not (ROOT / package).is_dir():
            continue
        for _file, _line, message, _comments, context in extract_from_dir(
            str(ROOT / package),
            method_map=[("**.py", "python")],
            options_map={},
            keywords=KEYWORDS,
        ):
            texts = message if isinstance(message, tuple) else (message,)
            if not set(texts) & NOT_TEXTS:
                found.add(message, context=context)
    return found


def kept() -> Catalog:
    """The Dutch catalogue."""
    with PO.open("rb") as file:
        return read_po(file, locale="nl")


def update() -> int:
    """Bring the catalogue's msgids to those of the code; translations stay."""
    old, new = kept(), extracted()
    made = Catalog(locale="nl", project="Loket", fuzzy=False, header_comment="# Texts of Loket.")
    for message in new:
        if message.id:
            known = old.get(message.id)
            made.add(message.id, known.string if known else "")
    out = BytesIO()
    write_po(out, made, width=100, sort_output=True, omit_header=False)
    lines = out.getvalue().decode().splitlines()
    shown = [line for line in lines if not line.startswith(('"POT-', '"PO-', '"Generated'))]
    PO.write_text("\n".join(shown) + "\n", encoding="utf-8")
    return check()


def check() -> int:
    """Say what is not translated or no longer used; the answer is an exit status."""
    old, new = kept(), extracted()
    used = {_key(message.id) for message in new if message.id}
    known = {_key(message.id): message for message in old if message.id}
    missing = sorted(
        key for key in used if key not in known or not all(_strings(known[key].string))
    )
    stale = sorted(set(known) - used)
    for key in missing:
        print(f"not translated: {key}")
    for key in stale:
        print(f"no longer used: {key}")
    return 1 if missing or stale else 0


def compile_catalogue() -> int:
    """Write the machine's form beside the catalogue."""
    with MO.open("wb") as file:
        write_mo(file, kept())
    return 0


def _key(message_id: str | tuple[str, ...] | list[str]) -> str:
    return message_id if isinstance(message_id, str) else message_id[0]


def _strings(value: str | tuple[str, ...] | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


if __name__ == "__main__":
    ACTS = {"update": update, "check": check, "compile": compile_catalogue}
    sys.exit(ACTS[sys.argv[1]]())
