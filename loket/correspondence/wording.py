"""What stands in messages to citizens: the usual templates, and values in each language.

Fields stand between braces under the same name in every language, as clerks know them.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from loket.catalogue.messages import Town
from loket.correspondence.rules import (
    Facts,
    Field,
    MessageChannel,
    MessageKind,
    Template,
    filled,
)
from loket.kit.clock import local_day
from loket.kit.i18n import Words, words
from loket.kit.i18n import mark as _
from loket.kit.money import euros

_TITLES: Final[Mapping[MessageKind, str]] = {
    MessageKind.APPOINTMENT_BOOKED: _("Your appointment on {dag} at {uur}"),
    MessageKind.APPOINTMENT_MOVED: _("Your appointment is now on {dag} at {uur}"),
    MessageKind.APPOINTMENT_CANCELLED: _("Your appointment on {dag} at {uur} was cancelled"),
    MessageKind.APPOINTMENT_REMINDER: _("Do not forget: your appointment on {dag} at {uur}"),
    MessageKind.APPOINTMENT_MISFIT: _("Please choose another moment: {dag} at {uur} cannot be"),
    MessageKind.WISH_OFFERED: _("An earlier moment is free: {dag} at {uur}"),
    MessageKind.REPORT_RECEIVED: _("We received your report {referentie}: {onderwerp}"),
    MessageKind.REPORT_REPLIED: _("About your report {referentie}: {onderwerp}"),
    MessageKind.REPORT_ALERT: _("Dangerous: {onderwerp} ({referentie})"),
    MessageKind.REPORT_FORWARDED: _("{stad} asks you to handle {referentie}: {onderwerp}"),
}
_OPENINGS: Final[Mapping[MessageKind, str]] = {
    MessageKind.APPOINTMENT_BOOKED: _("You have an appointment with {stad}."),
    MessageKind.APPOINTMENT_MOVED: _(
        "Your appointment with {stad} has another moment.\n"
        "It was on: {vroeger}\n"
        "Why it was moved: {reden}"
    ),
    MessageKind.APPOINTMENT_CANCELLED: _(
        "Your appointment with {stad} was cancelled. You need not come.\nWhy: {reden}"
    ),
    MessageKind.APPOINTMENT_REMINDER: _("You have an appointment with {stad} soon."),
    MessageKind.APPOINTMENT_MISFIT: _(
        "You have an appointment with {stad}. At that moment we cannot receive you: our hours have "
        "changed.\nWe are sorry. Please choose another moment with us."
    ),
    MessageKind.WISH_OFFERED: _(
        "You asked {stad} for an earlier moment. One is free now.\n"
        "Do you want it? Tell us before {uiterlijk}. After that we offer it to somebody else."
    ),
    MessageKind.REPORT_RECEIVED: _(
        "You reported something to {stad}. We received it well.\n"
        "You have our answer by {termijn} at the latest."
    ),
    MessageKind.REPORT_REPLIED: "{tekst}",
    MessageKind.REPORT_ALERT: _("Something dangerous was reported. Please go and look at once."),
    MessageKind.REPORT_FORWARDED: _(
        "A citizen reported this to us. You handle it for our town. Please let us know what you do."
    ),
}
_DETAILS: Final = _(
    "When: {moment}\n"
    "Where: {plaats}\n"
    "For: {product}\n"
    "Bring with you: {meebrengen}\n"
    "To pay: {bedrag}\n"
    "Your reference: {referentie}"
)
_CANCELLED_DETAILS: Final = _("When: {moment}\nFor: {product}\nYour reference: {referentie}")
_CANNOT_COME: Final = _(
    "Can you not come? Tell us in time and give your reference.\n"
    "Telephone: {telefoon}\n"
    "On the internet: {link}"
)
_NEW_ONE: Final = _(
    "Do you want a new appointment?\nTelephone: {telefoon}\nOn the internet: {link}"
)
_REPORT_DETAILS: Final = _(
    "About: {onderwerp}\nWhere: {plaats}\nYou told us: {tekst}\nYour reference: {referentie}"
)
_REPORTED: Final = _(
    "About: {onderwerp}\nWhere: {plaats}\nWhat was reported: {tekst}\nReference: {referentie}"
)
_MORE_TO_SAY: Final = _(
    "Do you want to add something? Give your reference.\n"
    "Telephone: {telefoon}\n"
    "On the internet: {link}"
)
_REPLY_DETAILS: Final = _("Your reference: {referentie}\n{stad}")
_YOUR_ANSWER: Final = _("Your answer\nTelephone: {telefoon}\nOn the internet: {link}")
_AFTER: Final[Mapping[MessageKind, tuple[str, str]]] = {
    MessageKind.APPOINTMENT_CANCELLED: (_CANCELLED_DETAILS, _NEW_ONE),
    MessageKind.APPOINTMENT_MISFIT: (_CANCELLED_DETAILS, _NEW_ONE),
    MessageKind.WISH_OFFERED: (_DETAILS, _YOUR_ANSWER),
    MessageKind.REPORT_RECEIVED: (_REPORT_DETAILS, _MORE_TO_SAY),
    MessageKind.REPORT_REPLIED: (_REPLY_DETAILS, ""),
    MessageKind.REPORT_ALERT: (_REPORTED, ""),
    MessageKind.REPORT_FORWARDED: (_REPORTED, _("Questions?\nTelephone: {telefoon}")),
}
_AS_WRITTEN: Final = frozenset({MessageKind.REPORT_REPLIED})
"""Whoever writes the reply greets and signs in their own words."""
_GREETING: Final = _("Dear {naam},")
_CLOSING: Final = _("Kind regards,\n{stad}")
_SHORT: Final[Mapping[MessageKind, str]] = {
    MessageKind.APPOINTMENT_BOOKED: _(
        "{stad}: your appointment is on {dag} at {uur}, {plaats}. Reference {referentie}."
    ),
    MessageKind.APPOINTMENT_MOVED: _(
        "{stad}: your appointment was moved to {dag} at {uur}, {plaats}. Reference {referentie}."
    ),
    MessageKind.APPOINTMENT_CANCELLED: _(
        "{stad}: your appointment on {dag} at {uur} was cancelled. Questions? {telefoon}"
    ),
    MessageKind.APPOINTMENT_REMINDER: _(
        "{stad}: do not forget your appointment on {dag} at {uur}, {plaats}. "
        "Reference {referentie}. Can you not come? {telefoon}"
    ),
    MessageKind.APPOINTMENT_MISFIT: _(
        "{stad}: your appointment on {moment} cannot be then. Please call {telefoon} to choose "
        "another moment."
    ),
    MessageKind.WISH_OFFERED: _(
        "{stad}: an earlier moment is free: {dag} at {uur}. Do you want it? "
        "Call {telefoon} before {uiterlijk}."
    ),
    MessageKind.REPORT_RECEIVED: _(
        "{stad}: we received your report {referentie}. You have our answer by {termijn}."
    ),
    MessageKind.REPORT_REPLIED: _("{stad}, {referentie}: {tekst}"),
    MessageKind.REPORT_ALERT: _("{stad}: DANGEROUS, {onderwerp}. {tekst} ({referentie})"),
    MessageKind.REPORT_FORWARDED: _("{stad}: please handle {referentie}, {onderwerp}. {tekst}"),
}


def usual_template(kind: MessageKind, channel: MessageChannel, language: str) -> Template:
    """What is sent while the town has no text of its own."""
    say = words(language)
    if channel is MessageChannel.SMS:
        return Template("", say(_SHORT[kind]))
    details, last = _AFTER.get(kind, (_DETAILS, _CANNOT_COME))
    parts = [_OPENINGS[kind], details, last]
    if kind not in _AS_WRITTEN:
        parts = [_GREETING, *parts, _CLOSING]
    return Template(say(_TITLES[kind]), "\n\n".join(say(part) for part in parts if part))


def rendered(
    template: Template, facts: Facts, town: Town, channel: MessageChannel, language: str
) -> Template:
    """Title and text as they are sent."""
    values = field_values(facts, town, words(language))
    text = filled(template.text, values)
    if channel is MessageChannel.SMS:
        return Template("", text.translate(_PLAIN))
    return Template(" ".join(filled(template.title, values).split()), text)


# One curly apostrophe makes a text message of 160 signs one of 70, and the town pays each.
_PLAIN: Final = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\xa0": " "}
)


def field_values(facts: Facts, town: Town, say: Words) -> dict[str, str]:
    """Every field, as this language writes it; empty where nothing is known."""
    starts = facts.starts_at
    return {
        Field.NAME: facts.name or say("Sir or Madam"),
        Field.MOMENT: _moment(starts, say),
        Field.DAY: say.weekday(local_day(starts)) if starts else "",
        Field.TIME: say.time(starts) if starts else "",
        Field.EARLIER: _moment(facts.earlier_at, say),
        Field.PLACE: facts.place,
        Field.PRODUCT: ", ".join(facts.products),
        Field.REFERENCE: facts.reference,
        Field.BRING: "; ".join(facts.bring),
        Field.FEE: "" if facts.fee_cents is None else euros(facts.fee_cents, say.language),
        Field.REASON: facts.reason,
        Field.ANSWER_BY: _moment(facts.answer_by, say),
        Field.LINK: facts.link,
        Field.TOWN: town.name,
        Field.PHONE: town.phone,
        Field.SUBJECT: facts.subject,
        Field.SAID: facts.said,
        Field.TERM: say.long_day(facts.until) if facts.until else "",
    }


def _moment(moment: datetime | None, say: Words) -> str:
    if moment is None:
        return ""
    return say("{day} at {time}", day=say.long_day(local_day(moment)), time=say.time(moment))


def example_facts(now: datetime) -> Facts:
    """Somebody who does not exist, for previews."""
    starts = (now + timedelta(days=8)).replace(minute=15, second=0, microsecond=0)
    return Facts(
        name="An Peeters",
        starts_at=starts,
        earlier_at=starts - timedelta(days=1),
        place="Stadhuis, Markt 1",
        products=("Identiteitskaart – aanvraag",),
        reference="K-48213",
        bring=("uw huidige identiteitskaart", "een pasfoto"),
        fee_cents=2500,
        reason="het loket is die dag gesloten",
        answer_by=now + timedelta(hours=4),
        link="https://heidebeek.example/a/K-48213",
        subject="Losse stoeptegel, Kerkstraat 48",
        said="Er ligt een losse tegel op het voetpad.",
        until=local_day(now) + timedelta(days=45),
    )
