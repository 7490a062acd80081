"""What acts on reports need of the application."""

from typing import Annotated

from fastapi import Depends, Request

from loket.catalogue.offer import Offer
from loket.reports.usecases.locating import Locate
from loket.store.work import Work


class Rooms:
    """The offer of the moment, and the map of the town."""

    def __init__(self, request: Request) -> None:
        self._state = request.app.state

    def offer(self, work: Work) -> Offer:
        offer: Offer = self._state.offers.now(work.connection)
        return offer

    @property
    def locate(self) -> Locate:
        locate: Locate = self._state.locate
        return locate


async def rooms(request: Request) -> Rooms:
    return Rooms(request)


Within = Annotated[Rooms, Depends(rooms)]
