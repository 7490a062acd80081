"""The map over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Header, Request, Response

from loket.channels.tiles import NoPicture, TileServer
from loket.geography.messages import TilesThere, TownMap
from loket.geography.queries import Places
from loket.geography.rules.tiles import NoTiles, Tile, TilesAway, check_tile
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


@router.get("/map-tiles", operation_id="map_tiles", response_model=TilesThere, responses=PROBLEMS)
def map_tiles(request: Request, asks: Asks) -> Response:
    """Whether there is a tile server behind this one."""
    tiles: TileServer | None = request.app.state.tiles
    credit = tiles.credit if tiles else ""
    return asks.answer(lambda _reads, _person: TilesThere(there=tiles is not None, credit=credit))


@router.get("/map-tiles/{zoom}/{column}/{row}", operation_id="map_tile", responses=PROBLEMS)
def map_tile(request: Request, asks: Asks, zoom: int, column: int, row: int) -> Response:
    """One square of the map, fetched for the desk: a desk needs no way to the outside."""
    tiles: TileServer | None = request.app.state.tiles
    places: Places = request.app.state.places
    tile = Tile(zoom, column, row)
    town = asks.read(lambda reads, _person: places.now(reads).box)
    if tiles is None:
        raise NoTiles
    check_tile(tile, town)
    try:
        found = tiles.fetch(zoom, column, row)
    except NoPicture as error:
        raise TilesAway from error
    return Response(
        found.content,
        media_type=found.media_type,
        headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=86400"},
    )
