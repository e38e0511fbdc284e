"""Take in what a rescue file holds, as if the phone had sent it."""

import hashlib
import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
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
from smartkampung.frontline.field.kinds import HALF
from smartkampung.frontline.field.rules.arriving import State
from smartkampung.frontline.field.rules.envelopes import UNNAMED, read_uuid
from smartkampung.kernel.claim import Busy
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.rls import Kind as Acting
from smartkampung.kernel.rls import act_as, as_job

DRAFT = "draft"


class UnknownPhone(Refused):
    """The file names a phone that was never enrolled here."""

    code = "unknown_phone"


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

    Raises NotARescueFile and UnknownPhone, and TooManyForms when there was no room. It
    counts as the work of whose token lies inside: whoever carries the file can leave
    forms out, and neither change them nor add any. Who knows the PIN of a phone can, as
    they can on the phone.
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
        photos = [
            _photo(caller, name, picture, at)
            for name, picture in rescued.photos.items()
        ]
        clock = None if rescued.ahead is None else at + rescued.ahead
        how: Any = {"device_time": clock, "at": at, "through": RESCUE}
        receipts = receive(caller=caller, records=rescued.queued, **how)
        halves = [_half(entry) for entry in rescued.drafts]
        shown = receive(caller=caller, records=halves, **how)
    # The marks of the row history were those of the phone's owner until here.
    _act_again(by)
    came, left = len(receipts), len(rescued.queued) + len(halves)
    taken = Taking(
        states=dict(Counter(receipt.state for receipt in receipts)),
        drafts=len(shown),
        photos=sum(photos),
        unreadable=len(photos) - sum(photos),
        left=left - came - len(shown),
    )
    record(
        "field.rescued",
        target=caller.device,
        by=by.username,
        forms=came,
        drafts=taken.drafts,
        photos=taken.photos,
    )
    return taken


def _photo(caller: Caller, name: str, content: bytes, at: datetime) -> bool:
    """Keep a photo; say whether it is one."""
    try:
        photo_came(
            caller=caller,
            photo_id=uuid.UUID(name),
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            at=at,
        )
    except Busy:
        return True  # the photo is kept; its record waits for a colleague
    except (Refused, ValueError):
        return False
    return True


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
