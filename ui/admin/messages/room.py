"""The section of outgoing messages: what went out, and the texts it was made from."""

from typing import Protocol

from PySide6.QtCore import QObject, Signal

from loket.catalogue.search import ProductIndex
from loket.kit.i18n import Words
from loket.staff.rules import Permission
from ui.admin.messages.templates_view_model import TemplatesViewModel, Texts, TextsDesk
from ui.admin.messages.view_model import MessagesViewModel, Post, PostDesk
from ui.core.directory import Directory
from ui.core.tasks import TaskRunner


class Correspondence(Post, Texts, Protocol):
    """What goes out, and the texts it is made from."""


class MessagesDesk(PostDesk, TextsDesk, Protocol):
    """What both need of the desk."""

    @property
    def correspondence(self) -> Correspondence: ...


class MessagesRoom(QObject):
    """Two view models behind one door; the texts are only for who may change them."""

    said = Signal(object)

    def __init__(self, desk: MessagesDesk, tasks: TaskRunner, words: Words) -> None:
        super().__init__()
        self.post = MessagesViewModel(desk, tasks, words)
        self.texts = TemplatesViewModel(desk, tasks, words)
        self.may_write = False
        for model in (self.post, self.texts):
            model.said.connect(self.said)

    def speak(self, words: Words) -> None:
        self.post.speak(words)
        self.texts.speak(words)

    def show_catalogue(self, directory: Directory, _index: ProductIndex) -> None:
        self.texts.show_catalogue(directory.catalogue)

    def begin(self, permissions: list[str]) -> None:
        """Somebody signed in."""
        self.may_write = Permission.MANAGE_TEMPLATES in permissions
        self.post.begin()

    def open(self) -> None:
        """The widget asks for what it shows, tab by tab."""

    def message_changed(self) -> None:
        """Some message got further."""
        self.post.message_changed()
