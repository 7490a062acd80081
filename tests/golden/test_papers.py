"""Slips and receipts as text, and their barcodes read back by a real decoder."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pypdfium2
import pytest
import zxingcpp
from pypdf import PdfReader

from loket.paper.appointment import appointment_pdf
from loket.paper.day_list import day_list_pdf
from loket.paper.facts import LetterFacts, ReplyLetterFacts
from loket.paper.letter import letters_pdf
from loket.paper.receipt import receipt_pdf
from loket.paper.reply_letter import reply_letters_pdf
from loket.paper.slip import slip_pdf
from tests.golden.papers import (
    CONFIRMATION,
    CONFIRMATIONS,
    DAY_LISTS,
    PAGE,
    RECEIPTS,
    SLIP,
    SLIPS,
)

Golden = Callable[[str, str], None]
SLIP_PRINTER_DPI = 203


def text_of(pdf: bytes) -> str:
    pages = PdfReader(BytesIO(pdf)).pages
    shown = [
        f"page {number} of {len(pages)}, {page.mediabox.width:.0f} x "
        f"{page.mediabox.height:.0f} pt\n"
        f"{page.extract_text()}\n"
        for number, page in enumerate(pages, start=1)
    ]
    return "\n".join(shown)


def codes_on(pdf: bytes) -> dict[str, str]:
    """What a scanner reads from the paper, as a slip printer would make it."""
    document = pypdfium2.PdfDocument(pdf)
    image = document[0].render(scale=SLIP_PRINTER_DPI / 72, grayscale=True).to_pil()
    black_and_white = image.point(lambda value: 255 if value > 127 else 0)
    found = {code.format.name: code.text for code in zxingcpp.read_barcodes(black_and_white)}
    document.close()
    return found


@pytest.mark.parametrize("name", SLIPS)
def test_slip(name: str, golden: Golden) -> None:
    golden(f"{name}.txt", text_of(slip_pdf(SLIPS[name])))


@pytest.mark.parametrize("name", RECEIPTS)
def test_receipt(name: str, golden: Golden) -> None:
    golden(f"{name}.txt", text_of(receipt_pdf(RECEIPTS[name])))


@pytest.mark.parametrize("name", CONFIRMATIONS)
def test_the_confirmation_of_an_appointment(name: str, golden: Golden) -> None:
    pdf = appointment_pdf(CONFIRMATIONS[name])
    golden(f"{name}.txt", text_of(pdf))
    assert codes_on(pdf)["Code128"] == CONFIRMATION.code


@pytest.mark.parametrize("name", DAY_LISTS)
def test_the_list_of_a_day(name: str, golden: Golden) -> None:
    golden(f"{name}.txt", text_of(day_list_pdf(DAY_LISTS[name])))


@pytest.mark.parametrize("name", SLIPS)
def test_the_barcode_of_a_slip_is_read_at_203_dpi(name: str) -> None:
    assert codes_on(slip_pdf(SLIPS[name]))["Code128"] == SLIP.code


def test_there_is_a_qr_code_only_where_the_town_has_an_address() -> None:
    assert "QRCode" not in codes_on(slip_pdf(SLIP))
    online = codes_on(slip_pdf(SLIPS["slip-online"]))
    assert online["QRCode"] == PAGE


def test_a_slip_never_has_a_name_and_a_receipt_no_confidential_act() -> None:
    assert "Marleen" not in text_of(slip_pdf(SLIP))
    assert "W001" not in text_of(receipt_pdf(RECEIPTS["receipt"]))


def test_the_same_facts_give_the_same_bytes() -> None:
    assert slip_pdf(SLIP) == slip_pdf(SLIP)


LETTER = LetterFacts(
    reference="K-48213",
    name="Marleen De Smedt",
    language="nl",
    starts_at=datetime(2026, 3, 31, 7, 30, tzinfo=UTC),
    product="Rijbewijs – aanvraag",
    written_at=datetime(2026, 3, 16, 9, 0, tzinfo=UTC),
    town="Stad Heidebeek",
    site="Stadhuis",
    site_address="Markt 1, 8999 Heidebeek",
    phone="050 00 00 00",
    phone_hours="ma–vr 9–12 uur",
    email="onthaal@heidebeek.example",
)


def test_letters(golden: Golden) -> None:
    """Summer time began between the writing and the moment; the second one is confidential."""
    long_name = "Marie-Christine Vandenbroucke-Van Steenkiste de Limburg Stirum"
    letters = [LETTER, replace(LETTER, language="fr", product="", name=long_name)]
    golden("letters.txt", text_of(letters_pdf(letters)))


REPLY = ReplyLetterFacts(
    reference="M-2026-01764",
    name="Hilde Cools",
    address="Molendreef 7, 9999 Heidebeek",
    language="nl",
    title="Zwerfvuil rond glasbak",
    text="Dag mevrouw Cools\n\nOnze ploeg ruimt het afval woensdag 18 maart.\n\nEls Goossens",
    written_at=datetime(2026, 3, 16, 9, 0, tzinfo=UTC),
    town="Stad Heidebeek",
    site="Stadhuis",
    site_address="Markt 1",
    phone="050 00 00 00",
    phone_hours="ma-vr 9-12 uur",
    email="info@heidebeek.example",
)


def test_reply_letters(golden: Golden) -> None:
    """Each reply begins on a page of its own; a long one goes on on the next."""
    long_text = "\n\n".join([REPLY.text] * 12)
    letters = [REPLY, replace(REPLY, language="fr", text=long_text)]
    golden("reply-letters.txt", text_of(reply_letters_pdf(letters)))
