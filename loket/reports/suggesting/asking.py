"""Suggesting while somebody types: by the newest model, or by keywords until there is one."""

from threading import Lock
from typing import Final

from sqlalchemy import Connection

from loket.reports.messages.suggesting import SuggestedBy, Suggestion, Suggestions
from loket.reports.messages.taking import Category
from loket.reports.queries.arrangements import read_categories
from loket.reports.rules.suggesting import LIKELY, MOST, Keywords, Subject, Suggested
from loket.reports.suggesting.keeping import last_model_id, read_model
from loket.reports.suggesting.model import Model

_ALL: Final = 100


class Suggesting:
    """Holds the model of this process; another one that was trained replaces it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._model: tuple[str, Model] | None = None
        self._keywords: tuple[tuple[Subject, ...], Keywords] | None = None

    def suggest(self, connection: Connection, text: str) -> Suggestions:
        """At most three categories that are open now."""
        categories = read_categories(connection)
        model = self._newest(connection)
        if model is None:
            found = self._table(categories).suggest(text)
            return _told(found, SuggestedBy.KEYWORDS)
        closed = frozenset(one.id for one in categories if one.closed)
        known = frozenset(model.categories)
        # Of a category that is newer than the model only its keywords know.
        newer = [one for one in categories if not one.closed and one.id not in known]
        extra = self._table(newer).suggest(text) if newer else ()
        return _told(_together(model.suggest(text, closed), extra), SuggestedBy.MODEL)

    def _newest(self, connection: Connection) -> Model | None:
        model_id = last_model_id(connection)
        if model_id is None:
            return None
        with self._lock:
            if self._model is None or self._model[0] != model_id:
                self._model = (model_id, read_model(connection, model_id))
            return self._model[1]

    def _table(self, categories: list[Category]) -> Keywords:
        subjects = tuple(
            Subject(one.id, one.name, tuple(one.keywords)) for one in categories if not one.closed
        )
        with self._lock:
            if self._keywords is None or self._keywords[0] != subjects:
                self._keywords = (subjects, Keywords(subjects))
            return self._keywords[1]


def _together(learnt: tuple[Suggested, ...], extra: tuple[Suggested, ...]) -> tuple[Suggested, ...]:
    """What keywords are sure of takes its share of the hundred from what was learnt."""
    sure = [one for one in extra if one.confidence >= LIKELY][:1]
    left = _ALL - sum(one.confidence for one in sure)
    rest = [Suggested(one.id, one.confidence * left // _ALL) for one in learnt] if sure else learnt
    both = sorted((*sure, *rest), key=lambda one: -one.confidence)
    return tuple(one for one in both if one.confidence)[:MOST]


def _told(found: tuple[Suggested, ...], by: SuggestedBy) -> Suggestions:
    made = [Suggestion(category_id=one.id, hundredths=one.confidence) for one in found]
    return Suggestions(suggestions=made, by=by)
