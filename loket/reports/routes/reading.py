"""Reports, read: lists, files, what is alike, and how the town arranged them."""

from collections.abc import Callable
from typing import Annotated, TypeVar

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel
from sqlalchemy import Connection

from loket.catalogue.offer import Offer
from loket.kit.clock import local_day
from loket.reports.messages.following import (
    Counts,
    LettersToPost,
    Promises,
    ReplyTemplates,
    ReportFile,
    ReportPage,
    ReportsAsked,
)
from loket.reports.messages.handing import Colleagues
from loket.reports.messages.suggesting import SuggestAsked, Suggestions
from loket.reports.messages.taking import Arrangements, LikeAsked, LikeReports, Report
from loket.reports.queries import arrangements as arranged
from loket.reports.queries.colleagues import read_colleagues
from loket.reports.queries.counts import read_counts
from loket.reports.queries.files import read_file
from loket.reports.queries.hiding import Sight, sight_of
from loket.reports.queries.letters import read_letters, read_promises
from loket.reports.queries.like import read_like
from loket.reports.queries.lists import read_page
from loket.reports.queries.reports import find_report
from loket.reports.suggesting.asking import Suggesting
from loket.staff.rules import Permission
from loket.store.errors import MayNot
from loket.store.work import Actor
from loket.web.asking import Asks, store_of
from loket.wire.base import Id, Moment

router = APIRouter()
Answer = TypeVar("Answer", bound=BaseModel)


def _seen(
    request: Request, asks: Asks, read: Callable[[Connection, Sight, Actor], Answer]
) -> Response:
    """What a person may read of reports."""

    def find(connection: Connection, person: Actor) -> Answer:
        if Permission.TAKE_REPORT not in person.permissions:
            raise MayNot(permission=Permission.TAKE_REPORT)
        sight = sight_of(person, request.app.state.offers.now(connection))
        return read(connection, sight, person)

    return asks.answer(find)


@router.get("/report-arrangements", operation_id="report_arrangements", response_model=Arrangements)
def arrangements(asks: Asks) -> Response:
    """Categories, parties and terms: what a desk needs to go on alone."""
    return asks.answer(lambda connection, _person: arranged.read_arrangements(connection))


@router.post("/report-searches", operation_id="reports", response_model=ReportPage)
def reports(request: Request, body: ReportsAsked, asks: Asks) -> Response:
    """A page of the list; a POST because a filter names people."""
    today = local_day(store_of(request).clock.now())
    return _seen(
        request,
        asks,
        lambda connection, sight, person: read_page(
            connection, sight, body, today=today, user_id=person.user_id
        ),
    )


@router.get("/report-counts", operation_id="report_counts", response_model=Counts)
def counts(request: Request, asks: Asks) -> Response:
    """How many reports each view shows."""
    today = local_day(store_of(request).clock.now())
    return _seen(
        request,
        asks,
        lambda connection, _sight, person: read_counts(
            connection,
            today=today,
            user_id=person.user_id,
            departments=_departments(request, connection, person),
        ),
    )


def _departments(request: Request, connection: Connection, person: Actor) -> set[str]:
    """Whose work somebody can do here; what no department has (``""``) is the coordinator's."""
    if Permission.HANDLE_REPORT not in person.permissions:
        return set()
    offer: Offer = request.app.state.offers.now(connection)
    own = offer.departments_at(person.counter_id)
    return own | {""} if Permission.DISPATCH_REPORT in person.permissions else own


@router.post("/report-likenesses", operation_id="like_reports", response_model=LikeReports)
def like_reports(request: Request, body: LikeAsked, asks: Asks) -> Response:
    """What may be about the same, while it is being typed."""
    now = store_of(request).clock.now()
    return _seen(
        request, asks, lambda connection, sight, _person: read_like(connection, sight, body, now)
    )


@router.post("/report-suggestions", operation_id="suggest_categories", response_model=Suggestions)
def suggestions(request: Request, body: SuggestAsked, asks: Asks) -> Response:
    """Which category a text may be about, while it is being typed."""
    suggesting: Suggesting = request.app.state.suggesting
    return _seen(
        request,
        asks,
        lambda connection, _sight, _person: suggesting.suggest(connection, body.text),
    )


@router.get("/reports", operation_id="find_report", response_model=Report)
def find(
    request: Request, asks: Asks, reference: Annotated[str, Query(min_length=3, max_length=16)]
) -> Response:
    """By reference or barcode."""
    return _seen(
        request,
        asks,
        lambda connection, sight, _person: find_report(connection, sight, reference.upper()),
    )


@router.get("/reports/{report_id}", operation_id="report_file", response_model=ReportFile)
def file(request: Request, report_id: Id, asks: Asks) -> Response:
    """A report with everything that is known of it."""
    today = local_day(store_of(request).clock.now())
    return _seen(
        request,
        asks,
        lambda connection, sight, person: read_file(
            connection, sight, report_id, today=today, permissions=person.permissions
        ),
    )


@router.get(
    "/reports/{report_id}/colleagues", operation_id="report_colleagues", response_model=Colleagues
)
def colleagues(request: Request, report_id: Id, asks: Asks) -> Response:
    """Who may get a report in their hands."""

    def read(connection: Connection, sight: Sight, person: Actor) -> Colleagues:
        if Permission.HANDLE_REPORT not in person.permissions:
            raise MayNot(permission=Permission.HANDLE_REPORT)
        offer = request.app.state.offers.now(connection)
        return read_colleagues(connection, offer, sight, report_id)

    return _seen(request, asks, read)


@router.get("/report-letters", operation_id="report_letters", response_model=LettersToPost)
def letters(request: Request, asks: Asks) -> Response:
    """Replies on paper that nobody posted yet."""
    return _seen(request, asks, lambda connection, sight, _person: read_letters(connection, sight))


@router.get("/report-promises", operation_id="report_promises", response_model=Promises)
def promises(request: Request, asks: Asks, until: Moment) -> Response:
    """Who must be called back before a moment."""
    return _seen(
        request,
        asks,
        lambda connection, sight, _person: read_promises(connection, sight, until),
    )


@router.get(
    "/report-reply-templates", operation_id="reply_templates", response_model=ReplyTemplates
)
def reply_templates(asks: Asks) -> Response:
    """Replies that stand ready."""
    return asks.answer(lambda connection, _person: arranged.read_reply_templates(connection))
