"""What a phone saved because it could not send comes in as its own person's work."""

import base64
import json
import os
import uuid
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import connection

from smartkampung.accounts.actions.devices import revoke_device
from smartkampung.accounts.models import Staff
from smartkampung.accounts.queries import actor_for
from smartkampung.accounts.roles import Role
from smartkampung.audit.models import Event
from smartkampung.frontline.field import rescue
from smartkampung.frontline.field.actions import room
from smartkampung.frontline.field.actions.rescuing import (
    Taking,
    UnknownPhone,
    take_rescue_file,
)
from smartkampung.frontline.field.actions.reviewing import CannotCount, let_count
from smartkampung.frontline.field.actions.room import TooManyForms
from smartkampung.frontline.field.models import Photo, Record
from smartkampung.frontline.field.rules.arriving import State
from smartkampung.intake.rules import Limit
from smartkampung.isolation.arrival.models import SupervisionVisit
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.rls import Kind, act_as
from tests.arriving import secluded
from tests.cast import HERE, RT_HERE, staff
from tests.fieldwork import Phone, phone_of
from tests.pictures import jpeg

pytestmark = pytest.mark.django_db
VISIT = {"found": "present", "note": "Atap bocor", "missing": "Tanpa lokasi"}


def b64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def saved_by(
    token: str,
    *,
    queued: tuple[dict[str, Any], ...] = (),
    drafts: tuple[dict[str, Any], ...] = (),
    photos: dict[str, bytes] | None = None,
    ahead: timedelta | None = timedelta(),
    before: tuple[dict[str, Any], ...] = (),
) -> bytes:
    """Write a rescue file as rescue.js does; ``before``: forms that an app of before kept."""
    key, vault = os.urandom(32), str(uuid.uuid4())

    def box(place: str, plain: bytes) -> dict[str, str]:
        iv = os.urandom(12)
        data = AESGCM(key).encrypt(iv, plain, f"{vault}/{place}".encode())
        return {"place": place, "iv": b64(iv), "data": b64(data)}

    forms = [{**form, "state": "queued"} for form in queued]
    forms += [{**form, "state": "draft"} for form in drafts]
    forms += before
    clock = {"ahead": ahead / timedelta(milliseconds=1)} if ahead is not None else None
    file = {
        "format": rescue.FORMAT,
        "vault": vault,
        "clock": box("kept/clock", json.dumps(clock).encode()) if clock else None,
        "key": for_the_server(key),
        "person": box("kept/person", json.dumps({"token": token}).encode()),
        "records": [
            box(f"records/{form['id']}", json.dumps(form).encode()) for form in forms
        ],
        "photos": [
            box(f"photos/{name}", content) for name, content in (photos or {}).items()
        ],
    }
    return json.dumps(file).encode()


def for_the_server(key: bytes) -> dict[str, str]:
    """Wrap the phone's key for the rescue key."""
    theirs = base64.b64decode(rescue.public_key())
    server = ec.EllipticCurvePublicKey.from_encoded_point(rescue.CURVE, theirs)
    mine = ec.generate_private_key(rescue.CURVE)
    raw = Encoding.X962, PublicFormat.UncompressedPoint
    point = mine.public_key().public_bytes(*raw)
    shared = mine.exchange(ec.ECDH(), server)
    info = rescue.WRAPPING.encode()
    wrapping = HKDF(SHA256(), 32, salt=point, info=info).derive(shared)
    iv = os.urandom(12)
    wrapped = AESGCM(wrapping).encrypt(iv, key, None)
    return {"point": b64(point), "iv": b64(iv), "box": b64(wrapped)}


@pytest.fixture
def rudi() -> Phone:
    """Give the phone of the officer who looks after Wayan."""
    phone = phone_of(staff("rudi", Role.BABINSA, HERE))
    act_as(Kind.JOB)
    return phone


def visit(phone: Phone, **more: Any) -> dict[str, Any]:
    """Fill in a visit to Wayan."""
    stay = secluded(RT_HERE, "Wayan")
    target = f"isolation.stay:{stay.pk}"
    return phone.form("isolation.visit", target, VISIT, **more)


def head() -> Staff:
    found = Staff.objects.filter(username="tono").first()
    return found or staff("tono", Role.VILLAGE_HEAD, HERE)


