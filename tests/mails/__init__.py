"""Mails as programs of citizens write them, filled in: what tests of incoming mail begin with.

``@TO@`` is the address it goes to, ``@ID@`` the message it answers, ``@REF@`` a report's reference.
"""

import base64
import io
from email.message import EmailMessage
from pathlib import Path
from random import Random

from PIL import Image

from loket.kit.ids import new_id

_HERE = Path(__file__).parent
MARLEEN = "m.desmedt@example.be"


def sample(
    name: str,
    *,
    to: str = "meldingen@heidebeek.example",
    answers: str = "",
    ref: str = "M-0",
    **more: str,
) -> bytes:
    """One of the messages in this folder, with line ends as they travel."""
    text = (_HERE / f"{name}.eml").read_text(encoding="utf-8")
    known = {"TO": to, "ID": answers or new_id(), "REF": ref, "ACTION": "failed", **more}
    known["PHOTO"] = base64.encodebytes(photo()).decode()
    for field, value in known.items():
        text = text.replace(f"@{field}@", value)
    return text.replace("\n", "\r\n").encode()


def photo(side: int = 400, *, place: bool = True) -> bytes:
    """A photo of a telephone; with ``place`` it tells where it was taken."""
    out = io.BytesIO()
    tags = Image.Exif()
    if place:
        tags[0x0110] = "iPhone 17"
        tags.get_ifd(0x8825)[1] = "N"
    grains = Random(side).randbytes(side * side)
    picture = Image.frombytes("L", (side, side), grains).convert("RGB")
    picture.save(out, "JPEG", exif=tags, quality=90)
    return out.getvalue()


def mail(
    text: str = "Het is opgelost.",
    *,
    to: str = "meldingen@heidebeek.example",
    sender: str = MARLEEN,
    subject: str = "Re: uw melding",
    files: dict[str, bytes] | None = None,
    **headers: str,
) -> EmailMessage:
    """One that a test changes further."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Message-ID"] = f"<{new_id()}@burger.example>"
    for name, value in headers.items():
        del message[name.replace("_", "-")]
        message[name.replace("_", "-")] = value
    message.set_content(text)
    for name, content in (files or {}).items():
        kind = ("image", "jpeg") if name.endswith("jpg") else ("application", "octet-stream")
        message.add_attachment(content, maintype=kind[0], subtype=kind[1], filename=name)
    return message
