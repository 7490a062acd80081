"""Texts in the language of whoever reads them: gettext with English msgids, Dutch complete."""

import gettext
from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_decimal

from loket.kit import paths
from loket.kit.clock import local

STAFF_LANGUAGES = ("nl", "en")
CITIZEN_LANGUAGES = ("nl", "fr", "en", "de")
"""In which paper, pages and screens can speak to a citizen; Dutch always stands on the paper."""
_BABEL = {"nl": "nl_BE", "en": "en_GB", "fr": "fr_BE", "de": "de_BE"}


def mark(text: str) -> str:
    """Mark a msgid for extraction where it is translated later."""
    return text


class Words:
    """The texts and forms of one language."""

    def __init__(self, language: str, catalogue: gettext.NullTranslations) -> None:
        self.language = language
        self._catalogue = catalogue
        self._babel = _BABEL[language]

    def __call__(self, text: str, /, **values: object) -> str:
        """The text in this language; ``{name}`` places are filled from ``values``."""
        found = self._catalogue.gettext(text) if text else ""
        return found.format(**values) if values else found

    def plural(self, one: str, many: str, n: int, /, **values: object) -> str:
        """The form for ``n``; ``{n}`` is filled in as the language writes numbers."""
        found = self._catalogue.ngettext(one, many, n)
        return found.format(n=self.number(n), **values)

    def number(self, value: float) -> str:
        return format_decimal(value, locale=self._babel)

    def time(self, moment: datetime) -> str:
        """``10:15`` on the Belgian wall clock, the same in all our languages.

        Not through Babel, which takes 80 µs: a calendar says hundreds of times at once.
        """
        return f"{local(moment):%H:%M}"

    def time_with_seconds(self, moment: datetime) -> str:
        """``10:15:04``."""
        return format_time(local(moment), "HH:mm:ss", locale=self._babel)

    def range(self, low: int, high: int) -> str:
        """``10 – 25``; one number where both are the same."""
        return self.number(low) if low == high else f"{self.number(low)} – {self.number(high)}"

    def weekday(self, day: date) -> str:
        """``dinsdag 17 maart``."""
        return format_date(day, "EEEE d MMMM", locale=self._babel)

    def weekday_name(self, day: date) -> str:
        """``maandag``."""
        return format_date(day, "EEEE", locale=self._babel)

    def short_day(self, day: date) -> str:
        """``ma 16 maart``."""
        return format_date(day, "EEE d MMMM", locale=self._babel).replace(".", "")

    def long_day(self, day: date) -> str:
        """``maandag 16 maart 2026``."""
        return format_date(day, "EEEE d MMMM y", locale=self._babel)

    def month(self, number: int) -> str:
        """``maart``, for 3."""
        return format_date(date(2000, number, 1), "LLLL", locale=self._babel)

    def slip_day(self, day: date) -> str:
        """``ma 16/03/2026``, as slips write it."""
        return format_date(day, "EEE dd/MM/y", locale=self._babel).replace(".", "")

    def skeleton(self, moment: datetime, form: str) -> str:
        """Any other form, by its CLDR skeleton."""
        return format_skeleton(form, local(moment), locale=self._babel)


@lru_cache(maxsize=8)
def words(language: str) -> Words:
    """The words of a language; English needs no catalogue, its texts are the msgids."""
    if language == "en":
        return Words("en", gettext.NullTranslations())
    return Words(language, gettext.translation("loket", str(paths.LOCALE), languages=[language]))


def spoken(language: str) -> tuple[Words, ...]:
    """The words that stand on paper for a citizen: Dutch, then their own language if we have it."""
    dutch = words("nl")
    if language == "nl" or language not in CITIZEN_LANGUAGES:
        return (dutch,)
    return (dutch, words(language))
