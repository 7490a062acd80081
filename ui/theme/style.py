"""The style sheet: only what is not painted by the widgets of the house themselves."""

from string import Template

_SHEET = Template(
    """
QMainWindow, QWidget#page, QWidget#sign_in { background: $bg; }
QWidget[ground="surface"] { background: $surface; }
QFrame[card="plain"] { background: $surface; border: 1px solid $border; border-radius: 10px; }
QFrame[card="over"] {
  background: $surface; border: 1px solid $border_strong; border-radius: 10px;
}
QFrame[card="advice"] {
  background: $accent_tint; border: 1px solid $accent_line; border-radius: 10px;
}
QFrame[card="note"] { background: $surface3; border: none; border-radius: 8px; }
QFrame[edge="left"] { background: $surface; border: none; border-left: 1px solid $border; }
QFrame[edge="right"] { background: $surface; border: none; border-right: 1px solid $border; }
QFrame[edge="top"] { background: $surface; border: none; border-top: 1px solid $border; }
QFrame[edge="bottom"] { background: $surface; border: none; border-bottom: 1px solid $border; }
QFrame[rule="true"] { background: $border; border: none; }
QLineEdit {
  placeholder-text-color: $text3;
  background: $surface; color: $text; border: 1px solid $border_strong; border-radius: 8px;
  padding: 0 11px; selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit:hover { border-color: $text2; }
QLineEdit:focus { border: 2px solid $focus; padding: 0 10px; }
QLineEdit:disabled { background: $disabled_bg; border-color: $done_line; color: $text3; }
QPlainTextEdit {
  background: $surface; color: $text; border: 1px solid $border_strong; border-radius: 8px;
  padding: 7px; selection-background-color: $accent; selection-color: $on_accent;
}
QPlainTextEdit:focus { border: 2px solid $focus; padding: 6px; }
QPlainTextEdit[wrong="true"] { border: 2px solid $late_fg; padding: 6px; }
QPlainTextEdit[form="bare"] { border: 2px solid $surface; border-radius: 8px; padding: 6px; }
QPlainTextEdit[form="bare"]:focus { border: 2px solid $focus; }
QListView { background: transparent; border: none; outline: none; }
QLineEdit[wrong="true"] { border: 2px solid $late_fg; padding: 0 34px 0 10px; }
QLineEdit[form="search"] { border-radius: 10px; padding: 0 48px 0 53px; }
QLineEdit[form="search"]:focus { padding: 0 47px 0 52px; }
QLineEdit[form="omnibox"] { padding: 0 100px 0 39px; placeholder-text-color: $text2; }
QLineEdit[form="omnibox"]:focus { padding: 0 99px 0 38px; }
QScrollArea, QScrollArea > QWidget > QWidget#scrolled { background: transparent; border: none; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle:horizontal {
  background: $done_line; border-radius: 3px; min-width: 32px; margin: 2px;
}
QScrollBar::add-line:horizontal, QScrollBar::sub-line:horizontal { width: 0; }
QScrollBar::add-page:horizontal, QScrollBar::sub-page:horizontal { background: transparent; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar::handle:vertical {
  background: $done_line; border-radius: 3px; min-height: 32px; margin: 2px;
}
QScrollBar::add-line:vertical, QScrollBar::sub-line:vertical { height: 0; }
QScrollBar::add-page:vertical, QScrollBar::sub-page:vertical { background: transparent; }
QComboBox, QDateEdit, QTimeEdit, QSpinBox {
  background: $surface; color: $text; border: 1px solid $border_strong; border-radius: 8px;
  padding: 0 8px 0 12px;
}
QComboBox:hover, QDateEdit:hover, QTimeEdit:hover, QSpinBox:hover { border-color: $text2; }
QComboBox:focus, QDateEdit:focus, QTimeEdit:focus, QSpinBox:focus {
  border: 2px solid $focus; padding: 0 7px 0 11px;
}
QComboBox:disabled, QDateEdit:disabled, QTimeEdit:disabled, QSpinBox:disabled {
  background: $disabled_bg; border-color: $done_line; color: $text3;
}
QSpinBox::up-button, QSpinBox::down-button, QTimeEdit::up-button, QTimeEdit::down-button {
  width: 0; border: none;
}
QComboBox::drop-down, QDateEdit::drop-down { border: none; width: 28px; }
QComboBox QAbstractItemView {
  background: $surface; color: $text; border: 1px solid $border; padding: 4px;
  selection-background-color: $accent_tint; selection-color: $text;
}
QTableView {
  background: $surface; color: $text; border: none; border-radius: 10px;
  selection-background-color: $accent_tint; selection-color: $text;
}
QTableView::item { border-bottom: 1px solid $border; padding: 0 12px; }
QHeaderView { background: $surface2; border: none; border-top-left-radius: 10px; }
QHeaderView::section {
  background: $surface2; color: $text2; border: none; border-bottom: 1px solid $border;
  padding: 0 12px; font-size: 13px; font-weight: 600;
}
QHeaderView::section:hover { background: $hover; }
QTableCornerButton::section { background: $surface2; border: none; }
QProgressBar { background: $surface3; border: none; border-radius: 4px; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }
QMenu {
  background: $surface; color: $text; border: 1px solid $border; border-radius: 8px; padding: 4px;
}
QMenu::item { padding: 8px 24px 8px 12px; border-radius: 6px; }
QMenu::item:selected { background: $accent_tint; }
QMenu::separator { height: 1px; background: $border; margin: 4px 8px; }
QToolTip { background: $text; color: $surface; border: none; padding: 4px 8px; }
"""
)


def style_sheet(tokens: dict[str, str]) -> str:
    return _SHEET.substitute(tokens)
