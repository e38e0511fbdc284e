"""Keep what goes with an announcement: photos drawn anew, and PDFs that do nothing."""

import re
import uuid
import zlib
from datetime import datetime
from pathlib import Path
from typing import IO, NamedTuple

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from smartkampung.intake.actions.photos import keep_photo
from smartkampung.kernel.errors import Refused

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 40 * 1024 * 1024
LONGEST_NAME = 80
# What makes a PDF run, fetch or carry something: names as the format writes them.
ACTIVE = re.compile(
    rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|OpenAction|AA|RichMedia|XFA|Encrypt"
    rb"|SubmitForm|ImportData|GoToR|GoToE)\b"
)
STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


class Kept(NamedTuple):
    """A file that is kept, as its row says it."""

    kind: str
    name: str
    path: str
    bytes: int
    upload_id: uuid.UUID | None = None


class NotAttachable(Refused):
    """The file is neither a photo nor a plain PDF, or too large."""

    code = "not_attachable"


def keep_file(*, file: IO[bytes], name: str, region_code: str, at: datetime) -> Kept:
    """Keep one file; raise NotAttachable or what photos raise.

    A photo is drawn anew, without place and camera. A PDF is kept as it is when
    nothing in it runs, fetches or hides.
    """
    head = file.read(5)
    file.seek(0)
    if head != b"%PDF-":
        kept = keep_photo(file=file, region_code=region_code, at=at)
        return Kept("photo", _called(name), kept.path, kept.bytes, kept.pk)
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise NotAttachable(_("The PDF is larger than 5 MB. Choose a smaller one."))
    if is_active(content):
        raise NotAttachable(
            _(
                "This PDF is locked, or holds a form, a script or another file. Print it"
                " to a new PDF and choose that."
            )
        )
    key = uuid.uuid4().hex
    path = Path(key[:2]) / f"{key}.pdf"
    target = Path(settings.UPLOADS) / path
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    target.write_bytes(content)
    return Kept("pdf", _called(name), str(path), len(content))


def is_active(content: bytes) -> bool:
    """Say whether a PDF does more than show pages, as far as it can be unpacked.

    What unpacks to too much is taken for active: nobody needs it.
    """
    if ACTIVE.search(_plain(content)):
        return True
    left = MOST_UNPACKED
    for packed in STREAM.finditer(content):
        unpacker = zlib.decompressobj()
        try:
            inner = unpacker.decompress(packed[1], left)
        except zlib.error:
            continue
        left -= len(inner)
        if left <= 0 or (b"/ObjStm" in content and ACTIVE.search(_plain(inner))):
            return True
    return False


def _plain(content: bytes) -> bytes:
    return ESCAPED.sub(lambda sign: bytes([int(sign[1], 16)]), content)


def _called(name: str) -> str:
    letters = "".join(sign for sign in Path(name).name if sign.isprintable())
    return letters.strip()[-LONGEST_NAME:] or "file"
