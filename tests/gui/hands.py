"""The hands of a clerk on the keys of a whole window."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication


class Hands:
    """What has a ``window`` can be typed at."""

    def press(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(self.window.windowHandle(), key, modifiers)
        QApplication.processEvents()

    def type(self, text):
        for sign in text:
            QTest.keyClick(self.window.windowHandle(), sign)
        QApplication.processEvents()
