"""The words of a mail: HTML as text, and what is new of an answer.

History is cut off only where a person plainly wrote above it. Nothing is cut from what was passed
on, from answers between the lines of what is quoted, and from a mail that would be empty then.
"""

import re
from html import unescape
from typing import Final

_LONGEST_HTML: Final = 1_500_000
_LOOKED_AT: Final = 400
"""Lines in which history may begin: beyond, looking takes long, and nobody writes so much."""
_FORWARDS: Final = re.compile(r"(?i)^\W*(fw|fwd|doorst|doorgestuurd|tr|wg|i)\s*:")
_PASSED_ON: Final = re.compile(
    r"(?im)^\W*(begin doorgestuurd bericht|doorgestuurd bericht|begin forwarded message"
    r"|forwarded message|message transféré|message réexpédié|début du message réexpédié"
    r"|weitergeleitete nachricht|anfang der weitergeleiteten)\b"
)
_THEIRS_FIRST: Final = re.compile(
    r"(?m)^[^\n>]{1,80} (?:schreef op|wrote on|a écrit le|schrieb am) ([^\n]{4,60}):$"
)
"""Thunderbird puts the name first where it is set so: the library knows *Op … schreef …* alone."""
_TAG: Final = re.compile(r"<[^<>]{0,2000}>")
_FEW_BLANK: Final = re.compile(r"\n[ \t]*(?:\n[ \t]*){2,}")
_HEADERS: Final = frozenset({"from", "to", "date", "subject"})
_ENOUGH: Final = 3
"""Headers of a quoted mail; two of them a person may write: *Van: de kerk, Aan: de brug*."""
_OUTLOOK_LINE: Final = re.compile(r"(?m)^ ?[_-]{10,} ?$\s*\Z")


def text_of_html(html: str) -> str:
    """What a browser would show of it, as lines."""
    # Only when a mail comes: every server has to start soon.
    from inscriptis import get_text  # noqa: PLC0415
    from inscriptis.model.config import ParserConfig  # noqa: PLC0415
    from lxml.etree import LxmlError  # noqa: PLC0415

    given = html[:_LONGEST_HTML]
    try:
        text: str = get_text(given, ParserConfig(display_links=False))
    except (LxmlError, ValueError, RecursionError):  # not HTML at all
        text = ""
    if not text.strip():  # or deeper than the parser goes
        text = unescape(_TAG.sub(" ", given))
    lines = "\n".join(line.strip() for line in text.replace("\xa0", " ").splitlines())
    return _FEW_BLANK.sub("\n\n", lines).strip()


def new_words(text: str, subject: str) -> str:
    """What somebody wrote above the history of their mail; all of it where there is any doubt."""
    whole = text.strip()
    if _FORWARDS.search(subject) or _PASSED_ON.search(whole):
        return whole
    top = _OUTLOOK_LINE.sub("", _above(whole)).strip()
    return top or whole


def _above(text: str) -> str:
    import quotequail  # noqa: PLC0415 - as above

    lines = [line.rstrip() for line in text.split("\n")]
    begin, rest = "\n".join(lines[:_LOOKED_AT]), lines[_LOOKED_AT:]
    found = quotequail.unwrap(_as_known(begin))
    if found is None or not _is_history(found) or _goes_on(found, rest):
        return text
    above: str = found.get("text_top", "")
    return above


def _as_known(text: str) -> str:
    """With the ways of beginning history that the library does not know made ones that it does."""
    return _THEIRS_FIRST.sub(r"Op \1 schreef …:", text)


def _is_history(found: dict[str, str]) -> bool:
    if found["type"] == "forward":
        return len(_HEADERS & found.keys()) >= _ENOUGH
    return found["type"] == "reply"


def _goes_on(found: dict[str, str], rest: list[str]) -> bool:
    """Whether somebody wrote between or below the lines that they quote."""
    below = found.get("text_bottom", "").split("\n")
    if "text_bottom" in found:
        below += rest
    return any(line.strip() and not line.startswith(">") for line in below)
