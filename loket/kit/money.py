"""Amounts of money: integer cents of euro, and how they are written."""

import re

from babel.numbers import format_currency

from loket.kit.errors import Invalid

_AMOUNT = re.compile(r"(?:€\s*)?(\d{1,7})(?:[.,](\d{1,2}))?(?:\s*(?:€|EUR))?")


class AmountUnreadable(Invalid):
    code = "money.unreadable"


def euros(cents: int, language: str = "nl") -> str:
    """``2500`` → ``€ 25,00``; a plain space keeps PDF text and searches simple."""
    text = format_currency(cents / 100, "EUR", locale=_LOCALES.get(language, "nl_BE"))
    return text.replace("\xa0", " ")


def cents(text: str) -> int:
    """Read an amount as people type it: ``25``, ``25,5``, ``€ 25,00``, ``25.00 EUR``."""
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        raise AmountUnreadable(text=text)
    whole, part = found.group(1), found.group(2) or ""
    return int(whole) * 100 + int(part.ljust(2, "0"))


_LOCALES = {"nl": "nl_BE", "fr": "fr_BE", "de": "de_BE", "en": "en_IE"}
