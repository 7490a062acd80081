"""Text messages to a real gateway over HTTP, or in a folder."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from loket.channels.faults import InDoubt, NotSent, Refused, SendFault, TryAgain
from loket.channels.sms import FolderSms, HttpsSms, Sms
from tests.mailbox import free_port, sms_gateway

SMS = Sms("m-1", "+32470123456", "Uw afspraak, Zoë", datetime(2026, 3, 16, 8, 15, tzinfo=UTC))


def test_a_gateway_gets_it_with_its_key() -> None:
    with sms_gateway() as gateway:
        HttpsSms(gateway.url, "geheim").send(SMS)
    ((headers, body),) = gateway.asked
    assert body == {"to": "+32470123456", "text": "Uw afspraak, Zoë", "reference": "m-1"}
    assert headers["Authorization"] == "Bearer geheim"
    assert headers["Idempotency-Key"] == "m-1"


@pytest.mark.parametrize(
    ("status", "kind", "fault"),
    [
        (400, Refused, SendFault.MESSAGE_REFUSED),
        (422, Refused, SendFault.MESSAGE_REFUSED),
        (401, TryAgain, SendFault.SENDER_REFUSED),
        (404, TryAgain, SendFault.SENDER_REFUSED),
        (302, TryAgain, SendFault.SENDER_REFUSED),
        (429, TryAgain, SendFault.BUSY),
        (503, TryAgain, SendFault.BUSY),
        (500, InDoubt, SendFault.UNCERTAIN),
        (504, InDoubt, SendFault.UNCERTAIN),
    ],
)
def test_what_a_gateway_answers(status: int, kind: type[NotSent], fault: SendFault) -> None:
    with sms_gateway() as gateway:
        gateway.status = status
        with pytest.raises(kind) as failed:
            HttpsSms(gateway.url, "geheim").send(SMS)
    assert failed.value.fault is fault


def test_a_gateway_that_cuts_the_line_leaves_a_doubt() -> None:
    with sms_gateway() as gateway:
        gateway.cut = True
        with pytest.raises(InDoubt):
            HttpsSms(gateway.url, "geheim").send(SMS)


def test_a_gateway_that_is_away() -> None:
    with pytest.raises(TryAgain) as failed:
        HttpsSms(f"http://127.0.0.1:{free_port()}/sms", "geheim").send(SMS)
    assert failed.value.fault is SendFault.UNREACHABLE


def test_a_folder_takes_the_place_of_the_gateway(tmp_path: Path) -> None:
    FolderSms(tmp_path).send(SMS)
    (file,) = tmp_path.iterdir()
    assert json.loads(file.read_text(encoding="utf-8"))["text"] == "Uw afspraak, Zoë"
