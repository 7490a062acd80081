"""The papers of picture 08, and harder ones."""

from dataclasses import replace
from datetime import UTC, date, datetime

from loket.paper.facts import (
    AppointmentFacts,
    DayGroup,
    DayLine,
    DayListFacts,
    ReceiptFacts,
    ReceiptLine,
    SlipFacts,
)

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
    "slip-appointment": replace(SLIP, number="P001", wait=None, appointment_at=AT),
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
BOOKED = replace(
    TICKET,
    kind="appointment_booked",
    product="Premieadvies",
    ticket="",
    bring=("aanslagbiljet",),
    reference="K-48213",
    moment=datetime(2026, 3, 24, 13, 0, tzinfo=UTC),
)
CONFIRMATION = AppointmentFacts(
    town="Stad Heidebeek",
    place="Stadhuis, Markt 1",
    phone="050 12 34 56",
    desk="Onthaal 1",
    language="nl",
    reference="K-48213",
    code="K7K2Q94TDABCD",
    starts_at=datetime(2026, 3, 24, 13, 0, tzinfo=UTC),
    minutes=30,
    persons=1,
    products=("Buitenlands rijbewijs omwisselen",),
    bring=("Buitenlands rijbewijs", "Verblijfskaart"),
    fee_cents=3100,
    printed_at=AT,
)
CONFIRMATIONS = {
    "appointment": CONFIRMATION,
    "appointment-french": replace(CONFIRMATION, language="fr", persons=3, minutes=60),
    "appointment-summer": replace(
        CONFIRMATION, starts_at=datetime(2026, 3, 30, 7, 0, tzinfo=UTC), bring=(), fee_cents=None
    ),
}
_LINE = DayLine("09:00", 30, 1, "Jan Peeters", "Reispas", "0470 12 34 56", "K-48213", "", "")
_LONG = "Marie-Louise Vandenbroucke-Van Hoorebeke"
DAY_LISTS = {
    "day-list": DayListFacts(
        town="Stad Heidebeek",
        site="Stadhuis",
        day=date(2026, 3, 17),
        groups=(
            DayGroup(
                "Burgerzaken",
                "Loket 1, Loket 2",
                (_LINE, replace(_LINE, time="09:30", name=_LONG, note="Rolstoel", persons=3)),
            ),
            DayGroup("Sociaal Huis", "Loket 7", (replace(_LINE, name="", state="aanwezig"),)),
        ),
        printed_at=AT,
    ),
    "day-list-empty": DayListFacts("Stad Heidebeek", "Kortbeek", date(2028, 2, 29), (), AT),
}
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
    "receipt-long": replace(RECEIPT, lines=(TICKET, INFORMATION, BOOKED) * 6),
}
