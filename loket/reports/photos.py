"""Photos as they are kept: turned upright, made smaller, and without where they were taken.

Only the pixels are kept: what a camera writes beside them (EXIF, GPS, thumbnails of what was cut
off) is gone, since the picture is drawn again.
"""

import io
import warnings
from functools import cache

from PIL import Image, ImageOps, UnidentifiedImageError

from loket.reports.rules.attachments import (
    LONGEST_SIDE,
    MOST_PIXELS,
    THUMBNAIL_SIDE,
    AttachmentRefused,
    AttachmentTooLarge,
    Kept,
    check_size,
    is_pdf,
)

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
_BOXES = b"ftyp"
"""ISO/IEC 14496-12: so begins, after a length, what is made of boxes; HEIF of many phones is."""


def checked(content: bytes) -> Kept:
    """A file as it may be kept.

    Raises :class:`AttachmentTooLarge` and :class:`AttachmentRefused`: a program, an SVG with its
    script, half a picture.
    """
    check_size(len(content))
    if is_pdf(content):
        return Kept("application/pdf", content, None)
    picture = _opened(content)
    upright = ImageOps.exif_transpose(picture).convert("RGB")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    small = upright.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    return Kept("image/jpeg", _jpeg(upright, 85), _jpeg(small, 75))


def _opened(content: bytes) -> Image.Image:
    formats: tuple[str, ...] = _FORMATS
    if content[4:8] == _BOXES:
        _learn_heif()
        formats = ("HEIF",)
    try:
        with warnings.catch_warnings():
            # Our own limit comes first; Pillow's warning would only say it twice.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=formats)
        if picture.width * picture.height > MOST_PIXELS:
            raise AttachmentTooLarge(limit=MOST_PIXELS)
        picture.load()
    except Image.DecompressionBombError as error:
        raise AttachmentTooLarge(limit=MOST_PIXELS) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise AttachmentRefused from error
    return picture


@cache
def _learn_heif() -> None:
    from pi_heif import register_heif_opener  # noqa: PLC0415 - only some phones send it

    register_heif_opener(thumbnails=False)


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()
