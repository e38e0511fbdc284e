"""Who comes first in recovery: a priority in force, one approved scenario, one that waits."""

from datetime import datetime, timedelta
from typing import Any

from smartkampung.criteria.actions import bring_into_force
from smartkampung.demo.staff import PLANNERS
from smartkampung.kernel.clock import day
from smartkampung.recovery.affected.models import Affected
from smartkampung.recovery.targeting.actions.priorities import write_priority
from smartkampung.recovery.targeting.actions.scenarios import (
    approve_scenario,
    propose_scenario,
    save_scenario,
)
from smartkampung.residents.models import FamilyDecile

CODE = "pekerja-terdampak"
LAW = "Keputusan Bupati tentang pemulihan ekonomi tahun 2020"
MONTHS_BEFORE, DAYS_BEFORE = timedelta(days=60), timedelta(days=9)
MILLION, DECILES = 1_000_000, 8
COST_EACH, PLACES, MORE_PLACES = 1_600_000, 30, 45
HIT = {
    "laid_off": 100,
    "business_closed": 100,
    "returned_migrant": 80,
    "furloughed": 60,
    "hours_cut": 40,
    "sales_down": 40,
}
WOMEN = {
    "name": "Perempuan",
    "rule": {"fact": "female", "is": "is", "value": True},
    "least": 30,
    "most": None,
    "unit": "percent",
}
GUIDES = {
    "name": "Pemandu wisata",
    "rule": {"fact": "sector", "is": "includes", "value": "guide"},
    "least": None,
    "most": 40,
    "unit": "percent",
}


def _number(fact: str, weight: int, need: str, low: int, high: int) -> dict[str, Any]:
    return {"fact": fact, "weight": weight, "need": need, "low": low, "high": high}


SPEC: dict[str, Any] = {
    "criteria": [
        _number("income_after", 30, "less", 0, 2 * MILLION),
        _number("income_lost", 20, "more", 20, 100),
        _number("dependants", 15, "more", 0, 5),
        {"fact": "hit", "weight": 10, "need": HIT},
        _number("decile", 10, "less", 1, 6),
        _number("months_since", 5, "more", 1, 12),
        _number("debts", 5, "more", 0, 10 * MILLION),
        {"fact": "own_disability", "weight": 5, "need": "yes"},
    ],
    "ties": [{"fact": "dependants", "need": "more"}],
    "last": "oldest",
    "exclude": {
        "any": [
            {"fact": "receives", "is": "includes", "value": "prakerja"},
            {"fact": "in_programme", "is": "is", "value": True},
            {"fact": "helped_lately", "is": "is", "value": True},
        ]
    },
    "quotas": [WOMEN, GUIDES],
}
FAMILIES: dict[str, Any] = {
    "criteria": [
        _number("decile", 40, "less", 1, 10),
        _number("elderly", 20, "more", 0, 2),
        _number("children_under_five", 20, "more", 0, 2),
        {"fact": "female_head", "weight": 20, "need": "yes"},
    ],
    "seats": True,
}


def set_priorities(at: datetime) -> None:
    """Bring a priority into force, keep one ranking, and leave a scenario waiting."""
    _list_deciles(at)
    one, other = PLANNERS
    before = at - MONTHS_BEFORE
    version = write_priority(
        code=CODE,
        name="Pemulihan pekerja terdampak",
        population="affected",
        spec=SPEC,
        budget=PLACES * COST_EACH,
        cost_each=COST_EACH,
        legal_reference=LAW,
        since=day(before),
        by=one,
        at=before,
    )
    bring_into_force(version=version, by=other, at=before)
    told: dict[str, Any] = {"population": "affected", "version": version, "by": one}
    told["cost_each"] = COST_EACH
    kept = save_scenario(
        name="Padat karya pariwisata, tahap 1",
        spec=SPEC,
        budget=PLACES * COST_EACH,
        at=at - DAYS_BEFORE,
        **told,
    )
    propose_scenario(scenario=kept, by=one, at=at - DAYS_BEFORE)
    approve_scenario(scenario=kept, by=other, at=at - DAYS_BEFORE)
    wider = save_scenario(
        name="Dengan jatah desa, anggaran lebih besar",
        spec={**SPEC, "quotas": [WOMEN], "seats": True},
        budget=MORE_PLACES * COST_EACH,
        at=at,
        **told,
    )
    propose_scenario(scenario=wider, by=one, at=at)
    _families(at)


def _list_deciles(at: datetime) -> None:
    """Let families of affected people stand on a made-up list of deciles."""
    families = Affected.objects.order_by("person__family").values_list(
        "person__family", flat=True
    )
    FamilyDecile.objects.bulk_create(
        (
            FamilyDecile(
                family_id=family,
                decile=1 + family % DECILES,
                source="Daftar desil contoh",
                on=day(at),
            )
            for family in families.distinct()
        ),
        ignore_conflicts=True,
    )


def _families(at: datetime) -> None:
    write_priority(
        code="keluarga-rentan",
        name="Keluarga rentan",
        population="families",
        spec=FAMILIES,
        budget=100 * COST_EACH,
        cost_each=COST_EACH,
        legal_reference=LAW,
        since=day(at) + timedelta(days=30),
        by=PLANNERS[0],
        at=at,
    )
