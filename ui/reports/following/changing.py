"""Forms that make right what a report is about, and in whose hands it is."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from loket.catalogue.hours import holiday_name
from loket.geography.rules.spots import Spot
from loket.kit.clock import local_day
from loket.kit.i18n import Words, mark
from loket.reports.messages.following import ChangeReport, ReportFile
from loket.reports.messages.handing import Colleague, HandReport
from loket.reports.messages.taking import Arrangements, Place, Report
from loket.reports.messages.taking import Terms as TermsOfKind
from loket.reports.rules.kinds import PlaceKind, ReportKind, Urgency
from loket.reports.rules.terms import Counting, Regulation, StartsWith, answer_due
from loket.wire.base import WireIn
from ui.reports.following.form_state import FindState, FormState, FoundFace, PlaceState
from ui.reports.following.naming import KINDS, URGENCIES, Town, joined

TITLE, KIND, URGENCY, PLACE, HAND = "title", "kind", "urgency", "place", "hand"
TITLES: Final[dict[str, str]] = {
    TITLE: mark("Change title"),
    KIND: mark("Change kind"),
    URGENCY: mark("Change urgency"),
    PLACE: mark("Change place"),
    HAND: mark("Hand to a colleague"),
}
CONFIRMS: Final[dict[str, str]] = {
    TITLE: mark("Keep"),
    KIND: mark("Keep"),
    URGENCY: mark("Keep"),
    PLACE: mark("Keep"),
    HAND: mark("Hand over"),
}
_NOBODY: Final = "-"


def parts_of(kind: str, file: ReportFile, words: Words) -> dict[str, object]:
    """The fields of a form, with what the report says now."""
    report = file.report
    if kind == TITLE:
        return {"line_label": words("Title"), "line": report.title}
    if kind == KIND:
        kinds = tuple((str(each), words(name)) for each, name in KINDS.items())
        return {"first_label": words("Kind"), "first": kinds, "first_chosen": str(report.kind)}
    if kind == URGENCY:
        named = tuple((str(each), words(name)) for each, name in URGENCIES.items())
        chosen = str(report.urgency)
        return {"first_label": words("Urgency"), "first": named, "first_chosen": chosen}
    if kind == PLACE:
        return _place(report, words)
    hint = words("Type a name. Those of the department stand first.")
    return {"find": FindState(words("Colleague"), hint, at=-1)}


def _place(report: Report, words: Words) -> dict[str, object]:
    spot = None if report.lat is None or report.lon is None else Spot(report.lat, report.lon)
    nowhere = report.place_kind is PlaceKind.NONE
    find = FindState(words("Where?"), words("Street and number, or a place"), report.address)
    return {"find": find, "place": PlaceState(spot=spot, nowhere=nowhere)}


def hint_of(form: FormState, file: ReportFile, town: Town, today: date, words: Words) -> str:
    """What would come of what is chosen now."""
    if form.kind == KIND and form.first_chosen:
        return _terms_hint(ReportKind(form.first_chosen), file, town.arrangements, today, words)
    if form.kind == URGENCY and form.first_chosen == Urgency.DANGEROUS:
        return _alert_hint(file, town, words)
    return form.hint


def _terms_hint(
    kind: ReportKind,
    file: ReportFile,
    arrangements: Arrangements | None,
    today: date,
    words: Words,
) -> str:
    terms = arrangements.terms if arrangements else []
    own = next((one for one in terms if one.kind is kind), None)
    if own is None or kind is file.report.kind:
        return words("Its terms stay as they are.")
    registered = local_day(file.report.registered_at)
    due = answer_due(_regulation(own), registered, holiday_name, today=today).due
    return words(
        "The terms of this kind hold from the day it was taken down: answer by {day}, "
        "and later where the town waited for the reporter.",
        day=words.slip_day(due),
    )


def _regulation(terms: TermsOfKind) -> Regulation:
    return Regulation(
        receipt_days=terms.receipt_days,
        answer_days=terms.answer_days,
        counting=Counting(terms.counting),
        starts_with=StartsWith(terms.starts_with),
        pauses=terms.pauses,
    )


def _alert_hint(file: ReportFile, town: Town, words: Words) -> str:
    if file.report.urgency is Urgency.DANGEROUS:
        return ""
    known = (one for one in town.categories if one.id == file.report.category_id)
    category = next(known, None)
    if category is None or not category.alerts:
        return words("Nobody gets a text message for this category: call the team yourself.")
    team = category.team or town.whose(category.department_id, category.party_id)
    return words("Dangerous: {team} gets a text message at once.", team=team)


def colleague_faces(
    found: Iterable[Colleague],
    town: Town,
    file: ReportFile,
    *,
    me: str,
    named: bool,
    words: Words,
) -> tuple[FoundFace, ...]:
    """Colleagues to choose from; nobody last, where somebody has it and no name is typed."""
    here = town.department(file.report.department_id)
    faces = [
        FoundFace(
            one.id,
            words("{name} (you)", name=one.name) if one.id == me else one.name,
            joined(
                (
                    words("has it now") if one.id == file.report.handler_id else "",
                    here if one.near else "",
                    words.plural("{n} open", "{n} open", one.open),
                )
            ),
            "ph.user",
        )
        for one in found
    ]
    if file.report.handler_id and not named:
        faces.append(FoundFace(_NOBODY, words("Nobody"), words("back in the list"), "ph.tray"))
    return tuple(faces)


def command_of(form: FormState, seen: int) -> WireIn:
    """What a filled-in form asks of the desk."""
    if form.kind == TITLE:
        return ChangeReport(seen_version=seen, title=form.line)
    if form.kind == KIND:
        return ChangeReport(seen_version=seen, kind=ReportKind(form.first_chosen))
    if form.kind == URGENCY:
        return ChangeReport(seen_version=seen, urgency=Urgency(form.first_chosen))
    if form.kind == PLACE:
        return ChangeReport(seen_version=seen, place=place_of(form))
    return HandReport(seen_version=seen, handler_id=_chosen(form))


def _chosen(form: FormState) -> str | None:
    found = form.find.found if form.find else ()
    ident = found[form.find.at].id if form.find else _NOBODY
    return None if ident == _NOBODY else ident


def place_of(form: FormState) -> Place:
    """An address as it stands there, a point, or not about a place."""
    address = " ".join(form.find.text.split()) if form.find else ""
    place = form.place or PlaceState()
    if place.nowhere or (not address and place.spot is None):
        return Place()
    return Place(
        kind=PlaceKind.ADDRESS if address else PlaceKind.SPOT,
        address=address,
        street_id=place.street_id or None,
        lat=place.spot.lat if place.spot else None,
        lon=place.spot.lon if place.spot else None,
    )


def missing(form: FormState, words: Words) -> str:
    """What must be filled in first, in a sentence."""
    if form.kind == TITLE and not form.line.strip():
        return words("Fill in: {field}.", field=form.line_label)
    if form.kind == HAND and not (form.find and 0 <= form.find.at < len(form.find.found)):
        return words("Choose a colleague first.")
    if form.kind == PLACE and form.find and form.place:
        said = form.find.text.strip() or form.place.spot or form.place.nowhere
        return "" if said else words("Choose a place, or say that it is not about one.")
    return ""
