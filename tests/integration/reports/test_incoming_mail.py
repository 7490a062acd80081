"""Answers by mail over the real use case, on both databases: where they land, and how often."""

import base64
import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import text

from loket.kit.clock import FixedClock
from loket.reports.usecases.mailing.taking_in import Outcome
from loket.server.jobs import forget
from loket.store.work import Store
from tests.incoming import REPLY, answer_to, rows, sent, taken_in
from tests.mails import MARLEEN, mail, photo, sample
from tests.reporting import GRID, LAMP, WELFARE, arrange, file_of, registered
from tests.serving import Client

Sit = Callable[[str, str], Client]
LANDED, LOOSE, KNOWN = Outcome.LANDED, Outcome.LOOSE, Outcome.KNOWN


@pytest.fixture
def desk(sit: Sit, store: Store) -> Client:
    arrange(store)
    return sit("sofie", "onthaal-1")


@pytest.fixture
def hanne(desk: Client, sit: Sit) -> Client:
    """The coordinator."""
    assert desk.url
    return sit("hanne", "loket-1")


@pytest.fixture
def one(desk: Client) -> dict[str, Any]:
    """Marleen's report; she was told by mail that it was received."""
    taken: dict[str, Any] = registered(desk)["report"]
    return taken


def last(desk: Client, report: dict[str, Any], act: str = "answered") -> dict[str, Any]:
    entries = [each for each in file_of(desk, report["id"])["entries"] if each["act"] == act]
    assert entries, [each["act"] for each in file_of(desk, report["id"])["entries"]]
    found: dict[str, Any] = entries[-1]
    return found


def loose(client: Client) -> list[dict[str, Any]]:
    answer = client.get("/report-mails")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["mails"]
    return found


# where it lands


@pytest.mark.parametrize(
    "name", ["gmail-nl", "outlook-html", "iphone-photo", "gmail-fr", "outlook-de", "winmail"]
)
def test_an_answer_lands_in_its_file(
    desk: Client, store: Store, one: dict[str, Any], name: str
) -> None:
    assert taken_in(store, sample(name, to=answer_to(store))) is LANDED
    entry = last(desk, one)
    assert entry["reporter_id"] == file_of(desk, one["id"])["reporters"][0]["id"]
    assert (entry["channel"], entry["user_id"]) == ("mail", None)
    assert "schreef" not in entry["text"]
    assert "Verzonden" not in entry["text"]
    assert file_of(desk, one["id"])["report"]["reaction_due"] is not None
    assert "sender" not in entry["facts"]


def test_a_lost_tag_is_no_loss(desk: Client, store: Store, one: dict[str, Any]) -> None:
    message = sent(store).id
    raw = mail("Eén.", to=REPLY, References=f"<x@y> <{message}@heidebeek.example>").as_bytes()
    assert taken_in(store, raw) is LANDED
    assert taken_in(store, mail("Twee.").as_bytes(), delivered_to=answer_to(store)) is LANDED
    by_subject = mail(
        "Drie.", subject=f"RE: {one['reference'].lower()} tegel", sender=MARLEEN.upper()
    )
    assert taken_in(store, by_subject.as_bytes()) is LANDED
    said = [
        each["text"] for each in file_of(desk, one["id"])["entries"] if each["act"] == "answered"
    ]
    assert said == ["Eén.", "Twee.", "Drie."]


def test_a_subject_alone_opens_no_file_to_a_stranger(
    desk: Client, store: Store, one: dict[str, Any]
) -> None:
    raw = mail("Ik ben het.", sender="x@elders.example", subject=f"Re: {one['reference']}")
    assert taken_in(store, raw.as_bytes()) is LOOSE
    (waiting,) = loose(desk)
    assert (waiting["why"], waiting["reference"]) == ("stranger", one["reference"])


def test_another_address_lands_and_is_named(
    desk: Client, store: Store, one: dict[str, Any]
) -> None:
    raw = mail("Vanop mijn werk.", to=answer_to(store), sender="marleen@werk.example")
    assert taken_in(store, raw.as_bytes()) is LANDED
    assert last(desk, one)["facts"]["sender"] == "marleen@werk.example"


