"""The components of the house: each state is drawn, in light and dark, and does what it says."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ui.theme import look
from ui.theme.tokens import tokens
from ui.widgets.bands import StateBand, Toast
from ui.widgets.buttons import KINDS, BigAction, CounterAction, KeyButton
from ui.widgets.cards import Scrolled
from ui.widgets.chips import TONES, Chip
from ui.widgets.choices import Segmented, ToggleChip
from ui.widgets.fields import SearchField, TextField
from ui.widgets.labels import STYLES, Label, TextBlock
from ui.widgets.layouts import STRETCH, column
from ui.widgets.tiles import FigureTile, ProductTile, TileFace

FACE = TileFace(
    name="Adreswijziging", icon="ph.house-line", key="Ctrl+3", wait="± 6 min", waiting=3
)


@pytest.fixture
def shown(qtbot):
    """Show a widget on a ground of its own."""

    def show(widget, width=240):
        qtbot.addWidget(widget)
        widget.resize(max(width, widget.sizeHint().width()), max(24, widget.sizeHint().height()))
        widget.show()
        QApplication.processEvents()
        return widget

    yield show
    look.switch("light")


def pixels(widget):
    return widget.grab().toImage()


def hover(widget):
    spot = QPointF(5, 5)
    QApplication.sendEvent(widget, QEnterEvent(spot, spot, spot))
    widget.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_kind_of_button_looks_different_at_rest_hovered_pressed_and_off(shown, kind, theme):
    look.switch(theme)
    button = shown(KeyButton("Volgende", kind=kind, icon="ph.check-circle", key="F9"))
    button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    seen = [pixels(button)]
    hover(button)
    seen.append(pixels(button))
    button.setDown(True)
    seen.append(pixels(button))
    button.setDown(False)
    button.setEnabled(False)
    seen.append(pixels(button))
    assert all(one != other for place, one in enumerate(seen) for other in seen[:place])


def test_a_busy_button_keeps_its_width(shown):
    button = shown(KeyButton("Ticket afdrukken", kind="primary", key="Enter"))
    before = button.sizeHint()
    button.set_busy("Even geduld")
    assert button.sizeHint() == before


@pytest.mark.parametrize("make", [
    lambda: KeyButton("Volgende"),
    lambda: CounterAction("Afronden", icon="ph.check-circle", key="F12"),
    lambda: BigAction("Volgende", icon="ph.megaphone-simple-fill", key="F9"),
    lambda: ToggleChip("Mobiliteit", icon="ph.wheelchair-bold"),
    lambda: ProductTile(FACE),
])  # fmt: skip
def test_enter_and_space_press_every_button(shown, make):
    button, pressed = shown(make()), []
    button.clicked.connect(lambda: pressed.append(True))
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert len(pressed) == 2


@pytest.mark.parametrize("tone", sorted(TONES))
def test_each_chip_is_24_high_and_named(shown, tone):
    chip = shown(Chip("Wacht 12 min", icon="ph.hourglass-medium-bold", tone=tone))
    assert chip.sizeHint().height() == 24
    assert chip.accessibleName() == "Wacht 12 min"


def test_arrows_move_a_segmented_choice_and_clicks_choose(shown):
    choice, chosen = Segmented("Taal", (("nl", "NL"), ("fr", "FR"), ("en", "EN")), value="nl"), []
    shown(choice)
    choice.chosen.connect(chosen.append)
    QTest.keyClick(choice, Qt.Key.Key_Right)
    QTest.keyClick(choice, Qt.Key.Key_Left)
    QTest.mouseClick(choice, Qt.MouseButton.LeftButton, pos=QPoint(choice.width() - 5, 20))
    assert chosen == ["fr", "nl", "en"]
    assert choice.accessibleName() == "Taal: EN"


def test_a_wrong_field_says_how_to_mend_it(shown):
    field = shown(TextField("Gsm"))
    field.show_wrong("Vul 10 cijfers in.")
    assert field._wrong.isVisible()
    field.show_wrong("")
    assert not field._wrong.isVisible()


def test_a_field_is_not_overwritten_while_typing(shown):
    field = shown(TextField("Naam"))
    field.activateWindow()
    field.edit.setFocus()
    QTest.keyClicks(field.edit, "Marl")
    field.set_text("Jan")
    assert field.edit.text() == "Marl"
    field.edit.clearFocus()
    field.set_text("Jan")
    assert field.edit.text() == "Jan"


def test_the_search_field_tells_moves_enter_and_escape(shown):
    field, heard = shown(SearchField("Zoek", placeholder="", clear_name="Wissen")), []
    field.moved.connect(heard.append)
    field.entered.connect(lambda: heard.append("enter"))
    field.cleared.connect(lambda: heard.append("clear"))
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Escape):
        QTest.keyClick(field, key)
    assert heard == [1, -1, "enter", "clear"]


@pytest.mark.parametrize("style", sorted(STYLES))
def test_labels_keep_the_line_height_of_the_design(shown, style):
    label = shown(Label("A014", style))
    assert label.height() == STYLES[style][1]


def test_a_label_that_must_be_whole_shrinks_instead_of_being_cut(shown):
    label = shown(Label("A014", "ticket", shrink=True), width=10)
    label.resize(200, 128)
    assert label._fitting().pixelSize() < 144


def test_text_wraps_and_tells_its_height(shown):
    block = TextBlock("een twee drie vier vijf zes zeven acht negen tien")
    assert block.heightForWidth(100) > block.heightForWidth(1000) == 20


def test_a_tile_shows_why_it_is_closed(shown):
    tile = shown(ProductTile(FACE))
    before = pixels(tile)
    tile.show_face(TileFace(name="Adreswijziging", icon="", key="", closed="gesloten tot 13:30"))
    assert pixels(tile) != before


def test_an_unknown_icon_of_a_town_is_a_question_mark(shown):
    tile = shown(ProductTile(TileFace(name="Iets", icon="fa9.nonsense", key="Ctrl+1")))
    assert not tile.grab().isNull()


def test_bands_and_figures_are_named(shown):
    band = shown(StateBand())
    band.show_state("Opgeroepen, 00:20", icon="ph.megaphone-simple-fill", tone="call", detail="x")
    assert band.accessibleName() == "Opgeroepen, 00:20. x"
    figure = shown(FigureTile("Bediend"))
    figure.show_figure("9")
    assert figure.accessibleName() == "Bediend: 9"


def test_a_message_that_does_not_fit_is_whole_in_its_tooltip(shown):
    toast = Toast("x" * 200, icon="ph.warning-bold", wrong=True, close="Sluiten")
    shown(toast, width=300)
    toast.resize(300, 48)
    toast.grab()
    assert toast.toolTip() == "x" * 200


def test_light_and_dark_have_the_same_names():
    assert tokens("light").keys() == tokens("dark").keys()


def test_the_ring_draws_round_its_target_only_in_its_own_window(shown):
    from ui.widgets.focus_ring import FocusRing
    from ui.widgets.layouts import column

    window = QWidget()
    button, field = KeyButton("Volgende"), TextField("Naam")
    window.setLayout(column(button, field, margins=(20, 20, 20, 20)))
    ring = FocusRing(window)
    shown(window)
    window.activateWindow()
    button.setFocus()
    QApplication.processEvents()
    assert ring.geometry() == button.geometry().adjusted(-4, -4, 4, 4)
    field.edit.setFocus()
    QApplication.processEvents()
    assert not ring.isVisible()


def test_a_block_that_is_laid_out_narrower_than_it_was_made_shows_every_line(qtbot):
    text = "Vingerafdrukken vanaf 12 jaar. Levertermijn gewone procedure: 5 werkdagen."
    block = TextBlock(text)
    scrolled = Scrolled(column(block, STRETCH))
    qtbot.addWidget(scrolled)
    scrolled.resize(397, 200)
    scrolled.show()
    QTest.qWaitForWindowExposed(scrolled)
    assert (block.y(), block.height()) == (0, 40)
