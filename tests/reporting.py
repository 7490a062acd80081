"""A small town that takes reports down: what tests of reports begin with."""

from typing import Any

from loket.catalogue.offer import Offers
from loket.kit.ids import new_id
from loket.reports.arranging import ArrangementsFile
from loket.reports.usecases.arranging.importing import arrange_reports
from loket.server.importing import SYSTEM
from loket.store.work import Request, Store
from tests.serving import Client

TILE, LAMP, WELFARE, OTHER = "rc-tegel", "rc-lamp", "rc-steun", "rc-overig"
GRID = "rp-net"
ARRANGED: dict[str, Any] = {
    "parties": [{"code": "net", "name": "Netbeheerder", "email": "net@example.be"}],
    "categories": [
        {
            "code": "tegel",
            "name": "Voetpad – losse tegel",
            "department": "bz",
            "team": "ploeg Wegen",
            "alert_phone": "0470 12 34 50",
            "keywords": ["stoeptegel", "voetpad"],
        },
        {"code": "lamp", "name": "Straatverlichting – lamp stuk", "party": "net"},
        {"code": "steun", "name": "Sociaal – dienstverlening", "department": "soc"},
        {"code": "overig", "name": "Andere", "department": "bz"},
    ],
    "terms": {
        "issue": {"receipt_days": 10, "answer_days": 45},
        "complaint": {"answer_days": 45, "extension_days": 45, "starts_with": "clarification"},
    },
    "replies": [{"name": "Opgelost", "act": "resolve", "text": "Dag {naam}, het is opgelost."}],
}


def arrange(store: Store, **changed: Any) -> None:
    """Arrange reports as above, with what is given instead."""
    offer = Offers(store.clock, lambda _connection, _day: {})
    file = ArrangementsFile.model_validate({**ARRANGED, **changed})
    with store.work(Request(SYSTEM)) as work:
        arrange_reports(work, offer.now(work.connection), file)


def report(text: str = "Een losse tegel aan de bushalte.", **more: Any) -> dict[str, Any]:
    """What a desk sends for a report by Marleen, answered by mail."""
    reporter = {"name": "Marleen De Smedt", "email": "m.desmedt@example.be", "answer_by": "mail"}
    return {
        "id": new_id(),
        "kind": "issue",
        "text": text,
        "category_id": TILE,
        **more,
        "reporter": {**reporter, **more.get("reporter", {})},
    }


def registered(desk: Client, text: str = "Een losse tegel.", **more: Any) -> dict[str, Any]:
    """A report that was taken down."""
    answer = desk.post("/reports", report(text, **more))
    assert answer.status_code == 201, answer.text
    taken: dict[str, Any] = answer.json()
    return taken


def file_of(desk: Client, report_id: str) -> dict[str, Any]:
    """Everything that is known of a report."""
    answer = desk.get(f"/reports/{report_id}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found
