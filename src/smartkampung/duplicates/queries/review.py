"""Pairs that wait for a decision, and merges that may be undone."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.duplicates.models import Merge, Pair
from smartkampung.regions.codes import within
from smartkampung.residents.models import Person
from smartkampung.residents.queries import note_looks, residents_for

DECIDES = Permission.DUPLICATES_DECIDE


@dataclass(frozen=True)
class Review:
    """One pair with its two people, and the merge that stands, if any.

    ``latest`` is the newest merge, undone or not.
    """

    pair: Pair
    people: tuple[Person, Person]
    merge: Merge | None
    latest: Merge | None


def pairs_for(actor: Actor) -> QuerySet[Pair]:
    """Return the pairs whose decision belongs to the actor's area, and both people."""
    area = actor.regions_where(DECIDES)
    rows = Pair.objects.select_related("first__family", "second__family")
    return rows.filter(
        within("region_code", area),
        within("first__region_code", area),
        within("second__region_code", area),
    )


def open_pairs(actor: Actor) -> QuerySet[Pair]:
    """Return the pairs that wait for a decision, the likeliest first.

    Whoever shows rows of it must call ``note_looks`` with both people.
    """
    living = Q(first__merged_into=None, second__merged_into=None)
    rows = pairs_for(actor).filter(living, decided_at=None)
    return rows.order_by("-weight", "pk")


def open_pairs_with(actor: Actor, person: Person) -> QuerySet[Pair]:
    """Return the pairs that wait for a decision in which a record stands."""
    return open_pairs(actor).filter(Q(first=person) | Q(second=person))


def pair_for(actor: Actor, pk: int) -> Review:
    """Return a pair with both people, and write the looks down; 404 outside."""
    pair = get_object_or_404(pairs_for(actor), pk=pk)
    people = (pair.first, pair.second)
    note_looks(actor, people, purpose="resident.duplicate", permission=DECIDES)
    latest = pair.merges.order_by("-pk").first()
    standing = latest if latest and latest.undone_at is None else None
    return Review(pair, people, standing, latest)


def merges_for(actor: Actor) -> QuerySet[Merge]:
    """Return the merges of the actor's area, the newest first."""
    area = actor.regions_where(DECIDES)
    rows = Merge.objects.select_related("survivor", "absorbed", "pair").filter(
        within("survivor__region_code", area), within("absorbed__region_code", area)
    )
    return rows.order_by("-merged_at", "-pk")


def merge_for(actor: Actor, pk: int) -> Merge:
    """Return one merge with its people, and write the looks down; 404 outside."""
    merge = get_object_or_404(merges_for(actor), pk=pk)
    people = (merge.survivor, merge.absorbed)
    note_looks(actor, people, purpose="resident.duplicate", permission=DECIDES)
    return merge


def pair_between(actor: Actor, one: int, other: int) -> Pair | None:
    """Return the pair of two records, if it was proposed inside the actor's area."""
    first, second = sorted((one, other))
    return pairs_for(actor).filter(first=first, second=second).first()


def survivor_for(actor: Actor, person: Person) -> Person | None:
    """Return the record that stands for a merged one, if it lies in the actor's area."""
    standing = person
    while standing.merged_into is not None:
        standing = standing.merged_into
    if standing.pk == person.pk:
        return None
    return residents_for(actor).filter(pk=standing.pk).first()
