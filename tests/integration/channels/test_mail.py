"""Mail to a real server: what arrives, and what each way of going wrong means."""

import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import vobject
from aiosmtpd.smtp import AuthResult

from loket.channels.calendar import CalendarItem, invitation
from loket.channels.faults import InDoubt, NotSent, Refused, SendFault, TryAgain
from loket.channels.mail import FolderMail, Mail, Security, Sender, SmtpMail, SmtpServer, composed
from loket.kit.ids import new_id
from tests.mailbox import Letterbox, free_port, mail_server

NOW = datetime(2026, 3, 16, 8, 15, tzinfo=UTC)
TOWN = Sender("onthaal@heidebeek.example", "Stad Heidebeek, loket")
TEXT = "Beste Zoë,\n\n.een punt vooraan\nBreng € 25,00 mee.\n" + "lang " * 80
ITEM = CalendarItem(
    uid="K-1@heidebeek.example",
    sequence=1,
    starts_at=NOW,
    ends_at=NOW + timedelta(minutes=15),
    summary="Identiteitskaart, aanvraag – ë",
    stamped_at=NOW,
    organizer_mail=TOWN.address,
    attendee_mail="zoe@burger.example",
)


def mail(calendar: CalendarItem | None = None, recipient: str = "zoe@burger.example") -> Mail:
    title = "Uw afspraak – ë, met een lange titel die gevouwen wordt " + "x" * 60
    item = None if calendar is None else invitation(calendar)
    return Mail("m-1", recipient, title, TEXT, NOW, calendar=item)


def to(port: int, **more: object) -> SmtpMail:
    settings: dict[str, object] = {"security": Security.NONE, "timeout": 5.0, **more}
    return SmtpMail(SmtpServer("127.0.0.1", port, **settings), TOWN)  # type: ignore[arg-type]


@pytest.fixture
def box() -> Iterator[Letterbox]:
    with mail_server() as box:
        yield box


def fault_of(way: SmtpMail, what: Mail | None = None) -> NotSent:
    with pytest.raises(NotSent) as failed:
        way.send(what or mail())
    return failed.value


def test_a_mail_arrives_as_it_was_written(box: Letterbox) -> None:
    to(box.port).send(mail())
    (arrived,) = box.mails
    assert box.recipients == ["zoe@burger.example"]
    assert arrived["Subject"] == mail().title
    assert arrived["From"].addresses[0].display_name == "Stad Heidebeek, loket"
    assert arrived["Message-ID"] == "<m-1@heidebeek.example>"
    assert arrived["Auto-Submitted"] == "auto-generated"
    assert arrived["Date"].datetime == NOW
    assert arrived.get_content().replace("\r\n", "\n") == f"{TEXT}\n"


def test_a_calendar_item_arrives_twice_as_programs_expect_it(box: Letterbox) -> None:
    to(box.port).send(mail(ITEM))
    (arrived,) = box.mails
    assert arrived.get_content_type() == "multipart/mixed"
    alternative, file = arrived.iter_parts()
    text, calendar = alternative.iter_parts()
    assert alternative.get_content_type() == "multipart/alternative"
    assert text.get_content_type() == "text/plain"
    assert calendar.get_content_type() == "text/calendar"
    assert calendar.get_param("method") == "REQUEST"
    assert calendar.get_content_charset() == "utf-8"
    assert file.get_filename() == "afspraak.ics"
    for part in (calendar, file):
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        read = vobject.readOne(content.decode())
        assert read.vevent.summary.value == ITEM.summary
        assert read.vevent.dtstart.value == NOW
        assert content == invitation(ITEM)


def test_a_line_holds_only_seven_bits() -> None:
    whole = composed(mail(ITEM), TOWN).as_bytes()
    whole.decode("ascii")
    assert max(len(line) for line in whole.split(b"\r\n")) <= 998


@pytest.mark.parametrize("answer", ["550 no such user", "553 5.1.3 bad address"])
def test_a_recipient_that_is_refused(box: Letterbox, answer: str) -> None:
    box.on_recipient = lambda _address: answer
    fault = fault_of(to(box.port))
    assert isinstance(fault, Refused)
    assert fault.fault is SendFault.RECIPIENT_REFUSED
    assert "zoe" not in f"{fault!r}{fault}"


