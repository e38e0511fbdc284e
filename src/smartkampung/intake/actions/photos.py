"""Keep a photo that somebody sent: as a picture of our own making, and nothing else."""

import io
import uuid
import warnings
from datetime import datetime
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from smartkampung.intake.models import Upload
from smartkampung.kernel.errors import Refused

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 12_000_000
LONGEST_SIDE = 1600
QUALITY = 80
FORMATS = ("JPEG", "PNG", "WEBP")


class NotAPhoto(Refused):
    """The file is no picture that we can read, whatever its name says."""

    code = "not_a_photo"


class PhotoTooLarge(Refused):
    """The file is larger than anybody needs to show a house."""

    code = "photo_too_large"


def keep_photo(
    *,
    file: IO[bytes],
    region_code: str,
    at: datetime,
    upload_id: uuid.UUID | None = None,
) -> Upload:
    """Draw the sent picture anew and keep that; return where it is.

    The name is random and says nothing; place, time and camera, which phones write
    into a picture, are gone. A given id names the photo of one form: sent again it
    takes the place of the first. Raises NotAPhoto or PhotoTooLarge.
    """
    picture = _read(file)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    key = upload_id or uuid.uuid4()
    path = Path(key.hex[:2]) / f"{key.hex}.jpg"
    target = Path(settings.UPLOADS) / path
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    picture.save(target, "JPEG", quality=QUALITY, optimize=True)
    kept, _new = Upload.objects.update_or_create(
        id=key,
        defaults={
            "path": str(path),
            "width": picture.width,
            "height": picture.height,
            "bytes": target.stat().st_size,
            "at": at,
            "region_code": region_code,
        },
    )
    return kept


def _read(file: IO[bytes]) -> Image.Image:
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise PhotoTooLarge(
            _("The photo is larger than 10 MB. Choose a smaller one, or skip this.")
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _drawn_anew(content)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except (OSError, ValueError, SyntaxError, EOFError):
        # Pillow says what it meets in broken files through all of these.
        raise NotAPhoto(
            _(
                "This file is not a photo that we can read. Choose a JPEG, PNG or WebP "
                "photo, or skip this."
            )
        ) from None


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
    return PhotoTooLarge(
        _(
            "The photo has more than 12 million pixels. Choose a smaller one, or skip "
            "this."
        )
    )
