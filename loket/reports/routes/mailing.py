"""Mail that found no file: read, and settled live."""

from fastapi import APIRouter, Request, Response
from sqlalchemy import Connection

from loket.reports.messages.mailing import LinkMail, LooseMails, PutMailAside, RegisterMail
from loket.reports.messages.taking import Registered, Report
from loket.reports.queries.hiding import sight_of
from loket.reports.queries.mails import read_loose
from loket.reports.routes.within import Within
from loket.reports.usecases.mailing import settling
from loket.staff.rules import Permission
from loket.store.errors import MayNot
from loket.store.work import Actor
from loket.web.acting import Live
from loket.web.asking import Asks, store_of
from loket.wire.base import Id

router = APIRouter()


@router.get("/report-mails", operation_id="loose_mails", response_model=LooseMails)
def loose_mails(request: Request, asks: Asks) -> Response:
    """Mail that somebody has to look at."""

    def find(connection: Connection, person: Actor) -> LooseMails:
        if Permission.TAKE_REPORT not in person.permissions:
            raise MayNot(permission=Permission.TAKE_REPORT)
        return read_loose(connection, sight_of(person, request.app.state.offers.now(connection)))

    return asks.answer(find)


def _reread(request: Request, mail_id: str) -> settling.Reread:
    with store_of(request).glancing() as connection:
        return settling.reread(connection, mail_id)


@router.post("/report-mails/{mail_id}/link", operation_id="link_mail", response_model=Report)
def link_mail(mail_id: Id, body: LinkMail, request: Request, act: Live, within: Within) -> Response:
    """It belongs with a report."""
    again = _reread(request, mail_id)
    return act.once(
        body, lambda work: settling.link_mail(work, within.offer(work), mail_id, body, again)
    )


@router.post(
    "/report-mails/{mail_id}/register",
    operation_id="register_mail",
    response_model=Registered,
    status_code=201,
)
def register_mail(
    mail_id: Id, body: RegisterMail, request: Request, act: Live, within: Within
) -> Response:
    """It is a new report."""
    again = _reread(request, mail_id)
    return act.once(
        body,
        lambda work: settling.register_mail(
            work, within.offer(work), within.locate, mail_id, body, again
        ),
        status=201,
    )


@router.post(
    "/report-mails/{mail_id}/aside", operation_id="put_mail_aside", response_model=LooseMails
)
def put_mail_aside(mail_id: Id, body: PutMailAside, act: Live, within: Within) -> Response:
    """Nothing is done with it, and why."""
    return act.once(
        body, lambda work: settling.put_mail_aside(work, within.offer(work), mail_id, body)
    )
