"""How reports are arranged, over HTTP: read whole, changed part by part; all of it live."""

from fastapi import APIRouter, Request, Response
from sqlalchemy import Connection

from loket.kit.clock import local_day
from loket.reports.messages.arranging import (
    ArrangedCategory,
    ArrangedParty,
    RegulationOf,
    ReportSettings,
    RuleList,
    Rules,
    RulesPreview,
    SeenArrangement,
    SetCategory,
    SetParty,
    SetRegulation,
    SetReply,
    SetRules,
)
from loket.reports.messages.following import ReplyTemplate, ReplyTemplates
from loket.reports.queries.settings import preview_rules, read_settings
from loket.reports.routes.within import Within
from loket.reports.rules.kinds import ReportKind
from loket.reports.usecases.arranging import categories, dispatch, parties, replies, terms
from loket.staff.rules import Permission
from loket.store.errors import MayNot
from loket.store.work import Actor
from loket.web.acting import Live
from loket.web.asking import Asks, store_of
from loket.wire.base import Id

router = APIRouter()


def _allow(person: Actor) -> None:
    if Permission.ARRANGE_REPORTS not in person.permissions:
        raise MayNot(permission=Permission.ARRANGE_REPORTS)


@router.get("/report-settings", operation_id="report_settings", response_model=ReportSettings)
def report_settings(asks: Asks) -> Response:
    """Rules, terms, categories, parties and ready replies."""

    def read(connection: Connection, person: Actor) -> ReportSettings:
        _allow(person)
        return read_settings(connection)

    return asks.answer(read)


@router.post(
    "/report-rules/preview", operation_id="preview_report_rules", response_model=RulesPreview
)
def preview(request: Request, body: RuleList, asks: Asks) -> Response:
    """What rules would have done with the reports of last month; nothing is kept."""
    today = local_day(store_of(request).clock.now())

    def read(connection: Connection, person: Actor) -> RulesPreview:
        _allow(person)
        return preview_rules(connection, body.rules, today)

    return asks.answer(read)


@router.put("/report-rules", operation_id="set_report_rules", response_model=Rules)
def set_rules(body: SetRules, act: Live, within: Within) -> Response:
    """The whole list, in order."""
    return act.once(body, lambda work: dispatch.set_rules(work, within.offer(work), body))


@router.put(
    "/report-regulations/{kind}", operation_id="set_report_terms", response_model=RegulationOf
)
def set_regulation(kind: ReportKind, body: SetRegulation, act: Live, within: Within) -> Response:
    """Other terms, for reports that are registered from now on."""
    return act.once(body, lambda work: terms.set_regulation(work, within.offer(work), kind, body))


@router.post(
    "/report-categories",
    operation_id="add_report_category",
    response_model=ArrangedCategory,
    status_code=201,
)
def add_category(body: SetCategory, act: Live, within: Within) -> Response:
    """One more."""
    return act.once(
        body, lambda work: categories.add_category(work, within.offer(work), body), status=201
    )


@router.put(
    "/report-categories/{category_id}",
    operation_id="change_report_category",
    response_model=ArrangedCategory,
)
def change_category(category_id: Id, body: SetCategory, act: Live, within: Within) -> Response:
    """Other values."""
    return act.once(
        body, lambda work: categories.change_category(work, within.offer(work), category_id, body)
    )


@router.post(
    "/report-categories/{category_id}/close",
    operation_id="close_report_category",
    response_model=ArrangedCategory,
)
def close_category(category_id: Id, body: SeenArrangement, act: Live, within: Within) -> Response:
    """Nothing new comes there."""
    return act.once(
        body, lambda work: categories.close_category(work, within.offer(work), category_id, body)
    )


@router.post(
    "/report-categories/{category_id}/reopen",
    operation_id="reopen_report_category",
    response_model=ArrangedCategory,
)
def reopen_category(category_id: Id, body: SeenArrangement, act: Live, within: Within) -> Response:
    """It can be chosen again."""
    return act.once(
        body, lambda work: categories.reopen_category(work, within.offer(work), category_id, body)
    )


@router.post(
    "/report-parties",
    operation_id="add_report_party",
    response_model=ArrangedParty,
    status_code=201,
)
def add_party(body: SetParty, act: Live, within: Within) -> Response:
    """One more."""
    return act.once(
        body, lambda work: parties.add_party(work, within.offer(work), body), status=201
    )


@router.put(
    "/report-parties/{party_id}",
    operation_id="change_report_party",
    response_model=ArrangedParty,
)
def change_party(party_id: Id, body: SetParty, act: Live, within: Within) -> Response:
    """Other values."""
    return act.once(
        body, lambda work: parties.change_party(work, within.offer(work), party_id, body)
    )


@router.post(
    "/report-parties/{party_id}/close",
    operation_id="close_report_party",
    response_model=ArrangedParty,
)
def close_party(party_id: Id, body: SeenArrangement, act: Live, within: Within) -> Response:
    """Nothing new comes there."""
    return act.once(
        body, lambda work: parties.close_party(work, within.offer(work), party_id, body)
    )


@router.post(
    "/report-parties/{party_id}/reopen",
    operation_id="reopen_report_party",
    response_model=ArrangedParty,
)
def reopen_party(party_id: Id, body: SeenArrangement, act: Live, within: Within) -> Response:
    """It can be chosen again."""
    return act.once(
        body, lambda work: parties.reopen_party(work, within.offer(work), party_id, body)
    )


@router.post(
    "/report-replies",
    operation_id="add_report_reply",
    response_model=ReplyTemplate,
    status_code=201,
)
def add_reply(body: SetReply, act: Live, within: Within) -> Response:
    """One more that stands ready."""
    return act.once(
        body, lambda work: replies.add_reply(work, within.offer(work), body), status=201
    )


@router.put(
    "/report-replies/{reply_id}", operation_id="change_report_reply", response_model=ReplyTemplate
)
def change_reply(reply_id: Id, body: SetReply, act: Live, within: Within) -> Response:
    """Another text."""
    return act.once(
        body, lambda work: replies.change_reply(work, within.offer(work), reply_id, body)
    )


@router.post(
    "/report-replies/{reply_id}/remove",
    operation_id="remove_report_reply",
    response_model=ReplyTemplates,
)
def remove_reply(reply_id: Id, body: SeenArrangement, act: Live, within: Within) -> Response:
    """It stands ready no more."""
    return act.once(
        body, lambda work: replies.remove_reply(work, within.offer(work), reply_id, body)
    )
