"""The catalogue over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Header, Request, Response

from loket.catalogue.messages import Catalogue
from loket.web.asking import Asks, json_of
from loket.web.problems import PROBLEMS

router = APIRouter(tags=["catalogue"])


@router.get(
    "/catalogue",
    operation_id="catalogue",
    response_model=Catalogue,
    responses={304: {"description": "Unchanged"}, 401: PROBLEMS[401]},
)
def catalogue(
    request: Request, asks: Asks, if_none_match: Annotated[str | None, Header()] = None
) -> Response:
    """All the town offers, in one answer; its version is its ETag."""
    found = asks.read(lambda reads, _person: request.app.state.offers.now(reads).catalogue)
    tag = f'"{found.version}"'
    if if_none_match == tag:
        return Response(status_code=304, headers={"ETag": tag})
    return json_of(found, {"ETag": tag})
