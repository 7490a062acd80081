"""What an act asks before it is done: built from the file, filled in, and made a command."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from loket.kit.clock import local
from loket.kit.i18n import Words, mark
from loket.reports.messages.following import ReplyTemplate, ReportFile
from loket.reports.rules.flow import Founded, Inadmissible, ReportAct, Solved
from loket.reports.rules.replies import open_field
from ui.core.sentences import sentence
from ui.reports.following import changing, drafts
from ui.reports.following.dock_faces import ATTEMPT_NO, ATTEMPT_YES, HEARD, PROMISE
from ui.reports.following.form_state import FormState, Option
from ui.reports.following.naming import FOUNDED, INADMISSIBLE, SOLVED, WAYS, Town

_NOON = time(12)
_SENDS: dict[str, str] = {
    "return": mark("Send back"),
    "refer": mark("Tell the reporter"),
    "declare_inadmissible": mark("Tell the reporter"),
    "extend": mark("Extend the term"),
    "judge": mark("Keep"),
    "await_third": mark("Let it wait"),
    "reopen": mark("Open again"),
    "change": mark("Keep"),
    "link": mark("Link"),
    ATTEMPT_YES: mark("Note the call"),
    ATTEMPT_NO: mark("Note the call"),
    PROMISE: mark("Promise"),
    HEARD: mark("Note it"),
    **changing.CONFIRMS,
}
_TITLES: dict[str, str] = {
    "return": mark("Send back"),
    "refer": mark("Not for us"),
    "declare_inadmissible": mark("Inadmissible"),
    "extend": mark("Extend the term"),
    "judge": mark("Founded and solved"),
    "await_third": mark("Waits for others"),
    "reopen": mark("Open again"),
    "change": mark("Change category"),
    "link": mark("Link to another report"),
    ATTEMPT_YES: mark("Called and reached"),
    ATTEMPT_NO: mark("Called, not reached"),
    PROMISE: mark("Promise to call back"),
    HEARD: mark("Note what the reporter says"),
    **changing.TITLES,
}
ASKS = frozenset(_TITLES)
"""Acts that ask something first; the others are done at once."""


class Forms:
    """Makes the form of an act for one file."""

    def __init__(
        self,
        file: ReportFile,
        town: Town,
        templates: list[ReplyTemplate],
        facts: dict[str, str],
        now: datetime,
        words: Words,
    ) -> None:
        self._file, self._town, self._words = file, town, words
        self._templates, self._facts, self._now = templates, facts, now

    def form(self, kind: str) -> FormState:
        """Empty, but for what can be known already."""
        words = self._words
        base = {"kind": kind, "title": words(_TITLES[kind]), "confirm": words(_SENDS[kind])}
        made = FormState(**base, **self._parts(kind))  # type: ignore[arg-type]
        return replace(made, seen=self._file.report.version)

    def _parts(self, kind: str) -> dict[str, object]:
        parts = {
            "return": self._why,
            "await_third": self._why,
            "reopen": self._why,
            "refer": self._referring,
            "declare_inadmissible": self._inadmissible,
            "extend": self._extension,
            "judge": self._judging,
            "change": self._category,
            "link": self._linking,
        }
        if kind in changing.TITLES:
            return changing.parts_of(kind, self._file, self._words)
        return parts[kind]() if kind in parts else self._calls(kind)

    def _why(self) -> dict[str, object]:
        return {"text_label": self._words("Why")}

    def _referring(self) -> dict[str, object]:
        return {
            "line_label": self._words("For whom it is"),
            "text_label": self._words("What the reporter reads"),
            "text": self._ready(ReportAct.REFER),
            "hint": self._words("{instantie} in the text becomes for whom it is."),
            "danger": True,
        }

    def _linking(self) -> dict[str, object]:
        return {
            "hint": self._words("That report goes on for both."),
            "line_label": self._words("Reference, such as M-2026-01688"),
        }

    def _calls(self, kind: str) -> dict[str, object]:
        words = self._words
        people = {"first_label": words("Who"), "first": self._people(phone=kind != HEARD)}
        people["first_chosen"] = people["first"][0][0] if people["first"] else ""
        if kind == PROMISE:
            day = local(self._now + timedelta(days=1)).date()
            return {**people, "day": day, "time": _NOON, "line_label": words("What about")}
        if kind == HEARD:
            ways = tuple((str(way), words(name)) for way, (name, _icon) in WAYS.items())
            return {
                **people,
                "second_label": words("By"),
                "second": ways,
                "second_chosen": "phone",
                "text_label": words("What was said"),
            }
        return {**people, "text_label": words("What was said")}

    def _inadmissible(self) -> dict[str, object]:
        words = self._words
        reasons = tuple((str(each), words(text)) for each, text in INADMISSIBLE.items())
        return {
            "first_label": words("Because"),
            "first": reasons,
            "first_chosen": str(Inadmissible.POLICY),
            "text_label": words("What the reporter reads"),
            "text": self._ready(ReportAct.DECLARE_INADMISSIBLE),
            "hint": self._words("{reden} in the text becomes the reason."),
            "danger": True,
        }

    def _judging(self) -> dict[str, object]:
        words, file = self._words, self._file
        return {
            "first_label": words("Founded"),
            "first": tuple((str(each), words(text)) for each, text in FOUNDED.items()),
            "first_chosen": file.founded or str(Founded.YES),
            "second_label": words("Solved"),
            "second": tuple((str(each), words(text)) for each, text in SOLVED.items()),
            "second_chosen": file.solved or str(Solved.YES),
        }

    def _category(self) -> dict[str, object]:
        open_ones = tuple((one.id, one.name) for one in self._town.categories if not one.closed)
        return {
            "first_label": self._words("Category"),
            "first": open_ones,
            "first_chosen": self._file.report.category_id or "",
        }

    def _extension(self) -> dict[str, object]:
        terms = self._town.arrangements.terms if self._town.arrangements else []
        days = next((t.extension_days for t in terms if t.kind is self._file.report.kind), 0)
        hint = self._words.plural(
            "The answer may come {n} day later. This is done once.",
            "The answer may come {n} days later. This is done once.",
            days,
        )
        return {"hint": hint}

    def _people(self, *, phone: bool) -> tuple[Option, ...]:
        known = (one for one in self._file.reporters if not one.anonymous)
        return tuple((one.id, one.name) for one in known if one.phone or not phone)

    def _ready(self, act: ReportAct) -> str:
        """The reply that goes with an act, in the language of who reads it."""
        person = drafts.first_of(self._file)
        language = str(person.language) if person else "nl"
        fitting = [t for t in self._templates if t.act == act]
        ordered = sorted(fitting, key=lambda t: (t.language != language, t.language != "nl"))
        return drafts.filled(ordered[0].text.strip(), self._facts)[0] if ordered else ""


def completed(form: FormState) -> str:
    """The text with what the form itself says of its fields."""
    reason = dict(form.first).get(form.first_chosen, "") if form.kind != "refer" else ""
    values = {"instantie": form.line.strip(), "reden": f"{reason}." if reason else ""}
    return drafts.filled(form.text.strip(), values)[0]


def missing_of(form: FormState, words: Words) -> str:
    """What must be filled in first, in a sentence."""
    texted = {"refer", "declare_inadmissible"}
    if form.kind in {"return", "reopen"} and not form.text.strip():
        return sentence("report.reason_missing", {}, words)
    if form.kind in {"refer", "link"} and not form.line.strip():
        return words("Fill in: {field}.", field=form.line_label)
    if form.kind in {*texted, HEARD} and not form.text.strip():
        return words("Fill in: {field}.", field=form.text_label)
    field = open_field(completed(form)) if form.kind in texted else ""
    if field:
        return sentence("report.reply_unfinished", {"field": f"{{{field}}}"}, words)
    if form.first_label and not form.first_chosen:
        return words("Fill in: {field}.", field=form.first_label)
    return ""
