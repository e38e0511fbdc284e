"""Cases that may be of one person: told of by a house of isolation and by a Puskesmas."""

from datetime import timedelta

from django.db.models import Q, QuerySet

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.kernel.sealed import Sealed
from smartkampung.regions.codes import reached, village_of, within
from smartkampung.reopening.cases.models import Case

AGAIN = timedelta(days=90)  # after so long it is a new infection


def same_nik(case: Case) -> QuerySet[Case]:
    """Return the other standing cases of a NIK, less than ninety days apart."""
    return _near(case).filter(_of_nik(case.nik))


def same_name(case: Case) -> QuerySet[Case]:
    """Return the standing cases of a name in a village of whom one came from isolation.

    A name alone is no proof: somebody says whether they are one person. Two different
    NIKs are two people, and of two that a Puskesmas told itself it knows.
    """
    named = Q(within("region_code", [village_of(case.region_code)]))
    named &= Q(name_folded=case.name_folded)
    if case.nik_index is not None:
        named &= Q(nik_index=None)
    if case.source != Case.Source.HOUSE:
        named &= Q(source=Case.Source.HOUSE)
    return _near(case).filter(named)


def twins_for(actor: Actor, case: Case) -> QuerySet[Case]:
    """Return the cases inside the actor's area that may be of the same person."""
    area = reached("region_code", actor.regions_where(Permission.CASE_VIEW))
    return (same_nik(case) | same_name(case)).filter(area).select_related("house")


def _near(case: Case) -> QuerySet[Case]:
    on = case.confirmed_on
    return Case.objects.filter(
        confirmed_on__gt=on - AGAIN, confirmed_on__lt=on + AGAIN, withdrawn_at=None
    ).exclude(pk=case.pk)


def _of_nik(nik: Sealed | None) -> Q:
    return Q(nik_index__in=nik.indexes()) if nik else Q(pk__in=[])
