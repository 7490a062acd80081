"""Berichten: what goes out to citizens, what did not, and the texts they get."""

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from loket.kit.i18n import Words
from ui.admin.messages.screen_post import PostPage
from ui.admin.messages.screen_templates import TemplatesPage
from ui.admin.messages.templates_view_model import TemplatesViewModel
from ui.admin.messages.view_model import MessagesViewModel
from ui.core.actions import ActionId
from ui.widgets.choices import Segmented
from ui.widgets.labels import Label
from ui.widgets.layouts import STRETCH, column, row

POST, TEXTS = "post", "texts"


class MessagesScreen(QWidget):
    """Two tabs; the second one only for who may change texts."""

    def __init__(
        self, post: MessagesViewModel, texts: TemplatesViewModel | None, words: Words
    ) -> None:
        super().__init__()
        self._post, self._texts = post, texts
        self.post_page = PostPage(post, words)
        self.texts_page = TemplatesPage(texts, words) if texts is not None else None
        self._pages = QStackedWidget()
        self._pages.addWidget(self.post_page)
        options = ((POST, words("Messages")), (TEXTS, words("Templates")))
        self.tabs = Segmented(words("What is shown"), options, value=POST)
        self.tabs.setFixedWidth(280)
        self.tabs.setVisible(texts is not None)
        if self.texts_page is not None:
            self._pages.addWidget(self.texts_page)
        head = row(Label(words("Outgoing messages"), "page"), STRETCH, self.tabs)
        self.setLayout(column(head, 16, self._pages))
        self.tabs.chosen.connect(self._on_tab)

    def take_focus(self) -> None:
        self.post_page.list.setFocus()

    def do(self, _action: ActionId) -> None:
        """No key of the table stands for something here."""

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self._open()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        super().hideEvent(event)
        self._post.close()

    def _on_tab(self, value: str) -> None:
        self._pages.setCurrentIndex(1 if value == TEXTS else 0)
        self._open()

    def _open(self) -> None:
        if self._texts is not None and self.tabs.value() == TEXTS:
            self._texts.open()
        else:
            self._post.open()
