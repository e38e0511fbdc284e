"""Who stands in a ranking, for officers who may see these people, where they may."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Max, Q, QuerySet
from django.http import Http404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.kernel.rls import as_job
from smartkampung.recovery.affected.models import Affected
from smartkampung.recovery.targeting.models import Ranked, Scenario
from smartkampung.regions.codes import within
from smartkampung.residents.models import Person
from smartkampung.residents.queries import note_looks

SHOWN = 50
HEAD = 1
PURPOSE = "targeting.ranking"


@dataclass(frozen=True)
class Named:
    """A person of a ranking: an affected person, or the head of a family."""

    person: Person
    region_code: str


@dataclass(frozen=True)
class Standing:
    """One row of a ranking with its name, and where the line runs."""

    row: Ranked
    named: Named
    places: int
    last_score: int | None  # of the lowest who was chosen by rank alone


def permission_for(population: str) -> Permission:
    """Return the permission that shows the names of a population."""
    affected = population == Scenario.Population.AFFECTED
    return Permission.AFFECTED_VIEW if affected else Permission.RESIDENT_VIEW


def ranked_for(actor: Actor, scenario: Scenario) -> QuerySet[Ranked]:
    """Return the rows of a kept ranking that an officer may see, by place."""
    regions = actor.regions_where(permission_for(scenario.population))
    if scenario.population == Scenario.Population.AFFECTED:
        # Row-level security hides the records themselves; the filter says the same.
        mine = within("affected__region_code", regions)
    else:
        mine = within("family__region_code", regions)
    rows = Ranked.objects.filter(mine, scenario=scenario)
    return rows.select_related("affected__person", "family").order_by("place")


def ranked_page(
    actor: Actor, scenario: Scenario, *, chosen: bool | None, page: str
) -> tuple[Page[Ranked], dict[int, Named]]:
    """Return a page of a ranking with names; writes down who was looked at."""
    rows = ranked_for(actor, scenario)
    if chosen is not None:
        rows = rows.filter(chosen=chosen)
    found = Paginator(rows, SHOWN).get_page(page)
    ids = [row.affected_id or row.family_id or 0 for row in found]
    return found, named(actor, scenario.population, ids)


def standing_or_404(actor: Actor, scenario: Scenario, place: int) -> Standing:
    """Return one row with its name; 404 outside the jurisdiction."""
    row = ranked_for(actor, scenario).filter(place=place).first()
    key = (row.affected_id or row.family_id or 0) if row else 0
    names = named(actor, scenario.population, [key])
    if row is None or key not in names:
        raise Http404
    by_rank = Q(way__in=["rank", "lot"])
    chosen = Ranked.objects.filter(by_rank, scenario=scenario, chosen=True)
    with as_job():  # where the line runs is the same for all
        last = chosen.aggregate(place=Max("place"))["place"]
        score = chosen.filter(place=last).values_list("score", flat=True).first()
    return Standing(row, names[key], int(scenario.figures["places"]), score)


def named(actor: Actor, population: str, ids: Sequence[int]) -> dict[int, Named]:
    """Return those of some ids whom an officer may see; writes down the look."""
    permission = permission_for(population)
    regions = actor.regions_where(permission)
    if population == Scenario.Population.AFFECTED:
        rows = Affected.objects.filter(within("region_code", regions), pk__in=ids)
        found = {
            row.pk: Named(row.person, row.region_code)
            for row in rows.select_related("person")
        }
    else:
        found = _heads(ids, regions)
    people = [one.person for one in found.values()]
    note_looks(actor, people, purpose=PURPOSE, permission=permission)
    return found


def _heads(ids: Sequence[int], regions: Sequence[str]) -> dict[int, Named]:
    rows = Person.objects.filter(
        within("region_code", regions),
        family__in=ids,
        relation=HEAD,
        status=Person.Status.LIVING,
    ).order_by("-pk")
    return {row.family_id: Named(row, row.region_code) for row in rows}


def known_of(row: Ranked) -> Sequence[tuple[str, Any, int]]:
    """Return the parts of a score: fact, what was known, thousandths."""
    return [(str(name), known, int(points)) for name, known, points in row.parts]
