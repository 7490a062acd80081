"""An eID in software: what it holds, and the commands it answers, as the card's documents say."""

from dataclasses import dataclass, field, replace

NUMBER = "85073003328"
"""Fits mod 97; nobody's."""
ATR = bytes.fromhex("3B7F96000080318065B085040120120FFF829000")
_FOLDERS = {"3F00", "DF01"}


def tlv(values):
    """Fields as the card writes them."""
    made = b""
    for tag, value in values.items():
        content = value.encode() if isinstance(value, str) else value
        more, rest = divmod(len(content), 255)
        made += bytes([tag]) + b"\xff" * more + bytes([rest]) + content
    return made


IDENTITY = {
    0: b"\x00\x02",
    1: "592123456789",
    2: bytes(range(16)),
    3: "01.02.2024",
    4: "01.02.2034",
    5: "Heidebeek",
    6: NUMBER,
    7: "Van den Broeck-D'Hondt",
    8: "Émilie Zoë",
    9: "J",
    10: "Belg",
    11: "Sint-Niklaas",
    12: "30 JUL  1985",
    13: "V",
    14: "",
    15: "1",
    16: "0",
    17: bytes(range(48)),
    26: bytes(48),
}
ADDRESS = {0: b"\x00\x02", 1: "Brusselsesteenweg 12 bus 3", 2: "9000", 3: "Gent"}


@dataclass(frozen=True)
class EmulatedCard:
    """Files by name; ``goes_at``: with this command, counted from 1, it is pulled out or hangs."""

    files: dict[str, bytes] = field(default_factory=dict)
    goes_at: int = 0
    hangs: bool = False

    def going(self, **how):
        return replace(self, **how)

    def session(self):
        return Session(self)


class Session:
    """The card while it has power."""

    def __init__(self, card):
        self._files = card.files
        self._at: str | None = None
        self._folder = ""

    def answer(self, apdu):
        """Data and status word."""
        if apdu[:4] == bytes.fromhex("00A4020C"):
            return self._select(apdu[5 : 5 + apdu[4]].hex().upper())
        if apdu[:2] == bytes.fromhex("00B0"):
            return self._read(int.from_bytes(apdu[2:4], "big"), apdu[4] or 256)
        return bytes.fromhex("6D00")

    def _select(self, name):
        self._at = name if name in self._files and self._folder == "DF01" else None
        if name in _FOLDERS and self._files:
            self._folder = name
        elif self._at is None:
            return bytes.fromhex("6A82")
        return bytes.fromhex("9000")

    def _read(self, offset, length):
        if self._at is None:
            return bytes.fromhex("6986")
        content = self._files[self._at]
        left = len(content) - offset
        if left <= 0:
            return bytes.fromhex("6B00")
        if left < length:
            return bytes([0x6C, left])
        return content[offset : offset + length] + bytes.fromhex("9000")


def eid(identity=None, address=None, *, padded_to=117, **how):
    """A card; what is given replaces single fields."""
    where = tlv(ADDRESS | (address or {}))
    files = {"4031": tlv(IDENTITY | (identity or {})), "4033": where.ljust(padded_to, b"\0")}
    return EmulatedCard(files, **how)


BANK_CARD = EmulatedCard()
