"""Places where an office could be given, found by name or code."""

from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission, Role
from smartkampung.accounts.rules import CENTRE, LEVELS
from smartkampung.regions.codes import LEVELS as TREE
from smartkampung.regions.codes import level, within
from smartkampung.regions.models import HealthCentre, Region, ServedVillage
from smartkampung.regions.queries import Place, places

MOST = 60
_KINDS = {"village": ("desa", "kelurahan")}


class Choice(NamedTuple):
    """A place as a form shows it; ``value`` is ``region:CODE`` or ``centre:CODE``."""

    value: str
    label: str


def places_for(actor: Actor, *, role: Role, text: str) -> list[Choice]:
    """Return places of the right kind in the area, by their name or a name above.

    An RT is found by the name of its village. At most ``MOST`` come back.
    """
    area = actor.regions_where(Permission.STAFF_MANAGE)
    if CENTRE in LEVELS[role]:
        beyond = ServedVillage.objects.filter(centre=OuterRef("pk")).exclude(
            within("village__code", area)
        )
        centres = HealthCentre.objects.filter(
            within("village__code", area), ~Exists(beyond), name__icontains=text
        )
        rows = centres.order_by("name").values_list("code", "name")[:MOST]
        return [Choice(f"centre:{code}", f"Puskesmas {name}") for code, name in rows]
    kinds = [kind for name in LEVELS[role] for kind in _KINDS.get(name, (name,))]
    above = Region.objects.filter(within("code", area), name__icontains=text)
    above = above.exclude(kind__in=("rw", "rt")).order_by("code")
    roots = list(above.values_list("code", flat=True)[:MOST])
    found = Region.objects.filter(within("code", area), kind__in=kinds).filter(
        within("code", roots) | Q(code__startswith=text.strip() or "-")
    )
    codes = list(found.order_by("code").values_list("code", "name")[:MOST])
    return _choices(codes)


def place_of(value: str) -> tuple[str, list[str]] | None:
    """Return (level, region codes that must lie in the area) of a choice, if it exists.

    An office at a health centre reaches as far as the villages that it serves.
    """
    kind, _, code = value.partition(":")
    if kind == "centre":
        centre = HealthCentre.objects.filter(code=code).first()
        return (CENTRE, _reach(centre)) if centre else None
    exists = Region.objects.filter(code=code).exists()
    return (level(code), [code]) if exists and code.count(".") < len(TREE) else None


def _reach(centre: HealthCentre) -> list[str]:
    return [centre.village_id, *centre.serves.values_list("village_id", flat=True)]


def _choices(rows: list[tuple[str, str]]) -> list[Choice]:
    above = places(code for code, _ in rows)
    return [Choice(f"region:{code}", _label(name, above[code])) for code, name in rows]


def _label(name: str, place: Place) -> str:
    rw = f"RW {place.rw}" if place.rw else ""
    kecamatan = f"Kec. {place.kecamatan}" if place.kecamatan else ""
    path = [name, rw, place.village, kecamatan if place.village else ""]
    return ", ".join(dict.fromkeys(filter(None, path)))
