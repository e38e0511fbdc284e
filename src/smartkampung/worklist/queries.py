"""What waits, for whom, since when. Boards read only this, so that counts agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import Any, Protocol

from django.db.models import Count, Model, Q, QuerySet

from smartkampung.kernel.clock import now
from smartkampung.worklist.models import WorkItem, target_of

STUCK_AFTER = timedelta(days=3)


class Rights(Protocol):
    """Who asks: knows where a permission holds."""

    @property
    def username(self) -> str:
        """Return who they are themselves."""
        ...

    @property
    def names(self) -> tuple[str, ...]:
        """Return for whom they act: themselves, and whoever they stand in for."""
        ...

    def regions_where(self, permission: Any) -> tuple[str, ...]:
        """Return the region codes in which a permission holds."""
        ...


class Bucket(StrEnum):
    """How pressing an item is. Every open item is in exactly one."""

    STUCK = "stuck"
    OVERDUE = "overdue"
    TODAY = "today"
    LATER = "later"


@dataclass(frozen=True)
class Moments:
    """The edges of the buckets, at one moment."""

    now: datetime
    end_of_day: datetime

    def test(self, bucket: Bucket) -> Q:
        """Return the filter of a bucket."""
        stuck = self.now - STUCK_AFTER
        return {
            Bucket.STUCK: Q(due_at__lt=stuck),
            Bucket.OVERDUE: Q(due_at__gte=stuck, due_at__lt=self.now),
            Bucket.TODAY: Q(due_at__gte=self.now, due_at__lt=self.end_of_day),
            Bucket.LATER: Q(due_at__gte=self.end_of_day),
        }[bucket]


def moments(at: datetime) -> Moments:
    """Return the edges as of a moment, which carries the local time zone."""
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return Moments(at, midnight + timedelta(days=1))


def work_for(actor: Rights, permissions: Sequence[str]) -> QuerySet[WorkItem]:
    """Return the open work that is the actor's, where each permission holds.

    What a colleague was given is that colleague's, until the day it falls back.
    """
    return _allowed(actor, permissions).exclude(_with_others(actor))


def given_for(actor: Rights, permissions: Sequence[str]) -> QuerySet[WorkItem]:
    """Return the open work that the actor may do and that a colleague was given."""
    return _allowed(actor, permissions).filter(_with_others(actor))


def anybodys_for(actor: Rights, permissions: Sequence[str]) -> QuerySet[WorkItem]:
    """Return the open work that the actor may do, whoever it was given to."""
    return _allowed(actor, permissions)


def waiting_on_others_for(
    actor: Rights, *, seen_by: str, permissions: Sequence[str]
) -> QuerySet[WorkItem]:
    """Return open work of the actor's area that somebody else must do.

    Also what the actor asked for, which a colleague decides. ``seen_by`` is the
    permission to look at cases at all.
    """
    tests = [
        Q(permission__in=those) & ~_within(area)
        for area, those in _areas(actor, permissions).items()
    ]
    tests.append(Q(permission__in=permissions) & _barred(actor))
    return _open(tests).filter(_within(actor.regions_where(seen_by)))


def given_to(rows: QuerySet[WorkItem], username: str) -> QuerySet[WorkItem]:
    """Return the items that an account was given and that have not fallen back."""
    return rows.filter(given_to=username, given_until__gt=now())


def inside(rows: QuerySet[WorkItem], region_code: str) -> QuerySet[WorkItem]:
    """Return the items of one place within the area."""
    return rows.filter(_within([region_code]))


def open_item(target: Model, *, kind: str) -> int:
    """Return the number of the open item of a kind about a row."""
    rows = WorkItem.objects.filter(target=target_of(target), closed_at=None, kind=kind)
    return rows.values_list("pk", flat=True).get()


def waits(target: Model, *, kind: str = "") -> bool:
    """Say whether work about a row is open, of one kind or of any."""
    rows = WorkItem.objects.filter(target=target_of(target), closed_at=None)
    return rows.filter(kind=kind).exists() if kind else rows.exists()


def counts(rows: QuerySet[WorkItem], at: Moments) -> Mapping[Bucket, int]:
    """Return how many items are in each bucket, in one query."""
    tests = {bucket.value: Count("pk", filter=at.test(bucket)) for bucket in Bucket}
    found = rows.order_by().aggregate(**tests)
    return {bucket: found[bucket.value] for bucket in Bucket}


def counts_by_kind(rows: QuerySet[WorkItem]) -> Mapping[str, int]:
    """Return how many items there are of each kind, in one query."""
    found = rows.order_by().values("kind").annotate(n=Count("pk"))
    return dict(found.values_list("kind", "n"))


def _with_others(actor: Rights) -> Q:
    given = ~Q(given_to="") & ~Q(given_to__in=actor.names)
    return given & Q(given_until__gt=now())


def _barred(actor: Rights) -> Q:
    # Rules of two people compare people: who stands in for somebody is another one.
    return Q(not_by__contains=[actor.username])


def _allowed(actor: Rights, permissions: Sequence[str]) -> QuerySet[WorkItem]:
    areas = _areas(actor, permissions)
    rows = _open(
        [
            Q(permission__in=those) & _within(area)
            for area, those in areas.items()
            if area
        ]
    )
    return rows.exclude(_barred(actor))


def _areas(
    actor: Rights, permissions: Sequence[str]
) -> Mapping[tuple[str, ...], list[str]]:
    """Return the permissions that hold in the same regions, together.

    An officer holds dozens, over one or two areas: a test for each would take the
    program longer to write than the database to answer.
    """
    found: dict[tuple[str, ...], list[str]] = {}
    for permission in permissions:
        found.setdefault(actor.regions_where(permission), []).append(permission)
    return found


def _open(tests: list[Q]) -> QuerySet[WorkItem]:
    nothing = Q(pk__in=[])
    rows = WorkItem.objects.filter(reduce(or_, tests, nothing), closed_at=None)
    return rows.order_by("-urgent", "due_at", "pk")


def _within(regions: Sequence[str]) -> Q:
    # The same test as regions.codes.within; this package lies below regions.
    tests = [
        Q(region_code=region) | Q(region_code__startswith=region + ".")
        for region in regions
    ]
    return reduce(or_, tests, Q(pk__in=[]))
