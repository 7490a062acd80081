"""The map over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Header, Request, Response

from loket.geography.messages import TownMap
from loket.geography.queries import Places
from loket.web.asking import Asks, json_of
from loket.web.problems import PROBLEMS

router = APIRouter(tags=["geography"])


@router.get(
    "/town-map",
    operation_id="town_map",
    response_model=TownMap,
    responses={304: {"description": "Unchanged"}, 401: PROBLEMS[401]},
)
def town_map(
    request: Request, asks: Asks, if_none_match: Annotated[str | None, Header()] = None
) -> Response:
    """Streets, addresses and areas of the town, in one answer; its version is its ETag."""
    places: Places = request.app.state.places
    found = asks.read(lambda reads, _person: places.now(reads).map)
    tag = f'"{found.version}"'
    if if_none_match == tag:
        return Response(status_code=304, headers={"ETag": tag})
    return json_of(found, {"ETag": tag})
