"""Displays from the desk's side: all of it live, by somebody who stands before the screen."""

from loket.displays.messages import (
    Display,
    DisplayDetails,
    Displays,
    PairDisplay,
    SetSiteMessage,
    SiteMessageNow,
)
from loket.link.http import Request, ServerLink
from loket.link.live import LiveActs
from loket.link.session import Session


class DisplaysGateway:
    """Typed calls about the screens in waiting rooms."""

    def __init__(self, link: ServerLink, session: Session, *, live: LiveActs) -> None:
        self._link = link
        self._session = session
        self._live = live

    def displays(self) -> Displays:
        request = Request.get("/displays", Displays)
        return self._link.call(request.with_headers(self._session.bearer()))

    def pair(self, command: PairDisplay) -> Display:
        """Make the screen that shows ``command.code`` a display."""
        return self._live.perform(Request.post("/displays", Display, command))

    def change(self, display_id: str, details: DisplayDetails) -> Display:
        return self._live.perform(Request.put(f"/displays/{display_id}", Display, details))

    def revoke(self, display_id: str) -> Display:
        path = f"/displays/{display_id}/revoke"
        return self._live.perform(Request.post(path, Display))

    def site_message(self, site_id: str) -> SiteMessageNow:
        request = Request.get(f"/sites/{site_id}/message", SiteMessageNow)
        return self._link.call(request.with_headers(self._session.bearer()))

    def set_site_message(self, site_id: str, command: SetSiteMessage) -> SiteMessageNow:
        path = f"/sites/{site_id}/message"
        return self._live.perform(Request.put(path, SiteMessageNow, command))

    def clear_site_message(self, site_id: str) -> SiteMessageNow:
        path = f"/sites/{site_id}/message/clear"
        return self._live.perform(Request.post(path, SiteMessageNow))
