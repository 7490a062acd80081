"""What the slips of the busy hour promise."""

from datetime import timedelta

from loket.catalogue.offer import Offers
from loket.queue.forecaster import Forecaster, SiteForecast
from loket.store.work import Store

_RENEWED = timedelta(minutes=4)


class Waits:
    """The forecasts of a running server, some minutes old at most."""

    def __init__(self, store: Store, offers: Offers) -> None:
        self._maker = Forecaster(store, offers, lambda _site, _waits: None)
        self._clock = store.clock
        self._latest: dict[str, SiteForecast] = {}

    def of(self, site_id: str) -> SiteForecast | None:
        found = self._latest.get(site_id)
        if found is None or self._clock.now() - found.made_at >= _RENEWED:
            found = self._latest[site_id] = self._maker.make(site_id)
        return found
