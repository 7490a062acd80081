"""The parts a desk is made of, put together in one place."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event

from loket.appointments.feeds_gateway import FeedsGateway
from loket.appointments.gateway import AppointmentsGateway
from loket.appointments.scheduling_gateway import SchedulingGateway
from loket.catalogue.gateway import CatalogueGateway
from loket.correspondence.gateway import CorrespondenceGateway
from loket.desk.catalogue_shelf import CatalogueShelf
from loket.desk.embedded import EmbeddedServer, serve_command
from loket.desk.facts import Listeners
from loket.desk.kept import KeptValues
from loket.desk.leases import LeaseBook
from loket.desk.map_shelf import MapShelf
from loket.desk.printing import FindPrinter, PrintJournal, PrintService
from loket.desk.settings import DeskSettings
from loket.desk.site import Sight
from loket.displays.gateway import DisplaysGateway
from loket.geography.gateway import GeographyGateway
from loket.insight.gateway import InsightGateway
from loket.kit.clock import Clock
from loket.link.address import FixedAddress, Whereabouts
from loket.link.clock import ServerClock
from loket.link.delivery import Delivery
from loket.link.disk import Disk
from loket.link.http import ServerLink
from loket.link.live import LiveActs
from loket.link.outbox import Outbox
from loket.link.session import Session
from loket.queue.gateway import QueueGateway
from loket.reports.arranging_gateway import ArrangingGateway
from loket.reports.gateway import ReportsGateway
from loket.staff.gateway import StaffGateway
from loket.visits.gateway import VisitsGateway


@dataclass(frozen=True)
class Parts:
    """Everything with a life of its own that a desk has; ``close`` ends it in the right order."""

    closing: Event
    disk: Disk
    kept: KeptValues
    clock: ServerClock
    session: Session
    link: ServerLink
    delivery: Delivery
    leases: LeaseBook
    listeners: Listeners
    sight: Sight
    shelf: CatalogueShelf
    geography: GeographyGateway
    map_shelf: MapShelf
    prints: PrintService
    staff: StaffGateway
    visits: VisitsGateway
    queue: QueueGateway
    appointments: AppointmentsGateway
    correspondence: CorrespondenceGateway
    scheduling: SchedulingGateway
    feeds: FeedsGateway
    displays: DisplaysGateway
    insight: InsightGateway
    reports: ReportsGateway
    arranging: ArrangingGateway
    end_server_search: Callable[[], None]

    def close(self) -> None:
        self.prints.close()
        self.end_server_search()
        self.link.close()
        if self.clock.measured:
            self.kept.keep_clock_difference(self.clock.difference)
        self.disk.close()


def build(
    settings: DeskSettings,
    *,
    machine: Clock,
    find_printer: FindPrinter,
    whereabouts: Whereabouts | None = None,
) -> Parts:
    """Open the desk's folder and put its parts together; nothing is asked of a server yet."""
    disk = Disk(settings.desk_folder / "desk.sqlite3")
    kept, listeners, closing = KeptValues(disk), Listeners(), Event()
    clock = ServerClock(machine, kept.clock_difference)
    where, end_search = _whereabouts(settings, whereabouts)
    link, session = ServerLink(where, clock), Session(kept.desk_token)
    delivery = Delivery(Outbox(disk, machine), link, session, closing=closing)
    live = LiveActs(link, session, closing)
    geography = GeographyGateway(link, session)
    return Parts(
        closing=closing,
        disk=disk,
        kept=kept,
        clock=clock,
        session=session,
        link=link,
        delivery=delivery,
        leases=LeaseBook(disk),
        listeners=listeners,
        sight=Sight(listeners),
        shelf=CatalogueShelf(
            CatalogueGateway(link, session), settings.desk_folder / "catalogue.json"
        ),
        geography=geography,
        map_shelf=MapShelf(geography, settings.desk_folder / "town_map.json"),
        prints=PrintService(
            PrintJournal(disk),
            settings.folder.prints,
            find_printer=find_printer,
            listeners=listeners,
            clock=clock,
        ),
        staff=StaffGateway(link, session),
        visits=VisitsGateway(link, session, live=live, delivery=delivery),
        queue=QueueGateway(link, session, live=live, delivery=delivery),
        correspondence=CorrespondenceGateway(link, session, live=live),
        appointments=AppointmentsGateway(link, session, live=live, delivery=delivery),
        feeds=FeedsGateway(link, session, live=live),
        scheduling=SchedulingGateway(link, session, live=live),
        insight=InsightGateway(link, session),
        arranging=ArrangingGateway(link, session, live=live),
        reports=ReportsGateway(link, session, live=live, delivery=delivery),
        displays=DisplaysGateway(link, session, live=live),
        end_server_search=end_search,
    )


def _whereabouts(
    settings: DeskSettings, given: Whereabouts | None
) -> tuple[Whereabouts, Callable[[], None]]:
    if given is not None:
        return given, lambda: None
    if settings.server_url:
        return FixedAddress(settings.server_url), lambda: None
    command = serve_command(settings.folder, demonstration=settings.demonstration)
    server = EmbeddedServer(settings.folder, command)
    server.start()
    return server, server.close
