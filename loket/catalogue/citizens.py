"""How what the town named in Dutch is said to citizens, and in which languages."""

import re

from loket.catalogue.messages import Town
from loket.kit.i18n import CITIZEN_LANGUAGES, Words

_NUMBERED = re.compile(r"(Loket|Snelloket) (\d+)")


def languages_of(town: Town) -> list[str]:
    """The languages a slip, page or screen of this town offers: Dutch first."""
    more = [each for each in CITIZEN_LANGUAGES if each != "nl" and each in town.slip_languages]
    return ["nl", *more]


def counter_said(say: Words, name: str) -> str:
    """``Loket 3`` → ``guichet 3``; what is not numbered keeps the name on its door."""
    found = _NUMBERED.fullmatch(name)
    if found is None or say.language == "nl":
        return name
    kind, n = found.groups()
    return say("counter {n}", n=n) if kind == "Loket" else say("quick counter {n}", n=n)


def expected_at(say: Words, name: str) -> str:
    """``U wordt verwacht aan Loket 3``, ``Vous êtes attendu au guichet 3``."""
    if counter_said(say, name) == name:
        return say("You are expected at {counter}", counter=name)
    return say("You are expected at the {counter}", counter=counter_said(say, name))
