"""The look of the running application: one theme at a time, switched live."""

from functools import lru_cache

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from loket.kit.paths import FONTS
from ui.theme.style import style_sheet
from ui.theme.tokens import tokens

FAMILY = "Loket Sans"
_PALETTE = {
    QPalette.ColorRole.Window: "bg",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "surface2",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "text3",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.ToolTipBase: "text",
    QPalette.ColorRole.ToolTipText: "surface",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Link: "accent",
}


class _Look:
    """Which theme is on; one per process, as the style sheet is."""

    theme = "light"


_look = _Look()


def load_fonts() -> None:
    """Make the cut fonts known; missing ones leave the platform's own font."""
    for file in sorted(FONTS.glob("LoketSans-*.ttf")):
        QFontDatabase.addApplicationFont(str(file))


def apply(app: QApplication, theme: str) -> None:
    """Dress the whole application, once or again."""
    _look.theme = theme
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setPalette(_palette())
    app.setFont(font(14))
    app.setStyleSheet(style_sheet(tokens(theme)))


def switch(theme: str) -> None:
    """Dress the application that runs."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        apply(app, theme)


def theme() -> str:
    return _look.theme


def colour(name: str) -> QColor:
    """A colour of the theme that is on."""
    return _colour(_look.theme, name)


@lru_cache(maxsize=256)
def _colour(theme: str, name: str) -> QColor:
    return QColor(tokens(theme)[name])


@lru_cache(maxsize=64)
def font(size: int, weight: int = 400, tracking: float = 0) -> QFont:
    """The house font by pixels and weight; nobody changes the font that is returned."""
    made = QFont(FAMILY)
    made.setPixelSize(size)
    made.setWeight(QFont.Weight(weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if tracking:
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, tracking)
    return made


def _palette() -> QPalette:
    palette = QPalette()
    for role, name in _PALETTE.items():
        palette.setColor(role, colour(name))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, colour("disabled_fg"))
    return palette
