"""A kept photo is drawn anew: a picture and nothing else."""

import io
import uuid
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import LazySettings, settings
from PIL import Image

from smartkampung.intake.actions.photos import (
    LONGEST_SIDE,
    MOST_BYTES,
    PER_SENDER,
    NotAPhoto,
    PhotoTooLarge,
    TooManyPhotos,
    keep_photo,
)
from smartkampung.intake.models import Upload
from tests.reporting import NOON

pytestmark = pytest.mark.django_db
GPS, MAKE, ORIENTATION = 0x8825, 0x010F, 0x0112
CANARY = b"canary-3510091708900001"


@pytest.fixture(autouse=True)
def _folder(settings: LazySettings, tmp_path: Path) -> None:
    settings.UPLOADS = tmp_path


def picture(
    kind: str = "JPEG",
    size: tuple[int, int] = (80, 40),
    mode: str = "RGB",
    **more: object,
) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 128 if mode == "P" else "red").save(out, kind, **more)
    return out.getvalue()


def keep(content: bytes) -> Upload:
    return keep_photo(file=io.BytesIO(content), region_code="35.10.09.2003", at=NOON)


def stored(upload: Upload, folder: Path) -> Image.Image:
    return Image.open(io.BytesIO((folder / upload.path).read_bytes()))


def test_metadata_stays_behind(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[MAKE] = CANARY.decode()
    exif.get_ifd(GPS)[1] = "S"
    kept = keep(picture(exif=exif, comment=CANARY) + CANARY)
    content = (tmp_path / kept.path).read_bytes()
    assert CANARY not in content
    assert b"Exif" not in content
    assert not stored(kept, tmp_path).getexif()


def test_a_photo_held_sideways_stands_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    kept = keep(picture(size=(80, 40), exif=exif))
    assert (kept.width, kept.height) == (40, 80)


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("JPEG", "RGB"),
        ("JPEG", "L"),
        ("JPEG", "CMYK"),
        ("PNG", "RGBA"),
        ("PNG", "P"),
        ("WEBP", "RGB"),
    ],
)
def test_every_usual_kind_becomes_a_jpeg(tmp_path: Path, kind: str, mode: str) -> None:
    colour = {"L": 9, "P": 9}.get(mode, "red")
    out = io.BytesIO()
    Image.new(mode, (30, 20), colour).save(out, kind)
    assert stored(keep(out.getvalue()), tmp_path).format == "JPEG"


def test_a_large_photo_is_made_smaller(tmp_path: Path) -> None:
    kept = keep(picture(size=(4000, 3000)))
    assert (kept.width, kept.height) == (LONGEST_SIDE, LONGEST_SIDE * 3 // 4)


def test_the_name_says_nothing_and_the_row_knows_the_size(tmp_path: Path) -> None:
    kept = keep(picture())
    assert kept.id.hex in kept.path
    assert kept.bytes == (tmp_path / kept.path).stat().st_size


def test_a_photo_of_ten_megabytes_is_still_taken(tmp_path: Path) -> None:
    content = picture()
    assert keep(content + bytes(MOST_BYTES - len(content))).width == 80


# Made when a test asks: both workers read this file, and a bomb takes seconds.
@pytest.mark.parametrize(
    ("made", "refusal"),
    [
        (lambda: b"MZ this program cannot be run", NotAPhoto),
        (lambda: b"", NotAPhoto),
        (lambda: picture("GIF", mode="P"), NotAPhoto),
        (lambda: picture("TIFF"), NotAPhoto),
        (lambda: picture()[:200], NotAPhoto),
        (lambda: picture() + bytes(MOST_BYTES), PhotoTooLarge),
        (lambda: picture("PNG", (20_000, 20_000), "1"), PhotoTooLarge),
        (lambda: picture("PNG", (12_000_001, 1), "1"), PhotoTooLarge),
    ],
    ids=["exe", "empty", "gif", "tiff", "cut off", "too heavy", "bomb", "too wide"],
)
def test_anything_else_is_refused_and_leaves_nothing(
    tmp_path: Path, made: Callable[[], bytes], refusal: type[Exception]
) -> None:
    content = made()
    with pytest.raises(refusal):
        keep(content)
    assert not list(tmp_path.rglob("*.jpg"))
    assert not Upload.objects.exists()


def test_one_sender_cannot_fill_the_disk(tmp_path: Path) -> None:
    def send(sender: str, at: datetime = NOON) -> Upload:
        return keep_photo(
            file=io.BytesIO(picture()), region_code="", at=at, sender=sender
        )

    for _photo in range(PER_SENDER.count):
        send("203.0.113.7")
    with pytest.raises(TooManyPhotos):
        send("203.0.113.7")
    assert len(list(tmp_path.rglob("*.jpg"))) == PER_SENDER.count
    assert send("203.0.113.8")
    assert send("203.0.113.7", NOON + PER_SENDER.window)


def test_a_kept_photo_is_never_written_over() -> None:
    named = uuid.uuid4()
    first, second = (
        keep_photo(
            file=io.BytesIO(picture(size=size)),
            region_code="35.10",
            at=NOON,
            named=named,
        )
        for size in ((80, 40), (40, 80))
    )
    assert (first.pk, second.width) == (second.pk, 80)
    with Image.open(Path(settings.UPLOADS) / first.path) as kept:
        assert kept.size == (80, 40)
