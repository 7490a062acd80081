"""The page of a visitor as HTML: small, without a script, every text escaped."""

from datetime import datetime
from functools import cache
from html import escape
from pathlib import Path
from string import Template

from loket.kit.i18n import words
from loket.visitor_page.queries import Found
from loket.visitor_page.wording import said, titles

FOLDER = Path(__file__).parent / "page"
AGAIN_SECONDS = 20
_OWN_NAMES = {"nl": "Nederlands", "fr": "Français", "en": "English", "de": "Deutsch"}


def rendered(found: Found, language: str, moment: datetime) -> str:
    """The page in a language of the town."""
    say = words(language)
    told, around = said(found.turn, say), titles(say)
    pieces = {
        "language": language,
        "again": "" if found.is_over else f'<meta http-equiv="refresh" content="{AGAIN_SECONDS}">',
        "town": escape(found.town),
        "site": escape(found.site),
        "number_label": escape(around["number"]),
        "number": escape(found.turn.number),
        "state": found.turn.state,
        "head": escape(told.head),
        "lines": "".join(f"<p>{escape(line)}</p>" for line in told.lines if line),
        "renewed": "" if found.is_over else _renewed(around["renewed"], say.time(moment)),
        "languages": _links(found.languages, language, around["languages"]),
    }
    return _template().substitute(pieces)


def _renewed(text: str, time: str) -> str:
    return f"<p>{escape(text.format(time=time))}</p>"


def _links(languages: list[str], current: str, label: str) -> str:
    if len(languages) == 1:
        return ""
    links = "".join(_link(each, current) for each in languages)
    return f'<nav aria-label="{escape(label)}">{links}</nav>'


def _link(language: str, current: str) -> str:
    here = ' aria-current="true"' if language == current else ""
    name = escape(_OWN_NAMES[language])
    return f'<a href="?taal={language}" lang="{language}" hreflang="{language}"{here}>{name}</a>'


@cache
def _template() -> Template:
    return Template((FOLDER / "turn.html").read_text(encoding="utf-8"))