def test_who_was_asked_and_answers_sets_it_going_again(
    hanne: Client, store: Store, one: dict[str, Any]
) -> None:
    seen = file_of(hanne, one["id"])["report"]["version"]
    asked = {"text": "Waar juist?", "then": "ask_citizen", "seen_version": seen}
    assert hanne.post(f"/reports/{one['id']}/reply", asked).status_code == 200
    assert file_of(hanne, one["id"])["report"]["state"] == "waiting_citizen"
    raw = mail("Aan de kerk.", to=answer_to(store, "report_replied"))
    assert taken_in(store, raw.as_bytes()) is LANDED
    assert file_of(hanne, one["id"])["report"]["state"] == "in_progress"


def test_an_answer_to_what_is_closed_lands_and_opens_nothing(
    hanne: Client, store: Store, one: dict[str, Any]
) -> None:
    seen = file_of(hanne, one["id"])["report"]["version"]
    done = {"text": "Klaar.", "then": "resolve", "close": True, "seen_version": seen}
    assert hanne.post(f"/reports/{one['id']}/reply", done).status_code == 200
    assert taken_in(store, mail("Toch niet.", to=answer_to(store)).as_bytes()) is LANDED
    assert last(hanne, one)["text"] == "Toch niet."
    assert file_of(hanne, one["id"])["report"]["state"] == "closed"


def test_a_party_answers_in_its_own_name(desk: Client, hanne: Client, store: Store) -> None:
    report = registered(desk, "De lamp is stuk.")["report"]
    to_grid = {"party_id": GRID, "seen_version": report["version"]}
    assert hanne.post(f"/reports/{report['id']}/assign", to_grid).status_code == 200
    before = len(rows(store, "outgoing_message"))
    to = answer_to(store, "report_forwarded")
    raw = mail("De lamp brandt weer.", to=to, sender="net@example.be")
    assert taken_in(store, raw.as_bytes()) is LANDED
    entry = last(hanne, report, "party_answered")
    assert (entry["facts"]["party"], entry["reporter_id"]) == (GRID, None)
    assert file_of(hanne, report["id"])["report"]["reaction_due"] is not None
    assert len(rows(store, "outgoing_message")) == before  # nothing goes to the citizen


def test_a_party_is_known_by_the_reference_and_its_address(desk: Client, store: Store) -> None:
    report = registered(desk, "De lamp is stuk.", category_id=LAMP)["report"]
    raw = mail("Gezien.", sender="NET@example.be", subject=f"RE: {report['reference']}")
    assert taken_in(store, raw.as_bytes()) is LANDED
    assert last(desk, report, "party_answered")["facts"]["party"] == GRID


# machines


def test_an_automatic_answer_wakes_nobody(desk: Client, store: Store, one: dict[str, Any]) -> None:
    assert taken_in(store, sample("out-of-office", to=answer_to(store))) is LANDED
    assert "verlof" in last(desk, one, "machine_answered")["text"]
    assert file_of(desk, one["id"])["report"]["reaction_due"] is None


def test_a_mail_that_came_back_fails_its_message(
    desk: Client, store: Store, one: dict[str, Any]
) -> None:
    with store.database.writers.begin() as connection:
        connection.execute(text("UPDATE outgoing_message SET state = 'sent', sent_at = made_at"))
    raw = sample("bounce", answers=sent(store).id)
    assert taken_in(store, raw) is LANDED
    assert (sent(store).state, sent(store).fault, sent(store).sent_at) == (
        "failed",
        "returned",
        None,
    )
    assert taken_in(store, raw) is KNOWN
    assert file_of(desk, one["id"])["report"]["reaction_due"] is None
    shown = desk.get(f"/messages/{sent(store).id}").json()
    assert (shown["state"], shown["fault"]) == ("failed", "returned")


def test_a_delay_is_no_failure(desk: Client, store: Store, one: dict[str, Any]) -> None:
    raw = sample("bounce", to=answer_to(store), ACTION="delayed")
    assert taken_in(store, raw) is LANDED
    assert sent(store).fault == ""
    assert last(desk, one, "machine_answered")


