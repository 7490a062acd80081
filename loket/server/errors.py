"""Why a server does not start."""

from loket.kit.errors import Conflict, Unavailable


class AlreadyRunning(Conflict):
    """Another server holds this data folder."""

    code = "server.already_running"


class PortTaken(Unavailable):
    code = "server.port_taken"


class AddressRefused(Unavailable):
    """This machine has no such address, or does not let us listen there."""

    code = "server.address_refused"
