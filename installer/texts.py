"""The catalogues of texts: ``update`` them from the code, ``check`` them, ``compile`` them.

English msgids stand in the code. Dutch is complete; French and German have what citizens read, all
of it, or ``check`` fails.
"""

import sys
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "resources" / "locale"
STAFF = "nl"
CITIZENS = ("fr", "de")
READ_BY_CITIZENS = {
    "loket/catalogue/citizens.py",
    "loket/correspondence/wording.py",
    "loket/displays/wording.py",
    "loket/paper/letter.py",
    "loket/paper/appointment.py",
    "loket/paper/receipt.py",
    "loket/paper/reply_letter.py",
    "loket/paper/receipt_entries.py",
    "loket/paper/slip.py",
    "loket/visitor_page/wording.py",
}
"""The modules whose texts a citizen reads or hears."""
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
NOT_TEXTS = {"nl", "en", "fr", "de", "error"}
"""What looks like a text where words are asked for, and is a language or a code."""


def file_of(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "loket.po"


@cache
def in_the_code() -> Sequence[tuple[str, str | tuple[str, ...], str | None]]:
    """The file, the text and its context of all that is asked for; reading the code takes long."""
    return [
        (f"{package}/{file}", message, context)
        for package in ("loket", "ui")
        for file, _line, message, _comments, context in extract_from_dir(
            str(ROOT / package),
            method_map=[("**.py", "python")],
            options_map={},
            keywords=KEYWORDS,
        )
    ]


def extracted(language: str) -> Catalog:
    """All texts of the code that a language must have."""
    found = Catalog(project="Loket", fuzzy=False, header_comment="# Texts of Loket.")
    for file, message, context in in_the_code():
        if language in CITIZENS and file not in READ_BY_CITIZENS:
            continue
        texts = message if isinstance(message, tuple) else (message,)
        if not set(texts) & NOT_TEXTS:
            found.add(message, context=context)
    return found


def kept(language: str) -> Catalog:
    """The catalogue of a language."""
    if not file_of(language).is_file():
        return Catalog(locale=language)
    with file_of(language).open("rb") as file:
        return read_po(file, locale=language)


def update() -> int:
    """Bring the msgids of the catalogues to those of the code; translations stay."""
    for language in (STAFF, *CITIZENS):
        _update(language)
    return check()


def _update(language: str) -> None:
    old, new = kept(language), extracted(language)
    header = "# Texts of Loket."
    made = Catalog(locale=language, project="Loket", fuzzy=False, header_comment=header)
    for message in new:
        if message.id:
            known = old.get(message.id)
            made.add(message.id, known.string if known else "")
    out = BytesIO()
    write_po(out, made, width=100, sort_output=True, omit_header=False)
    lines = out.getvalue().decode().splitlines()
    shown = [line for line in lines if not line.startswith(('"POT-', '"PO-', '"Generated'))]
    file_of(language).parent.mkdir(parents=True, exist_ok=True)
    file_of(language).write_text("\n".join(shown) + "\n", encoding="utf-8")


def check() -> int:
    """Say what is not translated or no longer used; the answer is an exit status."""
    wrong = [fault for language in (STAFF, *CITIZENS) for fault in faults(language)]
    for fault in wrong:
        print(fault)
    return 1 if wrong else 0


def faults(language: str) -> list[str]:
    """What is missing from a catalogue, or stands in it for nothing."""
    old, new = kept(language), extracted(language)
    used = {_key(message.id) for message in new if message.id}
    known = {_key(message.id): message for message in old if message.id}
    missing = sorted(
        key for key in used if key not in known or not all(_strings(known[key].string))
    )
    stale = sorted(set(known) - used)
    return [
        *(f"{language}: not translated: {key}" for key in missing),
        *(f"{language}: no longer used: {key}" for key in stale),
    ]


def compile_catalogues() -> int:
    """Write the machine's form beside each catalogue."""
    for language in (STAFF, *CITIZENS):
        with file_of(language).with_suffix(".mo").open("wb") as file:
            write_mo(file, kept(language))
    return 0


def _key(message_id: str | tuple[str, ...] | list[str]) -> str:
    return message_id if isinstance(message_id, str) else message_id[0]


def _strings(value: str | tuple[str, ...] | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


if __name__ == "__main__":
    ACTS = {"update": update, "check": check, "compile": compile_catalogues}
    sys.exit(ACTS[sys.argv[1]]())
