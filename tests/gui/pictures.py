"""A small photo in bytes."""

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage


def a_picture():
    image = QImage(160, 120, QImage.Format.Format_RGB32)
    image.fill(QColor("#7a9a5a"))
    out = QBuffer()
    out.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(out, "PNG")
    return bytes(out.data())
