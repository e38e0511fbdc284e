"""Take in photos and signatures from a phone, in any order with the forms they prove."""

import hashlib
import io
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.queries.devices import Caller
from smartkampung.frontline.field.actions.room import (
    must_have_room_for_form,
    must_have_room_for_photo,
)
from smartkampung.frontline.field.kinds.base import Photos
from smartkampung.frontline.field.models import Photo
from smartkampung.frontline.field.queries.places import home_of
from smartkampung.intake.actions.photos import keep_photo, promise_photo
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.locks import only_one_at

MOST_BYTES = 3 * 1024 * 1024
NAMED = uuid.UUID("5b0e7f6c-2f4f-4c39-9d0c-3a4b8f1d2e60")


class WrongDigest(Refused):
    """What came is not what the phone sent; sending it again mends it."""

    code = "wrong_digest"


class PhotoTooLarge(Refused):
    """The app makes photos smaller than this before it sends them."""

    code = "photo_too_large"


class Taken(StrEnum):
    """What became of a photo."""

    NEW = "new"
    KNOWN = "known"
    OTHER = "other"  # something else came under that id before; this is kept beside it


@dataclass(frozen=True)
class Kept:
    """What became of a photo, and where it is kept."""

    taken: Taken
    upload_id: uuid.UUID


def upload_name(staff_id: int, photo_id: uuid.UUID) -> uuid.UUID:
    """Return the id under which a photo of a phone is kept: nobody else's takes it."""
    return uuid.uuid5(NAMED, f"{staff_id}:{photo_id}")


def other_name(staff_id: int, photo_id: uuid.UUID, digest: str) -> uuid.UUID:
    """Return the id for what came second under one id: no phone can ask for it."""
    return uuid.uuid5(NAMED, f"{staff_id}:other:{photo_id}:{digest}")


def lock_photos(staff_id: int) -> None:
    """Let one at a time work on the photos of somebody, there or still to come.

    A form and its photos may arrive at the same moment: without this, each would miss
    the others. One lock for all of them, because several could be taken crosswise.
    """
    only_one_at(f"field.photos:{staff_id}")


def take_photo(
    *,
    caller: Caller,
    photo_id: uuid.UUID,
    content: bytes,
    sha256: str,
    at: datetime,
    by_hand: bool = False,
) -> Kept:
    """Keep a photo; the same one sent again is one. Another never takes its place.

    ``by_hand``: a colleague brought it, so that an ended phone has the room of a day.
    Raises WrongDigest, PhotoTooLarge, TooManyPhotos, TooManyForms (a second photo is
    a form for a colleague), and what ``keep_photo`` raises.
    """
    if len(content) > MOST_BYTES:
        raise PhotoTooLarge(_("The photo is larger than 3 MB. Take a smaller one."))
    digest = hashlib.sha256(content)
    if digest.hexdigest() != sha256.lower():
        raise WrongDigest(_("The photo was broken on the way. It is sent again."))
    staff = caller.device.staff
    lock_photos(staff.pk)
    earlier = Photo.objects.filter(staff=staff, photo_id=photo_id).first()
    if earlier is not None and bytes(earlier.sha256) == digest.digest():
        return Kept(Taken.KNOWN, earlier.upload_id)
    must_have_room_for_photo(caller, at=at, by_hand=by_hand)
    if earlier is None:
        named = upload_name(staff.pk, photo_id)
    else:
        must_have_room_for_form(caller, at=at, by_hand=by_hand)
        named = other_name(staff.pk, photo_id, digest.hexdigest())
    upload = keep_photo(
        file=io.BytesIO(content),
        region_code=home_of(caller),
        at=at,
        named=named,
    )
    if earlier is not None:
        return Kept(Taken.OTHER, upload.pk)
    Photo.objects.create(
        photo_id=photo_id,
        staff=staff,
        device=caller.device,
        upload=upload,
        sha256=digest.digest(),
        received_at=at,
    )
    return Kept(Taken.NEW, upload.pk)


def photos_of(
    staff_id: int,
    named: Iterable[uuid.UUID],
    signature: uuid.UUID | None,
    *,
    region_code: str,
    at: datetime,
) -> Photos:
    """Return the photos of a record. One that is still to come has its place already."""
    photos = tuple(named)
    wanted = [*photos, *([signature] if signature else [])]
    if wanted:
        lock_photos(staff_id)
    rows = Photo.objects.filter(staff=staff_id, photo_id__in=wanted)
    arrived = {row.photo_id: row.upload_id for row in rows}
    for photo_id in set(wanted) - set(arrived):
        promise_photo(
            named=upload_name(staff_id, photo_id), region_code=region_code, at=at
        )
    return Photos(
        named=photos,
        signature=signature,
        uploads={one: upload_name(staff_id, one) for one in wanted},
        arrived=frozenset(arrived),
    )
