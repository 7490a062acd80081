"""What may be attached to a report: judged by what it is, not by what it is called."""

from dataclasses import dataclass
from typing import Final

from loket.kit.errors import Conflict, Invalid, NotFound

MOST_BYTES: Final = 12 * 1024 * 1024
"""Of one file as it is sent."""
MOST_FILES: Final = 5
"""With what was reported; a conversation may add more."""
MOST_OF_A_REPORT: Final = 40
MOST_PIXELS: Final = 60_000_000
LONGEST_SIDE: Final = 2560
"""Pixels of a photo as it is kept: enough to read a number plate."""
THUMBNAIL_SIDE: Final = 320
USUAL_NAMES: Final = "*.jpg *.jpeg *.png *.webp *.heic *.heif *.pdf"
"""Of what may be attached, where somebody looks for it among other files; patterns of a shell."""


class AttachmentTooLarge(Invalid):
    """More than ``limit`` bytes, or more pixels than a camera makes."""

    code = "report.attachment_too_large"


class AttachmentRefused(Invalid):
    """No photo and no PDF, whatever its name says."""

    code = "report.attachment_refused"


class TooManyAttachments(Conflict):
    """Not more than ``limit``."""

    code = "report.too_many_attachments"


class AttachmentExists(Conflict):
    """Another file has this id."""

    code = "report.attachment_exists"


class UnknownAttachment(NotFound):
    code = "report.unknown_attachment"


@dataclass(frozen=True)
class Kept:
    """A file as it is kept."""

    media_type: str
    content: bytes
    thumbnail: bytes | None


def check_size(size: int) -> None:
    if not size:
        raise AttachmentRefused
    if size > MOST_BYTES:
        raise AttachmentTooLarge(limit=MOST_BYTES)


def is_pdf(content: bytes) -> bool:
    """ISO 32000: the header stands in the first 1024 bytes, the end mark near the end."""
    return content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]


def file_name(given: str, media_type: str) -> str:
    """Its own name without folders, with the ending of what it is."""
    plain = given.replace("\\", "/").rpartition("/")[2]
    stem = plain.rpartition(".")[0] or plain
    shown = "".join(sign for sign in stem if sign.isprintable() and sign not in '<>:"|?*')
    return f"{shown.strip()[:100] or 'bijlage'}.{_ENDINGS[media_type]}"


_ENDINGS: Final = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}
