"""Taking reports down over real HTTP, on both databases."""

import base64
import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import text

from loket.kit.ids import new_id
from loket.store.work import Store
from tests.reporting import LAMP, TILE, WELFARE, arrange, file_of, registered, report
from tests.serving import Client

Sit = Callable[[str, str], Client]


@pytest.fixture
def desk(sit: Sit, store: Store) -> Client:
    arrange(store)
    return sit("sofie", "onthaal-1")


def messages(store: Store) -> list[tuple[str, str, str]]:
    """Kind, recipient and text of what is to go out."""
    with store.reading() as connection:
        rows = connection.execute(
            text("SELECT kind, recipient, text FROM outgoing_message ORDER BY kind, id")
        )
        return [(row.kind, row.recipient, row.text) for row in rows]


def test_a_report_is_numbered_dated_sent_on_and_confirmed(desk: Client, store: Store) -> None:
    taken = registered(desk, "Een losse tegel aan de bushalte.", visit={"id": new_id()})
    one = taken["report"]
    assert one["reference"] == "M-2026-00001"
    assert (one["state"], one["department_id"]) == ("assigned", "d-bz")
    assert (one["receipt_due"], one["answer_due"]) == ("2026-03-26", "2026-04-30")
    assert one["title"] == "Losse tegel"
    [(kind, recipient, said)] = messages(store)
    assert (kind, recipient) == ("report_received", "m.desmedt@example.be")
    assert "M-2026-00001" in said
    assert "30 april 2026" in said
    file = file_of(desk, one["id"])
    assert [entry["act"] for entry in file["entries"]] == ["register", "assign", "confirm"]
    acts = desk.get(f"/visits/{taken['visit_id']}").json()["acts"]
    assert [(act["kind"], act["reference"]) for act in acts] == [
        ("report_registered", "M-2026-00001")
    ]


def test_the_same_request_twice_is_one_report(desk: Client) -> None:
    body, key = report(), new_id()
    first = desk.post("/reports", body, key=key)
    again = desk.post("/reports", body, key=key)
    assert (first.status_code, again.json()) == (201, first.json())
    assert desk.post("/report-searches", {"view": "all"}).json()["total"] == 1


