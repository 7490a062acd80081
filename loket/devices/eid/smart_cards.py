"""The cards in the readers of this machine, by PC/SC.

Imported by the process that reads, and by nothing else: pyscard may be missing, and its calls
may hang on a reader that hangs.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from smartcard import scard

from loket.devices.eid.errors import (
    CardInUse,
    CardPulled,
    CardSilent,
    CardUnreadable,
    NoCard,
    NoCardReader,
    NoCardService,
)
from loket.devices.eid.talking import Card
from loket.kit.errors import Unavailable

_NO_SERVICE = (scard.SCARD_E_NO_SERVICE, scard.SCARD_E_SERVICE_STOPPED)
_GONE = (
    scard.SCARD_W_REMOVED_CARD,
    scard.SCARD_E_NO_SMARTCARD,
    scard.SCARD_E_READER_UNAVAILABLE,
    scard.SCARD_E_UNKNOWN_READER,
)
_MUTE = (
    scard.SCARD_W_UNRESPONSIVE_CARD,
    scard.SCARD_W_UNPOWERED_CARD,
    scard.SCARD_W_UNSUPPORTED_CARD,
    scard.SCARD_E_PROTO_MISMATCH,
)
NOTICED_MS = 1000
"""So long after a failure a reader may take to notice that its card is gone."""
STATUS_BYTES = 2
_TAKEN = (scard.SCARD_E_SHARING_VIOLATION, scard.SCARD_W_RESET_CARD)


@contextmanager
def inserted_cards() -> Iterator[list[Card]]:
    """Every card that answers; never none of them.

    Raises NoCardService, NoCardReader and NoCard, or why the only card could not be reached.
    """
    with ExitStack() as opened:
        context = opened.enter_context(_context())
        found: list[Card] = []
        refused: Unavailable = NoCard()
        for reader in _with_card(context):
            try:
                found.append(opened.enter_context(_connection(context, reader)))
            except Unavailable as error:
                refused = error
        if not found:
            raise refused
        yield found


@contextmanager
def _context() -> Iterator[int]:
    result, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
    if result != scard.SCARD_S_SUCCESS:
        raise NoCardService
    try:
        yield context
    finally:
        scard.SCardReleaseContext(context)


def _with_card(context: int) -> list[str]:
    """The readers that hold one."""
    result, readers = scard.SCardListReaders(context, [])
    if result in _NO_SERVICE:
        raise NoCardService
    if result != scard.SCARD_S_SUCCESS or not readers:
        raise NoCardReader
    return [reader for reader in readers if _holds_card(context, reader)]


def _holds_card(context: int, reader: str) -> bool:
    return bool(_state(context, reader) & scard.SCARD_STATE_PRESENT)


def _lost_card(context: int, reader: str) -> bool:
    """Whether it is gone, or goes in the moment that a reader needs to notice."""
    state = _state(context, reader)
    if state & scard.SCARD_STATE_PRESENT:
        state = _state(context, reader, since=state, limit_ms=NOTICED_MS)
    return not state & scard.SCARD_STATE_PRESENT


def _state(
    context: int, reader: str, *, since: int = scard.SCARD_STATE_UNAWARE, limit_ms: int = 0
) -> int:
    """Once it differs from ``since``, or the limit is over; 0 of a reader that is gone."""
    result, states = scard.SCardGetStatusChange(context, limit_ms, [(reader, since)])
    if result == scard.SCARD_E_TIMEOUT:
        return since
    return int(states[0][1]) if result == scard.SCARD_S_SUCCESS else 0


@contextmanager
def _connection(context: int, reader: str) -> Iterator[Card]:
    """The card, beside whatever else uses it; left as it is afterwards."""
    either = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
    result, handle, protocol = scard.SCardConnect(context, reader, scard.SCARD_SHARE_SHARED, either)
    if result != scard.SCARD_S_SUCCESS:
        raise _not_reached(result)
    try:
        yield PcscCard(context, reader, handle, protocol)
    finally:
        scard.SCardDisconnect(handle, scard.SCARD_LEAVE_CARD)


class PcscCard:
    """One card that is connected."""

    def __init__(self, context: int, reader: str, handle: int, protocol: int) -> None:
        self._context, self._reader = context, reader
        self._handle, self._protocol = handle, protocol

    def transmit(self, apdu: bytes) -> tuple[bytes, int]:
        result, answer = scard.SCardTransmit(self._handle, self._protocol, list(apdu))
        # Some drivers say that all is well, and nothing else, of a card that was pulled out.
        if result != scard.SCARD_S_SUCCESS or len(answer) < STATUS_BYTES:
            raise self._broken_off(result)
        # Windows has it as signed bytes.
        data = bytes(byte & 0xFF for byte in answer)
        return data[:-2], int.from_bytes(data[-2:], "big")

    def _broken_off(self, result: int) -> Unavailable:
        if result in _NO_SERVICE:
            return NoCardService()
        if result in _GONE or _lost_card(self._context, self._reader):
            return CardPulled()
        return _other(result)


def _not_reached(result: int) -> Unavailable:
    if result in _NO_SERVICE:
        return NoCardService()
    return NoCard() if result in _GONE else _other(result)


def _other(result: int) -> Unavailable:
    if result in _MUTE:
        return CardSilent()
    if result in _TAKEN:
        return CardInUse()
    return CardUnreadable(what=f"{result & 0xFFFFFFFF:08X}")
