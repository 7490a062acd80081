"""How a message to a citizen fares, in words: for every screen that shows one."""

from typing import Final

from loket.channels.faults import SendFault
from loket.correspondence.rules import EXPIRED, MessageState
from loket.kit.i18n import Words, mark

BANDS: Final = {
    MessageState.WAITING: (mark("Waits"), "ph.hourglass-medium-bold", "wait"),
    MessageState.SENDING: (mark("Is being sent"), "ph.paper-plane-tilt-bold", "call"),
    MessageState.SENT: (mark("Sent"), "ph.check-circle-bold", "serve"),
    MessageState.FAILED: (mark("Not sent"), "ph.warning-bold", "late"),
    MessageState.IN_DOUBT: (mark("Perhaps sent"), "ph.question-bold", "wait"),
    MessageState.WITHDRAWN: (mark("Withdrawn"), "ph.x-circle-bold", "done"),
}
"""Text, icon and tone of each state."""
_REASONS: Final = {
    SendFault.RECIPIENT_REFUSED: mark(
        "There is no such address or number. Ask for the right one and send it again."
    ),
    SendFault.MESSAGE_REFUSED: mark(
        "The mail server or gateway refused this message. Call the person instead."
    ),
    SendFault.SENDER_REFUSED: mark(
        "The mail server or gateway refuses us. Warn the administrator: nothing goes out now."
    ),
    SendFault.UNREACHABLE: mark("The mail server or gateway does not answer. It goes by itself."),
    SendFault.BUSY: mark("The other side asked to come back later. It goes by itself."),
    SendFault.BROKEN_OFF: mark("The line broke before the message was there. It goes by itself."),
    SendFault.UNCERTAIN: mark(
        "The line broke while it was handed over: it may have arrived. Ask the person, "
        "and send it again if it did not."
    ),
    SendFault.RETURNED: mark(
        "It came back: the mail could not be delivered. Ask for the right address and send it "
        "again."
    ),
    SendFault.NOT_WRITABLE: mark("The folder for outgoing messages cannot be written."),
}
_GIVEN_UP: Final = mark("It was tried for three days. Send it again, or call the person.")
_OVER: Final = mark("What it says was over before it could go out.")


def why_not_sent(state: MessageState, fault: str, words: Words) -> str:
    """Why it did not go out, and what to do; empty where there is nothing to say."""
    if fault == EXPIRED:
        return words(_OVER)
    if not fault or state in {MessageState.SENT, MessageState.WITHDRAWN}:
        return ""
    known = SendFault(fault)
    passing = {SendFault.UNREACHABLE, SendFault.BUSY, SendFault.BROKEN_OFF}
    if state is MessageState.FAILED and known in passing:
        return words(_GIVEN_UP)
    return words(_REASONS[known])
