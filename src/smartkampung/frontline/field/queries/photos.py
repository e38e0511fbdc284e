"""Which photos of phones are here, and where."""

import uuid
from collections.abc import Iterable

from smartkampung.frontline.field.models import Photo, Record
from smartkampung.frontline.field.rules.envelopes import read_uuid
from smartkampung.frontline.field.words import SECOND_PHOTO
from smartkampung.intake.models import Upload


def has_arrived(staff_id: int, photo_id: uuid.UUID) -> bool:
    """Say whether a photo of somebody has come."""
    return Photo.objects.filter(staff=staff_id, photo_id=photo_id).exists()


def kept_photos(staff_id: int, named: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return where the photos that came are kept, by the id of the phone."""
    rows = Photo.objects.filter(staff=staff_id, photo_id__in=list(named))
    return dict(rows.values_list("photo_id", "upload__path"))


def second_photo(row: Record) -> dict[uuid.UUID, str]:
    """Return where the photo is kept that came second under one id, and the first."""
    if row.code != SECOND_PHOTO or row.other_photo_id is None:
        return {}
    first = read_uuid(row.target)
    rows = Upload.objects.filter(pk=row.other_photo_id).values_list("pk", "path")
    return dict(rows) | kept_photos(row.staff_id, [first] if first else [])
