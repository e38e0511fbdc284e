"""Sealed values: what is stored, what is shown, and how the key is changed."""

import base64
import hmac
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from smartkampung.kernel import rotation
from smartkampung.kernel.rotation import add_key, reseal, sealed_columns, use_newest
from smartkampung.kernel.sealed import (
    Sealed,
    blind_index,
    blind_indexes,
    keyring,
    read_keys,
    write_new_keys,
)
from smartkampung.residents.models import KK, NIK, Family, Person
from smartkampung.residents.queries import find_by_nik
from tests.population import SARI, WAYAN_KK, WAYAN_NIK, family, person, wayan
from tests.races import at_once


@pytest.fixture
def keys(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """Give a key file of its own to change."""
    path = tmp_path / "keys.json"
    write_new_keys(path)
    settings.KEY_FILE = path
    read_keys.cache_clear()
    yield path
    read_keys.cache_clear()


@given(st.text(max_size=60))
def test_what_is_sealed_opens_again(plain: str) -> None:
    assert Sealed.of(plain, NIK).open() == plain


def test_equal_values_make_different_boxes_and_one_fingerprint() -> None:
    assert Sealed.of(WAYAN_NIK, NIK).box != Sealed.of(WAYAN_NIK, NIK).box
    assert blind_index(WAYAN_NIK, NIK) == blind_index(WAYAN_NIK, NIK)
    assert blind_index(WAYAN_NIK, NIK) != blind_index(WAYAN_NIK, KK)


def test_a_fingerprint_is_the_keyed_hash_of_purpose_and_value(keys: Path) -> None:
    content = json.loads(keys.read_text())
    key = base64.b64decode(content["keys"]["1"]["index"])
    digest = hmac.digest(key, f"{NIK}:{WAYAN_NIK}".encode(), "sha256")
    assert blind_index(WAYAN_NIK, NIK) == bytes([1]) + digest[:16]


def test_no_two_values_are_sealed_with_one_nonce() -> None:
    def seal_many() -> list[bytes]:
        return [Sealed.of("x", NIK).box[1:13] for _ in range(3_000)]

    nonces = [nonce for many in at_once(4, seal_many) for nonce in many]
    assert len(set(nonces)) == len(nonces)


def test_a_box_opens_for_its_own_purpose_only() -> None:
    box = Sealed.of(WAYAN_NIK, NIK).box
    with pytest.raises(InvalidTag):
        Sealed(box, KK).open()


def test_an_altered_box_does_not_open() -> None:
    box = bytearray(Sealed.of(WAYAN_NIK, NIK).box)
    box[-1] ^= 1
    with pytest.raises(InvalidTag):
        Sealed(bytes(box), NIK).open()


@pytest.mark.parametrize("show", [str, repr, "{}".format, "{0!r}".format])
def test_whatever_prints_a_sealed_value_shows_no_number(show: object) -> None:
    assert callable(show)
    shown = show(Sealed.of(WAYAN_NIK, NIK))
    assert WAYAN_NIK[:12] not in shown


def test_the_mask_keeps_four_digits() -> None:
    assert Sealed.of(WAYAN_NIK, NIK).masked == "•" * 12 + "0003"


@pytest.mark.django_db
def test_a_column_takes_sealed_values_only() -> None:
    resident = wayan()
    resident.nik = WAYAN_NIK
    with (
        pytest.raises(TypeError, match="nik takes Sealed values"),
        transaction.atomic(),
    ):
        resident.save()
    assert isinstance(Person.objects.get().nik, Sealed)


def test_the_key_file_is_for_its_owner_and_never_overwritten(keys: Path) -> None:
    assert os.stat(keys).st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        write_new_keys(keys)


def test_a_missing_key_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="smartkampung keys new"):
        read_keys(tmp_path / "nowhere.json")


def test_a_key_that_was_added_is_not_used_yet(keys: Path) -> None:
    old = Sealed.of(WAYAN_NIK, NIK)
    assert add_key(keys) == 2
    assert os.stat(keys).st_mode & 0o777 == 0o600
    assert keyring().versions == [1, 2]
    assert Sealed.of(WAYAN_NIK, NIK).box[0] == 1
    assert use_newest(keys) == 2
    assert Sealed.of(WAYAN_NIK, NIK).box[0] == 2
    assert old.open() == WAYAN_NIK


def test_fingerprints_stay_what_they_are(keys: Path) -> None:
    before = blind_index(WAYAN_NIK, NIK)
    add_key(keys)
    use_newest(keys)
    assert blind_index(WAYAN_NIK, NIK) == before
    assert blind_indexes(WAYAN_NIK, NIK) == [before]


def test_look_ups_ask_for_every_version_that_has_fingerprints(keys: Path) -> None:
    before = blind_index(WAYAN_NIK, NIK)
    content = json.loads(keys.read_text())
    content["keys"]["2"] = dict(content["keys"]["1"], index="a2V5")
    keys.write_text(json.dumps(content | {"current": 2}))
    read_keys.cache_clear()
    assert blind_indexes(WAYAN_NIK, NIK) == [blind_index(WAYAN_NIK, NIK), before]


@pytest.mark.django_db
def test_resealing_rewrites_every_old_value_and_nothing_else(
    keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "AT_ONCE", 2)
    household = family(phone="+6281234567890")
    for serial in range(5):
        person("Made", f"351009120485000{serial}", household=household)
    person("Ketut", household=household)
    add_key(keys)
    use_newest(keys)
    seen: list[str] = []
    assert reseal(lambda column, done: seen.append(column)) == 7
    assert set(seen) == {
        "residents_family.kk",
        "residents_family.phone",
        "residents_person.nik",
    }
    boxes = [row.nik.box[0] for row in Person.objects.exclude(nik=None) if row.nik]
    assert boxes == [2] * 5
    kk = Family.objects.get().kk
    assert kk is not None
    assert kk.open() == WAYAN_KK
    assert find_by_nik(SARI, "3510091204850003") is not None
    assert reseal() == 0


@pytest.mark.django_db
def test_resealing_leaves_no_history(keys: Path) -> None:
    wayan()
    add_key(keys)
    use_newest(keys)
    assert reseal() > 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pgh_label FROM residents_personevent")
        assert cursor.fetchall() == [("insert",)]


def test_history_is_not_among_what_is_resealed() -> None:
    models = {model for model, _ in sealed_columns()}
    tables = {model._meta.db_table for model in models}
    assert {"residents_person", "residents_family", "places_event"} <= tables
    assert not {model for model in models if hasattr(model, "pgh_tracked_model")}
