"""The rooms of the desk by themselves: settings, leases, journal of papers, catalogue on disk."""

import subprocess
import sys
import textwrap
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from loket.catalogue.messages import (
    Access,
    Catalogue,
    Counter,
    Department,
    DeskKind,
    PriorityReason,
    Product,
    Queue,
    Service,
    Site,
    Town,
)
from loket.desk.catalogue_shelf import CatalogueShelf
from loket.desk.errors import (
    DeskCodeUnreadable,
    NoCatalogue,
    NoLeasedNumber,
    ServerNeedsTls,
    UnknownPrintJob,
)
from loket.desk.facts import JobKind, JobState, Listeners, PrintChanged
from loket.desk.kept import KeptValues
from loket.desk.leases import LeaseBook
from loket.desk.papers import receipt_facts, slip_facts
from loket.desk.printing import INTERRUPTED, PrintJournal, PrintService
from loket.desk.settings import DeskSettings
from loket.kit.clock import FixedClock
from loket.kit.paths import DataFolder
from loket.link.disk import Disk
from loket.link.errors import NotSignedIn, Unreachable
from loket.queue.messages import IssueTicket, Lease, Leases
from loket.queue.picture import SitePicture
from loket.queue.provisional import Situation, issued_without_server
from loket.queue.rules.life import NotServedHere
from loket.visits.messages import Act, ActKind, Receipt, StartVisit
from tests.desks import MemoryPrinter, Printers

NOON = datetime(2026, 3, 16, 11, tzinfo=UTC)
MONDAY = date(2026, 3, 16)


@pytest.fixture
def disk(tmp_path):
    disk = Disk(tmp_path / "desk.sqlite3")
    yield disk
    disk.close()


# Settings


@pytest.mark.parametrize("code", ["../elsewhere", "", "a/b", "loket 3", "x" * 40])
def test_a_desks_code_cannot_lead_out_of_its_folder(code, tmp_path):
    with pytest.raises(DeskCodeUnreadable):
        DeskSettings.of(code, folder=DataFolder(tmp_path))


@pytest.mark.parametrize("url", ["http://loket.heidebeek.example", "ftp://127.0.0.2/"])
def test_off_this_machine_only_tls(url, tmp_path):
    with pytest.raises(ServerNeedsTls):
        DeskSettings.of("loket-3", folder=DataFolder(tmp_path), server_url=url)


@pytest.mark.parametrize("url", ["https://loket.heidebeek.example", "http://127.0.0.1:8000"])
def test_tls_or_this_machine(url, tmp_path):
    assert DeskSettings.of("loket-3", folder=DataFolder(tmp_path), server_url=url).server_url == url


def test_a_chosen_printer_is_there_the_next_time(tmp_path):
    folder = DataFolder(tmp_path)
    DeskSettings.of("loket-3", folder=folder).with_printer("Bon")
    assert DeskSettings.of("loket-3", folder=folder).printer == "Bon"
    assert DeskSettings.of("loket-4", folder=folder).printer == ""


def test_damaged_settings_are_chosen_again(tmp_path):
    folder = DataFolder(tmp_path)
    DeskSettings.of("loket-3", folder=folder).with_printer("Bon")
    (folder.desk("loket-3") / "settings.json").write_text("{", encoding="utf-8")
    assert DeskSettings.of("loket-3", folder=folder).printer == ""


# What is kept


def test_credential_and_time_outlive_the_window(disk, tmp_path):
    kept = KeptValues(disk)
    assert (kept.desk_token, kept.clock_difference) == ("", timedelta(0))
    kept.keep_desk_token("secret")
    kept.keep_clock_difference(timedelta(days=-250, microseconds=7))
    other = KeptValues(Disk(tmp_path / "desk.sqlite3"))
    assert other.desk_token == "secret"
    assert other.clock_difference == timedelta(days=-250, microseconds=7)
    other._disk.close()


# Leases


def leases(*numbers, prefix="A", day=MONDAY):
    return Leases(leases=[Lease(series_prefix=prefix, day=str(day), numbers=list(numbers))])


