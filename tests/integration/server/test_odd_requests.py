"""What no desk of ours sends: refused as a request that cannot be, never a failure of ours."""

from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from loket.kit.ids import new_id
from tests.builders import PASSWORD
from tests.serving import Client

Sit = Callable[[str, str], Client]
AT_THE_EDGE = ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00")


@pytest.mark.parametrize("moment", AT_THE_EDGE)
def test_moments_at_the_edge_of_time(sit: Sit, moment: str) -> None:
    welcome, tom = sit("sofie", "onthaal-1"), sit("tom", "loket-1")
    later = welcome.post("/visits", {}, **{"Loket-Occurred-At": moment})
    live = tom.post("/counters/c-loket-1/call-next", {}, **{"Loket-Deadline": moment})
    for answer in (later, live):
        assert (answer.status_code, answer.json()["code"]) == (422, "request.header")


@pytest.mark.parametrize("field", ["visitor_name", "note"])
@pytest.mark.parametrize("character", ["\0", "\x1b", "\n", "\u2028"])
def test_characters_that_no_line_has(sit: Sit, field: str, character: str) -> None:
    answer = sit("sofie", "onthaal-1").post("/visits", {field: f"Jan{character}Peeters"})
    assert (answer.status_code, answer.json()["code"]) == (422, "request.malformed")


@pytest.mark.parametrize("name", ["a\0b", "İ" * 60, " ", "x" * 61])
def test_names_that_nobody_signs_in_with(server: str, name: str) -> None:
    client = Client(server)
    answer = client.post("/sessions", {"username": name, "password": PASSWORD, "desk": "loket-1"})
    client.http.close()
    assert (answer.status_code, answer.json()["code"]) == (422, "request.malformed")


@pytest.mark.parametrize("key", ["%00abcdefgh", "x" * 65])
def test_keys_that_no_request_had(sit: Sit, key: str) -> None:
    answer = sit("sofie", "onthaal-1").get(f"/outcomes/{key}")
    assert (answer.status_code, answer.json()["code"]) == (422, "request.malformed")


def test_a_protocol_beyond_counting(server: str) -> None:
    client = Client(server)
    answer = client.get("/health", headers={"Loket-Protocol": "1" * 5000})
    old = client.get("/health", headers={"Loket-Protocol": "0"})
    client.http.close()
    assert answer.status_code == 200
    assert (old.status_code, old.json()["code"]) == (426, "server.desk_outdated")


def test_an_emoji_in_a_name_is_welcome(sit: Sit) -> None:
    visit = {"id": new_id(), "visitor_name": "Zoë 👋"}
    assert sit("sofie", "onthaal-1").post("/visits", visit).status_code == 201


def test_a_body_that_is_announced_too_large_is_not_read(server: str) -> None:
    connection = HTTPConnection(urlsplit(server).netloc, timeout=10)
    connection.putrequest("POST", "/api/v1/sessions")
    connection.putheader("Content-Type", "application/json")
    connection.putheader("Content-Length", "60000000")
    connection.endheaders()
    answer = connection.getresponse()
    assert (answer.status, b"request.too_large" in answer.read()) == (413, True)
    connection.close()


def test_a_body_that_turns_out_too_large_is_not_read_to_its_end(server: str) -> None:
    def endless() -> Iterator[bytes]:
        yield b'{"username": "'
        for _ in range(11):
            yield b"a" * 100_000

    client = Client(server)
    sent = {"Content-Type": "application/json"}
    answer = client.http.post(f"{client.url}/sessions", data=endless(), headers=sent, timeout=10)
    client.http.close()
    assert (answer.status_code, answer.json()["code"]) == (413, "request.too_large")
