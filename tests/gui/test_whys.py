"""The one sentence that says why this person."""

from datetime import timedelta

import pytest

from loket.queue.messages import CallReason
from loket.queue.rules.order import WhyCode
from tests.gui import town
from ui.core.directory import Directory
from ui.core.whys import why_text

DIRECTORY = Directory(town.CATALOGUE, town.SITE)
TEN_TWENTY = town.NOW - timedelta(minutes=4)


def reason(code, minutes=6, **other):
    given = {"limit": 60, "at": None, "priority": "", "second_choice": "", "then": ""} | other
    return CallReason(code=code, minutes=minutes, **given)


@pytest.mark.parametrize(
    ("why", "said"),
    [
        (
            reason(WhyCode.APPOINTMENT, at=TEN_TWENTY, then="A015"),
            "Afspraak van 10:20, 6 min te laat; daarna A015",
        ),
        (reason(WhyCode.APPOINTMENT, 0, at=TEN_TWENTY), "Afspraak van 10:20, op tijd"),
        (reason(WhyCode.APPOINTMENT), "Afspraak, wacht 6 min"),
        (
            reason(WhyCode.EARLY, at=TEN_TWENTY),
            "Afspraak van 10:20, vroeger: niemand anders wacht",
        ),
        (reason(WhyCode.OVER_LIMIT, 61), "Wacht 61 min, langer dan de grens van 60"),
        (reason(WhyCode.PRIORITY, priority="mobility"), "Mobiliteit, wacht 6 min"),
        (reason(WhyCode.PRIORITY, priority="gone"), "Voorrang, wacht 6 min"),
        (
            reason(WhyCode.LONGEST, second_choice="q-snel", then="S032"),
            "Wacht het langst, 6 min, tweede keuze, Snelloket; daarna S032",
        ),
        (reason(WhyCode.EARNED), "Wacht 6 min, deze wachtrij gaat sneller vooruit"),
        (None, ""),
    ],
)
def test_why_in_one_sentence(nl, why, said):
    assert why_text(why, directory=DIRECTORY, words=nl) == said
