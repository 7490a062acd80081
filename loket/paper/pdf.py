"""Papers as PDF; ReportLab is loaded with the first one, not with the window."""

from loket.paper.facts import ReceiptFacts, SlipFacts


class PdfPaper:
    """Turns what a paper says into a PDF."""

    def slip(self, facts: SlipFacts) -> bytes:
        from loket.paper.slip import slip_pdf  # noqa: PLC0415 - half a second at the start

        return slip_pdf(facts)

    def receipt(self, facts: ReceiptFacts) -> bytes:
        from loket.paper.receipt import receipt_pdf  # noqa: PLC0415 - as above

        return receipt_pdf(facts)