def test_a_leased_number_is_given_once_and_on_its_day(disk):
    book = LeaseBook(disk)
    book.enter(leases(900, 901), epoch="e1", today=MONDAY)
    assert book.fewest_left({"A"}, epoch="e1", today=MONDAY) == 2
    assert book.give("A", today=MONDAY) == 900
    with pytest.raises(NoLeasedNumber):
        book.give("A", today=MONDAY + timedelta(days=1))
    with pytest.raises(NoLeasedNumber):
        book.give("B", today=MONDAY)
    assert book.give("A", today=MONDAY) == 901
    with pytest.raises(NoLeasedNumber):
        book.give("A", today=MONDAY)


def test_a_number_that_was_given_stays_so_when_the_server_names_it_again(disk):
    book = LeaseBook(disk)
    book.enter(leases(900, 901), epoch="e1", today=MONDAY)
    book.give("A", today=MONDAY)
    book.enter(leases(900, 901, 902), epoch="e1", today=MONDAY)
    assert book.give("A", today=MONDAY) == 901


def test_numbers_of_another_database_are_struck(disk):
    book = LeaseBook(disk)
    book.enter(leases(900), epoch="e1", today=MONDAY)
    assert book.fewest_left({"A"}, epoch="e2", today=MONDAY) == 0
    book.enter(leases(905), epoch="e2", today=MONDAY)
    assert book.give("A", today=MONDAY) == 905


_GIVER = textwrap.dedent(
    """
    import sys
    from datetime import date
    from pathlib import Path
    from loket.desk.errors import NoLeasedNumber
    from loket.desk.leases import LeaseBook
    from loket.link.disk import Disk
    book = LeaseBook(Disk(Path(sys.argv[1])))
    sys.stdin.readline()
    try:
        while True:
            print(book.give("A", today=date(2026, 3, 16)))
    except NoLeasedNumber:
        pass
    """
)


def test_two_processes_never_give_the_same_number(disk):
    LeaseBook(disk).enter(leases(*range(900, 960)), epoch="e1", today=MONDAY)
    command = [sys.executable, "-c", _GIVER, str(disk.path)]
    root = Path(__file__).parents[3]
    givers = [subprocess.Popen(command, stdin=-1, stdout=-1, text=True, cwd=root) for _ in range(2)]
    for giver in givers:
        giver.stdin.write("go\n")
        giver.stdin.flush()
    given = [number for giver in givers for number in giver.communicate(timeout=60)[0].split()]
    assert [giver.returncode for giver in givers] == [0, 0]
    assert sorted(map(int, given)) == list(range(900, 960))


# Papers


@pytest.fixture
def printers():
    return Printers(bon=MemoryPrinter())


@pytest.fixture
def heard():
    return []


@pytest.fixture
def service(disk, tmp_path, printers, heard):
    listeners = Listeners()
    listeners.subscribe(heard.append)
    return PrintService(
        PrintJournal(disk),
        tmp_path / "prints",
        find_printer=printers.find,
        listeners=listeners,
        clock=FixedClock(NOON),
    )


def take(service, printer="bon", title="A014"):
    return service.take(b"%PDF", kind=JobKind.SLIP, title=title, printer=printer)


def test_a_paper_is_on_disk_before_it_is_sent(service, heard):
    job = take(service)
    assert job.path.read_bytes() == b"%PDF"
    assert service.jobs() == (job,)
    assert heard == [PrintChanged(job)]
    assert job.state == JobState.WAITING


def test_a_sent_paper_tells_its_way(service, printers, heard):
    service.start()
    take(service)
    service.close()
    assert [fact.job.state for fact in heard] == ["waiting", "printing", "printed"]
    assert printers["bon"].sent == [("A014", "roll-80mm", b"%PDF")]


def test_without_a_printer_the_file_is_the_paper(service):
    assert take(service, printer="").state == JobState.PRINTED


@pytest.mark.parametrize(
    ("printer", "reason"), [("bon", "printer.paper_out"), ("gone", "printer.unknown")]
)
def test_a_failure_stays_and_says_why_and_the_next_paper_goes_on(
    service, printers, printer, reason
):
    printers["bon"].out_of_paper = True
    printers["other"] = MemoryPrinter()
    service.start()
    failed = take(service, printer=printer)
    take(service, printer="other", title="A015")
    service.close()
    found = {job.title: (job.state, job.reason) for job in service.jobs()}
    assert found == {"A014": ("failed", reason), "A015": ("printed", "")}
    assert failed.path.exists()


