"""``pair-display``: confirm a screen's code on the server's own machine."""

from datetime import datetime

from loket.catalogue.offer import Offers
from loket.displays.messages import PairDisplay
from loket.displays.usecases import pair_display
from loket.kit.clock import Clock, ShiftedClock, SystemClock
from loket.kit.i18n import Words
from loket.link.address import FixedAddress
from loket.link.clock import ServerClock
from loket.link.errors import LinkError
from loket.link.http import Request as LinkRequest
from loket.link.http import ServerLink
from loket.queue.queries import measured
from loket.server.importing import SYSTEM
from loket.server.opening import RunFile
from loket.store.work import Request, Store
from loket.wire.health import Health


def pair(store: Store, code: str, *, name: str, site: str, say: Words) -> int:
    """Pair it and print what came of it; the answer is an exit status."""
    with store.work(Request(SYSTEM)) as work:
        offer = Offers(store.clock, measured).now(work.connection)
        sites = {each.code: each for each in offer.catalogue.sites}
        chosen = sites.get(site) if site else next(iter(sites.values()), None)
        if chosen is None:
            known = ", ".join(sites)
            print(say("No site has the code {site}. There are: {known}.", site=site, known=known))  # noqa: T201 - for the terminal
            return 1
        command = PairDisplay(code=code, name=name, site_id=chosen.id)
        display = pair_display(work, offer, command)
    called = display.name or say("The screen")
    print(say("{name} is now a display of {site}.", name=called, site=chosen.name))  # noqa: T201 - for the terminal
    return 0


def say_where(run_file: RunFile | None, say: Words) -> int:
    """Print where a screen finds its code; the answer is an exit status."""
    if run_file is None:
        print(say("No server is running on this folder. Start it first."))  # noqa: T201 - for the terminal
        return 1
    address = f"{run_file.url}/scherm"
    print(say("Open {address} on the screen and run this again with its code.", address=address))  # noqa: T201 - for the terminal
    return 0


def clock_of(run_file: RunFile | None) -> Clock:
    """The time of the server that runs on this folder: a demonstration has a day of its own."""
    if run_file is None:
        return SystemClock()
    link = ServerLink(FixedAddress(run_file.url), ServerClock(SystemClock()))
    try:
        shown: datetime = link.call(LinkRequest.get("/health", Health)).server_time
    except LinkError:
        return SystemClock()
    finally:
        link.close()
    return ShiftedClock.starting_at(shown, SystemClock())
