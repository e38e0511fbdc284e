"""Put pairs that look like one person on the lists of those who can tell."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from smartkampung.accounts.roles import Permission
from smartkampung.duplicates.actions.work import DECIDE_WITHIN, KIND
from smartkampung.duplicates.models import Pair
from smartkampung.duplicates.queries.candidates import likely_doubles
from smartkampung.duplicates.rules.review import common_region
from smartkampung.duplicates.rules.weights import Evidence, current_model
from smartkampung.residents.models import Person
from smartkampung.worklist.actions import open_all_work

AT_ONCE = 1_000


class Found(NamedTuple):
    """Two records and what speaks for their being of one person."""

    first: int
    second: int
    evidence: Evidence


@transaction.atomic
def propose(found: Sequence[Found], *, version: str, at: datetime) -> int:
    """Store new pairs with work for whoever decides; return how many are new.

    A pair that was proposed before, whatever was decided, is not proposed again, nor
    one whose records stand for records that were said to be of two people. Call it in
    pieces of some thousand: each piece stands by itself.
    """
    people = Person.objects.in_bulk({pk for pair in found for pk in pair[:2]})
    told_apart = _told_apart()
    fresh = [
        _pair(pair, people, version, at)
        for pair in found
        if _may_be_asked(pair, people) and _key(*pair[:2]) not in told_apart
    ]
    known = set(
        Pair.objects.filter(first__in=[pair.first_id for pair in fresh]).values_list(
            "first", "second"
        )
    )
    fresh = [p for p in fresh if (p.first_id, p.second_id) not in known]
    Pair.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=AT_ONCE)
    stored = _stored(fresh)
    open_all_work(
        kind=KIND,
        targets=[(pair, pair.region_code) for pair in stored],
        permission=Permission.DUPLICATES_DECIDE,
        due_at=at + DECIDE_WITHIN,
    )
    return len(stored)


def propose_for(*, person_id: int, at: datetime) -> int:
    """Look for doubles of one person who was just entered; return how many are new."""
    model = current_model()
    found = [
        Found(min(person_id, other), max(person_id, other), evidence)
        for other, evidence in likely_doubles(person_id)
    ]
    return propose(found, version=model.version, at=at)


def _may_be_asked(pair: Found, people: dict[int, Person]) -> bool:
    return all(
        pk in people and people[pk].status != Person.Status.MERGED for pk in pair[:2]
    )


def _pair(pair: Found, people: dict[int, Person], version: str, at: datetime) -> Pair:
    first, second = people[pair.first], people[pair.second]
    return Pair(
        first=first,
        second=second,
        weight=pair.evidence.weight,
        why={name: list(part) for name, part in pair.evidence.why.items()},
        model_version=version,
        region_code=common_region(first.region_code, second.region_code),
        found_at=at,
    )


def _stored(fresh: Iterable[Pair]) -> list[Pair]:
    """Return the pairs as stored; one that somebody stored first is not ours."""
    by_first = defaultdict(set)
    for pair in fresh:
        by_first[pair.first_id].add(pair.second_id)
    rows = Pair.objects.filter(first__in=list(by_first), decided_at=None)
    return [row for row in rows if row.second_id in by_first[row.first_id]]


def _key(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _told_apart() -> set[tuple[int, int]]:
    """Return the pairs said to be of two people, by the records that stand for them."""
    merged = Person.objects.filter(merged_into__isnull=False)
    standing = {
        pk: into for pk, into in merged.values_list("pk", "merged_into") if into
    }

    def root(pk: int) -> int:
        while pk in standing:
            pk = standing[pk]
        return pk

    rows = Pair.objects.filter(decision=Pair.Decision.DIFFERENT)
    return {
        _key(root(first), root(second))
        for first, second in rows.values_list("first", "second")
    }
