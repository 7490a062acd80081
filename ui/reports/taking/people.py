"""The reporter as the dock shows them, with what has to be mended."""

from loket.kit.i18n import Words
from loket.reports.rules.kinds import AnswerBy
from loket.visits.messages import Channel
from ui.core.directory import Directory
from ui.reports.taking.draft import FIELD_OF, Draft
from ui.reports.taking.state import ReporterState

_ENOUGH_DIGITS = 9
"""From so many signs on a number may be called wrong while it is being typed."""


def reporter(
    draft: Draft, directory: Directory | None, words: Words, *, reading_card: bool
) -> ReporterState:
    return ReporterState(
        name=draft.name,
        on_behalf_of=draft.on_behalf_of,
        email=draft.email,
        phone=draft.phone,
        address=draft.address,
        from_card=draft.from_card,
        reading_card=reading_card,
        answer_by=draft.answer_by,
        shown=_shown(draft),
        phone_label=_phone_label(draft, words),
        wrongs=_wrongs(draft, words),
        language=draft.language,
        languages=directory.languages if directory else ("nl",),
        channel=draft.channel,
    )


def _shown(draft: Draft) -> tuple[str, ...]:
    """The field of the answer, the number from which somebody calls, and what a card said."""
    asked = {FIELD_OF[draft.answer_by]}
    if draft.channel is Channel.PHONE:
        asked.add("phone")
    if draft.channel is Channel.MAIL:
        asked.add("email")
    if draft.from_card or draft.address.strip():
        asked.add("address")
    return tuple(name for name in ("email", "phone", "address") if name in asked)


def _phone_label(draft: Draft, words: Words) -> str:
    if draft.answer_by is AnswerBy.SMS:
        return words("Mobile")
    if draft.channel is Channel.PHONE:
        return words("Number of the caller")
    return words("Telephone")


def _wrongs(draft: Draft, words: Words) -> dict[str, str]:
    said = {
        "email": _wrong_mail(draft, words),
        "phone": _wrong_phone(draft, words),
        "address": _wrong_address(draft, words),
    }
    return {name: text for name, text in said.items() if text}


def _wrong_mail(draft: Draft, words: Words) -> str:
    if not draft.mail_wrong or "email" not in draft.left:
        return ""
    if not draft.email.strip():
        return words("Fill it in, or choose another way to answer")
    if "@" not in draft.email:
        return words("The @ is missing: name@town.be")
    return words("After the @ comes a place, such as town.be")


def _wrong_phone(draft: Draft, words: Words) -> str:
    digits = sum(sign.isdigit() for sign in draft.phone)
    judged = "phone" in draft.left or digits > _ENOUGH_DIGITS
    if not draft.phone_wrong or not judged:
        return ""
    if not draft.phone.strip():
        return words("Fill it in, or choose another way to answer")
    if draft.number is not None:
        return words("This number takes no text messages")
    return words("Such as 0470 12 34 56 or +31612345678")


def _wrong_address(draft: Draft, words: Words) -> str:
    lacking = "address" in draft.wrong_fields() and "address" in draft.left
    return words("Street, number, postal code and town") if lacking else ""
