"""What becomes of a mail that comes in: the words for it, and what of it stands in a file."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from loket.kit.errors import Conflict, NotFound
from loket.reports.rules.attachments import Kept
from loket.reports.rules.kinds import TEXT_LENGTH

SUBJECT_LENGTH: Final = 200
LONGEST_ANSWER: Final = 8000
"""Characters of a mail that stand in a file; the whole is kept beside it."""
MOST_FILES_OF_A_MAIL: Final = 10
SMALL: Final = 20_000
"""Bytes: below it a picture in the text itself is the logo of a signature, not a photo."""
_GOES_ON: Final = "\n[…]"
_REFERENCE: Final = re.compile(r"\bM-\d{4}-\d{5,6}\b", re.IGNORECASE)


class MailState(StrEnum):
    LANDED = "landed"
    LOOSE = "loose"
    """It found no file: somebody looks at it."""
    ASIDE = "aside"
    """Somebody looked at it, and said why nothing is done with it."""


class WhyLoose(StrEnum):
    """Why a mail found no file."""

    NO_FILE = "no_file"
    """It answers nothing of ours."""
    STRANGER = "stranger"
    """It names a report, but comes from nobody who has to do with that."""
    MACHINE = "machine"
    """An automatic answer, or a returned mail, to nothing of ours."""
    TOO_LARGE = "too_large"
    TANGLED = "tangled"


class UnknownMail(NotFound):
    code = "report.unknown_mail"


class MailSettled(Conflict):
    """A colleague was quicker: it is in a file, or was put aside."""

    code = "report.mail_settled"


@dataclass(frozen=True)
class Judged:
    """What was sent along with a mail: kept, or refused and named."""

    kept: tuple[tuple[str, Kept], ...] = ()
    """Under the name that it had."""
    refused: tuple[str, ...] = ()


def references_in(subject: str) -> list[str]:
    """Reports that a subject names."""
    return list(dict.fromkeys(each.upper() for each in _REFERENCE.findall(subject)))


def shortened(words: str, limit: int = LONGEST_ANSWER) -> str:
    """What stands in a file; where it goes on, a mark says so."""
    if len(words) <= limit:
        return words
    return words[: limit - len(_GOES_ON)].rstrip() + _GOES_ON


def as_report(words: str) -> str:
    """The beginning of a mail, as the text of a new report."""
    return shortened(words, TEXT_LENGTH)
