"""Make two records of one person one, with every link, so that it can be undone.

The record that is taken up stays, with its history, and names the one that stands for
it. Lock order: both people, then what hangs on them.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from smartkampung.accounts.actor import Actor
from smartkampung.duplicates.actions.claims import move_nik, settle_claims_between
from smartkampung.duplicates.actions.decide import (
    BUSY,
    close,
    locked,
    note,
    refuse_if_barred,
)
from smartkampung.duplicates.actions.work import close_pair_work, open_pairs_of
from smartkampung.duplicates.bulk import change
from smartkampung.duplicates.links import Link, family_column_of, moving_links
from smartkampung.duplicates.models import Merge, Pair
from smartkampung.duplicates.words import broken_words
from smartkampung.kernel.claim import Busy, Lock, Rank, claim_scarce
from smartkampung.kernel.errors import Refused, constraint_name
from smartkampung.kernel.later import later
from smartkampung.kernel.rls import as_job
from smartkampung.residents.models import Family, Person

# What the record that stands takes over where it says nothing itself.
FILLED = (
    "born_on",
    "birth_place",
    "religion",
    "education",
    "occupation",
    "marital_status",
    "blood_type",
    "father_name",
    "mother_name",
)


class CannotMerge(Refused):
    """Promises of the database would break; ``promises`` names them, all at once."""

    code = "cannot_merge"

    def __init__(self, promises: list[str]) -> None:
        super().__init__(" ".join(broken_words(promise) for promise in promises))
        self.promises = promises


def merge_people(
    *, pair: Pair, survivor_id: int, reason: str, by: Actor, at: datetime
) -> Merge:
    """Let one record of a pair take up the other, with all that points at it.

    The record that stands keeps what it says, takes over what it does not say, and
    the NIK when it has none. Raises CannotDecide, CannotMerge with every promise that
    stands in the way, or Busy.
    """

    def take() -> Merge:
        case = locked(pair)
        refuse_if_barred(case, reason, by)
        merge = _begin(case, survivor_id, by, at)
        _move_everything(merge)
        settle_claims_between(merge, by=by.username, at=at)
        _fill(merge)
        _take_up(merge)
        _rest_other_pairs(merge, by)
        close(case, Pair.Decision.SAME, reason, by, at)
        note(
            "duplicates.merged", case, by, merge=merge.pk, changes=merge.changes.count()
        )
        later("duplicates.merged", person_id=survivor_id)
        return merge

    both = Person.objects.filter(pk__in=[pair.first_id, pair.second_id])
    with as_job():
        return claim_scarce(
            locks=[Lock(Rank.PERSON, both)], take=take, refusals={}, busy=Busy(BUSY)
        )


def _begin(pair: Pair, survivor_id: int, by: Actor, at: datetime) -> Merge:
    people = {person.pk: person for person in (pair.first, pair.second)}
    survivor = people.pop(survivor_id)
    (absorbed,) = people.values()
    return Merge.objects.create(
        pair=pair,
        survivor=survivor,
        absorbed=absorbed,
        merged_at=at,
        merged_by=by.username,
    )


def _move_everything(merge: Merge) -> None:
    """Point every link at the record that stands; refuse with all that cannot move."""
    broken = [
        promise
        for link, row, values in _moves(merge)
        if (promise := _move(merge, link, row, values))
    ]
    if broken:
        raise CannotMerge(sorted(set(broken)))


def _moves(merge: Merge) -> Iterator[tuple[Link, Any, dict[str, int]]]:
    survivor, absorbed = merge.survivor, merge.absorbed
    for link in moving_links(Person):
        family = family_column_of(link)
        for row in _rows(link, absorbed.pk, survivor.pk):
            values = {link.column: survivor.pk}
            if family and getattr(row, family) == absorbed.family_id:
                values[family] = survivor.family_id
            yield link, row.pk, values
    if survivor.family_id != absorbed.family_id and _leaves_nobody(absorbed):
        for link in moving_links(Family):
            for row in link.rows(absorbed.family_id):
                yield link, row.pk, {link.column: survivor.family_id}


def _rows(link: Link, absorbed: int, survivor: int) -> list[Any]:
    """Return the rows to move: not those that would tie a record to itself."""
    own = [other for other in moving_links(Person) if other.model is link.model]
    rows = link.rows(absorbed)
    for other in own:
        if other != link:
            rows = rows.exclude(**{other.field.name: survivor})
    return list(rows)


def _leaves_nobody(absorbed: Person) -> bool:
    others = Person.objects.filter(family=absorbed.family_id).exclude(pk=absorbed.pk)
    return not others.exclude(status=Person.Status.MERGED).exists()


def _move(merge: Merge, link: Link, row: Any, values: dict[str, int]) -> str | None:
    """Move one link; return the promise that would break, if any."""
    try:
        with transaction.atomic():
            change(merge, link.model, row, values)
    except IntegrityError as error:
        name = constraint_name(error)
        if name is None:
            raise
        return name
    return None


def _fill(merge: Merge) -> None:
    """Take over what only the other record says, its NIK among it."""
    survivor = Person.objects.get(pk=merge.survivor_id)
    absorbed = Person.objects.get(pk=merge.absorbed_id)
    filled = {
        field: getattr(absorbed, field)
        for field in FILLED
        if getattr(survivor, field) in (None, "")
        and getattr(absorbed, field) not in (None, "")
    }
    if filled:
        change(merge, Person, survivor.pk, filled)
    if survivor.nik is None and absorbed.nik is not None:
        move_nik(merge, giver=absorbed, taker=survivor)


def _take_up(merge: Merge) -> None:
    values = {"status": Person.Status.MERGED.value, "merged_into_id": merge.survivor_id}
    change(merge, Person, merge.absorbed_id, values)


def _rest_other_pairs(merge: Merge, by: Actor) -> None:
    """Other pairs of the record that was taken up wait, in case it is parted again."""
    for other in open_pairs_of(merge.absorbed_id):
        close_pair_work(other, by=by.username)
