"""Fields of replies in words, what is wrong with a text, and how it will look."""

from datetime import date, timedelta
from gettext import NullTranslations
from typing import Final

from loket.kit.errors import LoketError
from loket.kit.i18n import Words, mark
from loket.reports.rules.replies import BY_HAND, ReplyFieldUnknown, check_reply, prefilled
from ui.core.sentences import describe

FIELD_NAMES: Final[dict[str, str]] = {
    "naam": mark("name of the citizen"),
    "onderwerp": mark("subject of the report"),
    "titel": mark("title of the report"),
    "referentie": mark("reference"),
    "termijn": mark("answered by"),
    "behandelaar": mark("who handles it"),
    "instantie": mark("party outside"),
    "stad": mark("name of the town"),
    "telefoon": mark("telephone of the town"),
    "uitvoering": mark("when it is done (fill in)"),
    "vraag": mark("what is asked (fill in)"),
    "besluit": mark("decision (fill in)"),
    "reden": mark("reason (fill in)"),
}
"""Each field, and what comes in its place; the last four are filled in by who answers."""
_SUBJECT: Final = {
    "nl": "losse stoeptegel, Kerkstraat",
    "fr": "dalle descellée, Kerkstraat",
    "en": "loose paving stone, Kerkstraat",
    "de": "lose Gehwegplatte, Kerkstraat",
}
_PARTY: Final = {
    "nl": "de netbeheerder",
    "fr": "le gestionnaire de réseau",
    "en": "the grid operator",
    "de": "der Netzbetreiber",
}
_AHEAD: Final = timedelta(days=30)


def field_options(words: Words) -> dict[str, str]:
    return {name: f"{{{name}}}  {words(text)}" for name, text in FIELD_NAMES.items()}


def fault_of(text: str, words: Words) -> str:
    """Why a reply cannot stand ready like this, in a sentence."""
    try:
        check_reply(text)
    except ReplyFieldUnknown as error:
        told, meant = describe(error, words).text, error.params.get("meant")
        perhaps = words("Perhaps {field}?", field=meant)
        return f"{told} {perhaps}" if meant else told
    except LoketError as error:
        return describe(error, words).text
    return ""


def example(text: str, language: str, *, town: str, phone: str, today: date) -> str:
    """The reply for somebody who does not exist; what a person fills in stays as it is."""
    spoken = Words(language, NullTranslations())
    values = {
        "naam": "Marleen De Smedt",
        "onderwerp": _SUBJECT.get(language, _SUBJECT["nl"]),
        "titel": _SUBJECT.get(language, _SUBJECT["nl"]),
        "referentie": f"M-{today.year}-01873",
        "termijn": spoken.long_day(today + _AHEAD),
        "behandelaar": "Els Goossens",
        "instantie": _PARTY.get(language, _PARTY["nl"]),
        "stad": town,
        "telefoon": phone,
    }
    return prefilled(text, values)


def left_to_fill(text: str) -> tuple[str, ...]:
    """The fields that whoever answers fills in."""
    return tuple(name for name in BY_HAND if f"{{{name}}}" in text)
