"""Photos and files of reports over HTTP."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import Connection, select

from loket.reports.messages.following import Attachment
from loket.reports.messages.taking import AttachFile
from loket.reports.queries.files import ATTACHMENT, CONTENT
from loket.reports.queries.hiding import sight_of
from loket.reports.queries.reports import REPORT
from loket.reports.routes.within import Within
from loket.reports.rules.attachments import UnknownAttachment
from loket.reports.usecases import attaching
from loket.store.work import Actor
from loket.web.acting import Deferrable
from loket.web.asking import Asks
from loket.wire.base import Id

router = APIRouter()
_FILE = (
    select(ATTACHMENT, CONTENT, REPORT.c.department_id, REPORT.c.counter_id)
    .join(CONTENT, CONTENT.c.attachment_id == ATTACHMENT.c.id)
    .join(REPORT, REPORT.c.id == ATTACHMENT.c.report_id)
)


@router.post(
    "/reports/{report_id}/attachments",
    operation_id="attach_file",
    response_model=Attachment,
    status_code=201,
)
def attach_file(report_id: Id, body: AttachFile, act: Deferrable, within: Within) -> Response:
    """Add a photo or a PDF, base64 in JSON: so it stands in a desk's outbox like any other act."""
    kept = attaching.readable(body)
    return act.once(
        body,
        lambda work: attaching.attach_file(work, within.offer(work), report_id, body, kept),
        status=201,
    )


@router.get("/report-attachments/{attachment_id}", operation_id="attachment")
def attachment(
    request: Request,
    attachment_id: Id,
    asks: Asks,
    *,
    small: Annotated[bool, Query(description="A small picture of it")] = False,
) -> Response:
    """The bytes; never shown by a browser as a page of ours."""

    def read(connection: Connection, person: Actor) -> Any:
        row = connection.execute(_FILE.where(ATTACHMENT.c.id == attachment_id)).one_or_none()
        sight = sight_of(person, request.app.state.offers.now(connection))
        if row is None or not sight.sees(row.department_id, row.counter_id):
            raise UnknownAttachment(attachment=attachment_id)
        if small and row.thumbnail is None:
            raise UnknownAttachment(attachment=attachment_id)
        return row

    row = asks.read(read)
    return Response(
        row.thumbnail if small else row.content,
        media_type="image/jpeg" if small else row.media_type,
        headers={
            "Content-Disposition": "attachment",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, max-age=3600",
        },
    )