def test_eight_desks_at_once_leave_no_gap_in_the_numbers(desk: Client) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: desk.post("/reports", report()), range(24)))
    numbers = sorted(answer.json()["report"]["reference"] for answer in answers)
    assert numbers == [f"M-2026-{number:05d}" for number in range(1, 25)]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"text": ""}, "report.nothing_said"),
        ({"text": "x" * 2001}, "request.malformed"),
        ({"category_id": "rc-nothing"}, "report.unknown_category"),
        ({"reporter": {"email": None, "answer_by": "mail"}}, "report.no_way_to_answer"),
        ({"reporter": {"answer_by": "letter"}}, "report.no_way_to_answer"),
        ({"place": {"kind": "spot", "lat": 51.6, "lon": 2.2}}, "geography.nowhere"),
        ({"place": {"kind": "spot", "lat": 95.0, "lon": 2.2}}, "request.malformed"),
        ({"place": {"kind": "spot", "lat": 51.0}}, "request.malformed"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(
    desk: Client, store: Store, changed: dict[str, Any], code: str
) -> None:
    answer = desk.post("/reports", report(**changed))
    assert answer.json()["code"] == code
    assert desk.post("/report-searches", {"view": "all"}).json()["total"] == 0
    assert messages(store) == []


def test_a_closed_category_is_refused_but_not_for_what_was_said_before(
    desk: Client, store: Store
) -> None:
    before = store.clock.now().isoformat()
    store.clock.advance(minutes=5)  # type: ignore[attr-defined]  # the clock of tests
    arrange(store, categories=[{"code": "overig", "name": "Andere", "department": "bz"}])
    store.clock.advance(minutes=1)  # type: ignore[attr-defined]
    assert desk.post("/reports", report()).json()["code"] == "report.category_closed"
    late = desk.post("/reports", report(), **{"Loket-Occurred-At": before})
    assert late.status_code == 201, late.text


def test_something_dangerous_warns_the_team_at_once(desk: Client, store: Store) -> None:
    taken = registered(desk, "Gapend gat!", urgency="dangerous")
    assert taken["alerted"] is True
    assert ("report_alert", "+32470123450") in [(kind, to) for kind, to, _ in messages(store)]


def test_a_party_outside_gets_what_the_category_says(desk: Client) -> None:
    one = registered(desk, "De lamp is stuk", category_id=LAMP)["report"]
    assert (one["party_id"], one["department_id"], one["state"]) == ("rp-net", None, "assigned")


def test_a_party_of_the_category_hears_of_it_by_mail(desk: Client, store: Store) -> None:
    one = registered(desk, "De lamp is stuk", category_id=LAMP)["report"]
    [(to, said)] = [(to, said) for kind, to, said in messages(store) if kind == "report_forwarded"]
    assert to == "net@example.be"
    assert "De lamp is stuk" in said
    [assigned] = [one for one in file_of(desk, one["id"])["entries"] if one["act"] == "assign"]
    assert assigned["message"]["recipient"] == "net@example.be"


def test_nobody_is_named_and_nobody_is_told(desk: Client, store: Store) -> None:
    nobody = {"name": "", "email": None}
    taken = registered(desk, "Een losse tegel", reporter=nobody)
    assert taken["reporter"]["anonymous"] is True
    assert messages(store) == []


def test_one_more_citizen_joins_and_gets_an_answer_of_their_own(desk: Client, store: Store) -> None:
    one = registered(desk)["report"]
    body = {
        "id": new_id(),
        "said": "Ook voor nummer 50",
        "reporter": {"name": "Jan Claes", "phone": "0470 11 22 33", "answer_by": "sms"},
    }
    answer = desk.post(f"/reports/{one['id']}/reporters", body)
    assert answer.status_code == 201, answer.text
    assert answer.json()["report"]["reference"] == one["reference"]
    told = [(kind, to) for kind, to, _ in messages(store)]
    assert told == [
        ("report_received", "m.desmedt@example.be"),
        ("report_received", "+32470112233"),
    ]
    assert [one["name"] for one in file_of(desk, one["id"])["reporters"]] == [
        "Marleen De Smedt",
        "Jan Claes",
    ]
    again = desk.post(f"/reports/{one['id']}/reporters", body)
    assert again.json()["code"] == "report.exists"


def test_what_is_near_or_alike_is_shown_while_typing(desk: Client) -> None:
    here = {"kind": "spot", "lat": 51.0, "lon": 3.7}
    near = registered(desk, "Losse stoeptegels voor de apotheek", place=here)["report"]
    far = {"kind": "spot", "lat": 51.01, "lon": 3.7}
    registered(desk, "Losse stoeptegel", place=far)
    asked = {"text": "er ligt een losse stoeptegel", "lat": 51.0005, "lon": 3.7}
    found = desk.post("/report-likenesses", asked).json()["reports"]
    assert [one["reference"] for one in found] == [near["reference"]]
    assert (found[0]["metres"], found[0]["alike"] > 50) == (56, True)
    without_place = desk.post("/report-likenesses", {"text": "losse stoeptegel apotheek"})
    assert without_place.json()["reports"][0]["reference"] == near["reference"]


def test_words_are_found_by_their_stem_and_beginning(desk: Client) -> None:
    one = registered(desk, "De straatlampen in de Molendreef branden niet")["report"]
    for asked in ("straatlamp", "molendr", "brand straatlampen", "de smedt", one["reference"]):
        found = desk.post("/report-searches", {"view": "all", "text": asked}).json()["reports"]
        assert [hit["report"]["reference"] for hit in found] == [one["reference"]], asked
    assert desk.post("/report-searches", {"view": "all", "text": "fietspad"}).json()["total"] == 0


def test_a_confidential_department_is_known_only_to_itself(desk: Client, sit: Sit) -> None:
    elsewhere = sit("tom", "loket-3")
    one = registered(desk, "Ik wacht op mijn leefloon", category_id=WELFARE)["report"]
    file = file_of(elsewhere, one["id"])
    assert (file["report"]["hidden"], file["report"]["text"], file["reporters"]) == (True, "", [])
    asked = {"view": "all", "text": "leefloon"}
    assert elsewhere.post("/report-searches", asked).json()["total"] == 0


@pytest.mark.parametrize(
    ("act", "said"),
    [
        ("note", {"text": "Ik weet ervan."}),
        ("reply", {"text": "Dag", "seen_version": 1}),
        ("move", {"act": "start", "seen_version": 1}),
        ("return", {"reason": "niet van ons", "seen_version": 1}),
        ("take", {"seen_version": 1}),
    ],
)
def test_who_may_not_see_a_report_does_nothing_with_it(
    desk: Client, sit: Sit, act: str, said: dict[str, Any]
) -> None:
    one = registered(desk, "Ik wacht op mijn leefloon", category_id=WELFARE)["report"]
    answer = sit("tom", "loket-3").post(f"/reports/{one['id']}/{act}", said)
    assert (answer.status_code, answer.json()["code"]) == (404, "report.unknown")


def test_what_goes_out_for_a_confidential_department_only_it_and_the_coordinator_read(
    desk: Client, sit: Sit
) -> None:
    def read_by(person: str, counter: str) -> str:
        (message,) = sit(person, counter).get("/messages").json()["messages"]
        return str(message["recipient"])

    one = registered(desk, "Mijn tegel is stuk, en ik wacht op mijn leefloon")["report"]
    who = [("tom", "loket-3"), ("nele", "sociaal-1"), ("hanne", "loket-1")]
    assert all(read_by(*each) for each in who)
    moved = {"seen_version": one["version"], "department_id": "d-soc"}
    assert sit("hanne", "loket-1").post(f"/reports/{one['id']}/assign", moved).status_code == 200
    assert [bool(read_by(*each)) for each in who] == [False, True, True]


def photo(width: int = 800, height: int = 600) -> bytes:
    """A photo that says where it was taken."""
    picture = Image.new("RGB", (width, height), "#886644")
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 3.0, 0.0)})
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_a_photo_is_kept_without_where_it_was_taken(desk: Client) -> None:
    one = registered(desk)["report"]
    sent = {"id": new_id(), "name": "IMG_2041.HEIC.jpg", "content": encoded(photo(4000, 3000))}
    answer = desk.post(f"/reports/{one['id']}/attachments", sent)
    assert answer.status_code == 201, answer.text
    kept = answer.json()
    assert (kept["media_type"], kept["name"]) == ("image/jpeg", "IMG_2041.HEIC.jpg")
    content = desk.get(f"/report-attachments/{kept['id']}").content
    picture = Image.open(io.BytesIO(content))
    assert (max(picture.size), dict(picture.getexif())) == (2560, {})
    small = desk.get(f"/report-attachments/{kept['id']}?small=true").content
    assert max(Image.open(io.BytesIO(small)).size) == 320


