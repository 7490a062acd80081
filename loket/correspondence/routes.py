"""Outgoing messages and their templates over HTTP."""

from collections.abc import Callable
from typing import Annotated, TypeVar

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel
from sqlalchemy import Connection

from loket.catalogue.offer import Offer
from loket.correspondence.messages import (
    ChangeTemplate,
    MessagePage,
    MessagesAsked,
    MessageTemplate,
    MessageTemplates,
    OutgoingMessage,
    ResetTemplate,
    SendAgain,
)
from loket.correspondence.queries import read_message, read_messages, read_templates
from loket.correspondence.usecases import deciding, templates
from loket.staff.rules import Permission
from loket.store.errors import MayNot
from loket.store.work import Actor
from loket.web.acting import Live
from loket.web.asking import Asks
from loket.web.problems import PROBLEMS
from loket.wire.base import Id, WireIn

router = APIRouter(tags=["correspondence"], responses=PROBLEMS)
Found = TypeVar("Found", bound=BaseModel)


class Withdraw(WireIn):
    """An empty request."""


def _seen(
    request: Request, find: Callable[[Connection, Offer, Actor], Found]
) -> Callable[[Connection, Actor], Found]:
    offers = request.app.state.offers

    def read(reads: Connection, person: Actor) -> Found:
        _allow(person, Permission.SEE_MESSAGES)
        return find(reads, offers.now(reads), person)

    return read


def _allow(person: Actor, permission: Permission) -> None:
    if permission not in person.permissions:
        raise MayNot(permission=permission)


@router.get("/messages", operation_id="messages", response_model=MessagePage)
def messages(request: Request, asks: Asks, asked: Annotated[MessagesAsked, Query()]) -> Response:
    """What goes out to citizens, page by page, and how much of it asks for attention."""
    now = request.app.state.store.clock.now()
    return asks.answer(
        _seen(request, lambda reads, offer, person: read_messages(reads, offer, person, asked, now))
    )


@router.get("/messages/{message_id}", operation_id="message", response_model=OutgoingMessage)
def message(message_id: Id, request: Request, asks: Asks) -> Response:
    """One message and where it stands."""
    return asks.answer(
        _seen(request, lambda reads, offer, person: read_message(reads, offer, person, message_id))
    )


@router.post(
    "/messages/{message_id}/send-again",
    operation_id="send_message_again",
    response_model=OutgoingMessage,
)
def send_again(message_id: Id, body: SendAgain, request: Request, act: Live) -> Response:
    """Put a message in the post once more, to another address where the old one was wrong."""
    offers = request.app.state.offers
    return act.once(
        body,
        lambda work: deciding.send_again(work, offers.now(work.connection), message_id, body),
    )


@router.post(
    "/messages/{message_id}/withdraw",
    operation_id="withdraw_message",
    response_model=OutgoingMessage,
)
def withdraw(message_id: Id, request: Request, act: Live) -> Response:
    """Never send it."""
    offers = request.app.state.offers
    return act.once(
        Withdraw(),
        lambda work: deciding.withdraw_message(work, offers.now(work.connection), message_id),
    )


@router.get("/message-templates", operation_id="message_templates", response_model=MessageTemplates)
def message_templates(asks: Asks) -> Response:
    """Every text there is, the town's own and the usual ones."""

    def read(reads: Connection, person: Actor) -> MessageTemplates:
        _allow(person, Permission.MANAGE_TEMPLATES)
        return read_templates(reads)

    return asks.answer(read)


@router.put(
    "/message-templates", operation_id="change_message_template", response_model=MessageTemplate
)
def change_template(body: ChangeTemplate, request: Request, act: Live) -> Response:
    """Give a message a text of the town's own."""
    offers = request.app.state.offers
    return act.once(
        body, lambda work: templates.change_template(work, offers.now(work.connection), body)
    )


@router.post(
    "/message-templates/reset",
    operation_id="reset_message_template",
    response_model=MessageTemplate,
)
def reset_template(body: ResetTemplate, act: Live) -> Response:
    """Back to the usual text."""
    return act.once(body, lambda work: templates.reset_template(work, body))
