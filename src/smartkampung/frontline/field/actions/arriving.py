"""Take in what a phone kept: each record once, each in its own transaction, none lost."""

import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog
from django.db import transaction

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.queries.devices import Caller
from smartkampung.frontline.field import words
from smartkampung.frontline.field.actions.judging import (
    Doing,
    held,
    judged,
    place_of,
    review,
)
from smartkampung.frontline.field.actions.keeping import keep
from smartkampung.frontline.field.actions.photos import Taken, take_photo
from smartkampung.frontline.field.actions.room import (
    TooManyForms,
    must_have_room_for_form,
)
from smartkampung.frontline.field.kinds import is_half, kind_of, target_in
from smartkampung.frontline.field.models import ENVELOPE, Record
from smartkampung.frontline.field.queries.places import home_of
from smartkampung.frontline.field.queries.records import (
    clock_before,
    corrected,
    receipt_of,
)
from smartkampung.frontline.field.rules.arriving import (
    Moment,
    State,
    jumped,
    long_ago,
    moment,
    too_early,
)
from smartkampung.frontline.field.rules.envelopes import Envelope, envelope_of
from smartkampung.frontline.field.rules.reading import Question
from smartkampung.frontline.field.rules.receipts import Receipt, Verdict
from smartkampung.kernel.claim import Busy
from smartkampung.kernel.locks import only_one_at
from smartkampung.kernel.rls import Kind as Acting
from smartkampung.kernel.rls import act_as, as_job
from smartkampung.kernel.sealed import Sealed, blind_index

log = structlog.get_logger()
SECOND_PHOTO_KIND = "field.photo"
SYNC, RESCUE, SECOND_PHOTO = "sync", "rescue", "second_photo"  # through which it came


@dataclass(frozen=True)
class _Batch:
    """What the records of one sending share."""

    caller: Caller
    device_time: datetime | None
    at: datetime
    through: str
    clock_moved: bool = False
    unsure: bool = False
    other_photo: uuid.UUID | None = None
    asked: dict[str, Sequence[Question]] = field(default_factory=dict)


def receive(
    *,
    caller: Caller,
    records: Iterable[Any],
    device_time: datetime | None,
    at: datetime,
    through: str = SYNC,
    unsure: bool = False,
) -> list[Receipt]:
    """Take in records; return a receipt for each but those that were busy.

    ``unsure``: nobody knows whether they were finished, so a colleague asks.
    What is sent again gets the receipt that it had. Whatever goes wrong with one record,
    the others are taken in, and it is kept for a human. Called outside a transaction,
    so that each record has its own. Raises TooManyForms when there was room for none;
    those that found none get no receipt either.
    """
    moved = _clock_moved(caller, device_time, at)
    batch = _Batch(caller, device_time, at, through, clock_moved=moved, unsure=unsure)
    receipts: list[Receipt] = []
    full: TooManyForms | None = None
    for raw in records:
        try:
            receipt = _received(raw, batch)
        except TooManyForms as refusal:
            full = refusal
        else:
            receipts += [receipt] if receipt else []
    if full is not None and not receipts:
        raise full
    return receipts


def _clock_moved(caller: Caller, device_time: datetime | None, at: datetime) -> bool:
    """Say whether a device tells another time than before, or none."""
    now_off = moment(at, device_time=device_time, at=at).clock_off_s
    if device_time is None:
        return True
    with transaction.atomic():
        before = clock_before(caller.device)
    return before is not None and jumped(now_off, before_s=before)


def _received(raw: Any, batch: _Batch) -> Receipt | None:
    try:
        envelope = envelope_of(raw)
    except RecursionError:
        return None  # boxes in boxes, which no form of ours is: it stays where it is
    try:
        with transaction.atomic():
            return _once(envelope, batch)
    except (Busy, RecursionError):
        return None
    except TooManyForms:
        raise
    except Exception as error:
        # A form that breaks the program must not keep the others on the phone for
        # ever. It is kept as it came; the name of the error says where to look.
        name = type(error).__name__
        log.error("field.broken", form=str(envelope.form_id), error=name)
    with transaction.atomic():
        return _once(envelope, batch, verdict=held(words.BROKEN))


def _once(
    envelope: Envelope, batch: _Batch, *, verdict: Verdict | None = None
) -> Receipt:
    caller, at = batch.caller, batch.at
    device = caller.device
    mac = blind_index(envelope.body_hash, ENVELOPE)
    _act(caller.actor)
    only_one_at(f"field:{envelope.form_id}")
    with as_job():
        same = list(Record.objects.filter(form_id=envelope.form_id).order_by("pk"))
    for row in same:
        if row.staff_id == device.staff_id and bytes(row.mac) == mac:
            return receipt_of(row, repeated=True)
    by_hand = batch.through == RESCUE
    must_have_room_for_form(caller, at=at, by_hand=by_hand)
    first = next((row for row in same if row.first_id is None), None)
    when = moment(envelope.saved_at, device_time=batch.device_time, at=at)
    row = _row(envelope, batch, when, mac)
    row.first = first
    if verdict is None:
        verdict = held(words.CONTRADICTS) if first else _verdict(envelope, batch, when)
        place = verdict.region_code or place_of(envelope, caller.actor, at=at)
    else:
        place = ""
    row.region_code = place or home_of(caller)
    keep(row, verdict, by=caller.actor.username, at=at, through=batch.through)
    return receipt_of(row)


