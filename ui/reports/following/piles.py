"""Rows of the letters to post, of the calls that were promised, and of loose mails."""

from datetime import date, datetime

from loket.kit.clock import local_day
from loket.kit.i18n import Words, mark
from loket.reports.messages.following import LetterToPost, Promise
from loket.reports.messages.mailing import LooseMail
from loket.reports.rules.mails import WhyLoose
from loket.wire.contact import number_shown
from ui.reports.following.naming import said_at
from ui.reports.following.state import PileRow

LETTER_HEADS = (mark("Reference"), mark("Name"), mark("Address"), mark("Written"))
CALL_HEADS = (mark("Before"), mark("Name"), mark("Phone"), mark("Reference"), mark("About"))


MAIL_HEADS = (mark("From"), mark("Subject"), mark("Arrived"))
WHYS: dict[WhyLoose, str] = {
    WhyLoose.NO_FILE: mark("It answers none of our mails."),
    WhyLoose.STRANGER: mark("It names a report, but comes from an address we do not know there."),
    WhyLoose.MACHINE: mark("An automatic answer that is about no report."),
    WhyLoose.TOO_LARGE: mark(
        "It is too large to be read: only its heading is here. Ask the sender for less at a time."
    ),
    WhyLoose.TANGLED: mark(
        "It cannot be read: only its heading is here. Ask the sender to write it in another way."
    ),
}
"""Why a mail lies on the pile."""


def mail_row(mail: LooseMail, today: date, words: Words) -> PileRow:
    sender = mail.sender_name or mail.sender or words("Unknown sender")
    cells = (sender, mail.subject, said_at(mail.arrived_at, today, words))
    return PileRow(mail.id, "", cells, mail.sender)


def letter_row(letter: LetterToPost, written: str) -> PileRow:
    cells = (letter.reference, letter.name, letter.address, written)
    return PileRow(letter.id, letter.report_id, cells, letter.text)


def call_row(promise: Promise, now: datetime, today: date, words: Words) -> PileRow:
    """What is over its time says so in words."""
    due = said_at(promise.due_at, today, words)
    if local_day(promise.due_at) == today:
        due = words.time(promise.due_at)
    if promise.due_at < now:
        due = words("{moment}, late", moment=due)
    phone = number_shown(promise.phone) if promise.phone else ""
    about = promise.note or promise.title
    cells = (due, promise.reporter_name, phone, promise.reference, about)
    return PileRow(promise.id, promise.report_id, cells)
