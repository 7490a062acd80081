"""What the clerk does while somebody tells something: fill in, register, print."""

from dataclasses import replace
from functools import partial

from loket.desk.refused import RefusedReport
from loket.kit.i18n import Words
from loket.link.delivery import Delivered
from loket.reports.messages.taking import Registered
from loket.reports.rules.kinds import AnswerBy, Audience, ReportExists, ReportKind, Urgency
from loket.staff.messages import SignedIn
from loket.visits.messages import Channel, Language
from ui.core.sentences import Remedy, UserMessage, describe, sentence
from ui.core.taken import TakenDown
from ui.core.tasks import Lane, TaskRunner
from ui.reports.desk import TakingDesk
from ui.reports.taking.card import CardModel
from ui.reports.taking.draft import Draft
from ui.reports.taking.sending import Handed, hand_in

_ALL_LEFT = frozenset({"text", "email", "phone", "address"})
_TYPED = {"name", "on_behalf_of", "email", "phone", "address"}


class TakingViewModel(CardModel):
    """Intents of the clerk in, one state out."""

    def __init__(self, desk: TakingDesk, tasks: TaskRunner, words: Words) -> None:
        super().__init__(desk, tasks, words)
        self._unsent: dict[str, TakenDown] = {}
        """What only this desk knows of, by the id that it gave."""

    # filling in

    def choose_kind(self, kind: str) -> None:
        self._change(kind=ReportKind(kind))

    def type_text(self, text: str) -> None:
        if text != self._draft.text:
            self._look_again()
            self._change(text=text)

    def choose_urgency(self, urgency: str) -> None:
        self._change(urgency=Urgency(urgency))

    def choose_audience(self, audience: str) -> None:
        self._change(audience=Audience(audience))

    def type_reporter(self, field: str, text: str) -> None:
        if field in _TYPED:
            of_card = self._draft.from_card and field != "name"
            self._change(**{field: text, "from_card": of_card})

    def leave_field(self, field: str) -> None:
        """Now it may be called incomplete."""
        if field not in self._draft.left:
            left = self._draft.left | {field}
            self._draft = self._draft.model_copy(update={"left": left})
            self._refresh()

    def choose_answer(self, way: AnswerBy) -> None:
        self._change(answer_by=way, left=frozenset())

    def choose_language(self, language: str) -> None:
        self._change(language=Language(language))

    def choose_channel(self, channel: str) -> None:
        """Over the telephone it is another visit than that of who stands at the desk."""
        chosen = Channel(channel)
        if chosen is self._draft.channel:
            return
        if not self._draft.touched and chosen is not Channel.DESK:
            self._draft = Draft()
        if chosen is Channel.DESK:
            self._change(channel=chosen)
            self._join_visit()
        else:
            self._change(channel=chosen, visit=None, since=None)

    def tick(self) -> None:
        """Days pass: so do terms."""
        self._refresh()

    # registering

    def register(self, *, on_paper: bool) -> None:
        """Keep it, and print a receipt for who stands there."""
        if self._busy or not self._can_register():
            return
        draft = self._with_newest_visit()
        suggested = [(one.id, one.confidence) for one in self._suggested]
        files = [one.file for one in self._files]
        self._keep.stop()
        self._busy = True
        self._refresh()
        self._tasks.run(
            partial(hand_in, self._desk.reports, draft, suggested, files, on_paper=on_paper),
            owner=self,
            done=partial(self._on_handed, draft, on_paper),
            failed=self._on_refused_whole,
            lane=Lane.WRITE,
        )

    def _can_register(self) -> bool:
        wrong = self._draft.wrong_fields()
        if wrong:
            self._draft = self._draft.model_copy(update={"left": _ALL_LEFT})
            self._refresh()
            self.focus_wished.emit(wrong[0])
            return False
        if self._reading:
            self._say(self._words("A file is still being read. Try again in a moment."))
        return not self._reading

    def _with_newest_visit(self) -> Draft:
        """The visit as it is known at the desk by now, such as with a name."""
        now, bound = self._visit_now(), self._draft.visit
        if now is not None and bound is not None and now.id == bound.id:
            return self._draft.model_copy(update={"visit": now})
        return self._draft

    def _on_refused_whole(self, error: Exception) -> None:
        """All that was typed stays; one that was taken down already does not."""
        self._busy = False
        self.said.emit(describe(error, self._words))
        if getattr(error, "code", "") == ReportExists.code:
            self.start_over()
        else:
            self._keep_soon()
            self._refresh()

    def _on_handed(self, draft: Draft, on_paper: bool, handed: Handed) -> None:  # noqa: FBT001 - bound by partial
        self._busy = False
        answer = handed.answer
        registered = answer.result if isinstance(answer, Delivered) else None
        taken = self._taken(draft, registered)
        if registered is None:
            self._unsent[draft.id] = taken
        self.visit_grew.emit(taken)
        self.start_over()
        said = self._told(draft, registered, on_paper=on_paper)
        self.said.emit(said)
        self._warn(draft, registered)
        for name, error in handed.refused:
            why = describe(error, self._words)
            self._say(f"{name}: {why.text}", wrong=True, icon=why.icon, code=f"file.{name}")
        if on_paper and registered is not None:
            visit_id = registered.visit_id or draft.start_visit().id
            self._papers.paper(partial(self._desk.print_receipt, visit_id), after=said)

    # refused after the desk was away

    def begin(self, session: SignedIn) -> None:
        super().begin(session)
        self._offer_refused("")

    def entry_parked(self, entry_id: str) -> None:
        """A rule refused what was kept here: its form is offered again."""
        self._offer_refused(entry_id)

    def _offer_refused(self, entry_id: str) -> None:
        """This one, or the oldest that is still there."""
        self._tasks.run(
            self._desk.reports.refused,
            owner=self,
            done=partial(self._on_refused_later, entry_id),
            failed=lambda _error: None,  # nobody waits for it; the pill above counts them
            latest="refused",
        )

    def _on_refused_later(self, entry_id: str, found: tuple[RefusedReport, ...]) -> None:
        one = next((one for one in found if one.entry_id == entry_id or not entry_id), None)
        if one is None or one.entry_id == self._draft.entry:
            return
        why = sentence(one.code, one.params, self._words)
        text = self._words("A report that waited here was refused. {why}", why=why)
        self.said.emit(
            UserMessage(
                text,
                wrong=True,
                icon="ph.warning-bold",
                remedy=Remedy.OPEN_REFUSED,
                about=one.entry_id,
                code=f"refused.{one.entry_id}",
            )
        )

    def take_back(self, entry_id: str) -> None:
        """Its form again, with everything that was filled in; what is typed here is not wiped."""
        if self._draft.touched and self._draft.entry != entry_id:
            said = self._words("Finish or empty the report that is typed here first.")
            self._say(said, wrong=True, icon="ph.warning-bold")
            self._offer_refused(entry_id)
            return
        self._tasks.run(
            self._desk.reports.refused,
            owner=self,
            done=partial(self._on_taken_back, entry_id),
            failed=lambda error: self.said.emit(describe(error, self._words)),
        )

    def _on_taken_back(self, entry_id: str, found: tuple[RefusedReport, ...]) -> None:
        one = next((one for one in found if one.entry_id == entry_id), None)
        if one is None or (self._draft.touched and self._draft.entry != entry_id):
            return
        self._draft = Draft.of_refused(entry_id, one.command)
        self._change()

    def entry_delivered(self, registered: Registered) -> None:
        """What was taken down while the server was away has its number now."""
        ids = (registered.report.id, registered.reporter.id)
        ours = next((one for one in ids if one in self._unsent), None)
        if ours is None:
            return
        report = registered.report
        taken = replace(
            self._unsent.pop(ours), reference=report.reference, title=report.title, pending=False
        )
        self.visit_grew.emit(taken)
        self._say(self._words("{reference} registered", reference=report.reference))

    @staticmethod
    def _taken(draft: Draft, registered: Registered | None) -> TakenDown:
        report = registered.report if registered else None
        linked = draft.linked
        reference = report.reference if report else (linked.reference if linked else "")
        title = report.title if report else (linked.title if linked else "")
        return TakenDown(
            visit=draft.start_visit(),
            report_id=draft.id,
            reference=reference,
            title=title or " ".join(draft.text.split())[:80],
            joined=linked is not None,
            pending=registered is None,
        )

    def _told(self, draft: Draft, registered: Registered | None, *, on_paper: bool) -> UserMessage:
        words = self._words
        if registered is None:
            text = words("Kept here, and sent by itself when the server is back")
            if on_paper:
                text = words(
                    "Kept here, and sent by itself when the server is back. Receipt later."
                )
            return UserMessage(text, icon="ph.wifi-slash-bold")
        reference = registered.report.reference
        if draft.linked is not None:
            return UserMessage(
                words("Linked to {reference}", reference=reference), icon="ph.link-bold"
            )
        return UserMessage(words("{reference} registered", reference=reference))

    def _warn(self, draft: Draft, registered: Registered | None) -> None:
        """Something dangerous of which nobody hears now is for the clerk to tell."""
        unheard = registered is None or not registered.alerted
        if draft.urgency is Urgency.DANGEROUS and draft.linked is None and unheard:
            self._say(
                self._words("Nobody was warned yet of what is dangerous. Call the team."),
                wrong=True,
                icon="ph.warning-bold",
                code="report.unheard",
            )