@pytest.mark.parametrize(
    "sender", [REPLY, "meldingen+abc@heidebeek.example", "Onthaal@Heidebeek.example"]
)
def test_what_we_wrote_ourselves_is_left_alone(
    store: Store, one: dict[str, Any], sender: str
) -> None:
    raw = mail("Rondje.", to=answer_to(store), sender=sender)
    assert one
    assert taken_in(store, raw.as_bytes()) is Outcome.OWN
    assert rows(store) == []


# what was sent along


def test_photos_are_kept_without_their_place_and_the_rest_is_named(
    desk: Client, store: Store, one: dict[str, Any]
) -> None:
    files = {"gat.jpg": photo(), "virus.exe": b"MZ" * 3000, "leeg.jpg": b""}
    assert taken_in(store, mail(to=answer_to(store), files=files).as_bytes()) is LANDED
    entry = last(desk, one)
    assert entry["facts"]["refused"] == "virus.exe, leeg.jpg"
    (kept,) = entry["attachments"]
    assert (kept["name"], kept["media_type"], kept["has_thumbnail"]) == (
        "gat.jpg",
        "image/jpeg",
        True,
    )
    content = desk.get(f"/report-attachments/{kept['id']}").content
    assert not Image.open(io.BytesIO(content)).getexif()


def test_the_logo_of_a_signature_is_left_out(
    desk: Client, store: Store, one: dict[str, Any]
) -> None:
    letter = mail(to=answer_to(store))
    letter.add_attachment(
        photo(40), maintype="image", subtype="png", filename="logo.png", disposition="inline"
    )
    assert taken_in(store, letter.as_bytes()) is LANDED
    entry = last(desk, one)
    assert (entry["attachments"], "refused" in entry["facts"]) == ([], False)


def test_a_photo_without_a_word_lands(desk: Client, store: Store, one: dict[str, Any]) -> None:
    raw = mail("", subject="foto", to=answer_to(store), files={"a.jpg": photo()})
    assert taken_in(store, raw.as_bytes()) is LANDED
    assert last(desk, one)["text"] == "foto"


def test_a_very_long_mail_is_shortened_and_kept_whole(
    desk: Client, store: Store, one: dict[str, Any]
) -> None:
    assert taken_in(store, mail("zin \x00 " * 9000, to=answer_to(store)).as_bytes()) is LANDED
    entry = last(desk, one)
    assert entry["text"].endswith("[…]")
    assert len(entry["text"]) <= 8000
    assert entry["facts"]["shortened"] == "yes"
    (kept,) = rows(store)
    assert kept.id == entry["facts"]["mail"]
    assert len(kept.text) > 36_000
    assert "\x00" not in kept.text


# once


def test_the_same_mail_lands_once(desk: Client, store: Store, one: dict[str, Any]) -> None:
    raw = mail(to=answer_to(store)).as_bytes()
    assert taken_in(store, raw) is LANDED
    assert taken_in(store, b"Received: from x by y\n" + raw) is KNOWN
    assert len(rows(store)) == 1
    assert one


def test_two_postmen_at_the_same_moment_land_it_once(
    desk: Client, store: Store, one: dict[str, Any]
) -> None:
    raw = mail(to=answer_to(store), files={"a.jpg": photo()}).as_bytes()
    other = mail("Onbekend.").as_bytes()
    with ThreadPoolExecutor(6) as postmen:
        outcomes = list(postmen.map(lambda it: taken_in(store, it), [raw, other] * 5))
    assert sorted(outcomes) == sorted([LANDED, LOOSE] + [KNOWN] * 8)
    entries = [each for each in file_of(desk, one["id"])["entries"] if each["act"] == "answered"]
    assert [len(each["attachments"]) for each in entries] == [1]
    assert len(loose(desk)) == 1


def test_what_fails_half_way_leaves_nothing_and_may_come_again(
    store: Store, one: dict[str, Any]
) -> None:
    assert one
    raw = mail(to=answer_to(store)).as_bytes()
    with store.database.writers.begin() as connection:
        connection.execute(text("ALTER TABLE event_stream RENAME TO away"))
    with pytest.raises(Exception, match="event_stream"):  # whatever each driver calls it
        taken_in(store, raw)
    with store.database.writers.begin() as connection:
        connection.execute(text("ALTER TABLE away RENAME TO event_stream"))
    assert rows(store) == []
    assert taken_in(store, raw) is LANDED


