"""Giving offices to people, and taking them back."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actions.covers import end_covers_of
from smartkampung.accounts.actions.devices import revoke_all_devices
from smartkampung.accounts.actor import Actor
from smartkampung.accounts.errors import refuse_if
from smartkampung.accounts.models import Assignment, Staff
from smartkampung.accounts.queries.covers import still_serving
from smartkampung.accounts.queries.places import place_of
from smartkampung.accounts.roles import Permission, Role
from smartkampung.accounts.rules import account_hindrances, covered, grant_hindrances
from smartkampung.audit.actions import record
from smartkampung.kernel.errors import Refused, atomic_or_refuse
from smartkampung.worklist.actions import release_work


class AlreadyHeld(Refused):
    """The person holds this very office at that time."""

    code = "office_already_held"


class NoSuchPlace(Refused):
    """The chosen place does not exist."""

    code = "no_such_place"


def assign(
    *,
    staff: Staff,
    role: Role,
    by: str,
    since: date,
    until: date | None = None,
    region_code: str | None = None,
    centre_code: str | None = None,
) -> Assignment:
    """Give a role over one region, or over the villages of one health centre.

    Raises AlreadyHeld. Whether ``by`` may do so is asked by ``grant_office``; this is
    for setting up a deployment, which has no administrator yet.
    """
    held = AlreadyHeld(_("This person already holds that office at that time."))
    with atomic_or_refuse({"assignment_not_held_twice": held}):
        assignment = Assignment.objects.create(
            staff=staff,
            role=role.value,
            region_id=region_code,
            health_centre_id=centre_code,
            since=since,
            until=until,
            granted_by=by,
        )
    record(
        "accounts.assigned",
        target=staff,
        by=by,
        region_code=region_code or "",
        role=role.value,
        centre=centre_code or "",
    )
    return assignment


def grant_office(
    *,
    staff: Staff,
    role: Role,
    place: str,
    since: date,
    until: date | None,
    by: Actor,
    on: date,
) -> Assignment:
    """Give an office in the administrator's own area; nobody gives one to themselves.

    ``place`` is a choice of ``queries.places``. Raises NotAllowed with every reason,
    NoSuchPlace or AlreadyHeld.
    """
    found = place_of(place)
    if found is None:
        raise NoSuchPlace(_("Choose a place from the list."))
    level, codes = found
    refuse_if(
        grant_hindrances(
            role=role,
            level=level,
            inside_area=covered(codes, by.regions_where(Permission.STAFF_MANAGE)),
            own=staff.pk == by.staff_id,
            since=since,
            until=until,
            today=on,
        )
    )
    kind, _colon, key = place.partition(":")
    return assign(
        staff=staff,
        role=role,
        by=by.username,
        since=since,
        until=until,
        region_code=key if kind == "region" else None,
        centre_code=key if kind == "centre" else None,
    )


def revoke_office(
    *, assignment: Assignment, reason: str, by: Actor, at: datetime
) -> None:
    """Take an office back; the very next request has no rights from it.

    With the last one go the absences: nobody stands in for them, nor they for anybody;
    and every phone, which from then on only hands over what lies on it.

    ``assignment`` comes from ``office_for``, so it lies in the administrator's area.
    Raises NotAllowed for one's own.
    """
    own = assignment.staff_id == by.staff_id
    refuse_if(account_hindrances(own=own, inside_area=True))
    waiting = Assignment.objects.filter(pk=assignment.pk, revoked_at=None)
    if waiting.update(revoked_at=at, revoked_by=by.username, revoke_reason=reason):
        record(
            "accounts.office_revoked",
            target=assignment.staff,
            by=by.username,
            region_code=assignment.region_id or "",
            role=assignment.role,
            reason=reason,
        )
        release_work(given_to=assignment.staff.username)
        end_covers_of(assignment.staff, by=by.username, at=at)
        if not still_serving(assignment.staff, on=at.date()):
            revoke_all_devices(
                staff=assignment.staff,
                by=by.username,
                at=at,
                region_code=assignment.region_id or "",
            )
