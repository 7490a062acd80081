"""The texts: one at a time, tried on an example with every key that is pressed."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Protocol, cast

from PySide6.QtCore import QObject, Signal

from loket.catalogue.messages import Catalogue
from loket.correspondence.messages import (
    ChangeTemplate,
    CitizenLanguage,
    MessageTemplate,
    MessageTemplates,
    ResetTemplate,
)
from loket.correspondence.rules import (
    FIELDS,
    Field,
    MessageChannel,
    MessageKind,
    Template,
    check_template,
    sms_parts,
)
from loket.correspondence.wording import example_facts, rendered
from loket.kit.clock import Clock
from loket.kit.errors import LoketError
from loket.kit.i18n import Words
from ui.admin.messages import faces
from ui.admin.messages.state import Example, Phase, TemplatesState
from ui.core.sentences import UserMessage, describe
from ui.core.tasks import Lane, TaskRunner

_Key = tuple[str, str, str, str]


class Texts(Protocol):
    """The town's texts, as the desk knows them."""

    def templates(self) -> MessageTemplates: ...
    def change_template(self, command: ChangeTemplate) -> MessageTemplate: ...
    def reset_template(self, command: ResetTemplate) -> MessageTemplate: ...


class TextsDesk(Protocol):
    """What this screen needs of the desk."""

    @property
    def clock(self) -> Clock: ...
    @property
    def correspondence(self) -> Texts: ...


