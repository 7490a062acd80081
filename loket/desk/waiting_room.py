"""The screens of the waiting rooms, as a supervisor's desk handles them."""

from loket.desk.presence import Presence
from loket.displays.gateway import DisplaysGateway
from loket.displays.messages import (
    Display,
    DisplayDetails,
    Displays,
    PairDisplay,
    SetSiteMessage,
    SiteMessageNow,
)


class WaitingRoom:
    """All of it live: who does it stands before the screen. Calls block, as those of the desk."""

    def __init__(self, presence: Presence, gateway: DisplaysGateway) -> None:
        self._presence = presence
        self._gateway = gateway

    def displays(self) -> Displays:
        with self._presence.as_somebody():
            return self._gateway.displays()

    def pair(self, command: PairDisplay) -> Display:
        """Make the screen that shows ``command.code`` a display of this site, or of another."""
        with self._presence.as_somebody():
            return self._gateway.pair(command)

    def change(self, display_id: str, details: DisplayDetails) -> Display:
        with self._presence.as_somebody():
            return self._gateway.change(display_id, details)

    def revoke(self, display_id: str) -> Display:
        with self._presence.as_somebody():
            return self._gateway.revoke(display_id)

    def message(self, site_id: str) -> SiteMessageNow:
        with self._presence.as_somebody():
            return self._gateway.site_message(site_id)

    def say(self, site_id: str, command: SetSiteMessage) -> SiteMessageNow:
        """Say something at the foot of a site's displays."""
        with self._presence.as_somebody():
            return self._gateway.set_site_message(site_id, command)

    def say_nothing(self, site_id: str) -> SiteMessageNow:
        """Go back to the usual sentence."""
        with self._presence.as_somebody():
            return self._gateway.clear_site_message(site_id)
