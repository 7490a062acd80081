"""Papers as PDF; ReportLab is loaded with the first one, not with the window."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from loket.kit.ids import CODE_LENGTH
from loket.paper.facts import (
    AppointmentFacts,
    DayListFacts,
    LetterFacts,
    ReceiptFacts,
    ReplyLetterFacts,
    SlipFacts,
    YearFacts,
)

LANGUAGES = ("nl", "en")
NOBODY = SlipFacts(
    town="Loket",
    site="Loket",
    desk="Loket",
    language="nl",
    number="A001",
    code="T" + "A" * CODE_LENGTH,
    product="Loket",
    wait=(1, 2),
    ahead=1,
    bring=("Loket",),
    fee_cents=100,
    issued_at=datetime(2026, 3, 16, 8, 0, tzinfo=UTC),
    page_address="",
)
"""What a paper says that is made to load everything and then thrown away."""


class PdfPaper:
    """Turns what a paper says into a PDF."""

    def prepare(self) -> None:
        """Make a slip for nobody: everything it needs is then loaded, fonts and texts included."""
        for language in LANGUAGES:
            self.slip(replace(NOBODY, language=language))

    def slip(self, facts: SlipFacts) -> bytes:
        from loket.paper.slip import slip_pdf  # noqa: PLC0415 - half a second at the start

        return slip_pdf(facts)

    def receipt(self, facts: ReceiptFacts) -> bytes:
        from loket.paper.receipt import receipt_pdf  # noqa: PLC0415 - as above

        return receipt_pdf(facts)

    def letters(self, letters: Sequence[LetterFacts]) -> bytes:
        from loket.paper.letter import letters_pdf  # noqa: PLC0415 - as above

        return letters_pdf(letters)

    def report_letters(self, letters: Sequence[ReplyLetterFacts]) -> bytes:
        from loket.paper.reply_letter import reply_letters_pdf  # noqa: PLC0415 - as above

        return reply_letters_pdf(letters)

    def appointment(self, facts: AppointmentFacts) -> bytes:
        from loket.paper.appointment import appointment_pdf  # noqa: PLC0415 - as above

        return appointment_pdf(facts)

    def day_list(self, facts: DayListFacts) -> bytes:
        from loket.paper.day_list import day_list_pdf  # noqa: PLC0415 - as above

        return day_list_pdf(facts)

    def year(self, facts: YearFacts) -> bytes:
        from loket.paper.year import year_pdf  # noqa: PLC0415 - as above

        return year_pdf(facts)
