"""Keep what goes with an announcement: photos drawn anew, and PDFs that do nothing."""

import re
import uuid
import zlib
from datetime import datetime
from pathlib import Path
from typing import IO, NamedTuple

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from smartkampung.intake.actions.photos import NotAPhoto, keep_photo
from smartkampung.kernel.errors import Refused

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 40 * 1024 * 1024
LONGEST_NAME = 80
# What makes a PDF run, fetch or carry something: names as the format writes them.
# The short ones stand by chance in many a photo: only where a value can follow.
ACTIVE = re.compile(
    rb"/(?:(?:JavaScript|Launch|EmbeddedFiles?|OpenAction|RichMedia|XFA|Encrypt"
    rb"|SubmitForm|ImportData|GoToR|GoToE)\b|(?:JS|AA)(?=[\0\t\n\f\r (<%]))"
)
# What stands before a stream since the last object began, and the stream.
STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
BEGINS = re.compile(rb"\bobj\b|\bendobj\b|\bendstream\b")
# A stream that holds objects: it says so, or where in it the first one stands.
OBJECTS = re.compile(rb"/(?:ObjStm|First)\b")
NAMED = re.compile(rb"/ObjStm\b")
# Packed one way that we can undo, and with nothing that changes what comes out.
READABLE = re.compile(
    rb"/Filter\s*(?:/(?:FlateDecode|Fl)(?=[\s/>])|\[\s*/(?:FlateDecode|Fl)\s*\])"
)
CHANGED = re.compile(rb"/(?:DecodeParms|DP|FFilter|FDecodeParms|F)\b")
LOOKED_BACK = 4_000
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


NEITHER = _(
    "“%(name)s” is neither a photo (JPEG, PNG or WebP) nor a PDF that we can read."
    " Save it as a PDF and choose that."
)
# How photos that we read begin, whatever their name says.
BEGINNINGS = (b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n", b"RIFF")


def looks_unreadable(head: bytes) -> bool:
    """Say whether a file is surely nothing that can be kept, from how it begins."""
    return not head.startswith(BEGINNINGS)


def keep_file(*, file: IO[bytes], name: str, region_code: str, at: datetime) -> Kept:
    """Keep one file; raise NotAttachable or what photos raise.

    A photo is drawn anew, without place and camera. A PDF is kept as it is when
    nothing in it runs, fetches or hides.
    """
    head = file.read(5)
    file.seek(0)
    if head != b"%PDF-":
        try:
            kept = keep_photo(file=file, region_code=region_code, at=at)
        except NotAPhoto as refusal:
            raise NotAttachable(NEITHER % {"name": _called(name)}) from refusal
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
    plain = _plain(content)
    if ACTIVE.search(plain):
        return True
    left, looked_into = MOST_UNPACKED, 0
    for packed in STREAM.finditer(content):
        inner, whole = _unpacked(packed[1], left)
        left -= len(inner)
        if left <= 0:
            return True
        about = _plain(_said_about(content, packed.start()))
        if OBJECTS.search(about):
            if not (whole and _is_readable(about)) or ACTIVE.search(_plain(inner)):
                return True
            looked_into += len(NAMED.findall(about))
    # One that was not found where it should stand hides behind something.
    return looked_into < len(NAMED.findall(plain))


def _unpacked(packed: bytes, most: int) -> tuple[bytes, bool]:
    """Return what a stream holds, and whether that is all of it."""
    unpacker = zlib.decompressobj()
    try:
        return unpacker.decompress(packed, most), unpacker.eof
    except zlib.error:
        return b"", False


def _said_about(content: bytes, stream_at: int) -> bytes:
    """Return the words that say what a stream is: those of its object before it."""
    before = content[max(0, stream_at - LOOKED_BACK) : stream_at]
    begins = max((found.end() for found in BEGINS.finditer(before)), default=0)
    return before[begins:]


def _is_readable(about: bytes) -> bool:
    return (
        about.count(b"/Filter") == 1
        and bool(READABLE.search(about))
        and not CHANGED.search(about)
    )


def _plain(content: bytes) -> bytes:
    return ESCAPED.sub(lambda sign: bytes([int(sign[1], 16)]), content)


def _called(name: str) -> str:
    letters = "".join(sign for sign in Path(name).name if sign.isprintable())
    return letters.strip()[-LONGEST_NAME:] or "file"