# the pile


def test_what_finds_no_file_waits(desk: Client, store: Store) -> None:
    raw = mail("Mag ik iets vragen?", sender="Jan Peeters <jan@burger.example>", subject="Vraag")
    assert taken_in(store, raw.as_bytes()) is LOOSE
    (waiting,) = loose(desk)
    assert (waiting["sender"], waiting["sender_name"]) == ("jan@burger.example", "Jan Peeters")
    assert (waiting["subject"], waiting["text"]) == ("Vraag", "Mag ik iets vragen?")
    assert (waiting["why"], waiting["reference"]) == ("no_file", "")


def test_it_is_linked_to_a_report(desk: Client, store: Store, one: dict[str, Any]) -> None:
    raw = mail("Zie foto.", sender="jan@burger.example", files={"a.jpg": photo(), "b.exe": b"MZ"})
    taken_in(store, raw.as_bytes())
    (waiting,) = loose(desk)
    path = f"/report-mails/{waiting['id']}/link"
    assert desk.post(path, {"report_id": one["id"]}).status_code == 200
    entry = last(desk, one)
    assert (entry["text"], entry["reporter_id"]) == ("Zie foto.", None)
    assert entry["facts"]["sender"] == "jan@burger.example"
    assert (len(entry["attachments"]), entry["facts"]["refused"]) == (1, "b.exe")
    assert loose(desk) == []
    again = desk.post(path, {"report_id": one["id"]})
    assert (again.status_code, again.json()["code"]) == (409, "report.mail_settled")
    assert rows(store, "report_mail_content") == []
    assert taken_in(store, raw.as_bytes()) is KNOWN


def test_it_becomes_a_report_of_who_sent_it(desk: Client, store: Store) -> None:
    words = "Er ligt een zetel. " * 200
    raw = mail(words, sender="Jan Peeters <jan@burger.example>", files={"a.jpg": photo()})
    taken_in(store, raw.as_bytes())
    (waiting,) = loose(desk)
    answer = desk.post(f"/report-mails/{waiting['id']}/register", {"id": "r-mail"})
    assert answer.status_code == 201, answer.text
    file = file_of(desk, "r-mail")
    assert (file["report"]["kind"], file["report"]["channel"]) == ("issue", "mail")
    assert file["report"]["text"].endswith("[…]")
    assert words.strip() in [entry["text"] for entry in file["entries"]]
    assert file["reporters"][0]["email"] == "jan@burger.example"
    assert sum(len(entry["attachments"]) for entry in file["entries"]) == 1
    assert sent(store).recipient == "jan@burger.example"
    assert loose(desk) == []


def test_it_is_put_aside_with_a_reason(desk: Client, store: Store) -> None:
    taken_in(store, mail().as_bytes())
    (waiting,) = loose(desk)
    path = f"/report-mails/{waiting['id']}/aside"
    assert desk.post(path, {"reason": "  "}).status_code == 422
    assert desk.post(path, {"reason": "reclame"}).json() == {"mails": [], "total": 0}
    (kept,) = rows(store)
    assert (kept.state, kept.reason) == ("aside", "reclame")
    assert len(rows(store, "report_mail_content")) == 1  # nothing is gone yet


def test_two_colleagues_settle_it_once(
    desk: Client, hanne: Client, store: Store, one: dict[str, Any]
) -> None:
    taken_in(store, mail("Wie eerst?").as_bytes())
    (waiting,) = loose(desk)
    path = f"/report-mails/{waiting['id']}"
    acts: list[Callable[[], Any]] = [
        lambda: desk.post(f"{path}/link", {"report_id": one["id"]}),
        lambda: hanne.post(f"{path}/register", {}),
        lambda: (
            Client(desk.url.removesuffix("/api/v1"))
            .sign_in("hanne", "loket-2")
            .post(f"{path}/aside", {"reason": "x"})
        ),
    ]
    with ThreadPoolExecutor(3) as at_once:
        codes = sorted(each.result().status_code for each in [at_once.submit(act) for act in acts])
    assert codes[0] in {200, 201}
    assert codes[1:] == [409, 409]


