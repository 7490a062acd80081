"""Changing schedules over real HTTP, on both databases: refusals, worklist, the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import text

from loket.kit.ids import new_id
from loket.store.work import Store
from tests.builders import BURGERZAKEN, EID, LEEFLOON, OTHER_SITE, SITE, SOCIAAL
from tests.calendars import at, booking
from tests.serving import Client

Sit = Callable[[str, str], Client]
PATH = f"/queues/{BURGERZAKEN}/schedule"


@pytest.fixture
def boss(sit: Sit) -> Client:
    return sit("an", "loket-2")


def period(**more: Any) -> dict[str, Any]:
    return {
        "id": new_id(),
        "rule": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        "valid_from": "2026-01-01",
        "opens": "09:00",
        "closes": "12:00",
        "public_places": 1,
        "desk_places": 1,
        "grid_minutes": 30,
        **more,
    }


def closed(first: str, last: str, **more: Any) -> dict[str, Any]:
    return {"id": new_id(), "kind": "closed", "first_day": first, "last_day": last, **more}


def wished(seen: int, *periods: dict[str, Any], exceptions: Any = ()) -> dict[str, Any]:
    return {"seen_version": seen, "periods": list(periods), "exceptions": list(exceptions)}


def change(boss: Client, body: dict[str, Any], path: str = PATH) -> Any:
    headers = {"Idempotency-Key": new_id()}
    return boss.http.put(boss.url + path, json=body, headers=headers, timeout=10)


def listed(answer: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["appointment"]["id"], one["unfit"]) for one in answer["misfits"]]


def booked(desk: Client, starts_at: str, product: str = EID) -> str:
    answer = desk.post("/appointments", booking(product, starts_at, SITE))
    assert answer.status_code == 201, answer.text
    return str(answer.json()["appointment"]["id"])


def test_a_queue_begins_without_a_schedule_and_gets_one(boss: Client) -> None:
    empty = boss.get(PATH).json()
    assert (empty["version"], empty["periods"], empty["exceptions"]) == (0, [], [])
    wish = wished(0, period(name="Voormiddag"), exceptions=[closed("2026-04-07", "2026-04-10")])
    changed = change(boss, wish)
    assert changed.status_code == 200, changed.text
    kept = changed.json()["schedule"]
    assert kept == boss.get(PATH).json()
    assert (kept["version"], kept["periods"][0]["name"]) == (1, "Voormiddag")
    offered = boss.get(f"/queues/{BURGERZAKEN}/calendar?first=2026-04-06&days=2").json()["days"]
    assert [day["reason"] for day in offered] == ["Paasmaandag", ""]
    assert [day["periods"] for day in offered] == [[], []]


def test_what_changed_is_offered_at_once_and_journalled(boss: Client, store: Store) -> None:
    change(boss, wished(0, period()))
    asked = {"product": EID, "first": "2026-03-17", "days": 1}
    assert len(boss.get("/free-moments", params=asked).json()["days"][0]["moments"]) == 6
    change(boss, wished(1, period(closes="10:00")))
    assert len(boss.get("/free-moments", params=asked).json()["days"][0]["moments"]) == 2
    with store.reading() as connection:
        rows = connection.execute(
            text("SELECT data FROM journal WHERE act = 'change_schedule' ORDER BY id")
        ).all()
        events = connection.scalar(
            text("SELECT count(*) FROM event WHERE kind = 'calendar_changed'")
        )
    assert len(rows) == 2
    assert "Voormiddag" not in str(rows)
    assert events == 2


def test_an_older_version_is_refused_and_says_whose_the_newer_is(boss: Client, sit: Sit) -> None:
    change(boss, wished(0, period()))
    refused = change(sit("an", "loket-3"), wished(0, period(opens="10:00")))
    assert (refused.status_code, refused.json()["code"]) == (409, "appointment.schedule_stale")
    assert refused.json()["params"]["version"] == 1
    assert refused.json()["params"]["by"].startswith("An")
    assert boss.get(PATH).json()["periods"][0]["opens"] == "09:00:00"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (period(rule="FREQ=HOURLY"), "appointment.rule"),
        (period(rule="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), "appointment.rule_never"),
        (period(opens="12:00"), "appointment.hours"),
        (period(opens="09:02"), "appointment.hours"),
        (period(opens="09:00:30"), "appointment.hours"),
        (period(opens="09:00Z"), "appointment.hours"),
        (period(valid_to="2025-12-31"), "appointment.days"),
        (period(valid_from="0001-01-01"), "request.malformed"),
        (period(public_places=0, desk_places=0), "appointment.no_places"),
        (period(grid_minutes=7), "request.malformed"),
    ],
)
def test_a_period_that_cannot_be_changes_nothing(
    boss: Client, wrong: dict[str, Any], code: str
) -> None:
    for refused in (
        change(boss, wished(0, period(), wrong)),
        boss.post(f"{PATH}/preview?first=2026-03-16", wished(0, wrong)),
    ):
        assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert boss.get(PATH).json()["version"] == 0


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (closed("2026-04-10", "2026-04-07"), "appointment.days"),
        (closed("2026-04-07", "2026-04-07", opens="10:00"), "appointment.hours"),
        (closed("2026-04-07", "2026-04-07") | {"kind": "open"}, "appointment.no_places"),
        (
            closed("2026-04-07", "2026-04-07", public_places=1) | {"kind": "open"},
            "appointment.hours",
        ),
    ],
)
def test_an_exception_that_cannot_be_is_refused(
    boss: Client, wrong: dict[str, Any], code: str
) -> None:
    refused = change(boss, wished(0, period(), exceptions=[wrong]))
    assert (refused.status_code, refused.json()["code"]) == (422, code)


def test_periods_that_overlap_add_up_but_not_beyond_the_most(boss: Client) -> None:
    ten = {"public_places": 10, "desk_places": 0}
    assert change(boss, wished(0, period(**ten), period(**ten))).status_code == 200
    alone = change(boss, wished(1, period(public_places=20)))
    assert (alone.status_code, alone.json()["params"]["places"]) == (409, 21)
    refused = change(boss, wished(1, period(**ten), period(**ten), period(opens="11:00")))
    assert (refused.status_code, refused.json()["code"]) == (409, "appointment.too_many_places")
    assert refused.json()["params"]["places"] == 22
    apart = period(opens="13:00", closes="16:00", **ten)
    assert change(boss, wished(1, period(**ten), period(**ten), apart)).status_code == 200


def test_ids_of_another_queue_and_ids_twice_are_refused(boss: Client) -> None:
    one = period()
    assert change(boss, wished(0, one)).status_code == 200
    for refused in (
        change(boss, wished(0, one), f"/queues/{SOCIAAL}/schedule"),
        change(boss, wished(1, one, one)),
    ):
        assert (refused.status_code, refused.json()["code"]) == (409, "appointment.period_exists")
    assert change(boss, wished(1, one)).json()["schedule"]["version"] == 2


def test_who_may_not_manage_calendars(boss: Client, sit: Sit) -> None:
    change(boss, wished(0, period()))
    clerk = sit("tom", "loket-1")
    for refused in (
        change(clerk, wished(1)),
        clerk.get(PATH),
        clerk.post(f"{PATH}/preview?first=2026-03-16", wished(1)),
    ):
        assert (refused.status_code, refused.json()["code"]) == (403, "staff.may_not")
    assert clerk.get("/appointment-misfits").status_code == 200
    assert boss.get("/queues/q-nowhere/schedule").status_code == 404


def test_the_worklist_is_there_at_once_and_until_they_are_moved(boss: Client) -> None:
    change(boss, wished(0, period()))
    early, late = booked(boss, at(9)), booked(boss, at(11, 30))
    assert listed(boss.get("/appointment-misfits").json()) == []
    shorter = change(boss, wished(1, period(closes="11:00")))
    assert listed(shorter.json()["misfits"]) == [(late, "closed")]
    assert listed(boss.get("/appointment-misfits").json()) == [(late, "closed")]
    assert listed(boss.get(f"/appointment-misfits?site={OTHER_SITE}").json()) == []
    moved = boss.post(f"/appointments/{late}/move", {"site_id": SITE, "starts_at": at(10)})
    assert moved.status_code == 200, moved.text
    assert listed(boss.get("/appointment-misfits").json()) == []
    change(boss, wished(2, period(closes="11:00"), exceptions=[closed("2026-03-17", "2026-03-17")]))
    assert {one[0] for one in listed(boss.get("/appointment-misfits").json())} == {early, late}
    boss.post(f"/appointments/{early}/cancel", {"reason": "town"})
    assert [one[0] for one in listed(boss.get("/appointment-misfits").json())] == [late]


def test_with_fewer_places_who_booked_last_must_move(boss: Client) -> None:
    change(boss, wished(0, period()))
    first, second = booked(boss, at(9)), booked(boss, at(9))
    changed = change(boss, wished(1, period(desk_places=0)))
    assert listed(changed.json()["misfits"]) == [(second, "full")]
    boss.post(f"/appointments/{first}/cancel", {"reason": "citizen"})
    assert listed(boss.get("/appointment-misfits").json()) == []


def test_a_preview_shows_places_and_misfits_and_keeps_nothing(boss: Client, store: Store) -> None:
    change(boss, wished(0, period()))
    late = booked(boss, at(11, 30))
    wish = wished(1, period(closes="11:00", public_places=3))
    seen = boss.post(f"{PATH}/preview?first=2026-03-16&days=42", wish)
    assert seen.status_code == 200, seen.text
    days = seen.json()["days"]
    assert (len(days), days[1]["slots"][0]["places"]) == (42, 4)
    assert "Peeters" not in str(days)
    assert listed(seen.json()["misfits"]) == [(late, "closed")]
    assert boss.get(PATH).json()["version"] == 1
    assert listed(boss.get("/appointment-misfits").json()) == []
    with store.reading() as connection:
        assert connection.scalar(text("SELECT count(*) FROM appointment_schedule")) == 1
    beyond = boss.post(f"{PATH}/preview?first=9999-12-01", wish)
    assert (beyond.status_code, beyond.json()["code"]) == (422, "request.malformed")


def test_who_comes_for_another_confidential_department_has_no_name(boss: Client, sit: Sit) -> None:
    path = f"/queues/{SOCIAAL}/schedule"
    change(boss, wished(0, period()), path)
    booked(sit("tom", "sociaal-1"), at(9), LEEFLOON)
    changed = change(boss, wished(1), path).json()
    [misfit] = changed["misfits"]["misfits"]
    assert (misfit["appointment"]["name"], misfit["appointment"]["product_ids"]) == ("", [])


def test_two_who_begin_the_same_schedule_at_once(sit: Sit) -> None:
    desks = [sit("an", f"loket-{number}") for number in (1, 2, 3)]
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda one: change(one, wished(0, period())), desks))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
    assert desks[0].get(PATH).json()["version"] == 1


def test_booking_while_the_schedule_changes_is_refused_or_in_the_worklist(
    boss: Client, sit: Sit
) -> None:
    desks = [sit("sofie", "onthaal-1"), sit("tom", "loket-1"), sit("tom", "loket-3")]
    version = change(boss, wished(0, period(public_places=6))).json()["schedule"]["version"]
    for turn in range(5):
        starts_at = at(11, 30, days=turn * 7)
        open_late, open_short = period(public_places=6), period(public_places=6, closes="11:00")

        def book(desk: Client, moment: str = starts_at) -> Any:
            return desk.post("/appointments", booking(EID, moment, SITE))

        with ThreadPoolExecutor(4) as pool:
            bookings = [pool.submit(book, desk) for desk in desks]
            changing = pool.submit(change, boss, wished(version, open_short))
        answers = [one.result() for one in bookings]
        changed = changing.result().json()
        kept = {a.json()["appointment"]["id"] for a in answers if a.status_code == 201}
        refused = {a.json()["code"] for a in answers if a.status_code != 201}
        assert refused <= {"appointment.closed"}
        assert kept <= {one[0] for one in listed(changed["misfits"])}
        version = change(boss, wished(version + 1, open_late)).json()["schedule"]["version"]


def test_terms_are_set_used_and_reset(boss: Client) -> None:
    change(boss, wished(0, period()))
    booked(boss, at(9))
    terms = {"minutes": 45, "extra_person_minutes": 10, "horizon_days": 30}
    path = f"/products/{EID}/appointment-terms"
    answer = boss.http.put(
        boss.url + path, json=terms, headers={"Idempotency-Key": new_id()}, timeout=10
    )
    assert answer.status_code == 200, answer.text
    assert (answer.json()["terms"]["minutes"], answer.json()["shorter"]) == (45, 1)
    assert [one["product_id"] for one in boss.get("/appointment-terms").json()["terms"]] == [EID]
    asked = {"product": EID, "first": "2026-03-18", "days": 1}
    assert boss.get("/free-moments", params=asked).json()["minutes"] == 45
    reset = boss.post(f"{path}/reset").json()
    assert (reset["terms"]["usual"], reset["terms"]["minutes"], reset["shorter"]) == (True, 12, 0)
    assert boss.get("/appointment-terms").json()["terms"] == []
    assert boss.get("/free-moments", params=asked).json()["minutes"] == 15


@pytest.mark.parametrize("minutes", [0, 4, 481, "x"])
def test_terms_that_cannot_be(boss: Client, minutes: Any) -> None:
    answer = boss.http.put(
        f"{boss.url}/products/{EID}/appointment-terms",
        json={"minutes": minutes, "extra_person_minutes": 0},
        headers={"Idempotency-Key": new_id()},
        timeout=10,
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "request.malformed")


def test_only_who_is_in_the_worklist_is_written_to_and_once(boss: Client, store: Store) -> None:
    change(boss, wished(0, period()))
    fits, late, unreached = booked(boss, at(9)), booked(boss, at(11, 30)), booked(boss, at(11))
    change(boss, wished(1, period(closes="11:00")))
    contact = {"contact": {"name": "Jan Peeters", "email": "jan@example.be"}, "remind": False}
    assert boss.post(f"/appointments/{late}/contact", contact).ok
    asked = {"appointment_ids": [fits, late, unreached]}
    first = boss.post("/appointment-misfits/tell", asked)
    assert (first.status_code, first.json()) == (200, {"told": [late]})
    assert boss.post("/appointment-misfits/tell", asked).json() == {"told": []}
    with store.reading() as connection:
        journal = text("SELECT subject_id FROM journal WHERE act = 'tell_misfit'")
        assert list(connection.scalars(journal)) == [late]
        sent = text("SELECT kind, recipient FROM outgoing_message")
        assert [tuple(row) for row in connection.execute(sent)] == [
            ("appointment_misfit", "jan@example.be")
        ]
