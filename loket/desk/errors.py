"""What a desk by itself can refuse."""

from loket.kit.errors import Invalid, Params, Unavailable


class ServerNeedsTls(Invalid):
    """Off this machine only ``https``: what people tell a town hall does not go in the clear."""

    code = "desk.server_needs_tls"


class DeskCodeUnreadable(Invalid):
    """A desk's code is part of a folder's name."""

    code = "desk.code_unreadable"


class NoLeasedNumber(Unavailable):
    """The server is away and no number is left that may be given without it."""

    code = "queue.no_leased_number"


class NoCatalogue(Unavailable):
    """The server is away and was never seen from this desk."""

    code = "desk.no_catalogue"


class NoTownMap(Unavailable):
    """The server is away and this desk never got a map from it."""

    code = "desk.no_town_map"


class ServerDidNotStart(Unavailable):
    """The embedded server ended, or was not heard of in time; ``log`` is the file to read."""

    code = "server.did_not_start"


class ServerRefusedToStart(Unavailable):
    """The embedded server ended and left word why: a code of its own."""

    def __init__(self, code: str, params: Params) -> None:
        self.__dict__["code"] = code
        super().__init__(**params)


class UnknownPrintJob(Invalid):
    """The journal of this desk has no such job, or its paper was cleared away."""

    code = "print.unknown_job"
