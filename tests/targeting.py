"""Affected people of the cast's villages, and priorities over them, made up."""

from datetime import date, timedelta
from typing import Any

from smartkampung.criteria.actions import bring_into_force
from smartkampung.criteria.models import RuleVersion
from smartkampung.recovery.affected.models import Affected, Sector
from smartkampung.recovery.targeting.actions.priorities import write_priority
from smartkampung.recovery.targeting.actions.scenarios import (
    approve_scenario,
    propose_scenario,
    save_scenario,
)
from smartkampung.recovery.targeting.models import Scenario
from smartkampung.recovery.targeting.queries.known import facts_of, live
from smartkampung.recovery.targeting.queries.outcome import Outcome, outcome
from smartkampung.recovery.targeting.queries.ranking import names_in
from smartkampung.recovery.targeting.rules.priority import Priority
from smartkampung.recovery.targeting.rules.reading import parse
from tests import population
from tests.cases import NOW, TODAY

MILLION = 1_000_000
LOT_SEED = "dadu 4 2 6"
DICE = "enam dadu di balai desa Karangjati"
DEPENDANTS = {
    "fact": "dependants",
    "weight": 30,
    "need": "more",
    "low": 0,
    "high": 4,
}
INCOME = {
    "fact": "income_after",
    "weight": 50,
    "need": "less",
    "low": 0,
    "high": 3 * MILLION,
}
FEMALE = {"fact": "female", "weight": 10, "need": "yes"}
HIT = {"fact": "hit", "weight": 10, "need": {"laid_off": 100, "hours_cut": 50}}
SPEC: dict[str, Any] = {
    "criteria": [INCOME, DEPENDANTS, FEMALE, HIT],
    "ties": [{"fact": "debts", "need": "more"}],
}
WOMEN = {
    "name": "Perempuan",
    "rule": {"fact": "female", "is": "is", "value": True},
    "least": 50,
    "most": None,
    "unit": "percent",
}


def affected(name: str = "I Wayan Sudarma", **more: Any) -> Affected:
    """Make a verified affected person with a family of their own."""
    region, sex = more.pop("region", population.RT_HERE), more.pop("sex", "L")
    someone = more.pop("person", None) or population.person(
        name, region=region, sex=sex
    )
    sector = Sector.objects.get(code=more.pop("sector", "guide"))
    told: dict[str, Any] = {
        "state": Affected.State.VERIFIED,
        "kind": Affected.Kind.LAID_OFF,
        "happened_on": TODAY - timedelta(days=200),
        "income_before": 4 * MILLION,
        "income_after": MILLION,
        "dependants": 2,
        "debts": 0,
        "opened_at": NOW,
        "verified_at": NOW,
        "verified_by": "sari",
    }
    return Affected.objects.create(
        person=someone, region_code=region, sector=sector, **{**told, **more}
    )


def priority(spec: Any = SPEC, about: str = "affected") -> Priority:
    """Read a priority."""
    return parse(spec, facts_of(about))


def ranked(
    spec: Any = SPEC,
    *,
    places: int = 1,
    about: str = "affected",
    seed: str = "trial",
    on: date = TODAY,
) -> Outcome:
    """Rank everybody as of now."""
    read = priority(spec, about)
    telling = live(about, names_in(read, about), on=on)
    return outcome(read, about, telling, places=places, seed=seed)


def scenario(spec: Any = SPEC, **more: Any) -> Scenario:
    """Save a scenario as Maya of the economic office; two places unless told."""
    told: dict[str, Any] = {
        "name": "Pekerja pariwisata",
        "population": "affected",
        "budget": 2 * MILLION,
        "cost_each": MILLION,
        "version": None,
        "by": "maya",
        "at": NOW,
    }
    return save_scenario(spec=spec, **{**told, **more})


def proposed(spec: Any = SPEC, **more: Any) -> Scenario:
    """Save and propose a scenario as Maya, naming where the seed will be drawn."""
    row = scenario(spec, **more)
    lot = spec.get("last") == "lot"
    drawing: dict[str, Any] = {"seed_source": DICE, "seed_on": TODAY} if lot else {}
    return propose_scenario(scenario=row, by="maya", at=NOW, **drawing)


def approved(spec: Any = SPEC, *, seed: str = "", **more: Any) -> Scenario:
    """Save, propose and approve a scenario, the last by Joko."""
    row = proposed(spec, **more)
    return approve_scenario(scenario=row, seed=seed, by="joko", at=NOW)


def in_force(
    spec: Any = SPEC, *, code: str = "workers", since: date = TODAY, at: Any = NOW
) -> RuleVersion:
    """Bring a priority into force."""
    version = write_priority(
        code=code,
        name="Pemulihan pekerja terdampak",
        population="affected",
        spec=spec,
        budget=2 * MILLION,
        cost_each=MILLION,
        legal_reference="Keputusan Bupati",
        since=since,
        by="maya",
        at=at,
    )
    bring_into_force(version=version, by="joko", at=at)
    version.refresh_from_db()
    return version


def put_up() -> dict[str, Any]:
    """Rank somebody here for the permission matrix: kept by lot, and a draft."""
    version = in_force()
    affected("Nyomanwati Rai")
    kept = approved({**SPEC, "last": "lot"}, seed=LOT_SEED)
    return {"version": version.pk, "kept": kept.pk, "draft": scenario().pk}
