"""Terms of office that somebody may hand over, and those that were."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor, Post
from smartkampung.accounts.models import Assignment
from smartkampung.accounts.queries.holding import holding
from smartkampung.accounts.roles import PERMISSIONS, Permission, Role
from smartkampung.frontline.offices.models import TermHandover
from smartkampung.frontline.offices.rules import HANDS_OVER
from smartkampung.regions.codes import within
from smartkampung.worklist.models import WorkItem
from smartkampung.worklist.queries import (
    anybodys_for,
    counts,
    counts_by_kind,
    moments,
)

MOST_LISTED = 200


@dataclass(frozen=True)
class OpenWork:
    """What waits in an office: how much of each kind, how much is late, and the list."""

    total: int
    late: int
    kinds: dict[str, int]
    items: list[dict[str, Any]]

    def kept(self) -> dict[str, Any]:
        """Return it as it is kept with the hand-over."""
        return {
            "total": self.total,
            "late": self.late,
            "kinds": self.kinds,
            "items": self.items,
        }


def terms_for(actor: Actor, *, on: date) -> QuerySet[Assignment]:
    """Return the offices below the actor that could be handed over."""
    rows = holding(on).filter(_below(actor)).exclude(staff=actor.staff_id)
    return rows.select_related("staff", "region", "health_centre").order_by(
        "region_id", "health_centre_id", "role", "pk"
    )


def term_for(actor: Actor, office_id: int, *, on: date) -> Assignment:
    """Return one of them, or raise Http404."""
    return get_object_or_404(terms_for(actor, on=on), pk=office_id)


def handovers_for(actor: Actor) -> QuerySet[TermHandover]:
    """Return the hand-overs of offices below the actor, the latest first."""
    terms = Assignment.objects.filter(_below(actor))
    rows = TermHandover.objects.filter(ended__in=terms)
    return rows.select_related(
        "leaver", "follower", "by", "ended", "taken_back"
    ).order_by("-pk")


def handover_for(actor: Actor, handover_id: int) -> TermHandover:
    """Return one of them, or raise Http404."""
    return get_object_or_404(handovers_for(actor), pk=handover_id)


def post_of(office: Assignment) -> Post:
    """Return the post that an office is."""
    if office.health_centre is None:
        return Post(Role(office.role), (str(office.region_id),))
    served = office.health_centre.serves.values_list("village_id", flat=True)
    return Post(Role(office.role), tuple(served))


def place_code(office: Assignment) -> str:
    """Return the region code where an office stands."""
    centre = office.health_centre
    return str(centre.village_id if centre else office.region_id)


def open_work_of(office: Assignment, *, at: datetime) -> OpenWork:
    """Return what waits in an office, whoever of it does that."""
    rows = items_of(office)
    edges = moments(at)
    counted = counts(rows, edges)
    listed = rows.values_list("kind", "region_code", "due_at", "urgent")[:MOST_LISTED]
    return OpenWork(
        total=sum(counted.values()),
        late=rows.filter(due_at__lt=at).count(),
        kinds=dict(sorted(counts_by_kind(rows).items())),
        items=[
            {"kind": kind, "region": region, "due": due.isoformat(), "urgent": urgent}
            for kind, region, due, urgent in listed
        ],
    )


def items_of(office: Assignment) -> QuerySet[WorkItem]:
    """Return the open work that an office allows."""
    post = post_of(office)
    alone = Actor(office.staff_id, office.staff.username, (post,))
    return anybodys_for(alone, [one.value for one in PERMISSIONS[post.role]])


def _below(actor: Actor) -> Q:
    found = Q(pk__in=[])
    for post in actor.posts:
        if Permission.OFFICE_HAND_OVER not in post.permissions:
            continue
        area = within("region__code", post.regions) | within(
            "health_centre__village__code", post.regions
        )
        roles = [role.value for role in HANDS_OVER.get(post.role, ())]
        found |= Q(role__in=roles) & area
    return found
