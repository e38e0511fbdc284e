"""Who holds which office in an area on a day."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import CharField, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from smartkampung.accounts.models import Assignment
from smartkampung.accounts.queries.covers import stand_ins_of
from smartkampung.accounts.queries.holding import holding
from smartkampung.accounts.queries.phones import Listener
from smartkampung.accounts.roles import PERMISSIONS, Permission, Role
from smartkampung.regions.codes import around, within
from smartkampung.regions.models import ServedVillage

TEXT = CharField()


class Holder(NamedTuple):
    """Somebody in an office; ``place`` is the code of a region or a health centre.

    ``region_code`` is where the office is: for a health centre, the first village that
    it serves.
    """

    staff_id: int
    username: str
    full_name: str
    email: str
    language: str
    role: str
    place: str
    place_name: str
    region_code: str


def holders(area: str, roles: Iterable[Role], *, on: date) -> list[Holder]:
    """Return who holds one of these offices inside an area; no role means any.

    A health centre is inside when a village that it serves is. Who holds two such
    offices comes twice.
    """
    serves = ServedVillage.objects.filter(
        within("village__code", [area]), centre=OuterRef("health_centre")
    )
    rows = holding(on).filter(
        within("region__code", [area]) | Exists(serves), staff__is_active=True
    )
    wanted = [role.value for role in roles]
    if wanted:
        rows = rows.filter(role__in=wanted)
    return _as_holders(rows)


def holders_of(permission: Permission, place: str, *, on: date) -> list[Holder]:
    """Return who may do something about a place: nearest first, then those above."""
    roles = [role.value for role, may in PERMISSIONS.items() if permission in may]
    rows = holding(on).filter(
        region_id__in=around([place]), role__in=roles, staff__is_active=True
    )
    return sorted(_as_holders(rows), key=lambda one: -len(one.region_code))


def listening(people: Iterable[Holder], *, on: date) -> list[Listener]:
    """Return whom to tell what is said to some officers, once each: they and whoever
    stands in for them that day.
    """
    found = {
        one.staff_id: Listener(one.staff_id, one.email, one.language) for one in people
    }
    for one in stand_ins_of(found, on=on):
        found.setdefault(one.staff_id, one)
    return [found[key] for key in sorted(found)]


def _as_holders(rows: QuerySet[Assignment]) -> list[Holder]:
    first = ServedVillage.objects.filter(centre=OuterRef("health_centre"))
    found = rows.order_by("region_id", "health_centre_id", "role", "pk").values_list(
        *("staff_id", "staff__username", "staff__full_name"),
        *("staff__email", "staff__language", "role"),
        Coalesce("region_id", "health_centre_id", output_field=TEXT),
        Coalesce("region__name", "health_centre__name"),
        Coalesce(
            "region_id",
            Subquery(first.order_by("village_id").values("village_id")[:1]),
            "health_centre__village_id",
            output_field=TEXT,
        ),
    )
    return [Holder(*row) for row in found]
