"""What an administrator sees: accounts that hold, or held, an office in their area."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.labels import ROLE_LABELS
from smartkampung.accounts.models import Assignment, FactorReset, Invitation, Staff
from smartkampung.accounts.queries.factors import KEYS
from smartkampung.accounts.queries.holding import holding, not_over
from smartkampung.accounts.roles import Permission, Role
from smartkampung.accounts.rules import covered
from smartkampung.regions.codes import within

ON_A_PAGE = 50


@dataclass(frozen=True)
class OfficeRow:
    """One office of an account: where, since when, and whether it can be revoked."""

    id: int
    role: Promise
    place: str
    code: str
    since: date
    until: date | None
    revoked_at: datetime | None
    inside_area: bool

    @property
    def last_day(self) -> date | None:
        """Return the last day on which it gives rights."""
        return self.until - timedelta(days=1) if self.until else None

    def held_on(self, on: date) -> bool:
        """Say whether it gives rights on a day."""
        ended = self.until is not None and self.until <= on
        return self.revoked_at is None and self.since <= on and not ended


def staff_for(actor: Actor, *, text: str = "") -> QuerySet[Staff]:
    """Return the accounts that an administrator may see, found by name or username."""
    inside = Assignment.objects.filter(_in_area(actor), staff=OuterRef("pk"))
    found = Staff.objects.filter(Exists(inside))
    for word in text.split():
        found = found.filter(
            Q(full_name__icontains=word) | Q(username__icontains=word.lower())
        )
    keys = Authenticator.objects.filter(user=OuterRef("pk"), type__in=KEYS)
    return found.annotate(has_second_step=Exists(keys)).order_by("full_name", "pk")


def page_of_staff(actor: Actor, *, text: str, number: str) -> Page[Staff]:
    """Return one page of them."""
    return Paginator(staff_for(actor, text=text), ON_A_PAGE).get_page(number)


def account_for(actor: Actor, staff_id: int) -> Staff:
    """Return one account in the administrator's area, or raise Http404."""
    return get_object_or_404(staff_for(actor), pk=staff_id)


def office_rows(actor: Actor, staff: Staff) -> list[OfficeRow]:
    """Return every office an account holds or held, the present ones first."""
    rows = Assignment.objects.filter(staff=staff)
    return [_row(actor, office) for office in _with_place(rows)]


def offices_on(
    actor: Actor, staff_ids: Iterable[int], *, on: date
) -> dict[int, list[OfficeRow]]:
    """Return the offices that several accounts hold on a day, in one query."""
    held: dict[int, list[OfficeRow]] = {}
    for office in _with_place(Assignment.objects.filter(staff__in=list(staff_ids))):
        row = _row(actor, office)
        if row.held_on(on):
            held.setdefault(office.staff_id, []).append(row)
    return held


def office_for(actor: Actor, assignment_id: int) -> Assignment:
    """Return one office in the administrator's area, or raise Http404."""
    rows = Assignment.objects.filter(_in_area(actor), revoked_at=None)
    return get_object_or_404(rows.select_related("staff"), pk=assignment_id)


def wholly_inside(actor: Actor, staff: Staff, *, on: date) -> bool:
    """Say whether all that an account holds, or will hold, lies in the area."""
    rows = Assignment.objects.filter(not_over(on), staff=staff)
    places = rows.values_list(
        Coalesce("region_id", "health_centre__village_id"),
        "health_centre__serves__village_id",
    )
    codes = {code for row in places for code in row if code}
    return covered(codes, actor.regions_where(Permission.STAFF_MANAGE))


def administrators(*, on: date) -> list[str]:
    """Return the usernames of open accounts that administer something on a day."""
    held = holding(on).filter(role=Role.SYSTEM_ADMIN, staff__is_active=True)
    return sorted(set(held.values_list("staff__username", flat=True)))


def open_reset(staff: Staff) -> FactorReset | None:
    """Return the wish to take the second factor off that waits for a second person."""
    return FactorReset.objects.filter(staff=staff, decided_at=None).first()


def reset_for(actor: Actor, reset_id: int) -> FactorReset:
    """Return one waiting wish about an account in the area, or raise Http404."""
    rows = FactorReset.objects.filter(decided_at=None, staff__in=staff_for(actor))
    return get_object_or_404(rows.select_related("staff"), pk=reset_id)


def resets_for(actor: Actor) -> QuerySet[FactorReset]:
    """Return the wishes that wait in the administrator's area, the oldest first."""
    rows = FactorReset.objects.filter(decided_at=None, staff__in=staff_for(actor))
    return rows.select_related("staff").order_by("asked_at")


def invitation_waits(staff: Staff, *, at: datetime) -> bool:
    """Say whether an invitation is on its way and not used yet."""
    rows = Invitation.objects.filter(staff=staff, closed_at=None, expires_at__gt=at)
    return rows.exists()


def _in_area(actor: Actor) -> Q:
    area = actor.regions_where(Permission.STAFF_MANAGE)
    return within("region__code", area) | within("health_centre__village__code", area)


def _with_place(rows: QuerySet[Assignment]) -> Iterable[Any]:
    return rows.annotate(
        place=Coalesce("region__name", "health_centre__name"),
        code=Coalesce("region_id", "health_centre__village_id"),
    ).order_by("revoked_at", "-since", "pk")


def _row(actor: Actor, office: Any) -> OfficeRow:
    return OfficeRow(
        id=office.pk,
        role=ROLE_LABELS[Role(office.role)],
        place=office.place,
        code=office.code,
        since=office.since,
        until=office.until,
        revoked_at=office.revoked_at,
        inside_area=covered(
            [office.code], actor.regions_where(Permission.STAFF_MANAGE)
        ),
    )