def take(content: bytes) -> Taking:
    """Let the village head bring a file."""
    by = actor_for(head(), on=today())
    act_as(Kind.JOB)
    taking = take_rescue_file(content=content, by=by, at=now())
    act_as(Kind.JOB)
    return taking


def test_it_counts_as_the_work_of_who_filled_it_in_and_once(rudi: Phone) -> None:
    photo = str(uuid.uuid4())
    form = visit(rudi, photos=[photo])
    file = saved_by(rudi.token, queued=(form,), photos={photo: jpeg().read()})
    assert take(file) == Taking({State.DONE: 1}, drafts=0, photos=1, unreadable=0)
    assert take(file).states == {State.DONE: 1}
    # And the phone, back on the line, sends the same again.
    assert rudi.send_one(form)["repeated"]
    act_as(Kind.JOB)
    assert SupervisionVisit.objects.get().officer_id == rudi.staff.pk
    assert (Record.objects.count(), Photo.objects.count()) == (1, 1)


def test_a_half_form_is_shown_and_does_not_stand_in_the_way(rudi: Phone) -> None:
    form = visit(rudi)
    assert take(saved_by(rudi.token, drafts=(form,))).drafts == 1
    row = Record.objects.get()
    assert (row.state, row.code) == (State.HELD, "half")
    assert (row.kind, row.health) == ("draft/isolation.visit", False)
    with pytest.raises(CannotCount):
        let_count(row=row, by=actor_for(head(), on=today()), at=now())
    act_as(Kind.JOB)
    assert not SupervisionVisit.objects.exists()
    assert rudi.send_one(form)["state"] == State.DONE


def test_what_a_signed_off_phone_held_waits_for_a_colleague(rudi: Phone) -> None:
    revoke_device(device=rudi.device, by="rudi", at=now())
    file = saved_by(rudi.token, queued=(visit(rudi),))
    assert take(file).states == {State.HELD: 1}


def test_the_clock_of_the_phone_is_put_right(rudi: Phone) -> None:
    rudi.off = timedelta(days=2)
    file = saved_by(rudi.token, queued=(visit(rudi),), ahead=rudi.off)
    assert take(file).states == {State.DONE: 1}
    assert Record.objects.get().clock_off_s == rudi.off.total_seconds()


def test_nobody_brings_work_in_the_name_of_a_phone_that_is_not_theirs() -> None:
    with pytest.raises(UnknownPhone):
        take(saved_by("made-up"))


def test_a_picture_that_is_none_does_not_keep_the_rest_away(rudi: Phone) -> None:
    photos = {str(uuid.uuid4()): b"no picture", "no-id": jpeg().read()}
    file = saved_by(rudi.token, queued=(visit(rudi),), photos=photos)
    assert take(file) == Taking({State.DONE: 1}, drafts=0, photos=0, unreadable=2)


def test_a_box_cannot_take_the_place_of_another(rudi: Phone) -> None:
    file = json.loads(saved_by(rudi.token, queued=(visit(rudi), visit(rudi))))
    one, other = file["records"]
    one["place"], other["place"] = other["place"], one["place"]
    with pytest.raises(rescue.NotARescueFile):
        take(json.dumps(file).encode())


# Who carries the file cannot change what is in it.


def test_who_carries_the_file_cannot_finish_a_half_form(rudi: Phone) -> None:
    file = json.loads(saved_by(rudi.token, drafts=(visit(rudi),)))
    for row in file["records"]:
        row["state"] = "queued"
    taking = take(json.dumps(file).encode())
    assert (taking.states, taking.drafts) == ({}, 1)


def test_who_carries_the_file_cannot_shift_the_time(rudi: Phone) -> None:
    file = json.loads(saved_by(rudi.token, queued=(visit(rudi),)))
    file["ahead"] = timedelta(days=2) / timedelta(milliseconds=1)
    file["clock"]["data"] = file["person"]["data"]
    with pytest.raises(rescue.NotARescueFile):
        take(json.dumps(file).encode())
    # Without it nobody knows when it was.
    file["clock"] = None
    assert take(json.dumps(file).encode()).states == {State.REVIEW: 1}
    assert Record.objects.get().code == "clock_unsure"


