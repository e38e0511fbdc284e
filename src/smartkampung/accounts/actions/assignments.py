"""Giving offices to people."""

from datetime import date

from smartkampung.accounts.models import Assignment, Staff
from smartkampung.accounts.roles import Role
from smartkampung.audit.actions import record


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
    """Give a role over one region, or over the villages of one health centre."""
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
