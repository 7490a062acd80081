"""What citizens, teams and parties are told of a report: posted in the transaction of the act."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert

from loket.catalogue.offer import Offer
from loket.correspondence.rules import Facts, MessageChannel, MessageKind
from loket.correspondence.usecases.posting import Post, post
from loket.kit.i18n import CITIZEN_LANGUAGES, words
from loket.kit.ids import new_id
from loket.reports.rules.kinds import AnswerBy
from loket.reports.rules.replies import NAME, prefilled
from loket.reports.tables import LetterRow
from loket.store.work import Work
from loket.wire.contact import is_mobile

LETTER = LetterRow.metadata.tables["report_letter"]


def confirm_receipt(work: Work, offer: Offer, row: Any, reporter: Any) -> str | None:
    """Confirm by mail or text message; the way, or None where there is only paper."""
    to = electronic(reporter, AnswerBy(reporter.answer_by))
    if reporter.anonymous or to is None:
        return None
    facts = _facts(row, reporter.name, row.text if reporter.place == 1 else reporter.said)
    told = _message(row, reporter, MessageKind.REPORT_RECEIVED, to, facts, 1)
    post(work, offer.catalogue.town, told)
    return str(to[0])


def alert_team(work: Work, offer: Offer, row: Any, category: Any, *, sequence: int = 0) -> bool:
    """Warn who goes and looks at once; whether there is anybody.

    ``sequence``: 0 when it was taken down; when it became dangerous later, its version then.
    """
    if category is None or not category.alert_phone:
        return False
    told = Post(
        kind=MessageKind.REPORT_ALERT,
        channel=MessageChannel.SMS,
        subject_id=row.id,
        recipient=category.alert_phone,
        site_id=row.site_id,
        department_id=row.department_id,
        facts=_facts(row, "", row.text),
        sequence=sequence,
    )
    return post(work, offer.catalogue.town, told) is not None


def forward(work: Work, offer: Offer, row: Any, party: Any) -> bool:
    """Ask a party outside the town hall by mail to handle it."""
    told = Post(
        kind=MessageKind.REPORT_FORWARDED,
        channel=MessageChannel.MAIL,
        subject_id=row.id,
        recipient=party.email,
        site_id=row.site_id,
        department_id=row.department_id,
        facts=_facts(row, party.name, row.text),
        sequence=row.version,
    )
    return post(work, offer.catalogue.town, told) is not None


def send_reply(  # noqa: PLR0913, PLR0917 - one reply to one person
    work: Work, offer: Offer, row: Any, reporter: Any, text: str, seq: int, by: AnswerBy
) -> None:
    """Bring a reply on its way: posted, on the pile of letters, or said by telephone."""
    to = electronic(reporter, by)
    if to is not None:
        post(work, offer.catalogue.town, reply_message(row, reporter, to, text, seq))
    elif by is AnswerBy.LETTER:
        values = letter_values(row, reporter, text, seq, work.now)
        work.connection.execute(insert(LETTER), values)


def own_words(text: str, row: Any, reporter: Any) -> str:
    """The text as one of its readers gets it: with their own name, and what they reported."""
    language = reporter.language if reporter.language in CITIZEN_LANGUAGES else "nl"
    values = {
        NAME: reporter.name or words(language)("Sir or Madam"),
        "referentie": row.reference,
        "onderwerp": row.title,
    }
    return prefilled(text, values)


def electronic(reporter: Any, by: AnswerBy) -> tuple[MessageChannel, str] | None:
    if by is AnswerBy.MAIL and reporter.email:
        return MessageChannel.MAIL, reporter.email
    if by is AnswerBy.SMS and reporter.phone and is_mobile(reporter.phone):
        return MessageChannel.SMS, reporter.phone
    return None


def reply_message(
    row: Any, reporter: Any, to: tuple[MessageChannel, str], text: str, seq: int
) -> Post:
    """A reply as it is posted; ``seq``: the line of the history that sends it."""
    facts = _facts(row, reporter.name, text)
    return _message(row, reporter, MessageKind.REPORT_REPLIED, to, facts, seq)


def _message(
    row: Any,
    reporter: Any,
    kind: MessageKind,
    to: tuple[MessageChannel, str],
    facts: Facts,
    sequence: int,
) -> Post:
    return Post(
        kind=kind,
        channel=to[0],
        subject_id=reporter.id,
        recipient=to[1],
        site_id=row.site_id,
        department_id=row.department_id,
        facts=facts,
        sequence=sequence,
        language=reporter.language,
    )


def _facts(row: Any, name: str, said: str) -> Facts:
    return Facts(
        name=name,
        place=row.address,
        reference=row.reference,
        subject=row.title,
        said=said,
        until=row.answer_due,
    )


def letter_values(row: Any, reporter: Any, text: str, seq: int, now: datetime) -> dict[str, Any]:
    """A reply on paper that waits for the post."""
    return {
        "id": new_id(),
        "report_id": row.id,
        "entry_seq": seq,
        "reporter_id": reporter.id,
        "text": text,
        "written_at": now,
        "posted_at": None,
        "posted_by": None,
    }
