"""Why a card was not read."""

from loket.kit.errors import Unavailable


class NoCardLibrary(Unavailable):
    """This machine has no pyscard."""

    code = "eid.no_library"


class NoCardService(Unavailable):
    """The service for cards (pcscd, *Smart Card*) does not run."""

    code = "eid.no_service"


class NoCardReader(Unavailable):
    """No reader is plugged in."""

    code = "eid.no_reader"


class NoCard(Unavailable):
    """No reader holds a card."""

    code = "eid.no_card"


class SeveralCards(Unavailable):
    """More than one reader holds a card: which one is meant cannot be known."""

    code = "eid.several_cards"


class CardInUse(Unavailable):
    """Another program keeps the card to itself."""

    code = "eid.in_use"


class CardSilent(Unavailable):
    """The card does not answer at all, as when it is put in the wrong way."""

    code = "eid.silent"


class NotAnEid(Unavailable):
    """Another kind of card: it has no file of an identity."""

    code = "eid.other_card"


class CardPulled(Unavailable):
    """The card or its reader was taken away while it was read."""

    code = "eid.pulled"


class CardUnreadable(Unavailable):
    """An eID, but what it says makes no sense; ``what`` says where."""

    code = "eid.unreadable"


class CardTooSlow(Unavailable):
    """It was not read in time."""

    code = "eid.too_slow"


REFUSALS: dict[str, type[Unavailable]] = {
    kind.code: kind
    for kind in (
        NoCardLibrary,
        NoCardService,
        NoCardReader,
        NoCard,
        SeveralCards,
        CardInUse,
        CardSilent,
        NotAnEid,
        CardPulled,
        CardUnreadable,
        CardTooSlow,
    )
}
