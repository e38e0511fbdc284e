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

from smartkampung.accounts.actions.devices import revoke_device
from smartkampung.accounts.models import Staff
from smartkampung.accounts.queries import actor_for
from smartkampung.accounts.roles import Role
from smartkampung.frontline.field import rescue
from smartkampung.frontline.field.actions.rescuing import (
    Taking,
    UnknownPhone,
    take_rescue_file,
)
from smartkampung.frontline.field.models import Photo, Record
from smartkampung.frontline.field.rules.arriving import State
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
    ahead: timedelta = timedelta(),
) -> bytes:
    """Write a rescue file as rescue.js does."""
    key, vault = os.urandom(32), str(uuid.uuid4())

    def box(state: str, place: str, plain: bytes) -> dict[str, str]:
        iv = os.urandom(12)
        data = AESGCM(key).encrypt(iv, plain, f"{vault}/{place}".encode())
        return {"state": state, "place": place, "iv": b64(iv), "data": b64(data)}

    forms = [("queued", form) for form in queued] + [("draft", f) for f in drafts]
    file = {
        "format": rescue.FORMAT,
        "vault": vault,
        "ahead": ahead / timedelta(milliseconds=1),
        "key": for_the_server(key),
        "person": box("", "kept/person", json.dumps({"token": token}).encode()),
        "records": [
            box(state, f"records/{form['id']}", json.dumps(form).encode())
            for state, form in forms
        ],
        "photos": [
            box("", f"photos/{name}", content)
            for name, content in (photos or {}).items()
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
    info = rescue.FORMAT.encode()
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


def take(content: bytes) -> Taking:
    """Let the village head bring a file."""
    head = Staff.objects.filter(username="tono").first()
    head = head or staff("tono", Role.VILLAGE_HEAD, HERE)
    act_as(Kind.JOB)
    by = actor_for(head, on=today())
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
    assert Record.objects.get().state == State.HELD
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
