"""Incoming mail as it is read: the programs people use, and what breaks every rule."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loket.channels.incoming.message import MOST_BYTES, Nature, Unreadable, WhyUnread
from loket.channels.incoming.reading import read
from loket.channels.incoming.words import new_words, text_of_html
from loket.channels.tags import ids_named, ids_to, tagged
from loket.kit.ids import new_id
from tests.mails import MARLEEN, mail, sample

REPLY = "meldingen@heidebeek.example"
WORDS = {
    "gmail-nl": "De tegel ligt er nog altijd los. Gisteren is er een fietser gevallen – gelukkig "
    "zonder erg.\n\nGroeten\nMarleen",
    "outlook-html": "Het is voor het café € kapot.\n\nAndré",
    "iphone-photo": "Zie de foto.\n\n\nZe ligt hier.\n\nVerstuurd vanaf mijn iPhone",
    "gmail-fr": "Bonjour, c’est réglé, merci beaucoup.",
    "outlook-de": "Die Lampe brennt wieder, schönen Dank.",
    "winmail": "Hierbij mijn document.",
    "out-of-office": "Ik ben met verlof tot en met 30 maart.",
}


@pytest.mark.parametrize(("name", "words"), WORDS.items())
def test_the_new_words_of_what_programs_write(name: str, words: str) -> None:
    ident = new_id()
    found = read(sample(name, to=tagged(REPLY, ident), answers=ident, ref="M-2026-00012"))
    assert found.words.replace("\n\n\n", "\n\n") == words.replace("\n\n\n", "\n\n")
    assert found.sender == MARLEEN
    assert ids_to(found.recipients, REPLY) == [ident]
    assert ids_named(found.references) == [ident]
    assert "M-2026-00012" in found.subject


def test_names_and_subjects_are_decoded() -> None:
    found = read(sample("outlook-html", ref="M-1"))
    assert (found.sender_name, found.subject) == (
        "André Claes",
        "RE: Over uw melding M-1: deux cafés",
    )


def test_what_was_sent_along() -> None:
    (photo,) = read(sample("iphone-photo")).files
    assert (photo.name, photo.content[:3], photo.inline) == ("IMG_0815.JPG", b"\xff\xd8\xff", True)
    (tnef,) = read(sample("winmail")).files
    assert (tnef.name, tnef.inline) == ("winmail.dat", False)


def test_who_speaks() -> None:
    assert read(sample("gmail-nl")).nature is Nature.PERSON
    assert read(sample("out-of-office")).nature is Nature.MACHINE
    assert read(sample("bounce")).nature is Nature.RETURNED
    assert read(sample("bounce", ACTION="delayed")).nature is Nature.MACHINE
    for name, value in {
        "Precedence": "bulk",
        "X-Autoreply": "yes",
        "Auto_Submitted": "auto-replied; owner-email=x",
        "Return_Path": "<>",
    }.items():
        assert read(mail(**{name: value}).as_bytes()).nature is Nature.MACHINE, name
    assert read(mail(Auto_Submitted="no").as_bytes()).nature is Nature.PERSON
    grouped = mail(List_Id="<meldingen.stad.example>", Precedence="list")
    assert read(grouped.as_bytes()).nature is Nature.PERSON


def test_a_returned_mail_says_which_one_it_was() -> None:
    ident = new_id()
    assert ids_named(read(sample("bounce", answers=ident)).references) == [ident]
    whole = sample("bounce", answers=ident).replace(b"text/rfc822-headers", b"message/rfc822")
    assert ids_named(read(whole).references) == [ident]


# history


@pytest.mark.parametrize(
    "text",
    [
        "Stad Heidebeek schreef op 16/03/2026 om 10:12:\n> Beste\n",
        "On Mon, Mar 16, 2026 at 10:12 AM Stad <a@b.be>\nwrote:\n\n> Beste\n",
        "Am Mo., 16. März 2026 um 10:12 Uhr schrieb Stad <\na@b.be>:\n\n> Beste\n",
        (
            "-----Oorspronkelijk bericht-----\nVan: Stad\nVerzonden: maandag\nAan: Jan\n"
            "Onderwerp: Uw melding\n\nBeste"
        ),
        "De : Stad <a@b.be>\nEnvoyé : lundi\nÀ : Jean\nObjet : Votre\n\nMonsieur",
    ],
)
def test_history_is_cut(text: str) -> None:
    assert new_words(f"Dank u.\n\n{text}", "Re: x") == "Dank u."


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("> Waar juist?\n\nAan de kerk.\n\n> Welke kleur?\n\nRood.", "Re: x"),
        ("Zie onder.\n\nOp 16/03 schreef Stad:\n> Waar?\nAan de kerk.\n> Kleur?\nRood.", "Re: x"),
        ("Op 16/03 schreef Stad:\n> Waar?\n> Wanneer?\n\nAan de kerk.", "Re: x"),
        ("Op 16/03 schreef Stad:\n> Waar?", "Re: x"),
        (
            "Zie de klacht van mijn buur.\n\nVan: B\nVerzonden: x\nAan: M\nOnderwerp: y\n\nZ",
            "Fwd: y",
        ),
        (
            "Kijk.\n\nBegin doorgestuurd bericht:\n\nVan: B\nDatum: x\nAan: M\nOnderwerp: y\n\nZ",
            "y",
        ),
        ("Een gat.\nVan: de kerk\nAan: de brug\nGevaarlijk.", "Re: x"),
        ("Op het voetpad schreef een kind met krijt:\neen grote tekening.", "x"),
    ],
)
def test_what_may_be_news_is_kept(text: str, subject: str) -> None:
    kept = new_words(text, subject)
    for line in text.split("\n"):
        assert line in kept


def test_lines_without_end_take_no_time_to_speak_of() -> None:
    for text in ("x: x\n" * 30_000, "> Op x\n" * 30_000, "Op " + "a b " * 40_000, " " * 200_000):
        assert new_words(text, "").split() == text.split()


def test_html_is_read_as_it_is_shown() -> None:
    html = "<style>p{}</style><script>x()</script><p>Dag&nbsp;Jan</p><ul><li>een<li>twee</ul><br>z"
    lines = text_of_html(html).split("\n")
    assert lines[0] == "Dag Jan"
    assert lines[-1] == "z"
    assert "x()" not in lines
    assert text_of_html("<b>" * 5000 + "diep").endswith("diep")
    assert text_of_html("<!-- -->") == ""


# what breaks the rules


def broken(raw: bytes) -> WhyUnread:
    with pytest.raises(Unreadable) as refused:
        read(raw)
    return refused.value.why


def nested(levels: int) -> bytes:
    parts = [
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(levels)
    ]
    return b"".join(parts) + b"Content-Type: text/plain\n\nhoi\n"


def test_what_cannot_be_read_says_why() -> None:
    assert broken(b"") is WhyUnread.EMPTY
    assert broken(b"\r\n \r\n") is WhyUnread.EMPTY
    assert broken(b"From: a@b.be\n\n" + b"x" * MOST_BYTES) is WhyUnread.TOO_LARGE
    assert broken(nested(5000)) is WhyUnread.TANGLED
    many = b"\n--b\nContent-Type: image/gif\n\nx" * 400
    assert broken(b"Content-Type: multipart/mixed; boundary=b\n" + many) is WhyUnread.TANGLED
    assert read(nested(40)).words == "hoi"


def test_a_large_mail_is_read() -> None:
    whole = mail(files={"a.jpg": b"\xff" * 11_000_000, "b.jpg": b"\xff" * 11_000_000}).as_bytes()
    assert len(whole) > 29_000_000
    assert [len(file.content) for file in read(whole).files] == [11_000_000, 11_000_000]


@pytest.mark.parametrize(
    "raw",
    [
        b"geen kop, enkel tekst",
        b"From: \xff\xfe <a@b.be>\nSubject: =?x?Q?\xff?= \xe9\n\nNUL \x00 en \xe9\xff",
        b"From: =?utf-8?B?!!!?= <m@x.be>\nTo: ,,,;;<<>>@@\nMessage-ID: \nReferences: <<>\n\nx",
        b"Content-Type: multipart/mixed\n\nzonder grens",
        b"Content-Type: text/plain; charset=wie-weet\n\nh\xe9",
        b"Content-Type: text/plain; charset*0*=x''%FF; charset*" + b"9" * 5000 + b"=y\n\nx",
        b"Content-Type: image/jpeg; name*0*=a'; name*" + b"9" * 5000 + b"*=y\n\nx",
        b"Content-Transfer-Encoding: base64\n\n=====a\xff",
        b"Content-Transfer-Encoding: x-uuencode\n\nbegin 644 x\n#\n",
        b"Content-Type: message/rfc822\n\n\n",
        b"Content-Type: message/delivery-status\n\n\n",
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n",
        b"Content-Type: multipart/alternative; boundary=b\n\n--b\n\n--b--",
    ],
)
def test_nothing_malformed_brings_it_down(raw: bytes) -> None:
    found = read(raw)
    assert "\x00" not in found.text
    found.text.encode()
    f"{found.subject}{found.sender_name}{[file.name for file in found.files]}".encode()


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_bytes_at_all_bring_it_down(data: st.DataObject) -> None:
    names = sorted(path.stem for path in (Path(__file__).parents[2] / "mails").glob("*.eml"))
    raw = bytearray(sample(data.draw(st.sampled_from(names)), answers="1"))
    for _each in range(data.draw(st.integers(0, 6))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=12))
    try:
        found = read(bytes(raw))
    except Unreadable:
        return
    f"{found.text}{found.subject}{found.sender}".encode()


# the same message


def test_the_same_message_is_known_by_whichever_way_it_comes() -> None:
    once = mail()
    again = b"Received: from elsewhere\nDelivered-To: x@y.be\n" + once.as_bytes()
    assert read(once.as_bytes()).key == read(again).key
    assert read(mail().as_bytes()).key != read(mail().as_bytes()).key
    del once["Message-ID"]
    unnamed = read(once.as_bytes())
    assert read(b"Received: x\r\n" + once.as_bytes().replace(b"\n", b"\r\n")).key == unnamed.key
    assert read(once.as_bytes() + b"meer").key != unnamed.key