@pytest.mark.parametrize("days", [101 * 365, -101 * 365])
def test_a_clock_beyond_all_years_is_no_rescue_file(rudi: Phone, days: int) -> None:
    file = saved_by(rudi.token, queued=(visit(rudi),), ahead=timedelta(days=days))
    with pytest.raises(rescue.NotARescueFile):
        take(file)


@pytest.mark.parametrize(
    "content",
    [b"[" * 100_000, b"[]", b'"x"', b"{}"],
    ids=["deep", "list", "text", "{}"],
)
def test_what_is_no_rescue_file_says_so(content: bytes) -> None:
    with pytest.raises(rescue.NotARescueFile):
        take(content)


@pytest.mark.parametrize("name", ["x", None, 7])
def test_a_half_form_without_a_name_is_shown_too(rudi: Phone, name: Any) -> None:
    assert take(saved_by(rudi.token, drafts=(visit(rudi, id=name),))).drafts == 1


def test_a_large_file_comes_in_pieces_and_none_is_lost(
    rudi: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "FORMS_A_DAY", 2)
    revoke_device(device=rudi.device, by="rudi", at=now())
    file = saved_by(rudi.token, queued=tuple(visit(rudi) for _form in range(3)))
    taking = take(file)
    assert (sum(taking.states.values()), taking.left) == (2, 1)
    other = saved_by(rudi.token, queued=(visit(rudi),))
    with pytest.raises(TooManyForms):
        take(other)
    monkeypatch.setattr(room, "FORMS_A_DAY", 9)
    assert take(file) == Taking({State.HELD: 3}, drafts=0, photos=0, unreadable=0)


# The app was upgraded while forms waited on the phone.


@pytest.mark.parametrize("version", [rescue.FORMAT, rescue.EARLIER])
def test_forms_of_the_app_of_before_wait_for_a_colleague_and_can_count(
    rudi: Phone, version: str
) -> None:
    file = json.loads(saved_by(rudi.token, before=(visit(rudi),)))
    file["format"] = version
    if version == rescue.EARLIER:
        del file["clock"]
        file["ahead"] = 0
        file["records"][0]["state"] = "queued"
    assert take(json.dumps(file).encode()).states == {State.REVIEW: 1}
    row = Record.objects.get()
    assert row.code == "unsure"
    let_count(row=row, by=actor_for(head(), on=today()), at=now())
    act_as(Kind.JOB)
    assert SupervisionVisit.objects.get().officer_id == rudi.staff.pk


def test_who_carries_the_file_makes_no_half_form_unsure(rudi: Phone) -> None:
    file = json.loads(saved_by(rudi.token, drafts=(visit(rudi),)))
    file["format"] = rescue.EARLIER
    for row in file["records"]:
        row["state"] = "queued"
    assert take(json.dumps(file).encode()).drafts == 1


def test_photos_without_room_are_left_and_come_later(
    rudi: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [str(uuid.uuid4()) for _photo in range(3)]
    pictures = {name: jpeg((64 + n, 48)).read() for n, name in enumerate(names)}
    file = saved_by(rudi.token, queued=(visit(rudi),), photos=pictures)
    revoke_device(device=rudi.device, by="rudi", at=now())
    monkeypatch.setattr(room, "PHOTOS_A_DAY", Limit("field.photos", 2, room.DAY))
    assert take(file) == Taking({State.HELD: 1}, 0, photos=2, unreadable=0, left=1)
    monkeypatch.setattr(room, "PHOTOS_A_DAY", Limit("field.photos", 9, room.DAY))
    monkeypatch.setattr(room, "PHOTOS_AFTER_THE_END", 0)
    assert take(file) == Taking({State.HELD: 1}, 0, photos=3, unreadable=0)


def test_what_was_taken_in_is_told_though_half_forms_had_no_room(
    rudi: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "FORMS_A_DAY", 1)
    file = saved_by(rudi.token, queued=(visit(rudi),), drafts=(visit(rudi),))
    assert take(file) == Taking({State.DONE: 1}, 0, photos=0, unreadable=0, left=1)
    assert Event.objects.get(name="field.rescued").detail["forms"] == 1


def test_the_history_names_who_carried_the_file_again(rudi: Phone) -> None:
    take(saved_by(rudi.token, queued=(visit(rudi),)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('pghistory.context_metadata')")
        assert json.loads(cursor.fetchone()[0])["by"] == "tono"