def test_unknown_mails_and_reports_are_refused(desk: Client, store: Store) -> None:
    answer = desk.post("/report-mails/nergens/aside", {"reason": "x"})
    assert (answer.status_code, answer.json()["code"]) == (404, "report.unknown_mail")
    taken_in(store, mail().as_bytes())
    (waiting,) = loose(desk)
    answer = desk.post(f"/report-mails/{waiting['id']}/link", {"report_id": "nergens"})
    assert (answer.status_code, answer.json()["code"]) == (404, "report.unknown")
    assert len(loose(desk)) == 1


def test_what_is_about_a_confidential_department_is_seen_there_alone(
    desk: Client, hanne: Client, sit: Sit, store: Store
) -> None:
    secret = registered(hanne, "Over mijn leefloon.", category_id=WELFARE)["report"]
    raw = mail("Geheim.", sender="x@elders.example", subject=f"Re: {secret['reference']}")
    taken_in(store, raw.as_bytes())
    assert loose(desk) == []
    (waiting,) = loose(hanne)
    refused = desk.post(f"/report-mails/{waiting['id']}/aside", {"reason": "x"})
    assert refused.json()["code"] == "report.unknown_mail"
    taken_in(store, mail("Openbaar.").as_bytes())
    (seen,) = loose(desk)
    refused = desk.post(f"/report-mails/{seen['id']}/link", {"report_id": secret["id"]})
    assert refused.json()["code"] == "report.unknown"


@pytest.mark.parametrize(
    ("raw", "outcome", "why"),
    [
        (b"", Outcome.UNREADABLE, None),
        (b"zomaar wat bytes \xff\x00", LOOSE, "no_file"),
        (
            b"From: a@b.be\nSubject: Groot\nMessage-ID: <g@b>\n\n" + b"x" * 36_700_161,
            Outcome.UNREADABLE,
            "too_large",
        ),
        (
            b"From: a@b.be\nSubject: Diep\n"
            + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" * 3000,
            Outcome.UNREADABLE,
            "tangled",
        ),
    ],
    ids=["empty", "garbage", "large", "deep"],
)
def test_bad_mail_has_a_clear_outcome(
    desk: Client, store: Store, raw: bytes, outcome: Outcome, why: str | None
) -> None:
    assert taken_in(store, raw) is outcome
    assert taken_in(store, raw) in {outcome, KNOWN}
    assert [each["why"] for each in loose(desk)] == ([why] if why else [])
    if outcome is Outcome.UNREADABLE and why:
        (waiting,) = loose(desk)
        assert waiting["sender"] == "a@b.be"
        answer = desk.post(f"/report-mails/{waiting['id']}/register", {})
        assert answer.status_code == 201, answer.text


def test_settled_mail_is_forgotten_and_still_known(
    desk: Client, store: Store, one: dict[str, Any], clock: FixedClock
) -> None:
    raw = mail(to=answer_to(store)).as_bytes()
    taken_in(store, raw)
    taken_in(store, mail("Blijft liggen.").as_bytes())
    assert one
    clock.moment += timedelta(days=91)
    forget(store)
    landed = next(row for row in rows(store) if row.state == "landed")
    assert (landed.sender, landed.text, landed.subject) == ("", "", "")
    assert taken_in(store, raw) is KNOWN
    assert [row.text for row in rows(store) if row.state == "loose"] == ["Blijft liggen."]


def test_base64_photos_of_thirty_megabytes_are_taken(
    desk: Client, store: Store, one: dict[str, Any]
) -> None:
    big = photo(300) + b"\x00" * 11_000_000
    raw = mail(to=answer_to(store), files={"a.jpg": big, "b.jpg": big}).as_bytes()
    assert len(base64.b64encode(big)) * 2 > 29_000_000
    assert taken_in(store, raw) is LANDED
    assert len(last(desk, one)["attachments"]) == 2
