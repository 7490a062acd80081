"""What stands on a display and what it says aloud, in each of the languages of the town."""

from collections.abc import Iterable
from datetime import datetime

from loket.catalogue.citizens import counter_said
from loket.displays.messages import SpokenCall
from loket.displays.rules import number_aloud
from loket.kit.clock import local_day
from loket.kit.i18n import Words, words

_VOICES = {"nl": "nl-BE", "fr": "fr-BE", "en": "en-GB", "de": "de-DE"}


def page_words(language: str) -> dict[str, str]:
    """The fixed texts of the page; ``{time}`` and ``{n}`` are filled in there."""
    say = words(language)
    return {
        "now": say("Now called"),
        "earlier": say("Earlier calls"),
        "waits": say("Waiting time for new tickets"),
        "minutes": say("± {n} min"),
        "free": say("at once"),
        "away": say("No connection since {time}"),
        "welcome": say("Welcome"),
        "appears": say("Your number appears here"),
        "closed": say("Closed"),
        "tap": say("Tap the screen for sound"),
    }


def usual_message(languages: Iterable[str]) -> dict[str, str]:
    """What stands at the foot while the town says nothing else."""
    return {each: _usual(words(each)) for each in languages}


def _usual(say: Words) -> str:
    return say("Have your identity card ready. Is waiting difficult? Tell us.")


def opens_again(languages: Iterable[str], now: datetime, opens: datetime | None) -> dict[str, str]:
    """When it opens next, in words; empty when nobody knows."""
    return {each: _opens(words(each), now, opens) for each in languages}


def _opens(say: Words, now: datetime, opens: datetime | None) -> str:
    if opens is None:
        return ""
    if local_day(opens) == local_day(now):
        return say("Open again today at {time}", time=say.time(opens))
    return say(
        "Open again on {day} at {time}", day=say.weekday(local_day(opens)), time=say.time(opens)
    )


def spoken_call(languages: Iterable[str], number: str, counter: str) -> list[SpokenCall]:
    """``Nummer A 14, Loket 3``, in each language."""
    return [
        SpokenCall(language=_VOICES[each], text=_call(words(each), number, counter))
        for each in languages
    ]


def _call(say: Words, number: str, counter: str) -> str:
    return say(
        "Number {number}, {counter}",
        number=number_aloud(number),
        counter=counter_said(say, counter),
    )
