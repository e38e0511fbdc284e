"""Where somebody works, for what says nothing about a place."""

from smartkampung.accounts.models import Assignment
from smartkampung.accounts.queries.devices import Caller
from smartkampung.accounts.roles import Permission
from smartkampung.regions.queries import regency


def home_of(caller: Caller) -> str:
    """Return the code of a place where somebody works, or did last, else the regency."""
    regions = caller.actor.regions_where(Permission.FIELD_APP)
    if regions:
        return regions[0]
    rows = Assignment.objects.filter(staff=caller.device.staff_id).order_by("-since")
    found = rows.values_list("region_id", "health_centre__serves__village_id").first()
    if found and (found[0] or found[1]):
        return str(found[0] or found[1])
    here = regency()
    return here.code if here else ""