def test_a_photo_as_an_iphone_keeps_it(desk: Client) -> None:
    """HEIF with a turn and a place in it; what is half there is refused."""
    made = (Path(__file__).parents[2] / "photos" / "phone.heic").read_bytes()
    one = registered(desk)["report"]
    sent = {"id": new_id(), "name": "IMG_2041.HEIC", "content": encoded(made)}
    answer = desk.post(f"/reports/{one['id']}/attachments", sent)
    assert answer.status_code == 201, answer.text
    kept = answer.json()
    assert (kept["media_type"], kept["name"]) == ("image/jpeg", "IMG_2041.jpg")
    picture = Image.open(io.BytesIO(desk.get(f"/report-attachments/{kept['id']}").content))
    assert (picture.format, picture.size, dict(picture.getexif())) == ("JPEG", (360, 480), {})
    half = {"id": new_id(), "name": "IMG_2042.HEIC", "content": encoded(made[:400])}
    refused = desk.post(f"/reports/{one['id']}/attachments", half)
    assert refused.json()["code"] == "report.attachment_refused"


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00 a program that is called photo.jpg",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"%PDF-1.7 half a document",
        photo()[:500],
    ],
)
def test_what_is_no_photo_is_refused_whatever_it_is_called(desk: Client, content: bytes) -> None:
    one = registered(desk)["report"]
    sent = {"id": new_id(), "name": "foto.jpg", "content": encoded(content)}
    answer = desk.post(f"/reports/{one['id']}/attachments", sent)
    assert answer.json()["code"] == "report.attachment_refused"


def test_a_file_that_is_too_large_is_refused(desk: Client) -> None:
    one = registered(desk)["report"]
    sent = {"id": new_id(), "name": "foto.jpg", "content": "A" * 17_000_000}
    answer = desk.post(f"/reports/{one['id']}/attachments", sent)
    assert (answer.status_code, answer.json()["code"]) == (413, "request.too_large")


def encoded(content: bytes) -> str:
    return base64.b64encode(content).decode()


def test_suggestions_are_kept_to_learn_from(desk: Client, store: Store) -> None:
    registered(desk, suggested=[[TILE, 91], [LAMP, 6]])
    with store.reading() as connection:
        kept = connection.execute(text("SELECT suggested FROM report")).scalar_one()
    assert kept == f'[["{TILE}", 91], ["{LAMP}", 6]]'


def test_nothing_is_linked_to_what_its_author_may_not_see(desk: Client, sit: Sit) -> None:
    secret = registered(desk, "Ik wacht op mijn leefloon", category_id=WELFARE)["report"]
    one = registered(desk)["report"]
    asked = {"seen_version": one["version"], "to_id": secret["id"]}
    answer = sit("tom", "loket-3").post(f"/reports/{one['id']}/link", asked)
    assert (answer.status_code, answer.json()["code"]) == (404, "report.unknown")
