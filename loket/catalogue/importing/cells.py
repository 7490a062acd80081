"""From the text of a cell to a value: every kind of field that occurs in a catalogue."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any, TypeAlias

from loket.catalogue.importing.problems import CellRefused
from loket.kit import money

Reader: TypeAlias = Callable[[str], Any]
"""Takes a stripped cell that is not empty."""

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,29}")
_PREFIXES = "ABCDEFGHJKLMNPRSTUVWXYZ"
_WEEKDAYS = {
    **{day: nr for nr, day in enumerate(("ma", "di", "wo", "do", "vr", "za", "zo"), 1)},
    **{day: nr for nr, day in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), 1)},
}
_LIST_SEPARATOR = "|"


def text(limit: int) -> Reader:
    """A line of at most so many characters."""

    def read(cell: str) -> str:
        if len(cell) > limit:
            raise CellRefused("too_long", limit=limit, length=len(cell))
        return cell

    return read


def code(cell: str) -> str:
    """A short code that ids are made of."""
    if not _CODE.fullmatch(cell):
        raise CellRefused("bad_code", value=cell)
    return cell


def prefix(cell: str) -> str:
    """The letter of a series; I, O and Q are read for 1, 0 and 0."""
    if len(cell) != 1 or cell not in _PREFIXES:
        raise CellRefused("bad_prefix", value=cell)
    return cell


def whole(least: int, most: int) -> Reader:
    """A whole number between two bounds."""

    def read(cell: str) -> int:
        if not re.fullmatch(r"\d{1,6}", cell, re.ASCII) or not least <= int(cell) <= most:
            raise CellRefused("bad_number", value=cell, least=least, most=most)
        return int(cell)

    return read


def amount(cell: str) -> int:
    """Euros, with a decimal comma or point, as cents."""
    try:
        return money.cents(cell)
    except money.AmountUnreadable:
        raise CellRefused("bad_amount", value=cell) from None


def choice(*allowed: str) -> Reader:
    """One of a few words."""

    def read(cell: str) -> str:
        if cell not in allowed:
            raise CellRefused("bad_choice", value=cell, allowed=", ".join(allowed))
        return cell

    return read


def yes_or_no(cell: str) -> bool:
    found = {"ja": True, "yes": True, "1": True, "nee": False, "no": False, "0": False}
    if cell.casefold() not in found:
        raise CellRefused("bad_choice", value=cell, allowed="ja, nee")
    return found[cell.casefold()]


def weekday(cell: str) -> int:
    """Monday is 1: ``1``, ``ma``, ``maandag``, ``Mon``."""
    if cell in set("1234567"):
        return int(cell)
    lowered = cell.casefold()
    found = _WEEKDAYS.get(lowered[:3]) or _WEEKDAYS.get(lowered[:2])
    if found is None:
        raise CellRefused("bad_weekday", value=cell)
    return found


def clock_time(cell: str) -> time:
    """``9:00``, ``09:00``, ``9u``, ``13u30``, ``13.30``."""
    found = re.fullmatch(r"(\d{1,2})(?:[:.uh](\d{2})?)?", cell, re.ASCII)
    hour, minute = (int(part or 0) for part in found.groups()) if found else (24, 0)
    if hour > 23 or minute > 59:  # noqa: PLR2004 - a clock's own bounds
        raise CellRefused("bad_time", value=cell)
    return time(hour, minute)


def day(cell: str) -> date:
    """``2026-03-16`` or ``16/03/2026``."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(cell, form).date()  # noqa: DTZ007 - only a day is read
        except ValueError:
            continue
    raise CellRefused("bad_date", value=cell)


def listed(limit: int) -> Reader:
    """Several texts with ``|`` between them."""
    read_one = text(limit)

    def read(cell: str) -> tuple[str, ...]:
        return tuple(read_one(part) for part in _parts(cell))

    return read


def codes(cell: str) -> tuple[str, ...]:
    return tuple(code(part) for part in _parts(cell))


def code_set(cell: str) -> tuple[str, ...]:
    """Several codes of which the order has no meaning."""
    return tuple(sorted(set(codes(cell))))


def links(cell: str) -> tuple[tuple[str, str], ...]:
    """``Title https://address`` with ``|`` between them."""
    return tuple(_link(part) for part in _parts(cell))


def translated(read: Reader, values: Mapping[str, str]) -> Reader:
    """First our word for theirs, where the mapping of the town gives one."""

    def read_theirs(cell: str) -> Any:
        try:
            return read(values.get(cell, cell))
        except CellRefused as refused:
            if refused.code == "bad_choice" and values:
                raise CellRefused("bad_choice", value=cell, allowed=", ".join(values)) from None
            raise

    return read_theirs


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(_LIST_SEPARATOR) if part.strip()]


def _link(part: str) -> tuple[str, str]:
    title, _, address = part.rpartition(" ")
    if not title or not re.match(r"https?://[^\s/]", address):
        raise CellRefused("bad_link", value=part)
    return title.strip(), address
