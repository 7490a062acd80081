"""How the mails and text messages of a report fare, beside what sent them."""

from typing import Final

from loket.correspondence.rules import TO_SEND_AGAIN, MessageState
from loket.kit.i18n import Words
from loket.reports.messages.following import Entry
from loket.reports.messages.taking import Reporter
from loket.reports.rules.flow import ReportAct
from loket.reports.rules.kinds import AnswerBy
from ui.core.post_words import BANDS, why_not_sent
from ui.reports.following.drafts import ways_of
from ui.reports.following.state import PostFace

_TROUBLE: Final = {MessageState.FAILED, MessageState.IN_DOUBT}
_TO_CITIZENS: Final = {ReportAct.REPLY, ReportAct.CONFIRM}


def post_of(
    entry: Entry, person: Reporter | None, words: Words, *, may_reply: bool
) -> PostFace | None:
    """None: nothing was sent by mail or text message."""
    message = entry.message
    if message is None:
        return None
    text, icon, tone = BANDS[message.state]
    why = why_not_sent(message.state, message.fault, words)
    trouble = message.state in _TROUBLE
    other = may_reply and trouble and entry.act in _TO_CITIZENS
    return PostFace(
        message_id=message.id,
        seq=entry.seq,
        text=f"{words(text)}. {why}" if why else words(text),
        icon=icon,
        tone=tone if trouble else "done",
        tip=message.recipient,
        can_again=message.state in TO_SEND_AGAIN and trouble,
        other=_other(entry, person, words) if other else "",
    )


def other_way(entry: Entry, person: Reporter) -> AnswerBy | None:
    """By which way somebody can be told after all: on paper where there is an address."""
    used = entry.message.channel if entry.message else ""
    left = [way for way in ways_of(person) if str(way) != str(used)]
    return AnswerBy.LETTER if AnswerBy.LETTER in left else next(iter(left), None)


def _other(entry: Entry, person: Reporter | None, words: Words) -> str:
    way = other_way(entry, person) if person is not None else None
    if way is None:
        return ""
    return words("By letter instead") if way is AnswerBy.LETTER else words("By another way")
