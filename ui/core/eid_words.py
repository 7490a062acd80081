"""What is said of a card that was read, or was not; the newest takes the place of the former."""

from dataclasses import replace
from datetime import date

from loket.desk.eid import CardHolder
from loket.kit.i18n import Words
from ui.core.sentences import UserMessage, describe

_CODE = "eid"


def filled_in(holder: CardHolder, today: date, words: Words) -> UserMessage:
    """Also that the card no longer holds, or not yet: the clerk decides what that means here."""
    text, icon = words("Filled in from the eID"), "ph.warning-bold"
    if holder.valid_until is not None and holder.valid_until < today:
        day = words.slip_day(holder.valid_until)
        text = words("Filled in from the eID, which expired after {day}", day=day)
    elif holder.valid_from is not None and today < holder.valid_from:
        day = words.slip_day(holder.valid_from)
        text = words("Filled in from the eID, which is valid from {day} on", day=day)
    else:
        icon = "ph.identification-card-bold"
    return UserMessage(text, icon=icon, code=_CODE)


def not_read(error: Exception, words: Words) -> UserMessage:
    return replace(describe(error, words), code=_CODE)