def test_a_message_that_is_refused(box: Letterbox) -> None:
    box.on_data = lambda: "554 5.7.1 looks like spam"
    assert fault_of(to(box.port)).fault is SendFault.MESSAGE_REFUSED


@pytest.mark.parametrize("answer", ["450 greylisted", "451 try again", "421 going down"])
def test_a_server_that_says_later(box: Letterbox, answer: str) -> None:
    box.on_recipient = lambda _address: answer
    fault = fault_of(to(box.port))
    assert isinstance(fault, TryAgain)
    assert (fault.fault, fault.of_channel) == (SendFault.BUSY, False)
    box.on_recipient, box.on_data = lambda _address: "250 OK", lambda: answer
    assert isinstance(fault_of(to(box.port)), TryAgain)


def test_a_server_that_is_away() -> None:
    fault = fault_of(to(free_port()))
    assert isinstance(fault, TryAgain)
    assert (fault.fault, fault.of_channel) == (SendFault.UNREACHABLE, True)


def test_a_line_that_is_cut_after_the_data_leaves_a_doubt(box: Letterbox) -> None:
    box.cut_after_data = True
    assert isinstance(fault_of(to(box.port)), InDoubt)
    assert len(box.mails) == 1  # it arrived, and we cannot know


def test_a_server_that_is_silent_after_the_data_leaves_a_doubt(box: Letterbox) -> None:
    box.may_answer = threading.Event()
    try:
        assert isinstance(fault_of(to(box.port, timeout=0.3)), InDoubt)
    finally:
        box.may_answer.set()


def spoken_by(*lines: bytes) -> tuple[int, threading.Thread]:
    """A server that says these lines, one for each it hears, and then cuts the line."""
    listener = socket.create_server(("127.0.0.1", 0))

    def speak() -> None:
        with listener:
            line, _address = listener.accept()
        with line, line.makefile("rb") as heard:
            for said in lines:
                line.sendall(said)
                heard.readline()

    thread = threading.Thread(target=speak)
    thread.start()
    return listener.getsockname()[1], thread


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ([], SendFault.BROKEN_OFF),
        ([b"554 go away\r\n"], SendFault.BUSY),
        ([b"220 hello\r\n", b"250 ok\r\n"], SendFault.BROKEN_OFF),
        ([b"220 hello\r\n", b"250 ok\r\n", b"550 not you\r\n"], SendFault.SENDER_REFUSED),
        ([b"220 hello\r\n", b"250 ok\r\n", b"250 ok\r\n", b"250 ok\r\n"], SendFault.BROKEN_OFF),
        (
            [b"220 hello\r\n", *[b"250 ok\r\n"] * 3, b"554 no data\r\n"],
            SendFault.MESSAGE_REFUSED,
        ),
    ],
)
def test_a_line_that_breaks_before_the_data_leaves_no_doubt(
    lines: list[bytes], fault: SendFault
) -> None:
    port, thread = spoken_by(*lines)
    failed = fault_of(to(port))
    thread.join()
    assert not isinstance(failed, InDoubt)
    assert failed.fault is fault


def test_a_line_that_breaks_within_the_data_may_be_tried_again() -> None:
    talk = [b"220 hello\r\n", *[b"250 ok\r\n"] * 3, b"354 go on\r\n"]
    port, thread = spoken_by(*talk)  # hears one line of the data, and cuts
    long = Mail("m-1", "zoe@burger.example", "x", "regel\n" * 600_000, NOW)
    fault = fault_of(to(port), long)
    thread.join()
    assert isinstance(fault, TryAgain)
    assert fault.fault is SendFault.BROKEN_OFF


def test_an_address_that_cannot_be_is_refused_here() -> None:
    assert isinstance(fault_of(to(free_port()), mail(recipient="geen adres")), Refused)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("tls")
    key, cert = folder / "key.pem", folder / "cert.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject]
    subprocess.run([*made, "-keyout", key, "-out", cert], check=True, capture_output=True)
    return key, cert


def context_of(certificate: tuple[Path, Path]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate[1], certificate[0])
    return context