def test_a_driver_that_raises_anything_does_not_end_printing(service, printers):
    class Broken:
        def send(self, pdf, *, title, media):
            raise ZeroDivisionError

    printers["broken"] = Broken()
    service.start()
    take(service, printer="broken")
    take(service, title="A015")
    service.close()
    assert {job.title: job.reason for job in service.jobs()} == {
        "A014": "print.failed",
        "A015": "",
    }


def test_an_unknown_job_is_refused(service):
    with pytest.raises(UnknownPrintJob):
        service.again("none", printer="bon")


def test_a_paper_whose_window_died_did_not_print_and_says_so(service, disk):
    job = take(service)
    journal = PrintJournal(disk)
    journal.tidy(now=NOON + timedelta(minutes=1))
    assert journal.find(job.id).state == JobState.WAITING  # another window may be at it
    journal.tidy(now=NOON + timedelta(minutes=3))
    assert (journal.find(job.id).state, journal.find(job.id).reason) == ("failed", INTERRUPTED)


def test_old_papers_are_cleared_away(service, disk):
    job = take(service)
    PrintJournal(disk).tidy(now=NOON + timedelta(days=8))
    assert not job.path.exists()
    assert service.jobs() == ()


# Catalogue


def product(ident, service="s-bz"):
    return Product(
        id=ident,
        code=ident,
        name=f"Product {ident}",
        short_name=ident,
        synonyms=[],
        service_id=service,
        access=Access.BOTH,
        usual_minutes=10,
        mean_service_seconds=600,
        asked=0,
        bring=["Pasfoto"],
        fee_cents=2500,
        clerk_text="",
        links=[],
        icon="",
    )


def town_catalogue(version="v1"):
    town = Town(
        name="Stad Heidebeek",
        phone="",
        email="",
        phone_hours="",
        privacy_email="",
        public_address="",
        slip_languages=[],
    )
    queue = {
        "site_id": "site",
        "icon": "",
        "appointment_prefix": "P",
        "norm_minutes": 20,
        "target_percent": 85,
        "classes": [],
    }
    return Catalogue(
        version=version,
        made_at=NOON,
        town=town,
        sites=[Site(id="site", code="s", name="Stadhuis", address="Markt 1", hours="")],
        departments=[
            Department(id="d-bz", code="bz", name="Burgerzaken", confidential=False),
            Department(id="d-soc", code="soc", name="Sociaal Huis", confidential=True),
        ],
        services=[
            Service(id="s-bz", department_id="d-bz", name=""),
            Service(id="s-soc", department_id="d-soc", name=""),
        ],
        queues=[
            Queue(id="q", code="q", name="Q", walk_in_prefix="A", service_ids=["s-bz"], **queue),
            Queue(id="qs", code="qs", name="S", walk_in_prefix="W", service_ids=["s-soc"], **queue),
        ],
        counters=[
            Counter(
                id=ident,
                site_id="site",
                code=ident,
                name=f"Loket {ident}",
                kind=DeskKind.COUNTER,
                first_choice=queues,
                second_choice=[],
            )
            for ident, queues in (("c-bz", ["q"]), ("c-soc", ["qs"]))
        ],
        products=[product("p-eid"), product("p-steun", "s-soc"), product("p-weg", "s-none")],
        quick_products=[],
        priority_reasons=[PriorityReason(code="mobility", name="Mobiliteit", icon="")],
    )


class FakeCatalogues:
    def __init__(self):
        self.version, self.error, self.asked = "v1", None, []

    def catalogue(self, *, known_version=None):
        self.asked.append(known_version)
        if self.error:
            raise self.error
        return None if known_version == self.version else town_catalogue(self.version)


@pytest.fixture
def server():
    return FakeCatalogues()


def test_the_catalogue_is_asked_once_then_only_when_in_doubt(server, tmp_path):
    shelf = CatalogueShelf(server, tmp_path / "catalogue.json")
    assert shelf.newest() is shelf.newest()
    assert server.asked == [None]
    server.version = "v2"
    assert shelf.newest().version == "v1"
    assert shelf.refresh()
    assert shelf.newest().version == "v2"
    assert not shelf.refresh()
    assert server.asked == [None, "v1", "v2"]


