"""Who is ill: the only doors to cases. Each knows who asks, and writes it down."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import looked, record_all
from smartkampung.kernel.sealed import Sealed
from smartkampung.regions.codes import reached, within
from smartkampung.regions.queries import villages_of
from smartkampung.reopening.cases.models import Case
from smartkampung.reopening.cases.rules.houses import ALONE
from smartkampung.residents.models import Person
from smartkampung.residents.queries.matching import standing_for
from smartkampung.worklist.queries import waits

PURPOSE = "cases.page"


def cases_for(
    actor: Actor, *, permission: Permission = Permission.CASE_VIEW
) -> QuerySet[Case]:
    """Return the cases inside the actor's area, the latest first; without a look."""
    rows = Case.objects.filter(
        reached("region_code", actor.regions_where(permission))
    ).select_related("house")
    return rows.order_by("-confirmed_on", "-pk")


def standing_cases(actor: Actor, *, since: date, until: date) -> QuerySet[Case]:
    """Return the cases of some days (half-open) that were not withdrawn."""
    days = Q(confirmed_on__gte=since, confirmed_on__lt=until)
    return cases_for(actor).filter(days, withdrawn_at=None)


def case_for(
    actor: Actor, pk: int, *, permission: Permission = Permission.CASE_VIEW
) -> Case:
    """Return one case, and write the look down; 404 outside."""
    case = get_object_or_404(cases_for(actor, permission=permission), pk=pk)
    note_cases(actor, [case], permission)
    return case


def history_of(case: Case) -> list[Case]:
    """Return a case as it stood before each correction, the latest first.

    It ends where a row stood elsewhere, which the reader may not see.
    """
    found: list[Case] = []
    before = case.replaces_id
    rows = Case.objects.select_related("house")
    while before is not None and (row := rows.filter(pk=before).first()):
        found.append(row)
        before = row.replaces_id
    return found


def counts_alone(case: Case) -> bool:
    """Say whether a case is a house of its own, for want of a number or a card."""
    return case.house.key.startswith(ALONE)


def is_doubted(case: Case) -> bool:
    """Say whether somebody is asked whether it is a case."""
    return waits(case, kind="cases.doubted")


def note_cases(
    actor: Actor,
    cases: Iterable[Case],
    permission: Permission = Permission.CASE_VIEW,
) -> None:
    """Write down that these cases were shown: of residents by person, else by case."""
    shown = list(cases)
    people = [case.person_id for case in shown if case.person_id is not None]
    others = [(case, case.region_code) for case in shown if case.person_id is None]
    record_all("cases.seen", targets=others, by=actor.username)
    looked(
        person_ids=people,
        by=actor.username,
        role=actor.role_for(permission),
        purpose=PURPOSE,
    )


def resident_of(regions: Iterable[str], nik: Sealed) -> Person | None:
    """Return the resident of some regions who holds a NIK."""
    found = (
        Person.objects.select_related("family")
        .filter(nik_index__in=nik.indexes())
        .first()
    )
    person = standing_for(found) if found else None
    inside = Q(within("region_code", regions), pk=person.pk) if person else None
    return person if inside and Person.objects.filter(inside).exists() else None


def villages_to_tell(actor: Actor) -> dict[str, str]:
    """Return the names of the villages of whose cases the actor tells, by code."""
    rows = villages_of(*actor.regions_where(Permission.CASE_RECORD))
    return dict(rows.values_list("code", "name"))
