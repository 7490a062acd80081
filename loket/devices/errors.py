"""What a device can refuse."""

from loket.kit.errors import Unavailable


class PrinterUnknown(Unavailable):
    """No printer has this name (any more)."""

    code = "print.unknown_printer"


class PrinterStopped(Unavailable):
    """The printer is stopped, or refuses jobs; ``message`` is its own word."""

    code = "print.stopped"


class PrinterSilent(Unavailable):
    """The paper did not come out in time; the job was taken back from the printer."""

    code = "print.silent"


class NoPrintSystem(Unavailable):
    """This machine has no CUPS."""

    code = "print.no_system"
