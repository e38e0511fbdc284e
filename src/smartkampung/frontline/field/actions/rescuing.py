"""Take in what a rescue file holds, as if the phone had sent it."""

import hashlib
import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.queries.devices import Caller, caller_of
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.frontline.field import rescue
from smartkampung.frontline.field.actions.arriving import (
    RESCUE,
    photo_came,
    receive,
)
from smartkampung.frontline.field.actions.room import TooManyForms, TooManyPhotos
from smartkampung.frontline.field.kinds import HALF
from smartkampung.frontline.field.rules.arriving import State
from smartkampung.frontline.field.rules.envelopes import UNNAMED, read_uuid
from smartkampung.frontline.field.rules.receipts import Receipt
from smartkampung.kernel.claim import Busy
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.rls import Kind as Acting
from smartkampung.kernel.rls import act_as, as_job

DRAFT = "draft"


class UnknownPhone(Refused):
    """The file names a phone that was never enrolled here."""

    code = "unknown_phone"


class Photo(StrEnum):
    """What became of a picture in the file."""

    KEPT = "kept"
    LEFT = "left"  # there was no room for it today
    NONE = "none"  # it is no picture


@dataclass(frozen=True)
class Taking:
    """What came of a file: forms by state, drafts, photos, photos that are none.

    ``left`` counts what found no room or met a busy row: the same file brings it later.
    """

    states: dict[State, int]
    drafts: int
    photos: int
    unreadable: int
    left: int = 0


def take_rescue_file(*, content: bytes, by: Actor, at: datetime) -> Taking:
    """Take in the forms and photos of a rescue file; what came before comes once.

    Raises NotARescueFile and UnknownPhone, and TooManyForms when there was room for
    nothing. It counts as the work of whose token lies inside: whoever carries the file
    can leave forms out, and neither change them nor add any. Who knows the PIN of a
    phone can, as they can on the phone.
    """
    rescued = rescue.read(content)
    caller = caller_of(rescued.token, at=at)
    if caller is None:
        raise UnknownPhone(
            _(
                "This file is of a phone that was never enrolled here. Ask who gave it"
                " to you on which server they work."
            )
        )
    # The officer who brings the file is not the one who acts in it.
    with as_job():
        pictures = rescued.photos.items()
        photos = Counter(_photo(caller, *picture, at) for picture in pictures)
        clock = None if rescued.ahead is None else at + rescued.ahead
        take = partial(_forms, caller, device_time=clock, at=at, through=RESCUE)
        halves = [_half(entry) for entry in rescued.drafts]
        receipts = take(rescued.queued) + take(rescued.unsure, unsure=True)
        shown = take(halves)
    # The marks of the row history were those of the phone's owner until here.
    _act_again(by)
    held = len(rescued.queued) + len(rescued.unsure) + len(halves)
    came = len(receipts) + len(shown)
    if held and not came and not photos[Photo.KEPT]:
        raise TooManyForms(
            _("There is no room for this file today. Bring it tomorrow.")
        )
    taken = Taking(
        states=dict(Counter(receipt.state for receipt in receipts)),
        drafts=len(shown),
        photos=photos[Photo.KEPT],
        unreadable=photos[Photo.NONE],
        left=held - came + photos[Photo.LEFT],
    )
    record(
        "field.rescued",
        target=caller.device,
        by=by.username,
        forms=len(receipts),
        drafts=taken.drafts,
        photos=taken.photos,
    )
    return taken


def _forms(caller: Caller, records: list[dict[str, Any]], **how: Any) -> list[Receipt]:
    """Take forms in; one without room is left, whatever the others found."""
    try:
        return receive(caller=caller, records=records, **how)
    except TooManyForms:
        return []


def _photo(caller: Caller, name: str, content: bytes, at: datetime) -> Photo:
    """Keep a photo, if it is one and finds room."""
    try:
        photo_came(
            caller=caller,
            photo_id=uuid.UUID(name),
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            at=at,
            by_hand=True,
        )
    except Busy:
        return Photo.KEPT  # its record waits for a colleague
    except (TooManyPhotos, TooManyForms):
        return Photo.LEFT
    except (Refused, ValueError):
        return Photo.NONE
    return Photo.KEPT


def _act_again(by: Actor) -> None:
    act_as(
        Acting.STAFF,
        scope=by.regions_where(Permission.FIELD_REVIEW),
        officer=by.staff_id,
        by=by.username,
        through="field.rescue",
    )


def _half(entry: dict[str, Any]) -> dict[str, Any]:
    """Return a half form under an id and a kind of its own: the finished one may come."""
    own = uuid.uuid5(read_uuid(entry.get("id")) or UNNAMED, DRAFT)
    return {**entry, "id": str(own), "kind": f"{HALF}{entry.get('kind', '')}"}
