"""The room in which reports are taken down, in the whole window."""

from tests.gui import stub_reports as there
from tests.gui.hands import Hands
from tests.gui.stub_desk import StubDesk
from ui.core.actions import ScreenId


class ReportsTown(StubDesk):
    """Somebody who may take reports down signs in."""

    def __init__(self):
        super().__init__("onthaal-1", now=there.NOW)

    def sign_in(self, username, password):
        session = super().sign_in(username, password)
        permissions = [*session.user.permissions, "report.take"]
        user = session.user.model_copy(update={"permissions": permissions})
        self.session = session.model_copy(update={"user": user})
        return self.session


class Place(Hands):
    def __init__(self, workplace, desk):
        self.workplace, self.desk = workplace, desk

    @property
    def window(self):
        return self.workplace.window

    @property
    def screen(self):
        return self.window.opened(ScreenId.REPORTS).taking

    @property
    def model(self):
        return self.workplace._rooms[ScreenId.REPORTS].taking