def _row(envelope: Envelope, batch: _Batch, when: Moment, mac: bytes) -> Record:
    kind, signature = kind_of(envelope.kind), envelope.signature
    # In clear stands only what we know ourselves: anything else may be a NIK, too.
    ours = batch.through == SECOND_PHOTO
    return Record(
        form_id=envelope.form_id,
        device=batch.caller.device,
        staff_id=batch.caller.device.staff_id,
        kind=envelope.kind if kind or ours else "",
        target=envelope.target if ours else target_in(kind, envelope.target),
        # What cannot be read may tell anything; a photo is of a place or a hand-over.
        health=kind.health if kind else not ours,
        mac=mac,
        envelope=Sealed.of(json.dumps(envelope.raw), ENVELOPE),
        photos=[*envelope.photos, *([signature] if signature else [])],
        other_photo_id=batch.other_photo,
        saved_at=envelope.saved_at,
        happened_at=when.happened_at,
        clock_off_s=when.clock_off_s,
        received_at=batch.at,
    )


def _act(actor: Actor) -> None:
    act_as(
        Acting.STAFF, officer=actor.staff_id, by=actor.username, through="field.records"
    )


def _verdict(envelope: Envelope, batch: _Batch, when: Moment) -> Verdict:
    caller = batch.caller
    device = caller.device
    if is_half(envelope.kind):
        return held(words.HALF)
    if not caller.active:
        return held(caller.standing.value)
    doubts = {
        words.UNSURE: batch.unsure,
        words.BEFORE_DEVICE: too_early(when.happened_at, enrolled_at=device.created_at),
        words.LONG_AGO: long_ago(when.happened_at, at=batch.at),
        words.CLOCK_UNSURE: batch.clock_moved,
    }
    for code, holds in doubts.items():
        if holds:
            return review(code)
    doing = Doing(
        caller.actor, device.staff_id, when.happened_at, batch.at, asked=batch.asked
    )
    return judged(envelope, doing)


def _again(caller: Caller, photo_id: uuid.UUID, at: datetime) -> None:
    """Look again at records that waited for a photo which has come now."""
    with as_job():
        rows = list(
            Record.objects.select_for_update(no_key=True).filter(
                staff=caller.device.staff_id,
                state=State.REVIEW,
                code=words.PHOTOS_MISSING,
                photos__contains=[photo_id],
            )
        )
    for row in rows:
        envelope = corrected(row)
        doing = Doing(caller.actor, row.staff_id, row.happened_at, at)
        verdict = judged(envelope, doing)
        _act(caller.actor)
        if verdict.code != words.PHOTOS_MISSING:
            by = caller.actor.username
            keep(row, verdict, by=by, at=at, through="photo")


def photo_came(
    *,
    caller: Caller,
    photo_id: uuid.UUID,
    content: bytes,
    sha256: str,
    at: datetime,
    by_hand: bool = False,
) -> Taken:
    """Take in a photo, and whatever waited for it. Raises what ``take_photo`` does.

    The photo is kept first, in a transaction of its own: whatever its record meets does
    not lose it. Raises Busy when the record waits still: the same photo, sent again,
    looks again. Called outside a transaction.
    """
    with transaction.atomic():
        kept = take_photo(
            caller=caller,
            photo_id=photo_id,
            content=content,
            sha256=sha256,
            at=at,
            by_hand=by_hand,
        )
        if kept.taken is Taken.OTHER:
            _hold_other(caller, photo_id, kept.upload_id, at)
    if kept.taken is not Taken.OTHER and caller.active:
        _try_again(caller, photo_id, at)
    return kept.taken


def _try_again(caller: Caller, photo_id: uuid.UUID, at: datetime) -> None:
    try:
        with transaction.atomic():
            _again(caller, photo_id, at)
    except Busy:
        raise
    except Exception as error:
        # The record stays with a human, and the photo is here.
        name = type(error).__name__
        log.error("field.broken_photo", photo=str(photo_id), error=name)


def _hold_other(
    caller: Caller, photo_id: uuid.UUID, upload_id: uuid.UUID, at: datetime
) -> None:
    """Show a human that two photos came under one id; the first one stands."""
    raw = {
        "id": str(upload_id),
        "kind": SECOND_PHOTO_KIND,
        "target": str(photo_id),
        "saved_at": at.isoformat(),
        "body": {"photo": str(photo_id), "kept": str(upload_id)},
    }
    batch = _Batch(caller, at, at, SECOND_PHOTO, other_photo=upload_id)
    _once(envelope_of(raw), batch, verdict=held(words.SECOND_PHOTO))
