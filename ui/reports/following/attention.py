"""Own reports that are nearly due or over their date: a badge, and one message a day."""

from loket.kit.i18n import Words
from loket.reports.messages.following import Counts
from ui.core.attention import Attention


def attention_of(counts: Counts, words: Words) -> Attention:
    """What stands beside the name of the screen; urgent: something is over its date."""
    return Attention(
        many=counts.own_late + counts.own_nearly_due,
        urgent=bool(counts.own_late),
        text=", ".join(_parts(counts, words)),
    )


def reminder_of(counts: Counts, words: Words) -> str:
    """What is said once a day; nothing where nothing is due."""
    parts = _parts(counts, words)
    if not parts:
        return ""
    return words("Your reports: {what}.", what=", ".join(parts))


def _parts(counts: Counts, words: Words) -> list[str]:
    late, nearly = counts.own_late, counts.own_nearly_due
    parts = []
    if late:
        parts.append(words.plural("{n} too late", "{n} too late", late))
    if nearly:
        parts.append(words.plural("{n} nearly due", "{n} nearly due", nearly))
    return parts
