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
from smartkampung.audit.actions import record
from smartkampung.frontline.field import rescue
from smartkampung.frontline.field.actions.arriving import photo_came, receive
from smartkampung.frontline.field.rules.arriving import State
from smartkampung.kernel.claim import Busy
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.rls import as_job

# A half form is shown to a human and never booked: who began it did not say "save".
DRAFT = "draft"
LONGEST_KIND = 30


class UnknownPhone(Refused):
    """The file names a phone that was never enrolled here."""

    code = "unknown_phone"


@dataclass(frozen=True)
class Taking:
    """What came of a file: forms by state, drafts, photos, photos that are none."""

    states: dict[State, int]
    drafts: int
    photos: int
    unreadable: int


def take_rescue_file(*, content: bytes, by: Actor, at: datetime) -> Taking:
    """Take in the forms and photos of a rescue file; what came before comes once.

    Raises NotARescueFile and UnknownPhone. The token inside says whose phone it was, so
    nobody can bring work in another's name.
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
        receipts = receive(
            caller=caller,
            records=rescued.queued,
            device_time=at + rescued.ahead,
            at=at,
            through="rescue",
        )
        receive(
            caller=caller,
            records=[_half(entry) for entry in rescued.drafts],
            device_time=at + rescued.ahead,
            at=at,
            through="rescue",
        )
    taken = Taking(
        states=dict(Counter(receipt.state for receipt in receipts)),
        drafts=len(rescued.drafts),
        photos=sum(photos),
        unreadable=len(photos) - sum(photos),
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


def _half(entry: dict[str, Any]) -> dict[str, Any]:
    """Return a half form under an id and a kind of its own: the finished one may come."""
    kind = f"{DRAFT}/{entry.get('kind', '')}"[:LONGEST_KIND]
    own = uuid.uuid5(uuid.UUID(str(entry["id"])), DRAFT)
    return {**entry, "id": str(own), "kind": kind}
