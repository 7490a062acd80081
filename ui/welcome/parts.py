"""Parts of the welcome screen: the queues, what is known of a product, the strip below."""

from PySide6.QtCore import Signal

from loket.kit.i18n import Words
from ui.core.actions import ActionId, key_of
from ui.welcome.state import LastPrinted, ProductInfo, WelcomeState
from ui.widgets.buttons import KeyButton
from ui.widgets.cards import Card, Edged, Glyph, Rule, Scrolled
from ui.widgets.chips import Chip
from ui.widgets.labels import Label, TextBlock
from ui.widgets.layouts import STRETCH, column, row


class InfoPanel(Card):
    """What the clerk can tell about a product."""

    note_wished = Signal()
    close_wished = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._title = Label("", "title")
        self._place = Label("", "small", tone="text2")
        self._facts = TextBlock(tone="text")
        self._bring_head = Label(words("Bring"), weight=600)
        self._bring = TextBlock()
        self._text_head = Label(words("For the clerk"), weight=600)
        self._text = TextBlock()
        self._links = TextBlock(tone="accent")
        self.note = KeyButton(words("Note in this visit"), kind="linked", icon="ph.info-bold")
        self.note.clicked.connect(self.note_wished)
        self.close_button = KeyButton(words("Close"), kind="outlined", key="Esc")
        self.close_button.clicked.connect(self.close_wished)
        inner = column(
            self._facts,
            12,
            self._bring_head,
            self._bring,
            12,
            self._text_head,
            self._text,
            8,
            self._links,
            STRETCH,
        )
        self.setLayout(
            column(
                self._title,
                self._place,
                8,
                Rule(),
                8,
                Scrolled(inner),
                8,
                row(self.note, STRETCH, self.close_button, gap=8),
                margins=(20, 16, 20, 16),
            )
        )

    def show_info(self, info: ProductInfo) -> None:
        self._title.setText(info.title)
        self._place.setText(info.place)
        self._facts.set_text("   ".join(f"{name}: {value}" for name, value in info.facts))
        self._bring.set_text("\n".join(f"• {thing}" for thing in info.bring))
        self._bring_head.setVisible(bool(info.bring))
        self._bring.setVisible(bool(info.bring))
        self._text.set_text(info.clerk_text)
        self._text_head.setVisible(bool(info.clerk_text))
        self._links.set_text("\n".join(f"{title}  {address}" for title, address in info.links))
        self.note.setVisible(info.can_note)


class PrintedStrip(Edged):
    """What was printed last, once more, or taken back."""

    again_wished = Signal()
    withdraw_wished = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__("top")
        self.setFixedHeight(48)
        self._caption = Label(words("Last printed"), tone="text2", whole=True)
        self._number = Label("", "strong", weight=700, whole=True)
        self._product = Label("")
        self._at = Label("", tone="text2", whole=True)
        self._mark = Chip("", icon="ph.arrows-clockwise-bold", tone="wait")
        self.again = KeyButton(
            words("Print again"), kind="ghost", icon="ph.arrow-clockwise-bold", height=32
        )
        self.withdraw = KeyButton(
            words("Withdraw ticket"),
            icon="ph.arrow-counter-clockwise-bold",
            key=key_of(ActionId.TAKE_BACK_TICKET),
            height=32,
        )
        self.again.clicked.connect(self.again_wished)
        self.withdraw.clicked.connect(self.withdraw_wished)
        texts = row(self._number, self._product, self._at, self._mark, gap=8)
        layout = row(
            Glyph("ph.printer", size=20), 8, self._caption, 16, texts, margins=(24, 0, 24, 0)
        )
        layout.addStretch(1)
        layout.addWidget(self.again)
        layout.addSpacing(8)
        layout.addWidget(self.withdraw)
        self.setLayout(layout)

    def render_last(self, last: LastPrinted, empty: str) -> None:
        some = bool(last.number)
        self._number.setText(last.number)
        self._product.setText(last.product if some else empty)
        self._product.set_tone("text" if some else "text2")
        self._at.setText(last.at)
        self._mark.show_state(last.mark, icon="ph.arrows-clockwise-bold", tone="wait")
        self._mark.setVisible(bool(last.mark))
        self.again.setVisible(bool(last.job_id))
        self.withdraw.setVisible(last.can_withdraw)


def no_products(words: Words, state: WelcomeState) -> tuple[str, str]:
    """What stands where suggestions will come."""
    if not state.ready:
        return words("One moment"), words("The products of the town are being read.")
    if state.query.strip():
        return words("No product found"), words("Try another word, or choose a quick product.")
    return (
        words("Type what the visitor asks for"),
        words("A few letters are enough; Enter prints the ticket."),
    )
