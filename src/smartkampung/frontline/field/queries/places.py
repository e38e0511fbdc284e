"""Where somebody works, for what says nothing about a place."""

from smartkampung.accounts.models import Assignment
from smartkampung.accounts.queries.devices import Caller
from smartkampung.accounts.roles import PERMISSIONS, Permission
from smartkampung.regions.queries import regency

FIELD_OFFICES = [
    role for role, held in PERMISSIONS.items() if Permission.FIELD_APP in held
]


def home_of(caller: Caller) -> str:
    """Return the code of a place where somebody does field work, or did last.

    Their own place before one that was lent to them; and only places of field work,
    because colleagues who may look at it sit there.
    """
    posts = sorted(caller.actor.posts, key=lambda post: bool(post.instead_of))
    for post in posts:
        if Permission.FIELD_APP in post.permissions and post.regions:
            return min(post.regions)
    rows = Assignment.objects.filter(
        staff=caller.device.staff_id, role__in=FIELD_OFFICES
    )
    found = rows.order_by("-since", "-pk").values_list(
        "region_id", "health_centre__serves__village_id", "health_centre__village_id"
    )
    places = [code for row in found[:1] for code in row if code]
    here = regency()
    return str(places[0]) if places else here.code if here else ""
