"""Keep a photo that somebody sent: as a picture of our own making, and nothing else."""

import hashlib
import io
import uuid
import warnings
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from smartkampung.intake.actions.limits import over
from smartkampung.intake.models import Upload
from smartkampung.intake.rules import Limit
from smartkampung.kernel.errors import Refused

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 12_000_000
LONGEST_SIDE = 1600
QUALITY = 80
FORMATS = ("JPEG", "PNG", "WEBP")
PER_SENDER = Limit("intake.photos", 60, timedelta(minutes=10))


NOT_A_PHOTO, TOO_LARGE, TOO_MANY_PIXELS = (
    "not_a_photo",
    "photo_too_large",
    "photo_too_many_pixels",
)
TOO_MANY = "too_many_photos"
WORDS: dict[str, Promise] = {
    NOT_A_PHOTO: _(
        "This file is not a photo that we can read. Choose a JPEG, PNG or WebP photo, "
        "or skip this."
    ),
    TOO_MANY: _(
        "Many photos came over your connection. Go on without one, or try again in "
        "ten minutes."
    ),
    TOO_LARGE: _("The photo is larger than 10 MB. Choose a smaller one, or skip this."),
    TOO_MANY_PIXELS: _(
        "The photo has more than 12 million pixels. Choose a smaller one, or skip this."
    ),
}


class NotAPhoto(Refused):
    """The file is no picture that we can read, whatever its name says."""

    code = NOT_A_PHOTO


class TooManyPhotos(Refused):
    """One sender fills the disk; a photo is welcome, but nobody needs one to report."""

    code = TOO_MANY


class PhotoTooLarge(Refused):
    """The file is larger than anybody needs to show a house."""

    code = TOO_LARGE


def keep_photo(
    *,
    file: IO[bytes],
    region_code: str,
    at: datetime,
    form_id: uuid.UUID | None = None,
    sender: str | None = None,
    named: uuid.UUID | None = None,
) -> Upload:
    """Draw the sent picture anew and keep that; return where it is.

    The name says nothing; place, time and camera, which phones write into a picture,
    are gone. The same picture sent again with the same form is kept once. ``sender``
    names who is not signed in: their photos are counted. ``named`` is the id that was
    promised to it. What is kept is evidence: nothing is ever written over it.
    Raises NotAPhoto, PhotoTooLarge or TooManyPhotos.
    """
    if sender is not None and over(PER_SENDER, key=sender, at=at):
        raise TooManyPhotos(WORDS[TOO_MANY])
    content = _read(file)
    picture = _picture(content)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    key = named or _key(content, form_id)
    there = Upload.objects.filter(pk=key, bytes__gt=0).first()
    if there is not None:
        return there
    path = _path(key)
    target = Path(settings.UPLOADS) / path
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    picture.save(target, "JPEG", quality=QUALITY, optimize=True)
    size = {
        "width": picture.width,
        "height": picture.height,
        "bytes": target.stat().st_size,
    }
    about = {"path": str(path), "at": at, "region_code": region_code}
    kept, new = Upload.objects.get_or_create(id=key, defaults={**size, **about})
    if not new and kept.bytes == 0:
        Upload.objects.filter(pk=key).update(**size)
    return kept


def promise_photo(*, named: uuid.UUID, region_code: str, at: datetime) -> None:
    """Keep a place for a photo that is still on a phone: so a form can name it.

    Until ``keep_photo`` fills it, there is no file, and whoever looks finds none.
    """
    Upload.objects.get_or_create(
        id=named,
        defaults={
            "path": str(_path(named)),
            "width": 0,
            "height": 0,
            "bytes": 0,
            "at": at,
            "region_code": region_code,
        },
    )


def _path(key: uuid.UUID) -> Path:
    return Path(key.hex[:2]) / f"{key.hex}.jpg"


def _key(content: bytes, form_id: uuid.UUID | None) -> uuid.UUID:
    # A photo is evidence: by its name another one can never take its place.
    if form_id is None:
        return uuid.uuid4()
    return uuid.uuid5(form_id, hashlib.sha256(content).hexdigest())


def _read(file: IO[bytes]) -> bytes:
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise PhotoTooLarge(WORDS[TOO_LARGE])
    return content


def _picture(content: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _drawn_anew(content)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except (OSError, ValueError, SyntaxError, EOFError):
        # Pillow says what it meets in broken files through all of these.
        raise NotAPhoto(WORDS[NOT_A_PHOTO]) from None


def _drawn_anew(content: bytes) -> Image.Image:
    with Image.open(io.BytesIO(content), formats=FORMATS) as sent:
        # The header tells the size before a single pixel is unpacked.
        if sent.width * sent.height > MOST_PIXELS:
            raise _too_many_pixels()
        sent.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(sent)
        fresh = Image.new("RGB", upright.size, "white")
        layer = upright.convert("RGBA")
        fresh.paste(layer, mask=layer.getchannel("A"))
        return fresh


def _too_many_pixels() -> PhotoTooLarge:
    return PhotoTooLarge(WORDS[TOO_MANY_PIXELS], code=TOO_MANY_PIXELS)
