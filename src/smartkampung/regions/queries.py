"""Reads of regions. Regions are public knowledge, so these take no actor."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.core.cache import caches
from django.db.models import Q, QuerySet

from smartkampung.regions.codes import LEVELS, ancestor, level, within
from smartkampung.regions.models import HeadTerm, HealthCentre, Region, ServedVillage
from smartkampung.regions.walk import Spot

REMEMBERED_SECONDS = 300
VILLAGES = (Region.Kind.DESA, Region.Kind.KELURAHAN)


class Place(NamedTuple):
    """The names along the path of a code; empty where the code stands higher."""

    code: str
    rt: str
    rw: str
    village: str
    kecamatan: str


def regency() -> Region | None:
    """Return the regency that this deployment serves.

    The one the operator named (``SMARTKAMPUNG_REGENCY``), else the only one that
    has health centres or, failing that, the first one loaded.
    """
    regencies = Region.objects.filter(kind=Region.Kind.REGENCY).defer("boundary")
    if settings.REGENCY:
        return regencies.filter(code=settings.REGENCY).first()
    village = HealthCentre.objects.order_by("village_id").values_list("village_id")
    first = village.first()
    if first:
        return regencies.filter(code=ancestor(first[0], "regency")).first()
    return regencies.order_by("code").first()


def region(code: str) -> Region | None:
    """Return one region, with its boundary."""
    return Region.objects.filter(code=code).first()


def kecamatan_of(code: str) -> QuerySet[Region]:
    """Return the kecamatan inside a region (or the one that it is), by code."""
    return _inside(code).filter(kind=Region.Kind.KECAMATAN)


def villages_of(*codes: str) -> QuerySet[Region]:
    """Return the desa and kelurahan inside some regions, by code."""
    return _inside(*codes).filter(kind__in=VILLAGES)


def parts_of(code: str) -> QuerySet[Region]:
    """Return what lies directly below a region, by code."""
    return Region.objects.filter(parent_id=code).defer("boundary").order_by("code")


def rts_of(code: str) -> QuerySet[Region]:
    """Return the RTs inside a region, by code."""
    return _inside(code).filter(kind=Region.Kind.RT)


def path_of(code: str) -> list[Region]:
    """Return a region and all that enclose it, the province first."""
    segments = code.split(".")
    codes = [".".join(segments[:depth]) for depth in range(1, len(segments) + 1)]
    rows = Region.objects.filter(code__in=codes).defer("boundary")
    return list(rows.order_by("code"))


def head_of(code: str, *, on: date) -> HeadTerm | None:
    """Return who heads a region on a day."""
    return _in_office(on).filter(region_id=code).first()


def heads_of_parts(code: str, *, on: date) -> dict[str, str]:
    """Return the names of the heads, on a day, of what lies directly below."""
    rows = _in_office(on).filter(region__parent_id=code)
    return dict(rows.values_list("region_id", "name"))


def health_centres_of(code: str) -> QuerySet[HealthCentre]:
    """Return the health centres that stand inside a region, by code."""
    rows = HealthCentre.objects.filter(within("village__code", [code]))
    rows = rows.select_related("village").defer("village__boundary")
    return rows.order_by("code")


def health_centre_serving(village: str) -> HealthCentre | None:
    """Return the health centre in whose care a village is."""
    return HealthCentre.objects.filter(serves__village_id=village).first()


def centres_serving_parts(code: str) -> dict[str, str]:
    """Return the name of the health centre of each village directly below a region."""
    rows = ServedVillage.objects.filter(village__parent_id=code)
    return dict(rows.values_list("village_id", "centre__name"))


def villages_served_by(centre: str) -> QuerySet[Region]:
    """Return the villages in the care of a health centre, by code."""
    served = ServedVillage.objects.filter(centre=centre).values("village_id")
    rows = Region.objects.filter(code__in=served)
    return rows.defer("boundary").order_by("code")


def spots_of(
    codes: Iterable[str],
) -> list[tuple[str, str, float | None, float | None]]:
    """Return code, dusun and position of regions; unknown codes are left out."""
    rows = Region.objects.filter(code__in=list(codes))
    return list(rows.values_list("code", "dusun", "lat", "lng"))


def spots_of_all(codes: Iterable[str]) -> dict[str, Spot]:
    """Return what is known of places, and of what encloses them, for walking."""
    wanted = set()
    for code in codes:
        steps = code.split(".")
        wanted |= {".".join(steps[:depth]) for depth in range(3, len(LEVELS) + 1)}
    return {
        code: Spot(dusun, (lat, lng) if lat is not None and lng is not None else None)
        for code, dusun, lat, lng in spots_of(wanted)
    }


def names(codes: Iterable[str]) -> dict[str, str]:
    """Return the names of regions by code; unknown codes are left out.

    Names are remembered for some minutes, so that lists need no query a row.
    """
    keys = {f"region-name:{code}": code for code in codes}
    found = {keys[key]: name for key, name in caches["local"].get_many(keys).items()}
    missing = set(keys.values()) - set(found)
    if missing:
        rows = Region.objects.filter(code__in=missing).values_list("code", "name")
        fresh = dict(rows)
        caches["local"].set_many(
            {f"region-name:{code}": name for code, name in fresh.items()},
            REMEMBERED_SECONDS,
        )
        found |= fresh
    return found


def places(codes: Iterable[str]) -> dict[str, Place]:
    """Return the names along the paths of many codes, in at most one query."""
    wanted = list(codes)
    levels = {
        ancestor(code, name)
        for code in wanted
        for name in ("kecamatan", "village")
        if _reaches(code, name)
    }
    known = names(levels)
    return {code: _place(code, known) for code in wanted}


def _place(code: str, known: dict[str, str]) -> Place:
    segments = code.split(".") + [""] * 6
    village = ".".join(segments[:4])
    kecamatan = ".".join(segments[:3])
    return Place(
        code=code,
        rt=segments[5],
        rw=segments[4],
        village=known.get(village, "") if segments[3] else "",
        kecamatan=known.get(kecamatan, "") if segments[2] else "",
    )


def _reaches(code: str, wanted: str) -> bool:
    order = ("province", "regency", "kecamatan", "village", "rw", "rt")
    return order.index(level(code)) >= order.index(wanted)


def _inside(*codes: str) -> QuerySet[Region]:
    rows = Region.objects.filter(within("code", codes))
    return rows.defer("boundary").order_by("code")


def _in_office(on: date) -> QuerySet[HeadTerm]:
    ends = Q(until=None) | Q(until__gt=on)
    return HeadTerm.objects.filter(ends, since__lte=on)
