"""Who stands in for whom, and who could."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.labels import ROLE_LABELS
from smartkampung.accounts.models import Assignment, Cover, Staff
from smartkampung.accounts.queries.holding import holding, not_over
from smartkampung.accounts.queries.phones import Listener
from smartkampung.accounts.roles import PERMISSIONS, Role
from smartkampung.accounts.rules import Pair, may_be_lent
from smartkampung.kernel.clock import day
from smartkampung.regions.codes import around, level, spread, village_of, within
from smartkampung.regions.queries import names

MOST_PAST = 20


@dataclass(frozen=True)
class Colleague:
    """Somebody with an office, in words."""

    username: str
    name: str
    office: str


@dataclass(frozen=True)
class CoverLine:
    """One absence, as both sides read it."""

    id: int
    absent: str
    stand_in: str
    since: date
    last_day: date
    mine: bool
    agreed: bool


def covers_of(actor: Actor, *, on: date) -> list[CoverLine]:
    """Return the absences now and to come that the actor has a part in."""
    return _lines(actor.staff_id, on=on)


def past_covers_of(actor: Actor, *, on: date) -> list[CoverLine]:
    """Return the absences that are over, the latest first; each with its last day."""
    rows = Cover.objects.filter(_side(actor.staff_id)).filter(
        Q(until__lte=on) | Q(ended_at__isnull=False)
    )
    latest = rows.select_related("absent", "stand_in").order_by("-since", "-pk")
    # What was called off before it began, or never agreed to, never was.
    agreed = latest.exclude(agreed_at=None)
    been = (row for row in agreed if not row.ended_at or row.since <= day(row.ended_at))
    return _described(islice(been, MOST_PAST), actor.staff_id)


def covers_of_account(staff: Staff, *, on: date) -> list[CoverLine]:
    """Return the same of an account that ``account_for`` found."""
    return _lines(staff.pk, on=on)


def cover_for(staff: Staff, cover_id: int) -> Cover:
    """Return an absence of an account that ``account_for`` found, or raise Http404."""
    rows = _alive().filter(_side(staff.pk))
    return get_object_or_404(rows.select_related("absent", "stand_in"), pk=cover_id)


def covers_with(staff: Staff, *, on: date) -> list[Cover]:
    """Return the absences now and to come that somebody has a part in."""
    return list(_of(staff.pk, on).select_related("absent", "stand_in"))


def still_serving(staff: Staff, *, on: date) -> bool:
    """Say whether an account holds an office on a day or will later."""
    return Assignment.objects.filter(not_over(on), staff=staff).exists()


def _lines(staff_id: int, *, on: date) -> list[CoverLine]:
    rows = _of(staff_id, on).select_related("absent", "stand_in")
    return _described(rows.order_by("since", "pk"), staff_id)


def _described(rows: Iterable[Cover], staff_id: int) -> list[CoverLine]:
    return [
        CoverLine(
            id=row.pk,
            absent=row.absent.full_name,
            stand_in=row.stand_in.full_name,
            since=row.since,
            last_day=_last_day(row),
            mine=row.absent_id == staff_id,
            agreed=row.agreed_at is not None,
        )
        for row in rows
    ]


def _last_day(row: Cover) -> date:
    last = row.until - timedelta(days=1)
    return min(last, max(row.since, day(row.ended_at))) if row.ended_at else last


def own_cover(actor: Actor, cover_id: int) -> Cover:
    """Return an absence that has not ended, of either side, or raise Http404."""
    rows = _alive().filter(_side(actor.staff_id))
    return get_object_or_404(rows.select_related("absent", "stand_in"), pk=cover_id)


def pair_of(absent: Staff, stand_in: Staff, *, since: date, until: date) -> Pair:
    """Return what rules ask of two people, as things stand then."""
    then = _alive().filter(since__lt=until, until__gt=since)
    return Pair(
        oneself=absent.pk == stand_in.pk,
        colleagues=colleagues_of(absent, on=since).filter(pk=stand_in.pk).exists(),
        absent=_roles(absent, since),
        stand_in=_roles(stand_in, since),
        stand_in_away=then.filter(absent=stand_in).exists(),
        absent_stands_in=then.filter(stand_in=absent).exists(),
    )


def colleagues_of(staff: Staff, *, on: date) -> QuerySet[Staff]:
    """Return who serves beside somebody: in the same village, office or level above."""
    held = list(
        holding(on).filter(staff=staff).values_list("region_id", "health_centre_id")
    )
    near = Q(pk__in=[])
    for place, centre in held:
        if centre:
            near |= Q(health_centre=centre) | Q(role=Role.DINKES)
        elif level(place) in {"village", "rw", "rt"}:
            village = village_of(place)
            near |= within("region__code", [village])
            near |= Q(region=village.rpartition(".")[0])
        else:
            near |= Q(region=place) | Q(role=Role.VILLAGE_HEAD, region__parent=place)
    there = holding(on).filter(near)
    rows = Staff.objects.filter(pk__in=there.values("staff"), is_active=True)
    return rows.exclude(pk=staff.pk).order_by("full_name", "pk")


def who_could_stand_in_for(staff: Staff, *, on: date) -> QuerySet[Staff]:
    """Return the colleagues to whom the offices of somebody may be lent."""
    people = colleagues_of(staff, on=on)
    held: dict[int, set[Role]] = {}
    offices = holding(on).filter(staff__in=people.order_by())
    for key, role in offices.values_list("staff_id", "role"):
        held.setdefault(key, set()).add(Role(role))
    mine = _roles(staff, on)
    fit = [key for key, roles in held.items() if may_be_lent(mine, frozenset(roles))]
    return people.filter(pk__in=fit)


def holders_of(
    permission: str, region_code: str, *, inside: Iterable[str], on: date
) -> QuerySet[Staff]:
    """Return who of the open accounts may do something in a place by an own office.

    ``inside`` keeps to offices that lie in some regions, so that nothing goes upwards.
    """
    area = tuple(inside)
    roles = [role for role in Role if permission in PERMISSIONS[role]]
    above = around([region_code])
    served = "health_centre__serves__village"
    there = holding(on).filter(
        Q(region__in=above) & within("region__code", area)
        | Q(**{f"{served}__in": above}) & within(f"{served}__code", area),
        role__in=roles,
    )
    rows = Staff.objects.filter(pk__in=there.values("staff"), is_active=True)
    return rows.order_by("full_name", "pk")


def serving_in(village: str, *, on: date) -> QuerySet[Staff]:
    """Return who holds an office over a village as a whole, by name."""
    there = holding(on).filter(region=village)
    rows = Staff.objects.filter(pk__in=there.values("staff"), is_active=True)
    return rows.order_by("full_name", "pk")


def heads_in(village: str, *, on: date) -> QuerySet[Staff]:
    """Return who heads an RW or RT of a village, by place."""
    there = holding(on).filter(
        spread("region_id", village), role__in=[Role.RW_HEAD, Role.RT_HEAD]
    )
    rows = Staff.objects.filter(pk__in=there.values("staff"), is_active=True)
    first = there.filter(staff=OuterRef("pk")).order_by("region_id").values("region_id")
    return rows.annotate(heads=Subquery(first[:1])).order_by("heads", "full_name", "pk")


def described(rows: QuerySet[Staff], *, on: date) -> list[Colleague]:
    """Return people with the offices they hold, for a choice in a form."""
    people = list(rows)
    held: dict[int, list[str]] = {}
    offices = list(
        holding(on)
        .filter(staff__in=people)
        .order_by("pk")
        .values_list("staff_id", "role", "region_id", "health_centre__name")
    )
    called = names({place for _, _, place, _ in offices if place})
    for key, role, place, centre in offices:
        where = called.get(place or "", centre or "")
        held.setdefault(key, []).append(f"{ROLE_LABELS[Role(role)]} {where}".strip())
    return [
        Colleague(row.username, row.full_name, ", ".join(held.get(row.pk, [])))
        for row in people
    ]


def away_on(on: date) -> QuerySet[Cover, int]:
    """Return the accounts of those who are away on a day."""
    rows = _alive().filter(since__lte=on, until__gt=on)
    return rows.values_list("absent_id", flat=True)


def stand_ins_of(staff: Iterable[int], *, on: date) -> list[Listener]:
    """Return who stands in for some accounts on a day."""
    rows = _alive().filter(absent__in=list(staff), since__lte=on, until__gt=on)
    rows = rows.exclude(agreed_at=None)
    told = rows.filter(stand_in__is_active=True).order_by("pk")
    return [
        Listener(*one)
        for one in told.values_list("stand_in", "stand_in__email", "stand_in__language")
    ]


def rights_end(staff: Staff, *, on: date) -> date | None:
    """Return the first day on which some present right of an account ends, if any."""
    rows = holding(on).filter(staff=staff).exclude(until=None)
    return rows.order_by("until").values_list("until", flat=True).first()


def _roles(staff: Staff, on: date) -> frozenset[Role]:
    rows = holding(on).filter(staff=staff).values_list("role", flat=True)
    return frozenset(Role(role) for role in rows)


def _of(staff_id: int, on: date) -> QuerySet[Cover]:
    return _alive().filter(_side(staff_id), until__gt=on)


def _side(staff_id: int) -> Q:
    return Q(absent=staff_id) | Q(stand_in=staff_id)


def _alive() -> QuerySet[Cover]:
    return Cover.objects.filter(ended_at=None)
