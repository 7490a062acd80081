"""What to look at for what the visitor came for."""

from loket.kit.i18n import Words
from ui.counter.state import ProductHelp
from ui.widgets.cards import Card, EmptyState, Rule, Scrolled
from ui.widgets.chips import Chip
from ui.widgets.labels import Label, TextBlock
from ui.widgets.layouts import STRETCH, column, row


class HelpCard(Card):
    """What to look at for the product in hand: what to bring, what it costs, the clerk's text."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._fee = Chip("", icon="ph.receipt-bold", tone="plain")
        self._bring_head = Label(words("Has with them"), "small", weight=600, tone="text2")
        self._bring = TextBlock(tone="text")
        self._text_head = Label(words("For the clerk"), "small", weight=600, tone="text2")
        self._text = TextBlock(tone="text")
        self._links = TextBlock(tone="accent")
        self._empty = EmptyState(icon="ph.lightbulb", title=words("Nothing particular"))
        head = row(Label(words("For this product"), "strong"), STRETCH, self._fee)
        inner = column(
            self._bring_head,
            4,
            self._bring,
            16,
            self._text_head,
            4,
            self._text,
            12,
            self._links,
            STRETCH,
        )
        self._scroll = Scrolled(inner)
        self.setLayout(
            column(head, 12, Rule(), 12, self._scroll, self._empty, margins=(19, 19, 19, 15))
        )

    def render_help(self, shown: ProductHelp, *, free: bool) -> None:
        self._fee.show_state(shown.fee, icon="ph.receipt-bold", tone="plain")
        self._fee.setVisible(bool(shown.fee))
        self._bring.set_text("\n".join(f"•  {thing}" for thing in shown.bring))
        self._text.set_text(shown.text)
        self._links.set_text("\n".join(f"{title}  {address}" for title, address in shown.links))
        for widget, some in (
            (self._bring_head, shown.bring),
            (self._bring, shown.bring),
            (self._text_head, shown.text),
            (self._text, shown.text),
            (self._links, shown.links),
        ):
            widget.setVisible(bool(some))
        something = bool(shown.bring or shown.text or shown.links)
        self._scroll.setVisible(something)
        self._empty.setVisible(not something)
        words = self._words
        title = words("What to look at comes here") if free else words("Nothing particular")
        self._empty.say(title)
