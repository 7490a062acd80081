"""The conversation with citizens: live acts."""

from fastapi import APIRouter, Response

from loket.reports.messages.following import (
    LettersToPost,
    MakePromise,
    NoteAnswer,
    NoteAttempt,
    NoteReport,
    PostedLetters,
    Reply,
)
from loket.reports.messages.taking import Report
from loket.reports.routes.within import Within
from loket.reports.usecases import talking
from loket.web.acting import Live
from loket.wire.base import Id

router = APIRouter()


@router.post("/reports/{report_id}/reply", operation_id="reply_report", response_model=Report)
def reply(report_id: Id, body: Reply, act: Live, within: Within) -> Response:
    """Answer or ask."""
    return act.once(body, lambda work: talking.reply(work, within.offer(work), report_id, body))


@router.post("/reports/{report_id}/note", operation_id="note_report", response_model=Report)
def note_report(report_id: Id, body: NoteReport, act: Live, within: Within) -> Response:
    """An internal note."""
    return act.once(
        body, lambda work: talking.note_report(work, within.offer(work), report_id, body)
    )


@router.post("/reports/{report_id}/answer", operation_id="note_answer", response_model=Report)
def note_answer(report_id: Id, body: NoteAnswer, act: Live, within: Within) -> Response:
    """What a citizen said or wrote back."""
    return act.once(
        body, lambda work: talking.note_answer(work, within.offer(work), report_id, body)
    )


@router.post("/reports/{report_id}/attempt", operation_id="note_attempt", response_model=Report)
def note_attempt(report_id: Id, body: NoteAttempt, act: Live, within: Within) -> Response:
    """Tried to reach somebody by telephone."""
    return act.once(
        body, lambda work: talking.note_attempt(work, within.offer(work), report_id, body)
    )


@router.post("/reports/{report_id}/promise", operation_id="make_promise", response_model=Report)
def make_promise(report_id: Id, body: MakePromise, act: Live, within: Within) -> Response:
    """Somebody is promised to be called back."""
    return act.once(
        body, lambda work: talking.make_promise(work, within.offer(work), report_id, body)
    )


@router.post("/report-letters/posted", operation_id="post_letters", response_model=LettersToPost)
def post_letters(body: PostedLetters, act: Live, within: Within) -> Response:
    """These were given to the post."""
    return act.once(body, lambda work: talking.post_letters(work, within.offer(work), body))
