"""The kinds of work on the list: what they are called and where they are done.

Each service has a module of its own; a new kind is a line there.
"""

from django.urls import NoReverseMatch, reverse

from smartkampung.web.aid_staff.kinds import (
    aid,
    frontline,
    isolation,
    letters,
    people,
    recovery,
    reopening,
)
from smartkampung.web.aid_staff.kinds.kind import Kind

SERVICES = (aid, people, isolation, recovery, reopening, letters, frontline)
KINDS: dict[str, Kind] = {
    kind: meant for service in SERVICES for kind, meant in service.KINDS.items()
}
PERMISSIONS = sorted({kind.permission for kind in KINDS.values()})


def label_of(kind: str) -> str:
    """Return what a kind of work is called."""
    known = KINDS.get(kind)
    return str(known.label) if known else kind


def url_of(kind: str, target: str) -> str:
    """Return the page where an item is done, or "" while there is none."""
    known = KINDS.get(kind)
    if known is None:
        return ""
    try:
        return reverse(known.page, args=[target.rpartition(":")[2]])
    except NoReverseMatch:
        return ""
