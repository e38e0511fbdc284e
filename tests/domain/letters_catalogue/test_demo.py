"""The demo's village rewords one letter, and another waits for a second person."""

from datetime import timedelta

import pytest

from smartkampung.accounts.roles import Role
from smartkampung.demo import letters
from smartkampung.kernel.clock import now, today
from smartkampung.letters.catalogue.models import WordingVersion
from smartkampung.letters.catalogue.queries import wording_for
from smartkampung.worklist.models import WorkItem
from tests import cast
from tests.cast import HERE, KECAMATAN, REGENCY


@pytest.mark.django_db
def test_a_village_rewords_a_letter_and_the_kecamatan_asks_for_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(letters, "VILLAGE", HERE)
    monkeypatch.setattr(letters, "KECAMATAN", KECAMATAN)
    cast.sari()
    cast.camat()
    cast.staff("kades", Role.VILLAGE_HEAD, HERE)
    cast.staff("camat", Role.KECAMATAN_OFFICER, KECAMATAN)
    letters.tell_letters(at=now())
    held = wording_for("sktm", HERE, today())
    assert held
    assert (held.number, held.kind.valid_days) == (1, 30)
    waits = WordingVersion.objects.get(confirmed_by="")
    assert "pukul 22.00 WIB" in waits.body["body"]["id"]
    work = WorkItem.objects.get(closed_at=None, kind="letters.wording_confirm")
    assert work.region_code == REGENCY
    assert now() - waits.written_at >= timedelta(hours=23)
