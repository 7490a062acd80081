"""The sentences for a card that was not read."""

from loket.kit.i18n import mark

EID: dict[str, str] = {
    "eid.no_library": mark(
        "This desk cannot read an eID: a part of the program is missing. Run the set-up again."
    ),
    "eid.no_service": mark(
        "The service for card readers does not run here. Plug the reader in again, or warn the "
        "administrator."
    ),
    "eid.no_reader": mark("No card reader is plugged in. Plug it in and press F4 again."),
    "eid.no_card": mark("There is no card in the reader. Put it in and press F4 again."),
    "eid.several_cards": mark("More than one eID is put in. Take one out and press F4 again."),
    "eid.in_use": mark("Another program is using the card. Close it and press F4 again."),
    "eid.silent": mark(
        "The card does not answer. Put it in again with the chip first and press F4."
    ),
    "eid.other_card": mark("This is no Belgian eID. Put that in, or type the name."),
    "eid.pulled": mark("The card was taken out too soon. Put it in and press F4 again."),
    "eid.unreadable": mark(
        "The card cannot be read. Wipe the chip and try again, or type the name."
    ),
    "eid.too_slow": mark("The card does not get read. Put it in again, or type the name."),
}
