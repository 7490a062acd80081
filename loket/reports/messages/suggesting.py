"""Which category a text may be about."""

from enum import StrEnum

from loket.reports.messages.taking import Saying
from loket.wire.base import WireIn, WireOut


class SuggestedBy(StrEnum):
    MODEL = "model"
    """Learnt from the town's own reports."""
    KEYWORDS = "keywords"


class SuggestAsked(WireIn):
    """What is being typed."""

    text: Saying


class Suggestion(WireOut):
    category_id: str
    hundredths: int
    """90: of ten such suggestions nine are right."""


class Suggestions(WireOut):
    """The likeliest first, at most three."""

    suggestions: list[Suggestion]
    by: SuggestedBy
