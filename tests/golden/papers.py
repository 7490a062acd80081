"""The papers of picture 08, and harder ones."""

from dataclasses import replace
from datetime import UTC, datetime

from loket.paper.facts import ReceiptFacts, ReceiptLine, SlipFacts

AT = datetime(2026, 3, 16, 9, 21, tzinfo=UTC)

SLIP = SlipFacts(
    town="Stad Heidebeek",
    site="Stadhuis",
    desk="Onthaal 1",
    language="nl",
    number="A014",
    code="T7K2Q94TDABCD",
    product="Identiteitskaart – aanvraag",
    wait=(15, 30),
    ahead=4,
    bring=("Huidige identiteitskaart", "Recente pasfoto"),
    fee_cents=2500,
    issued_at=AT,
    page_address="",
)
PAGE = "https://heidebeek.example/t/Zq3vK8mN1xWc7RtY2uLpAg"
SLIPS = {
    "slip": SLIP,
    "slip-first": replace(SLIP, ahead=0, wait=(0, 1), bring=(), fee_cents=None),
    "slip-english": replace(SLIP, language="en"),
    "slip-french": replace(SLIP, language="fr", page_address=PAGE),
    "slip-german": replace(SLIP, language="de", page_address=PAGE),
    "slip-online": replace(SLIP, page_address=PAGE),
    "slip-long": replace(
        SLIP,
        number="W899",
        wait=None,
        product="Inschrijving in het vreemdelingenregister voor studenten van buiten de EER",
    ),
}
TICKET = ReceiptLine(
    kind="ticket_issued",
    product="Identiteitskaart – aanvraag",
    confidential=False,
    ticket="A014",
    text="",
    bring=(),
    at=AT,
)
INFORMATION = replace(
    TICKET,
    kind="information_given",
    product="Premieadvies",
    ticket="",
    text="Folder ‘Verbouwpremies 2026’",
    bring=("aanslagbiljet", "facturen", "rekeningnummer"),
)
SECRET = replace(TICKET, product="", confidential=True, ticket="W001")
RECEIPT = ReceiptFacts(
    number="B-2026-004417",
    issued_at=AT,
    issued_by="Sofie Vermeulen",
    desk="Onthaal 1",
    language="nl",
    visitor_name="Marleen De Smedt",
    priority="Mobiliteit",
    started_at=datetime(2026, 3, 16, 9, 14, tzinfo=UTC),
    ended_at=None,
    lines=(TICKET, INFORMATION, SECRET),
    follow_up_code="7K2Q-94TD",
    town="Stad Heidebeek",
    site="Stadhuis",
    site_address="Markt 1, Heidebeek",
    site_hours="ma tot 18 uur, vr tot 12 uur",
    phone="050 00 00 00",
    phone_hours="ma–vr 9–12 uur",
    email="onthaal@heidebeek.example",
    privacy_email="privacy@heidebeek.example",
    public_address="",
)
RECEIPTS = {
    "receipt": RECEIPT,
    "receipt-anonymous": replace(RECEIPT, visitor_name="", priority="", lines=(TICKET,)),
    "receipt-online": replace(RECEIPT, public_address="https://heidebeek.example"),
    "receipt-english": replace(RECEIPT, language="en"),
    "receipt-french": replace(RECEIPT, language="fr"),
    "receipt-german": replace(RECEIPT, language="de", public_address="https://heidebeek.example"),
    "receipt-long": replace(RECEIPT, lines=(TICKET, INFORMATION) * 6),
}