def test_the_disk_serves_while_the_server_is_away(server, tmp_path):
    CatalogueShelf(server, tmp_path / "catalogue.json").newest()
    shelf = CatalogueShelf(server, tmp_path / "catalogue.json")
    server.error = Unreachable(sent=False)
    assert shelf.newest() == town_catalogue()
    assert shelf.at_hand() == town_catalogue()
    server.error, server.version = None, "v2"
    assert shelf.newest().version == "v2"  # the disk's was never taken for checked


def test_a_server_never_seen_and_away_is_an_error(server, tmp_path):
    shelf = CatalogueShelf(server, tmp_path / "catalogue.json")
    server.error = Unreachable(sent=False)
    with pytest.raises(Unreachable):
        shelf.newest()
    with pytest.raises(NoCatalogue):
        shelf.at_hand()


def test_a_session_that_is_over_is_not_hidden_by_the_disk(server, tmp_path):
    shelf = CatalogueShelf(server, tmp_path / "catalogue.json")
    shelf.newest()
    shelf.doubt()
    server.error = NotSignedIn.nobody()
    with pytest.raises(NotSignedIn):
        shelf.newest()


def test_a_damaged_catalogue_on_disk_is_fetched_anew(server, tmp_path):
    (tmp_path / "catalogue.json").write_text("{}", encoding="utf-8")
    assert CatalogueShelf(server, tmp_path / "catalogue.json").newest() == town_catalogue()


# Without the server


def situation():
    picture = SitePicture.empty("site")
    return Situation(town_catalogue(), picture, "c-bz", "site", NOON)


def command(product_id="p-eid"):
    visit = StartVisit(visitor_name="De Smedt", priority="mobility")
    code = "TABCDEFGHJKLM"
    return IssueTicket(visit=visit, product_id=product_id, code=code, leased_number=901)


def test_a_ticket_without_the_server_says_what_can_be_known():
    issued = issued_without_server(command(), situation())
    assert issued.ticket.number == "A901"
    assert issued.ticket.code == "TABCDEFGHJKLM"
    assert issued.visit.visitor_name == "De Smedt"
    assert issued.visit.acts[0].kind == ActKind.TICKET_ISSUED
    assert (issued.ahead, issued.wait_minutes) == (0, None)


def test_a_product_that_no_queue_serves_is_refused_without_the_server_too():
    with pytest.raises(NotServedHere):
        issued_without_server(command("p-weg"), situation())


# What stands on paper


def test_a_slip_never_shows_a_name():
    issued = issued_without_server(command(), situation())
    facts = slip_facts(issued, town_catalogue(), counter_id="c-bz")
    assert (facts.number, facts.product, facts.desk) == ("A901", "Product p-eid", "Loket c-bz")
    assert (facts.bring, facts.fee_cents) == (("Pasfoto",), 2500)
    assert "De Smedt" not in repr(facts)


def receipt_at(counter_id):
    visit = issued_without_server(command(), situation()).visit
    act = Act(
        id="a2",
        kind=ActKind.INFORMATION_GIVEN,
        occurred_at=NOON,
        recorded_at=NOON,
        counter_id="c-bz",
        ticket_id=None,
        product_id="p-steun",
        text="gesprek over steun",
        about_id=None,
        reference="",
        at=None,
        undone=False,
    )
    undone = act.model_copy(update={"id": "a3", "undone": True})
    visit = visit.model_copy(update={"acts": [*visit.acts, act, undone]})
    receipt = Receipt(number="B-2026-004417", issued_at=NOON, issued_by="Sofie V.", visit=visit)
    numbers = {visit.acts[0].ticket_id: "A901"}
    return receipt_facts(receipt, town_catalogue(), counter_id=counter_id, ticket_numbers=numbers)


def test_a_receipt_lists_what_was_done_and_not_what_was_taken_back():
    facts = receipt_at("c-bz")
    assert [line.kind for line in facts.lines] == ["ticket_issued", "information_given"]
    assert facts.lines[0].ticket == "A901"
    assert facts.priority == "Mobiliteit"


def test_a_confidential_department_is_told_at_its_own_desk_only():
    elsewhere, own = receipt_at("c-bz").lines[1], receipt_at("c-soc").lines[1]
    assert elsewhere.confidential
    assert (elsewhere.product, elsewhere.text) == ("", "")
    assert not own.confidential
    assert (own.product, own.text) == ("Product p-steun", "gesprek over steun")
