"""Wordings are versions: the nearest confirmed one holds, and two people stand behind."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import override

from smartkampung.accounts.actor import Actor, Post
from smartkampung.accounts.roles import Role
from smartkampung.kernel.clock import WIB
from smartkampung.kernel.errors import constraint_name
from smartkampung.letters.catalogue import actions, queries
from smartkampung.letters.catalogue.models import WordingVersion
from smartkampung.letters.catalogue.rules.reading import data_of
from smartkampung.letters.catalogue.rules.wording import Wording
from smartkampung.letters.catalogue.shipped import shipped
from tests.cast import FAR_AWAY, HERE, KECAMATAN, NEXT_DOOR, REGENCY

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 29, 9, tzinfo=WIB)
TODAY = date(2026, 11, 29)
SARI = Actor(1, "sari", (Post(Role.VILLAGE_OFFICER, (HERE,)),))
HEAD = Actor(2, "made", (Post(Role.VILLAGE_HEAD, (HERE,)),))
CAMAT = Actor(3, "endang", (Post(Role.KECAMATAN_OFFICER, (KECAMATAN,)),))
REGENT = Actor(4, "ipuk", (Post(Role.LEADERSHIP, (REGENCY,)),))


def body(words: str = "Halo {subject.name}", **changed: Any) -> dict[str, Any]:
    data = data_of(shipped()["domicile"].kind)
    return data | {"ask": [], "abroad": False, "body": {"id": words}} | changed


def written(
    by: Actor = SARI, where: str = HERE, on: date = TODAY, **changed: Any
) -> Wording:
    return actions.write_wording(
        body=body(**changed),
        region_code=where,
        holds_from=on,
        note="Sesuai Perdes",
        by=by,
        at=AT,
    )


def row_of(one: Wording) -> WordingVersion:
    assert one.version_id
    return WordingVersion.objects.get(pk=one.version_id)


def rows_of(one: Wording) -> QuerySet[WordingVersion]:
    return WordingVersion.objects.filter(pk=row_of(one).pk)


def confirmed(one: Wording, by: Actor = CAMAT) -> Wording:
    assert one.version_id
    return actions.confirm_wording(version_id=one.version_id, by=by, at=AT)


def says(village: str, on: date = TODAY) -> str:
    held = queries.wording_for("domicile", village, on)
    assert held
    return held.kind.bodies["id"]


def test_what_is_shipped_holds_until_somebody_writes_another() -> None:
    held = queries.wording_for("domicile", HERE, TODAY)
    assert held == shipped()["domicile"]
    assert held
    assert (held.version_id, held.number) == (None, 0)
    assert queries.wording_for("no_such_kind", HERE, TODAY) is None


def test_what_one_person_wrote_does_not_hold_before_another_confirmed_it() -> None:
    one = written()
    assert one.number == 1
    assert says(HERE).startswith("Yang bertanda")
    confirmed(one, by=HEAD)
    assert says(HERE) == "Halo {subject.name}"
    assert says(NEXT_DOOR).startswith("Yang bertanda")


def test_it_holds_from_its_day_on() -> None:
    confirmed(written(on=TODAY + timedelta(days=2)))
    assert says(HERE, TODAY + timedelta(days=1)).startswith("Yang")
    assert says(HERE, TODAY + timedelta(days=2)).startswith("Halo")


def test_the_nearest_wording_holds_and_in_one_place_the_latest() -> None:
    confirmed(written(by=REGENT, where=REGENCY, words="Kabupaten"), by=_second_regent())
    confirmed(written(by=CAMAT, where=KECAMATAN, words="Kecamatan"), by=_other_camat())
    confirmed(written(words="Desa"))
    assert [says(one) for one in (HERE, NEXT_DOOR, FAR_AWAY)] == [
        "Desa",
        "Kecamatan",
        "Kabupaten",
    ]
    confirmed(written(words="Desa lagi"))
    assert says(HERE) == "Desa lagi"


def _other_camat() -> Actor:
    return Actor(5, "endang2", CAMAT.posts)


def _second_regent() -> Actor:
    return Actor(6, "ipuk2", REGENT.posts)


def test_a_place_may_offer_less_and_more() -> None:
    confirmed(written(offered=False))
    assert queries.wording_for("domicile", HERE, TODAY) is None
    codes = [one.kind.code for one in queries.kinds_offered(HERE, TODAY)]
    assert "domicile" not in codes
    assert "domicile" in [k.kind.code for k in queries.kinds_offered(NEXT_DOOR, TODAY)]
    confirmed(written(code="own_letter"))
    assert queries.wording_for("own_letter", HERE, TODAY)
    assert queries.wording_for("own_letter", NEXT_DOOR, TODAY) is None


def test_a_wording_is_found_again_by_its_row_long_after_it_held() -> None:
    first = confirmed(written(words="Pertama"))
    confirmed(written(words="Kedua"))
    again = queries.wording_by("domicile", first.version_id)
    assert again
    assert again.kind.bodies["id"] == "Pertama"
    assert again.digest == first.digest
    assert queries.wording_by("domicile", None) == shipped()["domicile"]
    assert queries.wording_by("sktm", first.version_id) is None


def test_who_wrote_it_does_not_confirm_it() -> None:
    one = written(by=CAMAT)
    with pytest.raises(actions.CannotConfirmWording):
        confirmed(one, by=CAMAT)
    confirmed(one, by=HEAD)
    with pytest.raises(actions.CannotConfirmWording):
        confirmed(one, by=_other_camat())


def test_nobody_writes_or_confirms_for_another_place() -> None:
    with pytest.raises(actions.NotYourPlace):
        written(where=NEXT_DOOR)
    with pytest.raises(actions.NotYourPlace):
        written(where=KECAMATAN)
    above = written(by=CAMAT, where=KECAMATAN)
    with pytest.raises(actions.CannotConfirmWording):
        confirmed(above, by=HEAD)


def test_a_letter_that_tries_code_or_an_unknown_field_is_refused_in_words() -> None:
    with override("en"), pytest.raises(actions.BadWording) as caught:
        written(words="Nama : {subject.nmae}\n#import os")
    said = str(caught.value.message)
    assert "Line 1, column 8: There is no field {subject.nmae}" in said
    assert "Did you mean {subject.name}?" in said
    assert 'Line 2, column 1: "#import" looks like code' in said
    assert not WordingVersion.objects.exists()


def test_the_past_is_not_rewritten() -> None:
    with pytest.raises(actions.BeginsInThePast):
        written(on=TODAY - timedelta(days=1))


def test_the_same_form_sent_twice_is_one_version() -> None:
    assert written().version_id == written().version_id
    assert written(words="Lain").number == 2


def test_wording_number_once() -> None:
    row = row_of(written())
    row.pk = None
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        row.save(force_insert=True)
    assert constraint_name(caught.value) == "wording_number_once"


def test_wording_confirmed_by_another() -> None:
    rows = rows_of(written())
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        rows.update(confirmed_by="sari", confirmed_at=AT)
    assert constraint_name(caught.value) == "wording_confirmed_by_another"


def test_wording_only_confirmed() -> None:
    rows = rows_of(written())
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        rows.update(body={})


def test_wording_kept() -> None:
    written()
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        WordingVersion.objects.all().delete()
