"""PySide6 6.12.0 loses a reference to True or None per emitted signal and aborts; ours must not."""

import sys

from PySide6.QtCore import QObject, Signal


class Emitter(QObject):
    told = Signal(object)


def test_emitting_keeps_reference_counts(qapp):
    emitter, heard = Emitter(), []
    emitter.told.connect(heard.append)
    before = sys.getrefcount(True), sys.getrefcount(None)
    for _ in range(100):
        emitter.told.emit(True)
        emitter.told.emit(None)
    heard.clear()
    after = sys.getrefcount(True), sys.getrefcount(None)
    assert abs(after[0] - before[0]) < 50
    assert abs(after[1] - before[1]) < 50
