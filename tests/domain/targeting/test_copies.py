"""Copies of what row-level security hides are hidden too."""

import pytest

from smartkampung.kernel.rls import Kind, act_as
from smartkampung.recovery.targeting.models import (
    KnownAffected,
    KnownFamily,
    LotEntry,
    Ranked,
)
from tests import cast, population
from tests.targeting import LOT_SEED, SPEC, affected, approved

pytestmark = pytest.mark.django_db
LOT = {**SPEC, "last": "lot"}
SIZE = {"fact": "family_size", "weight": 1, "need": "more", "low": 0, "high": 9}


@pytest.fixture(autouse=True)
def _ranked(db: None) -> None:
    act_as(Kind.JOB)
    cast.places()
    affected(income_after=123_456)
    affected("Ketut Rai", region=population.RT_NEXT_DOOR)
    approved(LOT, seed=LOT_SEED)
    approved({"criteria": [SIZE]}, population="families")


@pytest.mark.parametrize("kind", [Kind.PUBLIC, Kind.RESIDENT])
def test_neither_facts_nor_places_nor_lists_are_seen_by_others(kind: Kind) -> None:
    act_as(kind)
    for table in (KnownAffected, KnownFamily, LotEntry, Ranked):
        assert not table.objects.exists()


def test_officers_read_places_of_their_own_people_and_no_copies_of_facts() -> None:
    act_as(Kind.STAFF, scope=[cast.HERE])
    for region in ("affected__region_code", "family__region_code"):
        rows = Ranked.objects.exclude(**{region: None})
        codes = list(rows.values_list(region, flat=True))
        assert codes
        assert all(code.startswith(cast.HERE) for code in codes)
    for table in (KnownAffected, KnownFamily, LotEntry):
        assert not table.objects.exists()
