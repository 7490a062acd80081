"""The fonts that set-up cut: four true weights of one family, under a name of their own."""

from PySide6.QtGui import QFontDatabase

from loket.kit.paths import FONTS
from ui.theme import look


def test_one_family_has_four_true_weights(qapp):
    look.load_fonts()
    styles = QFontDatabase.styles(look.FAMILY)
    weights = {QFontDatabase.weight(look.FAMILY, style) for style in styles}
    assert weights == {400, 500, 600, 700}


def test_the_licence_travels_along_and_its_reserved_name_is_not_used():
    from fontTools.ttLib import TTFont

    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text(encoding="utf-8").upper()
    for file in FONTS.glob("LoketSans-*.ttf"):
        with TTFont(file) as font:
            named = {font["name"].getDebugName(number) or "" for number in (1, 3, 4, 6, 16)}
        assert not any("Plex" in name for name in named)


def test_figures_are_equally_wide(qapp):
    from PySide6.QtGui import QFontMetricsF

    look.load_fonts()
    metrics = QFontMetricsF(look.font(64, 700))
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1