def known(
    _server: object, _session: object, _envelope: object, _how: str, given: object
) -> AuthResult:
    fits = getattr(given, "password", b"") == b"geheim"
    return AuthResult(success=fits, handled=False)


def test_a_protected_line_with_a_password(certificate: tuple[Path, Path]) -> None:
    trusted = ssl.create_default_context(cafile=certificate[1])
    protected: dict[str, Any] = {"tls_context": context_of(certificate), "require_starttls": True}
    with mail_server(None, authenticator=known, auth_required=True, **protected) as box:
        server = SmtpServer("localhost", box.port, user="loket", password="geheim", timeout=5)
        SmtpMail(server, TOWN, trusted).send(mail())
        assert len(box.mails) == 1
        wrong = SmtpServer("localhost", box.port, user="loket", password="fout", timeout=5)
        fault = fault_of(SmtpMail(wrong, TOWN, trusted))
        assert (fault.fault, isinstance(fault, TryAgain)) == (SendFault.SENDER_REFUSED, True)


def test_a_server_that_cannot_prove_who_it_is_gets_nothing(certificate: tuple[Path, Path]) -> None:
    with mail_server(tls_context=context_of(certificate)) as box:
        server = SmtpServer("localhost", box.port, user="loket", password="geheim", timeout=5)
        assert fault_of(SmtpMail(server, TOWN)).fault is SendFault.UNREACHABLE
        assert box.mails == []


def test_a_server_without_protection_gets_nothing(box: Letterbox) -> None:
    fault = fault_of(to(box.port, security=Security.STARTTLS))
    assert (fault.fault, box.mails) == (SendFault.SENDER_REFUSED, [])


def test_a_folder_takes_the_place_of_the_server(tmp_path: Path) -> None:
    way = FolderMail(tmp_path / "outgoing", TOWN)
    way.send(mail(ITEM))
    way.send(mail(ITEM))
    (file,) = (tmp_path / "outgoing").iterdir()
    assert file.name == "m-1.eml"
    assert b"Message-ID: <m-1@heidebeek.example>" in file.read_bytes()


def test_a_folder_that_cannot_be_written_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "outgoing").write_text("a file stands there", encoding="utf-8")
    with pytest.raises(TryAgain) as failed:
        FolderMail(tmp_path / "outgoing", TOWN).send(mail())
    assert failed.value.fault is SendFault.NOT_WRITABLE


READING = Sender(TOWN.address, TOWN.name, "meldingen@heidebeek.example")


def answerable() -> Mail:
    return Mail(new_id(), "zoe@burger.example", "Over uw melding", "Dag", NOW, answerable=True)


def reading(port: int) -> SmtpMail:
    return SmtpMail(SmtpServer("127.0.0.1", port, Security.NONE, timeout=5.0), READING)


def test_what_can_be_answered_says_where_and_comes_back_there(box: Letterbox) -> None:
    what = answerable()
    reading(box.port).send(what)
    (arrived,) = box.mails
    (answer_to,) = arrived["Reply-To"].addresses
    assert answer_to.addr_spec == f"meldingen+{what.id.replace('-', '')}@heidebeek.example"
    assert box.come_back_to == [answer_to.addr_spec]
    assert arrived["From"].addresses[0].addr_spec == TOWN.address


def test_nothing_else_bears_a_reply_address(box: Letterbox) -> None:
    reading(box.port).send(mail())
    to(box.port).send(answerable())
    assert [arrived["Reply-To"] for arrived in box.mails] == [None, None]
    assert box.come_back_to == [TOWN.address, TOWN.address]


def test_a_server_that_knows_only_our_own_name_gets_that(box: Letterbox) -> None:
    box.on_sender = lambda address: "250 OK" if address == TOWN.address else "550 5.7.60 no"
    reading(box.port).send(answerable())
    assert box.come_back_to == [TOWN.address]
    assert box.mails[0]["Reply-To"] is not None


def test_a_server_that_is_busy_is_asked_later(box: Letterbox) -> None:
    box.on_sender = lambda _address: "451 later"
    with pytest.raises(TryAgain):
        reading(box.port).send(answerable())
    assert not box.mails
