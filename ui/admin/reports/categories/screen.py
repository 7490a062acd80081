"""Categorieën: the list with where each goes, and one of them at the right."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from loket.kit.i18n import Words, mark
from ui.admin.reports.categories.view_model import (
    CategoriesViewModel,
    CategoryDraft,
    CategoryFaces,
)
from ui.admin.reports.parts import OneOf, TextArea, headed, show_text
from ui.admin.reports.screen import ClosingScreen
from ui.admin.reports.state import EditingState
from ui.widgets.fields import TextField
from ui.widgets.labels import Label
from ui.widgets.layouts import column

HEADS = (mark("Category"), mark("Goes to"), mark("Warned"), mark("Open"))
WIDTHS = (200, 136, 100, 76)


class CategoryForm(QWidget):
    """What it is called, where it goes, who is warned, by which words it is known."""

    def __init__(self, words: Words, change: Callable[..., None]) -> None:
        super().__init__()
        self.name = TextField(words("Name"), hint=words("theme – subject"))
        self.goal = OneOf(words("Goes to"))
        self.team = TextField(words("Team"), hint=words("in the department"), limit=60)
        self.phone = TextField(
            words("Warn at"), hint=words("mobile, of something dangerous"), limit=40
        )
        self.alerted = TextField(words("Who that is"), limit=60)
        self.keywords = TextArea(words("Keywords"), height=96)
        self.setLayout(
            column(
                self.name,
                headed(words("Goes to"), self.goal),
                self.team,
                self.phone,
                self.alerted,
                headed(words("Keywords, with commas between"), self.keywords),
                Label(
                    words("The category is suggested by them while a clerk types."),
                    "small",
                    tone="text2",
                ),
                gap=12,
            )
        )
        self.goal.picked.connect(lambda key: change(goal=key))
        self.keywords.typed.connect(lambda text: change(keywords=text))
        self._fields = {
            "name": self.name,
            "team": self.team,
            "alert_phone": self.phone,
            "alert_name": self.alerted,
        }
        for name, field in self._fields.items():
            field.edited.connect(lambda text, name=name: change(**{name: text}))

    def take_focus(self) -> None:
        self.name.edit.setFocus()

    def show_state(self, state: EditingState) -> None:
        draft: CategoryDraft = state.draft
        faces: CategoryFaces = state.shown
        for name, field in self._fields.items():
            show_text(field, getattr(draft, name))
        self.goal.show_options(dict(faces.goals), draft.goal, faces.lost)
        self.keywords.show_text(draft.keywords)
        self.phone.show_wrong("" if self.phone.edit.hasFocus() else faces.phone_wrong)


def categories_screen(model: CategoriesViewModel, words: Words) -> ClosingScreen:
    return ClosingScreen(
        model,
        words,
        title=words("Categories of reports"),
        heads=[words(head) for head in HEADS],
        widths=WIDTHS,
        form=CategoryForm(words, model.change),
        search=words("Search a category, a department or a keyword"),
        add=words("Add category"),
        nothing=words("A category says which department handles a report."),
        icon="ph.tag",
    )
