"""How sending can go wrong: for good, for now, or in a way that nobody knows."""

from enum import StrEnum


class SendFault(StrEnum):
    """What went wrong, as it is kept with the message and said on the screen."""

    RECIPIENT_REFUSED = "recipient_refused"
    """There is no such address or number, says who should know."""
    MESSAGE_REFUSED = "message_refused"
    SENDER_REFUSED = "sender_refused"
    """We may not send: a wrong password, or a sender that is not ours. Somebody has to repair it,
    and then every message that waits goes out."""
    UNREACHABLE = "unreachable"
    BUSY = "busy"
    """Try again later, says the other side."""
    BROKEN_OFF = "broken_off"
    """The line broke before the message was there."""
    UNCERTAIN = "uncertain"
    """The line broke after the message was handed over: it may have arrived."""
    NOT_WRITABLE = "not_writable"
    """The folder that stands for the outside cannot be written."""
    RETURNED = "returned"
    """It was taken over, and came back later: it could not be delivered."""


class NotSent(Exception):
    """A message that did not go out as far as we know; holds no address and no text."""

    def __init__(self, fault: SendFault) -> None:
        super().__init__(fault)
        self.fault = fault


class Refused(NotSent):
    """For good: the same message gets the same answer."""


class TryAgain(NotSent):
    """Nothing was handed over; later it may go."""

    @property
    def of_channel(self) -> bool:
        """Whether the channel itself is out of order, so that other messages need not try now."""
        return self.fault in _OF_CHANNEL


class InDoubt(NotSent):
    """Handed over, and no answer came: sending again might be twice."""

    def __init__(self) -> None:
        super().__init__(SendFault.UNCERTAIN)


_OF_CHANNEL = {SendFault.SENDER_REFUSED, SendFault.UNREACHABLE, SendFault.NOT_WRITABLE}