class TemplatesViewModel(QObject):
    """Wishes in, one state out; what is typed stays with the screen until it is kept."""

    state_changed = Signal(object)
    said = Signal(object)

    def __init__(self, desk: TextsDesk, tasks: TaskRunner, words: Words) -> None:
        super().__init__()
        self._desk, self._tasks, self._words = desk, tasks, words
        self._catalogue: Catalogue | None = None
        self._known: dict[_Key, MessageTemplate] = {}
        self._typed = Template("", "")
        self.state = TemplatesState(
            kind=MessageKind.APPOINTMENT_BOOKED, channel=MessageChannel.MAIL, language="nl"
        )

    # what comes from outside

    def speak(self, words: Words) -> None:
        self._words = words
        self._show()

    def show_catalogue(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        products = tuple((each.id, each.name) for each in catalogue.products)
        self._set(products=tuple(sorted(products, key=lambda each: each[1].casefold())))
        self._show()

    def open(self) -> None:
        """Somebody looks; what they were typing stays."""
        if not self.state.changed:
            self._tasks.run(
                self._desk.correspondence.templates,
                owner=self,
                done=self._on_templates,
                failed=self._on_failed,
                latest="templates",
            )

    # wishes

    def choose(
        self,
        *,
        kind: str | None = None,
        channel: str | None = None,
        language: str | None = None,
        product: str | None = None,
    ) -> None:
        """Another text; what was typed and not kept is let go."""
        state = self.state
        chosen = (
            kind or state.kind,
            channel or state.channel,
            language or state.language,
            state.product if product is None else product,
        )
        if chosen != (state.kind, state.channel, state.language, state.product):
            names = ("kind", "channel", "language", "product")
            self._set(**dict(zip(names, chosen, strict=True)), wrong="")
            self._load()

    def type_text(self, title: str, text: str) -> None:
        """Each key: what it would look like."""
        self._typed = Template(title, text)
        changed = (title, text) != (self.state.title, self.state.text)
        self._set(changed=changed)
        self._try()

    def keep(self) -> None:
        """Make what is typed the town's text."""
        state, own = self.state, self._own()
        if state.busy or not state.changed or self._fault() is not None:
            return
        command = ChangeTemplate(
            **self._address(),
            title=self._typed.title.strip() if state.channel == MessageChannel.MAIL else "",
            text=self._typed.text,
            seen_version=own.version if own is not None else 0,
        )
        self._act(
            partial(self._desk.correspondence.change_template, command),
            self._words("The text is kept. It is used from the next message on."),
        )

    def reset(self) -> None:
        """Give the town's own text up, and what was typed."""
        if self.state.busy:
            return
        if self.state.usual:
            self._load()
            return
        command = ResetTemplate(**self._address())
        self._act(
            partial(self._desk.correspondence.reset_template, command),
            self._words("The usual text is back."),
        )

    # inside

    def _address(self) -> dict[str, object]:
        state = self.state
        return {
            "kind": MessageKind(state.kind),
            "channel": MessageChannel(state.channel),
            "language": cast("CitizenLanguage", state.language),
            "product_id": state.product or None,
        }

    def _on_templates(self, found: MessageTemplates) -> None:
        self._known = {_key_of(each): each for each in found.templates}
        self._set(phase=Phase.SHOWN, problem="")
        self._load()

    def _on_failed(self, error: Exception) -> None:
        phase = Phase.SHOWN if self._known else Phase.FAILED
        self._set(phase=phase, problem=describe(error, self._words).text)

    def _own(self) -> MessageTemplate | None:
        """The text of exactly what is chosen; none: another one holds for it."""
        state = self.state
        found = self._known.get((state.kind, state.channel, state.language, state.product))
        return found if found is not None and found.version else None

    def _holds(self) -> MessageTemplate | None:
        state = self.state
        of_all = self._known.get((state.kind, state.channel, state.language, ""))
        return self._own() or of_all

    def _load(self) -> None:
        """Show the text that holds, as it was read."""
        holds = self._holds()
        if holds is None:
            return
        self._typed = Template(holds.title, holds.text)
        self._set(
            title=holds.title,
            text=holds.text,
            revision=self.state.revision + 1,
            changed=False,
            wrong="",
        )
        self._show()

    def _show(self) -> None:
        if not self._known:
            return
        state, words, own = self.state, self._words, self._own()
        named = [
            (field, words(faces.FIELDS[field])) for field in _in_order(MessageKind(state.kind))
        ]
        self._set(
            usual=own is None,
            standing=self._standing(own),
            fields=tuple((str(field), name) for field, name in named),
            own=frozenset(
                key[3]
                for key in self._known
                if key[3] and key[:3] == (state.kind, state.channel, state.language)
            ),
        )
        self._try()

    def _standing(self, own: MessageTemplate | None) -> str:
        words = self._words
        if own is not None and own.changed_at is not None:
            now = self._desk.clock.now()
            return words("Own text, since {time}", time=faces.when(words, own.changed_at, now))
        holds = self._holds()
        if self.state.product and holds is not None and holds.version:
            return words("The town's own text for all products")
        return words("Usual text")

    def _try(self) -> None:
        """The example, or why the text cannot be used."""
        state, town = self.state, self._catalogue.town if self._catalogue else None
        fault, channel = self._fault(), MessageChannel(state.channel)
        if fault is not None:
            self._set(wrong=describe(fault, self._words).text)
            return
        if town is None:
            return
        facts = example_facts(self._desk.clock.now())
        said = rendered(self._typed, facts, town, channel, state.language)
        length = ""
        if channel is MessageChannel.SMS:
            length = self._words.plural(
                "{n} text message", "{n} text messages", sms_parts(said.text)
            )
        self._set(wrong="", example=Example(said.title, said.text, length))

    def _fault(self) -> LoketError | None:
        """Why what is typed cannot be used."""
        kind, channel = MessageKind(self.state.kind), MessageChannel(self.state.channel)
        try:
            check_template(kind, channel, self._typed)
        except LoketError as error:
            return error
        return None

    def _act(self, act: Callable[[], MessageTemplate], done: str) -> None:
        self._set(busy=True, wrong="")
        self._tasks.run(
            act,
            owner=self,
            done=lambda _text: self._on_done(done),
            failed=self._on_refused,
            lane=Lane.LIVE,
        )

    def _on_done(self, text: str) -> None:
        self._set(busy=False, changed=False)
        self.said.emit(UserMessage(text))
        self.open()

    def _on_refused(self, error: Exception) -> None:
        """What is typed stays; what a colleague kept meanwhile is learnt.

        So whoever presses again keeps theirs over that, knowingly.
        """
        wrong = describe(error, self._words).text
        self._tasks.run(
            self._desk.correspondence.templates,
            owner=self,
            done=lambda found: self._on_learnt(found, wrong),
            failed=lambda _error: self._set(busy=False, wrong=wrong),
        )

    def _on_learnt(self, found: MessageTemplates, wrong: str) -> None:
        self._known = {_key_of(each): each for each in found.templates}
        self._show()
        self._set(busy=False, wrong=wrong)

    def _set(self, **changes: object) -> None:
        state = replace(self.state, **changes)  # type: ignore[arg-type]  # fields of the state
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)


def _key_of(template: MessageTemplate) -> _Key:
    return template.kind, template.channel, template.language, template.product_id or ""


def _in_order(kind: MessageKind) -> Iterable[Field]:
    return (field for field in Field if field in FIELDS[kind])
